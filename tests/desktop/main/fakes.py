"""Workers, time and an app that a test holds in its hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.workers import Ended, Event


@dataclass
class Asking:
    """One call to a `KnownWorker`."""

    do: str
    told: Mapping[str, Any]
    then: Callable[[Event], None]
    cancelled: bool = False


@dataclass
class KnownWorker:
    """A worker whose every event a test sends; `answers` are given at once to the calls of that name."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[Asking] = field(default_factory=list)
    killed: bool = False

    def kill(self) -> None:
        """End it; what comes of that is the test's to say."""
        self.killed = True

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> _Ticket:
        """Take a call in."""
        asking = Asking(do, told, then)
        self.calls.append(asking)
        if do in self.answers:
            then(Event(Ended.DONE, self.answers[do]))
        return _Ticket(asking)

    @property
    def last(self) -> Asking:
        """The call that came last."""
        return self.calls[-1]

    def say(self, how: Ended, **told: Any) -> None:
        """Send an event to the last call."""
        self.last.then(Event(how, told))


@dataclass
class _Ticket:
    asking: Asking

    def cancel(self) -> None:
        self.asking.cancelled = True


@dataclass
class KnownTime:
    """Time that passes when a test says so."""

    now: float = 100.0
    waiting: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def later(self, seconds: float, then: Callable[[], None]) -> None:
        """Have it done when that time has passed."""
        self.waiting.append((self.now + seconds, then))

    def pass_by(self, seconds: float) -> None:
        """Let time pass, and do what was to be done meanwhile."""
        end = self.now + seconds
        while due := sorted((one for one in self.waiting if one[0] <= end), key=lambda one: one[0]):
            first = due[0]
            self.waiting.remove(first)
            self.now = max(self.now, first[0])
            first[1]()
        self.now = end


@dataclass
class KnownDoors:
    """An app that notes what it is asked for."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    fault: Exception | None = None

    def _note(self, *what: Any) -> None:
        self.asked.append(what)
        if self.fault is not None:
            raise self.fault

    def open_file(self, path: Path) -> None:
        self._note("open_file", path)

    def open_with(self, path: Path) -> None:
        self._note("open_with", path)

    def show_in_folder(self, path: Path) -> None:
        self._note("show_in_folder", path)

    def copy_files(self, paths: Sequence[Path]) -> None:
        self._note("copy_files", tuple(paths))

    def copy_text(self, text: str) -> None:
        self._note("copy_text", text)

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        self._note("edit", tuple(paths), tool)

    def enqueue(self, paths: Sequence[Path]) -> None:
        self._note("enqueue", tuple(paths))

    def show(self, place: str) -> None:
        self._note("show", place)

    def notify(self, title: str, words: str) -> None:
        self._note("notify", title, words)

    @property
    def copied(self) -> str:
        """The words that it was asked last to copy."""
        name, text = self.asked[-1]
        assert name == "copy_text"
        return str(text)
