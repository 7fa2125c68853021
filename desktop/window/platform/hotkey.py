"""One key that works from everywhere: the system's way to it, or the words for what a person can do instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QGuiApplication

from desktop.state.chords import Chord, chord_of, key_words
from desktop.window.bound import Poster
from desktop.words import say

COMMAND = "homespun palette"
"""What a desktop that gives no keys away can bind itself."""

Pressed = Callable[[], None]
Told = Callable[[str], None]


class Handler(Protocol):
    """One system's way. `grab` gives None when the key is ours, or was asked for; else words."""

    def grab(self, chord: Chord) -> str | None:
        """Have `chord`, instead of the one before."""

    def close(self) -> None:
        """Let go of it."""


class Hotkey:
    """The palette's key. For the window's thread; `pressed` and `told` are called in it.

    `told` gets words when a desktop that asks the person first (Wayland) says no after `set` has returned.
    """

    def __init__(self, poster: Poster, pressed: Pressed, told: Told = lambda _words: None) -> None:
        self._poster = poster
        self._pressed = pressed
        self._told = told
        self._handler: Handler | None = None
        self.key = ""
        """The key that is held now; "" = none."""

    def set(self, key: str) -> str | None:
        """Have `key` ("Ctrl+Alt+Space"; "" = none) instead of the one before; words when that can't be, and then the one
        before stays."""
        if not key:
            self.close()
            return None
        chord = chord_of(key)
        if chord is None:
            return say("platform.key_unknown", key=key_words(key))
        if str(chord) == self.key:
            return None
        try:
            handler = _handler(self._pressed if sys.platform == "win32" else self._soon, self._refused)
        except OSError:
            handler = None
        if handler is None:
            return say("platform.key_unsupported", command=COMMAND)
        if (words := handler.grab(chord)) is not None:
            handler.close()
            return words
        self.close()
        self._handler, self.key = handler, str(chord)
        return None

    def close(self) -> None:
        """Give the key back."""
        if self._handler is not None:
            self._handler.close()
            self._handler = None
        self.key = ""

    def _refused(self, words: str) -> None:
        self.key = ""
        self._told(words)

    def _soon(self) -> None:
        """Not on Windows, which lets a window come forward only from the key's own handler."""
        self._poster.post(self._pressed)


def _handler(pressed: Pressed, told: Told) -> Handler | None:
    """The way of the desktop that this runs on; None where there is none. Raises `OSError`."""
    name = QGuiApplication.platformName()
    if sys.platform == "win32":
        from desktop.window.platform.hotkey_windows import WindowsKey

        return WindowsKey(pressed)
    if sys.platform == "darwin":
        from desktop.window.platform.hotkey_macos import MacKey

        return MacKey(pressed)
    if name == "wayland" or (name == "xcb" and os.environ.get("XDG_SESSION_TYPE") == "wayland"):
        from desktop.window.platform.bus import session_bus
        from desktop.window.platform.hotkey_portal import PortalKey

        bus = session_bus()
        return PortalKey(bus, pressed, told) if bus is not None else None
    if name == "xcb":
        from desktop.window.platform.hotkey_x11 import X11Key

        return X11Key(pressed)
    return None
