"""The bridge from states and workers to Qt's event loop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.state.observed import Observed


class Poster(QObject):
    """Runs functions in the thread that this object lives in; `post` may be called from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, function: Callable[[], None]) -> None:
        """Have `function` run by the event loop."""
        with suppress(RuntimeError):  # the app is ending, and this object is gone already
            self._posted.emit(function)

    @Slot(object)
    def _run(self, function: Callable[[], None]) -> None:
        function()


def later(seconds: float, function: Callable[[], None]) -> None:
    """Run `function` from the event loop after so many seconds; the `Later` of the states."""
    QTimer.singleShot(max(0, round(1000 * seconds)), function)


class Bound(QObject):
    """One signal a turn of the event loop, however often a state changes in it."""

    changed = Signal()
    _soon = Signal()

    def __init__(self, state: Observed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = False
        self._soon.connect(self._emit, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = state.subscribe(self._note)
        self.destroyed.connect(self._unsubscribe)  # its window went with its parent, and the state lives on

    def release(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    def _note(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._soon.emit()

    @Slot()
    def _emit(self) -> None:
        self._waiting = False
        self.changed.emit()
