<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>main</name>
    <message id="main.clear_field">
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message id="main.devices">
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message id="main.folders">
        <source>Folders</source>
        <translation>Folders</translation>
    </message>
    <message id="main.models">
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message id="main.months">
        <source>January February March April May June July August September October November December</source>
        <translation>January February March April May June July August September October November December</translation>
    </message>
    <message id="main.pages">
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message id="main.pictures">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="main.search">
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message id="main.settings">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="main.title">
        <source>Homespun</source>
        <translation>Homespun</translation>
    </message>
</context>
</TS>
