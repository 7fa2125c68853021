"""From what a person asks for to the networks that are run: which, in which order, and the exact size at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from engines.pictures import Box
from homespun.errors import UsageError
from models import ModelId

LARGEST = 8.0
"""How many times as wide and high a picture can be made."""

ASPECT = 0.01
"""How far the proportions of a size may be from the picture's and count as the same: less is not seen as a distortion."""


class Style(StrEnum):
    """What the picture is made for."""

    FAITHFUL = "faithful"
    """For good pictures: every detail stays where and what it is."""

    RESTORE = "restore"
    """For phone and web pictures: noise and JPEG's blocks go, blur is sharpened."""


class Fit(StrEnum):
    """How a picture comes into a size of other proportions."""

    INSIDE = "inside"
    """Whole and undistorted, as large as it goes in: one side becomes shorter than asked for."""

    COVER = "cover"
    """Exactly that size, undistorted: its middle, with what stands over cut off."""

    STRETCH = "stretch"
    """Exactly that size, whole: distorted."""


@dataclass(frozen=True)
class Network:
    """One bundled network: `file` of `model`. `halo` is how far, in input pixels, an output pixel sees."""

    model: ModelId
    file: str
    scale: int
    halo: int


HALO = 8
"""How far an output pixel of the bundled networks sees, in input pixels: they have eight 3x3 convolutions in a row."""


def network(style: Style, scale: int, *, int8: bool = True) -> Network:
    """The network of `style` that multiplies each side by `scale` (2 or 4).

    int8 is the default: 2.1 times as quick as float32 on a processor with VNNI, for 0.03 dB (`benchmarks upscale`).
    """
    return Network(f"enlarge-{style}", f"x{scale}-int8.onnx" if int8 else f"x{scale}.onnx", scale, HALO)


@dataclass(frozen=True)
class Plan:
    """`networks` in order, and the width and height that the result is then brought to exactly."""

    networks: tuple[Network, ...]
    width: int
    height: int

    @property
    def scale(self) -> int:
        """What the networks together multiply each side by."""
        return math.prod(one.scale for one in self.networks)


def plan(
    width: int, height: int, style: Style, *, factor: float | None = None, size: tuple[int, int] | None = None
) -> Plan:
    """How to bring a picture of `width` x `height` pixels to `factor` times its sides, or to exactly `size`.

    At its own size `restore` cleans a picture and `faithful` runs nothing. Raises `UsageError` for less, for more than
    `LARGEST` times, and unless exactly one of `factor` and `size` is given.
    """
    wide, high = target(width, height, factor, size)
    times = max(wide / width, high / height)
    if (wide, high) == (width, height):
        return Plan((network(style, 2),) if style is Style.RESTORE else (), wide, high)
    if times <= 2:
        chain: tuple[Network, ...] = (network(style, 2),)
    elif times <= 4:
        chain = (network(style, 4),)
    else:
        # The small step first: the large one then runs on 4 times the pixels instead of 16. What restore did is done.
        chain = (network(style, 2), network(Style.FAITHFUL, 4))
    return Plan(chain, wide, high)


def target(width: int, height: int, factor: float | None, size: tuple[int, int] | None) -> tuple[int, int]:
    """Width and height of the result. Raises `UsageError` as `plan` does."""
    if (factor is None) == (size is None):
        raise UsageError("Either a factor or a size is needed.", "Say for example factor 2, or size 3840x2160.")
    if factor is not None:
        if not math.isfinite(factor) or not 1.0 <= factor <= LARGEST:
            raise UsageError(f"The factor is {factor:g}.", f"It can be from 1 to {LARGEST:g}.")
        return round(width * factor), round(height * factor)
    assert size is not None
    wide, high = size
    if wide < width or high < height:
        raise UsageError(
            f"{wide}x{high} is smaller than the picture, which has {width}x{height} pixels.",
            "Enlarging needs at least the picture's own size.",
        )
    if wide > width * LARGEST or high > height * LARGEST:
        most = f"{math.floor(width * LARGEST)}x{math.floor(height * LARGEST)}"
        raise UsageError(
            f"{wide}x{high} is more than {LARGEST:g} times the picture, which has {width}x{height} pixels.",
            f"The largest size is {most}.",
        )
    return wide, high


def inside(width: int, height: int, size: tuple[int, int]) -> tuple[int, int]:
    """The largest size in `size` that has the proportions of `width` x `height`; `size` itself where it has nearly."""
    wide, high = size
    if _alike(width, height, wide, high):
        return size
    times = min(wide / width, high / height)
    return max(1, min(wide, round(width * times))), max(1, min(high, round(height * times)))


def middle(width: int, height: int, size: tuple[int, int]) -> Box:
    """The largest piece around the middle of `width` x `height` that has the proportions of `size`; all where it has nearly."""
    wide, high = size
    if _alike(width, height, wide, high):
        return Box(0, 0, width, height)
    times = max(wide / width, high / height)
    across, down = max(1, min(width, round(wide / times))), max(1, min(height, round(high / times)))
    return Box((width - across) // 2, (height - down) // 2, across, down)


def _alike(width: int, height: int, wide: int, high: int) -> bool:
    """Whether the proportions differ by no more than is seen, or than rounding to whole pixels explains."""
    if min(wide, high) < 1 or abs(math.log((wide / width) / (high / height))) <= ASPECT:
        return True
    return abs(high - height * wide / width) <= 1 or abs(wide - width * high / height) <= 1
