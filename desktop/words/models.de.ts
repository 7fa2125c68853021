<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>models</name>
    <message id="models.about">
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message id="models.add">
        <source>Can be added</source>
        <translation>Kann dazukommen</translation>
    </message>
    <message id="models.amount">
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message id="models.ask_download">
        <source>Download {size} from {hosts}?</source>
        <translation>Jetzt {size} von {hosts} laden?</translation>
    </message>
    <message id="models.ask_download_more">
        <source>Licence {licence}. The file is checked before it is used. The server sees your internet address, and nothing else of you.</source>
        <translation>Lizenz {licence}. Die Datei wird geprüft, bevor sie genutzt wird. Der Server sieht deine Internetadresse, sonst nichts von dir.</translation>
    </message>
    <message id="models.ask_remove">
        <source>Remove “{name}”? That frees {size}.</source>
        <translation>„{name}“ löschen? Das macht {size} frei.</translation>
    </message>
    <message id="models.ask_remove_more">
        <source>You can add it again at any time.</source>
        <translation>Du kannst es jederzeit wieder hinzufügen.</translation>
    </message>
    <message id="models.bring_again">
        <source>Try again</source>
        <translation>Noch einmal laden</translation>
    </message>
    <message id="models.bundled_broken">
        <source>It comes with Homespun, but its files are missing or broken.</source>
        <translation>Es kommt mit Homespun, aber seine Dateien fehlen oder sind kaputt.</translation>
    </message>
    <message id="models.bundled_broken_todo">
        <source>Install Homespun again.</source>
        <translation>Installiere Homespun neu.</translation>
    </message>
    <message id="models.checked" numerus="yes">
        <source>Checked just now: all {count} files are as they should be.</source>
        <translation>
            <numerusform>Eben geprüft: die Datei ist, wie sie sein soll.</numerusform>
            <numerusform>Eben geprüft: alle {count} Dateien sind, wie sie sein sollen.</numerusform>
        </translation>
    </message>
    <message id="models.checking">
        <source>Checking the files</source>
        <translation>Dateien werden geprüft</translation>
    </message>
    <message id="models.choose_folder">
        <source>Folder with models</source>
        <translation>Ordner mit Modellen</translation>
    </message>
    <message id="models.comes_with">
        <source>comes with Homespun</source>
        <translation>kommt mit Homespun</translation>
    </message>
    <message id="models.damaged" numerus="yes">
        <source>{count} files are not as they should be. Bring them again.</source>
        <translation>
            <numerusform>Eine Datei ist nicht, wie sie sein soll. Hol sie noch einmal.</numerusform>
            <numerusform>{count} Dateien sind nicht, wie sie sein sollen. Hol sie noch einmal.</numerusform>
        </translation>
    </message>
    <message id="models.damaged_bundled" numerus="yes">
        <source>{count} files are not as they should be. Install Homespun again.</source>
        <translation>
            <numerusform>Eine Datei ist nicht, wie sie sein soll. Installiere Homespun neu.</numerusform>
            <numerusform>{count} Dateien sind nicht, wie sie sein sollen. Installiere Homespun neu.</numerusform>
        </translation>
    </message>
    <message id="models.download">
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message id="models.download_size">
        <source>Download {size}</source>
        <translation>{size} laden</translation>
    </message>
    <message id="models.drop_part">
        <source>Delete this part</source>
        <translation>Diesen Teil löschen</translation>
    </message>
    <message id="models.e5">
        <source>Search by meaning, about 100 languages</source>
        <translation>Nach Bedeutung suchen, rund 100 Sprachen</translation>
    </message>
    <message id="models.e5_gives">
        <source>Finds files by what they say in German, French, Chinese and many more.</source>
        <translation>Findet Dateien nach dem, was sie sagen: auf Deutsch, Französisch, Chinesisch und vielen mehr.</translation>
    </message>
    <message id="models.erase_best">
        <source>Erase best, fill by words</source>
        <translation>Am besten entfernen, mit Worten füllen</translation>
    </message>
    <message id="models.erase_best_gives">
        <source>Paints what you describe into a place of the picture, and what an erased thing hid; the quality “Best”. It is made on this computer, which takes a while.</source>
        <translation>Malt, was du beschreibst, an eine Stelle im Bild, und was etwas Entferntes verdeckt hat; die Qualität „Am besten“. Es wird auf diesem Rechner hergestellt, und das dauert.</translation>
    </message>
    <message id="models.faithful">
        <source>Enlarge, true to the picture</source>
        <translation>Vergrößern, dem Bild treu</translation>
    </message>
    <message id="models.faithful_gives">
        <source>Makes good pictures two or four times as large and invents nothing.</source>
        <translation>Macht gute Bilder zwei- oder viermal so groß und erfindet nichts.</translation>
    </message>
    <message id="models.free">
        <source>{free} free on the disk</source>
        <translation>{free} frei auf der Festplatte</translation>
    </message>
    <message id="models.from">
        <source>from {hosts}</source>
        <translation>von {hosts}</translation>
    </message>
    <message id="models.from_folder">
        <source>Add from a folder…</source>
        <translation>Aus einem Ordner hinzufügen …</translation>
    </message>
    <message id="models.from_mirror">
        <source>Add from your folder</source>
        <translation>Aus deinem Ordner holen</translation>
    </message>
    <message id="models.go_on">
        <source>Go on</source>
        <translation>Weiterladen</translation>
    </message>
    <message id="models.heading">
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message id="models.here">
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message id="models.hide_later">
        <source>Show fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message id="models.in_use">
        <source>Something else works on it or uses it now. Try again in a moment.</source>
        <translation>Etwas anderes arbeitet gerade daran. Versuch es gleich noch einmal.</translation>
    </message>
    <message id="models.keep">
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message id="models.lama">
        <source>Erase from pictures, best</source>
        <translation>Aus Bildern entfernen, am besten</translation>
    </message>
    <message id="models.lama_gives">
        <source>For large holes and regular patterns. Slower; the quality “Best”.</source>
        <translation>Für große Löcher und regelmäßige Muster. Langsamer; die Qualität „Am besten“.</translation>
    </message>
    <message id="models.later">
        <source>Not used yet</source>
        <translation>Noch nicht genutzt</translation>
    </message>
    <message id="models.later_note">
        <source>Homespun can fetch these, but nothing in it uses them yet.</source>
        <translation>Homespun kann diese holen, aber noch nutzt es sie nirgends.</translation>
    </message>
    <message id="models.lcm">
        <source>Fill by words, quicker</source>
        <translation>Mit Worten füllen, schneller</translation>
    </message>
    <message id="models.lcm_gives">
        <source>Makes filling by words take 4 to 8 steps. Needs “Fill by words”.</source>
        <translation>Füllt mit Worten in 4 bis 8 Schritten. Braucht „Mit Worten füllen“.</translation>
    </message>
    <message id="models.lead">
        <source>Each gives Homespun an ability. Some come with it; others are added once you say so, and work without internet from then on.</source>
        <translation>Jedes gibt Homespun eine Fähigkeit. Einige sind dabei; andere kommen erst dazu, wenn du zustimmst, und arbeiten dann ohne Internet.</translation>
    </message>
    <message id="models.licence">
        <source>licence {licence}</source>
        <translation>Lizenz {licence}</translation>
    </message>
    <message id="models.looking_in">
        <source>Looking in “{folder}”</source>
        <translation>„{folder}“ wird durchgesehen</translation>
    </message>
    <message id="models.migan">
        <source>Erase from pictures, better</source>
        <translation>Aus Bildern entfernen, besser</translation>
    </message>
    <message id="models.migan_gives">
        <source>Fills what you paint over with what could be behind it, in a moment. The quality “Better”.</source>
        <translation>Füllt, was du übermalst, im Nu mit dem, was dahinter sein könnte. Die Qualität „Besser“.</translation>
    </message>
    <message id="models.minilm">
        <source>Search by meaning, English</source>
        <translation>Nach Bedeutung suchen, Englisch</translation>
    </message>
    <message id="models.minilm_gives">
        <source>Finds files by what they say, not only by the words in them.</source>
        <translation>Findet Dateien nach dem, was sie sagen, nicht nur nach ihren Wörtern.</translation>
    </message>
    <message id="models.minutes_left" numerus="yes">
        <source>about {count} min left</source>
        <translation>
            <numerusform>noch etwa {count} min</numerusform>
            <numerusform>noch etwa {count} min</numerusform>
        </translation>
    </message>
    <message id="models.no_consent">
        <source>Nothing was downloaded.</source>
        <translation>Nichts wurde geladen.</translation>
    </message>
    <message id="models.no_network">
        <source>The download broke off. What has come is kept; try again once you are online.</source>
        <translation>Der Download ist abgebrochen. Was schon da ist, bleibt; versuch es noch einmal, wenn du online bist.</translation>
    </message>
    <message id="models.no_permission">
        <source>The folder for models can’t be written.</source>
        <translation>In den Ordner für Modelle kann nicht geschrieben werden.</translation>
    </message>
    <message id="models.no_space">
        <source>The disk is full. What has come is kept; make room and go on.</source>
        <translation>Die Festplatte ist voll. Was schon da ist, bleibt; mach Platz und lade weiter.</translation>
    </message>
    <message id="models.not_given">
        <source>Its licence doesn’t let Homespun hand it on. Get it yourself and add it from a folder.</source>
        <translation>Die Lizenz lässt nicht zu, dass Homespun es weitergibt. Besorg es selbst und füg es aus einem Ordner hinzu.</translation>
    </message>
    <message id="models.not_now">
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message id="models.not_there">
        <source>It is not where it was looked for.</source>
        <translation>Es ist nicht dort, wo danach gesucht wurde.</translation>
    </message>
    <message id="models.ocr">
        <source>Read text in pictures</source>
        <translation>Text in Bildern lesen</translation>
    </message>
    <message id="models.ocr_gives">
        <source>Finds photos and scans by the words in them.</source>
        <translation>Findet Fotos und Scans nach den Wörtern darin.</translation>
    </message>
    <message id="models.partly">
        <source>Paused: {done} of {total} are here.</source>
        <translation>Pausiert: {done} von {total} sind da.</translation>
    </message>
    <message id="models.pause">
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message id="models.progress">
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message id="models.ready">
        <source>Ready. It works without internet from now on.</source>
        <translation>Fertig. Es arbeitet ab jetzt ohne Internet.</translation>
    </message>
    <message id="models.realesr">
        <source>Enlarge noisy photos</source>
        <translation>Verrauschte Fotos vergrößern</translation>
    </message>
    <message id="models.realesr_gives">
        <source>Makes photos four times as large and takes out noise.</source>
        <translation>Macht Fotos viermal so groß und nimmt das Rauschen heraus.</translation>
    </message>
    <message id="models.remove">
        <source>Remove</source>
        <translation>Löschen</translation>
    </message>
    <message id="models.removed">
        <source>Removed. {size} are free again.</source>
        <translation>Gelöscht. {size} sind wieder frei.</translation>
    </message>
    <message id="models.removing">
        <source>Removing</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message id="models.restore">
        <source>Enlarge, for phone and web pictures</source>
        <translation>Vergrößern, für Handy- und Webbilder</translation>
    </message>
    <message id="models.restore_gives">
        <source>Makes small, grainy or blurred pictures larger and cleaner.</source>
        <translation>Macht kleine, körnige oder unscharfe Bilder größer und sauberer.</translation>
    </message>
    <message id="models.sam">
        <source>Select by a click</source>
        <translation>Mit einem Klick auswählen</translation>
    </message>
    <message id="models.sam_gives">
        <source>Click on a thing or draw a box around it, and it is selected to its edge.</source>
        <translation>Klick auf ein Ding oder zieh einen Rahmen darum, und es ist bis an den Rand ausgewählt.</translation>
    </message>
    <message id="models.sd">
        <source>Fill by words</source>
        <translation>Mit Worten füllen</translation>
    </message>
    <message id="models.sd_gives">
        <source>Paints what you describe into a place of the picture.</source>
        <translation>Malt, was du beschreibst, an eine Stelle im Bild.</translation>
    </message>
    <message id="models.seconds_left" numerus="yes">
        <source>about {count} s left</source>
        <translation>
            <numerusform>noch etwa {count} s</numerusform>
            <numerusform>noch etwa {count} s</numerusform>
        </translation>
    </message>
    <message id="models.shelf_all_here">
        <source>Every model in this folder is here already.</source>
        <translation>Alle Modelle in diesem Ordner sind schon da.</translation>
    </message>
    <message id="models.shelf_empty">
        <source>There is no model in this folder. It needs one folder for each model, as in the models folder of another computer.</source>
        <translation>In diesem Ordner ist kein Modell. Er braucht je Modell einen Ordner, wie der Modellordner eines anderen Computers.</translation>
    </message>
    <message id="models.show_later" numerus="yes">
        <source>Show {count} more</source>
        <translation>
            <numerusform>{count} weiteres zeigen</numerusform>
            <numerusform>{count} weitere zeigen</numerusform>
        </translation>
    </message>
    <message id="models.size_unknown">
        <source>size told when it is fetched</source>
        <translation>Größe wird beim Holen genannt</translation>
    </message>
    <message id="models.speed">
        <source>{speed} a second</source>
        <translation>{speed} pro Sekunde</translation>
    </message>
    <message id="models.stalled">
        <source>the server is silent</source>
        <translation>der Server schweigt</translation>
    </message>
    <message id="models.stopping">
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message id="models.switched_off">
        <source>Downloads are switched off in Settings.</source>
        <translation>Downloads sind in den Einstellungen abgeschaltet.</translation>
    </message>
    <message id="models.taken">
        <source>Added models take {taken}, {free} free on the disk</source>
        <translation>Hinzugefügte Modelle belegen {taken}, {free} frei auf der Festplatte</translation>
    </message>
    <message id="models.terms">
        <source>Terms: {terms}</source>
        <translation>Bedingungen: {terms}</translation>
    </message>
    <message id="models.tinyclip">
        <source>Search pictures by what they show</source>
        <translation>Bilder nach ihrem Inhalt suchen</translation>
    </message>
    <message id="models.tinyclip_gives">
        <source>Finds “the cat on a blanket” without anybody naming the picture so.</source>
        <translation>Findet „die Katze auf der Decke“, ohne dass das Bild so heißt.</translation>
    </message>
    <message id="models.to_settings">
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message id="models.verify">
        <source>Check files</source>
        <translation>Dateien prüfen</translation>
    </message>
    <message id="models.waiting">
        <source>Waiting for its turn</source>
        <translation>Wartet, bis es dran ist</translation>
    </message>
    <message id="models.wrong_file">
        <source>The file that came is not the one promised. It was deleted. Try again later.</source>
        <translation>Die Datei ist nicht die versprochene. Sie wurde gelöscht. Versuch es später noch einmal.</translation>
    </message>
</context>
</TS>
