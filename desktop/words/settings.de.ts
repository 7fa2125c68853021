<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>settings</name>
    <message id="settings.accent">
        <source>Accent colour</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message id="settings.accent_note">
        <source>Buttons and what is chosen.</source>
        <translation>Knöpfe und was gewählt ist.</translation>
    </message>
    <message id="settings.accent_own">
        <source>Homespun’s</source>
        <translation>Von Homespun</translation>
    </message>
    <message id="settings.accent_system">
        <source>System’s</source>
        <translation>Vom System</translation>
    </message>
    <message id="settings.add">
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message id="settings.add_hint">
        <source>*.iso or node_modules/</source>
        <translation>*.iso oder node_modules/</translation>
    </message>
    <message id="settings.again">
        <source>Read it again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message id="settings.allowed_list">
        <source>Allowed: a list of texts in quotes.</source>
        <translation>Erlaubt: eine Liste von Texten in Anführungszeichen.</translation>
    </message>
    <message id="settings.allowed_number">
        <source>Allowed: a whole number from {least} to {most}.</source>
        <translation>Erlaubt: eine ganze Zahl von {least} bis {most}.</translation>
    </message>
    <message id="settings.allowed_section">
        <source>It must be a section in brackets.</source>
        <translation>Es muss ein Abschnitt in Klammern sein.</translation>
    </message>
    <message id="settings.allowed_switch">
        <source>Allowed: true or false.</source>
        <translation>Erlaubt: true oder false.</translation>
    </message>
    <message id="settings.allowed_text">
        <source>Allowed: a text in quotes.</source>
        <translation>Erlaubt: ein Text in Anführungszeichen.</translation>
    </message>
    <message id="settings.allowed_words">
        <source>Allowed: {words}.</source>
        <translation>Erlaubt: {words}.</translation>
    </message>
    <message id="settings.autostart">
        <source>Start with the computer</source>
        <translation>Mit dem Computer starten</translation>
    </message>
    <message id="settings.autostart_note">
        <source>In the background: the key and the menus work at once.</source>
        <translation>Im Hintergrund: Taste und Menüs wirken dann sofort.</translation>
    </message>
    <message id="settings.broken_line">
        <source>Line {line} of the settings file can’t be understood. Defaults hold until it is corrected.</source>
        <translation>Zeile {line} der Einstellungsdatei ist nicht zu verstehen. Bis sie berichtigt ist, gelten die Vorgaben.</translation>
    </message>
    <message id="settings.broken_todo">
        <source>Correct it there and read it again, or delete the line. Homespun doesn’t write over it.</source>
        <translation>Berichtige es dort und lies neu ein, oder lösch die Zeile. Homespun überschreibt sie nicht.</translation>
    </message>
    <message id="settings.broken_value">
        <source>Line {line} of the settings file: {key} has a value that isn’t allowed. Defaults hold until it is corrected.</source>
        <translation>Zeile {line} der Einstellungsdatei: {key} hat einen Wert, der nicht erlaubt ist. Bis er berichtigt ist, gelten die Vorgaben.</translation>
    </message>
    <message id="settings.choose">
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message id="settings.choose_program">
        <source>Choose a Python</source>
        <translation>Ein Python wählen</translation>
    </message>
    <message id="settings.clear">
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message id="settings.details">
        <source>Details for whoever helps you</source>
        <translation>Einzelheiten für wer dir hilft</translation>
    </message>
    <message id="settings.details_note">
        <source>Nothing is sent. What is copied stays here until you share it.</source>
        <translation>Nichts wird gesendet. Was kopiert ist, bleibt hier, bis du es teilst.</translation>
    </message>
    <message id="settings.downloads">
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message id="settings.downloads_ask">
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message id="settings.downloads_never">
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message id="settings.downloads_note">
        <source>Homespun asks before each one, or never downloads any.</source>
        <translation>Homespun fragt vor jedem, oder lädt nie etwas.</translation>
    </message>
    <message id="settings.exclude">
        <source>Never read</source>
        <translation>Nie lesen</translation>
    </message>
    <message id="settings.exclude_note">
        <source>Patterns as in .gitignore, one a line.</source>
        <translation>Muster wie in .gitignore, eines je Zeile.</translation>
    </message>
    <message id="settings.feedback">
        <source>Search twice for meaning</source>
        <translation>Zweimal nach Bedeutung suchen</translation>
    </message>
    <message id="settings.feedback_note">
        <source>The best finds of a first look sharpen the second. Takes a little longer.</source>
        <translation>Die besten Treffer eines ersten Blicks schärfen den zweiten. Dauert etwas länger.</translation>
    </message>
    <message id="settings.file">
        <source>Settings file</source>
        <translation>Einstellungsdatei</translation>
    </message>
    <message id="settings.gitignore">
        <source>Follow .gitignore</source>
        <translation>.gitignore beachten</translation>
    </message>
    <message id="settings.gitignore_note">
        <source>Leave out what programmers leave out of their projects.</source>
        <translation>Auslassen, was in Programmprojekten ausgelassen wird.</translation>
    </message>
    <message id="settings.heading">
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message id="settings.hidden">
        <source>Hidden files and folders</source>
        <translation>Versteckte Dateien und Ordner</translation>
    </message>
    <message id="settings.hidden_note">
        <source>Read them too.</source>
        <translation>Auch diese lesen.</translation>
    </message>
    <message id="settings.in_line">
        <source>{key} in line {line}</source>
        <translation>{key} in Zeile {line}</translation>
    </message>
    <message id="settings.keep_open">
        <source>Keep the palette open</source>
        <translation>Palette offen lassen</translation>
    </message>
    <message id="settings.keep_open_note">
        <source>Otherwise it hides when you click another window.</source>
        <translation>Sonst verschwindet sie, wenn du ein anderes Fenster anklickst.</translation>
    </message>
    <message id="settings.key">
        <source>Key that shows the palette</source>
        <translation>Taste, die die Palette zeigt</translation>
    </message>
    <message id="settings.key_note">
        <source>Works in every program.</source>
        <translation>Wirkt in jedem Programm.</translation>
    </message>
    <message id="settings.language">
        <source>Language of the windows</source>
        <translation>Sprache der Fenster</translation>
    </message>
    <message id="settings.language_de">
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message id="settings.language_en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="settings.language_note">
        <source>Searching understands both, whatever is chosen.</source>
        <translation>Die Suche versteht beide, was auch gewählt ist.</translation>
    </message>
    <message id="settings.language_system">
        <source>System</source>
        <translation>System</translation>
    </message>
    <message id="settings.lead">
        <source>Every change takes effect at once and is kept in one file on this computer.</source>
        <translation>Jede Änderung wirkt sofort und steht in einer Datei auf diesem Computer.</translation>
    </message>
    <message id="settings.limit">
        <source>Length of an answer</source>
        <translation>Länge einer Antwort</translation>
    </message>
    <message id="settings.limit_note">
        <source>How many files it lists.</source>
        <translation>Wie viele Dateien sie nennt.</translation>
    </message>
    <message id="settings.logs">
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message id="settings.logs_delete">
        <source>Delete logs</source>
        <translation>Protokolle löschen</translation>
    </message>
    <message id="settings.logs_deleted" numerus="yes">
        <source>{count} files deleted.</source>
        <translation>
            <numerusform>{count} Datei gelöscht.</numerusform>
            <numerusform>{count} Dateien gelöscht.</numerusform>
        </translation>
    </message>
    <message id="settings.logs_empty">
        <source>There are none.</source>
        <translation>Es gibt keine.</translation>
    </message>
    <message id="settings.logs_none">
        <source>There was nothing to delete.</source>
        <translation>Es gab nichts zu löschen.</translation>
    </message>
    <message id="settings.logs_note" numerus="yes">
        <source>{count} files, {size}. Nothing is sent.</source>
        <translation>
            <numerusform>{count} Datei, {size}. Nichts wird gesendet.</numerusform>
            <numerusform>{count} Dateien, {size}. Nichts wird gesendet.</numerusform>
        </translation>
    </message>
    <message id="settings.logs_show">
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message id="settings.look">
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message id="settings.look_dark">
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message id="settings.look_light">
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message id="settings.look_note">
        <source>As your system has it, or always the same.</source>
        <translation>Wie dein System, oder immer gleich.</translation>
    </message>
    <message id="settings.look_system">
        <source>System</source>
        <translation>System</translation>
    </message>
    <message id="settings.mark">
        <source>Mark edited pictures</source>
        <translation>Bearbeitete Bilder kennzeichnen</translation>
    </message>
    <message id="settings.mark_note">
        <source>Writes into the file that an algorithm edited it. Nothing is seen in the picture.</source>
        <translation>Schreibt in die Datei, dass ein Verfahren sie bearbeitet hat. Im Bild ist nichts zu sehen.</translation>
    </message>
    <message id="settings.max_file">
        <source>Largest file</source>
        <translation>Größte Datei</translation>
    </message>
    <message id="settings.max_file_note">
        <source>Of larger ones only the name is found.</source>
        <translation>Von größeren wird nur der Name gefunden.</translation>
    </message>
    <message id="settings.menus">
        <source>Right-click menus</source>
        <translation>Menüs der rechten Maustaste</translation>
    </message>
    <message id="settings.menus_add">
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message id="settings.menus_add_all">
        <source>Add to all</source>
        <translation>Zu allen hinzufügen</translation>
    </message>
    <message id="settings.menus_add_name">
        <source>Add to {name}</source>
        <translation>Zu {name} hinzufügen</translation>
    </message>
    <message id="settings.menus_looking">
        <source>Looking which file managers are here …</source>
        <translation>Sucht die Dateiverwaltungen auf diesem Computer …</translation>
    </message>
    <message id="settings.menus_none">
        <source>No file manager that Homespun knows is on this computer.</source>
        <translation>Auf diesem Computer ist keine Dateiverwaltung, die Homespun kennt.</translation>
    </message>
    <message id="settings.menus_note">
        <source>Erase and enlarge on pictures, search on folders.</source>
        <translation>Bei Bildern entfernen und vergrößern, in Ordnern suchen.</translation>
    </message>
    <message id="settings.menus_remove">
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message id="settings.menus_remove_name">
        <source>Remove from {name}</source>
        <translation>Aus {name} entfernen</translation>
    </message>
    <message id="settings.menus_repair">
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message id="settings.menus_repair_name">
        <source>Repair in {name}</source>
        <translation>In {name} reparieren</translation>
    </message>
    <message id="settings.menus_working">
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message id="settings.mirror">
        <source>Folder with models</source>
        <translation>Ordner mit Modellen</translation>
    </message>
    <message id="settings.mirror_note">
        <source>For computers without internet: models come from there, and from nowhere else.</source>
        <translation>Für Computer ohne Internet: Modelle kommen von dort und von nirgends sonst.</translation>
    </message>
    <message id="settings.no_key">
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message id="settings.none">
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message id="settings.open">
        <source>Open the settings file</source>
        <translation>Einstellungsdatei öffnen</translation>
    </message>
    <message id="settings.pause">
        <source>Rest on battery</source>
        <translation>Im Akkubetrieb ruhen</translation>
    </message>
    <message id="settings.pause_note">
        <source>Reading for search by meaning waits until the computer is plugged in.</source>
        <translation>Das Lesen für die Suche nach Bedeutung wartet, bis der Computer am Netz ist.</translation>
    </message>
    <message id="settings.policy">
        <source>What matters</source>
        <translation>Worauf es ankommt</translation>
    </message>
    <message id="settings.policy_auto">
        <source>Decide by the plug</source>
        <translation>Nach Stromnetz entscheiden</translation>
    </message>
    <message id="settings.policy_balanced">
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message id="settings.policy_battery">
        <source>Battery</source>
        <translation>Akku</translation>
    </message>
    <message id="settings.policy_note">
        <source>Among devices that proved themselves.</source>
        <translation>Unter Geräten, die sich bewährt haben.</translation>
    </message>
    <message id="settings.policy_quality">
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message id="settings.prove">
        <source>New devices</source>
        <translation>Neue Geräte</translation>
    </message>
    <message id="settings.prove_ask">
        <source>When asked</source>
        <translation>Auf Wunsch</translation>
    </message>
    <message id="settings.prove_background">
        <source>By itself</source>
        <translation>Von selbst</translation>
    </message>
    <message id="settings.prove_note">
        <source>Try them when nothing else runs, or only on the page Devices.</source>
        <translation>Erproben, wenn sonst nichts läuft, oder nur auf der Seite Geräte.</translation>
    </message>
    <message id="settings.pythons">
        <source>Other Pythons</source>
        <translation>Andere Pythons</translation>
    </message>
    <message id="settings.pythons_note">
        <source>Their runtime may offer further devices.</source>
        <translation>Ihre Laufzeit kann weitere Geräte bieten.</translation>
    </message>
    <message id="settings.recency">
        <source>Newer files first</source>
        <translation>Neuere Dateien zuerst</translation>
    </message>
    <message id="settings.recency_note">
        <source>Of two that fit equally well.</source>
        <translation>Von zweien, die gleich gut passen.</translation>
    </message>
    <message id="settings.record">
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message id="settings.recording">
        <source>Press the keys</source>
        <translation>Drück die Tasten</translation>
    </message>
    <message id="settings.remove">
        <source>Remove “{name}”</source>
        <translation>„{name}“ entfernen</translation>
    </message>
    <message id="settings.reset">
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message id="settings.reset_name">
        <source>{name}: back to the default</source>
        <translation>{name}: zurück zur Vorgabe</translation>
    </message>
    <message id="settings.s_battery">
        <source>Battery</source>
        <translation>Akku</translation>
    </message>
    <message id="settings.s_devices">
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message id="settings.s_diagnostics">
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message id="settings.s_folders">
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message id="settings.s_index">
        <source>What is read</source>
        <translation>Was gelesen wird</translation>
    </message>
    <message id="settings.s_key">
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message id="settings.s_language">
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message id="settings.s_look">
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message id="settings.s_menus">
        <source>In menus</source>
        <translation>In Menüs</translation>
    </message>
    <message id="settings.s_models">
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message id="settings.s_save">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="settings.s_search">
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message id="settings.s_updates">
        <source>Updates</source>
        <translation>Aktualisierungen</translation>
    </message>
    <message id="settings.save">
        <source>What “Save” does</source>
        <translation>Was „Speichern“ tut</translation>
    </message>
    <message id="settings.save_ask">
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message id="settings.save_copy">
        <source>Copy</source>
        <translation>Kopie</translation>
    </message>
    <message id="settings.save_note">
        <source>A copy stands beside the original, which stays as it is.</source>
        <translation>Eine Kopie steht neben dem Original, das bleibt, wie es ist.</translation>
    </message>
    <message id="settings.save_replace">
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message id="settings.threads">
        <source>Processor cores</source>
        <translation>Prozessorkerne</translation>
    </message>
    <message id="settings.threads_note">
        <source>That reading may take; 0 lets Homespun decide.</source>
        <translation>Die das Lesen nehmen darf; bei 0 entscheidet Homespun.</translation>
    </message>
    <message id="settings.to_devices">
        <source>How each device does</source>
        <translation>Wie sich jedes Gerät schlägt</translation>
    </message>
    <message id="settings.to_devices_do">
        <source>Show devices</source>
        <translation>Geräte zeigen</translation>
    </message>
    <message id="settings.to_devices_note">
        <source>What runs where, and why.</source>
        <translation>Was wo läuft, und warum.</translation>
    </message>
    <message id="settings.to_folders">
        <source>What may be searched</source>
        <translation>Was durchsucht werden darf</translation>
    </message>
    <message id="settings.to_folders_do">
        <source>Choose folders</source>
        <translation>Ordner wählen</translation>
    </message>
    <message id="settings.to_folders_note">
        <source>Homespun reads only the folders that you choose.</source>
        <translation>Homespun liest nur die Ordner, die du wählst.</translation>
    </message>
    <message id="settings.to_models">
        <source>Add and remove</source>
        <translation>Hinzufügen und entfernen</translation>
    </message>
    <message id="settings.to_models_do">
        <source>Show models</source>
        <translation>Modelle zeigen</translation>
    </message>
    <message id="settings.to_models_note">
        <source>What is here, and what it gives.</source>
        <translation>Was da ist und was es gibt.</translation>
    </message>
    <message id="settings.touch">
        <source>Larger targets</source>
        <translation>Größere Flächen</translation>
    </message>
    <message id="settings.touch_note">
        <source>For fingers on a touch screen.</source>
        <translation>Für Finger auf einem Touchscreen.</translation>
    </message>
    <message id="settings.typos">
        <source>Repair typing errors</source>
        <translation>Tippfehler ausbessern</translation>
    </message>
    <message id="settings.typos_note">
        <source>A word that no file has becomes one that some have.</source>
        <translation>Ein Wort, das in keiner Datei steht, wird zu einem, das in einer steht.</translation>
    </message>
    <message id="settings.undo">
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message id="settings.unit_cores">
        <source>cores</source>
        <translation>Kerne</translation>
    </message>
    <message id="settings.unit_files">
        <source>files</source>
        <translation>Dateien</translation>
    </message>
    <message id="settings.unit_mb">
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message id="settings.unknown" numerus="yes">
        <source>The settings file has {count} keys that Homespun doesn’t know; they have no effect:</source>
        <translation>
            <numerusform>Die Einstellungsdatei hat einen Schlüssel, den Homespun nicht kennt; er ist ohne Wirkung:</numerusform>
            <numerusform>Die Einstellungsdatei hat {count} Schlüssel, die Homespun nicht kennt; sie sind ohne Wirkung:</numerusform>
        </translation>
    </message>
    <message id="settings.unreadable">
        <source>The settings file can’t be read. Defaults hold until it can.</source>
        <translation>Die Einstellungsdatei ist nicht lesbar. Bis dahin gelten die Vorgaben.</translation>
    </message>
    <message id="settings.updates_check">
        <source>Ask for a newer version</source>
        <translation>Nach einer neueren Version fragen</translation>
    </message>
    <message id="settings.updates_check_note">
        <source>One request to Homespun’s server, which says nothing about you or this computer.</source>
        <translation>Eine Anfrage an den Server von Homespun, die nichts über dich oder diesen Computer sagt.</translation>
    </message>
    <message id="settings.updates_never">
        <source>Never by itself</source>
        <translation>Nie von selbst</translation>
    </message>
    <message id="settings.updates_server">
        <source>Another server</source>
        <translation>Anderer Server</translation>
    </message>
    <message id="settings.updates_server_note">
        <source>The address of a folder with updates, for companies with their own; empty means Homespun’s.</source>
        <translation>Die Adresse eines Ordners mit Aktualisierungen, für Firmen mit eigenem; leer heißt: der von Homespun.</translation>
    </message>
    <message id="settings.updates_weekly">
        <source>Once a week</source>
        <translation>Einmal pro Woche</translation>
    </message>
    <message id="settings.use">
        <source>What models run on</source>
        <translation>Worauf Modelle laufen</translation>
    </message>
    <message id="settings.use_auto">
        <source>Best</source>
        <translation>Bestes</translation>
    </message>
    <message id="settings.use_cpu">
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message id="settings.use_note">
        <source>Each where it is proved best, or all on the processor.</source>
        <translation>Jedes, wo es sich am besten bewährt, oder alle auf dem Prozessor.</translation>
    </message>
</context>
</TS>
