<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>platform</name>
    <message id="platform.choose_program">
        <source>Open {name} with</source>
        <translation>{name} öffnen mit</translation>
    </message>
    <message id="platform.crashed">
        <source>Homespun crashed last time. What happened is in {name}; nothing was sent.</source>
        <translation>Homespun ist letztes Mal abgestürzt. Was geschah, steht in {name}; nichts wurde gesendet.</translation>
    </message>
    <message id="platform.gone">
        <source>{name} was moved or deleted.</source>
        <translation>{name} wurde verschoben oder gelöscht.</translation>
    </message>
    <message id="platform.gone_todo">
        <source>Look for it by its name.</source>
        <translation>Suche nach dem Namen.</translation>
    </message>
    <message id="platform.key_alt">
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message id="platform.key_ctrl">
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message id="platform.key_del">
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message id="platform.key_end">
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message id="platform.key_home">
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message id="platform.key_ins">
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message id="platform.key_meta">
        <source>Super</source>
        <translation>Super</translation>
    </message>
    <message id="platform.key_missing">
        <source>This keyboard has no {key}. Choose another key.</source>
        <translation>Diese Tastatur hat kein {key}. Wähle eine andere Taste.</translation>
    </message>
    <message id="platform.key_pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="platform.key_pgdown">
        <source>PgDn</source>
        <translation>Bild ab</translation>
    </message>
    <message id="platform.key_pgup">
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message id="platform.key_purpose">
        <source>Search your files</source>
        <translation>Deine Dateien durchsuchen</translation>
    </message>
    <message id="platform.key_return">
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message id="platform.key_shift">
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message id="platform.key_space">
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message id="platform.key_tab">
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message id="platform.key_taken">
        <source>{key} belongs to another program. Choose another key.</source>
        <translation>{key} gehört einem anderen Programm. Wähle eine andere Taste.</translation>
    </message>
    <message id="platform.key_unknown">
        <source>{key} can’t work from everywhere. Add Ctrl or Alt.</source>
        <translation>{key} kann nicht von überall wirken. Nimm Strg oder Alt dazu.</translation>
    </message>
    <message id="platform.key_unsupported">
        <source>This desktop gives no keys to programs. In its settings, bind a key to this command: {command}</source>
        <translation>Dieser Desktop gibt Programmen keine Tasten. Lege in seinen Einstellungen eine Taste auf diesen Befehl: {command}</translation>
    </message>
    <message id="platform.no_choice">
        <source>This desktop offers no choice of programs.</source>
        <translation>Dieser Desktop bietet keine Auswahl von Programmen.</translation>
    </message>
    <message id="platform.no_choice_todo">
        <source>Show the file in its folder, and choose there.</source>
        <translation>Zeige die Datei im Ordner und wähle dort.</translation>
    </message>
    <message id="platform.no_file_manager">
        <source>The file manager didn’t open.</source>
        <translation>Der Dateimanager ging nicht auf.</translation>
    </message>
    <message id="platform.no_file_manager_todo">
        <source>The file is here: {path}</source>
        <translation>Die Datei liegt hier: {path}</translation>
    </message>
    <message id="platform.notification_show">
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message id="platform.tray_open">
        <source>Open a picture…</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message id="platform.tray_pause">
        <source>Pause reading files</source>
        <translation>Lesen der Dateien anhalten</translation>
    </message>
    <message id="platform.tray_queue">
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message id="platform.tray_queue_running" numerus="yes">
        <source>Queue ({count} running)</source>
        <translation>
            <numerusform>Warteschlange ({count} in Arbeit)</numerusform>
            <numerusform>Warteschlange ({count} in Arbeit)</numerusform>
        </translation>
    </message>
    <message id="platform.tray_quit">
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message id="platform.tray_resume">
        <source>Go on reading files</source>
        <translation>Dateien weiterlesen</translation>
    </message>
    <message id="platform.tray_search">
        <source>Search…</source>
        <translation>Suchen …</translation>
    </message>
    <message id="platform.tray_settings">
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message id="platform.tray_tip_running" numerus="yes">
        <source>Homespun: {count} pictures to do</source>
        <translation>
            <numerusform>Homespun: noch {count} Bild</numerusform>
            <numerusform>Homespun: noch {count} Bilder</numerusform>
        </translation>
    </message>
    <message id="platform.unreadable">
        <source>{name} can’t be read.</source>
        <translation>{name} ist nicht lesbar.</translation>
    </message>
    <message id="platform.unreadable_todo">
        <source>Give yourself the right to read it.</source>
        <translation>Gib dir das Leserecht dafür.</translation>
    </message>
    <message id="platform.would_run">
        <source>{name} is a program; opening it would run it.</source>
        <translation>{name} ist ein Programm; beim Öffnen würde es ausgeführt.</translation>
    </message>
    <message id="platform.would_run_todo">
        <source>Open its folder instead.</source>
        <translation>Öffne stattdessen seinen Ordner.</translation>
    </message>
</context>
</TS>
