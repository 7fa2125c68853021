<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>common</name>
    <message id="common.app">
        <source>Homespun</source>
        <translation>Homespun</translation>
    </message>
    <message id="common.bug">
        <source>Something went wrong here. Homespun noted it.</source>
        <translation>Something went wrong here. Homespun noted it.</translation>
    </message>
    <message id="common.bytes" numerus="yes">
        <source>{count} bytes</source>
        <translation>
            <numerusform>{count} byte</numerusform>
            <numerusform>{count} bytes</numerusform>
        </translation>
    </message>
    <message id="common.cancel">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="common.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="common.copy_details">
        <source>Copy details</source>
        <translation>Copy details</translation>
    </message>
    <message id="common.details_copied">
        <source>Copied. Nothing was sent.</source>
        <translation>Copied. Nothing was sent.</translation>
    </message>
    <message id="common.died">
        <source>The part of Homespun that did this stopped. Nothing was lost; try again.</source>
        <translation>The part of Homespun that did this stopped. Nothing was lost; try again.</translation>
    </message>
    <message id="common.files" numerus="yes">
        <source>{count} files</source>
        <translation>
            <numerusform>{count} file</numerusform>
            <numerusform>{count} files</numerusform>
        </translation>
    </message>
    <message id="common.minutes" numerus="yes">
        <source>about {count} min</source>
        <translation>
            <numerusform>about {count} min</numerusform>
            <numerusform>about {count} min</numerusform>
        </translation>
    </message>
    <message id="common.moment">
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message id="common.retry">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="common.stop">
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
</context>
</TS>
