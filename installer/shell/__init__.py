"""Homespun's entries in the right-click menus of this computer's file managers: written, taken away, looked at.

    install(command=("/usr/bin/homespun",))       # wherever a file manager is here
    status(("thunar",))[0].words
    remove()

What is written is recorded, and `remove` undoes exactly that. A file that the person made or changed is left alone, and the
outcome says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from installer.failure import ExitCode, Failure
from installer.shell import sentences as say
from installer.shell.desktop_entry import DESKTOP, ICONS
from installer.shell.dolphin import DOLPHIN
from installer.shell.files import File, Wish, Written
from installer.shell.macos import FINDER
from installer.shell.nautilus import CAJA, NAUTILUS
from installer.shell.nemo import NEMO
from installer.shell.outcome import Did, Outcome, State, Status, Target
from installer.shell.pcmanfm import PCMANFM
from installer.shell.places import Places
from installer.shell.quoting import writable
from installer.shell.record import Record
from installer.shell.thunar import THUNAR

__all__ = [
    "Did", "Failure", "File", "Outcome", "Places", "State", "Status", "Target", "Wish", "install", "plan", "remove", "status",
    "targets",
]  # fmt: skip


class Menu(Protocol):
    """What can be done to one target."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    def here(self, places: Places, /) -> bool: ...
    def put(self, wish: Wish, record: Record, /) -> Outcome: ...
    def take(self, places: Places, record: Record, /) -> Outcome: ...
    def look(self, places: Places, record: Record, /) -> Status: ...


def menus(places: Places) -> tuple[Menu, ...]:
    """The targets of a system, those of one's own windows last."""
    if places.platform == "win32":
        from installer.shell.explorer import EXPLORER

        return (EXPLORER,)
    if places.platform == "darwin":
        return (FINDER,)
    return (THUNAR, NAUTILUS, NEMO, DOLPHIN, CAJA, PCMANFM, DESKTOP)


def targets(places: Places | None = None) -> tuple[Target, ...]:
    """Every target of this system."""
    at = places or Places.here()
    return tuple(Target(one.name, one.title, one.here(at)) for one in menus(at))


def status(names: Sequence[str] | None = None, places: Places | None = None) -> tuple[Status, ...]:
    """How it stands with the targets `names`, or with all. Raises `Failure` for a name that is none."""
    at = places or Places.here()
    record = Record.read(at.record)
    return tuple(one.look(at, record) for one in _chosen(names, at))


def install(
    names: Sequence[str] | None = None,
    *,
    command: Sequence[str],
    places: Places | None = None,
    language: str | None = None,
    icons: Path | None = None,
) -> tuple[Outcome, ...]:
    """Write our entries for the targets `names`, or wherever a file manager is here. A second call changes nothing.

    `command` is the program's words; `language` as in `Wish`; `icons` the folder that `python -m desktop.window.art` filled.
    Raises `Failure` for a name that is none, a command that can't be written, and a record that can't be.
    """
    if not command or not writable(command):
        raise Failure(
            ExitCode.USAGE,
            "Homespun lies in a folder whose name holds signs that menus can't.",
            "Put it into another folder.",
        )
    at = places or Places.here()
    record = Record.read(at.record)
    wish = Wish(at, tuple(command), language, icons)
    chosen = [one for one in _chosen(names, at) if names is not None or one.here(at) or record.of(one.name)]
    found = []
    if icons is not None:
        drawn = ICONS.put(wish, record)  # first, so that the entries name what is there
        found += [drawn] if drawn.did in (Did.KEPT, Did.FAILED) else []
    found += [one.put(wish, record) for one in chosen]
    _save(record)
    return tuple(found)


def remove(names: Sequence[str] | None = None, places: Places | None = None) -> tuple[Outcome, ...]:
    """Take away what `install` wrote for the targets `names`, or for all. Raises as `status`, and as the record does."""
    at = places or Places.here()
    record = Record.read(at.record)
    found = [one.take(at, record) for one in _chosen(names, at)]
    if {entry.target for entry in record.entries.values()} <= {ICONS.name}:
        drawn = ICONS.take(at, record)
        found += [drawn] if drawn.did in (Did.KEPT, Did.FAILED) else []
    record.drop_folders()
    _save(record)
    return tuple(found)


def plan(name: str, wish: Wish) -> tuple[File, ...]:
    """The files that a target would get: for a package that brings them for everybody. Raises `Failure`.

    Thunar has none: its list is each person's own.
    """
    (menu,) = _chosen((name,), wish.places)
    return menu.files(wish) if isinstance(menu, Written) else ()


def _chosen(names: Sequence[str] | None, places: Places) -> list[Menu]:
    known = {one.name: one for one in menus(places)}
    if unknown := [name for name in names or () if name not in known]:
        raise Failure(
            ExitCode.USAGE, f"There is no menu called {unknown[0]}.", f"The menus here are: {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)] if names is not None else list(known.values())


def _save(record: Record) -> None:
    try:
        record.save()
    except OSError as error:
        raise Failure(
            ExitCode.FAILED,
            say.not_written(record.path, error.strerror or str(error)),
            "Make it writable, then do the same again.",
        ) from error
