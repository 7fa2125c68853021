"""What the palette has done for it: by the app's doors with a file, by the search process to the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from desktop.state.doors import Doors
from desktop.state.folder_rows import name_of
from desktop.state.notices import Notice, of_failure
from desktop.words import say
from desktop.workers import Ended, Event, WorkerProcess

Aside = Callable[[Callable[[Callable[[], None]], None]], None]
"""Runs work that writes to the index while nobody else does; the work calls what it is given once it is done."""


class Done(Protocol):
    """Gets what to say, and whether the question should be asked anew."""

    def __call__(self, notice: Notice, *, anew: bool) -> None:
        """See the class."""


def at_once(work: Callable[[Callable[[], None]], None]) -> None:
    """Where nobody else writes, there is nothing to wait for."""
    work(lambda: None)


class Errands:
    """Each asks the search worker, and says how it went."""

    def __init__(self, worker: WorkerProcess, doors: Doors, aside: Aside) -> None:
        self._worker, self._doors, self._aside = worker, doors, aside

    def leave_out(self, folder: Path, then: Done) -> None:
        """Search this folder no more."""

        def done(_told: Mapping[str, Any]) -> None:
            words = say("palette.left_out", name=name_of(str(folder)))
            then(Notice("plain", words, (("undo", say("palette.undo")),)), anew=True)

        self._run("leave_out", {"path": str(folder)}, done, then)

    def take_back(self, folder: Path, then: Done) -> None:
        """Undo `leave_out`."""

        def done(_told: Mapping[str, Any]) -> None:
            then(Notice("plain", say("palette.taken_back", name=name_of(str(folder)))), anew=False)

        self._run("take_back", {"path": str(folder)}, done, then)

    def repair(self, then: Done) -> None:
        """Move a damaged index aside and begin another; without its folders the person has to choose them again."""

        def done(told: Mapping[str, Any]) -> None:
            roots = told["roots"]
            then(Notice("plain", say("palette.made_anew" if roots else "palette.made_anew_empty")), anew=True)
            if not roots:
                self._doors.show("folders")

        self._run("repair", {}, done, then)

    def _run(self, do: str, told: Mapping[str, Any], done: Callable[[Mapping[str, Any]], None], then: Done) -> None:
        def work(over: Callable[[], None]) -> None:
            def heard(event: Event) -> None:
                if event.how is Ended.DONE:
                    done(event.told)
                elif event.last:
                    then(trouble(event.told), anew=False)
                if event.last:
                    over()

            self._worker.ask(do, told, heard)

        self._aside(work)


def by_doors(doors: Doors, action: str, path: Path) -> str:
    """Have the app do something with a file; what to say of it where the palette stays. Raises `HomespunError`."""
    match action:
        case "open":
            doors.open_file(path)
        case "open_with":
            doors.open_with(path)
        case "show":
            doors.show_in_folder(path)
        case "erase" | "fill" | "enlarge":
            doors.edit([path], action)
        case "copy":
            doors.copy_files([path])
            return say("palette.copied")
        case "copy_path":
            doors.copy_text(str(path))
            return say("palette.path_copied")
        case _:
            raise ValueError(action)
    return ""


def trouble(told: Mapping[str, Any]) -> Notice:
    """What to say of a call that failed, was ended, or died."""
    again = ("again", say("common.retry"))
    if told.get("error") == "TooLong":
        return Notice("warn", say("palette.too_long"), (again,))
    if told.get("error") == "Died":
        return Notice("warn", say("common.died"), (again,))
    return of_failure(told)
