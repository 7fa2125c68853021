"""The monkey's hand: one random event, of the seed and the event's number alone, on what happens to be there."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.window.editor.shortcuts import SHORTCUTS
from tests.desktop.monkey.cage import WORDS, CagedApp, Home

EDITORS = 3
"""Each is a process."""

PLACES = ("palette", "search", "pictures", "folders", "devices", "models", "settings", "queue", "welcome")
TOOLS = ("erase", "fill", "enlarge", "select")
LETTERS = "abcdefghijklmnopqrstuvwxyzäöß0123456789 .,:-“”€漢"
KEYS = [
    *(key for one in SHORTCUTS for key in one.keys),
    *("Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End", "Tab", "Backtab", "Return", "Esc", "Space"),
    *("Backspace", "Del", "F2", "F5", "F10", "Ctrl+K", "Ctrl+E", "Ctrl+A", "Ctrl+F", "Ctrl+C", "Ctrl+X", "Ctrl+V"),
    *("Ctrl+Shift+C", "Ctrl+Return", "Ctrl+Home", "Ctrl+End", "Shift+Down", "Shift+End", "Ctrl+Space", "R", "Menu"),
    *(f"Alt+{number}" for number in range(1, 10)),
    *(f"Ctrl+{number}" for number in range(1, 8)),
]
PRESS, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
MOVE, DOUBLE = QEvent.Type.MouseMove, QEvent.Type.MouseButtonDblClick
NO_BUTTON = Qt.MouseButton.NoButton
BUTTONS = [Qt.MouseButton.LeftButton] * 10 + [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]
MODIFIERS = [Qt.KeyboardModifier.NoModifier] * 6 + [
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
]


class Hand:
    """`event(n)` does the n-th event and says in words what it was."""

    def __init__(self, qt: QApplication, app: CagedApp, home: Home, seed: int) -> None:
        self._qt, self._app, self._home = qt, app, home
        self.seed = seed
        self.pause = 0
        """Milliseconds to let the app do what it does before the next event."""
        self.about: Callable[[str], object] = lambda _words: None
        """Is told what is about to be done, in case it does not come back."""
        self._ways: dict[Callable[[random.Random], str], float] = {
            self._key: 33,
            self._type: 8,
            self._click: 27,
            self._drag: 8,
            self._wheel: 6,
            self._move: 3,
            self._resize: 2,
            self._show: 5,
            self._edit: 1.5,
            self._enqueue: 0.3,
            self._close: 1.5,
            self._look: 0.7,
            self._speak: 0.15,
            self._kill: 0.3,
            self._files: 0.3,
            self._wait: 2,
        }

    def event(self, number: int) -> str:
        """Do it. The same seed and number draw the same, whatever was drawn before."""
        chance = random.Random(f"{self.seed} {number}")
        (way,) = chance.choices(list(self._ways), list(self._ways.values()))
        return way(chance)

    def rest(self) -> None:
        """Every window built once, all closed but the main one, nothing asked for."""
        windows, app = self._app.windows, self._app
        for window in list(windows.editors):
            window.deeds.do("stop")
            window._leaving = True
            window.close()
        windows.palette().dismiss()
        app.palette.type("")
        app.browse.type("")
        windows.show_queue()
        windows.show_welcome()
        for place in PLACES[1:7]:
            windows.show_main(place)
        windows.show_main("settings")
        for shown in self._windows():
            if shown is not windows.main():
                shown.close()

    # where

    def _windows(self) -> list[QWidget]:
        """The windows that can be touched, in an order that does not depend on addresses."""
        shown = [one for one in self._qt.topLevelWidgets() if one.isVisible() and one.windowHandle() is not None]
        return sorted(shown, key=lambda one: (type(one).__name__, one.windowTitle(), one.width(), one.height()))

    def _window(self, chance: random.Random) -> QWidget | None:
        """Mostly the one that a person would be in: what is open over the others, then the active one."""
        popup = self._qt.activePopupWidget() or self._qt.activeModalWidget()
        if popup is not None and chance.random() < 0.85:
            return popup.window()
        active = self._qt.activeWindow()
        if active is not None and chance.random() < 0.8:
            return active
        windows = self._windows()
        if not windows:
            return None
        window = chance.choice(windows)
        window.activateWindow()
        return window

    def _spot(self, chance: random.Random) -> tuple[QWindow, QPoint, str] | None:
        """A place in a window: the middle of a control as often as anywhere."""
        window = self._window(chance)
        handle = window.windowHandle() if window is not None else None
        if window is None or handle is None:
            return None
        room = window.rect()
        place = QPoint(int(chance.random() * room.width()), int(chance.random() * room.height()))
        children = [one for one in window.findChildren(QWidget) if one.isVisible() and one.width() > 3]
        if children and chance.random() < 0.6:
            child = chance.choice(children)
            inside = QPoint(int(chance.random() * child.width()), int(chance.random() * child.height()))
            place = child.mapTo(window, inside)
        under = window.childAt(place)
        return handle, place, f"{type(window).__name__} {type(under).__name__} {place.x()},{place.y()}"

    def _mouse(
        self,
        kind: QEvent.Type,
        handle: QWindow,
        place: QPoint,
        button: Qt.MouseButton = NO_BUTTON,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """To the window, which passes it on to popups and grabbers; QTest would turn the event loop in the middle."""
        if not isValid(handle):
            return
        where = QPointF(place)
        held = NO_BUTTON if kind == RELEASE else button
        own = NO_BUTTON if kind == MOVE else button
        event = QMouseEvent(kind, where, where, QPointF(handle.mapToGlobal(place)), own, held, modifier)
        self._qt.sendEvent(handle, event)

    # events

    def _key(self, chance: random.Random) -> str:
        window = self._window(chance)
        if window is None:
            return self._show(chance)
        name = chance.choice(KEYS)
        combined = QKeySequence(name)[0]  # type: ignore[index] # the stubs lack it
        target = window if window is self._qt.activePopupWidget() else window.focusWidget() or window
        self.about(f"key {name} in {type(window).__name__}: ")
        # To the widget: given a window, QTest crashes when the key closes it.
        QTest.keyPress(target, combined.key(), combined.keyboardModifiers())
        if isValid(target):
            QTest.keyRelease(target, combined.key(), combined.keyboardModifiers())
        return f"key {name} in {type(target).__name__}"

    def _type(self, chance: random.Random) -> str:
        window = self._window(chance)
        handle = window.windowHandle() if window is not None else None
        if handle is None:
            return self._show(chance)
        words = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
        if chance.random() < 0.2:
            words = "".join(chance.choices(LETTERS, k=chance.randint(1, 60)))
        focus = self._qt.focusWidget()
        if focus is None:
            return "type nowhere"
        for letter in words:  # QTest.keyClicks knows ASCII only
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                self._qt.sendEvent(focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
            focus = self._qt.focusWidget() or focus
        return f"type {words!r} in {type(focus).__name__}"

    def _click(self, chance: random.Random) -> str:
        spot = self._spot(chance)
        if spot is None:
            return self._show(chance)
        handle, place, words = spot
        button, modifier = chance.choice(BUTTONS), chance.choice(MODIFIERS)
        presses = [PRESS, RELEASE, DOUBLE, RELEASE] if chance.random() < 0.1 else [PRESS, RELEASE]
        for kind in presses:
            self._mouse(kind, handle, place, button, modifier)
        return f"click {button.name} {words}"

    def _move(self, chance: random.Random) -> str:
        spot = self._spot(chance)
        if spot is not None:
            self._mouse(MOVE, spot[0], spot[1])
        return "move"

    def _drag(self, chance: random.Random) -> str:
        spot = self._spot(chance)
        if spot is None:
            return self._show(chance)
        handle, place, words = spot
        button = chance.choice(BUTTONS)
        self._mouse(PRESS, handle, place, button)
        for _ in range(chance.randint(2, 8)):
            place += QPoint(chance.randint(-60, 60), chance.randint(-60, 60))
            self._mouse(MOVE, handle, place, button)
        if chance.random() < 0.1 and (focus := self._qt.focusWidget()) is not None:
            QTest.keyClick(focus, Qt.Key.Key_Escape)
        self._mouse(RELEASE, handle, place, button)
        return f"drag {button.name} {words}"

    def _wheel(self, chance: random.Random) -> str:
        window = self._window(chance)
        if window is None:
            return "wheel nowhere"
        place = QPoint(int(chance.random() * window.width()), int(chance.random() * window.height()))
        under = window.childAt(place) or window
        turn = chance.choice([-480, -120, -15, 15, 120, 480])
        event = QWheelEvent(
            QPointF(under.mapFrom(window, place)),
            QPointF(window.mapToGlobal(place)),
            QPoint(),
            QPoint(0, turn),
            NO_BUTTON,
            chance.choice(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self._qt.sendEvent(under, event)
        return f"wheel {turn} {type(under).__name__}"

    def _resize(self, chance: random.Random) -> str:
        window = self._window(chance)
        if window is not None and not window.isFullScreen():
            window.resize(chance.randint(200, 1800), chance.randint(150, 1200))
        return f"resize {type(window).__name__}"

    def _show(self, chance: random.Random) -> str:
        place = chance.choice(PLACES)
        self._app.show(place)
        return f"show {place}"

    def _edit(self, chance: random.Random) -> str:
        if len(self._app.windows.editors) >= EDITORS:
            return self._close(chance)
        photo = chance.choice([*self._home.photos, None])
        self._app.edit([photo] if photo is not None else [], chance.choice(TOOLS))
        return f"edit {photo.name if photo is not None else ''}"

    def _enqueue(self, chance: random.Random) -> str:
        photos = chance.sample(self._home.photos, chance.randint(1, 3))
        self._app.enqueue(photos)
        return f"enqueue {len(photos)}"

    def _close(self, chance: random.Random) -> str:
        window = self._window(chance)
        if window is None:
            return "close nothing"
        window.close()
        return f"close {type(window).__name__}"

    def _look(self, chance: random.Random) -> str:
        look = chance.choice(["light", "dark", "system"])
        self._app.preferences.choose("app.look", look)
        return f"look {look}"

    def _speak(self, chance: random.Random) -> str:
        language = chance.choice(["en", "de"])
        self._app.preferences.choose("app.language", language)
        return f"speak {language}"

    def _kill(self, chance: random.Random) -> str:
        """A crash of one of the processes, as far as the window can tell."""
        services = self._app.services
        workers = [one for _, one in sorted(services._workers.items()) if one.running]
        workers += [one for one in services._documents if one.running]
        if not workers:
            return "kill nothing"
        worker = chance.choice(workers)
        worker.kill()
        return f"kill {worker.service}"

    def _files(self, chance: random.Random) -> str:
        """Somebody else writes, moves and deletes files meanwhile."""
        paper = chance.choice(self._home.papers)
        if chance.random() < 0.3 and paper.exists():
            paper.unlink()
        else:
            paper.write_text(" ".join(chance.choices(WORDS, k=80)), "utf-8")
        return f"files {paper.name}"

    def _wait(self, chance: random.Random) -> str:
        self.pause = chance.randint(5, 60)
        return "wait"
