"""The filler that paints a hole by words: one crop a hole, as `engines.pictures.fill_regions` asks for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from engines.diffusion.crops import Floats, Mask, brought_back, fitted, window
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Painted, Wish, inpaint
from engines.diffusion.rectify import Rectify
from engines.pictures import Box
from engines.runtime import CPU
from homespun.progress import Progress
from models.pipelines import UNET

if TYPE_CHECKING:
    from engines.concepts import Finding, Guard


MOST_SEEDS = 2**63
"""Further holes have further seeds; after the last comes the first."""


class Diffusion:
    """A `Filler` that paints what `wish` says. `parts` are the caller's to close.

    The seed comes from whoever fills: the wish's own is that of the first hole in its first candidate. All candidates of that
    hole are painted in one go, for as long as parts may have to be opened one after another.
    """

    channels = frozenset({3})

    def __init__(
        self,
        parts: Parts,
        wish: Wish,
        *,
        guard: Guard | None = None,
        rectify: Rectify | None = None,
    ) -> None:
        self.name = parts.pipeline.id
        self._parts, self._wish = parts, wish
        self._guard, self._rectify = guard, rectify
        self._ahead: dict[tuple[bytes, int], Floats] = {}
        self.painted: list[Painted] = []
        """What each run gave, but for the pixels."""

    def crop(self, box: Box, size: tuple[int, int]) -> Box:
        """Three times the hole's box, and no less than the pipeline's own size."""
        return window(box, size, self._seen)

    def fill(self, photo: Floats, hole: Mask, *, seed: int, progress: Progress) -> Floats:
        """`photo` (H, W, 3), float32 in 0..1, with its `hole` (H, W) painted. Raises as `inpaint`."""
        if not hole.any():
            return photo.copy()
        seed %= MOST_SEEDS
        seen = fitted(photo, hole, self._seen, keep=self._wish.strength < 1)
        key = hashlib.sha256(seen.pixels.tobytes() + seen.hole.tobytes()).digest()
        if (key, seed) not in self._ahead:
            count = self._wish.candidates if seed == self._wish.seed else 1
            done = inpaint(
                self._parts,
                seen.pixels,
                seen.hole,
                replace(self._wish, seed=seed, candidates=count),
                guard=self._guard,
                rectify=self._rectify,
                progress=progress,
            )
            self._ahead |= {(key, one): pixels for one, pixels in zip(done.seeds, done.pixels, strict=True)}
            self.painted.append(replace(done, pixels=()))
        progress.cancel.check()
        return brought_back(self._ahead[key, seed], seen, photo, hole, seed=seed, check=progress.cancel.check)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the guard found, once."""
        return self.painted[0].findings if self.painted else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person should know, each sentence once."""
        return tuple(dict.fromkeys(note for one in self.painted for note in one.notes))

    @property
    def ran_on(self) -> tuple[str, str]:
        """The device of the UNet's last run, and the one that should have run it and failed ("" = none)."""
        failed = self._parts.refused.get(UNET)
        return self._parts.ran_on.get(UNET, CPU), failed.device if failed else ""

    @property
    def _seen(self) -> tuple[int, int]:
        return self._parts.pipeline.height, self._parts.pipeline.width
