"""The real app in this process, moved by events, with its event loop turned between."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.handoff import Request
from desktop.instance import become_app
from desktop.window.app import App
from desktop.window.platform.gaps import GapMeter
from desktop.window.start import make_application

LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """One more, once it is painted."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


class Driver:
    """The app; `told` is what the task tells."""

    def __init__(self) -> None:
        server = become_app()
        assert server is not None, "an app runs with this HOMESPUN_HOME"
        self._server = server
        self.told: dict[str, Any] = {}
        self.qt = make_application()
        self.app = App(self.qt, server)
        self.gaps = GapMeter(self.qt)

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self.app.close()
        self._server.close()

    def ask(self, do: str, *paths: Path) -> None:
        """What a start of the program asks."""
        self.app.take(Request(do, tuple(map(str, paths))))

    def until(self, true: Callable[[], object], what: str, seconds: float = 120) -> float:
        """Turn the event loop until `true()`; the moment. Raises `TimeoutError`."""
        end = time.perf_counter() + seconds
        flags = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not true():
            QCoreApplication.processEvents(flags, 2)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # exec() would do it
            if time.perf_counter() > end:
                raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        return time.perf_counter()

    def rest(self, seconds: float) -> None:
        """Let the app do what it does by itself."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() >= end, "rest", seconds + 60)

    def key(self, widget: QWidget, letter: str) -> None:
        """Type a letter."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.qt.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def mouse(self, kind: QEvent.Type, widget: QWidget, x: float, y: float, button: Qt.MouseButton) -> None:
        """Move or press in a widget."""
        where = QPointF(x, y)
        own, held = NONE if kind == MOVE else button, NONE if kind == RELEASE else button
        glob = QPointF(widget.mapToGlobal(where))
        self.qt.sendEvent(widget, QMouseEvent(kind, where, where, glob, own, held, Qt.KeyboardModifier.NoModifier))


def there(window: QWidget) -> bool:
    """Whether it is painted and has the focus: a window is exposed only with its first picture."""
    handle = window.windowHandle()
    return handle is not None and handle.isExposed() and window.isActiveWindow()
