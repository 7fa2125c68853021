"""Every key of the editor, as data: the window acts by it, the menu and the list of shortcuts show it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.words import say


@dataclass(frozen=True)
class Shortcut:
    """`keys` are Qt's portable names; `gestures` are keys with a pointer, which the canvas knows itself."""

    name: str
    words: str
    keys: tuple[str, ...] = ()
    gestures: tuple[str, ...] = ()
    group: str = "tools"
    repeats: bool = False
    """Whether holding the key goes on doing it."""
    held: bool = False
    """Whether it lasts as long as the key is held."""


GROUPS = {
    "tools": "editor.keys.tools",
    "mask": "editor.keys.mask",
    "view": "editor.keys.view",
    "file": "editor.keys.file",
}

SHORTCUTS = (
    Shortcut("erase", "editor.key.erase", ("B",)),
    Shortcut("fill", "editor.key.fill", ("F",)),
    Shortcut("enlarge", "editor.key.enlarge", ("U",)),
    Shortcut("select", "editor.key.select", ("S",)),
    Shortcut("act", "editor.key.act", ("Return", "Enter")),
    Shortcut("stop", "editor.key.stop", ("Esc",)),
    Shortcut("previous_variant", "editor.key.previous", (",",)),
    Shortcut("next_variant", "editor.key.next", (".",)),
    Shortcut("unpaint", "editor.key.unpaint", ("X",), ("editor.gesture.right",), group="mask", held=True),
    Shortcut("smaller", "editor.key.smaller", ("[",), group="mask", repeats=True),
    Shortcut("larger", "editor.key.larger", ("]",), ("editor.gesture.shift_wheel",), group="mask", repeats=True),
    Shortcut("ring", "editor.key.ring", ("Left", "Right", "Up", "Down"), group="mask", repeats=True),
    Shortcut(
        "ring_fine",
        "editor.key.ring_fine",
        ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
        group="mask",
        repeats=True,
    ),
    Shortcut("paint", "editor.key.paint", ("P",), group="mask", held=True),
    Shortcut("colour", "editor.key.colour", ("M",), group="mask"),
    Shortcut("undo", "editor.key.undo", ("Ctrl+Z",), group="mask", repeats=True),
    Shortcut("redo", "editor.key.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), group="mask", repeats=True),
    Shortcut("pan", "editor.key.pan", (), ("editor.gesture.space", "editor.gesture.middle"), group="view"),
    Shortcut("scroll", "editor.key.scroll", (), ("editor.gesture.wheel",), group="view"),
    Shortcut("zoom_in", "editor.key.zoom_in", ("+",), ("editor.gesture.ctrl_wheel",), group="view", repeats=True),
    Shortcut("zoom_out", "editor.key.zoom_out", ("-",), group="view", repeats=True),
    Shortcut("fit", "editor.key.fit", ("0",), group="view"),
    Shortcut("whole", "editor.key.whole", ("1",), group="view"),
    Shortcut("double", "editor.key.double", ("2",), group="view"),
    Shortcut("original", "editor.key.original", ("\\",), group="view", held=True),
    Shortcut("compare", "editor.key.compare", ("C",), group="view"),
    Shortcut("full_screen", "editor.key.full_screen", ("F11",), group="view"),
    Shortcut("open", "editor.key.open", ("Ctrl+O",), group="file"),
    Shortcut("paste", "editor.key.paste", ("Ctrl+V",), group="file"),
    Shortcut("copy", "editor.key.copy", ("Ctrl+C",), group="file"),
    Shortcut("save", "editor.key.save", ("Ctrl+S",), group="file"),
    Shortcut("save_as", "editor.key.save_as", ("Ctrl+Shift+S",), group="file"),
    Shortcut("enqueue", "editor.key.enqueue", ("Ctrl+Return", "Ctrl+Enter"), group="file"),
    Shortcut("shortcuts", "editor.key.shortcuts", ("F1",), group="file"),
    Shortcut("close", "editor.key.close", ("Ctrl+W",), group="file"),
)
BY_NAME = {one.name: one for one in SHORTCUTS}

_BY_KEYS = {
    QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText): one for one in SHORTCUTS for key in one.keys
}
_BY_TEXT = {key: one for one in SHORTCUTS for key in one.keys if len(key) == 1 and not key.isalpha()}
"""Signs need other keys on other keyboards (AltGr+8 is [ on a German one); what was typed counts for them."""


def of_key(event: QKeyEvent) -> Shortcut | None:
    """What a key press means here."""
    if event.text() in _BY_TEXT:
        return _BY_TEXT[event.text()]
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    combined = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return _BY_KEYS.get(combined.toString(QKeySequence.SequenceFormat.PortableText))


def shown(name: str) -> str:
    """The first key of a shortcut as the system writes it, for a menu."""
    return key_words(BY_NAME[name].keys[0])


def key_words(key: str) -> str:
    """A key as a person of this system and language calls it."""
    if sys.platform == "darwin":
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    parts = key.split("+") if len(key) > 1 else [key]
    return "+".join(_word(part) for part in parts)


def _word(part: str) -> str:
    words = {
        "Ctrl": say("editor.cap.ctrl"),
        "Shift": say("editor.cap.shift"),
        "Return": say("editor.cap.enter"),
        "Enter": say("editor.cap.enter"),
        "Esc": say("editor.cap.esc"),
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "-": "−",
    }
    return words.get(part, part)
