<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>folders</name>
    <message id="folders.add">
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message id="folders.away">
        <source>Not there now; what is known of it is kept</source>
        <translation>Gerade nicht da; was bekannt ist, bleibt erhalten</translation>
    </message>
    <message id="folders.battery">
        <source>On battery; goes on when plugged in</source>
        <translation>Akkubetrieb; es geht am Netz weiter</translation>
    </message>
    <message id="folders.battery_note">
        <source>Words can be searched already, meanings follow.</source>
        <translation>Nach Wörtern kannst du schon suchen, die Bedeutung folgt.</translation>
    </message>
    <message id="folders.choose">
        <source>Choose a folder to search</source>
        <translation>Ordner zum Durchsuchen wählen</translation>
    </message>
    <message id="folders.damaged">
        <source>The index can't be read. Searching by name only.</source>
        <translation>Der Index ist nicht lesbar. Suche nur nach Namen.</translation>
    </message>
    <message id="folders.died">
        <source>The part that reads your files stopped and was started again. Nothing was lost.</source>
        <translation>Der Teil, der deine Dateien liest, ist ausgefallen und wurde neu gestartet. Nichts ging verloren.</translation>
    </message>
    <message id="folders.died_often">
        <source>The part that reads your files stops again and again. What was read can be searched.</source>
        <translation>Der Teil, der deine Dateien liest, fällt immer wieder aus. Was gelesen wurde, ist zu finden.</translation>
    </message>
    <message id="folders.empty">
        <source>Nothing is searched yet</source>
        <translation>Noch wird nichts durchsucht</translation>
    </message>
    <message id="folders.empty_next">
        <source>Add the folders that you look for things in, for instance Documents and Pictures.</source>
        <translation>Füge die Ordner hinzu, in denen du suchst, zum Beispiel Dokumente und Bilder.</translation>
    </message>
    <message id="folders.error">
        <source>Can't be read: {reason}</source>
        <translation>Nicht lesbar: {reason}</translation>
    </message>
    <message id="folders.exclude">
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message id="folders.excluded">
        <source>“{name}” is left out from now on.</source>
        <translation>„{name}“ wird ab jetzt ausgelassen.</translation>
    </message>
    <message id="folders.facts">
        <source>{files} · {size} of index · read last {when}</source>
        <translation>{files} · {size} Index · zuletzt gelesen {when}</translation>
    </message>
    <message id="folders.facts_never">
        <source>{files} · {size} of index</source>
        <translation>{files} · {size} Index</translation>
    </message>
    <message id="folders.footer_meaning">
        <source>By words so far; meaning follows</source>
        <translation>Bisher nach Wörtern; die Bedeutung folgt</translation>
    </message>
    <message id="folders.footer_reading">
        <source>Reading your files: {done} of {total}. Results may be missing.</source>
        <translation>Deine Dateien werden gelesen: {done} von {total}. Es können Treffer fehlen.</translation>
    </message>
    <message id="folders.forget">
        <source>Forget a file or folder…</source>
        <translation>Datei oder Ordner vergessen …</translation>
    </message>
    <message id="folders.forget_ask">
        <source>Forget everything about “{name}”? The file itself stays, and is read again unless it is left out.</source>
        <translation>Alles über „{name}“ vergessen? Die Datei selbst bleibt und wird wieder gelesen, wenn sie nicht ausgenommen ist.</translation>
    </message>
    <message id="folders.forget_one">
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message id="folders.forgot" numerus="yes">
        <source>Forgot {count} files.</source>
        <translation>
            <numerusform>{count} Datei vergessen.</numerusform>
            <numerusform>{count} Dateien vergessen.</numerusform>
        </translation>
    </message>
    <message id="folders.found">
        <source>Found</source>
        <translation>Wird gefunden</translation>
    </message>
    <message id="folders.held">
        <source>Another Homespun is writing to the index</source>
        <translation>Ein anderes Homespun schreibt gerade in den Index</translation>
    </message>
    <message id="folders.held_by">
        <source>“{name}” is writing to the index (process {process})</source>
        <translation>„{name}“ schreibt gerade in den Index (Prozess {process})</translation>
    </message>
    <message id="folders.held_note">
        <source>This goes on by itself when it is done.</source>
        <translation>Danach geht es hier von selbst weiter.</translation>
    </message>
    <message id="folders.keep">
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message id="folders.lead">
        <source>Homespun reads only these folders. Nothing leaves this computer.</source>
        <translation>Homespun liest nur diese Ordner. Nichts verlässt diesen Computer.</translation>
    </message>
    <message id="folders.left" numerus="yes">
        <source>About {count} min left.</source>
        <translation>
            <numerusform>Noch etwa {count} min.</numerusform>
            <numerusform>Noch etwa {count} min.</numerusform>
        </translation>
    </message>
    <message id="folders.left_moment">
        <source>Less than a minute left.</source>
        <translation>Noch unter einer Minute.</translation>
    </message>
    <message id="folders.looking" numerus="yes">
        <source>Looking for changes: {count} files so far</source>
        <translation>
            <numerusform>Änderungen werden gesucht: bisher {count} Datei</numerusform>
            <numerusform>Änderungen werden gesucht: bisher {count} Dateien</numerusform>
        </translation>
    </message>
    <message id="folders.looking_first">
        <source>Looking for changes</source>
        <translation>Änderungen werden gesucht</translation>
    </message>
    <message id="folders.meaning">
        <source>Working out what they mean: {percent} %</source>
        <translation>Ihre Bedeutung wird ermittelt: {percent} %</translation>
    </message>
    <message id="folders.meaning_note">
        <source>By words everything can be found already.</source>
        <translation>Nach Wörtern ist schon alles zu finden.</translation>
    </message>
    <message id="folders.more">
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message id="folders.no_folder">
        <source>No longer a folder; what is known of it is kept</source>
        <translation>Kein Ordner mehr; was bekannt ist, bleibt erhalten</translation>
    </message>
    <message id="folders.not_found">
        <source>Not found</source>
        <translation>Wird nicht gefunden</translation>
    </message>
    <message id="folders.of_files">
        <source>{done} of {total} files read</source>
        <translation>{done} von {total} Dateien gelesen</translation>
    </message>
    <message id="folders.open">
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message id="folders.partial">
        <source>Read in part: {reason}</source>
        <translation>Zum Teil gelesen: {reason}</translation>
    </message>
    <message id="folders.pause">
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message id="folders.paused">
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message id="folders.paused_note">
        <source>New and changed files are not read until you resume.</source>
        <translation>Neue und geänderte Dateien werden erst wieder gelesen, wenn du fortsetzt.</translation>
    </message>
    <message id="folders.problems" numerus="yes">
        <source>{count} files could not be read wholly</source>
        <translation>
            <numerusform>{count} Datei konnte nicht ganz gelesen werden</numerusform>
            <numerusform>{count} Dateien konnten nicht ganz gelesen werden</numerusform>
        </translation>
    </message>
    <message id="folders.problems_hide">
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message id="folders.problems_more" numerus="yes">
        <source>And {count} more</source>
        <translation>
            <numerusform>Und {count} weitere</numerusform>
            <numerusform>Und {count} weitere</numerusform>
        </translation>
    </message>
    <message id="folders.problems_none">
        <source>Every file was read</source>
        <translation>Jede Datei wurde gelesen</translation>
    </message>
    <message id="folders.problems_note">
        <source>They are found by name all the same, and tried again when they change.</source>
        <translation>Nach Namen werden sie trotzdem gefunden, und wenn sie sich ändern, wieder versucht.</translation>
    </message>
    <message id="folders.problems_show">
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message id="folders.problems_so_far">
        <source>So far every file could be read</source>
        <translation>Bisher war jede Datei lesbar</translation>
    </message>
    <message id="folders.read_now">
        <source>Read now</source>
        <translation>Jetzt lesen</translation>
    </message>
    <message id="folders.reading">
        <source>Reading your files: {done} of {total}</source>
        <translation>Deine Dateien werden gelesen: {done} von {total}</translation>
    </message>
    <message id="folders.reading_note">
        <source>Names can be found already.</source>
        <translation>Nach Namen ist schon alles zu finden.</translation>
    </message>
    <message id="folders.remove">
        <source>Stop searching</source>
        <translation>Nicht mehr durchsuchen</translation>
    </message>
    <message id="folders.remove_ask">
        <source>“{name}” will no longer be searched, and what is known of it is dropped. Its files stay as they are.</source>
        <translation>„{name}“ wird nicht mehr durchsucht, und was darüber bekannt ist, wird verworfen. Die Dateien bleiben, wie sie sind.</translation>
    </message>
    <message id="folders.removed">
        <source>“{name}” is no longer searched.</source>
        <translation>„{name}“ wird nicht mehr durchsucht.</translation>
    </message>
    <message id="folders.repair">
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message id="folders.repaired">
        <source>The index is made anew. The old one lies beside it.</source>
        <translation>Der Index wird neu angelegt. Der alte liegt daneben.</translation>
    </message>
    <message id="folders.resting">
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message id="folders.resume">
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message id="folders.search_folder">
        <source>Search this folder</source>
        <translation>Diesen Ordner durchsuchen</translation>
    </message>
    <message id="folders.show">
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message id="folders.skipped">
        <source>Not read: {reason}</source>
        <translation>Nicht gelesen: {reason}</translation>
    </message>
    <message id="folders.stopped">
        <source>Reading stopped</source>
        <translation>Das Lesen wurde abgebrochen</translation>
    </message>
    <message id="folders.title">
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message id="folders.unreadable">
        <source>Can't be read; give yourself the right to</source>
        <translation>Nicht lesbar; gib dir das Recht dazu</translation>
    </message>
    <message id="folders.waits">
        <source>Waits to be read</source>
        <translation>Wartet aufs Lesen</translation>
    </message>
    <message id="folders.watching">
        <source>Up to date</source>
        <translation>Auf dem neuesten Stand</translation>
    </message>
    <message id="folders.watching_note">
        <source>Changes are noticed within seconds.</source>
        <translation>Änderungen werden in Sekunden bemerkt.</translation>
    </message>
    <message id="folders.why">
        <source>Why is a file not found?</source>
        <translation>Warum wird eine Datei nicht gefunden?</translation>
    </message>
    <message id="folders.why_ask">
        <source>Ask</source>
        <translation>Nachsehen</translation>
    </message>
    <message id="folders.why_choose">
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message id="folders.why_field">
        <source>Path of a file, or drop it here</source>
        <translation>Pfad einer Datei, oder zieh sie hierher</translation>
    </message>
</context>
</TS>
