<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>common</name>
    <message id="common.app">
        <source>Homespun</source>
        <translation>Homespun</translation>
    </message>
    <message id="common.bug">
        <source>Something went wrong here. Homespun noted it.</source>
        <translation>Hier ist etwas schiefgegangen. Homespun hat es notiert.</translation>
    </message>
    <message id="common.bytes" numerus="yes">
        <source>{count} bytes</source>
        <translation>
            <numerusform>{count} Byte</numerusform>
            <numerusform>{count} Bytes</numerusform>
        </translation>
    </message>
    <message id="common.cancel">
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message id="common.close">
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message id="common.copy_details">
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message id="common.details_copied">
        <source>Copied. Nothing was sent.</source>
        <translation>Kopiert. Nichts wurde gesendet.</translation>
    </message>
    <message id="common.died">
        <source>The part of Homespun that did this stopped. Nothing was lost; try again.</source>
        <translation>Der Teil von Homespun, der das tut, ist ausgefallen. Nichts ging verloren; versuch es noch einmal.</translation>
    </message>
    <message id="common.files" numerus="yes">
        <source>{count} files</source>
        <translation>
            <numerusform>{count} Datei</numerusform>
            <numerusform>{count} Dateien</numerusform>
        </translation>
    </message>
    <message id="common.minutes" numerus="yes">
        <source>about {count} min</source>
        <translation>
            <numerusform>etwa {count} min</numerusform>
            <numerusform>etwa {count} min</numerusform>
        </translation>
    </message>
    <message id="common.moment">
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message id="common.retry">
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message id="common.stop">
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
</TS>
