"""One open picture: its pixels, its steps, what the window sees of it, and its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.workers.calls import Told
from desktop.workers.editing.contract import GLIMPSE, MARKED
from desktop.workers.editing.display import Shown
from desktop.workers.editing.keeping import DocumentFolder
from desktop.workers.editing.steps import MOST_BYTES, MOST_STEPS, Step, Steps
from desktop.workers.sheets import open_sheet, sheet_of
from engines.pictures import Picture, glimpse
from homespun.progress import Progress

Mask = NDArray[np.bool_]
Edges = tuple[int, int, int, int]
"""Left, top, right, bottom: as the window counts."""


class Document:
    """The picture that is being edited. Its window has `shown`'s sheet open too."""

    def __init__(
        self, picture: Picture, folder: DocumentFolder, *, most_bytes: int = MOST_BYTES, most_steps: int = MOST_STEPS
    ) -> None:
        self.folder = folder
        pixels = owned(picture.pixels)
        self.steps = Steps(pixels, folder, most_bytes=most_bytes, most_steps=most_steps)
        self.opened = picture.with_pixels(pixels)
        """As it was opened, but for the pixels, which the steps change."""
        self.shown: Shown | None = None
        self.revision = 0
        """Grows with each change of the pixels."""

    @property
    def picture(self) -> Picture:
        """The picture as it is now."""
        return self.opened.with_pixels(self.steps.pixels)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height now."""
        return int(self.steps.pixels.shape[1]), int(self.steps.pixels.shape[0])

    def show(self) -> Shown:
        """The display of the picture as it is now, made anew. Raises `NoSpace`."""
        self.shown = Shown(self.picture)
        return self.shown

    def turned(self, turn: Callable[[], Step], back: Callable[[], Step]) -> dict[str, Any]:
        """Undo or redo, and what the window is told; where there is no room to show it, nothing is turned."""
        step = turn()
        try:
            return self.changed(step)
        except BaseException:
            back()
            raise

    def changed(self, step: Step, shown: Shown | None = None) -> dict[str, Any]:
        """After a step or its undoing: show it (`shown` does already), and what the window is told."""
        self.revision += 1
        width, height = self.size
        told: dict[str, Any] = {"width": width, "height": height, "box": None}
        if shown is not None:
            self.shown = shown
        elif step.whole or self.shown is None:
            shown = self.show()
        if shown is not None:
            return {**told, "display": dict(shown.told())}
        assert self.shown is not None
        for box in step.boxes:
            self.shown.write(self.steps.pixels, box)
        return {**told, "box": edges_of(step)}

    def mask(self, box: Edges, sheet: str) -> Mask:
        """The mask that the window sent: bytes of `box`, row by row, in a sheet of which the name goes."""
        width, height = self.size
        left, top, right, bottom = box
        memory = open_sheet(sheet).memory
        mask = np.zeros((height, width), np.bool_)
        count = (right - left) * (bottom - top)
        part = np.frombuffer(memory, np.uint8, count).reshape(bottom - top, right - left)
        mask[top:bottom, left:right] = part >= MARKED
        return mask


def open_document(
    path: Path,
    folder: DocumentFolder,
    progress: Progress,
    tell: Callable[[Told], None],
    *,
    preview: bool = True,
) -> Document:
    """Open the file, telling a glimpse first where that is quicker. Raises what `Picture.open` raises."""
    if preview and (first := glimpse(path, GLIMPSE)) is not None:
        shown = Shown(first.picture, whole=(first.width, first.height))
        tell({"display": dict(shown.told()), "width": first.width, "height": first.height})
    progress.cancel.check()
    picture = Picture.open(path)
    progress.cancel.check()
    return Document(picture, folder)


def told_of(document: Document) -> dict[str, Any]:
    """What the window is told of a document that is open; its display is made."""
    width, height = document.size
    steps = document.steps
    mask = document.folder.mask()
    return {
        "number": document.folder.number,
        "display": dict(document.show().told()),
        "width": width,
        "height": height,
        "path": "" if document.folder.pasted else os.fspath(document.folder.source),
        "steps": [
            {"kind": steps[n].kind, "box": edges_of(steps[n]), "current": steps[n].current} for n in range(len(steps))
        ],
        "position": steps.position,
        "saved": list(document.folder.told["saved"]),
        "mask": None if mask is None else mask_told(mask[0], mask[1]),
        "notes": list(document.opened.notes),
    }


def edges_of(step: Step) -> Edges | None:
    """A box around all that a step changed, as the window counts; None = everything."""
    box = step.box
    return None if box is None else (box.x, box.y, box.right, box.bottom)


def bytes_of(mask: Mask) -> tuple[Edges, bytes] | None:
    """The smallest box around what a mask marks, and its bytes (0 or 255) row by row; None for an empty one."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    part = mask[box[1] : box[3], box[0] : box[2]]
    return box, (part.astype(np.uint8) * 255).tobytes()


def mask_told(box: Edges, data: bytes) -> dict[str, Any]:
    """A mask for the window: a box, and its bytes in a sheet that the window opens."""
    return {"box": box, "sheet": str(sheet_of(data))}


def owned(pixels: NDArray[Any]) -> NDArray[Any]:
    """The array that a picture just opened shows read-only, if nothing else shows a part of it; else a copy."""
    base = pixels.base
    if isinstance(base, np.ndarray) and base.shape == pixels.shape and base.flags.owndata and base.flags.writeable:
        return base
    return pixels.copy()
