<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>browse</name>
    <message id="browse.any_folder">
        <source>Any folder</source>
        <translation>Jeder Ordner</translation>
    </message>
    <message id="browse.any_kind">
        <source>Any kind</source>
        <translation>Jede Art</translation>
    </message>
    <message id="browse.any_time">
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message id="browse.archives">
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message id="browse.code">
        <source>Code</source>
        <translation>Quelltexte</translation>
    </message>
    <message id="browse.date">
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message id="browse.documents">
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message id="browse.field">
        <source>Search your files</source>
        <translation>Durchsuche deine Dateien</translation>
    </message>
    <message id="browse.filter_folder">
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message id="browse.filter_kind">
        <source>Kind of file</source>
        <translation>Dateiart</translation>
    </message>
    <message id="browse.filter_when">
        <source>Date</source>
        <translation>Zeit</translation>
    </message>
    <message id="browse.folder">
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message id="browse.list">
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message id="browse.mails">
        <source>Emails</source>
        <translation>E-Mails</translation>
    </message>
    <message id="browse.month">
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message id="browse.music">
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message id="browse.name">
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message id="browse.notes">
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message id="browse.older">
        <source>Older</source>
        <translation>Älter</translation>
    </message>
    <message id="browse.pdfs">
        <source>PDFs</source>
        <translation>PDFs</translation>
    </message>
    <message id="browse.pictures">
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message id="browse.presentations">
        <source>Presentations</source>
        <translation>Präsentationen</translation>
    </message>
    <message id="browse.size">
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message id="browse.spreadsheets">
        <source>Spreadsheets</source>
        <translation>Tabellen</translation>
    </message>
    <message id="browse.table">
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message id="browse.today">
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message id="browse.videos">
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message id="browse.view">
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message id="browse.week">
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message id="browse.year">
        <source>{year}</source>
        <translation>{year}</translation>
    </message>
</context>
</TS>
