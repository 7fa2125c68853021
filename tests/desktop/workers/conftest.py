from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop.workers import Event, WorkerProcess

SERVE = "from desktop.workers.child import serve_with; from tests.desktop.workers.service import open_service; serve_with(open_service)"

Owns = Callable[..., "Owner"]


class Owner:
    """Whoever asks: its thread runs what the worker's thread delivers."""

    def __init__(self, command: Sequence[str], log: Path | None) -> None:
        self._posted: queue.Queue[Callable[[], None]] = queue.Queue()
        self.worker = WorkerProcess("test", self._posted.put, log=log, command=command)

    def turn(self, seconds: float = 20) -> None:
        self._posted.get(timeout=seconds)()

    def events(self, do: str, told: Mapping[str, Any] | None = None) -> list[Event]:
        heard: list[Event] = []
        self.worker.ask(do, told or {}, heard.append)
        return self.until_last(heard)

    def until_last(self, heard: list[Event]) -> list[Event]:
        while not (heard and heard[-1].last):
            self.turn()
        return heard

    def end(self) -> None:
        """The process at once, and the thread that would wait for more to tell it."""
        self.worker.close()
        self.worker.kill()
        self.worker.wait(5)


@pytest.fixture
def owner_of() -> Iterator[Owns]:
    """Whoever asks a process of that command, with that log."""
    made: list[Owner] = []

    def own(command: Sequence[str], log: Path | None = None) -> Owner:
        made.append(Owner(command, log))
        return made[-1]

    yield own
    for one in made:
        one.end()


@pytest.fixture
def owner(owner_of: Owns, tmp_path: Path) -> Owner:
    """Whoever asks the service of the tests."""
    return owner_of([sys.executable, "-c", SERVE], tmp_path / "log")
