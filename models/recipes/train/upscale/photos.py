"""Training photos: read once, reduced at least twice (which removes JPEG and noise), kept as uint8, cut at random."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from homespun.errors import NotFound

Pixels = NDArray[np.uint8]

OPEN = re.compile(r"CC0-1\.0|CC-BY-\d\.\d")
"""Licences that we train on. Share-alike photos only serve to measure: nobody has to argue about the weights' licence."""

REDUCED = (2.0, 2.6, 3.4)
"""How far photos are reduced before use. Detail differs at each, so one photo gives several."""

MEASURED = 192
"""Side of the middle of a photo that is measured on."""

POOL, FRESH = 512, 4
"""Damaged crops that are kept, and how many of them each batch replaces."""

BICUBIC, LANCZOS, BOX = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS, Image.Resampling.BOX


@dataclass(frozen=True)
class Photo:
    """A photo, and who to thank for it."""

    path: Path
    title: str
    author: str
    licence: str
    source: str


@dataclass(frozen=True)
class Pair:
    """The same picture large and small: `large` is exactly `scale` times `small`."""

    large: Pixels
    small: Pixels


def credited(folder: Path) -> tuple[list[Photo], list[Photo]]:
    """The photos in `folder` to train on, and those to measure on: CREDITS.md there decides. Raises `NotFound`."""
    learn: list[Photo] = []
    measure: list[Photo] = []
    credits_file = folder / "CREDITS.md"
    lines = credits_file.read_text(encoding="utf-8").splitlines() if credits_file.is_file() else []
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 6 and (folder / cells[0]).is_file():
            photo = Photo(folder / cells[0], cells[2], cells[3], cells[4], cells[5])
            (learn if OPEN.fullmatch(photo.licence) else measure).append(photo)
    if not learn or not measure:
        raise NotFound(
            f"{folder} lacks photos to train on, or to measure on.",
            "A table of licences, CREDITS.md, must stand there.",
        )
    return learn, measure


def reduced(photo: Photo) -> Iterator[Image.Image]:
    """The photo at each size of `REDUCED`."""
    with Image.open(photo.path) as opened:
        whole = opened.convert("RGB")
    for times in REDUCED:
        size = (round(whole.width / times), round(whole.height / times))
        yield whole.resize(size, LANCZOS if times == REDUCED[0] else BICUBIC)


def pair(large: Image.Image, scale: int, filtered: Image.Resampling = BICUBIC) -> Pair:
    """`large` cut to a multiple of `scale`, and the same made small with `filtered`, in 8 bit."""
    width, height = large.width // scale * scale, large.height // scale * scale
    cut = large.crop((0, 0, width, height))
    small = cut.resize((width // scale, height // scale), filtered)
    return Pair(np.asarray(cut), np.asarray(small))


def drawn(count: int, seed: int) -> Iterator[Image.Image]:
    """Pictures of straight edges, letters and thin lines, which photos have too few of."""
    from PIL import ImageDraw, ImageFont

    random = np.random.default_rng(seed)
    words = ("Homespun", "enlarges", "letters", "0123456789", "and", "edges", "AaBbCcDdEeFfGg", "&%?!")
    for _ in range(count):
        paper, ink = (tuple(int(v) for v in random.integers(0, 256, 3)) for _ in range(2))
        canvas = Image.new("RGB", (960, 960), paper)
        pen = ImageDraw.Draw(canvas)
        for _ in range(40):
            colour = tuple(int(v) for v in random.integers(0, 256, 3))
            x, y, *sides = (int(v) for v in random.integers(0, 960, 6))
            kind = random.integers(4)
            if kind == 0:
                pen.line((x, y, sides[0], sides[1]), fill=colour, width=int(random.integers(1, 12)))
            elif kind == 1:
                pen.ellipse((x, y, x + sides[0] // 4 + 3, y + sides[1] // 4 + 3), fill=colour)
            elif kind == 2:
                pen.polygon((x, y, sides[0], sides[1], sides[2], sides[3]), outline=colour, width=6)
            else:
                size = float(random.integers(24, 96))
                text = " ".join(random.choice(words, 4))
                pen.text(
                    (x - 200, y), text, fill=ink if random.random() < 0.5 else colour, font=ImageFont.load_default(size)
                )
        yield canvas.resize((400, 400), LANCZOS)


class Crops:
    """Random crops of pairs, of `side` small pixels, mirrored, turned and with colours swapped.

    With `damage`, the small crop is not the pair's own but made from the large one.
    """

    def __init__(
        self, pairs: Sequence[Pair], scale: int, side: int, seed: int, damage: Callable[[Pixels], Pixels] | None = None
    ) -> None:
        self.damage = damage
        self.pool: deque[tuple[Pixels, Pixels]] = deque(maxlen=POOL)
        self.pairs = [one for one in pairs if min(one.small.shape[:2]) >= side]
        self.scale = scale
        self.side = side
        self.random = np.random.default_rng(seed)
        area = np.array([float(one.small.shape[0] * one.small.shape[1]) for one in self.pairs])
        self.weights = area / area.sum()

    def batch(self, count: int) -> tuple[Pixels, Pixels]:
        """`count` small crops [n, side, side, 3], and the large ones that belong to them."""
        drawn_now = [self._cut() for _ in range(count)] if self.damage is None else self._from_pool(count, self.damage)
        small, large = zip(*(self.turned(*one) for one in drawn_now), strict=True)
        return np.stack(small), np.stack(large)

    def _cut(self) -> tuple[Pixels, Pixels]:
        of = self.pairs[int(self.random.choice(len(self.pairs), p=self.weights))]
        top, left = (int(self.random.integers(0, length - self.side + 1)) for length in of.small.shape[:2])
        scale, side = self.scale, self.side
        small = of.small[top : top + side, left : left + side]
        return small, of.large[top * scale : (top + side) * scale, left * scale : (left + side) * scale]

    def _from_pool(self, count: int, damage: Callable[[Pixels], Pixels]) -> list[tuple[Pixels, Pixels]]:
        """Damage takes as long as a step, so every damaged crop is used a few times, turned anew."""
        for _ in range(FRESH if self.pool else POOL):
            _, large = self._cut()
            self.pool.append((damage(large), large))
        return [self.pool[int(place)] for place in self.random.integers(0, len(self.pool), count)]

    def turned(self, small: Pixels, large: Pixels) -> tuple[Pixels, Pixels]:
        """Both, mirrored, turned and with colours swapped alike."""
        turns, mirror = int(self.random.integers(4)), bool(self.random.integers(2))
        colours = self.random.permutation(3)
        both = []
        for one in (small, large):
            turned = np.rot90(one, turns)
            both.append((turned[:, ::-1] if mirror else turned)[..., colours])
        return both[0], both[1]


def learned(photos: Sequence[Photo], scale: int) -> list[Pair]:
    """Pairs to learn from. One in six is made with Lanczos or area instead of bicubic."""
    large = [one for photo in photos for one in reduced(photo)]
    pairs = [pair(one, scale, {0: LANCZOS, 3: BOX}.get(place % 12, BICUBIC)) for place, one in enumerate(large)]
    return pairs + [pair(one, scale) for one in drawn(24, seed=1)]


def measured(photos: Sequence[Photo], scale: int) -> list[Pair]:
    """Pairs to measure on: the middle of each photo."""
    pairs = []
    for photo in photos:
        large = next(reduced(photo))
        left, top = (large.width - MEASURED) // 2, (large.height - MEASURED) // 2
        pairs.append(pair(large.crop((left, top, left + MEASURED, top + MEASURED)), scale))
    return pairs
