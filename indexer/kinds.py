"""The kinds of files that a person names in a sentence."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is to a person. A file has exactly one; a query may name several.

    `SCREENSHOT` is a picture whose name or folder says so; `NOTE` is a text that a person wrote for themselves (md,
    rst, org); `CSV` is a spreadsheet kept as text.
    """

    ARCHIVE = "archive"
    AUDIO = "audio"
    CODE = "code"
    CSV = "csv"
    DATA = "data"
    DOCUMENT = "document"
    EBOOK = "ebook"
    MAIL = "mail"
    NOTE = "note"
    NOTEBOOK = "notebook"
    OTHER = "other"
    PDF = "pdf"
    PICTURE = "picture"
    PRESENTATION = "presentation"
    SCREENSHOT = "screenshot"
    SPREADSHEET = "spreadsheet"
    TEXT = "text"
    VIDEO = "video"
    WEB = "web"
