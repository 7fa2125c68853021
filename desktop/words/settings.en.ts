<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>settings</name>
    <message id="settings.accent">
        <source>Accent colour</source>
        <translation>Accent colour</translation>
    </message>
    <message id="settings.accent_note">
        <source>Buttons and what is chosen.</source>
        <translation>Buttons and what is chosen.</translation>
    </message>
    <message id="settings.accent_own">
        <source>Homespun’s</source>
        <translation>Homespun’s</translation>
    </message>
    <message id="settings.accent_system">
        <source>System’s</source>
        <translation>System’s</translation>
    </message>
    <message id="settings.add">
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message id="settings.add_hint">
        <source>*.iso or node_modules/</source>
        <translation>*.iso or node_modules/</translation>
    </message>
    <message id="settings.again">
        <source>Read it again</source>
        <translation>Read it again</translation>
    </message>
    <message id="settings.allowed_list">
        <source>Allowed: a list of texts in quotes.</source>
        <translation>Allowed: a list of texts in quotes.</translation>
    </message>
    <message id="settings.allowed_number">
        <source>Allowed: a whole number from {least} to {most}.</source>
        <translation>Allowed: a whole number from {least} to {most}.</translation>
    </message>
    <message id="settings.allowed_section">
        <source>It must be a section in brackets.</source>
        <translation>It must be a section in brackets.</translation>
    </message>
    <message id="settings.allowed_switch">
        <source>Allowed: true or false.</source>
        <translation>Allowed: true or false.</translation>
    </message>
    <message id="settings.allowed_text">
        <source>Allowed: a text in quotes.</source>
        <translation>Allowed: a text in quotes.</translation>
    </message>
    <message id="settings.allowed_words">
        <source>Allowed: {words}.</source>
        <translation>Allowed: {words}.</translation>
    </message>
    <message id="settings.autostart">
        <source>Start with the computer</source>
        <translation>Start with the computer</translation>
    </message>
    <message id="settings.autostart_note">
        <source>In the background: the key and the menus work at once.</source>
        <translation>In the background: the key and the menus work at once.</translation>
    </message>
    <message id="settings.broken_line">
        <source>Line {line} of the settings file can’t be understood. Defaults hold until it is corrected.</source>
        <translation>Line {line} of the settings file can’t be understood. Defaults hold until it is corrected.</translation>
    </message>
    <message id="settings.broken_todo">
        <source>Correct it there and read it again, or delete the line. Homespun doesn’t write over it.</source>
        <translation>Correct it there and read it again, or delete the line. Homespun doesn’t write over it.</translation>
    </message>
    <message id="settings.broken_value">
        <source>Line {line} of the settings file: {key} has a value that isn’t allowed. Defaults hold until it is corrected.</source>
        <translation>Line {line} of the settings file: {key} has a value that isn’t allowed. Defaults hold until it is corrected.</translation>
    </message>
    <message id="settings.choose">
        <source>Choose…</source>
        <translation>Choose…</translation>
    </message>
    <message id="settings.choose_program">
        <source>Choose a Python</source>
        <translation>Choose a Python</translation>
    </message>
    <message id="settings.clear">
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message id="settings.details">
        <source>Details for whoever helps you</source>
        <translation>Details for whoever helps you</translation>
    </message>
    <message id="settings.details_note">
        <source>Nothing is sent. What is copied stays here until you share it.</source>
        <translation>Nothing is sent. What is copied stays here until you share it.</translation>
    </message>
    <message id="settings.downloads">
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message id="settings.downloads_ask">
        <source>Ask</source>
        <translation>Ask</translation>
    </message>
    <message id="settings.downloads_never">
        <source>Never</source>
        <translation>Never</translation>
    </message>
    <message id="settings.downloads_note">
        <source>Homespun asks before each one, or never downloads any.</source>
        <translation>Homespun asks before each one, or never downloads any.</translation>
    </message>
    <message id="settings.exclude">
        <source>Never read</source>
        <translation>Never read</translation>
    </message>
    <message id="settings.exclude_note">
        <source>Patterns as in .gitignore, one a line.</source>
        <translation>Patterns as in .gitignore, one a line.</translation>
    </message>
    <message id="settings.feedback">
        <source>Search twice for meaning</source>
        <translation>Search twice for meaning</translation>
    </message>
    <message id="settings.feedback_note">
        <source>The best finds of a first look sharpen the second. Takes a little longer.</source>
        <translation>The best finds of a first look sharpen the second. Takes a little longer.</translation>
    </message>
    <message id="settings.file">
        <source>Settings file</source>
        <translation>Settings file</translation>
    </message>
    <message id="settings.gitignore">
        <source>Follow .gitignore</source>
        <translation>Follow .gitignore</translation>
    </message>
    <message id="settings.gitignore_note">
        <source>Leave out what programmers leave out of their projects.</source>
        <translation>Leave out what programmers leave out of their projects.</translation>
    </message>
    <message id="settings.heading">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="settings.hidden">
        <source>Hidden files and folders</source>
        <translation>Hidden files and folders</translation>
    </message>
    <message id="settings.hidden_note">
        <source>Read them too.</source>
        <translation>Read them too.</translation>
    </message>
    <message id="settings.in_line">
        <source>{key} in line {line}</source>
        <translation>{key} in line {line}</translation>
    </message>
    <message id="settings.keep_open">
        <source>Keep the palette open</source>
        <translation>Keep the palette open</translation>
    </message>
    <message id="settings.keep_open_note">
        <source>Otherwise it hides when you click another window.</source>
        <translation>Otherwise it hides when you click another window.</translation>
    </message>
    <message id="settings.key">
        <source>Key that shows the palette</source>
        <translation>Key that shows the palette</translation>
    </message>
    <message id="settings.key_note">
        <source>Works in every program.</source>
        <translation>Works in every program.</translation>
    </message>
    <message id="settings.language">
        <source>Language of the windows</source>
        <translation>Language of the windows</translation>
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
        <translation>Searching understands both, whatever is chosen.</translation>
    </message>
    <message id="settings.language_system">
        <source>System</source>
        <translation>System</translation>
    </message>
    <message id="settings.lead">
        <source>Every change takes effect at once and is kept in one file on this computer.</source>
        <translation>Every change takes effect at once and is kept in one file on this computer.</translation>
    </message>
    <message id="settings.limit">
        <source>Length of an answer</source>
        <translation>Length of an answer</translation>
    </message>
    <message id="settings.limit_note">
        <source>How many files it lists.</source>
        <translation>How many files it lists.</translation>
    </message>
    <message id="settings.logs">
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message id="settings.logs_delete">
        <source>Delete logs</source>
        <translation>Delete logs</translation>
    </message>
    <message id="settings.logs_deleted" numerus="yes">
        <source>{count} files deleted.</source>
        <translation>
            <numerusform>{count} file deleted.</numerusform>
            <numerusform>{count} files deleted.</numerusform>
        </translation>
    </message>
    <message id="settings.logs_empty">
        <source>There are none.</source>
        <translation>There are none.</translation>
    </message>
    <message id="settings.logs_none">
        <source>There was nothing to delete.</source>
        <translation>There was nothing to delete.</translation>
    </message>
    <message id="settings.logs_note" numerus="yes">
        <source>{count} files, {size}. Nothing is sent.</source>
        <translation>
            <numerusform>{count} file, {size}. Nothing is sent.</numerusform>
            <numerusform>{count} files, {size}. Nothing is sent.</numerusform>
        </translation>
    </message>
    <message id="settings.logs_show">
        <source>Show folder</source>
        <translation>Show folder</translation>
    </message>
    <message id="settings.look">
        <source>Light or dark</source>
        <translation>Light or dark</translation>
    </message>
    <message id="settings.look_dark">
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message id="settings.look_light">
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message id="settings.look_note">
        <source>As your system has it, or always the same.</source>
        <translation>As your system has it, or always the same.</translation>
    </message>
    <message id="settings.look_system">
        <source>System</source>
        <translation>System</translation>
    </message>
    <message id="settings.mark">
        <source>Mark edited pictures</source>
        <translation>Mark edited pictures</translation>
    </message>
    <message id="settings.mark_note">
        <source>Writes into the file that an algorithm edited it. Nothing is seen in the picture.</source>
        <translation>Writes into the file that an algorithm edited it. Nothing is seen in the picture.</translation>
    </message>
    <message id="settings.max_file">
        <source>Largest file</source>
        <translation>Largest file</translation>
    </message>
    <message id="settings.max_file_note">
        <source>Of larger ones only the name is found.</source>
        <translation>Of larger ones only the name is found.</translation>
    </message>
    <message id="settings.menus">
        <source>Right-click menus</source>
        <translation>Right-click menus</translation>
    </message>
    <message id="settings.menus_add">
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message id="settings.menus_add_all">
        <source>Add to all</source>
        <translation>Add to all</translation>
    </message>
    <message id="settings.menus_add_name">
        <source>Add to {name}</source>
        <translation>Add to {name}</translation>
    </message>
    <message id="settings.menus_looking">
        <source>Looking which file managers are here …</source>
        <translation>Looking which file managers are here …</translation>
    </message>
    <message id="settings.menus_none">
        <source>No file manager that Homespun knows is on this computer.</source>
        <translation>No file manager that Homespun knows is on this computer.</translation>
    </message>
    <message id="settings.menus_note">
        <source>Erase and enlarge on pictures, search on folders.</source>
        <translation>Erase and enlarge on pictures, search on folders.</translation>
    </message>
    <message id="settings.menus_remove">
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message id="settings.menus_remove_name">
        <source>Remove from {name}</source>
        <translation>Remove from {name}</translation>
    </message>
    <message id="settings.menus_repair">
        <source>Repair</source>
        <translation>Repair</translation>
    </message>
    <message id="settings.menus_repair_name">
        <source>Repair in {name}</source>
        <translation>Repair in {name}</translation>
    </message>
    <message id="settings.menus_working">
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message id="settings.mirror">
        <source>Folder with models</source>
        <translation>Folder with models</translation>
    </message>
    <message id="settings.mirror_note">
        <source>For computers without internet: models come from there, and from nowhere else.</source>
        <translation>For computers without internet: models come from there, and from nowhere else.</translation>
    </message>
    <message id="settings.no_key">
        <source>No key</source>
        <translation>No key</translation>
    </message>
    <message id="settings.none">
        <source>None</source>
        <translation>None</translation>
    </message>
    <message id="settings.open">
        <source>Open the settings file</source>
        <translation>Open the settings file</translation>
    </message>
    <message id="settings.pause">
        <source>Rest on battery</source>
        <translation>Rest on battery</translation>
    </message>
    <message id="settings.pause_note">
        <source>Reading for search by meaning waits until the computer is plugged in.</source>
        <translation>Reading for search by meaning waits until the computer is plugged in.</translation>
    </message>
    <message id="settings.policy">
        <source>What matters</source>
        <translation>What matters</translation>
    </message>
    <message id="settings.policy_auto">
        <source>Decide by the plug</source>
        <translation>Decide by the plug</translation>
    </message>
    <message id="settings.policy_balanced">
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message id="settings.policy_battery">
        <source>Battery</source>
        <translation>Battery</translation>
    </message>
    <message id="settings.policy_note">
        <source>Among devices that proved themselves.</source>
        <translation>Among devices that proved themselves.</translation>
    </message>
    <message id="settings.policy_quality">
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message id="settings.prove">
        <source>New devices</source>
        <translation>New devices</translation>
    </message>
    <message id="settings.prove_ask">
        <source>When asked</source>
        <translation>When asked</translation>
    </message>
    <message id="settings.prove_background">
        <source>By itself</source>
        <translation>By itself</translation>
    </message>
    <message id="settings.prove_note">
        <source>Try them when nothing else runs, or only on the page Devices.</source>
        <translation>Try them when nothing else runs, or only on the page Devices.</translation>
    </message>
    <message id="settings.pythons">
        <source>Other Pythons</source>
        <translation>Other Pythons</translation>
    </message>
    <message id="settings.pythons_note">
        <source>Their runtime may offer further devices.</source>
        <translation>Their runtime may offer further devices.</translation>
    </message>
    <message id="settings.recency">
        <source>Newer files first</source>
        <translation>Newer files first</translation>
    </message>
    <message id="settings.recency_note">
        <source>Of two that fit equally well.</source>
        <translation>Of two that fit equally well.</translation>
    </message>
    <message id="settings.record">
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message id="settings.recording">
        <source>Press the keys</source>
        <translation>Press the keys</translation>
    </message>
    <message id="settings.remove">
        <source>Remove “{name}”</source>
        <translation>Remove “{name}”</translation>
    </message>
    <message id="settings.reset">
        <source>Back to the default</source>
        <translation>Back to the default</translation>
    </message>
    <message id="settings.reset_name">
        <source>{name}: back to the default</source>
        <translation>{name}: back to the default</translation>
    </message>
    <message id="settings.s_battery">
        <source>Battery</source>
        <translation>Battery</translation>
    </message>
    <message id="settings.s_devices">
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message id="settings.s_diagnostics">
        <source>Diagnostics</source>
        <translation>Diagnostics</translation>
    </message>
    <message id="settings.s_folders">
        <source>Folders</source>
        <translation>Folders</translation>
    </message>
    <message id="settings.s_index">
        <source>What is read</source>
        <translation>What is read</translation>
    </message>
    <message id="settings.s_key">
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message id="settings.s_language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="settings.s_look">
        <source>Look</source>
        <translation>Look</translation>
    </message>
    <message id="settings.s_menus">
        <source>In menus</source>
        <translation>In menus</translation>
    </message>
    <message id="settings.s_models">
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message id="settings.s_save">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="settings.s_search">
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message id="settings.s_updates">
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message id="settings.save">
        <source>What “Save” does</source>
        <translation>What “Save” does</translation>
    </message>
    <message id="settings.save_ask">
        <source>Ask</source>
        <translation>Ask</translation>
    </message>
    <message id="settings.save_copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="settings.save_note">
        <source>A copy stands beside the original, which stays as it is.</source>
        <translation>A copy stands beside the original, which stays as it is.</translation>
    </message>
    <message id="settings.save_replace">
        <source>Replace</source>
        <translation>Replace</translation>
    </message>
    <message id="settings.threads">
        <source>Processor cores</source>
        <translation>Processor cores</translation>
    </message>
    <message id="settings.threads_note">
        <source>That reading may take; 0 lets Homespun decide.</source>
        <translation>That reading may take; 0 lets Homespun decide.</translation>
    </message>
    <message id="settings.to_devices">
        <source>How each device does</source>
        <translation>How each device does</translation>
    </message>
    <message id="settings.to_devices_do">
        <source>Show devices</source>
        <translation>Show devices</translation>
    </message>
    <message id="settings.to_devices_note">
        <source>What runs where, and why.</source>
        <translation>What runs where, and why.</translation>
    </message>
    <message id="settings.to_folders">
        <source>What may be searched</source>
        <translation>What may be searched</translation>
    </message>
    <message id="settings.to_folders_do">
        <source>Choose folders</source>
        <translation>Choose folders</translation>
    </message>
    <message id="settings.to_folders_note">
        <source>Homespun reads only the folders that you choose.</source>
        <translation>Homespun reads only the folders that you choose.</translation>
    </message>
    <message id="settings.to_models">
        <source>Add and remove</source>
        <translation>Add and remove</translation>
    </message>
    <message id="settings.to_models_do">
        <source>Show models</source>
        <translation>Show models</translation>
    </message>
    <message id="settings.to_models_note">
        <source>What is here, and what it gives.</source>
        <translation>What is here, and what it gives.</translation>
    </message>
    <message id="settings.touch">
        <source>Larger targets</source>
        <translation>Larger targets</translation>
    </message>
    <message id="settings.touch_note">
        <source>For fingers on a touch screen.</source>
        <translation>For fingers on a touch screen.</translation>
    </message>
    <message id="settings.typos">
        <source>Repair typing errors</source>
        <translation>Repair typing errors</translation>
    </message>
    <message id="settings.typos_note">
        <source>A word that no file has becomes one that some have.</source>
        <translation>A word that no file has becomes one that some have.</translation>
    </message>
    <message id="settings.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="settings.unit_cores">
        <source>cores</source>
        <translation>cores</translation>
    </message>
    <message id="settings.unit_files">
        <source>files</source>
        <translation>files</translation>
    </message>
    <message id="settings.unit_mb">
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message id="settings.unknown" numerus="yes">
        <source>The settings file has {count} keys that Homespun doesn’t know; they have no effect:</source>
        <translation>
            <numerusform>The settings file has a key that Homespun doesn’t know; it has no effect:</numerusform>
            <numerusform>The settings file has {count} keys that Homespun doesn’t know; they have no effect:</numerusform>
        </translation>
    </message>
    <message id="settings.unreadable">
        <source>The settings file can’t be read. Defaults hold until it can.</source>
        <translation>The settings file can’t be read. Defaults hold until it can.</translation>
    </message>
    <message id="settings.updates_check">
        <source>Ask for a newer version</source>
        <translation>Ask for a newer version</translation>
    </message>
    <message id="settings.updates_check_note">
        <source>One request to Homespun’s server, which says nothing about you or this computer.</source>
        <translation>One request to Homespun’s server, which says nothing about you or this computer.</translation>
    </message>
    <message id="settings.updates_never">
        <source>Never by itself</source>
        <translation>Never by itself</translation>
    </message>
    <message id="settings.updates_server">
        <source>Another server</source>
        <translation>Another server</translation>
    </message>
    <message id="settings.updates_server_note">
        <source>The address of a folder with updates, for companies with their own; empty means Homespun’s.</source>
        <translation>The address of a folder with updates, for companies with their own; empty means Homespun’s.</translation>
    </message>
    <message id="settings.updates_weekly">
        <source>Once a week</source>
        <translation>Once a week</translation>
    </message>
    <message id="settings.use">
        <source>What models run on</source>
        <translation>What models run on</translation>
    </message>
    <message id="settings.use_auto">
        <source>Best</source>
        <translation>Best</translation>
    </message>
    <message id="settings.use_cpu">
        <source>Processor</source>
        <translation>Processor</translation>
    </message>
    <message id="settings.use_note">
        <source>Each where it is proved best, or all on the processor.</source>
        <translation>Each where it is proved best, or all on the processor.</translation>
    </message>
</context>
</TS>
