<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>welcome</name>
    <message id="welcome.after">
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message id="welcome.back">
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message id="welcome.before">
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message id="welcome.choose">
        <source>Choose a folder to search</source>
        <translation>Ordner zum Durchsuchen wählen</translation>
    </message>
    <message id="welcome.counting">
        <source>Counting…</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message id="welcome.desktop">
        <source>Desktop</source>
        <translation>Schreibtisch</translation>
    </message>
    <message id="welcome.documents">
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message id="welcome.done">
        <source>Gone in {seconds} s, on this computer.</source>
        <translation>Weg in {seconds} s, auf diesem Computer.</translation>
    </message>
    <message id="welcome.done_lead">
        <source>It happened here; nothing was sent anywhere.</source>
        <translation>Es geschah hier; nichts wurde irgendwohin gesendet.</translation>
    </message>
    <message id="welcome.done_note">
        <source>With your own pictures: paint over it, erase it, save a copy. The original stays as it is.</source>
        <translation>Mit deinen Bildern genauso: übermalen, entfernen, Kopie speichern. Das Original bleibt, wie es ist.</translation>
    </message>
    <message id="welcome.downloads">
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message id="welcome.erase">
        <source>Erase it</source>
        <translation>Entfernen</translation>
    </message>
    <message id="welcome.folders_lead">
        <source>Homespun reads only these folders. Nothing leaves this computer.</source>
        <translation>Homespun liest nur diese Ordner. Nichts verlässt diesen Computer.</translation>
    </message>
    <message id="welcome.folders_title">
        <source>What may be searched?</source>
        <translation>Was darf durchsucht werden?</translation>
    </message>
    <message id="welcome.key">
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message id="welcome.key_clear">
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message id="welcome.key_lead">
        <source>One key opens it over whatever you are doing. Esc closes it again.</source>
        <translation>Eine Taste öffnet sie über allem, was du gerade tust. Esc schließt sie wieder.</translation>
    </message>
    <message id="welcome.key_no">
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message id="welcome.key_none">
        <source>Without a key, the icon in the tray opens the search.</source>
        <translation>Ohne Taste öffnet das Symbol in der Taskleiste die Suche.</translation>
    </message>
    <message id="welcome.key_pressed">
        <source>That works.</source>
        <translation>Das klappt.</translation>
    </message>
    <message id="welcome.key_record">
        <source>Other key…</source>
        <translation>Andere Taste …</translation>
    </message>
    <message id="welcome.key_recording">
        <source>Press a key</source>
        <translation>Taste drücken</translation>
    </message>
    <message id="welcome.key_title">
        <source>The search, from anywhere</source>
        <translation>Die Suche, von überall</translation>
    </message>
    <message id="welcome.key_works">
        <source>Press it now to try it.</source>
        <translation>Drück sie jetzt, um sie auszuprobieren.</translation>
    </message>
    <message id="welcome.loading">
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message id="welcome.menus">
        <source>Add Homespun to the right-click menu</source>
        <translation>Homespun in das Menü der rechten Maustaste aufnehmen</translation>
    </message>
    <message id="welcome.menus_note">
        <source>Writes entries for {names} into your own settings. Settings › In menus takes them away again.</source>
        <translation>Schreibt Einträge für {names} in deine eigenen Einstellungen. Einstellungen › In Menüs nimmt sie wieder weg.</translation>
    </message>
    <message id="welcome.next">
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message id="welcome.no_folders">
        <source>The usual folders are not on this computer. Choose one of your own.</source>
        <translation>Die üblichen Ordner gibt es auf diesem Computer nicht. Wähle einen eigenen.</translation>
    </message>
    <message id="welcome.open">
        <source>Open the search</source>
        <translation>Suche öffnen</translation>
    </message>
    <message id="welcome.other">
        <source>Another folder…</source>
        <translation>Anderer Ordner …</translation>
    </message>
    <message id="welcome.over" numerus="yes">
        <source>over {count} files</source>
        <translation>
            <numerusform>über {count} Datei</numerusform>
            <numerusform>über {count} Dateien</numerusform>
        </translation>
    </message>
    <message id="welcome.photo">
        <source>A sign on a desert road</source>
        <translation>Ein Schild an einer Wüstenstraße</translation>
    </message>
    <message id="welcome.pictures">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="welcome.reading">
        <source>Your folders are being read meanwhile.</source>
        <translation>Deine Ordner werden inzwischen gelesen.</translation>
    </message>
    <message id="welcome.ready">
        <source>The blue sign will go</source>
        <translation>Das blaue Schild verschwindet</translation>
    </message>
    <message id="welcome.ready_note">
        <source>In your own pictures you paint over it, or click on it.</source>
        <translation>In deinen Bildern übermalst du es, oder du klickst darauf.</translation>
    </message>
    <message id="welcome.search_these" numerus="yes">
        <source>Search {count} folders</source>
        <translation>
            <numerusform>Ordner durchsuchen</numerusform>
            <numerusform>{count} Ordner durchsuchen</numerusform>
        </translation>
    </message>
    <message id="welcome.searched">
        <source>Is searched already</source>
        <translation>Wird schon durchsucht</translation>
    </message>
    <message id="welcome.skip">
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message id="welcome.step">
        <source>Step {step} of 3</source>
        <translation>Schritt {step} von 3</translation>
    </message>
    <message id="welcome.title">
        <source>Welcome to Homespun</source>
        <translation>Willkommen bei Homespun</translation>
    </message>
    <message id="welcome.try_lead">
        <source>The sign is marked already. One press, and it is gone.</source>
        <translation>Das Schild ist schon markiert. Ein Klick, und es ist weg.</translation>
    </message>
    <message id="welcome.try_title">
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message id="welcome.view">
        <source>Before or after</source>
        <translation>Vorher oder nachher</translation>
    </message>
    <message id="welcome.working">
        <source>Erasing the sign…</source>
        <translation>Das Schild wird entfernt …</translation>
    </message>
    <message id="welcome.working_note">
        <source>The first time takes a little longer.</source>
        <translation>Beim ersten Mal dauert es etwas länger.</translation>
    </message>
</context>
</TS>
