from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.workers import Event, WorkerProcess

SERVE = "from desktop.workers.child import serve_with; from tests.desktop.workers.service import open_service; serve_with(open_service)"


class Owner:
    """Whoever asks: its thread runs what the worker's thread delivers."""

    def __init__(self, log: Path) -> None:
        self._posted: queue.Queue[Callable[[], None]] = queue.Queue()
        self.worker = WorkerProcess("test", self._posted.put, log=log, command=[sys.executable, "-c", SERVE])

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


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Owner]:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    made = Owner(tmp_path / "log")
    yield made
    made.worker.kill()
    made.worker.wait(5)
