<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>browse</name>
    <message id="browse.any_folder">
        <source>Any folder</source>
        <translation>Any folder</translation>
    </message>
    <message id="browse.any_kind">
        <source>Any kind</source>
        <translation>Any kind</translation>
    </message>
    <message id="browse.any_time">
        <source>Any time</source>
        <translation>Any time</translation>
    </message>
    <message id="browse.archives">
        <source>Archives</source>
        <translation>Archives</translation>
    </message>
    <message id="browse.code">
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message id="browse.date">
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message id="browse.documents">
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message id="browse.field">
        <source>Search your files</source>
        <translation>Search your files</translation>
    </message>
    <message id="browse.filter_folder">
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message id="browse.filter_kind">
        <source>Kind of file</source>
        <translation>Kind of file</translation>
    </message>
    <message id="browse.filter_when">
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message id="browse.folder">
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message id="browse.list">
        <source>List</source>
        <translation>List</translation>
    </message>
    <message id="browse.mails">
        <source>Emails</source>
        <translation>Emails</translation>
    </message>
    <message id="browse.month">
        <source>Last 30 days</source>
        <translation>Last 30 days</translation>
    </message>
    <message id="browse.music">
        <source>Music</source>
        <translation>Music</translation>
    </message>
    <message id="browse.name">
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message id="browse.notes">
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message id="browse.older">
        <source>Older</source>
        <translation>Older</translation>
    </message>
    <message id="browse.pdfs">
        <source>PDFs</source>
        <translation>PDFs</translation>
    </message>
    <message id="browse.pictures">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="browse.presentations">
        <source>Presentations</source>
        <translation>Presentations</translation>
    </message>
    <message id="browse.size">
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message id="browse.spreadsheets">
        <source>Spreadsheets</source>
        <translation>Spreadsheets</translation>
    </message>
    <message id="browse.table">
        <source>Table</source>
        <translation>Table</translation>
    </message>
    <message id="browse.today">
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message id="browse.videos">
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message id="browse.view">
        <source>View</source>
        <translation>View</translation>
    </message>
    <message id="browse.week">
        <source>Last 7 days</source>
        <translation>Last 7 days</translation>
    </message>
    <message id="browse.year">
        <source>{year}</source>
        <translation>{year}</translation>
    </message>
</context>
</TS>
