"""An editor's state at work in a test: the real document process, a clock of the test's own, and the app's doors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import desktop
from desktop.state.editing.boxes import Box
from desktop.state.editor import EditorState
from desktop.workers.editing import keeping
from homespun.settings import Settings
from tests.desktop.turns import Late, Turns

SAMPLES = Path(desktop.__file__).parent / "samples"
HOLE = (60, 50, 90, 80)
"""A place in the photo to erase."""

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
        self._turns = Turns()
        self.later = self._turns.later
        self.settings = settings or Settings()
        self.doors = Doors()
        self.folder = folder
        self.worker = self._turns.worker("document", log)
        self.state = EditorState(self.worker, self.later, self.doors, lambda: self.settings, folder)

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Run events and timers until `true`; fails with what the editor shows."""
        try:
            self._turns.until(true, seconds)
        except Late as late:
            raise AssertionError(f"nothing came of it: {self.state.snapshot()}") from late

    def open(self, path: Path) -> None:
        """Open a picture, and wait for all of it."""
        self.state.open(path)
        self.until(lambda: self.state.stage != "opening")
        assert self.state.stage == "ready", self.state.notice

    def mark(self, *boxes: tuple[int, int, int, int]) -> None:
        """Paint boxes, as the canvas would: into the memory, then told."""
        mask = self.state.mask
        assert mask is not None
        for box in map(Box._make, boxes):
            mask.draw(box, b"\xff" * (box.width * box.height))
            self.state.painted(box)

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
        self._turns.close()


def documents(folder: Path) -> list[str]:
    """The folders of unsaved documents."""
    place = folder / "editing"
    return sorted(os.listdir(place)) if place.exists() else []


def ownerless(folder: Path) -> None:
    """As if the app that had this document were gone: its number belongs to a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    path = folder / keeping.NAME
    told = json.loads(path.read_text())
    told["owner"]["pid"] = ended.pid
    path.write_text(json.dumps(told))
