"""What a file is by its first bytes; its name only decides between things that look the same."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from indexer.kinds import Kind, extension_of, kind_of
from indexer.readers.encoding import is_text

HEAD = 4_096
"""Bytes of a file's beginning that `detect` looks at."""

NAME_ONLY = "name"
"""The family of files whose contents nobody reads: they are found by their name."""

DAMAGED = "damaged"
"""The family of files whose contents are not what their name says, and are nothing else that can be read."""


@dataclass(frozen=True, slots=True)
class Format:
    """The family of readers for a file and the kind it has; `reason` if nothing can be read, and why."""

    family: str
    kind: Kind
    reason: str = ""


# (offset, bytes, family, kind): first match wins.
_MAGIC: tuple[tuple[int, bytes, str, Kind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "picture", Kind.PICTURE),
    (0, b"\xff\xd8\xff", "picture", Kind.PICTURE),
    (0, b"GIF87a", "picture", Kind.PICTURE),
    (0, b"GIF89a", "picture", Kind.PICTURE),
    (0, b"II*\0", "picture", Kind.PICTURE),
    (0, b"MM\0*", "picture", Kind.PICTURE),
    (0, b"8BPS\0\x01", "picture", Kind.PICTURE),
    (0, b"\0\0\x01\0", "picture", Kind.PICTURE),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "picture", Kind.PICTURE),
    (8, b"WEBP", "picture", Kind.PICTURE),
    (8, b"WAVE", "sound", Kind.AUDIO),
    (8, b"AVI ", "video", Kind.VIDEO),
    (8, b"AIFF", "sound", Kind.AUDIO),
    (8, b"AIFC", "sound", Kind.AUDIO),
    (0, b"ID3", "sound", Kind.AUDIO),
    (0, b"fLaC", "sound", Kind.AUDIO),
    (0, b"OggS", "sound", Kind.AUDIO),
    (0, b"\x1aE\xdf\xa3", "video", Kind.VIDEO),
    (0, b"0&\xb2u\x8ef\xcf\x11", "sound", Kind.AUDIO),
    (0, b"FLV\x01", NAME_ONLY, Kind.VIDEO),
    (0, b"\0\0\x01\xba", NAME_ONLY, Kind.VIDEO),
    (0, b"\0\0\x01\xb3", NAME_ONLY, Kind.VIDEO),
    (0, b"MThd", NAME_ONLY, Kind.AUDIO),
    (0, b"7z\xbc\xaf\x27\x1c", NAME_ONLY, Kind.ARCHIVE),
    (0, b"Rar!\x1a\x07", NAME_ONLY, Kind.ARCHIVE),
    (0, b"\x1f\x8b\x08", NAME_ONLY, Kind.ARCHIVE),
    (0, b"BZh", NAME_ONLY, Kind.ARCHIVE),
    (0, b"\xfd7zXZ\0", NAME_ONLY, Kind.ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", NAME_ONLY, Kind.ARCHIVE),
    (0, b"MSCF\0", NAME_ONLY, Kind.ARCHIVE),
    (257, b"ustar", NAME_ONLY, Kind.ARCHIVE),
    (0, b"SQLite format 3\0", NAME_ONLY, Kind.DATA),
    (60, b"BOOKMOBI", NAME_ONLY, Kind.EBOOK),
    (0, b"AT&TFORM", NAME_ONLY, Kind.EBOOK),
    (0, b"\x7fELF", NAME_ONLY, Kind.OTHER),
    (0, b"MZ", NAME_ONLY, Kind.OTHER),
    (0, b"\xca\xfe\xba\xbe", NAME_ONLY, Kind.OTHER),
    (0, b"\xcf\xfa\xed\xfe", NAME_ONLY, Kind.OTHER),
    (0, b"\0asm", NAME_ONLY, Kind.OTHER),
    (0, b"wOFF", NAME_ONLY, Kind.OTHER),
    (0, b"wOF2", NAME_ONLY, Kind.OTHER),
    (0, b"OTTO\0", NAME_ONLY, Kind.OTHER),
    (0, b"\0\x01\0\0\0", NAME_ONLY, Kind.OTHER),
)
# Magics of letters only, which a text may begin with: they count if what follows is not text.
_WORDLIKE = (b"BM", b"MZ", b"BZh", b"MThd", b"ID3", b"OggS", b"fLaC")

# Brands of the ISO base media format (the word after "ftyp").
_STILL_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")

# What the name of a file promises, for contents that have no magic of their own.
_TEXT_FAMILIES: dict[str, str] = {
    "json": "json",
    "geojson": "json",
    "ipynb": "notebook",
    "xml": "xml",
    "svg": "xml",
    "kml": "xml",
    "gpx": "xml",
    "opml": "xml",
    "fodt": "xml",
    "fods": "xml",
    "fodp": "xml",
    "xsd": "xml",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "xht": "html",
    "shtml": "html",
    "eml": "mail",
    "emlx": "mail",
    "mht": "mail",
    "mhtml": "mail",
    "mbox": "mbox",
    "mbx": "mbox",
}
# Formats that always begin with a magic: a file of that name without it is damaged.
_PROMISED: dict[str, str] = {
    **dict.fromkeys(("pdf",), "pdf: damaged"),
    **dict.fromkeys(("docx", "docm", "xlsx", "xlsm", "pptx", "pptm", "ppsx", "odt", "ods", "odp"), "document: damaged"),
    **dict.fromkeys(("doc", "xls", "ppt", "rtf"), "document: damaged"),
    **dict.fromkeys(("epub",), "ebook: damaged"),
    **dict.fromkeys(("msg",), "mail: damaged"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "heic", "avif"), "picture: damaged"),
    **dict.fromkeys(("zip",), "archive: damaged"),
}
_MAIL_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|X-[A-Za-z-]{2,40}):[^\n]{1,998}\n[A-Za-z][A-Za-z-]{1,60}:[ \t]",
    re.IGNORECASE,
)
_MBOX_LINE = re.compile(rb"From [^\n]{3,200}\d\d:\d\d(?::\d\d)?[^\n]{0,40}\d{4}[^\n]{0,20}\n[A-Za-z-]{2,60}:")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_SVG_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!DOCTYPE\s+svg[^>]{0,400}>\s*)?<svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def detect(head: bytes, name: str, source: BinaryIO, folder: str = "") -> Format:
    """What the file is whose first `HEAD` bytes are `head`; `source` is asked for more only if it is a container.

    The position of `source` is where it was found afterwards.
    """
    by_name = kind_of(name, folder)
    extension = extension_of(name)
    found = _by_magic(head, source, extension)
    if found is not None:
        if found.kind is Kind.PICTURE and by_name is Kind.SCREENSHOT:
            return Format(found.family, by_name)
        return found
    if not head:
        return Format(NAME_ONLY, by_name)
    return _without_magic(head, by_name, extension)


def _by_magic(head: bytes, source: BinaryIO, extension: str) -> Format | None:
    """The format whose magic `head` shows, or None."""
    if b"%PDF-" in head[:1024] and not _is_words_before(head, b"%PDF-"):
        return Format("pdf", Kind.PDF)
    if head.startswith(b"{\\rtf"):
        return Format("rtf", Kind.DOCUMENT)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_format(source, extension)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format("msg", Kind.MAIL) if extension in ("msg", "oft") else _ole_format(source, extension)
    if head[4:8] == b"ftyp":
        return _iso_format(head, extension)
    if head.startswith(b"BM") and len(head) > 26 and head[6:10] == b"\0\0\0\0":
        return Format("picture", Kind.PICTURE)
    if head[:2] in (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9") and extension in (
        "mp3",
        "aac",
        "mp2",
    ):
        return Format("sound", Kind.AUDIO)
    for offset, magic, family, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            if head.startswith(_WORDLIKE) and is_text(head):
                return None
            if offset == 8 and head[:4] not in (b"RIFF", b"FORM"):
                continue
            return Format(family, kind)
    return None


def _is_words_before(head: bytes, magic: bytes) -> bool:
    """Whether `magic` only appears inside a sentence: a text about PDF is not a PDF."""
    before = head[: head.index(magic)]
    return len(before) > 8 and b"\0" not in before and is_text(before)


def _without_magic(head: bytes, by_name: Kind, extension: str) -> Format:
    """The format of a file whose first bytes say nothing: text of some sort, or what its name promises."""
    if not is_text(head):
        if extension in _PROMISED:
            return Format(DAMAGED, by_name, _PROMISED[extension])
        if by_name is Kind.AUDIO:
            return Format("sound", Kind.AUDIO)
        # Databases and arrays are data that nobody reads; a text that is none is worth a word.
        return Format("text" if by_name in _TEXT_KINDS - {Kind.DATA} else NAME_ONLY, by_name)
    if extension in _TEXT_FAMILIES:
        return Format(_TEXT_FAMILIES[extension], by_name)
    if by_name in _TEXT_KINDS - {Kind.TEXT, Kind.MAIL}:
        return Format("text", by_name)
    if _HTML_START.match(head):
        return Format("html", Kind.WEB)
    if _SVG_START.match(head):
        return Format("xml", Kind.PICTURE)
    if by_name not in (Kind.TEXT, Kind.OTHER, Kind.MAIL):
        return Format("text", Kind.TEXT)
    if _MBOX_LINE.match(head):
        return Format("mbox", Kind.MAIL)
    if by_name is not Kind.TEXT and _MAIL_HEADER.match(head):
        return Format("mail", Kind.MAIL)
    if head.lstrip()[:5].lower() == b"<?xml":
        return Format("xml", Kind.DATA)
    return Format("text", Kind.TEXT)


_TEXT_KINDS = frozenset({Kind.TEXT, Kind.CODE, Kind.CSV, Kind.DATA, Kind.NOTE, Kind.NOTEBOOK, Kind.WEB, Kind.MAIL})

_OFFICE_PARTS: tuple[tuple[str, str, Kind], ...] = (
    ("word/", "docx", Kind.DOCUMENT),
    ("xl/", "xlsx", Kind.SPREADSHEET),
    ("ppt/", "pptx", Kind.PRESENTATION),
)
_MIMETYPES: tuple[tuple[bytes, str, Kind], ...] = (
    (b"application/epub+zip", "epub", Kind.EBOOK),
    (b"application/vnd.oasis.opendocument.text", "opendocument", Kind.DOCUMENT),
    (b"application/vnd.oasis.opendocument.spreadsheet", "opendocument", Kind.SPREADSHEET),
    (b"application/vnd.oasis.opendocument.presentation", "opendocument", Kind.PRESENTATION),
    (b"application/vnd.oasis.opendocument.graphics", "opendocument", Kind.PICTURE),
)
_ZIP_EXTENSIONS: dict[str, tuple[str, Kind]] = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), ("docx", Kind.DOCUMENT)),
    **dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm"), ("xlsx", Kind.SPREADSHEET)),
    **dict.fromkeys(("pptx", "pptm", "ppsx", "potx"), ("pptx", Kind.PRESENTATION)),
    **dict.fromkeys(("odt", "ott"), ("opendocument", Kind.DOCUMENT)),
    **dict.fromkeys(("ods", "ots"), ("opendocument", Kind.SPREADSHEET)),
    **dict.fromkeys(("odp", "otp"), ("opendocument", Kind.PRESENTATION)),
    "epub": ("epub", Kind.EBOOK),
}


def _zip_format(source: BinaryIO, extension: str) -> Format:
    """Which of the many formats that are ZIP archives this one is, by its parts."""
    from indexer.readers.zipped import members

    place = source.tell()
    try:
        names = members(source, at_most=400)
        first = _stored_start(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Damaged: the reader of the promised format will say so.
        family, kind = _ZIP_EXTENSIONS.get(extension, ("archive", Kind.ARCHIVE))
        return Format(family, kind)
    finally:
        source.seek(place)
    for mimetype, family, kind in _MIMETYPES:
        if first.startswith(mimetype):
            return Format(family, kind)
    if "[Content_Types].xml" in names:
        for prefix, family, kind in _OFFICE_PARTS:
            if any(name.startswith(prefix) for name in names):
                return Format(family, kind)
    if "META-INF/container.xml" in names:
        return Format("epub", Kind.EBOOK)
    by_name = kind_of("x." + extension)
    if by_name in (Kind.DOCUMENT, Kind.SPREADSHEET, Kind.PRESENTATION, Kind.EBOOK, Kind.PICTURE, Kind.DATA):
        # Packages of programs whose formats nobody here reads (Pages, Keynote, .npz): not an archive to a person.
        return Format(NAME_ONLY, by_name)
    return Format("archive", Kind.ARCHIVE)


def _stored_start(source: BinaryIO) -> bytes:
    """The first bytes of the first member if that is the stored `mimetype` of OpenDocument and EPUB, else b""."""
    source.seek(0)
    head = source.read(200)
    return head[38:] if head[30:38] == b"mimetype" else b""


_OLE_STREAMS: tuple[tuple[str, str, Kind], ...] = (
    ("__properties_version1.0", "msg", Kind.MAIL),
    ("WordDocument", "doc", Kind.DOCUMENT),
    ("Workbook", "xls", Kind.SPREADSHEET),
    ("Book", "xls", Kind.SPREADSHEET),
    ("PowerPoint Document", "ppt", Kind.PRESENTATION),
)
_OLE_EXTENSIONS: dict[Kind, str] = {Kind.DOCUMENT: "doc", Kind.SPREADSHEET: "xls", Kind.PRESENTATION: "ppt"}


def _ole_format(source: BinaryIO, extension: str) -> Format:
    """Which of the formats in an OLE container this one is: by its streams, by its name if it can't be opened."""
    import olefile

    promised = kind_of("x." + extension)
    place = source.tell()
    try:
        container = olefile.OleFileIO(source)
        for stream, family, kind in _OLE_STREAMS:
            if container.exists(stream):
                return Format(family, kind)
        if container.exists("EncryptedPackage"):
            return Format("locked", promised if promised in _OLE_EXTENSIONS else Kind.DOCUMENT)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, KeyError, OverflowError):
        family = _OLE_EXTENSIONS.get(promised, NAME_ONLY)
        return Format(family, promised if family != NAME_ONLY else Kind.OTHER)
    finally:
        source.seek(place)
    return Format(NAME_ONLY, promised)


def _iso_format(head: bytes, extension: str) -> Format:
    """A picture, sound or video of the ISO base media family, by its brand."""
    brand = head[8:12]
    if brand in _STILL_BRANDS:
        return Format("heif", Kind.PICTURE)
    if brand in (b"M4A ", b"M4B ") or extension in ("m4a", "m4b"):
        return Format("sound", Kind.AUDIO)
    return Format("video", Kind.VIDEO)
