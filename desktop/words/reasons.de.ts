<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>reasons</name>
    <message>
        <source>A box is four numbers: x, y, width, height.</source>
        <translation>Ein Rahmen besteht aus vier Zahlen: x, y, Breite, Höhe.</translation>
    </message>
    <message>
        <source>A corner of the polygon is nowhere near the picture.</source>
        <translation>Eine Ecke des Vielecks liegt weit außerhalb des Bildes.</translation>
    </message>
    <message>
        <source>A file of {1} is in use or locked.</source>
        <translation>Eine Datei von {1} ist in Gebrauch oder gesperrt.</translation>
    </message>
    <message>
        <source>A lasso of {1} points encloses nothing.</source>
        <translation>Ein Lasso aus {1} Punkten umschließt nichts.</translation>
    </message>
    <message>
        <source>A picture of {1}x{2} pixels needs {3} of memory, and {4} are free.</source>
        <translation>Ein Bild von {1} × {2} Pixeln braucht {3} Speicher, und {4} sind frei.</translation>
    </message>
    <message>
        <source>A polygon needs three corners or more, and this has {1}.</source>
        <translation>Ein Vieleck braucht mindestens drei Ecken, dieses hat {1}.</translation>
    </message>
    <message>
        <source>A strength of {1} can't be.</source>
        <translation>Eine Stärke von {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>Add corners.</source>
        <translation>Füge Ecken hinzu.</translation>
    </message>
    <message>
        <source>Add it as a folder of its own with `homespun index add` if you want it indexed.</source>
        <translation>Füge ihn als eigenen Ordner hinzu, wenn er durchsucht werden soll.</translation>
    </message>
    <message>
        <source>Add its folder with `homespun index add`.</source>
        <translation>Füge ihren Ordner hinzu.</translation>
    </message>
    <message>
        <source>Add less.</source>
        <translation>Füge weniger hinzu.</translation>
    </message>
    <message>
        <source>Add what it leads to with `homespun index add`.</source>
        <translation>Füge hinzu, worauf er verweist.</translation>
    </message>
    <message>
        <source>Agree to go on.</source>
        <translation>Stimme zu, um weiterzumachen.</translation>
    </message>
    <message>
        <source>Another Homespun (process {1}) is writing to the index.</source>
        <translation>Ein anderes Homespun (Prozess {1}) schreibt gerade in den Index.</translation>
    </message>
    <message>
        <source>Another Homespun works on {1}.</source>
        <translation>Ein anderes Homespun arbeitet an {1}.</translation>
    </message>
    <message>
        <source>Another device took over in the middle.</source>
        <translation>Mittendrin hat ein anderes Gerät übernommen.</translation>
    </message>
    <message>
        <source>Another program is using the index just now.</source>
        <translation>Ein anderes Programm benutzt gerade den Index.</translation>
    </message>
    <message>
        <source>Ask its owner, or copy it.</source>
        <translation>Frag, wem es gehört, oder kopiere es.</translation>
    </message>
    <message>
        <source>Ask its owner.</source>
        <translation>Frag den Besitzer.</translation>
    </message>
    <message>
        <source>Ask whoever looks after this computer, or try again.</source>
        <translation>Frage, wer diesen Computer betreut, oder versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Bring the index up to date: homespun index run</source>
        <translation>Bring den Index auf den neuesten Stand: Lass die Ordner neu lesen.</translation>
    </message>
    <message>
        <source>Change that line.</source>
        <translation>Ändere diese Zeile.</translation>
    </message>
    <message>
        <source>Change the setting index.exclude.</source>
        <translation>Ändere die Einstellung index.exclude.</translation>
    </message>
    <message>
        <source>Check that its disk is well connected.</source>
        <translation>Prüfe, ob der Datenträger gut verbunden ist.</translation>
    </message>
    <message>
        <source>Check the connection (and HTTPS_PROXY, if you need a proxy). {1}</source>
        <translation>Prüfe die Verbindung (und HTTPS_PROXY, falls du einen Proxy brauchst). {1}</translation>
    </message>
    <message>
        <source>Check the disk that it is on. If the disk is sound, delete the index; it can always be made anew.</source>
        <translation>Prüfe den Datenträger, auf dem er liegt. Ist der in Ordnung, lösche den Index; er lässt sich jederzeit neu anlegen.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Prüfe den Pfad.</translation>
    </message>
    <message>
        <source>Check the spelling; capitals and spaces count.</source>
        <translation>Prüfe die Schreibung; Groß- und Kleinschreibung und Leerzeichen zählen.</translation>
    </message>
    <message>
        <source>Check where it comes from.</source>
        <translation>Prüfe, woher es kommt.</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Wähle zuerst einen Ordner.</translation>
    </message>
    <message>
        <source>Choose a folder further up: what lies below may be of any length.</source>
        <translation>Wähle einen Ordner weiter oben: Was darunter liegt, darf beliebig lang sein.</translation>
    </message>
    <message>
        <source>Choose a folder with files of yours.</source>
        <translation>Wähle einen Ordner mit deinen Dateien.</translation>
    </message>
    <message>
        <source>Choose a mask of the picture's proportions.</source>
        <translation>Wähle eine Maske mit den Proportionen des Bildes.</translation>
    </message>
    <message>
        <source>Choose a smaller size, or enlarge the picture.</source>
        <translation>Wähle eine kleinere Größe, oder vergrößere das Bild.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose euler, dpm++2m or unipc.</source>
        <translation>Nimm euler, dpm++2m oder unipc.</translation>
    </message>
    <message>
        <source>Choose fewer steps.</source>
        <translation>Nimm weniger Schritte.</translation>
    </message>
    <message>
        <source>Choose fewer steps; four to eight are what it is made for.</source>
        <translation>Nimm weniger Schritte; gemacht ist es für vier bis acht.</translation>
    </message>
    <message>
        <source>Choose folders to search.</source>
        <translation>Wähle Ordner zum Durchsuchen.</translation>
    </message>
    <message>
        <source>Choose more steps or a higher strength.</source>
        <translation>Nimm mehr Schritte oder eine höhere Stärke.</translation>
    </message>
    <message>
        <source>Choose one above 0 and at most 1.</source>
        <translation>Nimm eine über 0 und höchstens 1.</translation>
    </message>
    <message>
        <source>Choose one of {1}.</source>
        <translation>Nimm eines von diesen: {1}.</translation>
    </message>
    <message>
        <source>Choose one step or more.</source>
        <translation>Nimm mindestens einen Schritt.</translation>
    </message>
    <message>
        <source>Choose the folder that it lies in.</source>
        <translation>Wähle den Ordner, in dem sie liegt.</translation>
    </message>
    <message>
        <source>Choose your home folder, or folders in it.</source>
        <translation>Wähle deinen eigenen Ordner, oder Ordner darin.</translation>
    </message>
    <message>
        <source>Close Homespun's windows and try again. If that doesn't help, run its installer.</source>
        <translation>Schließe die Fenster von Homespun und versuche es noch einmal. Wenn das nicht hilft, starte das Installationsprogramm.</translation>
    </message>
    <message>
        <source>Close Homespun's windows first.</source>
        <translation>Schließe zuerst die Fenster von Homespun.</translation>
    </message>
    <message>
        <source>Close other programs and try again, or erase with --quality balanced.</source>
        <translation>Schließ andere Programme und versuch es noch einmal, oder entferne mit der Qualität „Besser“.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Schließe andere Programme und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller factor.</source>
        <translation>Schließe andere Programme, oder wähle einen kleineren Faktor.</translation>
    </message>
    <message>
        <source>Close some pictures.</source>
        <translation>Schließe einige Bilder.</translation>
    </message>
    <message>
        <source>Close the other Homespun, then run the same command, or any homespun index run.</source>
        <translation>Beende das andere Homespun und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Close what uses it, and try again.</source>
        <translation>Schließe, was ihn benutzt, und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Copy it into the mirror folder once more.</source>
        <translation>Kopiere es noch einmal in den Modellordner.</translation>
    </message>
    <message>
        <source>Copy the whole folder of the model into it.</source>
        <translation>Kopiere den ganzen Ordner des Modells hinein.</translation>
    </message>
    <message>
        <source>Correct it there, or delete the line for the default.</source>
        <translation>Berichtige es dort, oder lösche die Zeile für den Vorgabewert.</translation>
    </message>
    <message>
        <source>Correct that entry, or install Homespun again.</source>
        <translation>Verbessere den Eintrag, oder installiere Homespun neu.</translation>
    </message>
    <message>
        <source>Correct that line, or delete the file.</source>
        <translation>Berichtige diese Zeile, oder lösche die Datei.</translation>
    </message>
    <message>
        <source>Delete it and run: homespun index add FOLDER (it is made anew).</source>
        <translation>Lösche ihn und starte: homespun index add ORDNER (er wird neu angelegt).</translation>
    </message>
    <message>
        <source>Delete or rename it, then install the entries again.</source>
        <translation>Lösche sie oder benenne sie um und richte die Einträge dann neu ein.</translation>
    </message>
    <message>
        <source>Delete that file to have the folder indexed.</source>
        <translation>Lösche diese Datei, damit der Ordner gelesen wird.</translation>
    </message>
    <message>
        <source>Downloads are switched off.</source>
        <translation>Downloads sind ausgeschaltet.</translation>
    </message>
    <message>
        <source>Either a factor or a size is needed.</source>
        <translation>Nötig ist ein Faktor oder eine Größe.</translation>
    </message>
    <message>
        <source>Enlarging needs at least the picture's own size.</source>
        <translation>Vergrößern geht nur auf mindestens die Größe des Bildes.</translation>
    </message>
    <message>
        <source>Entries of the menu are missing or were changed. Add them again to mend them.</source>
        <translation>Einträge des Menüs fehlen oder wurden geändert. Füge sie noch einmal hinzu, dann stimmen sie wieder.</translation>
    </message>
    <message>
        <source>Export the pipeline again, or get it once more.</source>
        <translation>Exportiere die Pipeline neu, oder hol sie noch einmal.</translation>
    </message>
    <message>
        <source>Get it yourself, put it into DIR/{1}, and run homespun models get {2} --mirror DIR.</source>
        <translation>Hol es selbst, leg es in ORDNER/{1} und füge „{2}“ aus diesem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Get it: homespun models get erase-best. Or name the folder of an exported pipeline with --model.</source>
        <translation>Hol es unter „Modelle“: Entfernen und mit Worten füllen. Oder nenne mit --model den Ordner einer exportierten Pipeline.</translation>
    </message>
    <message>
        <source>Give a box of at least 2 x 2.</source>
        <translation>Zieh einen Rahmen von mindestens 2 × 2.</translation>
    </message>
    <message>
        <source>Give a click on it, a box, a lasso or a scribble.</source>
        <translation>Klick darauf, oder zieh einen Rahmen, ein Lasso oder einen Strich.</translation>
    </message>
    <message>
        <source>Give another name, or allow it to be replaced.</source>
        <translation>Nimm einen anderen Namen, oder erlaube das Ersetzen.</translation>
    </message>
    <message>
        <source>Give at least three.</source>
        <translation>Gib mindestens drei an.</translation>
    </message>
    <message>
        <source>Give corners in pixels, as 120,80.</source>
        <translation>Gib Ecken in Pixeln an, etwa 120,80.</translation>
    </message>
    <message>
        <source>Give it as 120,80,64,48.</source>
        <translation>Gib ihn an wie 120,80,64,48.</translation>
    </message>
    <message>
        <source>Give its corners in pixels of the upright picture.</source>
        <translation>Gib die Ecken in Pixeln des aufrechten Bildes an.</translation>
    </message>
    <message>
        <source>Give the name of a file.</source>
        <translation>Gib den Namen einer Datei an.</translation>
    </message>
    <message>
        <source>Give x from 0 to {1} and y from 0 to {2}.</source>
        <translation>x geht von 0 bis {1}, y von 0 bis {2}.</translation>
    </message>
    <message>
        <source>Give x, y, width and height in pixels of the photo.</source>
        <translation>Gib x, y, Breite und Höhe in Pixeln des Fotos an.</translation>
    </message>
    <message>
        <source>Give x, y, width and height in pixels of the upright picture.</source>
        <translation>Gib x, y, Breite und Höhe in Pixeln des aufrechten Bildes an.</translation>
    </message>
    <message>
        <source>Give yourself the right to read it.</source>
        <translation>Gib dir das Leserecht dafür.</translation>
    </message>
    <message>
        <source>Go on there.</source>
        <translation>Mach dort weiter.</translation>
    </message>
    <message>
        <source>Homespun does not download {1}: {2}</source>
        <translation>Homespun lädt {1} nicht herunter: {2}</translation>
    </message>
    <message>
        <source>Homespun lies in a folder whose name holds signs that menus can't.</source>
        <translation>Homespun liegt in einem Ordner mit Zeichen im Namen, die in Menüs nicht möglich sind.</translation>
    </message>
    <message>
        <source>Homespun opens pictures of up to {1} megapixels: make it smaller, or check where it comes from.</source>
        <translation>Homespun öffnet Bilder bis {1} Megapixel: Verkleinere es, oder prüfe, woher es kommt.</translation>
    </message>
    <message>
        <source>Homespun {1} doesn't start on this computer ({2}), so it was not switched to.</source>
        <translation>Homespun {1} startet auf diesem Computer nicht ({2}), deshalb wurde nicht gewechselt.</translation>
    </message>
    <message>
        <source>If Finder does not show the entries, switch them on in System Settings, under Extensions, Finder.</source>
        <translation>Zeigt der Finder die Einträge nicht, schalte sie in den Systemeinstellungen unter Erweiterungen, Finder ein.</translation>
    </message>
    <message>
        <source>Install Homespun again.</source>
        <translation>Installiere Homespun neu.</translation>
    </message>
    <message>
        <source>Install it with: pip install pillow-heif, or save the picture as JPEG first.</source>
        <translation>Installiere ihn mit: pip install pillow-heif, oder speichere das Bild vorher als JPEG.</translation>
    </message>
    <message>
        <source>Install the entries again.</source>
        <translation>Richte die Einträge neu ein.</translation>
    </message>
    <message>
        <source>Install the new version the way this one was installed.</source>
        <translation>Installiere die neue Version so, wie diese installiert wurde.</translation>
    </message>
    <message>
        <source>Install the older version the way this one was.</source>
        <translation>Installiere die ältere Version so, wie diese installiert wurde.</translation>
    </message>
    <message>
        <source>It can be deleted.</source>
        <translation>Es kann gelöscht werden.</translation>
    </message>
    <message>
        <source>It can be from 1 to {1}.</source>
        <translation>Möglich ist 1 bis {1}.</translation>
    </message>
    <message>
        <source>It can't be found out whether there is a newer version: what {1} says was valid until {2}.</source>
        <translation>Ob es eine neuere Version gibt, lässt sich nicht feststellen: Was {1} sagt, galt bis {2}.</translation>
    </message>
    <message>
        <source>It can't be found out whether there is a newer version: {1}</source>
        <translation>Ob es eine neuere Version gibt, lässt sich nicht feststellen: {1!}</translation>
    </message>
    <message>
        <source>It goes when Homespun is removed.</source>
        <translation>Es geht, wenn Homespun entfernt wird.</translation>
    </message>
    <message>
        <source>It is never indexed. Choose another folder.</source>
        <translation>Er wird nie gelesen. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>It is never indexed; no setting changes that.</source>
        <translation>So etwas wird nie gelesen; daran ändert keine Einstellung etwas.</translation>
    </message>
    <message>
        <source>It is out of the index, but another program reads the index without a pause: traces are left in its log.</source>
        <translation>Es ist aus dem Index, aber ein anderes Programm liest ihn ohne Pause: Spuren bleiben in seinem Protokoll.</translation>
    </message>
    <message>
        <source>It needs the internet, and a managed computer may forbid it. Try again later.</source>
        <translation>Dafür ist das Internet nötig, und ein verwalteter Rechner kann es verbieten. Versuch es später noch einmal.</translation>
    </message>
    <message>
        <source>It reads {1}.</source>
        <translation>Gelesen wird {1}.</translation>
    </message>
    <message>
        <source>Its meaning is still to be worked out.</source>
        <translation>Die Bedeutung ist noch zu ermitteln.</translation>
    </message>
    <message>
        <source>Leave --device away.</source>
        <translation>Lass --device weg.</translation>
    </message>
    <message>
        <source>Leave some out: a few well-placed ones select as well.</source>
        <translation>Lass einige weg: Wenige gut gesetzte genügen.</translation>
    </message>
    <message>
        <source>Make a mask of the picture's size, or let this one be resized with --fit-mask.</source>
        <translation>Nimm eine Maske in der Größe des Bildes, oder lass diese mit --fit-mask anpassen.</translation>
    </message>
    <message>
        <source>Make a mask of the picture's size.</source>
        <translation>Nimm eine Maske in der Größe des Bildes.</translation>
    </message>
    <message>
        <source>Make it a file that you may write.</source>
        <translation>Mach daraus eine Datei, in die du schreiben darfst.</translation>
    </message>
    <message>
        <source>Make it a readable file.</source>
        <translation>Mach die Datei lesbar.</translation>
    </message>
    <message>
        <source>Make it available offline to have its text read.</source>
        <translation>Mach die Datei offline verfügbar, damit ihr Text gelesen wird.</translation>
    </message>
    <message>
        <source>Make it writable, then do the same again.</source>
        <translation>Mache sie beschreibbar und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Make it writable.</source>
        <translation>Mach es beschreibbar.</translation>
    </message>
    <message>
        <source>Mend or rename it, then install the entries again.</source>
        <translation>Repariere sie oder benenne sie um und richte die Einträge dann neu ein.</translation>
    </message>
    <message>
        <source>Menus of Windows start the launcher, which this copy has not.</source>
        <translation>Menüs von Windows starten das Startprogramm, das diese Kopie nicht hat.</translation>
    </message>
    <message>
        <source>Please report it.</source>
        <translation>Bitte melde es.</translation>
    </message>
    <message>
        <source>Please report it. What is installed goes on working.</source>
        <translation>Bitte melde es. Was installiert ist, läuft weiter.</translation>
    </message>
    <message>
        <source>Put it into another folder.</source>
        <translation>Lege es in einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Run the installer of the version you want.</source>
        <translation>Starte das Installationsprogramm der Version, die du willst.</translation>
    </message>
    <message>
        <source>Run: caja -q. Caja reads its menu when it starts.</source>
        <translation>Rufe auf: caja -q. Caja liest sein Menü, wenn es startet.</translation>
    </message>
    <message>
        <source>Run: nautilus -q. Files reads its menu when it starts.</source>
        <translation>Rufe auf: nautilus -q. Dateien liest sein Menü, wenn es startet.</translation>
    </message>
    <message>
        <source>Run: python3 -m installer setup. Then use the homespun in .venv.</source>
        <translation>Rufe auf: python3 -m installer setup. Nimm dann das homespun in .venv.</translation>
    </message>
    <message>
        <source>Run: thunar -q. Thunar reads its menu when it starts.</source>
        <translation>Rufe auf: thunar -q. Thunar liest sein Menü, wenn es startet.</translation>
    </message>
    <message>
        <source>See what it can: homespun update status</source>
        <translation>Was sie kann, sagt: homespun update status</translation>
    </message>
    <message>
        <source>Set it right and try again.</source>
        <translation>Stelle sie richtig und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Tell it: homespun settings set updates.server ADDRESS.</source>
        <translation>Sag es ihm: homespun settings set updates.server ADRESSE.</translation>
    </message>
    <message>
        <source>The address {1} is not encrypted.</source>
        <translation>Die Adresse {1} ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>The announcement of the new version is in a form that this Homespun doesn't know.</source>
        <translation>Die Ankündigung der neuen Version hat eine Form, die dieses Homespun nicht kennt.</translation>
    </message>
    <message>
        <source>The announcement of the new version is signed, and yet makes no sense.</source>
        <translation>Die Ankündigung der neuen Version ist unterschrieben und ergibt trotzdem keinen Sinn.</translation>
    </message>
    <message>
        <source>The archive of the new version is not used: {1}.</source>
        <translation>Das Archiv der neuen Version wird nicht benutzt: {1}.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong, or that of {1}: its answer is of {2}.</source>
        <translation>Die Uhr dieses Computers geht falsch, oder die von {1}: Die Antwort ist vom {2}.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong: it says {1}, and it was {2} already.</source>
        <translation>Die Uhr dieses Computers geht falsch: Sie zeigt {1}, und es war schon {2}.</translation>
    </message>
    <message>
        <source>The disk is full: the new version is not complete.</source>
        <translation>Der Datenträger ist voll: Die neue Version ist nicht vollständig.</translation>
    </message>
    <message>
        <source>The entries are in the menu.</source>
        <translation>Die Einträge sind im Menü.</translation>
    </message>
    <message>
        <source>The entries are not in the menu.</source>
        <translation>Die Einträge sind nicht im Menü.</translation>
    </message>
    <message>
        <source>The entries start {1}, which is not there.</source>
        <translation>Die Einträge starten {1}, und das gibt es nicht.</translation>
    </message>
    <message>
        <source>The keys in this build are damaged, so no newer version can be believed.</source>
        <translation>Die Schlüssel in diesem Programm sind beschädigt, deshalb kann keiner neueren Version geglaubt werden.</translation>
    </message>
    <message>
        <source>The menus here are: {1}.</source>
        <translation>Die Menüs hier sind: {1}.</translation>
    </message>
    <message>
        <source>The program folder {1} can't be written: {2}.</source>
        <translation>In den Programmordner {1} kann nicht geschrieben werden: {2}.</translation>
    </message>
    <message>
        <source>The registry can't be written: {1}.</source>
        <translation>In die Registrierung lässt sich nicht schreiben: {1}.</translation>
    </message>
    <message>
        <source>The update did not come: {1}</source>
        <translation>Die neue Version ist nicht angekommen: {1!}</translation>
    </message>
    <message>
        <source>There is no menu called {1}.</source>
        <translation>Ein Menü {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no version before this one any more.</source>
        <translation>Es gibt keine frühere Version mehr.</translation>
    </message>
    <message>
        <source>This build can't be updated by itself: no key was put into it that would vouch for a newer version.</source>
        <translation>Dieses Programm kann sich nicht selbst erneuern: Es enthält keinen Schlüssel, der für eine neuere Version bürgen würde.</translation>
    </message>
    <message>
        <source>This build doesn't know where updates are.</source>
        <translation>Dieses Programm weiß nicht, wo es neue Versionen gibt.</translation>
    </message>
    <message>
        <source>This copy of Homespun starts in its own folder alone.</source>
        <translation>Diese Kopie von Homespun startet nur in ihrem eigenen Ordner.</translation>
    </message>
    <message>
        <source>This installation can't become Homespun {1} by itself.</source>
        <translation>Diese Installation kann nicht von selbst zu Homespun {1} werden.</translation>
    </message>
    <message>
        <source>This installation keeps no version to go back to.</source>
        <translation>Diese Installation behält keine Version, zu der sie zurückkehren könnte.</translation>
    </message>
    <message>
        <source>Try again later, and from another network. If it stays, please report it.</source>
        <translation>Versuche es später noch einmal, und aus einem anderen Netz. Wenn es so bleibt, melde es bitte.</translation>
    </message>
    <message>
        <source>Try again later. If it stays, please report it.</source>
        <translation>Versuche es später noch einmal. Wenn es so bleibt, melde es bitte.</translation>
    </message>
    <message>
        <source>Try again later. What is installed goes on working.</source>
        <translation>Versuche es später noch einmal. Was installiert ist, läuft weiter.</translation>
    </message>
    <message>
        <source>Try again: it goes on where it stopped. What is installed goes on working.</source>
        <translation>Versuche es noch einmal: Es geht dort weiter, wo es aufgehört hat. Was installiert ist, läuft weiter.</translation>
    </message>
    <message>
        <source>Use Homespun's installer.</source>
        <translation>Nimm das Installationsprogramm von Homespun.</translation>
    </message>
    <message>
        <source>Use one like https://example.com/homespun/.</source>
        <translation>Nimm eine wie https://example.com/homespun/.</translation>
    </message>
    <message>
        <source>Use one that begins with https://.</source>
        <translation>Nimm eine, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>What is installed goes on working. Please report it.</source>
        <translation>Was installiert ist, läuft weiter. Bitte melde es.</translation>
    </message>
    <message>
        <source>What starts with the computer can't be changed: {1}.</source>
        <translation>Was mit dem Computer startet, lässt sich nicht ändern: {1}.</translation>
    </message>
    <message>
        <source>Make it writable, or set HOMESPUN_HOME to a folder that is.</source>
        <translation>Mach ihn beschreibbar, oder setz HOMESPUN_HOME auf einen beschreibbaren Ordner.</translation>
    </message>
    <message>
        <source>Make it, or name another one.</source>
        <translation>Leg ihn an, oder nimm einen anderen.</translation>
    </message>
    <message>
        <source>Make its folder writable, or set HOMESPUN_HOME to a folder that is.</source>
        <translation>Mach seinen Ordner beschreibbar, oder setz HOMESPUN_HOME auf einen beschreibbaren.</translation>
    </message>
    <message>
        <source>Make its folder writable, or set HOMESPUN_HOME to another.</source>
        <translation>Mach seinen Ordner beschreibbar, oder setz HOMESPUN_HOME auf einen anderen.</translation>
    </message>
    <message>
        <source>Make room and try again.</source>
        <translation>Schaff Platz und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Make room on the disk, then go on.</source>
        <translation>Schaffe Platz auf der Festplatte und mach dann weiter.</translation>
    </message>
    <message>
        <source>Make room, or set HOMESPUN_HOME to a larger disk.</source>
        <translation>Schaff Platz, oder setz HOMESPUN_HOME auf einen größeren Datenträger.</translation>
    </message>
    <message>
        <source>Make room, then run: homespun index run</source>
        <translation>Schaff Platz und lass die Ordner neu lesen.</translation>
    </message>
    <message>
        <source>Make room. {1}</source>
        <translation>Schaff Platz. {1}</translation>
    </message>
    <message>
        <source>Mark only what should go.</source>
        <translation>Markiere nur, was weg soll.</translation>
    </message>
    <message>
        <source>Mark the place that should be filled.</source>
        <translation>Markiere die Stelle, die gefüllt werden soll.</translation>
    </message>
    <message>
        <source>Move it aside, then run: homespun index add FOLDER (it is made anew).</source>
        <translation>Leg ihn beiseite und füge die Ordner neu hinzu (er wird neu angelegt).</translation>
    </message>
    <message>
        <source>Name a picture in it.</source>
        <translation>Wähle ein Bild darin.</translation>
    </message>
    <message>
        <source>Name a picture.</source>
        <translation>Nenne ein Bild.</translation>
    </message>
    <message>
        <source>Name it as one of {1}.</source>
        <translation>Nimm einen Namen mit {1}.</translation>
    </message>
    <message>
        <source>Name the folder that python -m models.recipes.export has written.</source>
        <translation>Nenne den Ordner, den python -m models.recipes.export geschrieben hat.</translation>
    </message>
    <message>
        <source>No eraser model is downloaded, so the hole was filled from its surroundings. For {1} quality: homespun models get mi-gan</source>
        <translation>Es ist kein Modell zum Entfernen da; die Lücke wurde aus ihrer Umgebung gefüllt. Für die Qualität „{1!}“ füge das Modell mi-gan hinzu.</translation>
    </message>
    <message>
        <source>No picture is open.</source>
        <translation>Es ist kein Bild offen.</translation>
    </message>
    <message>
        <source>Nothing is added to the picture.</source>
        <translation>Dem Bild wird nichts hinzugefügt.</translation>
    </message>
    <message>
        <source>Nothing is marked.</source>
        <translation>Nichts ist markiert.</translation>
    </message>
    <message>
        <source>Nothing says where the object is.</source>
        <translation>Nichts zeigt, wo der Gegenstand ist.</translation>
    </message>
    <message>
        <source>Nothing that fills by words is on this computer.</source>
        <translation>Auf diesem Rechner ist nichts, was mit Worten füllt.</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>Es ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Nothing to do. If its files are not found, ask `homespun index why`.</source>
        <translation>Es ist nichts zu tun. Fehlen Dateien, frag unter „Warum nicht gefunden?“.</translation>
    </message>
    <message>
        <source>Nothing to do: there are no files of yours in it.</source>
        <translation>Es ist nichts zu tun: Darin sind keine Dateien von dir.</translation>
    </message>
    <message>
        <source>Nothing to do: there is nothing of yours in it.</source>
        <translation>Es ist nichts zu tun: Darin ist nichts von dir.</translation>
    </message>
    <message>
        <source>Nothing to do: there is nothing to read in it.</source>
        <translation>Es ist nichts zu tun: Darin gibt es nichts zu lesen.</translation>
    </message>
    <message>
        <source>Nothing to forget.</source>
        <translation>Es gibt nichts zu vergessen.</translation>
    </message>
    <message>
        <source>ONNX Runtime can't be loaded: {1}.</source>
        <translation>ONNX Runtime lässt sich nicht laden: {1}.</translation>
    </message>
    <message>
        <source>ONNX Runtime is not installed.</source>
        <translation>ONNX Runtime ist nicht installiert.</translation>
    </message>
    <message>
        <source>Only the first frame of this {1} is read and saved.</source>
        <translation>Von diesem {1} wird nur das erste Bild gelesen und gespeichert.</translation>
    </message>
    <message>
        <source>Open it in a PDF reader.</source>
        <translation>Öffne es in einem PDF-Programm.</translation>
    </message>
    <message>
        <source>Open it instead.</source>
        <translation>Öffne es stattdessen.</translation>
    </message>
    <message>
        <source>Open it to fetch it.</source>
        <translation>Öffne es, um es zu holen.</translation>
    </message>
    <message>
        <source>Open it yourself: {1}</source>
        <translation>Öffne es selbst: {1}</translation>
    </message>
    <message>
        <source>Open its folder instead.</source>
        <translation>Öffne stattdessen den Ordner.</translation>
    </message>
    <message>
        <source>Open one.</source>
        <translation>Öffne eines.</translation>
    </message>
    <message>
        <source>Open the model's page in a browser, accept its terms there, and use a mirror folder (--mirror).</source>
        <translation>Öffne die Seite des Modells im Browser, stimme dort den Bedingungen zu und füge es aus einem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Paint over what should go.</source>
        <translation>Übermale, was weg soll.</translation>
    </message>
    <message>
        <source>Plug the disk in or connect the share. If it is gone for good: `homespun index remove`.</source>
        <translation>Steck den Datenträger an oder verbinde die Freigabe. Ist sie für immer weg, nimm den Ordner aus der Suche.</translation>
    </message>
    <message>
        <source>Put one there, named {1}.png.</source>
        <translation>Leg dort eine ab, mit dem Namen {1}.png.</translation>
    </message>
    <message>
        <source>Put the folder back, or `homespun index remove` it.</source>
        <translation>Leg den Ordner wieder an, oder nimm ihn aus der Suche.</translation>
    </message>
    <message>
        <source>Remove it and get it again: homespun models remove {1}.</source>
        <translation>Entferne es und hol es neu: homespun models remove {1}.</translation>
    </message>
    <message>
        <source>Remove the model and get it again to accept the new one: homespun models remove {1}.</source>
        <translation>Entferne das Modell „{1}“ und hol es neu, um das neue anzunehmen.</translation>
    </message>
    <message>
        <source>Report it.</source>
        <translation>Melde es.</translation>
    </message>
    <message>
        <source>Run `homespun models verify` to see what is missing.</source>
        <translation>Prüfe das Modell, um zu sehen, was fehlt.</translation>
    </message>
    <message>
        <source>Run `homespun models verify`, remove what it names and get it again.</source>
        <translation>Prüfe die Modelle, entferne, was beschädigt ist, und hol es neu.</translation>
    </message>
    <message>
        <source>Run `python3 -m installer setup` to put the right one back.</source>
        <translation>Starte `python3 -m installer setup`, das bringt das richtige zurück.</translation>
    </message>
    <message>
        <source>Run homespun models get {1} and agree, or use a mirror folder (--mirror DIR).</source>
        <translation>Hol „{1}“ und stimme zu, oder füge es aus einem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Run homespun models get {1}.</source>
        <translation>Hol „{1}“ unter Modelle.</translation>
    </message>
    <message>
        <source>Run it again.</source>
        <translation>Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Run the same command again: it goes on where it stopped.</source>
        <translation>Starte denselben Befehl noch einmal: Er macht weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Save a copy instead, or make room.</source>
        <translation>Speichere stattdessen eine Kopie, oder schaffe Platz.</translation>
    </message>
    <message>
        <source>Save a copy instead.</source>
        <translation>Speichere stattdessen eine Kopie.</translation>
    </message>
    <message>
        <source>Save it as PNG.</source>
        <translation>Speichere es als PNG.</translation>
    </message>
    <message>
        <source>Save it as RGB first.</source>
        <translation>Speichere es vorher als RGB.</translation>
    </message>
    <message>
        <source>Save it as UTF-8 in your editor.</source>
        <translation>Speichere sie in deinem Editor als UTF-8.</translation>
    </message>
    <message>
        <source>Save it as a TIFF of 8 or 16 bits or of 32-bit floats, without compression.</source>
        <translation>Speichere es als TIFF mit 8 oder 16 Bit oder 32-Bit-Kommazahlen, ohne Kompression.</translation>
    </message>
    <message>
        <source>Save it as an ordinary JPEG, a PNG or a TIFF first.</source>
        <translation>Speichere es vorher als gewöhnliches JPEG, PNG oder TIFF.</translation>
    </message>
    <message>
        <source>Save it smaller first.</source>
        <translation>Speichere es vorher kleiner.</translation>
    </message>
    <message>
        <source>Say for example factor 2, or size 3840x2160.</source>
        <translation>Sag zum Beispiel Faktor 2 oder Größe 3840x2160.</translation>
    </message>
    <message>
        <source>Say on which side and how much, as in left=25%.</source>
        <translation>Sag, an welcher Seite und wie viel, etwa left=25%.</translation>
    </message>
    <message>
        <source>See which are: homespun index list</source>
        <translation>Siehe: Ordner</translation>
    </message>
    <message>
        <source>See: homespun devices --all</source>
        <translation>Siehe: Geräte</translation>
    </message>
    <message>
        <source>Set HOMESPUN_HOME to a folder on a disk of this computer.</source>
        <translation>Setz HOMESPUN_HOME auf einen Ordner dieses Rechners.</translation>
    </message>
    <message>
        <source>Set them up with python3 -m installer export-env, and get it again. Or copy it from a computer that has it: homespun models get {1} --mirror DIR.</source>
        <translation>Richte sie mit python3 -m installer export-env ein und hol es noch einmal. Oder kopiere es von einem Rechner, der es hat: homespun models get {1} --mirror DIR.</translation>
    </message>
    <message>
        <source>Start Homespun again.</source>
        <translation>Starte Homespun neu.</translation>
    </message>
    <message>
        <source>Start one with: homespun index add FOLDER</source>
        <translation>Füge einen Ordner hinzu.</translation>
    </message>
    <message>
        <source>Step {1} of this picture can't be read.</source>
        <translation>Schritt {1} dieses Bildes lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Step {1} of this picture is damaged.</source>
        <translation>Schritt {1} dieses Bildes ist beschädigt.</translation>
    </message>
    <message>
        <source>Steps go from 1 to 1000, guidance from 0 to 100, strength from above 0 to 1, seeds from 0, candidates from 1 to 100.</source>
        <translation>Schritte gehen von 1 bis 1000, Führung von 0 bis 100, Stärke von über 0 bis 1, Startwerte ab 0, Ergebnisse von 1 bis 100.</translation>
    </message>
    <message>
        <source>Switch them on in Settings, or add the model from a folder.</source>
        <translation>Schalte sie in den Einstellungen ein, oder füge das Modell aus einem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Take another copy of the file.</source>
        <translation>Nimm eine andere Kopie der Datei.</translation>
    </message>
    <message>
        <source>Take the rule key_mask, or a pipeline that was exported with room for pairs.</source>
        <translation>Nimm die Regel key_mask, oder eine Pipeline, die mit Platz für Paare exportiert wurde.</translation>
    </message>
    <message>
        <source>That can't be painted: {1}.</source>
        <translation>Das lässt sich nicht malen: {1}.</translation>
    </message>
    <message>
        <source>The CPU needs no proof: the others are measured against it.</source>
        <translation>Der Prozessor braucht keinen Nachweis: Die anderen werden an ihm gemessen.</translation>
    </message>
    <message>
        <source>The best eraser could not be used, so {1} did it. {2}</source>
        <translation>Das beste Modell ließ sich nicht benutzen, darum hat {1} entfernt. {2!}</translation>
    </message>
    <message>
        <source>The box is {1} x {2} pixels.</source>
        <translation>Der Rahmen ist {1} × {2} Pixel groß.</translation>
    </message>
    <message>
        <source>The box {1} lies outside the picture of {2} × {3} pixels, or is empty.</source>
        <translation>Der Rahmen {1} liegt außerhalb des Bildes von {2} × {3} Pixeln oder ist leer.</translation>
    </message>
    <message>
        <source>The box {1},{2},{3},{4} lies outside the photo, which is {5} x {6} pixels.</source>
        <translation>Der Rahmen {1},{2},{3},{4} liegt außerhalb des Fotos von {5} × {6} Pixeln.</translation>
    </message>
    <message>
        <source>The catalogue of Windows ML gave no answer.</source>
        <translation>Der Katalog von Windows ML hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The catalogue {1} can't be read: {2}.</source>
        <translation>Der Katalog {1} lässt sich nicht lesen: {2}.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The disk is full: indexing stopped, and all that was indexed before is kept.</source>
        <translation>Der Datenträger ist voll: Das Lesen hielt an, und alles bisher Gelesene bleibt.</translation>
    </message>
    <message>
        <source>The disk is full: the queue can't note what it does.</source>
        <translation>Der Datenträger ist voll: Die Warteschlange kann nicht festhalten, was sie tut.</translation>
    </message>
    <message>
        <source>The disk is full: {1} is not complete.</source>
        <translation>Der Datenträger ist voll: {1} ist nicht vollständig.</translation>
    </message>
    <message>
        <source>The disk is full: {1} was not written.</source>
        <translation>Der Datenträger ist voll: {1} wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>The eraser {1} is not here.</source>
        <translation>Das Verfahren {1} ist nicht hier.</translation>
    </message>
    <message>
        <source>The factor is {1}.</source>
        <translation>Der Faktor ist {1}.</translation>
    </message>
    <message>
        <source>The file is damaged, or no picture.</source>
        <translation>Die Datei ist beschädigt oder kein Bild.</translation>
    </message>
    <message>
        <source>The file is damaged: take another copy.</source>
        <translation>Die Datei ist beschädigt: Nimm eine andere Kopie.</translation>
    </message>
    <message>
        <source>The file of {1} is no eraser that Homespun knows: it takes {2}.</source>
        <translation>Die Datei von {1} ist kein Radierer, den Homespun kennt: Sie erwartet {2}.</translation>
    </message>
    <message>
        <source>The folder {1} can't be made: {2}.</source>
        <translation>Der Ordner {1} lässt sich nicht anlegen: {2}.</translation>
    </message>
    <message>
        <source>The folder {1} is not there any more.</source>
        <translation>Den Ordner {1} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The folder {1} is not there.</source>
        <translation>Den Ordner {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>The index has no folders yet.</source>
        <translation>Der Index hat noch keine Ordner.</translation>
    </message>
    <message>
        <source>The index holds nothing of {1}.</source>
        <translation>Der Index enthält nichts von {1}.</translation>
    </message>
    <message>
        <source>The index still knows it, until the next run.</source>
        <translation>Der Index kennt es noch, bis zum nächsten Lesen.</translation>
    </message>
    <message>
        <source>The index {1} can't be moved aside: {2}.</source>
        <translation>Der Index {1} lässt sich nicht beiseitelegen: {2}.</translation>
    </message>
    <message>
        <source>The index {1} can't be opened.</source>
        <translation>Der Index {1} lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>The index {1} can't be read or written: {2}.</source>
        <translation>Der Index {1} lässt sich nicht lesen oder schreiben: {2}.</translation>
    </message>
    <message>
        <source>The index {1} is damaged{2}.</source>
        <translation>Der Index {1} ist beschädigt{2}.</translation>
    </message>
    <message>
        <source>The index {1} was made by another version of Homespun.</source>
        <translation>Der Index {1} stammt von einer anderen Version von Homespun.</translation>
    </message>
    <message>
        <source>The largest size is {1}.</source>
        <translation>Die größte Größe ist {1}.</translation>
    </message>
    <message>
        <source>The mask covers the whole picture, and leaves nothing to fill from.</source>
        <translation>Die Maske bedeckt das ganze Bild und lässt nichts übrig, womit sich füllen ließe.</translation>
    </message>
    <message>
        <source>The mask is empty: nothing says where to paint.</source>
        <translation>Die Maske ist leer: Nichts sagt, wo gemalt werden soll.</translation>
    </message>
    <message>
        <source>The mask is {1} × {2} pixels, and the picture is {3} × {4}.</source>
        <translation>Die Maske hat {1} × {2} Pixel, das Bild {3} × {4}.</translation>
    </message>
    <message>
        <source>The mask {1} is {2} × {3} pixels, and the picture is {4} × {5}.</source>
        <translation>Die Maske {1} hat {2} × {3} Pixel, das Bild {4} × {5}.</translation>
    </message>
    <message>
        <source>The merges {1} are damaged: line {2} is no pair.</source>
        <translation>Die Paare {1} sind beschädigt: Zeile {2} ist keins.</translation>
    </message>
    <message>
        <source>The merges {1} can't be read: {2}.</source>
        <translation>Die Paare {1} sind nicht lesbar: {2}.</translation>
    </message>
    <message>
        <source>The mirror folder {1} has no folder {2}.</source>
        <translation>Der Modellordner {1} hat keinen Ordner {2}.</translation>
    </message>
    <message>
        <source>The mirror folder {1} lacks {2}.</source>
        <translation>Im Modellordner {1} fehlt {2}.</translation>
    </message>
    <message>
        <source>The model file {1} is damaged or not a model for this runtime ({2}).</source>
        <translation>Die Modelldatei {1} ist beschädigt oder kein Modell für diese Laufzeit ({2}).</translation>
    </message>
    <message>
        <source>The model file {1} is not there.</source>
        <translation>Die Modelldatei {1} fehlt.</translation>
    </message>
    <message>
        <source>The negative prompt is longer than the network reads: it ends before “{1}”.</source>
        <translation>Was nicht dort sein soll, ist länger, als das Netz liest: Es hört vor „{1}“ auf.</translation>
    </message>
    <message>
        <source>The negative prompt was not used: without guidance (1) there is nothing to lead away from.</source>
        <translation>Was nicht dort sein soll, wurde nicht benutzt: Dieses Modell malt ohne Führung, und die braucht es dafür.</translation>
    </message>
    <message>
        <source>The original can't be replaced, because there is no room to keep its bytes for undo.</source>
        <translation>Das Original lässt sich nicht ersetzen, weil kein Platz ist, es zum Rückgängigmachen aufzuheben.</translation>
    </message>
    <message>
        <source>The path is {1} bytes long; a chosen folder's may have {2}.</source>
        <translation>Der Pfad ist {1} Bytes lang; der eines gewählten Ordners darf {2} haben.</translation>
    </message>
    <message>
        <source>The picture has this size already, and the faithful style changes nothing; the restore style would clean it.</source>
        <translation>Das Bild hat diese Größe schon, und „Getreu“ ändert nichts; „Bereinigt“ würde es säubern.</translation>
    </message>
    <message>
        <source>The pipeline in {1} is not whole: {2} has {3} bytes and should have {4}.</source>
        <translation>Die Pipeline in {1} ist unvollständig: {2} hat {3} Bytes und sollte {4} haben.</translation>
    </message>
    <message>
        <source>The pipeline in {1} is not whole: {2} is missing.</source>
        <translation>Die Pipeline in {1} ist unvollständig: {2} fehlt.</translation>
    </message>
    <message>
        <source>The pipeline {1} names a self-attention over {2} tokens, which don't cover latents of {3} × {4}.</source>
        <translation>Die Pipeline {1} nennt eine Selbstaufmerksamkeit über {2} Felder, die {3} × {4} Latentwerte nicht abdecken.</translation>
    </message>
    <message>
        <source>The point {1},{2} lies outside the photo, which is {3} x {4} pixels.</source>
        <translation>Der Punkt {1},{2} liegt außerhalb des Fotos von {3} × {4} Pixeln.</translation>
    </message>
    <message>
        <source>The polygon lies outside the picture of {1} × {2} pixels.</source>
        <translation>Das Vieleck liegt außerhalb des Bildes von {1} × {2} Pixeln.</translation>
    </message>
    <message>
        <source>The prompt is longer than the network reads: it ends before “{1}”.</source>
        <translation>Der Text ist länger, als das Netz liest: Es hört vor „{1}“ auf.</translation>
    </message>
    <message>
        <source>The steps before it are whole.</source>
        <translation>Die Schritte davor sind unversehrt.</translation>
    </message>
    <message>
        <source>The tokenizer {1} doesn't belong to its vocabulary: {2}.</source>
        <translation>Der Zerleger {1} gehört nicht zu seinem Wortschatz: {2}.</translation>
    </message>
    <message>
        <source>The tokenizer {1} is damaged ({2}).</source>
        <translation>Der Tokenizer {1} ist beschädigt ({2}).</translation>
    </message>
    <message>
        <source>The tokenizer {1} is not there.</source>
        <translation>Der Tokenizer {1} fehlt.</translation>
    </message>
    <message>
        <source>The vocabulary {1} can't be read: {2}.</source>
        <translation>Der Wortschatz {1} ist nicht lesbar: {2}.</translation>
    </message>
    <message>
        <source>The vocabulary {1} is damaged: it isn't a table of words and numbers.</source>
        <translation>Der Wortschatz {1} ist beschädigt: Er ist keine Tabelle aus Wörtern und Zahlen.</translation>
    </message>
    <message>
        <source>There are {1} {2}; at most {3} are taken.</source>
        <translation>Es sind {1} {2}; höchstens {3} werden genommen.</translation>
    </message>
    <message>
        <source>There is no device {1} here.{2}</source>
        <translation>Ein Gerät {1} gibt es hier nicht.{2}</translation>
    </message>
    <message>
        <source>There is no folder {1}.</source>
        <translation>Einen Ordner {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no index yet.</source>
        <translation>Es gibt noch keinen Index.</translation>
    </message>
    <message>
        <source>There is no mask for {1} in {2}.</source>
        <translation>In {2} ist keine Maske für {1}.</translation>
    </message>
    <message>
        <source>There is no memory for {1} of picture.</source>
        <translation>Für {1} Bild ist kein Speicher frei.</translation>
    </message>
    <message>
        <source>There is no model called {1}.</source>
        <translation>Ein Modell namens {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no other device than the CPU here.</source>
        <translation>Außer dem Prozessor gibt es hier kein Gerät.</translation>
    </message>
    <message>
        <source>There is no scheduler {1}.</source>
        <translation>Ein Verfahren {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no setting {1}.</source>
        <translation>Eine Einstellung {1} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no {1} here to open files with.</source>
        <translation>Hier gibt es kein {1}, um Dateien zu öffnen.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory for {1} of {2}: it takes about {3}, and {4} are free.</source>
        <translation>Der Speicher reicht nicht für {1} von {2}: Das braucht etwa {3}, und {4} sind frei.</translation>
    </message>
    <message>
        <source>There is not enough memory free to run {1}.</source>
        <translation>Für {1} ist nicht genug Speicher frei.</translation>
    </message>
    <message>
        <source>There is not enough memory to open {1}.</source>
        <translation>Zum Öffnen von {1} reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is: {1}.</source>
        <translation>Es gibt: {1}.</translation>
    </message>
    <message>
        <source>There was nothing beside the hole to copy from, so it was filled smoothly. Mark less.</source>
        <translation>Neben der Lücke war nichts, was sich kopieren ließe; sie wurde glatt gefüllt. Markiere weniger.</translation>
    </message>
    <message>
        <source>These are: {1}.</source>
        <translation>Diese sind es: {1}.</translation>
    </message>
    <message>
        <source>These exist: {1}.</source>
        <translation>Es gibt: {1}.</translation>
    </message>
    <message>
        <source>This AVIF has more than 8 bits a channel; it is read and saved with 8.</source>
        <translation>Dieses AVIF hat mehr als 8 Bit je Kanal; gelesen und gespeichert wird es mit 8.</translation>
    </message>
    <message>
        <source>This file holds more than one picture (a preview, depth or a gain map); only the first is read and saved.</source>
        <translation>Diese Datei enthält mehr als ein Bild (eine Vorschau, die Tiefe oder eine Gain-Map); nur das erste wird gelesen und gespeichert.</translation>
    </message>
    <message>
        <source>This hole is large and lies across different things; a downloaded model would fill it better: homespun models get mi-gan, then erase with --quality balanced</source>
        <translation>Diese Lücke ist groß und liegt über Verschiedenem; ein Modell füllt sie besser: Füge mi-gan hinzu und entferne mit der Qualität „Besser“.</translation>
    </message>
    <message>
        <source>This picture is open in another window.</source>
        <translation>Dieses Bild ist in einem anderen Fenster offen.</translation>
    </message>
    <message>
        <source>This pipeline was trained until noise alone was left, and predicts noise: {1} can't begin there.</source>
        <translation>Diese Pipeline wurde bis zum reinen Rauschen angelernt und sagt Rauschen voraus: {1} kann dort nicht beginnen.</translation>
    </message>
    <message>
        <source>This pipeline's attention takes no bias of pairs, which the rule of the paper needs.</source>
        <translation>Die Aufmerksamkeit dieser Pipeline nimmt keine Werte für Paare an, und die Regel des Artikels braucht sie.</translation>
    </message>
    <message>
        <source>Try again after the next restart of Windows.</source>
        <translation>Versuch es nach dem nächsten Neustart von Windows noch einmal.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuch es später noch einmal.</translation>
    </message>
    <message>
        <source>Try again later; if it happens again, the file was changed at its source: please report it.</source>
        <translation>Versuch es später noch einmal; passiert es wieder, wurde die Datei an der Quelle geändert: Melde es bitte.</translation>
    </message>
    <message>
        <source>Try it again.</source>
        <translation>Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Two runtimes are installed over each other: {1}.</source>
        <translation>Zwei Laufzeiten sind übereinander installiert: {1}.</translation>
    </message>
    <message>
        <source>Update Homespun, or use a mirror folder (--mirror).</source>
        <translation>Aktualisiere Homespun, oder füge es aus einem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Update Homespun, whose catalogue is out of date.</source>
        <translation>Aktualisiere Homespun; sein Katalog ist veraltet.</translation>
    </message>
    <message>
        <source>Use a mirror folder (--mirror) instead.</source>
        <translation>Füge es stattdessen aus einem Ordner hinzu.</translation>
    </message>
    <message>
        <source>Wait a little. {1}</source>
        <translation>Warte ein wenig. {1}</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it; a running watcher picks up new folders by itself.</source>
        <translation>Warte, bis es fertig ist, oder halte es an; ein laufender Beobachter nimmt neue Ordner von selbst auf.</translation>
    </message>
    <message>
        <source>Wait until it is done, then try again.</source>
        <translation>Warte, bis es fertig ist, und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>What the server answers is not signed by Homespun's key. Nothing was taken from it.</source>
        <translation>Was der Server antwortet, ist nicht mit dem Schlüssel von Homespun unterschrieben. Nichts davon wurde übernommen.</translation>
    </message>
    <message>
        <source>What was done to it can't be done again.</source>
        <translation>Was daran gemacht wurde, lässt sich nicht noch einmal machen.</translation>
    </message>
    <message>
        <source>What was kept of a picture in {1} can't be read.</source>
        <translation>Was von einem Bild in {1} aufbewahrt wurde, lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Windows could not bring {1} ({2}).</source>
        <translation>Windows konnte {1} nicht holen ({2}).</translation>
    </message>
    <message>
        <source>Windows offers no provider {1} for this computer.</source>
        <translation>Windows bietet für diesen Rechner keinen Anbieter {1}.</translation>
    </message>
    <message>
        <source>Windows would download {1} from Microsoft. How large it is, nobody says before.</source>
        <translation>Windows würde {1} von Microsoft herunterladen. Wie groß das ist, steht vorher nicht fest.</translation>
    </message>
    <message>
        <source>With a strength of {1}, none of {2} steps is left.</source>
        <translation>Bei einer Stärke von {1} bleibt von {2} Schritten keiner übrig.</translation>
    </message>
    <message>
        <source>Write !{1} into .homespunignore beside it to have it indexed.</source>
        <translation>Schreib !{1} in die Datei .homespunignore daneben, damit es gelesen wird.</translation>
    </message>
    <message>
        <source>Write !{1} into .homespunignore beside it, or set index.hidden = true for all.</source>
        <translation>Schreib !{1} in die Datei .homespunignore daneben, oder schalte index.hidden für alles ein.</translation>
    </message>
    <message>
        <source>`homespun doctor` tells what is missing.</source>
        <translation>Geräte › Prüfen zeigt, was fehlt.</translation>
    </message>
    <message>
        <source>a link, not followed</source>
        <translation>ein Verweis, dem nicht gefolgt wird</translation>
    </message>
    <message>
        <source>an ignore file has to be a small, real file</source>
        <translation>eine Ausschlussdatei muss eine kleine, echte Datei sein</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>archive: damaged</source>
        <translation>Archiv: beschädigt</translation>
    </message>
    <message>
        <source>archive: expands too much</source>
        <translation>Archiv: wird entpackt zu groß</translation>
    </message>
    <message>
        <source>archive: nested too deep</source>
        <translation>Archiv: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>archive: password</source>
        <translation>Archiv: Passwort</translation>
    </message>
    <message>
        <source>archive: some members are too large</source>
        <translation>Archiv: einige Dateien darin sind zu groß</translation>
    </message>
    <message>
        <source>archive: too many members</source>
        <translation>Archiv: zu viele Teile</translation>
    </message>
    <message>
        <source>archive: unknown compression</source>
        <translation>Archiv: unbekannte Kompression</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>Besser</translation>
    </message>
    <message>
        <source>best</source>
        <translation>Am besten</translation>
    </message>
    <message>
        <source>by name only</source>
        <translation>nur am Namen</translation>
    </message>
    <message>
        <source>doc</source>
        <translation>DOC</translation>
    </message>
    <message>
        <source>docs/models.md tells its layout.</source>
        <translation>docs/models.md beschreibt den Aufbau.</translation>
    </message>
    <message>
        <source>docs/settings.md explains each setting.</source>
        <translation>docs/settings.md erklärt jede Einstellung.</translation>
    </message>
    <message>
        <source>document: damaged</source>
        <translation>Dokument: beschädigt</translation>
    </message>
    <message>
        <source>document: damaged, read in part</source>
        <translation>Dokument: beschädigt, teilweise gelesen</translation>
    </message>
    <message>
        <source>document: its end is missing</source>
        <translation>Dokument: das Ende fehlt</translation>
    </message>
    <message>
        <source>document: nested too deep</source>
        <translation>Dokument: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>document: no text found</source>
        <translation>Dokument: kein Text gefunden</translation>
    </message>
    <message>
        <source>document: password</source>
        <translation>Dokument: Passwort</translation>
    </message>
    <message>
        <source>docx</source>
        <translation>DOCX</translation>
    </message>
    <message>
        <source>ebook: damaged</source>
        <translation>E-Book: beschädigt</translation>
    </message>
    <message>
        <source>ebook: some chapters are locked or damaged</source>
        <translation>E-Book: einige Kapitel sind gesperrt oder beschädigt</translation>
    </message>
    <message>
        <source>epub</source>
        <translation>EPUB</translation>
    </message>
    <message>
        <source>even its list of files would have to be fetched</source>
        <translation>selbst die Liste der Dateien müsste erst geholt werden</translation>
    </message>
    <message>
        <source>heif</source>
        <translation>HEIF</translation>
    </message>
    <message>
        <source>html</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>in the cloud, text not read</source>
        <translation>in der Cloud, Text nicht gelesen</translation>
    </message>
    <message>
        <source>it holds a CACHEDIR.TAG</source>
        <translation>darin liegt eine CACHEDIR.TAG</translation>
    </message>
    <message>
        <source>it is a Python environment</source>
        <translation>es ist eine Python-Umgebung</translation>
    </message>
    <message>
        <source>json</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>json: nested too deep</source>
        <translation>JSON: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>mail: damaged</source>
        <translation>E-Mail: beschädigt</translation>
    </message>
    <message>
        <source>mail: damaged, read in part</source>
        <translation>E-Mail: beschädigt, teilweise gelesen</translation>
    </message>
    <message>
        <source>mail: nested too deep</source>
        <translation>E-Mail: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>mbox</source>
        <translation>Mailbox</translation>
    </message>
    <message>
        <source>msg</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>needs too much memory</source>
        <translation>braucht zu viel Speicher</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>not text</source>
        <translation>kein Text</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>notebook</source>
        <translation>Notebook</translation>
    </message>
    <message>
        <source>only its name, size and date are searchable</source>
        <translation>nur Name, Größe und Datum lassen sich durchsuchen</translation>
    </message>
    <message>
        <source>opendocument</source>
        <translation>OpenDocument</translation>
    </message>
    <message>
        <source>over-long words cut at the token length limit</source>
        <translation>überlange Wörter gekürzt</translation>
    </message>
    <message>
        <source>pdf</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>pdf: damaged</source>
        <translation>PDF: beschädigt</translation>
    </message>
    <message>
        <source>pdf: no text (scanned or empty)</source>
        <translation>PDF: kein Text (gescannt oder leer)</translation>
    </message>
    <message>
        <source>pdf: password</source>
        <translation>PDF: Passwort</translation>
    </message>
    <message>
        <source>pdf: some pages are damaged</source>
        <translation>PDF: einige Seiten sind beschädigt</translation>
    </message>
    <message>
        <source>pdf: too many pages, read in part</source>
        <translation>PDF: zu viele Seiten, teilweise gelesen</translation>
    </message>
    <message>
        <source>permission</source>
        <translation>keine Erlaubnis</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>picture: damaged</source>
        <translation>Bild: beschädigt</translation>
    </message>
    <message>
        <source>picture: metadata too large</source>
        <translation>Bild: Metadaten zu groß</translation>
    </message>
    <message>
        <source>picture: too large</source>
        <translation>Bild: zu groß</translation>
    </message>
    <message>
        <source>picture: without its metadata, which is damaged</source>
        <translation>Bild: ohne die Metadaten, sie sind beschädigt</translation>
    </message>
    <message>
        <source>ppt</source>
        <translation>PPT</translation>
    </message>
    <message>
        <source>pptx</source>
        <translation>PPTX</translation>
    </message>
    <message>
        <source>reading failed: {1}</source>
        <translation>Lesen fehlgeschlagen: {1}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>rtf</source>
        <translation>RTF</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>sound: damaged, by name only</source>
        <translation>Ton: beschädigt, nur am Namen</translation>
    </message>
    <message>
        <source>sound: the tags can't be read</source>
        <translation>Ton: die Angaben lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>text cut at the limit</source>
        <translation>Text an der Grenze gekürzt</translation>
    </message>
    <message>
        <source>the reader crashed ({1})</source>
        <translation>das Leseprogramm ist abgestürzt ({1})</translation>
    </message>
    <message>
        <source>the reader ended by itself (code {1})</source>
        <translation>das Leseprogramm endete von selbst (Code {1})</translation>
    </message>
    <message>
        <source>the reader process said something odd ({1})</source>
        <translation>das Leseprogramm hat Unverständliches gesagt ({1})</translation>
    </message>
    <message>
        <source>the system can't open it: {1}</source>
        <translation>das System kann sie nicht öffnen: {1}</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>took longer than {1} seconds</source>
        <translation>dauerte länger als {1} Sekunden</translation>
    </message>
    <message>
        <source>took too long, read in part</source>
        <translation>dauerte zu lange, teilweise gelesen</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>video: damaged, by name only</source>
        <translation>Video: beschädigt, nur am Namen</translation>
    </message>
    <message>
        <source>xls</source>
        <translation>XLS</translation>
    </message>
    <message>
        <source>xlsx</source>
        <translation>XLSX</translation>
    </message>
    <message>
        <source>xml</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>xml: damaged</source>
        <translation>XML: beschädigt</translation>
    </message>
    <message>
        <source>xml: entities not allowed</source>
        <translation>XML: Entitäten sind nicht erlaubt</translation>
    </message>
    <message>
        <source>xml: nested too deep</source>
        <translation>XML: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>xml: not well-formed, read as text</source>
        <translation>XML: nicht wohlgeformt, als Text gelesen</translation>
    </message>
    <message>
        <source>{1} answers with something signed by a key that is no longer valid.</source>
        <translation>{1} antwortet mit etwas, das mit einem nicht mehr gültigen Schlüssel unterschrieben ist.</translation>
    </message>
    <message>
        <source>{1} answers with the versions of another channel.</source>
        <translation>{1} antwortet mit den Versionen eines anderen Kanals.</translation>
    </message>
    <message>
        <source>{1} answers {2} with status {3}.</source>
        <translation>{1} antwortet auf {2} mit Status {3}.</translation>
    </message>
    <message>
        <source>{1} belongs to the system ({2}).</source>
        <translation>{1} gehört dem System ({2}).</translation>
    </message>
    <message>
        <source>{1} can be found by its name only: {2}.</source>
        <translation>{1} ist nur am Namen zu finden: {2!}.</translation>
    </message>
    <message>
        <source>{1} can be found by its name; its contents wait to be read.</source>
        <translation>{1} ist am Namen zu finden; der Inhalt wird noch gelesen.</translation>
    </message>
    <message>
        <source>{1} can be found in part: {2}.</source>
        <translation>{1} ist teilweise zu finden: {2!}.</translation>
    </message>
    <message>
        <source>{1} can't be opened: {2}.</source>
        <translation>{1} lässt sich nicht öffnen: {2}.</translation>
    </message>
    <message>
        <source>{1} can't be read as Thunar's list of actions, so it was left alone.</source>
        <translation>{1} ist als Liste der Aktionen von Thunar nicht lesbar und blieb unverändert.</translation>
    </message>
    <message>
        <source>{1} can't be read as a picture.</source>
        <translation>{1} lässt sich nicht als Bild lesen.</translation>
    </message>
    <message>
        <source>{1} can't be read.</source>
        <translation>{1} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>{1} can't be read: {2}.</source>
        <translation>{1} lässt sich nicht lesen: {2!}.</translation>
    </message>
    <message>
        <source>{1} can't be read; what the index knows of it is kept.</source>
        <translation>{1} lässt sich nicht lesen; was der Index davon kennt, bleibt.</translation>
    </message>
    <message>
        <source>{1} can't be shown: {2}.</source>
        <translation>{1} lässt sich nicht zeigen: {2}.</translation>
    </message>
    <message>
        <source>{1} can't be understood: {2}.</source>
        <translation>{1} ist nicht zu verstehen: {2}.</translation>
    </message>
    <message>
        <source>{1} can't be used: {2}.</source>
        <translation>{1} lässt sich nicht verwenden: {2}.</translation>
    </message>
    <message>
        <source>{1} can't be written: {2}.</source>
        <translation>{1} lässt sich nicht schreiben: {2}.</translation>
    </message>
    <message>
        <source>{1} comes with Homespun, but its files are missing or broken.</source>
        <translation>{1} gehört zu Homespun, aber Dateien fehlen oder sind beschädigt.</translation>
    </message>
    <message>
        <source>{1} could not be made (code {2}): {3}.</source>
        <translation>{1} ließ sich nicht herstellen (Code {2}): {3}.</translation>
    </message>
    <message>
        <source>{1} does not answer as it should: {2}.</source>
        <translation>{1} antwortet nicht, wie es sollte: {2}.</translation>
    </message>
    <message>
        <source>{1} does not end like a picture that can be written.</source>
        <translation>{1} endet nicht wie ein Bild, das geschrieben werden kann.</translation>
    </message>
    <message>
        <source>{1} does not give {2} to everybody (status {3}).</source>
        <translation>{1} gibt {2} nicht jedem (Status {3}).</translation>
    </message>
    <message>
        <source>{1} doesn't describe a pipeline: {2}.</source>
        <translation>{1} beschreibt keine Pipeline: {2}.</translation>
    </message>
    <message>
        <source>{1} from {2} is not the file that was promised: its sha256 is {3}…. It was deleted.</source>
        <translation>{1} von {2} ist nicht die versprochene Datei: Ihre sha256 ist {3}…. Sie wurde gelöscht.</translation>
    </message>
    <message>
        <source>{1} gave no numbers: {2} holds NaN or infinity, on {3}.</source>
        <translation>{1} gab keine Zahlen: In {2} steht NaN oder unendlich, auf {3}.</translation>
    </message>
    <message>
        <source>{1} gave {2} as {3} and should as {4}.</source>
        <translation>{1} gab {2} als {3} und sollte es als {4}.</translation>
    </message>
    <message>
        <source>{1} has Homespun's entries from the system's package.</source>
        <translation>{1} hat die Einträge von Homespun aus dem Paket des Systems.</translation>
    </message>
    <message>
        <source>{1} has Homespun's entries.</source>
        <translation>{1} hat die Einträge von Homespun.</translation>
    </message>
    <message>
        <source>{1} has a first page without a size.</source>
        <translation>Die erste Seite von {1} hat keine Größe.</translation>
    </message>
    <message>
        <source>{1} has another {2} now (sha256 {3}…) than Homespun knows ({4}…).</source>
        <translation>{1} hat jetzt ein anderes {2} (sha256 {3}…), als Homespun kennt ({4}…).</translation>
    </message>
    <message>
        <source>{1} has no entries of Homespun.</source>
        <translation>{1} hat keine Einträge von Homespun.</translation>
    </message>
    <message>
        <source>{1} has no {2} (any more).</source>
        <translation>{1} hat kein {2} (mehr).</translation>
    </message>
    <message>
        <source>{1} has {2} scans, more than any camera writes.</source>
        <translation>{1} hat {2} Durchgänge, mehr als jede Kamera schreibt.</translation>
    </message>
    <message>
        <source>{1} holds a file named .nosearch.</source>
        <translation>{1} enthält eine Datei namens .nosearch.</translation>
    </message>
    <message>
        <source>{1} holds at most {2} pixels a side; this is {3} × {4}.</source>
        <translation>{1} fasst höchstens {2} Pixel je Seite; dieses Bild hat {3} × {4}.</translation>
    </message>
    <message>
        <source>{1} holds no {2}, so it is no exported pipeline.</source>
        <translation>In {1} ist kein {2}, also ist es keine exportierte Pipeline.</translation>
    </message>
    <message>
        <source>{1} is a HEIC picture, and the part that reads those is not installed.</source>
        <translation>{1} ist ein HEIC-Bild, und der Teil, der solche liest, ist nicht installiert.</translation>
    </message>
    <message>
        <source>{1} is a JPEG of a rare kind (lossless, or of 12 bits), which isn't read.</source>
        <translation>{1} ist ein seltenes JPEG (verlustfrei oder 12 Bit), das nicht gelesen wird.</translation>
    </message>
    <message>
        <source>{1} is a JPEG of {2} pixels, which isn't read.</source>
        <translation>{1} ist ein JPEG mit {2}-Pixeln, das nicht gelesen wird.</translation>
    </message>
    <message>
        <source>{1} is a TIFF of a rare kind ({2} bits, compression {3}), which isn't read.</source>
        <translation>{1} ist ein seltenes TIFF ({2} Bit, Kompression {3}), das nicht gelesen wird.</translation>
    </message>
    <message>
        <source>{1} is a TIFF of {2} pixels, which isn't read.</source>
        <translation>{1} ist ein TIFF mit {2}-Pixeln, das nicht gelesen wird.</translation>
    </message>
    <message>
        <source>{1} is a file system of the kernel.</source>
        <translation>{1} ist ein Dateisystem des Kernels.</translation>
    </message>
    <message>
        <source>{1} is a file system of the kernel: {2}.</source>
        <translation>{1} ist ein Dateisystem des Kernels: {2}.</translation>
    </message>
    <message>
        <source>{1} is a folder.</source>
        <translation>{1} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{1} is a folder; the index holds {2} files of it.</source>
        <translation>{1} ist ein Ordner; der Index enthält {2} Dateien daraus.</translation>
    </message>
    <message>
        <source>{1} is a link, and links are not followed.</source>
        <translation>{1} ist ein Verweis, und Verweisen wird nicht gefolgt.</translation>
    </message>
    <message>
        <source>{1} is a part of Homespun.</source>
        <translation>{1} ist ein Teil von Homespun.</translation>
    </message>
    <message>
        <source>{1} is a pipe, a socket or a device, not a file.</source>
        <translation>{1} ist eine Pipe, ein Socket oder ein Gerät, keine Datei.</translation>
    </message>
    <message>
        <source>{1} is a place for keys and passwords.</source>
        <translation>{1} ist ein Ort für Schlüssel und Passwörter.</translation>
    </message>
    <message>
        <source>{1} is a place or a file for keys and passwords ({2}).</source>
        <translation>{1} ist ein Ort oder eine Datei für Schlüssel und Passwörter ({2}).</translation>
    </message>
    <message>
        <source>{1} is a place or a file for keys and passwords.</source>
        <translation>{1} ist ein Ort oder eine Datei für Schlüssel und Passwörter.</translation>
    </message>
    <message>
        <source>{1} is a program; opening it would run it.</source>
        <translation>{1} ist ein Programm; beim Öffnen würde es ausgeführt.</translation>
    </message>
    <message>
        <source>{1} is already indexed.</source>
        <translation>{1} wird schon gelesen.</translation>
    </message>
    <message>
        <source>{1} is busy or broken (status {2}).</source>
        <translation>{1} ist überlastet oder gestört (Status {2}).</translation>
    </message>
    <message>
        <source>{1} is damaged: its sha256 is {2}….</source>
        <translation>{1} ist beschädigt: Der SHA-256 ist {2}….</translation>
    </message>
    <message>
        <source>{1} is damaged: {2}.</source>
        <translation>{1} ist beschädigt: {2}.</translation>
    </message>
    <message>
        <source>{1} is empty.</source>
        <translation>{1} ist leer.</translation>
    </message>
    <message>
        <source>{1} is gone.</source>
        <translation>{1} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{1} is hidden.</source>
        <translation>{1} ist versteckt.</translation>
    </message>
    <message>
        <source>{1} is in no folder of the index.</source>
        <translation>{1} liegt in keinem Ordner des Index.</translation>
    </message>
    <message>
        <source>{1} is in none of the folders you chose.</source>
        <translation>{1} liegt in keinem der Ordner, die du gewählt hast.</translation>
    </message>
    <message>
        <source>{1} is in the cloud, not on this computer.</source>
        <translation>{1} liegt in der Cloud, nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>{1} is in the cloud, not on this computer: {2}.</source>
        <translation>{1} liegt in der Cloud, nicht auf diesem Computer: {2!}.</translation>
    </message>
    <message>
        <source>{1} is in the index and can be found by its name.</source>
        <translation>{1} ist im Index und am Namen zu finden.</translation>
    </message>
    <message>
        <source>{1} is in the index and can be found.</source>
        <translation>{1} ist im Index und zu finden.</translation>
    </message>
    <message>
        <source>{1} is left out as a build product: it stands beside {2}.</source>
        <translation>{1} wird als Ergebnis eines Builds ausgelassen: Es liegt neben {2}.</translation>
    </message>
    <message>
        <source>{1} is left out by .gitignore line {2} ({3}) in {4}.</source>
        <translation>{1} wird ausgelassen: .gitignore, Zeile {2} ({3}) in {4}.</translation>
    </message>
    <message>
        <source>{1} is left out by .homespunignore line {2} ({3}) in {4}.</source>
        <translation>{1} wird ausgelassen: .homespunignore, Zeile {2} ({3}) in {4}.</translation>
    </message>
    <message>
        <source>{1} is left out by default, as a cache, a package or a file of a system ({2}).</source>
        <translation>{1} wird von Haus aus ausgelassen, als Cache, Paket oder Datei eines Systems ({2}).</translation>
    </message>
    <message>
        <source>{1} is left out by default, as a cache, a package or a file of a system.</source>
        <translation>{1} wird von Haus aus ausgelassen, als Cache, Paket oder Datei eines Systems.</translation>
    </message>
    <message>
        <source>{1} is left out by default, as a cache, a package or a file of a system: {2}.</source>
        <translation>{1} wird von Haus aus ausgelassen, als Cache, Paket oder Datei eines Systems: {2!}.</translation>
    </message>
    <message>
        <source>{1} is left out by pattern {2} of the setting index.exclude ({3}).</source>
        <translation>{1} wird ausgelassen: Muster {2} der Einstellung index.exclude ({3}).</translation>
    </message>
    <message>
        <source>{1} is made on this computer from downloaded weights, and the tools for that are not here.</source>
        <translation>{1} wird auf diesem Rechner aus geladenen Gewichten hergestellt, und das Werkzeug dafür ist nicht hier.</translation>
    </message>
    <message>
        <source>{1} is new since the last run.</source>
        <translation>{1} ist seit dem letzten Lesen neu.</translation>
    </message>
    <message>
        <source>{1} is new; its folder was not looked at yet.</source>
        <translation>{1} ist neu; der Ordner wurde noch nicht durchgesehen.</translation>
    </message>
    <message>
        <source>{1} is no address for updates.</source>
        <translation>{1} ist keine Adresse für neue Versionen.</translation>
    </message>
    <message>
        <source>{1} is no longer a folder; what the index knows of it is kept.</source>
        <translation>{1} ist kein Ordner mehr; was der Index davon kennt, bleibt.</translation>
    </message>
    <message>
        <source>{1} is no picture that Homespun reads.</source>
        <translation>{1} ist kein Bild, das Homespun liest.</translation>
    </message>
    <message>
        <source>{1} is not TOML: {2}.</source>
        <translation>{1} ist kein TOML: {2}.</translation>
    </message>
    <message>
        <source>{1} is not UTF-8 text.</source>
        <translation>{1} ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>{1} is not a Homespun index.</source>
        <translation>{1} ist kein Index von Homespun.</translation>
    </message>
    <message>
        <source>{1} is not a file.</source>
        <translation>{1} ist keine Datei.</translation>
    </message>
    <message>
        <source>{1} is not a folder of the index.</source>
        <translation>{1} ist kein Ordner des Index.</translation>
    </message>
    <message>
        <source>{1} is not a folder.</source>
        <translation>{1} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{1} is not on this computer.</source>
        <translation>{1} ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>{1} is not on this computer. A download would be {2}</source>
        <translation>{1} ist nicht auf diesem Rechner. Ein Download wäre {2}</translation>
    </message>
    <message>
        <source>{1} is not open.</source>
        <translation>{1} ist nicht offen.</translation>
    </message>
    <message>
        <source>{1} is not the file that it should be: its sha256 is {2}…, not {3}….</source>
        <translation>{1} ist nicht die richtige Datei: Ihre sha256 ist {2}…, nicht {3}….</translation>
    </message>
    <message>
        <source>{1} is not there now; what the index knows of it is kept.</source>
        <translation>{1} ist gerade nicht da; was der Index davon kennt, bleibt.</translation>
    </message>
    <message>
        <source>{1} is not there.</source>
        <translation>{1} gibt es nicht.</translation>
    </message>
    <message>
        <source>{1} is not used: it did not answer in time, and its process was ended. A newer driver may help; it is then tried again by itself.</source>
        <translation>{1} wird nicht verwendet: Es hat nicht rechtzeitig geantwortet und wurde beendet. Ein neuerer Treiber kann helfen; dann wird es von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>{1} is not used: it ended with an error that Homespun doesn't know. `homespun doctor --report` writes down what it said.</source>
        <translation>{1} wird nicht verwendet: Es endete mit einem Fehler, den Homespun nicht kennt. „Untersuchen“ unter „Geräte“ sagt mehr.</translation>
    </message>
    <message>
        <source>{1} is not used: it failed before, and is left alone for now.</source>
        <translation>{1} wird nicht verwendet: Es ist vorher ausgefallen und bleibt vorerst in Ruhe.</translation>
    </message>
    <message>
        <source>{1} is not used: it gives other results than the CPU. It is not used until its driver or the model changes.</source>
        <translation>{1} wird nicht verwendet: Sein Ergebnis weicht von dem des Prozessors ab. Das bleibt so, bis sich der Treiber oder das Modell ändert.</translation>
    </message>
    <message>
        <source>{1} is not used: it has not enough memory free for this model. Close other programs that use it.</source>
        <translation>{1} wird nicht verwendet: Es hat für dieses Modell zu wenig Speicher frei. Schließe andere Programme, die es benutzen.</translation>
    </message>
    <message>
        <source>{1} is not used: it is no quicker than the CPU.</source>
        <translation>{1} wird nicht verwendet: Es ist nicht schneller als der Prozessor.</translation>
    </message>
    <message>
        <source>{1} is not used: it runs models at fixed sizes only, and this one leaves a size open. The CPU runs it.</source>
        <translation>{1} wird nicht verwendet: Es rechnet nur mit festen Größen, und dieses Modell lässt eine offen. Der Prozessor übernimmt es.</translation>
    </message>
    <message>
        <source>{1} is not used: it takes the model without complaint, and then leaves all of the work to the CPU. It is tried again when its driver, its package or the model changes.</source>
        <translation>{1} wird nicht verwendet: Es nimmt das Modell an und lässt dann doch alles den Prozessor tun. Es wird wieder versucht, wenn sich Treiber, Paket oder Modell ändern.</translation>
    </message>
    <message>
        <source>{1} is not used: it was never tried with this model. `homespun probe` tries it now.</source>
        <translation>{1} wird nicht verwendet: Es wurde mit diesem Modell noch nie erprobt. Erprobe es unter „Geräte“.</translation>
    </message>
    <message>
        <source>{1} is not used: it would do only a part of the work, and the copies to the CPU and back cost more than that saves.</source>
        <translation>{1} wird nicht verwendet: Es würde nur einen Teil der Arbeit tun, und die Kopien zum Prozessor und zurück kosten mehr, als das spart.</translation>
    </message>
    <message>
        <source>{1} is not used: its compiler could not translate this model. It is tried again when its driver or its package changes.</source>
        <translation>{1} wird nicht verwendet: Sein Übersetzer kam mit diesem Modell nicht zurecht. Es wird wieder versucht, wenn sich Treiber oder Paket ändern.</translation>
    </message>
    <message>
        <source>{1} is not used: its driver crashed, in a process of its own, so that nothing else was harmed. A newer driver may help; it is then tried again by itself.</source>
        <translation>{1} wird nicht verwendet: Sein Treiber ist abgestürzt; sonst kam nichts zu Schaden. Ein neuerer Treiber kann helfen; dann wird es von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>{1} is not used: its driver lost it in the middle of the work. If that happens often, look for a newer driver.</source>
        <translation>{1} wird nicht verwendet: Sein Treiber hat es mitten in der Arbeit verloren. Passiert das oft, such einen neueren Treiber.</translation>
    </message>
    <message>
        <source>{1} is not used: its library can't be loaded, or does not fit this runtime. `homespun doctor` tells which version would fit.</source>
        <translation>{1} wird nicht verwendet: Seine Bibliothek lässt sich nicht laden oder passt nicht. „Untersuchen“ unter „Geräte“ sagt, welche Version passt.</translation>
    </message>
    <message>
        <source>{1} is not used: its library does not find the part that talks to the hardware. Installing its package again may help.</source>
        <translation>{1} wird nicht verwendet: Seine Bibliothek findet den Teil nicht, der mit der Hardware spricht. Es kann helfen, sein Paket neu zu installieren.</translation>
    </message>
    <message>
        <source>{1} is not used: its library is here, but finds no such hardware, or no driver for it. A newer driver may help.</source>
        <translation>{1} wird nicht verwendet: Seine Bibliothek findet solche Hardware nicht, oder keinen Treiber dafür. Ein neuerer Treiber kann helfen.</translation>
    </message>
    <message>
        <source>{1} is not used: nothing tells which part of the work it would really do. It is tried again when its package changes.</source>
        <translation>{1} wird nicht verwendet: Nichts verrät, welchen Teil der Arbeit es wirklich täte. Es wird wieder versucht, wenn sich das Paket ändert.</translation>
    </message>
    <message>
        <source>{1} is not used: two runtimes are installed over each other, so nobody can tell which one would run. `homespun doctor` tells how to mend that.</source>
        <translation>{1} wird nicht verwendet: Zwei Laufzeiten sind übereinander installiert, und niemand weiß, welche liefe. „Untersuchen“ unter „Geräte“ sagt, wie sich das beheben lässt.</translation>
    </message>
    <message>
        <source>{1} is not used: what was compiled for it earlier does not fit any more. It is compiled anew the next time.</source>
        <translation>{1} wird nicht verwendet: Was früher dafür übersetzt wurde, passt nicht mehr. Beim nächsten Mal wird es neu übersetzt.</translation>
    </message>
    <message>
        <source>{1} is on another computer.</source>
        <translation>{1} liegt auf einem anderen Computer.</translation>
    </message>
    <message>
        <source>{1} is on another computer: reading it takes longer, changes are noticed only by looking again, and while it is not connected its files are kept in the index as they were.</source>
        <translation>{1} liegt auf einem anderen Computer: Das Lesen dauert länger, Änderungen fallen erst beim Nachsehen auf, und solange er nicht verbunden ist, bleiben seine Dateien im Index, wie sie waren.</translation>
    </message>
    <message>
        <source>{1} is on another computer: {2}.</source>
        <translation>{1} liegt auf einem anderen Computer: {2}.</translation>
    </message>
    <message>
        <source>{1} is the whole system.</source>
        <translation>{1} ist das ganze System.</translation>
    </message>
    <message>
        <source>{1} is there already.</source>
        <translation>{1} gibt es schon.</translation>
    </message>
    <message>
        <source>{1} is too large for a glance.</source>
        <translation>{1} ist zu groß für einen kurzen Blick.</translation>
    </message>
    <message>
        <source>{1} is too slow.</source>
        <translation>{1} ist zu langsam.</translation>
    </message>
    <message>
        <source>{1} is where Homespun keeps its own files.</source>
        <translation>In {1} hält Homespun seine eigenen Dateien.</translation>
    </message>
    <message>
        <source>{1} is {2} GB.</source>
        <translation>{1} ist {2} GB groß.</translation>
    </message>
    <message>
        <source>{1} is {2} × {3}, and the picture is {4} × {5}.</source>
        <translation>{1} hat {2} × {3} Pixel, das Bild {4} × {5}.</translation>
    </message>
    <message>
        <source>{1} is, or goes through, a link: {2} is what gets indexed.</source>
        <translation>{1} ist ein Verweis oder führt über einen: In den Index kommt {2}.</translation>
    </message>
    <message>
        <source>{1} isn't what {2} says: {3}.</source>
        <translation>{1} ist nicht, was {2} sagt: {3}.</translation>
    </message>
    <message>
        <source>{1} lacks some of Homespun's entries.</source>
        <translation>In {1} fehlen einige Einträge von Homespun.</translation>
    </message>
    <message>
        <source>{1} lies inside and becomes part of it; nothing of it is read again.</source>
        <translation>{1} liegt darin und gehört jetzt dazu; nichts davon wird noch einmal gelesen.</translation>
    </message>
    <message>
        <source>{1} lies inside {2}, which is already indexed.</source>
        <translation>{1} liegt in {2}, das schon gelesen wird.</translation>
    </message>
    <message>
        <source>{1} lies where several programs can't share a file safely (a network share, most likely).</source>
        <translation>{1} liegt, wo mehrere Programme eine Datei nicht sicher teilen können (vermutlich ein Netzlaufwerk).</translation>
    </message>
    <message>
        <source>{1} needs {2}, and {3} has {4} free.</source>
        <translation>{1} braucht {2}, und {3} hat {4} frei.</translation>
    </message>
    <message>
        <source>{1} says that it is {2} × {3} pixels, which would take {4} of memory.</source>
        <translation>{1} gibt {2} × {3} Pixel an; das wären {4} Speicher.</translation>
    </message>
    <message>
        <source>{1} says that it is {2} × {3} pixels.</source>
        <translation>{1} gibt {2} × {3} Pixel an.</translation>
    </message>
    <message>
        <source>{1} sends more than it should.</source>
        <translation>{1} schickt mehr, als es sollte.</translation>
    </message>
    <message>
        <source>{1} sends us on to {2}, which nobody agreed to.</source>
        <translation>{1} schickt uns weiter zu {2}; dem hat niemand zugestimmt.</translation>
    </message>
    <message>
        <source>{1} sends us to {2}, which is not encrypted.</source>
        <translation>{1} schickt uns zu {2}, und das ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>{1} shows an older day than before, so its answer is not used.</source>
        <translation>{1} zeigt einen älteren Stand als zuvor, deshalb wird die Antwort nicht benutzt.</translation>
    </message>
    <message>
        <source>{1} steps are too many: this way of sampling knows {2}.</source>
        <translation>{1} Schritte sind zu viele: Dieses Verfahren kennt {2}.</translation>
    </message>
    <message>
        <source>{1} steps can't be laid over the {2} that this pipeline was trained on.</source>
        <translation>{1} Schritte lassen sich nicht über die {2} legen, mit denen diese Pipeline angelernt wurde.</translation>
    </message>
    <message>
        <source>{1} steps make no picture.</source>
        <translation>{1} Schritte ergeben kein Bild.</translation>
    </message>
    <message>
        <source>{1} stopped in the middle of {2}.</source>
        <translation>{1} hörte mitten in {2} auf.</translation>
    </message>
    <message>
        <source>{1} tells no hash or size of {2}, so it can't be checked.</source>
        <translation>{1} nennt für {2} weder Prüfsumme noch Größe; es lässt sich nicht prüfen.</translation>
    </message>
    <message>
        <source>{1} was away for a moment.</source>
        <translation>{1} war einen Moment lang weg.</translation>
    </message>
    <message>
        <source>{1} was changed by another program since it was opened here.</source>
        <translation>{1} wurde von einem anderen Programm geändert, seit du es hier geöffnet hast.</translation>
    </message>
    <message>
        <source>{1} was changed meanwhile.</source>
        <translation>{1} wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>{1} was changed since Homespun wrote it, so it was left alone.</source>
        <translation>{1} wurde geändert, seit Homespun die Datei geschrieben hat, und blieb unverändert.</translation>
    </message>
    <message>
        <source>{1} was changed since Homespun wrote it.</source>
        <translation>{1} wurde geändert, seit Homespun die Datei geschrieben hat.</translation>
    </message>
    <message>
        <source>{1} was moved or deleted.</source>
        <translation>{1} wurde verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>{1} was there before and is not Homespun's, so it was left alone.</source>
        <translation>{1} war schon da, ist nicht von Homespun und blieb unverändert.</translation>
    </message>
    <message>
        <source>{1} was written by another version.</source>
        <translation>{1} wurde von einer anderen Version geschrieben.</translation>
    </message>
    <message>
        <source>{1} would be {2}, much more than the {3} you agreed to.</source>
        <translation>{1} wäre {2}, viel mehr als die {3}, denen du zugestimmt hast.</translation>
    </message>
    <message>
        <source>{1} would not go on with {2}.</source>
        <translation>{1} setzt {2} nicht fort.</translation>
    </message>
    <message>
        <source>{1} × {2} pixels is not smaller than {3} × {4}.</source>
        <translation>{1} × {2} Pixel sind nicht weniger als {3} × {4}.</translation>
    </message>
    <message>
        <source>{1}, line {2}, {3}: {4}</source>
        <translation>{1}, Zeile {2}, {3}: {4}</translation>
    </message>
    <message>
        <source>{1}, model {2}, key 'id': two models have this name.</source>
        <translation>{1}, Modell {2}, Schlüssel 'id': Zwei Modelle haben diesen Namen.</translation>
    </message>
    <message>
        <source>{1}, model {2}, key {3}: there is no model {4}.</source>
        <translation>{1}, Modell {2}, Schlüssel {3}: Ein Modell {4} gibt es nicht.</translation>
    </message>
    <message>
        <source>{1}: damaged</source>
        <translation>{1}: beschädigt</translation>
    </message>
    <message>
        <source>{1}: needs too much memory</source>
        <translation>{1!}: braucht zu viel Speicher</translation>
    </message>
    <message>
        <source>{1}: nested too deep</source>
        <translation>{1!}: zu tief verschachtelt</translation>
    </message>
    <message>
        <source>{1}: the reader failed ({2})</source>
        <translation>{1!}: das Lesen schlug fehl ({2})</translation>
    </message>
    <message>
        <source>{1}x{2} is more than {3} times the picture, which has {4}x{5} pixels.</source>
        <translation>{1} × {2} ist mehr als das {3}-Fache des Bildes, das {4} × {5} Pixel hat.</translation>
    </message>
    <message>
        <source>{1}x{2} is smaller than the picture, which has {3}x{4} pixels.</source>
        <translation>{1} × {2} ist kleiner als das Bild, das {3} × {4} Pixel hat.</translation>
    </message>
    <message>
        <source>{1}{2}, key {3}: {4}.</source>
        <translation>{1}{2}, Schlüssel {3}: {4}.</translation>
    </message>
    <message>
        <source>Give {1} a section of its own there.</source>
        <translation>Gib {1} dort einen eigenen Abschnitt.</translation>
    </message>
    <message>
        <source>Make it, or choose another place.</source>
        <translation>Leg ihn an, oder wähle einen anderen Ort.</translation>
    </message>
    <message>
        <source>The picture would become {1} × {2} pixels, and up to 40 million are made.</source>
        <translation>Das Bild hätte dann {1} × {2} Pixel; möglich sind bis zu 40 Millionen.</translation>
    </message>
    <message>
        <source>What was measured can't be written into {1} as it is laid out.</source>
        <translation>Das Gemessene lässt sich in {1} nicht eintragen, so wie die Datei aufgebaut ist.</translation>
    </message>
    <message>
        <source>{1}, line {2}: the number there is too long.</source>
        <translation>{1}, Zeile {2}: Die Zahl dort ist zu lang.</translation>
    </message>
</context>
</TS>
