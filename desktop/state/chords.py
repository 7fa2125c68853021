"""A key with its modifiers, as the settings write it ("Ctrl+Alt+Space"), and as each system names it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from desktop.words import say

_MODIFIERS = {
    "ctrl": "ctrl",
    "control": "ctrl",
    "strg": "ctrl",
    "alt": "alt",
    "option": "alt",
    "shift": "shift",
    "umschalt": "shift",
    "meta": "meta",
    "super": "meta",
    "win": "meta",
    "cmd": "meta",
}
# Our name: X11's keysym, Windows' virtual key, macOS' key code.
_NAMED = {
    "Space": ("space", 0x20, 49),
    "Tab": ("Tab", 0x09, 48),
    "Return": ("Return", 0x0D, 36),
    "Home": ("Home", 0x24, 115),
    "End": ("End", 0x23, 119),
    "PgUp": ("Prior", 0x21, 116),
    "PgDown": ("Next", 0x22, 121),
    "Ins": ("Insert", 0x2D, 114),
    "Del": ("Delete", 0x2E, 117),
    "Left": ("Left", 0x25, 123),
    "Up": ("Up", 0x26, 126),
    "Right": ("Right", 0x27, 124),
    "Down": ("Down", 0x28, 125),
    "Pause": ("Pause", 0x13, None),
}
_ALIASES = {
    "enter": "Return",
    "pageup": "PgUp",
    "pagedown": "PgDown",
    "insert": "Ins",
    "delete": "Del",
    "leertaste": "Space",
}
_MAC_LETTERS = dict(
    zip(
        "ASDFHGZXCVBQWERYT123465978OUIPLJKNM0",
        (*range(10), *range(11, 24), 25, 26, 28, 31, 32, 34, 35, 37, 38, 40, 45, 46, 29),
        strict=True,
    )
)
_MAC_FUNCTIONS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113, 106, 64, 79, 80, 90)


@dataclass(frozen=True)
class Chord:
    """`key` is one of our names, a letter, a digit, or F1 to F24."""

    key: str
    ctrl: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False

    def __str__(self) -> str:
        on = (("Ctrl", self.ctrl), ("Alt", self.alt), ("Shift", self.shift), ("Meta", self.meta))
        return "+".join([*(name for name, held in on if held), self.key])

    @property
    def function(self) -> int:
        """n of Fn, else 0."""
        return int(self.key[1:]) if len(self.key) > 1 and self.key[1:].isdigit() else 0

    @property
    def keysym(self) -> str:
        """X11's and the portal's name of the key."""
        if self.key in _NAMED:
            return _NAMED[self.key][0]
        return self.key if self.function else self.key.lower()

    @property
    def virtual_key(self) -> int:
        """Windows' number of the key."""
        if self.key in _NAMED:
            return _NAMED[self.key][1]
        return 0x6F + self.function if self.function else ord(self.key)

    @property
    def mac_key(self) -> int | None:
        """macOS' number of the key's place; None where its keyboards have none."""
        if self.key in _NAMED:
            return _NAMED[self.key][2]
        if self.function:
            return _MAC_FUNCTIONS[self.function - 1] if self.function <= len(_MAC_FUNCTIONS) else None
        return _MAC_LETTERS.get(self.key)

    @property
    def trigger(self) -> str:
        """The portal's way to write it: "CTRL+ALT+space"."""
        on = (("CTRL", self.ctrl), ("ALT", self.alt), ("SHIFT", self.shift), ("LOGO", self.meta))
        return "+".join([*(name for name, held in on if held), self.keysym])


def key_words(key: str) -> str:
    """A key of the settings as the person's keyboard names it: "Strg+Alt+Leertaste", "⌃⌥Space"; "" for none."""
    chord = chord_of(key)
    if chord is None:
        return key
    return _on_mac(chord) if sys.platform == "darwin" else "+".join([*_held_words(chord), _key_words(chord.key)])


def _held_words(chord: Chord) -> list[str]:
    held = []
    if chord.ctrl:
        held.append(say("platform.key_ctrl"))
    if chord.alt:
        held.append(say("platform.key_alt"))
    if chord.shift:
        held.append(say("platform.key_shift"))
    if chord.meta:
        held.append("Win" if sys.platform == "win32" else say("platform.key_meta"))
    return held


def _on_mac(chord: Chord) -> str:
    signs = (("⌃", chord.ctrl), ("⌥", chord.alt), ("⇧", chord.shift), ("⌘", chord.meta))
    return "".join(sign for sign, held in signs if held) + _key_words(chord.key)


def _key_words(key: str) -> str:
    arrows = {"Left": "←", "Up": "↑", "Right": "→", "Down": "↓"}
    named = {
        "Space": "platform.key_space",
        "Tab": "platform.key_tab",
        "Return": "platform.key_return",
        "Home": "platform.key_home",
        "End": "platform.key_end",
        "PgUp": "platform.key_pgup",
        "PgDown": "platform.key_pgdown",
        "Ins": "platform.key_ins",
        "Del": "platform.key_del",
        "Pause": "platform.key_pause",
    }
    return say(named[key]) if key in named else arrows.get(key, key)


def chord_of(written: str) -> Chord | None:
    """The chord that is written; None when it is none that a whole desktop could give to one program.

    It needs Ctrl, Alt or Meta, or has to be one of F1 to F24: any other key is somebody's typing.
    """
    *before, last = [part.strip() for part in written.split("+")]
    held = [_MODIFIERS.get(part.lower()) for part in before]
    if None in held or len(set(held)) != len(held):
        return None
    key = _key(last)
    if key is None:
        return None
    chord = Chord(key, *(name in held for name in ("ctrl", "alt", "shift", "meta")))
    return chord if chord.ctrl or chord.alt or chord.meta or chord.function else None


def _key(written: str) -> str | None:
    if len(written) == 1 and written.isascii() and written.isalnum():
        return written.upper()
    if written[:1] in "fF" and written[1:].isascii() and written[1:].isdigit() and 1 <= int(written[1:]) <= 24:
        return f"F{int(written[1:])}"
    plain = {name.lower(): name for name in _NAMED} | _ALIASES
    return plain.get(written.lower())
