"""Which windows and pages wear the stylesheet. A sheet on the application would cost Qt a second at every change: it
polishes every widget there is once for each of its ancestors. On roots it costs what is seen."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PAUSE = 30
"""Milliseconds between two hidden roots that change: first what is seen is painted."""


class Dressing(QObject):
    """A change reaches the roots that are seen at once, and the others before they are seen: one in each pause, or when
    it is shown, whatever comes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._worn: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()
        self._late: list[QWidget] = []
        self._pause = QTimer(self)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._one_more)

    @property
    def late(self) -> tuple[QWidget, ...]:
        """The roots that still wear an earlier sheet; nobody sees them."""
        return tuple(self._late)

    def add(self, root: QWidget) -> None:
        """Have it, and all that is in it or belongs to it, wear the sheet from now on."""
        self._wear(root)

    def change(self, sheet: str) -> None:
        """Another sheet for all."""
        self._sheet = sheet
        self._late = [root for root in self._late if isValid(root)]
        for root in list(self._worn.keys()):
            if not isValid(root):
                del self._worn[root]
            elif self._worn[root] == sheet:
                self._no_longer_late(root)
            elif root.isVisible():
                self._wear(root)
            elif root not in self._late:
                self._late.append(root)
                root.installEventFilter(self)
        if self._late:
            self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Change a root that is about to be seen: Qt says so before anything is painted."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._wear(watched)
        return super().eventFilter(watched, event)

    def _wear(self, root: QWidget) -> None:
        self._no_longer_late(root)
        self._worn[root] = self._sheet
        root.setStyleSheet(self._sheet)

    def _no_longer_late(self, root: QWidget) -> None:
        if root in self._late:
            self._late.remove(root)
            root.removeEventFilter(self)

    def _one_more(self) -> None:
        self._late = [root for root in self._late if isValid(root)]
        if self._late:
            self._wear(self._late[0])
        if not self._late:
            self._pause.stop()
