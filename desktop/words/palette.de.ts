<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>palette</name>
    <message id="palette.actions">
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message id="palette.actions_for">
        <source>Actions for {name}</source>
        <translation>Aktionen für {name}</translation>
    </message>
    <message id="palette.adopt">
        <source>Search “{name}” from now on</source>
        <translation>„{name}“ ab jetzt durchsuchen</translation>
    </message>
    <message id="palette.adopt_more">
        <source>It is read once, and only on this computer</source>
        <translation>Er wird einmal gelesen, und nur auf diesem Computer</translation>
    </message>
    <message id="palette.adopting">
        <source>“{name}” is being read.</source>
        <translation>„{name}“ wird gelesen.</translation>
    </message>
    <message id="palette.by_date">
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message id="palette.by_folder">
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message id="palette.by_kind">
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message id="palette.by_meaning">
        <source>meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message id="palette.by_name">
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message id="palette.by_words">
        <source>words</source>
        <translation>Wörter</translation>
    </message>
    <message id="palette.chip_exclusion">
        <source>Without “{word}”</source>
        <translation>Ohne „{word}“</translation>
    </message>
    <message id="palette.chip_folder">
        <source>In {name}</source>
        <translation>In {name}</translation>
    </message>
    <message id="palette.chip_over">
        <source>Over {size}</source>
        <translation>Über {size}</translation>
    </message>
    <message id="palette.chip_remove">
        <source>{words}, press Delete to search without it</source>
        <translation>{words}, Entf sucht ohne</translation>
    </message>
    <message id="palette.chip_under">
        <source>Under {size}</source>
        <translation>Unter {size}</translation>
    </message>
    <message id="palette.choose">
        <source>Choose folders to search</source>
        <translation>Ordner zum Durchsuchen wählen</translation>
    </message>
    <message id="palette.choose_more">
        <source>Only these are read, and only on this computer</source>
        <translation>Nur diese werden gelesen, nur auf diesem Computer</translation>
    </message>
    <message id="palette.copied">
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message id="palette.copy">
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message id="palette.copy_path">
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message id="palette.damaged">
        <source>The index can’t be read, so nothing can be searched. Your files are fine.</source>
        <translation>Der Index ist nicht lesbar, darum geht die Suche nicht. Deinen Dateien fehlt nichts.</translation>
    </message>
    <message id="palette.day">
        <source>{day} {month}</source>
        <translation>{day}. {month}</translation>
    </message>
    <message id="palette.day_year">
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message id="palette.do_this">
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message id="palette.empty_in">
        <source>Nothing in “{name}” has been read.</source>
        <translation>Aus „{name}“ ist nichts gelesen.</translation>
    </message>
    <message id="palette.enlarge">
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message id="palette.enlarge_from">
        <source>Enlarge a picture…</source>
        <translation>Ein Bild vergrößern …</translation>
    </message>
    <message id="palette.enlarge_more">
        <source>Two or four times as large, with detail</source>
        <translation>Zwei- oder viermal so groß, mit Details</translation>
    </message>
    <message id="palette.erase">
        <source>Erase something</source>
        <translation>Etwas entfernen</translation>
    </message>
    <message id="palette.erase_from">
        <source>Erase something from a picture…</source>
        <translation>Etwas aus einem Bild entfernen …</translation>
    </message>
    <message id="palette.erase_more">
        <source>Paint over it, and it is gone</source>
        <translation>Übermalen, und es ist weg</translation>
    </message>
    <message id="palette.everything">
        <source>All your files</source>
        <translation>Alle deine Dateien</translation>
    </message>
    <message id="palette.fact_author">
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message id="palette.fact_changed">
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message id="palette.fact_folder">
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message id="palette.fact_found">
        <source>Found by</source>
        <translation>Gefunden</translation>
    </message>
    <message id="palette.fact_from">
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message id="palette.fact_kind">
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message id="palette.fact_sent">
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message id="palette.fact_size">
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message id="palette.fact_taken">
        <source>Taken</source>
        <translation>Aufnahme</translation>
    </message>
    <message id="palette.fill">
        <source>Fill by words</source>
        <translation>Mit Worten füllen</translation>
    </message>
    <message id="palette.fill_into">
        <source>Fill a place in a picture by words…</source>
        <translation>Eine Stelle im Bild mit Worten füllen …</translation>
    </message>
    <message id="palette.fill_more">
        <source>Say what should be there</source>
        <translation>Sag, was dort sein soll</translation>
    </message>
    <message id="palette.first_of">
        <source>First {shown} of {total}, {ms} ms, on this computer</source>
        <translation>Die ersten {shown} von {total}, {ms} ms, auf diesem Computer</translation>
    </message>
    <message id="palette.fits_date">
        <source>Date fits</source>
        <translation>Datum passt</translation>
    </message>
    <message id="palette.fits_folder">
        <source>Folder fits</source>
        <translation>Ordner passt</translation>
    </message>
    <message id="palette.fits_kind">
        <source>Kind fits</source>
        <translation>Art passt</translation>
    </message>
    <message id="palette.fits_meaning">
        <source>Meaning fits</source>
        <translation>Bedeutung passt</translation>
    </message>
    <message id="palette.fits_near">
        <source>Near in meaning, weak</source>
        <translation>Bedeutung entfernt ähnlich</translation>
    </message>
    <message id="palette.found">
        <source>{results}, {ms} ms, on this computer</source>
        <translation>{results}, {ms} ms, auf diesem Computer</translation>
    </message>
    <message id="palette.gone">
        <source>Moved or deleted</source>
        <translation>Verschoben oder gelöscht</translation>
    </message>
    <message id="palette.gone_long">
        <source>The file is not where it was.</source>
        <translation>Die Datei ist nicht mehr da, wo sie war.</translation>
    </message>
    <message id="palette.here">
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Computer</translation>
    </message>
    <message id="palette.kept_out">
        <source>“{name}” is left out of the search.</source>
        <translation>„{name}“ ist von der Suche ausgenommen.</translation>
    </message>
    <message id="palette.kind_archive" numerus="yes">
        <source>Archives</source>
        <translation>
            <numerusform>Archiv</numerusform>
            <numerusform>Archive</numerusform>
        </translation>
    </message>
    <message id="palette.kind_audio" numerus="yes">
        <source>Recordings</source>
        <translation>
            <numerusform>Tonaufnahme</numerusform>
            <numerusform>Tonaufnahmen</numerusform>
        </translation>
    </message>
    <message id="palette.kind_code" numerus="yes">
        <source>Code</source>
        <translation>
            <numerusform>Code</numerusform>
            <numerusform>Code</numerusform>
        </translation>
    </message>
    <message id="palette.kind_csv" numerus="yes">
        <source>CSV tables</source>
        <translation>
            <numerusform>CSV-Tabelle</numerusform>
            <numerusform>CSV-Tabellen</numerusform>
        </translation>
    </message>
    <message id="palette.kind_data" numerus="yes">
        <source>Data</source>
        <translation>
            <numerusform>Daten</numerusform>
            <numerusform>Daten</numerusform>
        </translation>
    </message>
    <message id="palette.kind_document" numerus="yes">
        <source>Documents</source>
        <translation>
            <numerusform>Dokument</numerusform>
            <numerusform>Dokumente</numerusform>
        </translation>
    </message>
    <message id="palette.kind_ebook" numerus="yes">
        <source>E-books</source>
        <translation>
            <numerusform>E-Book</numerusform>
            <numerusform>E-Books</numerusform>
        </translation>
    </message>
    <message id="palette.kind_mail" numerus="yes">
        <source>Mails</source>
        <translation>
            <numerusform>E-Mail</numerusform>
            <numerusform>E-Mails</numerusform>
        </translation>
    </message>
    <message id="palette.kind_note" numerus="yes">
        <source>Notes</source>
        <translation>
            <numerusform>Notiz</numerusform>
            <numerusform>Notizen</numerusform>
        </translation>
    </message>
    <message id="palette.kind_notebook" numerus="yes">
        <source>Notebooks</source>
        <translation>
            <numerusform>Notebook</numerusform>
            <numerusform>Notebooks</numerusform>
        </translation>
    </message>
    <message id="palette.kind_other" numerus="yes">
        <source>Files</source>
        <translation>
            <numerusform>Datei</numerusform>
            <numerusform>Dateien</numerusform>
        </translation>
    </message>
    <message id="palette.kind_pdf" numerus="yes">
        <source>PDFs</source>
        <translation>
            <numerusform>PDF</numerusform>
            <numerusform>PDFs</numerusform>
        </translation>
    </message>
    <message id="palette.kind_picture" numerus="yes">
        <source>Pictures</source>
        <translation>
            <numerusform>Bild</numerusform>
            <numerusform>Bilder</numerusform>
        </translation>
    </message>
    <message id="palette.kind_presentation" numerus="yes">
        <source>Presentations</source>
        <translation>
            <numerusform>Präsentation</numerusform>
            <numerusform>Präsentationen</numerusform>
        </translation>
    </message>
    <message id="palette.kind_screenshot" numerus="yes">
        <source>Screenshots</source>
        <translation>
            <numerusform>Bildschirmfoto</numerusform>
            <numerusform>Bildschirmfotos</numerusform>
        </translation>
    </message>
    <message id="palette.kind_spreadsheet" numerus="yes">
        <source>Spreadsheets</source>
        <translation>
            <numerusform>Tabelle</numerusform>
            <numerusform>Tabellen</numerusform>
        </translation>
    </message>
    <message id="palette.kind_text" numerus="yes">
        <source>Texts</source>
        <translation>
            <numerusform>Text</numerusform>
            <numerusform>Texte</numerusform>
        </translation>
    </message>
    <message id="palette.kind_video" numerus="yes">
        <source>Videos</source>
        <translation>
            <numerusform>Video</numerusform>
            <numerusform>Videos</numerusform>
        </translation>
    </message>
    <message id="palette.kind_web" numerus="yes">
        <source>Web pages</source>
        <translation>
            <numerusform>Webseite</numerusform>
            <numerusform>Webseiten</numerusform>
        </translation>
    </message>
    <message id="palette.leave_out">
        <source>Don’t search this folder</source>
        <translation>Diesen Ordner nicht durchsuchen</translation>
    </message>
    <message id="palette.left_out">
        <source>“{name}” is not searched any more.</source>
        <translation>„{name}“ wird nicht mehr durchsucht.</translation>
    </message>
    <message id="palette.like">
        <source>Like “{name}”</source>
        <translation>Wie „{name}“</translation>
    </message>
    <message id="palette.list">
        <source>Results</source>
        <translation>Treffer</translation>
    </message>
    <message id="palette.look_for">
        <source>Look for it</source>
        <translation>Danach suchen</translation>
    </message>
    <message id="palette.made_anew">
        <source>A new index is being made. The old one was kept beside it.</source>
        <translation>Ein neuer Index entsteht. Der alte liegt noch daneben.</translation>
    </message>
    <message id="palette.made_anew_empty">
        <source>There is a new index. Choose again which folders to search.</source>
        <translation>Es gibt einen neuen Index. Wähle noch einmal, welche Ordner durchsucht werden.</translation>
    </message>
    <message id="palette.months">
        <source>Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec</source>
        <translation>Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.</translation>
    </message>
    <message id="palette.no_files">
        <source>No files yet.</source>
        <translation>Noch keine Dateien.</translation>
    </message>
    <message id="palette.no_files_todo">
        <source>They appear here as they are read.</source>
        <translation>Sie erscheinen hier, sobald sie gelesen sind.</translation>
    </message>
    <message id="palette.not_read">
        <source>“{name}” is not searched yet</source>
        <translation>„{name}“ wird noch nicht durchsucht</translation>
    </message>
    <message id="palette.nothing">
        <source>Nothing found for “{text}”.</source>
        <translation>Nichts gefunden zu „{text}“.</translation>
    </message>
    <message id="palette.nothing_in">
        <source>Nothing found for “{text}” in “{name}”.</source>
        <translation>Nichts zu „{text}“ in „{name}“ gefunden.</translation>
    </message>
    <message id="palette.nothing_in_todo">
        <source>Take the folder away, and everything is searched.</source>
        <translation>Nimm den Ordner weg, dann wird alles durchsucht.</translation>
    </message>
    <message id="palette.nothing_like">
        <source>Nothing is like “{name}”.</source>
        <translation>Nichts ist wie „{name}“.</translation>
    </message>
    <message id="palette.nothing_like_todo">
        <source>Its text may not have been read yet.</source>
        <translation>Vielleicht wurde ihr Text noch nicht gelesen.</translation>
    </message>
    <message id="palette.nothing_todo">
        <source>Try fewer words, or other words for the same thing.</source>
        <translation>Versuch es mit weniger oder mit anderen Wörtern.</translation>
    </message>
    <message id="palette.only_near">
        <source>Nothing found for “{text}”. Nearest in meaning:</source>
        <translation>Nichts gefunden zu „{text}“. Der Bedeutung nach am nächsten:</translation>
    </message>
    <message id="palette.open">
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message id="palette.open_with">
        <source>Open with…</source>
        <translation>Öffnen mit …</translation>
    </message>
    <message id="palette.outside">
        <source>Nothing fits all of it. Close to it:</source>
        <translation>Nichts passt zu allem. Nahe dran:</translation>
    </message>
    <message id="palette.page_of">
        <source>Page {page} of {pages}</source>
        <translation>Seite {page} von {pages}</translation>
    </message>
    <message id="palette.pages" numerus="yes">
        <source>{count} pages</source>
        <translation>
            <numerusform>{count} Seite</numerusform>
            <numerusform>{count} Seiten</numerusform>
        </translation>
    </message>
    <message id="palette.part_read">
        <source>Only a part of “{name}” is searched</source>
        <translation>Nur ein Teil von „{name}“ wird durchsucht</translation>
    </message>
    <message id="palette.path_copied">
        <source>Path copied</source>
        <translation>Pfad kopiert</translation>
    </message>
    <message id="palette.period_before">
        <source>Before {day}</source>
        <translation>Vor {day}</translation>
    </message>
    <message id="palette.period_since">
        <source>Since {day}</source>
        <translation>Seit {day}</translation>
    </message>
    <message id="palette.placeholder">
        <source>Search your files</source>
        <translation>Durchsuche deine Dateien</translation>
    </message>
    <message id="palette.preview">
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message id="palette.quote">
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message id="palette.reading">
        <source>Reading your files: {read} of {files}. Results may be missing.</source>
        <translation>Deine Dateien werden gelesen: {read} von {files}. Es können Treffer fehlen.</translation>
    </message>
    <message id="palette.recent">
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message id="palette.recent_in">
        <source>Newest in {name}</source>
        <translation>Neueste in {name}</translation>
    </message>
    <message id="palette.repair">
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message id="palette.repaired">
        <source>Showing results for “{words}”</source>
        <translation>Treffer für „{words}“</translation>
    </message>
    <message id="palette.results" numerus="yes">
        <source>{count} results</source>
        <translation>
            <numerusform>{count} Treffer</numerusform>
            <numerusform>{count} Treffer</numerusform>
        </translation>
    </message>
    <message id="palette.searching">
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message id="palette.show">
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message id="palette.similar">
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message id="palette.taken_back">
        <source>“{name}” is searched again; its files come back as they are read.</source>
        <translation>„{name}“ wird wieder durchsucht; die Dateien erscheinen, sobald sie gelesen sind.</translation>
    </message>
    <message id="palette.too_long">
        <source>That took over 2 s and was stopped. Try fewer words.</source>
        <translation>Das dauerte über 2 s und wurde angehalten. Versuch es mit weniger Wörtern.</translation>
    </message>
    <message id="palette.undo">
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message id="palette.window">
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message id="palette.without">
        <source>Without {what}: {results}</source>
        <translation>Ohne {what}: {results}</translation>
    </message>
    <message id="palette.without_date">
        <source>the date</source>
        <translation>das Datum</translation>
    </message>
    <message id="palette.without_exclusion">
        <source>the exclusion</source>
        <translation>den Ausschluss</translation>
    </message>
    <message id="palette.without_folder">
        <source>the folder</source>
        <translation>den Ordner</translation>
    </message>
    <message id="palette.without_kind">
        <source>the kind</source>
        <translation>die Art</translation>
    </message>
    <message id="palette.without_more">
        <source>Search again without it</source>
        <translation>Ohne das noch einmal suchen</translation>
    </message>
    <message id="palette.without_name">
        <source>the name</source>
        <translation>den Namen</translation>
    </message>
    <message id="palette.without_phrase">
        <source>the quotation</source>
        <translation>das Zitat</translation>
    </message>
    <message id="palette.without_size">
        <source>the size</source>
        <translation>die Größe</translation>
    </message>
    <message id="palette.words_only">
        <source>By words so far; meaning follows</source>
        <translation>Bisher nach Wörtern; Bedeutung folgt</translation>
    </message>
    <message id="palette.yesterday">
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
</context>
</TS>
