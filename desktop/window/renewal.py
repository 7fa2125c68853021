"""Building the windows anew, in another language or for fingers, while all of them answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.window.bound import later
from desktop.window.platform.summon import summon


class Renewal:
    """One window in each turn of the event loop: the one in use at once, those that nobody sees last.

    `built` are the windows there are. `successor` makes what takes the place of a window, or None where that can wait
    until somebody wants it; `let_go` puts the old one away.
    """

    def __init__(
        self,
        built: Callable[[], list[QWidget]],
        successor: Callable[[QWidget], QWidget | None],
        let_go: Callable[[QWidget], None],
    ) -> None:
        self._built, self._successor, self._let_go = built, successor, let_go
        self._old: list[QWidget] = []
        self._front: QWidget | None = None

    @property
    def runs(self) -> bool:
        """Whether a window is still to be built anew."""
        return bool(self._old)

    def begin(self) -> None:
        """All that are there, also those that an earlier renewal has built already."""
        self._old = sorted(self._built(), key=lambda one: (not one.isActiveWindow(), not one.isVisible()))
        self._front = None
        self._next()

    def stop(self) -> None:
        """Leave the rest as it is: the app ends."""
        self._old.clear()
        self._front = None

    def _next(self) -> None:
        if self._old:
            old = self._old.pop(0)
            if old in self._built():  # else it was closed meanwhile
                self._renew(old)
            later(0, self._next)
        elif self._front is not None:
            front, self._front = self._front, None
            if front in self._built() and front.isVisible():
                summon(front)  # the others came after it

    def _renew(self, old: QWidget) -> None:
        seen, active = old.isVisible(), old.isActiveWindow()
        new = self._successor(old)
        if new is not None and seen:
            new.setGeometry(old.geometry())
            new.setWindowState(old.windowState())
            new.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not active)
            new.show()
            new.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
            if active:
                self._front = new
                new.activateWindow()
        self._let_go(old)  # after the other is there: the app ends with its last window
