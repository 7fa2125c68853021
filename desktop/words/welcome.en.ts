<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>welcome</name>
    <message id="welcome.after">
        <source>After</source>
        <translation>After</translation>
    </message>
    <message id="welcome.back">
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message id="welcome.before">
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message id="welcome.choose">
        <source>Choose a folder to search</source>
        <translation>Choose a folder to search</translation>
    </message>
    <message id="welcome.counting">
        <source>Counting…</source>
        <translation>Counting…</translation>
    </message>
    <message id="welcome.desktop">
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message id="welcome.documents">
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message id="welcome.done">
        <source>Gone in {seconds} s, on this computer.</source>
        <translation>Gone in {seconds} s, on this computer.</translation>
    </message>
    <message id="welcome.done_lead">
        <source>It happened here; nothing was sent anywhere.</source>
        <translation>It happened here; nothing was sent anywhere.</translation>
    </message>
    <message id="welcome.done_note">
        <source>With your own pictures: paint over it, erase it, save a copy. The original stays as it is.</source>
        <translation>With your own pictures: paint over it, erase it, save a copy. The original stays as it is.</translation>
    </message>
    <message id="welcome.downloads">
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message id="welcome.erase">
        <source>Erase it</source>
        <translation>Erase it</translation>
    </message>
    <message id="welcome.folders_lead">
        <source>Homespun reads only these folders. Nothing leaves this computer.</source>
        <translation>Homespun reads only these folders. Nothing leaves this computer.</translation>
    </message>
    <message id="welcome.folders_title">
        <source>What may be searched?</source>
        <translation>What may be searched?</translation>
    </message>
    <message id="welcome.key">
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message id="welcome.key_clear">
        <source>No key</source>
        <translation>No key</translation>
    </message>
    <message id="welcome.key_lead">
        <source>One key opens it over whatever you are doing. Esc closes it again.</source>
        <translation>One key opens it over whatever you are doing. Esc closes it again.</translation>
    </message>
    <message id="welcome.key_no">
        <source>No key</source>
        <translation>No key</translation>
    </message>
    <message id="welcome.key_none">
        <source>Without a key, the icon in the tray opens the search.</source>
        <translation>Without a key, the icon in the tray opens the search.</translation>
    </message>
    <message id="welcome.key_pressed">
        <source>That works.</source>
        <translation>That works.</translation>
    </message>
    <message id="welcome.key_record">
        <source>Other key…</source>
        <translation>Other key…</translation>
    </message>
    <message id="welcome.key_recording">
        <source>Press a key</source>
        <translation>Press a key</translation>
    </message>
    <message id="welcome.key_title">
        <source>The search, from anywhere</source>
        <translation>The search, from anywhere</translation>
    </message>
    <message id="welcome.key_works">
        <source>Press it now to try it.</source>
        <translation>Press it now to try it.</translation>
    </message>
    <message id="welcome.loading">
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message id="welcome.menus">
        <source>Add Homespun to the right-click menu</source>
        <translation>Add Homespun to the right-click menu</translation>
    </message>
    <message id="welcome.menus_note">
        <source>Writes entries for {names} into your own settings. Settings › In menus takes them away again.</source>
        <translation>Writes entries for {names} into your own settings. Settings › In menus takes them away again.</translation>
    </message>
    <message id="welcome.next">
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message id="welcome.no_folders">
        <source>The usual folders are not on this computer. Choose one of your own.</source>
        <translation>The usual folders are not on this computer. Choose one of your own.</translation>
    </message>
    <message id="welcome.open">
        <source>Open the search</source>
        <translation>Open the search</translation>
    </message>
    <message id="welcome.other">
        <source>Another folder…</source>
        <translation>Another folder…</translation>
    </message>
    <message id="welcome.over" numerus="yes">
        <source>over {count} files</source>
        <translation>
            <numerusform>over {count} file</numerusform>
            <numerusform>over {count} files</numerusform>
        </translation>
    </message>
    <message id="welcome.photo">
        <source>A sign on a desert road</source>
        <translation>A sign on a desert road</translation>
    </message>
    <message id="welcome.pictures">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="welcome.reading">
        <source>Your folders are being read meanwhile.</source>
        <translation>Your folders are being read meanwhile.</translation>
    </message>
    <message id="welcome.ready">
        <source>The blue sign will go</source>
        <translation>The blue sign will go</translation>
    </message>
    <message id="welcome.ready_note">
        <source>In your own pictures you paint over it, or click on it.</source>
        <translation>In your own pictures you paint over it, or click on it.</translation>
    </message>
    <message id="welcome.search_these" numerus="yes">
        <source>Search {count} folders</source>
        <translation>
            <numerusform>Search this folder</numerusform>
            <numerusform>Search {count} folders</numerusform>
        </translation>
    </message>
    <message id="welcome.searched">
        <source>Is searched already</source>
        <translation>Is searched already</translation>
    </message>
    <message id="welcome.skip">
        <source>Skip</source>
        <translation>Skip</translation>
    </message>
    <message id="welcome.step">
        <source>Step {step} of 3</source>
        <translation>Step {step} of 3</translation>
    </message>
    <message id="welcome.title">
        <source>Welcome to Homespun</source>
        <translation>Welcome to Homespun</translation>
    </message>
    <message id="welcome.try_lead">
        <source>The sign is marked already. One press, and it is gone.</source>
        <translation>The sign is marked already. One press, and it is gone.</translation>
    </message>
    <message id="welcome.try_title">
        <source>Try it</source>
        <translation>Try it</translation>
    </message>
    <message id="welcome.view">
        <source>Before or after</source>
        <translation>Before or after</translation>
    </message>
    <message id="welcome.working">
        <source>Erasing the sign…</source>
        <translation>Erasing the sign…</translation>
    </message>
    <message id="welcome.working_note">
        <source>The first time takes a little longer.</source>
        <translation>The first time takes a little longer.</translation>
    </message>
</context>
</TS>
