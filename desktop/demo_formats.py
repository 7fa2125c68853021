"""Small real files of everyday formats, written byte for byte the same each time: for the demo and for tests."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

Rows = Sequence[Sequence[str | float]]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(members: Mapping[str, str | bytes], *, stored_first: bool = False) -> bytes:
    """A ZIP archive of `members` by name; the first one uncompressed if `stored_first`, as EPUB and OpenDocument want."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(members.items()):
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if stored_first and number == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def pdf(title: str, author: str, day: str, pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with the lines of each page; `day` is the day it was made, as YYYY-MM-DD. Latin text only."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        shown = b"".join(b"(" + _pdf_text(line) + b") Tj T*\n" for line in lines)
        stream = b"BT /F1 11 Tf 15 TL 64 770 Td\n" + shown + b"ET"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
        objects.append((page + "/Resources << /Font << /F1 3 0 R >> >> >>").encode())
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    made = day.replace("-", "")
    about = b"<< /Title (" + _pdf_text(title) + b") /Author (" + _pdf_text(author) + b") "
    objects.append(about + f"/CreationDate (D:{made}120000Z) >>".encode())
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table


def _pdf_text(text: str) -> bytes:
    """`text` inside the parentheses of a PDF string."""
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def docx(title: str, author: str, day: str, blocks: Sequence[tuple[str, str] | Rows]) -> bytes:
    """A Word document; a block is (style, text), with "" for plain paragraphs, or the rows of a table."""
    body = []
    for block in blocks:
        if isinstance(block, tuple) and len(block) == 2 and isinstance(block[0], str) and isinstance(block[1], str):
            body.append(_word_paragraph(block[1], block[0]))
        else:
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{_word_paragraph(str(cell))}</w:tc>" for cell in row) + "</w:tr>"
                for row in block
            )
            body.append(f"<w:tbl>{rows}</w:tbl>")
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}</w:body></w:document>'
    return _office({"word/document.xml": document}, "word/document.xml", title, author, day)


def _word_paragraph(text: str, style: str = "") -> str:
    """One paragraph of a Word document."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def xlsx(title: str, author: str, day: str, sheets: Mapping[str, Rows]) -> bytes:
    """A workbook; the sheets by name, strings in the shared table as Excel keeps them."""
    strings: dict[str, int] = {}
    parts = {}
    for number, rows in enumerate(sheets.values(), 1):
        written = []
        for line, row in enumerate(rows, 1):
            cells = []
            for column, value in enumerate(row):
                place = f"{chr(65 + column)}{line}"
                if isinstance(value, str):
                    index = strings.setdefault(value, len(strings))
                    cells.append(f'<c r="{place}" t="s"><v>{index}</v></c>')
                else:
                    cells.append(f'<c r="{place}"><v>{value:g}</v></c>')
            written.append(f'<row r="{line}">{"".join(cells)}</row>')
        data = f"<sheetData>{''.join(written)}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = f'{_HEAD}<worksheet xmlns="{_SHEET}">{data}</worksheet>'
    table = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{_SHEET}" count="{len(strings)}">{table}</sst>'
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(sheets, 1)
    )
    book = f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>{names}</sheets></workbook>'
    return _office({"xl/workbook.xml": book, **parts}, "xl/workbook.xml", title, author, day)


def pptx(title: str, author: str, day: str, slides: Sequence[tuple[str, Sequence[str], str]]) -> bytes:
    """A presentation; a slide is (title, bullets, the speaker's notes)."""
    parts = {}
    for number, (heading, bullets, notes) in enumerate(slides, 1):
        shapes = _shape("title", [heading]) + _shape("body", bullets)
        parts[f"ppt/slides/slide{number}.xml"] = _slide("sld", shapes)
        if notes:
            parts[f"ppt/notesSlides/notesSlide{number}.xml"] = _slide("notes", _shape("body", [notes]))
    show = f'{_HEAD}<p:presentation xmlns:p="{_SLIDE}"/>'
    return _office({"ppt/presentation.xml": show, **parts}, "ppt/presentation.xml", title, author, day)


def _slide(root: str, shapes: str) -> str:
    """One slide, or one page of notes."""
    return (
        f'{_HEAD}<p:{root} xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}"><p:cSld><p:spTree>{shapes}'
        f"</p:spTree></p:cSld></p:{root}>"
    )


def _shape(role: str, lines: Sequence[str]) -> str:
    """A shape with paragraphs."""
    text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    holder = f'<p:nvSpPr><p:cNvPr id="1" name="{role}"/><p:cNvSpPr/><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>'
    return f"<p:sp>{holder}<p:spPr/><p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>"


def _office(parts: Mapping[str, str], main: str, title: str, author: str, day: str) -> bytes:
    """The package around the parts of an Office document."""
    types = f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    types += (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    relations = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATION}/officeDocument" Target="{main}"/></Relationships>'
    )
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dcterms:created>{day}T10:00:00Z</dcterms:created></cp:coreProperties>"
    )
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations, **parts, "docProps/core.xml": core})


def opendocument(kind: str, title: str, author: str, day: str, body: str) -> bytes:
    """An OpenDocument of `kind` ("text", "spreadsheet", "presentation") with `body` as its content in XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    names = (
        f'xmlns:office="{office}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    content = f"{_HEAD}<office:document-content {names}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    meta = (
        f"{_HEAD}<office:document-meta {names}><office:meta><dc:title>{escape(title)}</dc:title>"
        f"<meta:initial-creator>{escape(author)}</meta:initial-creator>"
        f"<meta:creation-date>{day}T10:00:00</meta:creation-date></office:meta></office:document-meta>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": content, "meta.xml": meta}, stored_first=True)


def odt(title: str, author: str, day: str, heading: str, paragraphs: Sequence[str]) -> bytes:
    """A text document of LibreOffice."""
    body = f'<text:h text:outline-level="1">{escape(heading)}</text:h>'
    body += "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs)
    return opendocument("text", title, author, day, body)


def ods(title: str, author: str, day: str, sheets: Mapping[str, Rows]) -> bytes:
    """A spreadsheet of LibreOffice."""
    body = ""
    for name, rows in sheets.items():
        lines = "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{escape(str(cell))}</text:p></table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in rows
        )
        body += f'<table:table table:name="{escape(name)}">{lines}</table:table>'
    return opendocument("spreadsheet", title, author, day, body)


def epub(title: str, author: str, day: str, chapters: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A book of (heading, paragraphs)."""
    pages = {}
    for number, (heading, paragraphs) in enumerate(chapters, 1):
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        pages[f"OEBPS/chapter{number}.xhtml"] = (
            f'{_HEAD}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(heading)}</title></head>'
            f"<body><h1>{escape(heading)}</h1>{text}</body></html>"
        )
    items = "".join(
        f'<item id="c{number}" href="chapter{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(1, len(chapters) + 1)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(1, len(chapters) + 1))
    package = (
        f'{_HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        f"<dc:creator>{escape(author)}</dc:creator><dc:date>{day}</dc:date><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        f'{_HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    first = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/content.opf": package}
    return zipped({**first, **pages}, stored_first=True)


def eml(
    sender: str,
    to: str,
    subject: str,
    date: str,
    text: str,
    attachments: Sequence[tuple[str, str, bytes]] = (),
) -> bytes:
    """A mail; `date` as in "Mon, 02 Mar 2026 09:12:00 +0000", attachments as (name, media type, contents)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = sender, to, subject, date
    message.set_content(text)
    for name, media, data in attachments:
        main, _, sub = media.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if message.is_multipart():
        message.set_boundary("=-=homespun-part=-=")
    return message.as_bytes()


def notebook(cells: Sequence[tuple[str, str, str]]) -> bytes:
    """A Jupyter notebook; a cell is ("markdown" or "code", source, what it printed)."""
    written = []
    for kind, source, printed in cells:
        cell: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        if kind == "code":
            shown = [{"output_type": "stream", "name": "stdout", "text": [printed]}] if printed else []
            cell |= {"execution_count": None, "outputs": shown}
        written.append(cell)
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def rtf(title: str, paragraphs: Sequence[str]) -> bytes:
    """A rich text of plain paragraphs."""

    def escaped(text: str) -> str:
        written = []
        for sign in text:
            units = struct.unpack(f"<{len(sign.encode('utf-16-le')) // 2}h", sign.encode("utf-16-le"))
            plain = f"\\{sign}" if sign in "\\{}" else sign
            written.append(plain if ord(sign) < 128 else "".join(f"\\u{unit}?" for unit in units))
        return "".join(written)

    body = "\n".join(f"{escaped(paragraph)}\\par" for paragraph in paragraphs)
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Helvetica;}}{\\info{\\title " + escaped(title) + "}}"
    )
    return (head + "\\f0\\fs22 " + body + "}").encode("ascii")


Color = tuple[int, int, int]


def jpeg(
    size: tuple[int, int],
    top: Color,
    bottom: Color,
    *,
    taken: str,
    camera: tuple[str, str],
    place: tuple[float, float] | None = None,
    caption: str = "",
) -> bytes:
    """A photograph of a gradient from `top` to `bottom` with EXIF: `taken` as YYYY:MM:DD HH:MM:SS, `place` in degrees."""
    from PIL import Image, TiffImagePlugin

    gradient = Image.linear_gradient("L").resize(size)
    mixed = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), gradient)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = camera[0], camera[1], taken
    if caption:
        exif[0x010E] = caption
    exif.get_ifd(0x8769)[0x9003] = taken
    if place is not None:
        gps = exif.get_ifd(0x8825)
        for tag, degrees, sides in ((1, place[0], "NS"), (3, place[1], "EW")):
            minutes = abs(degrees) % 1 * 60
            parts = (int(abs(degrees)), int(minutes), round(minutes % 1 * 6000))
            gps[tag] = sides[degrees < 0]
            gps[tag + 1] = tuple(
                TiffImagePlugin.IFDRational(part, over) for part, over in zip(parts, (1, 1, 100), strict=True)
            )
    buffer = io.BytesIO()
    mixed.save(buffer, "JPEG", quality=80, exif=exif)
    return buffer.getvalue()


def png(width: int, height: int, color: Color, texts: Mapping[str, str] | None = None) -> bytes:
    """A picture of one colour, with text chunks by their keywords."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + bytes(color) * width
    words = b"".join(
        chunk(b"tEXt", key.encode("latin-1") + b"\0" + text.encode("latin-1")) for key, text in (texts or {}).items()
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + words + chunk(b"IDAT", zlib.compress(row * height, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def mp3(title: str, artist: str, album: str, year: str, genre: str, frames: int = 40) -> bytes:
    """Some silent frames of MPEG audio behind an ID3 tag of version 2.3."""
    tag = b""
    for frame, text in (("TIT2", title), ("TPE1", artist), ("TALB", album), ("TYER", year), ("TCON", genre)):
        data = b"\x01" + text.encode("utf-16")
        tag += frame.encode() + struct.pack(">IH", len(data), 0) + data
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    # MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
    return b"ID3\x03\0\0" + size + tag + (b"\xff\xfb\x90\x64" + b"\0" * 413) * frames
