"""Menus that are files of our own: writing them, taking exactly these away again, and seeing how they stand."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from installer.shell import sentences as say
from installer.shell.outcome import Did, Outcome, State, Status
from installer.shell.places import Places
from installer.shell.record import Entry, Record, content_of, replace, sha256
from installer.verbs import LANGUAGES

_SEAL = "# homespun: "
STOCK_ICONS = {"erase": "edit-clear", "enlarge": "zoom-in", "search": "system-search"}


@dataclass(frozen=True)
class Wish:
    """What to write: `command` is the program's words that every entry begins with.

    `language` is one language for all words; None takes both where the format holds both, else the person's own. `icons` is
    the folder that `python -m desktop.window.art` filled, if there is one.
    """

    places: Places
    command: tuple[str, ...]
    language: str | None = None
    icons: Path | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to write, the one for everybody else first."""
        return LANGUAGES if self.language is None else (self.language,)

    @property
    def one_language(self) -> str:
        """The language of what can hold but one."""
        return self.language or self.places.language

    def icon(self, name: str) -> str:
        """The name of an icon that is there: our own `name` ("" is the program's), else one that every theme has."""
        own = f"homespun-{name}" if name else "homespun"
        return own if self.places.has_icon(own) else STOCK_ICONS.get(name, "image-x-generic")


@dataclass(frozen=True)
class File:
    """One file to write."""

    path: Path
    content: bytes
    mode: int = 0o644


def sealed(text: str, command: Sequence[str]) -> bytes:
    """`text` with a line of comment that vouches for it: what it starts, and the sha256 of all other lines.

    A file with a whole seal is ours and unchanged, even when the record is lost. It goes below a first line that begins
    with #!.
    """
    head, rest = (
        ("", text) if not text.startswith("#!") else (text[: text.index("\n") + 1], text[text.index("\n") + 1 :])
    )
    told = json.dumps({"sha256": sha256((head + rest).encode()), "command": list(command)})
    return f"{head}{_SEAL}{told}\n{rest}".encode()


def sealed_command(content: bytes) -> tuple[str, ...] | None:
    """The command that a sealed file starts; None for a file without a seal, or changed since."""
    lines = content.splitlines(keepends=True)
    for place, row in enumerate(lines[:2]):
        if row.startswith(_SEAL.encode()):
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(row[len(_SEAL) :])
                if told["sha256"] == sha256(b"".join(lines[:place] + lines[place + 1 :])):
                    return tuple(map(str, told["command"]))
    return None


@dataclass(frozen=True)
class Written:
    """A file manager whose menu is made of files of our own. `here` says whether it is on this computer.

    `todo` is the sentence about what the person does next. `also` makes the files of another form, which an earlier call
    may have chosen; with it files are found again when the record is lost.
    """

    name: str
    title: str
    here: Callable[[Places], bool]
    files: Callable[[Wish], tuple[File, ...]]
    todo: str = ""
    also: Callable[[Wish], tuple[File, ...]] | None = None

    def put(self, wish: Wish, record: Record) -> Outcome:
        """Write what is missing, take away what an earlier wish wrote and this one doesn't."""
        wanted = self.files(wish)
        if wanted and all(wish.places.packaged(one.path) for one in wanted):
            self.take(wish.places, record)  # else everything would be there twice
            return Outcome(self.name, Did.UNCHANGED, (), say.packaged(self.title))
        kept: list[str] = []
        did = False
        at = Path()
        try:
            for one in wanted:
                at = one.path
                now = content_of(at)
                if why := self._taken(one, now, record):
                    kept.append(why)
                    continue
                did |= self._write(one, now, record)
                record.entries[str(at)] = Entry(self.name, str(at), sha256(one.content), command=wish.command)
            for at in self._traces(wish.places, record):
                if all(at != one.path for one in wanted) and self._delete(at, record) is None:
                    did = True
        except OSError as error:
            return self._failed(at, error, kept)
        paths = tuple(one.path for one in wanted)
        if kept:
            return Outcome(self.name, Did.KEPT, paths, " ".join(kept), say.mend_by_hand())
        return Outcome(self.name, Did.WRITTEN if did else Did.UNCHANGED, paths, "", self.todo if did else "")

    def take(self, places: Places, record: Record) -> Outcome:
        """Delete what we wrote and nobody changed."""
        kept: list[str] = []
        gone: list[Path] = []
        for path in self._traces(places, record):
            try:
                left = self._delete(path, record)
            except OSError as error:
                return self._failed(path, error, kept)
            if left is None:
                gone.append(path)
            else:
                kept.append(left)
        if kept:
            return Outcome(self.name, Did.KEPT, tuple(gone), " ".join(kept))
        return Outcome(self.name, Did.REMOVED if gone else Did.ABSENT, tuple(gone), "", self.todo if gone else "")

    def look(self, places: Places, record: Record) -> Status:
        """How it stands."""
        traces = self._traces(places, record)
        wrong: list[str] = []
        for path in traces:
            now = content_of(path)
            entry = record.entries.get(str(path))
            if now is None:
                wrong.append(f"{say.gone(path)} {say.mend()}")
            elif not ours(record, path, now):
                wrong.append(f"{say.changed(path)} {say.mend_by_hand()}")
            else:
                command = entry.command if entry else sealed_command(now) or ()
                if command and not starts(command, places):
                    wrong.append(f"{say.no_command(command[0])} {say.mend()}")
        if wrong:
            return Status(self.name, State.BROKEN, " ".join(dict.fromkeys(wrong)))
        if traces:
            return Status(self.name, State.PRESENT, say.present(self.title))
        wanted = self.files(Wish(places, ("homespun",)))
        if wanted and all(places.packaged(one.path) for one in wanted):
            return Status(self.name, State.PRESENT, say.packaged(self.title))
        if not self.here(places):
            return Status(self.name, State.UNSUPPORTED, say.not_here(self.title))
        return Status(self.name, State.ABSENT, say.absent(self.title))

    def _taken(self, one: File, now: bytes | None, record: Record) -> str:
        """Why the name can't be ours; "" when it can."""
        if now is None:
            return say.foreign(one.path) if os.path.lexists(one.path) else ""
        if now == one.content or ours(record, one.path, now):
            return ""
        return say.edited(one.path) if str(one.path) in record.entries else say.foreign(one.path)

    def _write(self, one: File, now: bytes | None, record: Record) -> bool:
        if now == one.content and (os.name == "nt" or one.path.stat().st_mode & 0o777 == one.mode):
            return False
        record.make_folder(one.path.parent)
        replace(one.path, one.content, one.mode)
        return True

    def _delete(self, path: Path, record: Record) -> str | None:
        """Delete a file of ours; else the sentence that says why it stays. Raises `OSError`."""
        now = content_of(path)
        if now is not None and not ours(record, path, now):
            record.entries.pop(str(path), None)
            return say.edited(path)
        if now is not None:
            path.unlink()
            _drop_compiled(path)
        record.entries.pop(str(path), None)
        return None

    def _traces(self, places: Places, record: Record) -> list[Path]:
        """What we wrote: by the record, and by seals where it is lost."""
        found = [Path(one.path) for one in record.of(self.name)]
        for language in LANGUAGES:
            wish = Wish(places, ("homespun",), language)
            for one in (*self.files(wish), *(self.also(wish) if self.also else ())):
                now = content_of(one.path)
                if one.path not in found and now is not None and sealed_command(now) is not None:
                    found.append(one.path)
        return found

    def _failed(self, path: Path, error: OSError, kept: list[str]) -> Outcome:
        why = say.not_written(path, error.strerror or str(error))
        return Outcome(self.name, Did.FAILED, (path,), " ".join([*kept, why]))


def ours(record: Record, path: Path, now: bytes) -> bool:
    """Whether the file holds exactly what we left there."""
    entry = record.entries.get(str(path))
    return (entry is not None and entry.sha256 == sha256(now)) or sealed_command(now) is not None


def starts(command: Sequence[str], places: Places) -> bool:
    """Whether the program of the entries is there."""
    program = command[0]
    if os.path.isabs(program):  # noqa: PTH117 - it is a word
        return os.access(program, os.X_OK)
    return places.has_program(program)


def _drop_compiled(path: Path) -> None:
    # A file manager that runs Python has compiled our extension beside it.
    if path.suffix == ".py":
        folder = path.parent / "__pycache__"
        for one in folder.glob(f"{path.stem}.*.pyc"):
            with suppress(OSError):
                one.unlink()
        with suppress(OSError):
            folder.rmdir()
