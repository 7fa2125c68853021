"""What a package puts below /usr/share for everybody: the entry in menus, file managers' entries, icons, pages."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

from installer import project
from installer.build.linux import manpage, metainfo
from installer.shell import desktop_entry, dolphin, nautilus, nemo, pcmanfm
from installer.shell.files import File, Wish
from installer.shell.places import Places

COMMAND = ("/usr/bin/homespun",)
DOC = "usr/share/doc/homespun"


@dataclass(frozen=True)
class Source:
    """What the shared files are made from: the checkout, the rendered icons, and the time in seconds since 1970."""

    root: Path
    art: Path
    time: int


def write(stage: Path, source: Source) -> None:
    """Write the files below `stage`/usr/share. Raises `OSError`.

    Thunar has no file for all people: `homespun shell install --for thunar` writes the person's own. Nothing starts by itself.
    """
    share = stage / "usr" / "share"
    nobody = (
        stage / "nobody"
    )  # the parts below take the places of a person, and are only asked for what goes to data_home
    places = Places(nobody, nobody, share, nobody / "record", config_dirs=(), data_dirs=())
    wish = Wish(places, COMMAND, icons=source.art)
    for one in desktop_entry.icons(wish):
        _put(one)
    for one in _entries(wish):
        _put(one)
    _pages(share, source)


def _entries(wish: Wish) -> tuple[File, ...]:
    return (
        *desktop_entry.files(wish),
        *dolphin.files(wish),
        *nemo.files(wish),
        *nautilus.extension("nautilus", wish),
        *nautilus.extension("caja", wish),
        *pcmanfm.files(wish),
    )


def _put(one: File) -> None:
    one.path.parent.mkdir(parents=True, exist_ok=True)
    one.path.write_bytes(one.content)


def _pages(share: Path, source: Source) -> None:
    version = project.version(source.root)
    changelog = (source.root / "CHANGELOG.md").read_text(encoding="utf-8")
    told = share / "metainfo" / f"{metainfo.ID}.metainfo.xml"
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text(metainfo.metainfo(changelog, version, source.time), encoding="utf-8")
    commands = (source.root / "docs" / "commands.md").read_text(encoding="utf-8")
    packed(share / "man" / "man1" / "homespun.1.gz", manpage.page(commands, version, source.time, f"/{DOC}"))
    for page in sorted((source.root / "docs").glob("*.md")):
        target = share.parent.parent / DOC / page.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.read_bytes())


def packed(path: Path, text: str) -> None:
    """Write `text` as a .gz without a name and a time, as Debian wants it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
