"""What software centres show (AppStream)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from installer.build.linux import manpage
from installer.verbs import PICTURE_TYPES

ID = "local.homespun.homespun"
"""A reversed domain, as AppStream wants it; `local`, because none is ours."""
ENTRY = "homespun"
SUMMARY = {
    "en": "Find files by meaning; erase things from photos",
    "de": "Dateien nach Inhalt finden, Dinge aus Fotos entfernen",
}
PARAGRAPHS: tuple[Mapping[str, str], ...] = (
    {
        "en": "Homespun finds the files on your computer by what they are about, erases things from photos, and enlarges them. "
        "It keeps one index on your disk, works without a download, and sends nothing anywhere.",
        "de": "Homespun findet Dateien auf Ihrem Computer nach ihrem Inhalt, entfernt Dinge aus Fotos und vergrößert sie. Es führt "
        "einen Index auf Ihrer Platte, arbeitet ohne Herunterladen und sendet nichts.",
    },
    {
        "en": "Right-click a picture in the file manager to erase something from it or to enlarge it, and a folder to search in it. "
        "Originals stay as they are: a result is a file of its own.",
        "de": "Ein Rechtsklick auf ein Bild in der Dateiverwaltung entfernt etwas daraus oder vergrößert es, einer auf einen Ordner "
        "sucht darin. Originale bleiben, wie sie sind: Ein Ergebnis ist eine eigene Datei.",
    },
)
_NEWS = re.compile(r"^## (\d+\.\d+\.\d+\S*)\s*$", re.MULTILINE)


def metainfo(changelog: str, version: str, time: int) -> str:
    """The text of the metainfo file. Releases are those of `changelog` (CHANGELOG.md); `time` dates `version`."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<component type="desktop-application">',
        f"  <id>{ID}</id>",
        "  <metadata_license>CC0-1.0</metadata_license>",
        "  <project_license>Apache-2.0</project_license>",
        "  <name>Homespun</name>",
        "  <developer_name>The Homespun authors</developer_name>",
        *_said("summary", SUMMARY, "  "),
        "  <description>",
        *(row for one in PARAGRAPHS for row in _said("p", one, "    ")),
        "  </description>",
        f'  <launchable type="desktop-id">{ENTRY}.desktop</launchable>',
        f'  <icon type="stock">{ENTRY}</icon>',
        "  <categories>",
        "    <category>Graphics</category>",
        "    <category>RasterGraphics</category>",
        "    <category>Utility</category>",
        "  </categories>",
        "  <provides>",
        f"    <binary>{ENTRY}</binary>",
        *(f"    <mediatype>{one}</mediatype>" for one in sorted(set(PICTURE_TYPES.values()))),
        "  </provides>",
        "  <recommends>",
        "    <control>pointing</control>",
        "    <control>keyboard</control>",
        "  </recommends>",
        '  <content_rating type="oars-1.1"/>',
        "  <releases>",
        *_releases(changelog, version, time),
        "  </releases>",
        "</component>",
    ]
    return "\n".join(rows) + "\n"


def _said(tag: str, words: Mapping[str, str], indent: str) -> Iterator[str]:
    for language, text in words.items():
        mark = "" if language == "en" else f' xml:lang="{language}"'
        yield f"{indent}<{tag}{mark}>{escape(text)}</{tag}>"


def _releases(changelog: str, version: str, time: int) -> Iterator[str]:
    """The version itself with its day and the first words told of it; of those before it no day is known."""
    day = datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")
    yield f'    <release version="{escape(version)}" date="{day}">'
    if told := news(changelog, version):
        yield f"      <description><p>{escape(told)}</p></description>"
    yield "    </release>"


def news(changelog: str, version: str) -> str:
    """The first paragraph below the heading of `version`, as plain words; empty where there is none."""
    for found in _NEWS.finditer(changelog):
        if found[1] == version:
            paragraph = changelog[found.end() :].strip().partition("\n\n")[0]
            return manpage.plain(" ".join(paragraph.split()))
    return ""
