<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>pictures</name>
    <message id="pictures.choose_folders">
        <source>Choose folders</source>
        <translation>Choose folders</translation>
    </message>
    <message id="pictures.chosen" numerus="yes">
        <source>{count} pictures chosen</source>
        <translation>
            <numerusform>{count} picture chosen</numerusform>
            <numerusform>{count} pictures chosen</numerusform>
        </translation>
    </message>
    <message id="pictures.clear">
        <source>Choose none</source>
        <translation>Choose none</translation>
    </message>
    <message id="pictures.copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="pictures.copy_path" numerus="yes">
        <source>Copy paths</source>
        <translation>
            <numerusform>Copy path</numerusform>
            <numerusform>Copy paths</numerusform>
        </translation>
    </message>
    <message id="pictures.dialog">
        <source>Open a picture</source>
        <translation>Open a picture</translation>
    </message>
    <message id="pictures.edit">
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
    <message id="pictures.enlarge">
        <source>Enlarge…</source>
        <translation>Enlarge…</translation>
    </message>
    <message id="pictures.erase">
        <source>Erase something…</source>
        <translation>Erase something…</translation>
    </message>
    <message id="pictures.field">
        <source>Search your pictures</source>
        <translation>Search your pictures</translation>
    </message>
    <message id="pictures.files">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="pictures.grid">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="pictures.no_folders">
        <source>Your pictures, all in one place</source>
        <translation>Your pictures, all in one place</translation>
    </message>
    <message id="pictures.no_folders_next">
        <source>Choose the folders that they are in. Nothing leaves this computer.</source>
        <translation>Choose the folders that they are in. Nothing leaves this computer.</translation>
    </message>
    <message id="pictures.none">
        <source>No pictures in your folders yet</source>
        <translation>No pictures in your folders yet</translation>
    </message>
    <message id="pictures.none_found">
        <source>No picture found for “{text}”</source>
        <translation>No picture found for “{text}”</translation>
    </message>
    <message id="pictures.none_next">
        <source>Open one from anywhere, or add a folder that has some.</source>
        <translation>Open one from anywhere, or add a folder that has some.</translation>
    </message>
    <message id="pictures.open">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="pictures.open_one">
        <source>Open a picture…</source>
        <translation>Open a picture…</translation>
    </message>
    <message id="pictures.open_with">
        <source>Open with…</source>
        <translation>Open with…</translation>
    </message>
    <message id="pictures.show">
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message id="pictures.title">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
</context>
</TS>
