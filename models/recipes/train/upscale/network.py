"""The enlarging network: plain 3x3 convolutions with ReLU, and a 5x5 linear skip that starts as exact bicubic.

While it learns, each middle kernel is the product of a wide 3x3 and a 1x1 kernel, plus the identity. The product is taken
of the kernels, not of the features, so it costs nothing; what is exported is one 3x3 kernel per layer.
Source: Bhardwaj et al. 2022, "Collapsible Linear Blocks for Super-Efficient Super Resolution" (SESR).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDE = 128
"""Channels between the two factors of a middle kernel."""

SKIP = 5
"""Side of the linear skip's kernel: bicubic takes 4 of the 5 pixels, which 4 depends on the phase."""


@dataclass(frozen=True)
class Shape:
    """How large the network is, and what it multiplies each side by."""

    scale: int
    channels: int = 32
    depth: int = 6

    @property
    def radius(self) -> int:
        """How far, in input pixels, an output pixel sees. The longest path has `depth` + 2 convolutions."""
        return self.depth + 2

    @property
    def name(self) -> str:
        """C32N6x2 and the like."""
        return f"C{self.channels}N{self.depth}x{self.scale}"


class Factored(nn.Module):  # type: ignore[misc]
    """A 3x3 kernel from `inside` to `outside` channels, as the product of a wide 3x3 and a 1x1 kernel plus the identity."""

    def __init__(self, channels: int, gain: float) -> None:
        super().__init__()
        self.wide = nn.Parameter(torch.empty(WIDE, channels, 3, 3))
        self.squeeze = nn.Parameter(torch.empty(channels, WIDE))
        self.bias = nn.Parameter(torch.zeros(channels))
        nn.init.kaiming_normal_(self.wide, nonlinearity="relu")
        nn.init.normal_(self.squeeze, std=gain / math.sqrt(WIDE))
        identity = torch.zeros(channels, channels, 3, 3)
        identity[range(channels), range(channels), 1, 1] = 1.0
        self.register_buffer("identity", identity, persistent=False)

    def kernel(self) -> Tensor:
        """The kernel that the two factors make, [out, in, 3, 3]."""
        channels = self.squeeze.shape[0]
        return (self.squeeze @ self.wide.flatten(1)).view(channels, channels, 3, 3) + self.identity


class Upscaler(nn.Module):  # type: ignore[misc]
    """RGB [n, 3, h, w] in 0..1 → RGB [n, 3, scale*h, scale*w], not clipped.

    With `valid`, nothing is padded and `radius` input pixels are lost on every side: training sees no false border.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        channels, out = shape.channels, 3 * shape.scale**2
        self.first = nn.Conv2d(3, channels, 3)
        # The identity carries the signal on; the random part of Kaiming's size is halved, so that six sums don't blow up.
        self.middle = nn.ModuleList(Factored(channels, 0.5) for _ in range(shape.depth))
        self.last = nn.Conv2d(channels, out, 3)
        self.skip = nn.Conv2d(3, out, SKIP, bias=False)
        nn.init.kaiming_normal_(self.first.weight, nonlinearity="relu")
        nn.init.zeros_(self.first.bias)
        nn.init.normal_(self.last.weight, std=1e-3)
        nn.init.zeros_(self.last.bias)
        with torch.no_grad():
            self.skip.weight.copy_(bicubic(shape.scale))

    def kernels(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Kernel and bias of every convolution of the body, in order."""
        yield self.first.weight, self.first.bias
        for layer in self.middle:
            yield layer.kernel(), layer.bias
        yield self.last.weight, self.last.bias

    def layers(self, picture: Tensor, *, valid: bool, half: bool = False) -> Iterator[Tensor]:
        """What each convolution of the body gives, the last one without ReLU; in bfloat16 inside when `half`."""
        kernels = list(self.kernels())
        features = picture
        for place, (kernel, bias) in enumerate(kernels):
            with torch.autocast(picture.device.type, torch.bfloat16, enabled=half):
                features = functional.conv2d(features, kernel, bias, padding=0 if valid else 1)
            if place + 1 < len(kernels):
                features = functional.relu(features)
            yield features

    def body(self, picture: Tensor, *, valid: bool = False, half: bool = False) -> Tensor:
        """What the network adds to the skip, before the pixels are shuffled."""
        *_, last = self.layers(picture, valid=valid, half=half)
        return last.float()

    def linear(self, picture: Tensor, *, valid: bool = False) -> Tensor:
        """What the skip alone gives, before the pixels are shuffled."""
        if valid:
            cut = self.shape.radius - SKIP // 2
            return functional.conv2d(picture[:, :, cut:-cut, cut:-cut], self.skip.weight)
        return functional.conv2d(picture, self.skip.weight, padding=SKIP // 2)

    def forward(self, picture: Tensor, *, valid: bool = False, half: bool = False) -> Tensor:
        """The enlarged picture."""
        both = self.linear(picture, valid=valid) + self.body(picture, valid=valid, half=half)
        return functional.pixel_shuffle(both, self.shape.scale)


def bicubic(scale: int) -> Tensor:
    """Kernel [3*scale*scale, 3, 5, 5] that enlarges as Pillow's BICUBIC does (a = -0.5), ready for a pixel shuffle."""
    kernel = torch.zeros(3, scale, scale, 3, SKIP, SKIP)
    taps = torch.stack([_taps((phase + 0.5) / scale - 0.5) for phase in range(scale)])
    for colour in range(3):
        kernel[colour, :, :, colour] = taps[:, None, :, None] * taps[None, :, None, :]
    return kernel.reshape(3 * scale * scale, 3, SKIP, SKIP)


def _taps(offset: float) -> Tensor:
    """Weights of the 5 pixels around one, for a place `offset` pixels to its right (-0.5..0.5)."""
    distance = (torch.arange(SKIP) - SKIP // 2 - offset).abs()
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1
    far = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    weights = torch.where(distance <= 1, near, torch.where(distance < 2, far, torch.zeros(())))
    return weights / weights.sum()
