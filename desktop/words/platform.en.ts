<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>platform</name>
    <message id="platform.choose_program">
        <source>Open {name} with</source>
        <translation>Open {name} with</translation>
    </message>
    <message id="platform.crashed">
        <source>Homespun crashed last time. What happened is in {name}; nothing was sent.</source>
        <translation>Homespun crashed last time. What happened is in {name}; nothing was sent.</translation>
    </message>
    <message id="platform.gone">
        <source>{name} was moved or deleted.</source>
        <translation>{name} was moved or deleted.</translation>
    </message>
    <message id="platform.gone_todo">
        <source>Look for it by its name.</source>
        <translation>Look for it by its name.</translation>
    </message>
    <message id="platform.key_alt">
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message id="platform.key_ctrl">
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message id="platform.key_del">
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message id="platform.key_end">
        <source>End</source>
        <translation>End</translation>
    </message>
    <message id="platform.key_home">
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message id="platform.key_ins">
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message id="platform.key_meta">
        <source>Super</source>
        <translation>Super</translation>
    </message>
    <message id="platform.key_missing">
        <source>This keyboard has no {key}. Choose another key.</source>
        <translation>This keyboard has no {key}. Choose another key.</translation>
    </message>
    <message id="platform.key_pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="platform.key_pgdown">
        <source>PgDn</source>
        <translation>PgDn</translation>
    </message>
    <message id="platform.key_pgup">
        <source>PgUp</source>
        <translation>PgUp</translation>
    </message>
    <message id="platform.key_purpose">
        <source>Search your files</source>
        <translation>Search your files</translation>
    </message>
    <message id="platform.key_return">
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message id="platform.key_shift">
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message id="platform.key_space">
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message id="platform.key_tab">
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message id="platform.key_taken">
        <source>{key} belongs to another program. Choose another key.</source>
        <translation>{key} belongs to another program. Choose another key.</translation>
    </message>
    <message id="platform.key_unknown">
        <source>{key} can’t work from everywhere. Add Ctrl or Alt.</source>
        <translation>{key} can’t work from everywhere. Add Ctrl or Alt.</translation>
    </message>
    <message id="platform.key_unsupported">
        <source>This desktop gives no keys to programs. In its settings, bind a key to this command: {command}</source>
        <translation>This desktop gives no keys to programs. In its settings, bind a key to this command: {command}</translation>
    </message>
    <message id="platform.no_choice">
        <source>This desktop offers no choice of programs.</source>
        <translation>This desktop offers no choice of programs.</translation>
    </message>
    <message id="platform.no_choice_todo">
        <source>Show the file in its folder, and choose there.</source>
        <translation>Show the file in its folder, and choose there.</translation>
    </message>
    <message id="platform.no_file_manager">
        <source>The file manager didn’t open.</source>
        <translation>The file manager didn’t open.</translation>
    </message>
    <message id="platform.no_file_manager_todo">
        <source>The file is here: {path}</source>
        <translation>The file is here: {path}</translation>
    </message>
    <message id="platform.notification_show">
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message id="platform.tray_open">
        <source>Open a picture…</source>
        <translation>Open a picture…</translation>
    </message>
    <message id="platform.tray_pause">
        <source>Pause reading files</source>
        <translation>Pause reading files</translation>
    </message>
    <message id="platform.tray_queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="platform.tray_queue_running" numerus="yes">
        <source>Queue ({count} running)</source>
        <translation>
            <numerusform>Queue ({count} running)</numerusform>
            <numerusform>Queue ({count} running)</numerusform>
        </translation>
    </message>
    <message id="platform.tray_quit">
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message id="platform.tray_resume">
        <source>Go on reading files</source>
        <translation>Go on reading files</translation>
    </message>
    <message id="platform.tray_search">
        <source>Search…</source>
        <translation>Search…</translation>
    </message>
    <message id="platform.tray_settings">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="platform.tray_tip_running" numerus="yes">
        <source>Homespun: {count} pictures to do</source>
        <translation>
            <numerusform>Homespun: {count} picture to do</numerusform>
            <numerusform>Homespun: {count} pictures to do</numerusform>
        </translation>
    </message>
    <message id="platform.unreadable">
        <source>{name} can’t be read.</source>
        <translation>{name} can’t be read.</translation>
    </message>
    <message id="platform.unreadable_todo">
        <source>Give yourself the right to read it.</source>
        <translation>Give yourself the right to read it.</translation>
    </message>
    <message id="platform.would_run">
        <source>{name} is a program; opening it would run it.</source>
        <translation>{name} is a program; opening it would run it.</translation>
    </message>
    <message id="platform.would_run_todo">
        <source>Open its folder instead.</source>
        <translation>Open its folder instead.</translation>
    </message>
</context>
</TS>
