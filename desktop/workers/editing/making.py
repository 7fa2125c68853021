"""What the engines do to a document: erase, enlarge, select, grow a mask; by the same doors as the command line."""

from __future__ import annotations

from typing import Any

import numpy as np

from desktop.workers.editing.display import Shown
from desktop.workers.editing.document import Document, Mask, bytes_of, mask_told, owned
from desktop.workers.editing.steps import cut
from engines.pictures import Box, grow_for, widened
from homespun.errors import UsageError
from homespun.progress import Progress

PREPARING_SELECT = "preparing selecting for this processor (once)"

AROUND = 0.5
"""How much of the usual rim each further try takes more: the eraser leaves nothing to chance, so only another hole gives
another result."""


class Maker:
    """Works on one document after the other, and keeps what is worth keeping between two calls."""

    def __init__(self) -> None:
        self._looked: tuple[Document, int, Any] | None = None

    def erase(
        self, document: Document, mask: Mask, *, quality: str, filler: str | None, attempt: int, progress: Progress
    ) -> dict[str, Any]:
        """Erase what `mask` marks. `attempt` over 0 is another try at the last step, which stays to be chosen from."""
        from engines.erase import Quality, erase, filler_for

        picture = document.picture
        if attempt:
            picture = picture.with_pixels(document.steps.pixels_before())
            rim = max(1, round(AROUND * grow_for(picture.width, picture.height)))
            mask = mask if filler else widened(mask, attempt * rim)
        done = erase(picture, mask, quality=Quality(quality), seed=attempt, filler=filler, progress=progress)
        if not done.boxes:
            raise UsageError("Nothing is marked.", "Paint over what should go.")
        progress.cancel.check()
        rows = cut(done.picture.pixels, done.boxes)
        if attempt:
            safe = document.steps.add_result(rows, done.boxes)
        else:
            safe = document.steps.add_patch("erase", done.boxes, rows)
        step = document.steps[document.steps.position - 1]
        facts = {
            "seconds": done.seconds,
            "filler": done.fillers[0],
            "notes": list(done.advice) if filler is None and done.fillers[0] != filler_for(Quality(quality)) else [],
            "device": done.device,
            "failed": done.fell_back_from,
            "pixels": done.pixels,
            "results": len(step.results),
            "current": step.current,
            "safe": safe,
        }
        return {**document.changed(step), **facts, "steps": len(document.steps)}

    def enlarge(self, document: Document, *, factor: float, style: str, progress: Progress) -> dict[str, Any]:
        """Make the picture larger."""
        from engines.upscale import Style, upscale

        picture = document.picture
        done = upscale(picture, factor=factor, style=Style(style), progress=progress)
        progress.cancel.check()
        pixels = owned(done.picture.pixels)
        shown = Shown(document.opened.with_pixels(pixels))  # first: a step that can't be shown is not done
        safe = document.steps.add_whole("enlarge", pixels)
        step = document.steps[document.steps.position - 1]
        facts = {
            "seconds": done.seconds,
            "device": done.device,
            "failed": done.notes[0] if done.notes else "",
            "pixels": picture.width * picture.height,
            "safe": safe,
        }
        return {**document.changed(step, shown), **facts, "steps": len(document.steps)}

    def look(self, document: Document, progress: Progress) -> Any:
        """What selects in the picture as it is now; looking at it once is the slow part."""
        from engines.compiled import told
        from engines.select import Selector

        if self._looked is None or self._looked[0] is not document or self._looked[1] != document.revision:
            self._looked = None
            with told(progress, PREPARING_SELECT):
                self._looked = (document, document.revision, Selector(document.picture.photo()))
        return self._looked[2]

    def select(self, document: Document, told_hints: dict[str, Any], progress: Progress) -> dict[str, Any]:
        """The mask of what is pointed at. Raises `WrongHints`."""
        from engines.compiled import told
        from engines.select import Hints

        box = told_hints.get("box")
        hints = Hints(
            include=_points(told_hints.get("include", ())),
            exclude=_points(told_hints.get("exclude", ())),
            box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None,
            lasso=_points(told_hints.get("lasso", ())),
        )
        hints.check(*document.size)
        selector = self.look(document, progress)
        with told(progress, PREPARING_SELECT):
            return _mask_answer(selector.select(hints))

    def grow(self, mask: Mask, by: int) -> dict[str, Any]:
        """The mask grown or shrunk, looked at only around what it marks."""
        found = bytes_of(mask)
        if found is None:
            return {"mask": None}
        left, top, right, bottom = found[0]
        height, width = mask.shape
        around = Box(left, top, right - left, bottom - top).grown(max(0, by) + 1).within(width, height)
        changed = np.zeros_like(mask)
        changed[around.slices] = widened(mask[around.slices], by)
        return _mask_answer(changed)

    def forget(self) -> None:
        """Let go of what was kept for a document."""
        self._looked = None


def warm(progress: Progress) -> None:
    """Load, or compile, the kernels of erasing and selecting, so that the first use doesn't wait."""
    progress.cancel.check()
    from engines.compiled import told
    from engines.compiled.prepare import prepare

    with told(progress, PREPARING_SELECT):
        prepare(progress)


def able() -> dict[str, Any]:
    """Which fillers are here, which of them each quality means, and what fills by words."""
    from desktop.workers.editing.filling import painter
    from engines.erase import Quality, filler_for, fillers

    qualities = {str(one): filler_for(one) for one in Quality}
    return {"fillers": list(fillers()), "qualities": qualities, "painter": painter()}


def _mask_answer(mask: Mask) -> dict[str, Any]:
    found = bytes_of(mask)
    return {"mask": None if found is None else mask_told(*found)}


def _points(pairs: Any) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in pairs)
