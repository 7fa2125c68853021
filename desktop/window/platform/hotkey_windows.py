"""The key on Windows: RegisterHotKey, heard among the window thread's own messages."""

from __future__ import annotations

import ctypes
import itertools
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from desktop.state.chords import Chord, key_words
from desktop.words import say

_numbers = itertools.count(1)
"""Each key has its own number: while another is tried, the one before stays."""
_ALT, _CONTROL, _SHIFT, _WIN, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_WM_HOTKEY = 0x0312


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, number: int, pressed: Callable[[], None]) -> None:
        super().__init__()
        self._number = number
        self._pressed = pressed

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview[int], message: int) -> Any:  # noqa: N802 - Qt's name
        if QByteArray(kind) == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if told.message == _WM_HOTKEY and told.wParam == self._number:
                self._pressed()
                return True, 0
        return False, 0


class WindowsKey:
    """For the window's thread, whose messages it hears."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        self._number = next(_numbers)
        self._filter = _Filter(self._number, pressed)
        self._held = False
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self._filter)

    def grab(self, chord: Chord) -> str | None:
        """Have `chord`; words when another program has it."""
        held = _ALT * chord.alt | _CONTROL * chord.ctrl | _SHIFT * chord.shift | _WIN * chord.meta | _NO_REPEAT
        self._held = bool(_user32().RegisterHotKey(None, self._number, held, chord.virtual_key))
        return None if self._held else say("platform.key_taken", key=key_words(str(chord)))

    def close(self) -> None:
        """Give the key back."""
        if self._held:
            _user32().UnregisterHotKey(None, self._number)
            self._held = False
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)


def _user32() -> Any:
    if sys.platform == "win32":
        return ctypes.windll.user32
    raise OSError("this is not Windows")
