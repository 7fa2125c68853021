"""A person's hands on a real screen: the whole app in this process, moved by xdotool, with its event loop turned between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint
from PySide6.QtWidgets import QWidget

from desktop.handoff import Request
from desktop.instance import become_app
from desktop.state.editing.boxes import Box
from desktop.state.editor import EditorState
from desktop.window.app import App
from desktop.window.platform.gaps import GapMeter
from desktop.window.start import make_application
from tests.desktop.turns import Late


class Hands:
    """The app and what a person does with it. Use as a context; `told` is what the journey tells the test."""

    def __init__(self) -> None:
        server = become_app()
        assert server is not None, "another app runs with this HOMESPUN_HOME"
        self._server = server
        self.told: dict[str, Any] = {}
        self.qt = make_application()
        self.app = App(self.qt, server)
        self.gaps = GapMeter(self.qt)

    def __enter__(self) -> Hands:
        self.gaps.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.gaps.stop()
        self.app.close()
        self._server.close()

    def ask(self, do: str, *paths: Path) -> None:
        """What a start of the program asks."""
        self.app.take(Request(do, tuple(map(str, paths))))

    def until(self, true: Callable[[], object], what: str, seconds: float = 30) -> Any:
        """Turn the event loop until `true()`; what it gave. Raises `Late` with `what`."""
        end = time.monotonic() + seconds
        while not (found := true()):
            if time.monotonic() > end:
                self.look("late")
                raise Late(f"not within {seconds:.0f} s: {what}")
            self.rest(0.01)
        return found

    def rest(self, seconds: float) -> None:
        """Let the app do what it does for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, max(1, int(left * 1000)))
            QCoreApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete waits for an exec() otherwise
            time.sleep(0.002)

    def tool(self, *words: str | float) -> None:
        """Run xdotool while the app goes on."""
        done = subprocess.Popen(["xdotool", *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.until(lambda: done.poll() is not None, f"xdotool {words}")
        assert done.returncode == 0, words
        self.rest(0.05)

    def at(self, widget: QWidget, where: QPoint | None = None) -> tuple[int, int]:
        """A place in a widget (its middle) in pixels of the screen."""
        point = widget.mapToGlobal(where if where is not None else widget.rect().center())
        ratio = widget.devicePixelRatioF()
        return round(point.x() * ratio), round(point.y() * ratio)

    def named(self, inside: QWidget, name: str) -> QWidget:
        """The visible control with that accessible name or these words, as a screen reader finds it."""

        def found() -> QWidget | None:
            for widget in inside.findChildren(QWidget):
                words = getattr(widget, "text", None)
                said = (widget.accessibleName(), words() if callable(words) else "")
                if (
                    widget.isVisible()
                    and widget.isEnabled()
                    and name in (one.strip() for one in said if isinstance(one, str))
                ):
                    return widget
            return None

        widget = self.until(found, f"a control called {name!r}", 10)
        assert isinstance(widget, QWidget)
        return widget

    def active(self, widget: QWidget) -> None:
        """Wait until the window of `widget` has the keyboard."""
        self.until(lambda: widget.isVisible() and widget.window().isActiveWindow(), f"{widget} is active", 10)
        self.rest(0.1)

    def click(self, widget: QWidget, where: QPoint | None = None, *, button: int = 1, times: int = 1) -> None:
        """Move there and click."""
        x, y = self.at(widget, where)
        self.tool("mousemove", x, y)
        self.tool("click", "--repeat", times, "--delay", 60, button)

    def drag(self, widget: QWidget, points: Sequence[QPoint], button: int = 1) -> None:
        """Press at the first point, go through all, let go at the last."""
        self.tool("mousemove", *self.at(widget, points[0]))
        self.tool("mousedown", button)
        for point in points[1:]:
            self.tool("mousemove", *self.at(widget, point))
        self.tool("mouseup", button)

    def type(self, text: str) -> None:
        """Type it, as quickly as a person can."""
        self.tool("type", "--delay", 30, text)

    def key(self, *keys: str) -> None:
        """Press keys, one after another: "ctrl+s"."""
        for key in keys:
            self.tool("key", key)

    def erase_a_square(self, state: EditorState) -> None:
        """Wait for an editor's picture, and have some of it erased; without the mouse, where the brush is not what is tried."""
        self.until(lambda: state.snapshot().stage == "ready", "the picture is open")
        mask = state.snapshot().mask
        assert mask is not None
        box = Box(200, 100, 260, 160)
        mask.draw(box, b"\xff" * (box.width * box.height))
        state.painted(box)
        state.act()
        self.until(lambda: state.snapshot().done is not None, "it is erased", 90)

    def look(self, name: str) -> None:
        """Keep a picture of the screen, where the test wants some."""
        folder = os.environ.get("HOMESPUN_SHOTS")
        if folder:
            self.qt.primaryScreen().grabWindow(0).save(f"{folder}/{Path(sys.argv[-1]).stem}-{name}.png")

    def say(self) -> None:
        """Tell the test: one line of JSON."""
        print("\nTOLD " + json.dumps(self.told), flush=True)
