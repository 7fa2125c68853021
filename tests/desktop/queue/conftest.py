"""A queue with a worker that does what the test says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.jobs.work import Jobs
from desktop.state.queue import QueueState
from desktop.words import speak
from homespun.errors import NotFound
from tests.desktop.jobs.known_worker import KnownWorker

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class KnownDoors:
    """Notes what a screen asked of the app."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []
        self.fault = False

    def open_file(self, path: Path) -> None:
        self._note("open", path)

    def open_with(self, path: Path) -> None:
        self._note("with", path)

    def show_in_folder(self, path: Path) -> None:
        self._note("folder", path)

    def copy_files(self, paths: Sequence[Path]) -> None:
        self._note("copy", tuple(paths))

    def copy_text(self, text: str) -> None:
        self._note("text", text)

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        self._note(tool, tuple(paths))

    def enqueue(self, paths: Sequence[Path]) -> None:
        self._note("enqueue", tuple(paths))

    def show(self, place: str) -> None:
        self._note("show", place)

    def notify(self, title: str, words: str) -> None:
        self._note("notify", (title, words))

    def _note(self, what: str, of: object) -> None:
        if self.fault:
            raise NotFound("It is not there.", "Look for it.")
        self.asked.append((what, of))


class KnownQueue:
    """The state with all that is around it."""

    def __init__(self, folder: Path) -> None:
        self.worker, self.walker, self.doors = KnownWorker(), KnownWorker(), KnownDoors()
        self.jobs = Jobs(self.worker, self.worker.later, folder, clock=self.worker.clock)  # type: ignore[arg-type]
        self.state = QueueState(
            self.jobs,
            self.walker,  # type: ignore[arg-type]
            self.worker.later,
            self.doors,
            clock=self.worker.clock,
        )

    @property
    def head(self) -> str:
        return self.state.snapshot().head

    @property
    def names(self) -> list[str]:
        return [self.state.row(number).name for number in self.state.ids(0, 10_000)]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[KnownQueue]:
    """A queue in English."""
    speak("en")
    yield KnownQueue(tmp_path / "app")
    speak("en")
