"""The key on X11: a passive grab on the root window, once for each state of Caps Lock and Num Lock."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref

from PySide6.QtCore import QSocketNotifier

from desktop.state.chords import Chord, key_words
from desktop.window.platform import summon
from desktop.window.platform.x11 import (
    ALT,
    BAD_ACCESS,
    CONTROL,
    GRAB_ASYNC,
    KEY_PRESS,
    KEY_RELEASE,
    LOCK,
    MAPPING_NOTIFY,
    META,
    NUM_LOCK,
    SHIFT,
    Display,
    Event,
    library,
)
from desktop.words import say

_LOCKS = (0, LOCK, NUM_LOCK, LOCK | NUM_LOCK)


class X11Key:
    """Raises `OSError` where no X server answers."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._display = Display()
        self._down = False
        self._chord: Chord | None = None
        self._keycode = 0
        # A key that is held must not show and hide the palette thirty times a second: with this, repeats come as presses
        # without a release between them.
        library().XkbSetDetectableAutoRepeat(self._display.pointer, 1, None)
        self._notifier = QSocketNotifier(library().XConnectionNumber(self._display.pointer), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._turn)

    def grab(self, chord: Chord) -> str | None:
        """Have `chord`; words when another program has it, or this keyboard lacks it."""
        self._chord = chord
        self._keycode = self._code()
        if not self._keycode:
            return say("platform.key_missing", key=key_words(str(chord)))
        self._each_lock(library().XGrabKey, self._display.root, 0, GRAB_ASYNC, GRAB_ASYNC)
        if BAD_ACCESS in self._display.errors():
            self._each_lock(library().XUngrabKey, self._display.root)
            self._display.errors()
            return say("platform.key_taken", key=key_words(str(chord)))
        return None

    def close(self) -> None:
        """Give the key back."""
        self._notifier.setEnabled(False)
        self._display.close()

    def _code(self) -> int:
        """The place of the key on the keyboard as it is laid out now; 0 = it has none."""
        assert self._chord is not None
        keysym = library().XStringToKeysym(self._chord.keysym.encode())
        return int(library().XKeysymToKeycode(self._display.pointer, keysym))

    def _each_lock(self, do: Callable[..., int], *rest: int) -> None:
        chord = self._chord
        assert chord is not None
        held = CONTROL * chord.ctrl | ALT * chord.alt | SHIFT * chord.shift | META * chord.meta
        for locks in _LOCKS:
            do(self._display.pointer, self._keycode, held | locks, *rest)

    def _laid_out_anew(self, event: Event) -> None:
        """Another layout may have the key in another place."""
        library().XRefreshKeyboardMapping(byref(event))
        if self._chord is not None and self._keycode not in (0, self._code()):
            self._each_lock(library().XUngrabKey, self._display.root)
            self.grab(self._chord)

    def _turn(self) -> None:
        event = Event()
        while self._display.pointer and library().XPending(self._display.pointer):
            library().XNextEvent(self._display.pointer, byref(event))
            if event.type == MAPPING_NOTIFY:
                self._laid_out_anew(event)
            if event.type not in (KEY_PRESS, KEY_RELEASE) or event.key.keycode != self._keycode:
                continue
            was_down, self._down = self._down, event.type == KEY_PRESS
            if self._down and not was_down:
                summon.pressed_at(int(event.key.time))
                self._pressed()
