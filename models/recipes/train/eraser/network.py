"""The eraser's network: a small U-Net over pixels that says what the clean picture is.

Four pixels are one place inside, so that a 64-pixel crop is worked on at 32, 16 and 8; self-attention stands at 16 and 8
only (EraDiff's advice for small nets: no more than 16 x 16). Inputs are in -1..1. The answer is told as the difference to
`known`, whose hole was filled smoothly: an untrained network gives that back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

PATCH = 2
"""Side of the square of pixels that is one place inside."""

TOLD = 256
"""Numbers that tell every block the time."""

ATTENDED = 16
"""The largest side at which places look at each other."""


@dataclass(frozen=True)
class Shape:
    """How large the network is: the crop's side, channels from fine to coarse, blocks of each size on either way."""

    side: int = 64
    channels: tuple[int, ...] = (48, 96, 192)
    blocks: int = 1
    heads: int = 4


class Block(nn.Module):  # type: ignore[misc]
    """Two convolutions round which the picture goes unharmed; the time scales and shifts what is between them."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.first_norm = nn.GroupNorm(8, before)
        self.first = nn.Conv2d(before, after, 3, padding=1)
        self.time = nn.Linear(TOLD, 2 * after)
        self.second_norm = nn.GroupNorm(8, after)
        self.second = nn.Conv2d(after, after, 3, padding=1)
        self.skip = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """[n, before, h, w] and [n, TOLD] → [n, after, h, w]."""
        inside = self.first(functional.silu(self.first_norm(x)))
        scale, shift = self.time(told)[:, :, None, None].chunk(2, dim=1)
        inside = self.second_norm(inside) * (1 + scale) + shift
        return self.skip(x) + self.second(functional.silu(inside))


class Attention(nn.Module):  # type: ignore[misc]
    """Every place looks at every other one."""

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(8, channels)
        self.asked = nn.Conv2d(channels, 3 * channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        """[n, c, h, w] → the same."""
        many, channels, height, width = x.shape
        parts = self.asked(self.norm(x)).reshape(many, 3, self.heads, channels // self.heads, height * width)
        query, key, value = (part.squeeze(1) for part in parts.chunk(3, dim=1))
        scores = query.transpose(-1, -2) @ key * (channels // self.heads) ** -0.5
        seen = value @ scores.softmax(-1).transpose(-1, -2)
        return x + self.out(seen.reshape(many, channels, height, width))


class Stage(nn.Module):  # type: ignore[misc]
    """A block, and attention where the picture is small enough."""

    def __init__(self, before: int, after: int, side: int, heads: int) -> None:
        super().__init__()
        self.block = Block(before, after)
        self.look = Attention(after, heads) if side <= ATTENDED else nn.Identity()

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """[n, before, h, w] and [n, TOLD] → [n, after, h, w]."""
        return self.look(self.block(x, told))


class Eraser(nn.Module):  # type: ignore[misc]
    """(noisy [n, 3, s, s], known [n, 3, s, s], hole [n, 1, s, s], t [n], u [n]) → clean [n, 3, s, s], not clipped.

    `known` is the photo with the hole filled smoothly; `hole` is 1 inside, 0 outside; `t` is the time of `noisy` and `u`
    the one that the sampler goes to next, both 0..1000.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        fine, *_ = shape.channels
        sides = [shape.side // PATCH >> depth for depth in range(len(shape.channels))]
        self.enter = nn.Conv2d(7 * PATCH**2, fine, 3, padding=1)
        self.now = nn.Linear(TOLD, TOLD)
        self.next = nn.Linear(TOLD, TOLD, bias=False)
        nn.init.zeros_(self.next.weight)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        before, kept = fine, [fine]
        for side, channels in zip(sides, shape.channels, strict=True):
            for _ in range(shape.blocks):
                self.down.append(Stage(before, channels, side, shape.heads))
                before = channels
                kept.append(channels)
        self.middle = Stage(before, before, sides[-1], shape.heads)
        for side, channels in zip(reversed(sides), reversed(shape.channels), strict=True):
            for _ in range(shape.blocks):
                self.up.append(Stage(before + kept.pop(), channels, side, shape.heads))
                before = channels
        self.last_norm = nn.GroupNorm(8, before)
        self.last = nn.Conv2d(before, 3 * PATCH**2, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, noisy: Tensor, known: Tensor, hole: Tensor, t: Tensor, u: Tensor) -> Tensor:
        """The clean picture."""
        given = torch.cat([noisy, known, 2 * hole - 1], dim=1)
        x = self.enter(functional.pixel_unshuffle(given, PATCH))
        told = functional.silu(self.now(waves(t)) + self.next(waves(u)))
        kept = []
        for place, stage in enumerate(self.down):
            if place and place % self.shape.blocks == 0:
                x = functional.avg_pool2d(x, 2)
            x = stage(x, told)
            kept.append(x)
        x = self.middle(x, told)
        for place, stage in enumerate(self.up):
            if place and place % self.shape.blocks == 0:
                x = functional.interpolate(x, scale_factor=2, mode="nearest")
            x = stage(torch.cat([x, kept.pop()], dim=1), told)
        change = self.last(functional.silu(self.last_norm(x)))
        return known + functional.pixel_shuffle(change, PATCH).float()


def waves(times: Tensor) -> Tensor:
    """Times [n] as sines and cosines of many lengths, [n, TOLD]."""
    lengths = torch.exp(torch.arange(TOLD // 2, device=times.device) * (-math.log(10_000) / (TOLD // 2)))
    angles = times.float()[:, None] * lengths
    return torch.cat([angles.sin(), angles.cos()], dim=1)
