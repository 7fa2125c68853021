<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>queue</name>
    <message id="queue.add">
        <source>Add pictures…</source>
        <translation>Bilder hinzufügen …</translation>
    </message>
    <message id="queue.add.folder">
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message id="queue.ask.best">
        <source>Best</source>
        <translation>Am besten</translation>
    </message>
    <message id="queue.ask.better">
        <source>Better</source>
        <translation>Besser</translation>
    </message>
    <message id="queue.ask.enlarge">
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message id="queue.ask.erase">
        <source>Erase</source>
        <translation>Entfernen</translation>
    </message>
    <message id="queue.ask.faithful">
        <source>Faithful</source>
        <translation>Getreu</translation>
    </message>
    <message id="queue.ask.faithful.note">
        <source>Every detail stays where and what it is.</source>
        <translation>Jede Einzelheit bleibt, wo und was sie ist.</translation>
    </message>
    <message id="queue.ask.go.enlarge" numerus="yes">
        <source>Enlarge {count} pictures</source>
        <translation>
            <numerusform>{count} Bild vergrößern</numerusform>
            <numerusform>{count} Bilder vergrößern</numerusform>
        </translation>
    </message>
    <message id="queue.ask.go.erase" numerus="yes">
        <source>Erase in {count} pictures</source>
        <translation>
            <numerusform>In {count} Bild entfernen</numerusform>
            <numerusform>In {count} Bildern entfernen</numerusform>
        </translation>
    </message>
    <message id="queue.ask.kind">
        <source>What to do</source>
        <translation>Was geschehen soll</translation>
    </message>
    <message id="queue.ask.looking" numerus="yes">
        <source>Looking for pictures: {count} so far</source>
        <translation>
            <numerusform>Sucht Bilder: bisher {count}</numerusform>
            <numerusform>Sucht Bilder: bisher {count}</numerusform>
        </translation>
    </message>
    <message id="queue.ask.mask">
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message id="queue.ask.mask.choose">
        <source>Choose a mask…</source>
        <translation>Maske wählen …</translation>
    </message>
    <message id="queue.ask.mask.note">
        <source>A picture that is white where something goes, the same place in all: a logo, a date.</source>
        <translation>Ein Bild, das weiß ist, wo etwas weg soll, in allen an derselben Stelle: ein Logo, ein Datum.</translation>
    </message>
    <message id="queue.ask.none">
        <source>There is no picture in there. Drop pictures, or a folder with some.</source>
        <translation>Darin ist kein Bild. Zieh Bilder hierher oder einen Ordner mit Bildern.</translation>
    </message>
    <message id="queue.ask.not_now">
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message id="queue.ask.quality">
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message id="queue.ask.quick">
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message id="queue.ask.remote">
        <source>Only files on this computer can be added. Save the picture first.</source>
        <translation>Nur Dateien auf diesem Computer können dazu. Sichere das Bild zuerst.</translation>
    </message>
    <message id="queue.ask.restore">
        <source>Cleaned up</source>
        <translation>Bereinigt</translation>
    </message>
    <message id="queue.ask.restore.note">
        <source>Noise, blur and JPEG marks go as well.</source>
        <translation>Rauschen, Unschärfe und JPEG-Spuren verschwinden mit.</translation>
    </message>
    <message id="queue.ask.size">
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message id="queue.ask.style">
        <source>Style</source>
        <translation>Art</translation>
    </message>
    <message id="queue.ask.title" numerus="yes">
        <source>What should be done with these {count} pictures?</source>
        <translation>
            <numerusform>Was soll mit diesem Bild geschehen?</numerusform>
            <numerusform>Was soll mit diesen {count} Bildern geschehen?</numerusform>
        </translation>
    </message>
    <message id="queue.choose.filter">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="queue.choose.folder">
        <source>A folder with pictures</source>
        <translation>Ein Ordner mit Bildern</translation>
    </message>
    <message id="queue.choose.mask">
        <source>A picture that is white where something goes</source>
        <translation>Ein Bild, das weiß ist, wo etwas weg soll</translation>
    </message>
    <message id="queue.choose.pictures">
        <source>Pictures to work on</source>
        <translation>Bilder zum Bearbeiten</translation>
    </message>
    <message id="queue.drop">
        <source>Drop to add</source>
        <translation>Loslassen zum Hinzufügen</translation>
    </message>
    <message id="queue.empty.note">
        <source>They are worked on one after another. The originals stay as they are.</source>
        <translation>Sie kommen nacheinander dran. Die Originale bleiben, wie sie sind.</translation>
    </message>
    <message id="queue.empty.title">
        <source>Drop pictures or folders here</source>
        <translation>Bilder oder Ordner hierher ziehen</translation>
    </message>
    <message id="queue.fault">
        <source>The queue's file can't be used. What you start now is forgotten when Homespun ends.</source>
        <translation>Die Datei der Warteschlange ist nicht benutzbar. Was du jetzt startest, ist vergessen, wenn Homespun endet.</translation>
    </message>
    <message id="queue.head.all_done" numerus="yes">
        <source>All {count} done</source>
        <translation>
            <numerusform>{count} Bild fertig</numerusform>
            <numerusform>Alle {count} fertig</numerusform>
        </translation>
    </message>
    <message id="queue.head.done">
        <source>{done} of {total} done</source>
        <translation>{done} von {total} fertig</translation>
    </message>
    <message id="queue.head.empty">
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message id="queue.head.failed" numerus="yes">
        <source>{count} failed</source>
        <translation>
            <numerusform>{count} fehlgeschlagen</numerusform>
            <numerusform>{count} fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message id="queue.head.need_you" numerus="yes">
        <source>{count} need you</source>
        <translation>
            <numerusform>{count} braucht dich</numerusform>
            <numerusform>{count} brauchen dich</numerusform>
        </translation>
    </message>
    <message id="queue.head.none_done" numerus="yes">
        <source>{count} pictures need you</source>
        <translation>
            <numerusform>{count} Bild braucht dich</numerusform>
            <numerusform>{count} Bilder brauchen dich</numerusform>
        </translation>
    </message>
    <message id="queue.head.stopped" numerus="yes">
        <source>{count} stopped</source>
        <translation>
            <numerusform>{count} angehalten</numerusform>
            <numerusform>{count} angehalten</numerusform>
        </translation>
    </message>
    <message id="queue.left.hours">
        <source>about {hours} h</source>
        <translation>etwa {hours} h</translation>
    </message>
    <message id="queue.left.seconds" numerus="yes">
        <source>about {count} s</source>
        <translation>
            <numerusform>etwa {count} s</numerusform>
            <numerusform>etwa {count} s</numerusform>
        </translation>
    </message>
    <message id="queue.list">
        <source>Pictures in the queue</source>
        <translation>Bilder in der Warteschlange</translation>
    </message>
    <message id="queue.menu.open">
        <source>Open result</source>
        <translation>Ergebnis öffnen</translation>
    </message>
    <message id="queue.menu.remove">
        <source>Remove from the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message id="queue.menu.show">
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message id="queue.menu.stop">
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message id="queue.note.battery">
        <source>On battery; goes on when plugged in</source>
        <translation>Akkubetrieb; es geht am Netz weiter</translation>
    </message>
    <message id="queue.note.beside">
        <source>Results lie beside the originals</source>
        <translation>Die Ergebnisse liegen neben den Originalen</translation>
    </message>
    <message id="queue.note.full">
        <source>The disk is full. Make room, then go on.</source>
        <translation>Datenträger voll. Schaff Platz und setz dann fort.</translation>
    </message>
    <message id="queue.note.pausing">
        <source>Pausing after this picture</source>
        <translation>Pause nach diesem Bild</translation>
    </message>
    <message id="queue.note.person">
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message id="queue.note.resumed" numerus="yes">
        <source>Going on where it stopped: {count} left</source>
        <translation>
            <numerusform>Es geht weiter, wo es aufgehört hat: noch {count}</numerusform>
            <numerusform>Es geht weiter, wo es aufgehört hat: noch {count}</numerusform>
        </translation>
    </message>
    <message id="queue.note.untouched">
        <source>The originals stay as they are</source>
        <translation>Die Originale bleiben, wie sie sind</translation>
    </message>
    <message id="queue.notify.title">
        <source>Pictures done</source>
        <translation>Bilder fertig</translation>
    </message>
    <message id="queue.pause">
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message id="queue.resume">
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message id="queue.retry_failed" numerus="yes">
        <source>Retry failed ({count})</source>
        <translation>
            <numerusform>Fehlgeschlagene wiederholen ({count})</numerusform>
            <numerusform>Fehlgeschlagene wiederholen ({count})</numerusform>
        </translation>
    </message>
    <message id="queue.row.crashed">
        <source>This stopped in the middle. The picture is as it was; try again.</source>
        <translation>Das brach mittendrin ab. Das Bild ist, wie es war; versuch es noch einmal.</translation>
    </message>
    <message id="queue.row.enlarge">
        <source>Enlarge {factor}×</source>
        <translation>{factor}× vergrößern</translation>
    </message>
    <message id="queue.row.enlarged">
        <source>Enlarged {factor}× in {seconds} s</source>
        <translation>{factor}× vergrößert in {seconds} s</translation>
    </message>
    <message id="queue.row.enlarging">
        <source>Enlarging {factor}×</source>
        <translation>Vergrößert {factor}×</translation>
    </message>
    <message id="queue.row.erase">
        <source>Erase what the mask marks</source>
        <translation>Entfernen, was die Maske markiert</translation>
    </message>
    <message id="queue.row.erased">
        <source>Erased in {seconds} s</source>
        <translation>Entfernt in {seconds} s</translation>
    </message>
    <message id="queue.row.filling">
        <source>Filling what was erased</source>
        <translation>Füllt, was entfernt wurde</translation>
    </message>
    <message id="queue.row.looking">
        <source>Looking at what goes</source>
        <translation>Sieht an, was weg soll</translation>
    </message>
    <message id="queue.row.nothing">
        <source>Nothing to erase: the mask is empty here</source>
        <translation>Nichts zu entfernen: Die Maske ist hier leer</translation>
    </message>
    <message id="queue.row.opening">
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message id="queue.row.preparing">
        <source>Preparing the eraser for this computer, once</source>
        <translation>Bereitet das Entfernen auf diesem Computer vor, einmalig</translation>
    </message>
    <message id="queue.row.retry">
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message id="queue.row.skip">
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message id="queue.row.stopped">
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message id="queue.row.stopping">
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message id="queue.row.tiles">
        <source>Enlarging {factor}×, tile {done} of {total}</source>
        <translation>Vergrößert {factor}×, Kachel {done} von {total}</translation>
    </message>
    <message id="queue.row.twice">
        <source>Homespun ended twice while doing this. The picture is as it was.</source>
        <translation>Homespun wurde zweimal mittendrin beendet. Das Bild ist, wie es war.</translation>
    </message>
    <message id="queue.show_folder">
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message id="queue.stop_all">
        <source>Stop all</source>
        <translation>Alles anhalten</translation>
    </message>
    <message id="queue.title">
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
</context>
</TS>
