"""Thunar: custom actions, merged into the person's own list of them (`uca.xml`).

What stood in the list before is kept as a copy beside it, for the person and for an undo to the byte.
"""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from installer.shell import sentences as say
from installer.shell import uca
from installer.shell.entries import command, flat
from installer.shell.files import Wish, starts
from installer.shell.outcome import Did, Outcome, State, Status
from installer.shell.places import Places
from installer.shell.quoting import posix_exec
from installer.shell.record import Entry, Record, content_of, replace, sha256
from installer.verbs import PROGRAM, VERBS, On, Verb

_PLUGIN = ("thunarx-3/thunar-uca.so", "thunarx-2/thunar-uca.so")
_EMPTY = b'<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n'
_PREFIX = "homespun-"
TODO = "Run: thunar -q. Thunar reads its menu when it starts."
TITLE = "Thunar"


def ours(unique_id: str) -> bool:
    """Whether an action is one of ours."""
    return unique_id in {f"{_PREFIX}{verb.name}" for verb in VERBS}


def list_of_actions(places: Places) -> Path:
    """The person's list; Thunar writes it when its dialog is used the first time."""
    return places.config_home / "Thunar" / "uca.xml"


def backup_of(path: Path) -> Path:
    """The copy of what stood there without us."""
    return path.with_name("uca.xml.before-homespun")


def standard_list(places: Places) -> bytes:
    """What Thunar reads while the person has no list: the system's, which a list of their own hides."""
    for folder in places.config_dirs:
        content = content_of(folder / "Thunar" / "uca.xml")
        if content is not None:
            return content
    return _EMPTY


def actions(wish: Wish) -> tuple[str, ...]:
    """The actions as XML, in the order of the menu.

    A Thunar that does not know an element rejects the whole list, so its plug-in is asked which it knows.
    """
    plugin = wish.places.library(*_PLUGIN)
    known = (content_of(plugin) if plugin else None) or b""
    return tuple(_action(wish, verb, cascade=b"submenu" in known, range_=b"range" in known) for verb in VERBS)


def _action(wish: Wish, verb: Verb, *, cascade: bool, range_: bool) -> str:
    first, *others = wish.languages

    def words(language: str) -> str:
        return escape(verb.label(language) if cascade else flat(verb.label(language)))

    rows = [
        f"<icon>{escape(wish.icon(verb.icon))}</icon>",
        f"<name>{words(first)}</name>",
        *(f'<name xml:lang="{one}">{words(one)}</name>' for one in others),
        *([f"<submenu>{PROGRAM}</submenu>"] if cascade else []),
        f"<unique-id>{_PREFIX}{verb.name}</unique-id>",
        f"<command>{escape(posix_exec(command(wish, verb), '%F' if verb.several else '%f'))}</command>",
        f"<description>{escape(verb.about[first])}</description>",
        *(f'<description xml:lang="{one}">{escape(verb.about[one])}</description>' for one in others),
        *(["<range>1</range>"] if range_ and not verb.several else []),
        "<patterns>*</patterns>",
        "<image-files/>" if verb.on is On.PICTURES else "<directories/>",
    ]
    return "<action>\n" + "".join(f"\t{row}\n" for row in rows) + "</action>"


class Thunar:
    """Thunar's menu."""

    name = "thunar"
    title = TITLE

    def here(self, places: Places) -> bool:
        """Whether Thunar is here."""
        return places.has_program("thunar", "Thunar")

    def put(self, wish: Wish, record: Record) -> Outcome:
        """Merge our actions into the list."""
        path = list_of_actions(wish.places)
        now = content_of(path)
        if now is None and os.path.lexists(path) and not path.is_symlink():
            return Outcome(self.name, Did.KEPT, (path,), say.foreign(path), say.repair_by_hand())
        entry = record.entries.get(str(path))
        try:
            base = self._base(wish.places, now, entry)
            new = uca.merged(now if now is not None else base, ours, actions(wish))
        except uca.Malformed:
            return Outcome(self.name, Did.KEPT, (path,), say.malformed(path), say.repair_by_hand())
        if new == now:
            if entry is None:  # the record was lost
                record.entries[str(path)] = self._entry(path, wish, new, base, fresh=False)
            return Outcome(self.name, Did.UNCHANGED, (path,))
        fresh = entry.fresh if entry is not None and now is not None else now is None
        try:
            record.make_folder(path.parent)
            if now is not None:
                replace(backup_of(path), base, 0o600)
            replace(path, new, _mode(path))
        except OSError as error:
            return self._failed(path, error)
        record.entries[str(path)] = self._entry(path, wish, new, base, fresh=fresh)
        return Outcome(self.name, Did.WRITTEN, (path,), "", TODO)

    def take(self, places: Places, record: Record) -> Outcome:
        """Take our actions out of the list; to the byte what it was, if nobody else has changed it since."""
        path = list_of_actions(places)
        now = content_of(path)
        entry = record.entries.get(str(path))
        if now is None:
            record.entries.pop(str(path), None)
            return Outcome(self.name, Did.ABSENT)
        try:
            base = self._base(places, now, entry)
        except uca.Malformed:
            known = entry is not None
            return Outcome(self.name, Did.KEPT if known else Did.ABSENT, (path,) if known else (), say.malformed(path))
        try:
            self._leave(path, now, base, entry)
        except OSError as error:
            return self._failed(path, error)
        record.entries.pop(str(path), None)
        if base == now:
            return Outcome(self.name, Did.ABSENT)
        return Outcome(self.name, Did.REMOVED, (path,), "", TODO)

    def look(self, places: Places, record: Record) -> Status:
        """How it stands."""
        path = list_of_actions(places)
        now = content_of(path)
        try:
            found = [one for one in uca.read(now).actions if ours(one.id)] if now is not None else []
        except uca.Malformed:
            return Status(self.name, State.BROKEN, f"{say.malformed(path)} {say.repair_by_hand()}")
        if not found:
            if str(path) in record.entries:
                return Status(self.name, State.BROKEN, f"{say.some_missing(path)} {say.mend()}")
            if not self.here(places):
                return Status(self.name, State.UNSUPPORTED, say.not_here(self.title))
            return Status(self.name, State.ABSENT, say.absent(self.title))
        if len({one.id for one in found}) < len(VERBS):
            return Status(self.name, State.BROKEN, f"{say.some_missing(path)} {say.mend()}")
        for one in found:
            program = _program(one.texts.get("command", ""))
            if not program or not starts((program,), places):
                return Status(self.name, State.BROKEN, f"{say.no_command(program)} {say.mend()}")
        return Status(self.name, State.PRESENT, say.present(self.title))

    def _base(self, places: Places, now: bytes | None, entry: Entry | None) -> bytes:
        """What the list would be without us. Raises `Malformed`."""
        if now is None:
            return standard_list(places)
        if entry is not None and entry.sha256 == sha256(now):
            copy = content_of(backup_of(Path(entry.path)))
            if copy is not None and sha256(copy) == entry.base:
                return copy
        return uca.without(now, ours)

    def _leave(self, path: Path, now: bytes, base: bytes, entry: Entry | None) -> None:
        """Leave `base` there, or nothing where nothing was. Raises `OSError`."""
        if entry is not None and entry.fresh and sha256(base) == entry.base:
            Path(os.path.realpath(path)).unlink()  # a link that led nowhere leads nowhere again
        elif base != now:
            replace(path, base, _mode(path))
        copy = content_of(backup_of(path))
        if copy is not None and (copy == base or (entry is not None and sha256(copy) == entry.base)):
            backup_of(path).unlink()

    def _entry(self, path: Path, wish: Wish, new: bytes, base: bytes, *, fresh: bool) -> Entry:
        return Entry(self.name, str(path), sha256(new), "merged", wish.command, sha256(base), fresh)

    def _failed(self, path: Path, error: OSError) -> Outcome:
        return Outcome(self.name, Did.FAILED, (path,), say.not_written(path, error.strerror or str(error)))


def _mode(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    return 0o644


def _program(line: str) -> str:
    """The first word of an action's command; "" when it has none."""
    with suppress(ValueError, IndexError):
        return shlex.split(line)[0].replace("%%", "%")
    return ""


THUNAR = Thunar()
