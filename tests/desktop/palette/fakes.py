"""A search process, a clock, an app and small pictures that do what a test says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from desktop.state.palette import PaletteState
from desktop.workers import Ended, Event
from homespun.errors import HomespunError

TODAY = date(2026, 7, 20)


class Clock:
    """`Later`: runs what is due when a test lets time pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._made = 0

    def __call__(self, seconds: float, then: Callable[[], None]) -> None:
        self._made += 1
        self._due.append((self.now + seconds, self._made, then))

    def pass_by(self, seconds: float) -> None:
        """Let time pass, and run what falls due in it, in its order."""
        end = self.now + seconds
        while due := sorted(one for one in self._due if one[0] <= end):
            at, made, then = due[0]
            self._due = [one for one in self._due if one[1] != made]
            self.now = at
            then()
        self.now = end


@dataclass
class Asked:
    """One call as the fake worker got it; also its ticket."""

    do: str
    told: Mapping[str, Any]
    then: Callable[[Event], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True

    def begin(self) -> None:
        """It says that it began."""
        self.then(Event(Ended.PART, {"begun": True}))

    def part(self, told: Mapping[str, Any]) -> None:
        """A part of the answer."""
        self.then(Event(Ended.PART, told))

    def done(self, told: Mapping[str, Any]) -> None:
        """The answer."""
        self.then(Event(Ended.DONE, told))

    def end(self, how: Ended, told: Mapping[str, Any] | None = None) -> None:
        """Another end."""
        self.then(Event(how, told or {"what": "", "todo": "", "error": "Died"}))


class FakeWorker:
    """Keeps what it was asked; the test answers."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.kills = 0

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> Asked:
        one = Asked(do, dict(told), then)
        self.asked.append(one)
        return one

    def kill(self) -> None:
        self.kills += 1

    def last(self, do: str) -> Asked:
        """The newest call of that name."""
        return next(one for one in reversed(self.asked) if one.do == do)

    def count(self, do: str) -> int:
        """How often that was asked."""
        return sum(one.do == do for one in self.asked)


@dataclass
class FakeDoors:
    """Notes what the app was asked for; `fault` is raised by the next opening."""

    done: list[tuple[Any, ...]] = field(default_factory=list)
    fault: HomespunError | None = None

    def open_file(self, path: Path) -> None:
        if self.fault is not None:
            raise self.fault
        self.done.append(("open", path))

    def open_with(self, path: Path) -> None:
        self.done.append(("open_with", path))

    def show_in_folder(self, path: Path) -> None:
        self.done.append(("show_in_folder", path))

    def copy_files(self, paths: Sequence[Path]) -> None:
        self.done.append(("copy", *paths))

    def copy_text(self, text: str) -> None:
        self.done.append(("copy_text", text))

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        self.done.append(("edit", tool, *paths))

    def enqueue(self, paths: Sequence[Path]) -> None:
        self.done.append(("enqueue", *paths))

    def show(self, place: str) -> None:
        self.done.append(("show", place))

    def notify(self, title: str, words: str) -> None:
        self.done.append(("notify", title, words))


class NoThumbnails:
    """Has none, and notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Path, int]] = []

    def get(self, path: Path, size: int) -> None:
        self.asked.append((path, size))


def hit(name: str, **more: Any) -> dict[str, Any]:
    """A hit as the worker tells it."""
    told: dict[str, Any] = {
        "path": f"/home/clara/Documents/{name}",
        "name": name,
        "marks": [],
        "title": name,
        "kind": "text",
        "date": "2026-07-12T18:42:00+02:00",
        "size": 6_100_000,
        "why": [["words", "cat"]],
        "snippet": "",
        "snippet_marks": [],
        "folder": ["Documents"],
        "gone": False,
        "outside": False,
    }
    return told | more


def answer(*hits: dict[str, Any], complete: bool = True, **more: Any) -> dict[str, Any]:
    """An answer as the worker tells it."""
    told: dict[str, Any] = {
        "index": "ready",
        "hits": list(hits),
        "chips": [],
        "repaired": {},
        "took_ms": 18.0,
        "total": len(hits),
        "partial": False,
        "sure": True,
        "complete": complete,
    }
    return told | more


@dataclass
class Desk:
    """A palette's state with everything round it."""

    state: PaletteState
    worker: FakeWorker
    clock: Clock
    doors: FakeDoors
    thumbnails: NoThumbnails

    def names(self) -> list[str]:
        """The names in the rows, from the top."""
        return [row.title for row in self.state.snapshot().rows]

    def recent(self, *hits: dict[str, Any]) -> None:
        """Get the newest files, which are shown before anything was typed."""
        self.worker.last("recent").done(answer(*[one | {"why": []} for one in hits]))

    def search(self, text: str, *hits: dict[str, Any], **more: Any) -> None:
        """Type, and get the complete answer."""
        self.state.type(text)
        self.worker.last("ask").done(answer(*hits, **more))


def desk() -> Desk:
    """A palette whose every surrounding is a fake."""
    worker, clock, doors, thumbnails = FakeWorker(), Clock(), FakeDoors(), NoThumbnails()
    state = PaletteState(worker, thumbnails, clock, doors, today=lambda: TODAY)  # type: ignore[arg-type]
    return Desk(state, worker, clock, doors, thumbnails)
