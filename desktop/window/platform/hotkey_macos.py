"""The key on macOS: Carbon's RegisterEventHotKey, the one way that needs no consent for watching the keyboard."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint32, c_void_p
from typing import Any

from desktop.state.chords import Chord, key_words
from desktop.words import say

_COMMAND, _SHIFT, _OPTION, _CONTROL = 0x100, 0x200, 0x800, 0x1000
_KEYBOARD = 0x6B657962  # 'keyb'
_HOT_KEY_PRESSED = 5
_SIGNATURE = 0x686F6D65  # 'home'
_numbers = itertools.count(1)
_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"


class _HotKeyID(Structure):
    _fields_ = (("signature", c_uint32), ("id", c_uint32))


class _EventType(Structure):
    _fields_ = (("kind", c_uint32), ("event", c_uint32))


_Callback = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class MacKey:
    """For the main thread. Raises `OSError` where Carbon can't be loaded."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._carbon = _carbon()
        self._callback = _Callback(self._on_press)  # Carbon keeps only its address
        self._handler = c_void_p()
        self._key = c_void_p()
        kind = _EventType(_KEYBOARD, _HOT_KEY_PRESSED)
        failed = self._carbon.InstallEventHandler(
            self._carbon.GetApplicationEventTarget(), self._callback, 1, byref(kind), None, byref(self._handler)
        )
        if failed:
            raise OSError(f"InstallEventHandler: {failed}")

    def grab(self, chord: Chord) -> str | None:
        """Have `chord`; words when another program has it, or no such key exists."""
        if chord.mac_key is None:
            return say("platform.key_missing", key=key_words(str(chord)))
        held = _CONTROL * chord.ctrl | _OPTION * chord.alt | _SHIFT * chord.shift | _COMMAND * chord.meta
        failed = self._carbon.RegisterEventHotKey(
            chord.mac_key,
            held,
            _HotKeyID(_SIGNATURE, next(_numbers)),
            self._carbon.GetApplicationEventTarget(),
            0,
            byref(self._key),
        )
        return say("platform.key_taken", key=key_words(str(chord))) if failed else None

    def close(self) -> None:
        """Give the key back."""
        if self._key:
            self._carbon.UnregisterEventHotKey(self._key)
            self._key = c_void_p()
        if self._handler:
            self._carbon.RemoveEventHandler(self._handler)
            self._handler = c_void_p()

    def _on_press(self, _next: int, _event: int, _data: int) -> int:
        self._pressed()
        return 0


def _carbon() -> Any:
    lib = ctypes.CDLL(_CARBON)
    lib.GetApplicationEventTarget.restype = c_void_p
    lib.InstallEventHandler.argtypes = [
        c_void_p,
        _Callback,
        c_uint32,
        POINTER(_EventType),
        c_void_p,
        POINTER(c_void_p),
    ]
    lib.RegisterEventHotKey.argtypes = [c_uint32, c_uint32, _HotKeyID, c_void_p, c_uint32, POINTER(c_void_p)]
    lib.UnregisterEventHotKey.argtypes = [c_void_p]
    lib.RemoveEventHandler.argtypes = [c_void_p]
    return lib
