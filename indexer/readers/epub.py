"""EPUB books: chapters in the order of reading."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from typing import BinaryIO
from urllib.parse import unquote

from indexer.document import Document, Limits, Unreadable
from indexer.kinds import Kind
from indexer.readers.clean import CUT, Full, Sink
from indexer.readers.families import VERSIONS
from indexer.readers.html import add_page
from indexer.readers.safexml import Element, attribute, text_of, whole
from indexer.readers.zipped import Overflow, Zip


class Epub:
    """Reads the chapters that the book's spine lists."""

    kinds = frozenset({Kind.EBOOK})
    version = VERSIONS["epub"]

    def read(self, source: BinaryIO, name: str, limits: Limits) -> Document:  # noqa: ARG002  the name says nothing here
        """The book in `source`; raises `Unreadable`."""
        archive = Zip(source, limits)
        package, folder = _package(archive)
        facts: dict[str, str] = {}
        for fact, element in (
            ("author", "creator"),
            ("created", "date"),
            ("language", "language"),
            ("subject", "subject"),
        ):
            if value := text_of(package, element):
                facts[fact] = value
        sink = Sink(limits)
        with suppress(Full):
            for chapter in _spine(package, folder, archive):
                _add_chapter(archive, chapter, sink)
        return sink.document(Kind.EBOOK, text_of(package, "title"), facts)


def _package(archive: Zip) -> tuple[Element, str]:
    """The root of the package document and the folder that its names are relative to."""
    root = whole(archive.read("META-INF/container.xml", 100_000))
    file = root.find(".//{*}rootfile")
    path = "" if file is None else attribute(file, "full-path")
    if not archive.has(path):
        raise Unreadable("ebook: damaged")
    return whole(archive.read(path, 5_000_000)), posixpath.dirname(path)


def _spine(package: Element, folder: str, archive: Zip) -> list[str]:
    """The names of the chapters in order; every page of the archive if the spine leads nowhere."""
    items = {item.get("id"): unquote(item.get("href") or "") for item in package.iter("{*}item")}
    names = [
        posixpath.normpath(posixpath.join(folder, items.get(ref.get("idref"), "")))
        for ref in package.iter("{*}itemref")
    ]
    there = [name for name in names if archive.has(name)]
    return there or [name for name in archive.names if name.lower().endswith((".xhtml", ".html", ".htm"))]


def _add_chapter(archive: Zip, chapter: str, sink: Sink) -> None:
    """Put one chapter into `sink`; a locked or damaged one is noted and left out."""
    try:
        page = archive.read(chapter)
    except Overflow as error:
        sink.mark(CUT)
        raise Full from error
    except Unreadable as error:
        sink.mark(error.reason)
        return
    try:
        add_page(page, sink)
    except Unreadable:
        sink.mark("ebook: some chapters are locked or damaged")
    sink.add("\n")
    if sink.room == 0:
        sink.mark(CUT)
        raise Full


READERS = {"epub": Epub()}
