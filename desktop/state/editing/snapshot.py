"""What the editor shows: one frozen picture of its state, which the widgets paint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.workers import Sheet
from desktop.workers.editing.contract import Level


@dataclass(frozen=True)
class Display:
    """The picture as a screen shows it: sRGB, 4 bytes B G R X; the full size first, then halves.

    With `alpha` the fourth byte is the opacity and the colours are premultiplied. `width` and `height` are the picture's,
    also where the first level is smaller (a preview).
    """

    sheet: Sheet
    width: int
    height: int
    levels: tuple[Level, ...]
    alpha: bool = False


@dataclass(frozen=True)
class Working:
    """What is being made: `share` from 0 to 1 if it is known, and where in the picture."""

    note: str
    share: float | None
    box: Box | None


@dataclass(frozen=True)
class Button:
    """The one accent button; `stops` while it stops what runs."""

    words: str
    enabled: bool
    tip: str
    stops: bool = False


@dataclass(frozen=True)
class Notice:
    """One bar: `tone` is info, good, warning or danger; `actions` are ids for `do_notice` and their words."""

    tone: str
    words: str
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Done:
    """What was just made: where, whether it can be tried again, and the other ways; `current` counts the results.

    `note` is what a person should know besides: what the guard did, which words were not read.
    """

    words: str
    box: Box
    again: bool
    variants: tuple[str, ...]
    """Words of the results to choose from: "1", "2"…; `current` is the one shown."""
    current: int
    other_ways: tuple[tuple[str, str], ...] = ()
    """Names for `other_way` and their words."""
    note: str = ""


@dataclass(frozen=True)
class EditorSnapshot:
    """All that the editor's window shows."""

    stage: str = "empty"
    """empty, opening or ready."""
    title: str = ""
    path: str = ""
    subtitle: str = ""
    width: int = 0
    height: int = 0
    display: Display | None = None
    preview: bool = False
    original: Display | None = None
    revision: int = 0
    """Grows with every change of the picture's pixels."""
    dirty: Box | None = None
    """What the last growth of `revision` changed; None = all of it."""
    tool: str = "erase"
    """One of `tools`."""
    tools: tuple[str, ...] = ("erase", "enlarge", "select")
    """Those that can be had: fill, only where something here fills by words."""
    pointer: str = "brush"
    """brush, lasso, box or click."""
    pointers: tuple[str, ...] = ("brush", "lasso", "box")
    """Those that the tool offers."""
    brush: int = 64
    quality: str = "balanced"
    """instant, balanced or best."""
    qualities_off: frozenset[str] = frozenset()
    quality_tips: Mapping[str, str] = field(default_factory=dict)
    prompt: str = ""
    negative: str = ""
    negative_shown: bool = False
    variants: int = 1
    factor: int = 2
    factors: tuple[int, ...] = (2, 4)
    style: str = "faithful"
    """faithful or restore."""
    styles: tuple[tuple[str, str], ...] = ()
    """Both, with their words."""
    result_size: str = ""
    mask: Mask | None = None
    mask_revision: int = 0
    mask_dirty: Box | None = None
    """What the last growth of `mask_revision` changed; None = all of it."""
    mask_empty: bool = True
    mask_colour: str = "a"
    """a or b."""
    estimate: str = ""
    working: Working | None = None
    button: Button = field(default_factory=lambda: Button("", False, ""))
    notice: Notice | None = None
    done: Done | None = None
    can_undo: bool = False
    can_redo: bool = False
    compare: str = "off"
    """off, hold or slider."""
    unsaved: bool = False
    writing: bool = False
    """A file is being written: ending now would leave half of it, or none."""
    changes: int = 0
    """Edits that a save would write and none has written."""
    asking_where: str = ""
    """A path to offer in the save dialog, which the window opens when this is set; then `save_as` or `save_nowhere`."""
    edited: bool = False
    """Whether the picture is not as it was opened: there is an original to compare with."""
