"""An editor's state without engines: it notes what it is asked, and shows the picture that the test made."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.state.editing.snapshot import Button, Display, EditorSnapshot
from desktop.state.observed import Observed
from desktop.workers.editing.contract import Level
from desktop.workers.sheets import Sheet


def display_of(width: int, height: int, pixels: bytes | None = None, *, alpha: bool = False) -> Display:
    """A display with levels down to 512 pixels; `pixels` are the first level's (grey otherwise)."""
    sizes = [(width, height)]
    while max(sizes[-1]) > 1024:
        sizes.append((max(1, sizes[-1][0] // 2), max(1, sizes[-1][1] // 2)))
    levels, offset = [], 0
    for wide, high in sizes:
        levels.append(Level(wide, high, wide * 4, offset))
        offset += wide * 4 * high
    memory = mmap.mmap(-1, offset)
    memory[:] = b"\x80" * offset
    if pixels is not None:
        memory[: len(pixels)] = pixels
    return Display(Sheet(Path("none"), memory), width, height, tuple(levels), alpha)


class FakeEditor(Observed):
    """`said` holds every intent in order: (name, arguments)."""

    def __init__(self, snapshot: EditorSnapshot | None = None) -> None:
        super().__init__()
        self.shown = snapshot or EditorSnapshot()
        self.said: list[tuple[str, tuple[Any, ...]]] = []

    def snapshot(self) -> EditorSnapshot:
        """What is shown."""
        return self.shown

    def show(self, **changes: Any) -> None:
        """Change what is shown."""
        self.shown = replace(self.shown, **changes)
        self.changed()

    def names(self) -> list[str]:
        """The intents without what they were told."""
        return [name for name, _ in self.said]

    def painted(self, box: Box) -> None:
        """A stroke ended."""
        self.said.append(("painted", (box,)))
        self.show(mask_empty=False, mask_revision=self.shown.mask_revision + 1, mask_dirty=box)

    def set_brush(self, brush: int) -> None:
        """Another brush."""
        self.said.append(("set_brush", (brush,)))
        self.show(brush=brush)

    def compare_hold(self, held: bool) -> None:
        """The original, or not."""
        self.said.append(("compare_hold", (held,)))
        self.show(compare="hold" if held else "off")

    def compare_slider(self, shown: bool) -> None:
        """The slider, or not."""
        self.said.append(("compare_slider", (shown,)))
        self.show(compare="slider" if shown else "off")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *told: self.said.append((name, told))


class FakeDoors:
    """The app around it."""

    def __init__(self) -> None:
        self.edited: list[Path] = []

    def edit(self, paths: Sequence[Path], tool: str = "erase") -> None:
        """Others are opened elsewhere."""
        self.edited += paths

    def __getattr__(self, name: str) -> Any:
        return lambda *told: None


def ready(width: int = 600, height: int = 400, **changes: Any) -> EditorSnapshot:
    """A picture that is open, with nothing painted."""
    display = display_of(width, height)
    told: dict[str, Any] = {
        "stage": "ready",
        "title": "breakfast.png",
        "path": "",
        "width": width,
        "height": height,
        "display": display,
        "mask": Mask(width, height),
        "button": Button("Erase it", True, ""),
        "estimate": "About 1 s",
    }
    return EditorSnapshot(**(told | changes))
