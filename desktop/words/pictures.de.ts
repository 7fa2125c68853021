<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>pictures</name>
    <message id="pictures.choose_folders">
        <source>Choose folders</source>
        <translation>Ordner wählen</translation>
    </message>
    <message id="pictures.chosen" numerus="yes">
        <source>{count} pictures chosen</source>
        <translation>
            <numerusform>{count} Bild gewählt</numerusform>
            <numerusform>{count} Bilder gewählt</numerusform>
        </translation>
    </message>
    <message id="pictures.clear">
        <source>Choose none</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message id="pictures.copy">
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message id="pictures.copy_path" numerus="yes">
        <source>Copy paths</source>
        <translation>
            <numerusform>Pfad kopieren</numerusform>
            <numerusform>Pfade kopieren</numerusform>
        </translation>
    </message>
    <message id="pictures.dialog">
        <source>Open a picture</source>
        <translation>Ein Bild öffnen</translation>
    </message>
    <message id="pictures.edit">
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message id="pictures.enlarge">
        <source>Enlarge…</source>
        <translation>Vergrößern …</translation>
    </message>
    <message id="pictures.erase">
        <source>Erase something…</source>
        <translation>Etwas entfernen …</translation>
    </message>
    <message id="pictures.field">
        <source>Search your pictures</source>
        <translation>Deine Bilder durchsuchen</translation>
    </message>
    <message id="pictures.files">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="pictures.grid">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="pictures.no_folders">
        <source>Your pictures, all in one place</source>
        <translation>Deine Bilder, alle an einem Ort</translation>
    </message>
    <message id="pictures.no_folders_next">
        <source>Choose the folders that they are in. Nothing leaves this computer.</source>
        <translation>Wähle die Ordner, in denen sie liegen. Nichts verlässt diesen Computer.</translation>
    </message>
    <message id="pictures.none">
        <source>No pictures in your folders yet</source>
        <translation>Noch keine Bilder in deinen Ordnern</translation>
    </message>
    <message id="pictures.none_found">
        <source>No picture found for “{text}”</source>
        <translation>Kein Bild gefunden zu „{text}“</translation>
    </message>
    <message id="pictures.none_next">
        <source>Open one from anywhere, or add a folder that has some.</source>
        <translation>Öffne eines von irgendwo, oder füge einen Ordner hinzu, in dem welche sind.</translation>
    </message>
    <message id="pictures.open">
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message id="pictures.open_one">
        <source>Open a picture…</source>
        <translation>Ein Bild öffnen …</translation>
    </message>
    <message id="pictures.open_with">
        <source>Open with…</source>
        <translation>Öffnen mit …</translation>
    </message>
    <message id="pictures.show">
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message id="pictures.title">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
</TS>
