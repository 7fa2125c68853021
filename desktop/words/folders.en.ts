<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>folders</name>
    <message id="folders.add">
        <source>Add a folder…</source>
        <translation>Add a folder…</translation>
    </message>
    <message id="folders.away">
        <source>Not there now; what is known of it is kept</source>
        <translation>Not there now; what is known of it is kept</translation>
    </message>
    <message id="folders.battery">
        <source>On battery; goes on when plugged in</source>
        <translation>On battery; goes on when plugged in</translation>
    </message>
    <message id="folders.battery_note">
        <source>Words can be searched already, meanings follow.</source>
        <translation>Words can be searched already, meanings follow.</translation>
    </message>
    <message id="folders.choose">
        <source>Choose a folder to search</source>
        <translation>Choose a folder to search</translation>
    </message>
    <message id="folders.damaged">
        <source>The index can't be read. Searching by name only.</source>
        <translation>The index can't be read. Searching by name only.</translation>
    </message>
    <message id="folders.died">
        <source>The part that reads your files stopped and was started again. Nothing was lost.</source>
        <translation>The part that reads your files stopped and was started again. Nothing was lost.</translation>
    </message>
    <message id="folders.died_often">
        <source>The part that reads your files stops again and again. What was read can be searched.</source>
        <translation>The part that reads your files stops again and again. What was read can be searched.</translation>
    </message>
    <message id="folders.empty">
        <source>Nothing is searched yet</source>
        <translation>Nothing is searched yet</translation>
    </message>
    <message id="folders.empty_next">
        <source>Add the folders that you look for things in, for instance Documents and Pictures.</source>
        <translation>Add the folders that you look for things in, for instance Documents and Pictures.</translation>
    </message>
    <message id="folders.error">
        <source>Can't be read: {reason}</source>
        <translation>Can't be read: {reason}</translation>
    </message>
    <message id="folders.exclude">
        <source>Leave out</source>
        <translation>Leave out</translation>
    </message>
    <message id="folders.excluded">
        <source>“{name}” is left out from now on.</source>
        <translation>“{name}” is left out from now on.</translation>
    </message>
    <message id="folders.facts">
        <source>{files} · {size} of index · read last {when}</source>
        <translation>{files} · {size} of index · read last {when}</translation>
    </message>
    <message id="folders.facts_never">
        <source>{files} · {size} of index</source>
        <translation>{files} · {size} of index</translation>
    </message>
    <message id="folders.footer_meaning">
        <source>By words so far; meaning follows</source>
        <translation>By words so far; meaning follows</translation>
    </message>
    <message id="folders.footer_reading">
        <source>Reading your files: {done} of {total}. Results may be missing.</source>
        <translation>Reading your files: {done} of {total}. Results may be missing.</translation>
    </message>
    <message id="folders.forget">
        <source>Forget a file or folder…</source>
        <translation>Forget a file or folder…</translation>
    </message>
    <message id="folders.forget_ask">
        <source>Forget everything about “{name}”? The file itself stays, and is read again unless it is left out.</source>
        <translation>Forget everything about “{name}”? The file itself stays, and is read again unless it is left out.</translation>
    </message>
    <message id="folders.forget_one">
        <source>Forget</source>
        <translation>Forget</translation>
    </message>
    <message id="folders.forgot" numerus="yes">
        <source>Forgot {count} files.</source>
        <translation>
            <numerusform>Forgot {count} file.</numerusform>
            <numerusform>Forgot {count} files.</numerusform>
        </translation>
    </message>
    <message id="folders.found">
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message id="folders.held">
        <source>Another Homespun is writing to the index</source>
        <translation>Another Homespun is writing to the index</translation>
    </message>
    <message id="folders.held_by">
        <source>“{name}” is writing to the index (process {process})</source>
        <translation>“{name}” is writing to the index (process {process})</translation>
    </message>
    <message id="folders.held_note">
        <source>This goes on by itself when it is done.</source>
        <translation>This goes on by itself when it is done.</translation>
    </message>
    <message id="folders.keep">
        <source>Keep it</source>
        <translation>Keep it</translation>
    </message>
    <message id="folders.lead">
        <source>Homespun reads only these folders. Nothing leaves this computer.</source>
        <translation>Homespun reads only these folders. Nothing leaves this computer.</translation>
    </message>
    <message id="folders.left" numerus="yes">
        <source>About {count} min left.</source>
        <translation>
            <numerusform>About {count} min left.</numerusform>
            <numerusform>About {count} min left.</numerusform>
        </translation>
    </message>
    <message id="folders.left_moment">
        <source>Less than a minute left.</source>
        <translation>Less than a minute left.</translation>
    </message>
    <message id="folders.looking" numerus="yes">
        <source>Looking for changes: {count} files so far</source>
        <translation>
            <numerusform>Looking for changes: {count} file so far</numerusform>
            <numerusform>Looking for changes: {count} files so far</numerusform>
        </translation>
    </message>
    <message id="folders.looking_first">
        <source>Looking for changes</source>
        <translation>Looking for changes</translation>
    </message>
    <message id="folders.meaning">
        <source>Working out what they mean: {percent} %</source>
        <translation>Working out what they mean: {percent} %</translation>
    </message>
    <message id="folders.meaning_note">
        <source>By words everything can be found already.</source>
        <translation>By words everything can be found already.</translation>
    </message>
    <message id="folders.more">
        <source>More for {name}</source>
        <translation>More for {name}</translation>
    </message>
    <message id="folders.no_folder">
        <source>No longer a folder; what is known of it is kept</source>
        <translation>No longer a folder; what is known of it is kept</translation>
    </message>
    <message id="folders.not_found">
        <source>Not found</source>
        <translation>Not found</translation>
    </message>
    <message id="folders.of_files">
        <source>{done} of {total} files read</source>
        <translation>{done} of {total} files read</translation>
    </message>
    <message id="folders.open">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="folders.partial">
        <source>Read in part: {reason}</source>
        <translation>Read in part: {reason}</translation>
    </message>
    <message id="folders.pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="folders.paused">
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message id="folders.paused_note">
        <source>New and changed files are not read until you resume.</source>
        <translation>New and changed files are not read until you resume.</translation>
    </message>
    <message id="folders.problems" numerus="yes">
        <source>{count} files could not be read wholly</source>
        <translation>
            <numerusform>{count} file could not be read wholly</numerusform>
            <numerusform>{count} files could not be read wholly</numerusform>
        </translation>
    </message>
    <message id="folders.problems_hide">
        <source>Hide</source>
        <translation>Hide</translation>
    </message>
    <message id="folders.problems_more" numerus="yes">
        <source>And {count} more</source>
        <translation>
            <numerusform>And {count} more</numerusform>
            <numerusform>And {count} more</numerusform>
        </translation>
    </message>
    <message id="folders.problems_none">
        <source>Every file was read</source>
        <translation>Every file was read</translation>
    </message>
    <message id="folders.problems_note">
        <source>They are found by name all the same, and tried again when they change.</source>
        <translation>They are found by name all the same, and tried again when they change.</translation>
    </message>
    <message id="folders.problems_show">
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message id="folders.problems_so_far">
        <source>So far every file could be read</source>
        <translation>So far every file could be read</translation>
    </message>
    <message id="folders.read_now">
        <source>Read now</source>
        <translation>Read now</translation>
    </message>
    <message id="folders.reading">
        <source>Reading your files: {done} of {total}</source>
        <translation>Reading your files: {done} of {total}</translation>
    </message>
    <message id="folders.reading_note">
        <source>Names can be found already.</source>
        <translation>Names can be found already.</translation>
    </message>
    <message id="folders.remove">
        <source>Stop searching</source>
        <translation>Stop searching</translation>
    </message>
    <message id="folders.remove_ask">
        <source>“{name}” will no longer be searched, and what is known of it is dropped. Its files stay as they are.</source>
        <translation>“{name}” will no longer be searched, and what is known of it is dropped. Its files stay as they are.</translation>
    </message>
    <message id="folders.removed">
        <source>“{name}” is no longer searched.</source>
        <translation>“{name}” is no longer searched.</translation>
    </message>
    <message id="folders.repair">
        <source>Repair</source>
        <translation>Repair</translation>
    </message>
    <message id="folders.repaired">
        <source>The index is made anew. The old one lies beside it.</source>
        <translation>The index is made anew. The old one lies beside it.</translation>
    </message>
    <message id="folders.resting">
        <source>Nothing to do</source>
        <translation>Nothing to do</translation>
    </message>
    <message id="folders.resume">
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message id="folders.search_folder">
        <source>Search this folder</source>
        <translation>Search this folder</translation>
    </message>
    <message id="folders.show">
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message id="folders.skipped">
        <source>Not read: {reason}</source>
        <translation>Not read: {reason}</translation>
    </message>
    <message id="folders.stopped">
        <source>Reading stopped</source>
        <translation>Reading stopped</translation>
    </message>
    <message id="folders.title">
        <source>Folders</source>
        <translation>Folders</translation>
    </message>
    <message id="folders.unreadable">
        <source>Can't be read; give yourself the right to</source>
        <translation>Can't be read; give yourself the right to</translation>
    </message>
    <message id="folders.waits">
        <source>Waits to be read</source>
        <translation>Waits to be read</translation>
    </message>
    <message id="folders.watching">
        <source>Up to date</source>
        <translation>Up to date</translation>
    </message>
    <message id="folders.watching_note">
        <source>Changes are noticed within seconds.</source>
        <translation>Changes are noticed within seconds.</translation>
    </message>
    <message id="folders.why">
        <source>Why is a file not found?</source>
        <translation>Why is a file not found?</translation>
    </message>
    <message id="folders.why_ask">
        <source>Ask</source>
        <translation>Ask</translation>
    </message>
    <message id="folders.why_choose">
        <source>Choose a file</source>
        <translation>Choose a file</translation>
    </message>
    <message id="folders.why_field">
        <source>Path of a file, or drop it here</source>
        <translation>Path of a file, or drop it here</translation>
    </message>
</context>
</TS>
