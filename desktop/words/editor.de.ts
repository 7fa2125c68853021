<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>editor</name>
    <message id="editor.about_seconds">
        <source>about {seconds} s</source>
        <translation>etwa {seconds} s</translation>
    </message>
    <message id="editor.after">
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message id="editor.again">
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message id="editor.before">
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message id="editor.brush">
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message id="editor.by_cpu">
        <source>the processor</source>
        <translation>dem Prozessor</translation>
    </message>
    <message id="editor.by_device">
        <source>{device}</source>
        <translation>{device}</translation>
    </message>
    <message id="editor.by_gpu">
        <source>the graphics card</source>
        <translation>der Grafikkarte</translation>
    </message>
    <message id="editor.by_npu">
        <source>the NPU</source>
        <translation>der NPU</translation>
    </message>
    <message id="editor.canvas">
        <source>{title}, {width} × {height} pixels, {tool}</source>
        <translation>{title}, {width} × {height} Pixel, {tool}</translation>
    </message>
    <message id="editor.cap.ctrl">
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message id="editor.cap.enter">
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message id="editor.cap.esc">
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message id="editor.cap.shift">
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message id="editor.close.lose">
        <source>Don’t save</source>
        <translation>Nicht speichern</translation>
    </message>
    <message id="editor.close.question" numerus="yes">
        <source>Close without saving {count} changes?</source>
        <translation>
            <numerusform>Ohne Speichern schließen? {count} Änderung geht verloren.</numerusform>
            <numerusform>Ohne Speichern schließen? {count} Änderungen gehen verloren.</numerusform>
        </translation>
    </message>
    <message id="editor.copied">
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message id="editor.device_failed">
        <source>The work stopped on {device}. It was done on the processor instead, in {seconds} s.</source>
        <translation>Die Arbeit brach auf {device} ab. Stattdessen hat der Prozessor sie erledigt, in {seconds} s.</translation>
    </message>
    <message id="editor.died_opening">
        <source>{name} can’t be opened: the part that reads pictures stopped at it.</source>
        <translation>{name} lässt sich nicht öffnen: Der Teil, der Bilder liest, ist daran gescheitert.</translation>
    </message>
    <message id="editor.done">
        <source>Done in {seconds} s on {where}.</source>
        <translation>Fertig in {seconds} s auf {where}.</translation>
    </message>
    <message id="editor.done.tip">
        <source>Hold {key} to see the original</source>
        <translation>{key} halten zeigt das Original</translation>
    </message>
    <message id="editor.drag_out">
        <source>Drag the picture out as a file</source>
        <translation>Das Bild als Datei herausziehen</translation>
    </message>
    <message id="editor.drop.address">
        <source>That is an address, not a picture. Save the picture first, then drop the file here.</source>
        <translation>Das ist eine Adresse, kein Bild. Speichere das Bild zuerst und zieh dann die Datei hierher.</translation>
    </message>
    <message id="editor.drop_here">
        <source>Drop to open</source>
        <translation>Loslassen zum Öffnen</translation>
    </message>
    <message id="editor.empty.drop">
        <source>Drop a picture here</source>
        <translation>Bild hierher ziehen</translation>
    </message>
    <message id="editor.empty.open">
        <source>Open a picture…</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message id="editor.empty.paste">
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message id="editor.empty.press">
        <source>or press</source>
        <translation>oder drücke</translation>
    </message>
    <message id="editor.empty.promise">
        <source>The original stays as it is. You save a copy.</source>
        <translation>Das Original bleibt, wie es ist. Du speicherst eine Kopie.</translation>
    </message>
    <message id="editor.enlarge">
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message id="editor.erase">
        <source>Erase it</source>
        <translation>Entfernen</translation>
    </message>
    <message id="editor.estimate">
        <source>{where}, {time}</source>
        <translation>{where}, {time}</translation>
    </message>
    <message id="editor.export">
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message id="editor.export.choose">
        <source>Choose a place…</source>
        <translation>Ort wählen …</translation>
    </message>
    <message id="editor.export.head">
        <source>How large?</source>
        <translation>Wie groß?</translation>
    </message>
    <message id="editor.export.height">
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message id="editor.export.share">
        <source>Share of the full size</source>
        <translation>Anteil der vollen Größe</translation>
    </message>
    <message id="editor.export.width">
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message id="editor.factor">
        <source>How many times</source>
        <translation>Wie viel Mal</translation>
    </message>
    <message id="editor.file.copy">
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message id="editor.file.mask">
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message id="editor.fill">
        <source>Fill it</source>
        <translation>Füllen</translation>
    </message>
    <message id="editor.fill.mark_first">
        <source>Mark the place that should be filled first: paint over it, click on it or draw around it.</source>
        <translation>Markiere erst die Stelle, die gefüllt werden soll: übermale sie, klicke sie an oder umfahre sie.</translation>
    </message>
    <message id="editor.fill.more">
        <source>What should not be there</source>
        <translation>Was nicht dort sein soll</translation>
    </message>
    <message id="editor.fill.negative">
        <source>What should not be there?</source>
        <translation>Was soll nicht dort sein?</translation>
    </message>
    <message id="editor.fill.once_more">
        <source>Fill the same place once more</source>
        <translation>Dieselbe Stelle noch einmal füllen</translation>
    </message>
    <message id="editor.fill.prompt">
        <source>What should be there?</source>
        <translation>Was soll dort sein?</translation>
    </message>
    <message id="editor.fill.variants">
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message id="editor.fill.variants_tip">
        <source>So many results to choose from. Each takes its own time.</source>
        <translation>So viele Ergebnisse zur Auswahl. Jedes braucht seine eigene Zeit.</translation>
    </message>
    <message id="editor.fill.words_first">
        <source>Say what should be there.</source>
        <translation>Sag, was dort sein soll.</translation>
    </message>
    <message id="editor.full">
        <source>Couldn’t save: the disk is full (needs about {size}). Nothing was lost; choose another place.</source>
        <translation>Speichern ging nicht: Der Datenträger ist voll (nötig sind etwa {size}). Nichts ging verloren; wähle einen anderen Ort.</translation>
    </message>
    <message id="editor.gesture.ctrl_wheel">
        <source>Ctrl + wheel</source>
        <translation>Strg + Rad</translation>
    </message>
    <message id="editor.gesture.middle">
        <source>Middle button</source>
        <translation>Mittlere Taste</translation>
    </message>
    <message id="editor.gesture.right">
        <source>Right button</source>
        <translation>Rechte Taste</translation>
    </message>
    <message id="editor.gesture.shift_wheel">
        <source>Shift + wheel</source>
        <translation>Umschalt + Rad</translation>
    </message>
    <message id="editor.gesture.space">
        <source>Space + drag</source>
        <translation>Leertaste + Ziehen</translation>
    </message>
    <message id="editor.gesture.wheel">
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message id="editor.grow">
        <source>Grow</source>
        <translation>Größer</translation>
    </message>
    <message id="editor.guard.explicit">
        <source>explicit content</source>
        <translation>sexuelle Inhalte</translation>
    </message>
    <message id="editor.guard.people">
        <source>real people</source>
        <translation>echte Personen</translation>
    </message>
    <message id="editor.guard.weakened">
        <source>The guard weakened what the words say of {concept}.</source>
        <translation>Der Wächter hat abgeschwächt, was der Text zu „{concept}“ sagt.</translation>
    </message>
    <message id="editor.guard.words">
        <source>The guard took “{words}” out of the words ({concept}).</source>
        <translation>Der Wächter hat „{words}“ aus dem Text genommen ({concept}).</translation>
    </message>
    <message id="editor.invert">
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message id="editor.keeps_dying">
        <source>The part that edits pictures keeps stopping. What you did is kept.</source>
        <translation>Der Teil, der Bilder bearbeitet, fällt immer wieder aus. Was du gemacht hast, ist aufbewahrt.</translation>
    </message>
    <message id="editor.key.act">
        <source>Do it</source>
        <translation>Los</translation>
    </message>
    <message id="editor.key.close">
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message id="editor.key.colour">
        <source>Other mask colour</source>
        <translation>Andere Maskenfarbe</translation>
    </message>
    <message id="editor.key.compare">
        <source>Compare side by side</source>
        <translation>Nebeneinander vergleichen</translation>
    </message>
    <message id="editor.key.copy">
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message id="editor.key.double">
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message id="editor.key.enlarge">
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message id="editor.key.enqueue">
        <source>To the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message id="editor.key.erase">
        <source>Erase</source>
        <translation>Entfernen</translation>
    </message>
    <message id="editor.key.fill">
        <source>Fill by words</source>
        <translation>Mit Worten füllen</translation>
    </message>
    <message id="editor.key.fit">
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message id="editor.key.full_screen">
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message id="editor.key.larger">
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message id="editor.key.next">
        <source>Next result</source>
        <translation>Nächstes Ergebnis</translation>
    </message>
    <message id="editor.key.open">
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message id="editor.key.original">
        <source>Original (hold)</source>
        <translation>Original (halten)</translation>
    </message>
    <message id="editor.key.paint">
        <source>Paint where the ring is</source>
        <translation>Malen, wo der Ring ist</translation>
    </message>
    <message id="editor.key.pan">
        <source>Move the picture</source>
        <translation>Bild verschieben</translation>
    </message>
    <message id="editor.key.paste">
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message id="editor.key.previous">
        <source>Previous result</source>
        <translation>Voriges Ergebnis</translation>
    </message>
    <message id="editor.key.redo">
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message id="editor.key.ring">
        <source>Move the ring by 10 px</source>
        <translation>Ring um 10 px bewegen</translation>
    </message>
    <message id="editor.key.ring_fine">
        <source>Move the ring by 1 px</source>
        <translation>Ring um 1 px bewegen</translation>
    </message>
    <message id="editor.key.save">
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message id="editor.key.save_as">
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message id="editor.key.scroll">
        <source>Scroll</source>
        <translation>Rollen</translation>
    </message>
    <message id="editor.key.select">
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message id="editor.key.shortcuts">
        <source>This page</source>
        <translation>Diese Seite</translation>
    </message>
    <message id="editor.key.smaller">
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message id="editor.key.stop">
        <source>Stop, then clear the mask</source>
        <translation>Anhalten, dann Maske leeren</translation>
    </message>
    <message id="editor.key.undo">
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message id="editor.key.unpaint">
        <source>Take paint away (hold)</source>
        <translation>Farbe wegnehmen (halten)</translation>
    </message>
    <message id="editor.key.whole">
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message id="editor.key.zoom_in">
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message id="editor.key.zoom_out">
        <source>Farther away</source>
        <translation>Weiter weg</translation>
    </message>
    <message id="editor.keys">
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message id="editor.keys.file">
        <source>Picture and window</source>
        <translation>Bild und Fenster</translation>
    </message>
    <message id="editor.keys.mask">
        <source>Painting</source>
        <translation>Malen</translation>
    </message>
    <message id="editor.keys.tools">
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message id="editor.keys.view">
        <source>Looking</source>
        <translation>Ansehen</translation>
    </message>
    <message id="editor.long">
        <source>This takes a while. The queue can do it while you go on.</source>
        <translation>Das dauert eine Weile. Die Warteschlange kann es erledigen, während du weitermachst.</translation>
    </message>
    <message id="editor.lost" numerus="yes">
        <source>{count} changes could not be brought back.</source>
        <translation>
            <numerusform>{count} Änderung ließ sich nicht zurückholen.</numerusform>
            <numerusform>{count} Änderungen ließen sich nicht zurückholen.</numerusform>
        </translation>
    </message>
    <message id="editor.mask_empty">
        <source>There is nothing light in “{name}”, so nothing was marked.</source>
        <translation>In „{name}“ ist nichts Helles, deshalb wurde nichts markiert.</translation>
    </message>
    <message id="editor.mask_saved">
        <source>The mask is in “{name}”.</source>
        <translation>Die Maske ist in „{name}“.</translation>
    </message>
    <message id="editor.menu.clear">
        <source>Clear the mask</source>
        <translation>Maske leeren</translation>
    </message>
    <message id="editor.menu.compare">
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message id="editor.menu.copy">
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message id="editor.menu.enqueue">
        <source>To the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message id="editor.menu.export">
        <source>Export in another size…</source>
        <translation>In anderer Größe exportieren …</translation>
    </message>
    <message id="editor.menu.export_mask">
        <source>Export the mask…</source>
        <translation>Maske speichern …</translation>
    </message>
    <message id="editor.menu.full_screen">
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message id="editor.menu.import_mask">
        <source>Import a mask…</source>
        <translation>Maske laden …</translation>
    </message>
    <message id="editor.menu.invert">
        <source>Invert the mask</source>
        <translation>Maske umkehren</translation>
    </message>
    <message id="editor.menu.open">
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message id="editor.menu.paste">
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message id="editor.menu.save_as">
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message id="editor.menu.shortcuts">
        <source>All shortcuts</source>
        <translation>Alle Tastenkürzel</translation>
    </message>
    <message id="editor.more">
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message id="editor.mostly">
        <source>This is most of the picture; the result is a guess.</source>
        <translation>Das ist der größte Teil des Bildes; das Ergebnis ist geraten.</translation>
    </message>
    <message id="editor.name_edited">
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message id="editor.name_enlarged">
        <source>enlarged</source>
        <translation>vergrößert</translation>
    </message>
    <message id="editor.name_erased">
        <source>erased</source>
        <translation>retuschiert</translation>
    </message>
    <message id="editor.name_filled">
        <source>filled</source>
        <translation>gefüllt</translation>
    </message>
    <message id="editor.next">
        <source>Next result</source>
        <translation>Nächstes Ergebnis</translation>
    </message>
    <message id="editor.no_memory">
        <source>Not enough memory for {quality}. Try {lower}.</source>
        <translation>Nicht genug Speicher für „{quality}“. Versuch es mit „{lower}“.</translation>
    </message>
    <message id="editor.not_saved">
        <source>Couldn’t save. {reason}</source>
        <translation>Speichern ging nicht. {reason}</translation>
    </message>
    <message id="editor.nothing_found">
        <source>Nothing was found there. Click in the middle of it, or draw a box around it.</source>
        <translation>Dort wurde nichts gefunden. Klick mitten darauf, oder zieh einen Rahmen darum.</translation>
    </message>
    <message id="editor.on_cpu">
        <source>On the processor</source>
        <translation>Auf dem Prozessor</translation>
    </message>
    <message id="editor.on_device">
        <source>On {device}</source>
        <translation>Auf {device}</translation>
    </message>
    <message id="editor.on_gpu">
        <source>On the graphics card</source>
        <translation>Auf der Grafikkarte</translation>
    </message>
    <message id="editor.on_npu">
        <source>On the NPU</source>
        <translation>Auf der NPU</translation>
    </message>
    <message id="editor.open_again">
        <source>Open it again</source>
        <translation>Noch einmal öffnen</translation>
    </message>
    <message id="editor.opening">
        <source>Opening {title}…</source>
        <translation>{title} wird geöffnet …</translation>
    </message>
    <message id="editor.or">
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message id="editor.original">
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message id="editor.original.tip">
        <source>Hold to see the original, click to compare  {key}</source>
        <translation>Halten zeigt das Original, Klicken vergleicht  {key}</translation>
    </message>
    <message id="editor.other_way">
        <source>Other way</source>
        <translation>Anders</translation>
    </message>
    <message id="editor.painting.finishing">
        <source>Finishing</source>
        <translation>Fertigstellen</translation>
    </message>
    <message id="editor.painting.left">
        <source>{doing}, {time} left</source>
        <translation>{doing}, noch {time}</translation>
    </message>
    <message id="editor.painting.looking">
        <source>Looking at the picture</source>
        <translation>Bild wird angesehen</translation>
    </message>
    <message id="editor.painting.opening">
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message id="editor.painting.reading">
        <source>Reading the words</source>
        <translation>Text wird gelesen</translation>
    </message>
    <message id="editor.painting.result">
        <source>Result {number}</source>
        <translation>Ergebnis {number}</translation>
    </message>
    <message id="editor.painting.step">
        <source>Step {step} of {of}</source>
        <translation>Schritt {step} von {of}</translation>
    </message>
    <message id="editor.paste.nothing">
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message id="editor.paste.unsaved">
        <source>This picture has changes that are not saved. Save them first, then paste.</source>
        <translation>Dieses Bild hat Änderungen, die nicht gespeichert sind. Speichere zuerst, dann füge ein.</translation>
    </message>
    <message id="editor.pasted">
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message id="editor.pictures">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="editor.pixels">
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
    <message id="editor.pointer.box">
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message id="editor.pointer.brush">
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message id="editor.pointer.click">
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message id="editor.pointer.lasso">
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message id="editor.preparing">
        <source>Getting ready for this processor, once</source>
        <translation>Vorbereitung für diesen Prozessor, einmalig</translation>
    </message>
    <message id="editor.previous">
        <source>Previous result</source>
        <translation>Voriges Ergebnis</translation>
    </message>
    <message id="editor.quality">
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message id="editor.quality.balanced">
        <source>Better</source>
        <translation>Besser</translation>
    </message>
    <message id="editor.quality.best">
        <source>Best</source>
        <translation>Am besten</translation>
    </message>
    <message id="editor.quality.instant">
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message id="editor.recover">
        <source>{name} wasn’t saved last time. Go on with it?</source>
        <translation>{name} wurde letztes Mal nicht gespeichert. Damit weitermachen?</translation>
    </message>
    <message id="editor.recover_do">
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message id="editor.recover_not">
        <source>Discard the changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message id="editor.redo">
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message id="editor.rescued">
        <source>The part that edits pictures was started again, and this picture’s only file was gone. The picture is kept as you see it; earlier steps can’t be undone. Save it soon.</source>
        <translation>Der Teil, der Bilder bearbeitet, wurde neu gestartet, und die einzige Datei dieses Bildes war weg. Das Bild bleibt, wie du es siehst; frühere Schritte lassen sich nicht rückgängig machen. Speichere es bald.</translation>
    </message>
    <message id="editor.restarted">
        <source>The part that edits pictures stopped and was started again. Nothing was lost.</source>
        <translation>Der Teil, der Bilder bearbeitet, ist ausgefallen und läuft wieder. Nichts ging verloren.</translation>
    </message>
    <message id="editor.result_size">
        <source>{width} × {height}, {megapixels} megapixels</source>
        <translation>{width} × {height}, {megapixels} Megapixel</translation>
    </message>
    <message id="editor.save">
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message id="editor.save_elsewhere">
        <source>Choose another place…</source>
        <translation>Anderen Ort wählen …</translation>
    </message>
    <message id="editor.saved">
        <source>Saved as {name}</source>
        <translation>Gespeichert als {name}</translation>
    </message>
    <message id="editor.saved_as">
        <source>Saved as “{name}”.</source>
        <translation>Gespeichert als „{name}“.</translation>
    </message>
    <message id="editor.show">
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message id="editor.shrink">
        <source>Shrink</source>
        <translation>Kleiner</translation>
    </message>
    <message id="editor.size">
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message id="editor.stopping">
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message id="editor.style">
        <source>Kind of picture</source>
        <translation>Art des Bildes</translation>
    </message>
    <message id="editor.style.faithful">
        <source>Faithful</source>
        <translation>Getreu</translation>
    </message>
    <message id="editor.style.restore">
        <source>Cleaned up</source>
        <translation>Bereinigt</translation>
    </message>
    <message id="editor.tip.enlarge">
        <source>Make the picture larger  U</source>
        <translation>Das Bild größer machen  U</translation>
    </message>
    <message id="editor.tip.erase">
        <source>Paint over what should go  B</source>
        <translation>Übermale, was weg soll  B</translation>
    </message>
    <message id="editor.tip.fill">
        <source>Mark a place and say what should be there  F</source>
        <translation>Markiere eine Stelle und sag, was dort sein soll  F</translation>
    </message>
    <message id="editor.tip.select">
        <source>Point at things  S</source>
        <translation>Auf Dinge zeigen  S</translation>
    </message>
    <message id="editor.tip_model">
        <source>Fills with {model}</source>
        <translation>Füllt mit {model}</translation>
    </message>
    <message id="editor.tip_model_on">
        <source>Fills with {model}, on {where}</source>
        <translation>Füllt mit {model}, auf {where}</translation>
    </message>
    <message id="editor.tip_no_model">
        <source>Needs a model that is not here yet. Get one under Models.</source>
        <translation>Braucht ein Modell, das noch nicht hier ist. Hol es dir unter Modelle.</translation>
    </message>
    <message id="editor.tip_opening">
        <source>One moment: the picture is still being read.</source>
        <translation>Einen Moment: Das Bild wird noch gelesen.</translation>
    </message>
    <message id="editor.tip_paint">
        <source>Paint over what should go</source>
        <translation>Übermale, was weg soll</translation>
    </message>
    <message id="editor.tip_same">
        <source>With the models that are here this gives the same as the step before.</source>
        <translation>Mit den vorhandenen Modellen ergibt das dasselbe wie die Stufe davor.</translation>
    </message>
    <message id="editor.tip_stop">
        <source>Stop. The picture stays as it is.</source>
        <translation>Anhalten. Das Bild bleibt, wie es ist.</translation>
    </message>
    <message id="editor.tip_surroundings">
        <source>Fills from the surroundings, on the processor. Nothing to download.</source>
        <translation>Füllt aus der Umgebung, auf dem Prozessor. Nichts herunterzuladen.</translation>
    </message>
    <message id="editor.tip_too_large">
        <source>The result would have more than 300 megapixels. Choose a smaller factor.</source>
        <translation>Das Ergebnis hätte mehr als 300 Megapixel. Wähle einen kleineren Faktor.</translation>
    </message>
    <message id="editor.to_queue">
        <source>To the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message id="editor.tool.enlarge">
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message id="editor.tool.erase">
        <source>Erase</source>
        <translation>Entfernen</translation>
    </message>
    <message id="editor.tool.fill">
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message id="editor.tool.select">
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message id="editor.tools">
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message id="editor.under_a_second">
        <source>under a second</source>
        <translation>unter einer Sekunde</translation>
    </message>
    <message id="editor.undo">
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message id="editor.unsafe">
        <source>The disk is full: this change would not survive a crash. Save soon.</source>
        <translation>Der Datenträger ist voll: Diese Änderung würde einen Absturz nicht überstehen. Speichere bald.</translation>
    </message>
    <message id="editor.unsaved" numerus="yes">
        <source>{count} changes, not saved</source>
        <translation>
            <numerusform>{count} Änderung, nicht gespeichert</numerusform>
            <numerusform>{count} Änderungen, nicht gespeichert</numerusform>
        </translation>
    </message>
    <message id="editor.waiting" numerus="yes">
        <source>{count} more wait</source>
        <translation>
            <numerusform>{count} weiteres wartet</numerusform>
            <numerusform>{count} weitere warten</numerusform>
        </translation>
    </message>
    <message id="editor.waiting.stop">
        <source>Don’t open those that wait</source>
        <translation>Die wartenden nicht öffnen</translation>
    </message>
    <message id="editor.waiting.tip">
        <source>Closing this picture opens the next.</source>
        <translation>Wenn du dieses Bild schließt, öffnet sich das nächste.</translation>
    </message>
    <message id="editor.way_model">
        <source>With {model}</source>
        <translation>Mit {model}</translation>
    </message>
    <message id="editor.way_surroundings">
        <source>From the surroundings</source>
        <translation>Aus der Umgebung</translation>
    </message>
    <message id="editor.zoom">
        <source>How large the picture is shown</source>
        <translation>Wie groß das Bild gezeigt wird</translation>
    </message>
    <message id="editor.zoom.name">
        <source>Zoom: {zoom}</source>
        <translation>Zoom: {zoom}</translation>
    </message>
</context>
</TS>
