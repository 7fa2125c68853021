"""An editor's state at work in a test: the real document process, a clock of the test's own, and the app's doors."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.state.editing.boxes import Box
from desktop.state.editor import EditorState
from desktop.workers import WorkerProcess
from homespun.settings import Settings

PATIENCE = 120.0
"""Seconds that anything may take: the first use of a kernel compiles it."""


class Doors:
    """The app, as far as the editor asks it."""

    def __init__(self) -> None:
        self.enqueued: list[Path] = []
        self.shown: list[Path] = []
        self.copied: list[str] = []

    def open_file(self, path: Path) -> None: ...
    def open_with(self, path: Path) -> None: ...
    def show_in_folder(self, path: Path) -> None:
        self.shown.append(path)

    def copy_files(self, paths: Sequence[Path]) -> None: ...
    def copy_text(self, text: str) -> None:
        self.copied.append(text)

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None: ...
    def enqueue(self, paths: Sequence[Path]) -> None:
        self.enqueued += paths

    def show(self, place: str) -> None: ...
    def notify(self, title: str, words: str) -> None: ...


class Desk:
    """One editor with its process. `until` runs what an event loop would, until something is true."""

    def __init__(self, folder: Path, settings: Settings | None = None, log: Path | None = None) -> None:
        self._events: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timers: list[tuple[float, Callable[[], None]]] = []
        self.settings = settings or Settings()
        self.doors = Doors()
        self.folder = folder
        self.worker = WorkerProcess("document", self._events.put, log=log)
        self.state = EditorState(self.worker, self.later, self.doors, lambda: self.settings, folder)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        self._timers.append((time.monotonic() + seconds, do))

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Run events and timers until `true`; fails with what the editor shows."""
        end = time.monotonic() + seconds
        while not true():
            self._tick()
            if time.monotonic() > end:
                raise AssertionError(f"nothing came of it: {self.state.snapshot()}")

    def _tick(self) -> None:
        now = time.monotonic()
        due = [one for one in self._timers if one[0] <= now]
        self._timers = [one for one in self._timers if one[0] > now]
        for _, do in due:
            do()
        wait = min([0.5, *(when - now for when, _ in self._timers)])
        try:
            do = self._events.get(timeout=max(0.0, wait))
        except queue.Empty:
            return
        do()

    def open(self, path: Path) -> None:
        """Open a picture, and wait for all of it."""
        self.state.open(path)
        self.until(lambda: self.state.stage != "opening")
        assert self.state.stage == "ready", self.state.notice

    def mark(self, *boxes: tuple[int, int, int, int]) -> None:
        """Paint boxes, as the canvas would: into the memory, then told."""
        mask = self.state.mask
        assert mask is not None
        for left, top, right, bottom in boxes:
            for row in range(top, bottom):
                start = row * mask.stride
                mask.memory[start + left : start + right] = b"\xff" * (right - left)
            self.state.painted(Box(left, top, right, bottom))

    def act(self) -> None:
        """Press the big button, and wait until it is done."""
        self.state.act()
        assert self.state.job is not None
        self.until(lambda: self.state.job is None)

    def turned(self, turn: Callable[[], None]) -> None:
        """Undo or redo, and wait for it."""
        before = self.state.history.position
        turn()
        self.until(lambda: self.state.history.position != before)

    def saved(self) -> Path:
        """Save, and wait for the file."""
        self.state.saved_as = ""
        self.state.save()
        self.until(lambda: bool(self.state.saved_as) or self.state.notice is not None)
        assert self.state.saved_as, self.state.notice
        return Path(self.state._last_written)

    def pixels(self) -> NDArray[np.uint8]:
        """What the window sees at full size: B G R X."""
        display = self.state.display
        assert display is not None
        level = display.levels[0]
        count = level.stride * level.height
        shown = np.frombuffer(display.sheet.memory, np.uint8, count, level.offset)
        return shown.reshape(level.height, level.width, 4).copy()

    def mask(self) -> bytes:
        """All of the mask."""
        assert self.state.mask is not None
        return self.state.mask.cut(self.state.mask.whole)

    def close(self) -> None:
        """End it all, the process too."""
        self.state.close()
        self.until(lambda: self.worker.wait(0.01))

    def kill(self) -> None:
        """The process ends in the middle of whatever it does."""
        assert self.worker.pid is not None
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.wait(5)

    def abandon(self) -> None:
        """The process ends as after a kill of the app: nobody has said goodbye."""
        self.state.closed = True
        self.worker.kill()
        self.worker.wait(5)


def documents(folder: Path) -> list[str]:
    """The folders of unsaved documents."""
    place = folder / "editing"
    return sorted(os.listdir(place)) if place.exists() else []
