"""Which reader reads what, and the one place where a file's bytes become a `Document`."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from indexer.document import Document, State, Unreadable
from indexer.readers.magic import DAMAGED, HEAD, NAME_ONLY, detect

if TYPE_CHECKING:
    from indexer.document import Limits, Reader

BY_NAME = "by name only"

VERSIONS: dict[str, int] = {
    NAME_ONLY: 1,
    DAMAGED: 1,
    "text": 1,
    "json": 1,
    "notebook": 1,
    "xml": 1,
    "html": 1,
    "pdf": 1,
    "docx": 1,
    "xlsx": 1,
    "pptx": 1,
    "opendocument": 1,
    "epub": 1,
    "rtf": 1,
    "mail": 1,
    "mbox": 1,
    "msg": 1,
    "doc": 1,
    "xls": 1,
    "ppt": 1,
    "locked": 1,
    "archive": 1,
    "picture": 1,
    "heif": 1,
    "sound": 1,
    "video": 1,
}
"""Every family of formats and the version of its reader: raise it when the reader would give another text."""

_MODULES: dict[str, str] = {
    "text": "plain",
    "json": "json_text",
    "notebook": "notebook",
    "xml": "xml_text",
    "html": "html",
    "pdf": "pdf",
    "docx": "word",
    "xlsx": "sheets",
    "pptx": "slides",
    "opendocument": "opendocument",
    "epub": "epub",
    "rtf": "rtf",
    "mail": "mail",
    "mbox": "mail",
    "msg": "msg",
    "doc": "old_word",
    "xls": "old_sheets",
    "ppt": "old_slides",
    "locked": "ole",
    "archive": "archive",
    "picture": "picture",
    "heif": "heif",
    "sound": "sound",
    "video": "video",
}

CONTAINERS = frozenset({"archive"})
"""Families whose files are nothing but other files: inside another container they are not opened."""


def reader_of(family: str) -> Reader:
    """The reader of a family; its module, and the library it needs, is imported on first use."""
    module = import_module(f"indexer.readers.{_MODULES[family]}")
    return cast("Reader", module.READERS[family])


def read_document(
    source: BinaryIO,
    name: str,
    folder: str,
    limits: Limits,
    tell: Callable[[str], None] = lambda _family: None,
) -> tuple[Document, str]:
    """The document in `source` and the family that read it. Every failure becomes a document with its reason.

    `name` is the file's name, `folder` its folder's (for screenshots). `tell` is called with the family before its
    reader is.
    """
    head = source.read(HEAD)
    source.seek(0)
    found = detect(head, name, source, folder)
    if found.family in (NAME_ONLY, DAMAGED):
        state = State.ERROR if found.family == DAMAGED else State.INDEXED
        return Document(found.kind, state=state, reason=found.reason or BY_NAME), found.family
    tell(found.family)
    try:
        document = reader_of(found.family).read(source, name, limits)
    except Unreadable as refusal:
        document = Document(found.kind, state=refusal.state, reason=refusal.reason)
    except MemoryError:
        document = Document(found.kind, state=State.ERROR, reason=f"{found.family}: needs too much memory")
    except RecursionError:
        document = Document(found.kind, state=State.ERROR, reason=f"{found.family}: nested too deep")
    except Exception as error:  # noqa: BLE001  the job boundary: one bad file must not stop the rest
        document = Document(
            found.kind, state=State.ERROR, reason=f"{found.family}: the reader failed ({_place_of(error)})"
        )
    return replace(document, kind=found.kind), found.family


def _place_of(error: Exception) -> str:
    """How and where a reader failed, without anything of the file's contents."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "readers" in frame.filename]
    where = f", {PurePath(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
