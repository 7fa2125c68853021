<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>palette</name>
    <message id="palette.actions">
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message id="palette.actions_for">
        <source>Actions for {name}</source>
        <translation>Actions for {name}</translation>
    </message>
    <message id="palette.adopt">
        <source>Search “{name}” from now on</source>
        <translation>Search “{name}” from now on</translation>
    </message>
    <message id="palette.adopt_more">
        <source>It is read once, and only on this computer</source>
        <translation>It is read once, and only on this computer</translation>
    </message>
    <message id="palette.adopting">
        <source>“{name}” is being read.</source>
        <translation>“{name}” is being read.</translation>
    </message>
    <message id="palette.by_date">
        <source>date</source>
        <translation>date</translation>
    </message>
    <message id="palette.by_folder">
        <source>folder</source>
        <translation>folder</translation>
    </message>
    <message id="palette.by_kind">
        <source>kind</source>
        <translation>kind</translation>
    </message>
    <message id="palette.by_meaning">
        <source>meaning</source>
        <translation>meaning</translation>
    </message>
    <message id="palette.by_name">
        <source>name</source>
        <translation>name</translation>
    </message>
    <message id="palette.by_words">
        <source>words</source>
        <translation>words</translation>
    </message>
    <message id="palette.chip_exclusion">
        <source>Without “{word}”</source>
        <translation>Without “{word}”</translation>
    </message>
    <message id="palette.chip_folder">
        <source>In {name}</source>
        <translation>In {name}</translation>
    </message>
    <message id="palette.chip_over">
        <source>Over {size}</source>
        <translation>Over {size}</translation>
    </message>
    <message id="palette.chip_remove">
        <source>{words}, press Delete to search without it</source>
        <translation>{words}, press Delete to search without it</translation>
    </message>
    <message id="palette.chip_under">
        <source>Under {size}</source>
        <translation>Under {size}</translation>
    </message>
    <message id="palette.choose">
        <source>Choose folders to search</source>
        <translation>Choose folders to search</translation>
    </message>
    <message id="palette.choose_more">
        <source>Only these are read, and only on this computer</source>
        <translation>Only these are read, and only on this computer</translation>
    </message>
    <message id="palette.copied">
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message id="palette.copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="palette.copy_path">
        <source>Copy path</source>
        <translation>Copy path</translation>
    </message>
    <message id="palette.damaged">
        <source>The index can’t be read, so nothing can be searched. Your files are fine.</source>
        <translation>The index can’t be read, so nothing can be searched. Your files are fine.</translation>
    </message>
    <message id="palette.day">
        <source>{day} {month}</source>
        <translation>{day} {month}</translation>
    </message>
    <message id="palette.day_year">
        <source>{day} {month} {year}</source>
        <translation>{day} {month} {year}</translation>
    </message>
    <message id="palette.do_this">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="palette.empty_in">
        <source>Nothing in “{name}” has been read.</source>
        <translation>Nothing in “{name}” has been read.</translation>
    </message>
    <message id="palette.enlarge">
        <source>Enlarge</source>
        <translation>Enlarge</translation>
    </message>
    <message id="palette.enlarge_from">
        <source>Enlarge a picture…</source>
        <translation>Enlarge a picture…</translation>
    </message>
    <message id="palette.enlarge_more">
        <source>Two or four times as large, with detail</source>
        <translation>Two or four times as large, with detail</translation>
    </message>
    <message id="palette.erase">
        <source>Erase something</source>
        <translation>Erase something</translation>
    </message>
    <message id="palette.erase_from">
        <source>Erase something from a picture…</source>
        <translation>Erase something from a picture…</translation>
    </message>
    <message id="palette.erase_more">
        <source>Paint over it, and it is gone</source>
        <translation>Paint over it, and it is gone</translation>
    </message>
    <message id="palette.everything">
        <source>All your files</source>
        <translation>All your files</translation>
    </message>
    <message id="palette.fact_author">
        <source>By</source>
        <translation>By</translation>
    </message>
    <message id="palette.fact_changed">
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message id="palette.fact_folder">
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message id="palette.fact_found">
        <source>Found by</source>
        <translation>Found by</translation>
    </message>
    <message id="palette.fact_from">
        <source>From</source>
        <translation>From</translation>
    </message>
    <message id="palette.fact_kind">
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message id="palette.fact_sent">
        <source>Sent</source>
        <translation>Sent</translation>
    </message>
    <message id="palette.fact_size">
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message id="palette.fact_taken">
        <source>Taken</source>
        <translation>Taken</translation>
    </message>
    <message id="palette.fill">
        <source>Fill by words</source>
        <translation>Fill by words</translation>
    </message>
    <message id="palette.fill_into">
        <source>Fill a place in a picture by words…</source>
        <translation>Fill a place in a picture by words…</translation>
    </message>
    <message id="palette.fill_more">
        <source>Say what should be there</source>
        <translation>Say what should be there</translation>
    </message>
    <message id="palette.first_of">
        <source>First {shown} of {total}, {ms} ms, on this computer</source>
        <translation>First {shown} of {total}, {ms} ms, on this computer</translation>
    </message>
    <message id="palette.fits_date">
        <source>Date fits</source>
        <translation>Date fits</translation>
    </message>
    <message id="palette.fits_folder">
        <source>Folder fits</source>
        <translation>Folder fits</translation>
    </message>
    <message id="palette.fits_kind">
        <source>Kind fits</source>
        <translation>Kind fits</translation>
    </message>
    <message id="palette.fits_meaning">
        <source>Meaning fits</source>
        <translation>Meaning fits</translation>
    </message>
    <message id="palette.fits_near">
        <source>Near in meaning, weak</source>
        <translation>Near in meaning, weak</translation>
    </message>
    <message id="palette.found">
        <source>{results}, {ms} ms, on this computer</source>
        <translation>{results}, {ms} ms, on this computer</translation>
    </message>
    <message id="palette.gone">
        <source>Moved or deleted</source>
        <translation>Moved or deleted</translation>
    </message>
    <message id="palette.gone_long">
        <source>The file is not where it was.</source>
        <translation>The file is not where it was.</translation>
    </message>
    <message id="palette.here">
        <source>Nothing leaves this computer</source>
        <translation>Nothing leaves this computer</translation>
    </message>
    <message id="palette.kept_out">
        <source>“{name}” is left out of the search.</source>
        <translation>“{name}” is left out of the search.</translation>
    </message>
    <message id="palette.kind_archive" numerus="yes">
        <source>Archives</source>
        <translation>
            <numerusform>Archive</numerusform>
            <numerusform>Archives</numerusform>
        </translation>
    </message>
    <message id="palette.kind_audio" numerus="yes">
        <source>Recordings</source>
        <translation>
            <numerusform>Recording</numerusform>
            <numerusform>Recordings</numerusform>
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
            <numerusform>CSV table</numerusform>
            <numerusform>CSV tables</numerusform>
        </translation>
    </message>
    <message id="palette.kind_data" numerus="yes">
        <source>Data</source>
        <translation>
            <numerusform>Data</numerusform>
            <numerusform>Data</numerusform>
        </translation>
    </message>
    <message id="palette.kind_document" numerus="yes">
        <source>Documents</source>
        <translation>
            <numerusform>Document</numerusform>
            <numerusform>Documents</numerusform>
        </translation>
    </message>
    <message id="palette.kind_ebook" numerus="yes">
        <source>E-books</source>
        <translation>
            <numerusform>E-book</numerusform>
            <numerusform>E-books</numerusform>
        </translation>
    </message>
    <message id="palette.kind_mail" numerus="yes">
        <source>Mails</source>
        <translation>
            <numerusform>Mail</numerusform>
            <numerusform>Mails</numerusform>
        </translation>
    </message>
    <message id="palette.kind_note" numerus="yes">
        <source>Notes</source>
        <translation>
            <numerusform>Note</numerusform>
            <numerusform>Notes</numerusform>
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
            <numerusform>File</numerusform>
            <numerusform>Files</numerusform>
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
            <numerusform>Picture</numerusform>
            <numerusform>Pictures</numerusform>
        </translation>
    </message>
    <message id="palette.kind_presentation" numerus="yes">
        <source>Presentations</source>
        <translation>
            <numerusform>Presentation</numerusform>
            <numerusform>Presentations</numerusform>
        </translation>
    </message>
    <message id="palette.kind_screenshot" numerus="yes">
        <source>Screenshots</source>
        <translation>
            <numerusform>Screenshot</numerusform>
            <numerusform>Screenshots</numerusform>
        </translation>
    </message>
    <message id="palette.kind_spreadsheet" numerus="yes">
        <source>Spreadsheets</source>
        <translation>
            <numerusform>Spreadsheet</numerusform>
            <numerusform>Spreadsheets</numerusform>
        </translation>
    </message>
    <message id="palette.kind_text" numerus="yes">
        <source>Texts</source>
        <translation>
            <numerusform>Text</numerusform>
            <numerusform>Texts</numerusform>
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
            <numerusform>Web page</numerusform>
            <numerusform>Web pages</numerusform>
        </translation>
    </message>
    <message id="palette.leave_out">
        <source>Don’t search this folder</source>
        <translation>Don’t search this folder</translation>
    </message>
    <message id="palette.left_out">
        <source>“{name}” is not searched any more.</source>
        <translation>“{name}” is not searched any more.</translation>
    </message>
    <message id="palette.like">
        <source>Like “{name}”</source>
        <translation>Like “{name}”</translation>
    </message>
    <message id="palette.list">
        <source>Results</source>
        <translation>Results</translation>
    </message>
    <message id="palette.look_for">
        <source>Look for it</source>
        <translation>Look for it</translation>
    </message>
    <message id="palette.made_anew">
        <source>A new index is being made. The old one was kept beside it.</source>
        <translation>A new index is being made. The old one was kept beside it.</translation>
    </message>
    <message id="palette.made_anew_empty">
        <source>There is a new index. Choose again which folders to search.</source>
        <translation>There is a new index. Choose again which folders to search.</translation>
    </message>
    <message id="palette.months">
        <source>Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec</source>
        <translation>Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec</translation>
    </message>
    <message id="palette.no_files">
        <source>No files yet.</source>
        <translation>No files yet.</translation>
    </message>
    <message id="palette.no_files_todo">
        <source>They appear here as they are read.</source>
        <translation>They appear here as they are read.</translation>
    </message>
    <message id="palette.not_read">
        <source>“{name}” is not searched yet</source>
        <translation>“{name}” is not searched yet</translation>
    </message>
    <message id="palette.nothing">
        <source>Nothing found for “{text}”.</source>
        <translation>Nothing found for “{text}”.</translation>
    </message>
    <message id="palette.nothing_in">
        <source>Nothing found for “{text}” in “{name}”.</source>
        <translation>Nothing found for “{text}” in “{name}”.</translation>
    </message>
    <message id="palette.nothing_in_todo">
        <source>Take the folder away, and everything is searched.</source>
        <translation>Take the folder away, and everything is searched.</translation>
    </message>
    <message id="palette.nothing_like">
        <source>Nothing is like “{name}”.</source>
        <translation>Nothing is like “{name}”.</translation>
    </message>
    <message id="palette.nothing_like_todo">
        <source>Its text may not have been read yet.</source>
        <translation>Its text may not have been read yet.</translation>
    </message>
    <message id="palette.nothing_todo">
        <source>Try fewer words, or other words for the same thing.</source>
        <translation>Try fewer words, or other words for the same thing.</translation>
    </message>
    <message id="palette.only_near">
        <source>Nothing found for “{text}”. Nearest in meaning:</source>
        <translation>Nothing found for “{text}”. Nearest in meaning:</translation>
    </message>
    <message id="palette.open">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="palette.open_with">
        <source>Open with…</source>
        <translation>Open with…</translation>
    </message>
    <message id="palette.outside">
        <source>Nothing fits all of it. Close to it:</source>
        <translation>Nothing fits all of it. Close to it:</translation>
    </message>
    <message id="palette.page_of">
        <source>Page {page} of {pages}</source>
        <translation>Page {page} of {pages}</translation>
    </message>
    <message id="palette.pages" numerus="yes">
        <source>{count} pages</source>
        <translation>
            <numerusform>{count} page</numerusform>
            <numerusform>{count} pages</numerusform>
        </translation>
    </message>
    <message id="palette.part_read">
        <source>Only a part of “{name}” is searched</source>
        <translation>Only a part of “{name}” is searched</translation>
    </message>
    <message id="palette.path_copied">
        <source>Path copied</source>
        <translation>Path copied</translation>
    </message>
    <message id="palette.period_before">
        <source>Before {day}</source>
        <translation>Before {day}</translation>
    </message>
    <message id="palette.period_since">
        <source>Since {day}</source>
        <translation>Since {day}</translation>
    </message>
    <message id="palette.placeholder">
        <source>Search your files</source>
        <translation>Search your files</translation>
    </message>
    <message id="palette.preview">
        <source>Preview</source>
        <translation>Preview</translation>
    </message>
    <message id="palette.quote">
        <source>“{text}”</source>
        <translation>“{text}”</translation>
    </message>
    <message id="palette.reading">
        <source>Reading your files: {read} of {files}. Results may be missing.</source>
        <translation>Reading your files: {read} of {files}. Results may be missing.</translation>
    </message>
    <message id="palette.recent">
        <source>Recent</source>
        <translation>Recent</translation>
    </message>
    <message id="palette.recent_in">
        <source>Newest in {name}</source>
        <translation>Newest in {name}</translation>
    </message>
    <message id="palette.repair">
        <source>Repair</source>
        <translation>Repair</translation>
    </message>
    <message id="palette.repaired">
        <source>Showing results for “{words}”</source>
        <translation>Showing results for “{words}”</translation>
    </message>
    <message id="palette.results" numerus="yes">
        <source>{count} results</source>
        <translation>
            <numerusform>{count} result</numerusform>
            <numerusform>{count} results</numerusform>
        </translation>
    </message>
    <message id="palette.searching">
        <source>Searching…</source>
        <translation>Searching…</translation>
    </message>
    <message id="palette.show">
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message id="palette.similar">
        <source>Find similar</source>
        <translation>Find similar</translation>
    </message>
    <message id="palette.taken_back">
        <source>“{name}” is searched again; its files come back as they are read.</source>
        <translation>“{name}” is searched again; its files come back as they are read.</translation>
    </message>
    <message id="palette.too_long">
        <source>That took over 2 s and was stopped. Try fewer words.</source>
        <translation>That took over 2 s and was stopped. Try fewer words.</translation>
    </message>
    <message id="palette.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="palette.window">
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message id="palette.without">
        <source>Without {what}: {results}</source>
        <translation>Without {what}: {results}</translation>
    </message>
    <message id="palette.without_date">
        <source>the date</source>
        <translation>the date</translation>
    </message>
    <message id="palette.without_exclusion">
        <source>the exclusion</source>
        <translation>the exclusion</translation>
    </message>
    <message id="palette.without_folder">
        <source>the folder</source>
        <translation>the folder</translation>
    </message>
    <message id="palette.without_kind">
        <source>the kind</source>
        <translation>the kind</translation>
    </message>
    <message id="palette.without_more">
        <source>Search again without it</source>
        <translation>Search again without it</translation>
    </message>
    <message id="palette.without_name">
        <source>the name</source>
        <translation>the name</translation>
    </message>
    <message id="palette.without_phrase">
        <source>the quotation</source>
        <translation>the quotation</translation>
    </message>
    <message id="palette.without_size">
        <source>the size</source>
        <translation>the size</translation>
    </message>
    <message id="palette.words_only">
        <source>By words so far; meaning follows</source>
        <translation>By words so far; meaning follows</translation>
    </message>
    <message id="palette.yesterday">
        <source>Yesterday</source>
        <translation>Yesterday</translation>
    </message>
</context>
</TS>
