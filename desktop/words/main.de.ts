<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>main</name>
    <message id="main.clear_field">
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message id="main.devices">
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message id="main.folders">
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message id="main.models">
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message id="main.months">
        <source>January February March April May June July August September October November December</source>
        <translation>Januar Februar März April Mai Juni Juli August September Oktober November Dezember</translation>
    </message>
    <message id="main.pages">
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message id="main.pictures">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="main.search">
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message id="main.settings">
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message id="main.title">
        <source>Homespun</source>
        <translation>Homespun</translation>
    </message>
</context>
</TS>
