<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>queue</name>
    <message id="queue.add">
        <source>Add pictures…</source>
        <translation>Add pictures…</translation>
    </message>
    <message id="queue.add.folder">
        <source>Add a folder…</source>
        <translation>Add a folder…</translation>
    </message>
    <message id="queue.ask.best">
        <source>Best</source>
        <translation>Best</translation>
    </message>
    <message id="queue.ask.better">
        <source>Better</source>
        <translation>Better</translation>
    </message>
    <message id="queue.ask.enlarge">
        <source>Enlarge</source>
        <translation>Enlarge</translation>
    </message>
    <message id="queue.ask.erase">
        <source>Erase</source>
        <translation>Erase</translation>
    </message>
    <message id="queue.ask.faithful">
        <source>Faithful</source>
        <translation>Faithful</translation>
    </message>
    <message id="queue.ask.faithful.note">
        <source>Every detail stays where and what it is.</source>
        <translation>Every detail stays where and what it is.</translation>
    </message>
    <message id="queue.ask.go.enlarge" numerus="yes">
        <source>Enlarge {count} pictures</source>
        <translation>
            <numerusform>Enlarge {count} picture</numerusform>
            <numerusform>Enlarge {count} pictures</numerusform>
        </translation>
    </message>
    <message id="queue.ask.go.erase" numerus="yes">
        <source>Erase in {count} pictures</source>
        <translation>
            <numerusform>Erase in {count} picture</numerusform>
            <numerusform>Erase in {count} pictures</numerusform>
        </translation>
    </message>
    <message id="queue.ask.kind">
        <source>What to do</source>
        <translation>What to do</translation>
    </message>
    <message id="queue.ask.looking" numerus="yes">
        <source>Looking for pictures: {count} so far</source>
        <translation>
            <numerusform>Looking for pictures: {count} so far</numerusform>
            <numerusform>Looking for pictures: {count} so far</numerusform>
        </translation>
    </message>
    <message id="queue.ask.mask">
        <source>Mask</source>
        <translation>Mask</translation>
    </message>
    <message id="queue.ask.mask.choose">
        <source>Choose a mask…</source>
        <translation>Choose a mask…</translation>
    </message>
    <message id="queue.ask.mask.note">
        <source>A picture that is white where something goes, the same place in all: a logo, a date.</source>
        <translation>A picture that is white where something goes, the same place in all: a logo, a date.</translation>
    </message>
    <message id="queue.ask.none">
        <source>There is no picture in there. Drop pictures, or a folder with some.</source>
        <translation>There is no picture in there. Drop pictures, or a folder with some.</translation>
    </message>
    <message id="queue.ask.not_now">
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message id="queue.ask.quality">
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message id="queue.ask.quick">
        <source>Quick</source>
        <translation>Quick</translation>
    </message>
    <message id="queue.ask.remote">
        <source>Only files on this computer can be added. Save the picture first.</source>
        <translation>Only files on this computer can be added. Save the picture first.</translation>
    </message>
    <message id="queue.ask.restore">
        <source>Cleaned up</source>
        <translation>Cleaned up</translation>
    </message>
    <message id="queue.ask.restore.note">
        <source>Noise, blur and JPEG marks go as well.</source>
        <translation>Noise, blur and JPEG marks go as well.</translation>
    </message>
    <message id="queue.ask.size">
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message id="queue.ask.style">
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message id="queue.ask.title" numerus="yes">
        <source>What should be done with these {count} pictures?</source>
        <translation>
            <numerusform>What should be done with this picture?</numerusform>
            <numerusform>What should be done with these {count} pictures?</numerusform>
        </translation>
    </message>
    <message id="queue.choose.filter">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="queue.choose.folder">
        <source>A folder with pictures</source>
        <translation>A folder with pictures</translation>
    </message>
    <message id="queue.choose.mask">
        <source>A picture that is white where something goes</source>
        <translation>A picture that is white where something goes</translation>
    </message>
    <message id="queue.choose.pictures">
        <source>Pictures to work on</source>
        <translation>Pictures to work on</translation>
    </message>
    <message id="queue.drop">
        <source>Drop to add</source>
        <translation>Drop to add</translation>
    </message>
    <message id="queue.empty.note">
        <source>They are worked on one after another. The originals stay as they are.</source>
        <translation>They are worked on one after another. The originals stay as they are.</translation>
    </message>
    <message id="queue.empty.title">
        <source>Drop pictures or folders here</source>
        <translation>Drop pictures or folders here</translation>
    </message>
    <message id="queue.fault">
        <source>The queue's file can't be used. What you start now is forgotten when Homespun ends.</source>
        <translation>The queue's file can't be used. What you start now is forgotten when Homespun ends.</translation>
    </message>
    <message id="queue.head.all_done" numerus="yes">
        <source>All {count} done</source>
        <translation>
            <numerusform>{count} picture done</numerusform>
            <numerusform>All {count} done</numerusform>
        </translation>
    </message>
    <message id="queue.head.done">
        <source>{done} of {total} done</source>
        <translation>{done} of {total} done</translation>
    </message>
    <message id="queue.head.empty">
        <source>Nothing to do</source>
        <translation>Nothing to do</translation>
    </message>
    <message id="queue.head.failed" numerus="yes">
        <source>{count} failed</source>
        <translation>
            <numerusform>{count} failed</numerusform>
            <numerusform>{count} failed</numerusform>
        </translation>
    </message>
    <message id="queue.head.need_you" numerus="yes">
        <source>{count} need you</source>
        <translation>
            <numerusform>{count} needs you</numerusform>
            <numerusform>{count} need you</numerusform>
        </translation>
    </message>
    <message id="queue.head.none_done" numerus="yes">
        <source>{count} pictures need you</source>
        <translation>
            <numerusform>{count} picture needs you</numerusform>
            <numerusform>{count} pictures need you</numerusform>
        </translation>
    </message>
    <message id="queue.head.stopped" numerus="yes">
        <source>{count} stopped</source>
        <translation>
            <numerusform>{count} stopped</numerusform>
            <numerusform>{count} stopped</numerusform>
        </translation>
    </message>
    <message id="queue.left.hours">
        <source>about {hours} h</source>
        <translation>about {hours} h</translation>
    </message>
    <message id="queue.left.seconds" numerus="yes">
        <source>about {count} s</source>
        <translation>
            <numerusform>about {count} s</numerusform>
            <numerusform>about {count} s</numerusform>
        </translation>
    </message>
    <message id="queue.list">
        <source>Pictures in the queue</source>
        <translation>Pictures in the queue</translation>
    </message>
    <message id="queue.menu.open">
        <source>Open result</source>
        <translation>Open result</translation>
    </message>
    <message id="queue.menu.remove">
        <source>Remove from the queue</source>
        <translation>Remove from the queue</translation>
    </message>
    <message id="queue.menu.show">
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message id="queue.menu.stop">
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message id="queue.note.battery">
        <source>On battery; goes on when plugged in</source>
        <translation>On battery; goes on when plugged in</translation>
    </message>
    <message id="queue.note.beside">
        <source>Results lie beside the originals</source>
        <translation>Results lie beside the originals</translation>
    </message>
    <message id="queue.note.full">
        <source>The disk is full. Make room, then go on.</source>
        <translation>The disk is full. Make room, then go on.</translation>
    </message>
    <message id="queue.note.pausing">
        <source>Pausing after this picture</source>
        <translation>Pausing after this picture</translation>
    </message>
    <message id="queue.note.person">
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message id="queue.note.resumed" numerus="yes">
        <source>Going on where it stopped: {count} left</source>
        <translation>
            <numerusform>Going on where it stopped: {count} left</numerusform>
            <numerusform>Going on where it stopped: {count} left</numerusform>
        </translation>
    </message>
    <message id="queue.note.untouched">
        <source>The originals stay as they are</source>
        <translation>The originals stay as they are</translation>
    </message>
    <message id="queue.notify.title">
        <source>Pictures done</source>
        <translation>Pictures done</translation>
    </message>
    <message id="queue.pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="queue.resume">
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message id="queue.retry_failed" numerus="yes">
        <source>Retry failed ({count})</source>
        <translation>
            <numerusform>Retry failed ({count})</numerusform>
            <numerusform>Retry failed ({count})</numerusform>
        </translation>
    </message>
    <message id="queue.row.crashed">
        <source>This stopped in the middle. The picture is as it was; try again.</source>
        <translation>This stopped in the middle. The picture is as it was; try again.</translation>
    </message>
    <message id="queue.row.enlarge">
        <source>Enlarge {factor}×</source>
        <translation>Enlarge {factor}×</translation>
    </message>
    <message id="queue.row.enlarged">
        <source>Enlarged {factor}× in {seconds} s</source>
        <translation>Enlarged {factor}× in {seconds} s</translation>
    </message>
    <message id="queue.row.enlarging">
        <source>Enlarging {factor}×</source>
        <translation>Enlarging {factor}×</translation>
    </message>
    <message id="queue.row.erase">
        <source>Erase what the mask marks</source>
        <translation>Erase what the mask marks</translation>
    </message>
    <message id="queue.row.erased">
        <source>Erased in {seconds} s</source>
        <translation>Erased in {seconds} s</translation>
    </message>
    <message id="queue.row.filling">
        <source>Filling what was erased</source>
        <translation>Filling what was erased</translation>
    </message>
    <message id="queue.row.looking">
        <source>Looking at what goes</source>
        <translation>Looking at what goes</translation>
    </message>
    <message id="queue.row.nothing">
        <source>Nothing to erase: the mask is empty here</source>
        <translation>Nothing to erase: the mask is empty here</translation>
    </message>
    <message id="queue.row.opening">
        <source>Opening</source>
        <translation>Opening</translation>
    </message>
    <message id="queue.row.preparing">
        <source>Preparing the eraser for this computer, once</source>
        <translation>Preparing the eraser for this computer, once</translation>
    </message>
    <message id="queue.row.retry">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="queue.row.skip">
        <source>Skip</source>
        <translation>Skip</translation>
    </message>
    <message id="queue.row.stopped">
        <source>Stopped</source>
        <translation>Stopped</translation>
    </message>
    <message id="queue.row.stopping">
        <source>Stopping…</source>
        <translation>Stopping…</translation>
    </message>
    <message id="queue.row.tiles">
        <source>Enlarging {factor}×, tile {done} of {total}</source>
        <translation>Enlarging {factor}×, tile {done} of {total}</translation>
    </message>
    <message id="queue.row.twice">
        <source>Homespun ended twice while doing this. The picture is as it was.</source>
        <translation>Homespun ended twice while doing this. The picture is as it was.</translation>
    </message>
    <message id="queue.show_folder">
        <source>Show folder</source>
        <translation>Show folder</translation>
    </message>
    <message id="queue.stop_all">
        <source>Stop all</source>
        <translation>Stop all</translation>
    </message>
    <message id="queue.title">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
</context>
</TS>
