"""What a file must pass before it is shipped: it does what was trained, int8 loses little, flat colours stay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from PIL import Image

from models.recipes.train.upscale import measure
from models.recipes.train.upscale.network import Upscaler
from models.recipes.train.upscale.photos import BICUBIC, LANCZOS, Pair, Pixels

PARITY = 1e-4
"""Largest difference, of 0..1, between torch and ONNX Runtime."""

LOSS_DB = 0.1
"""What int8 may cost on Set14."""

SHIFT = 2.0
"""Levels by which int8 may move the mean of a flat colour."""


class Candidate:
    """An ONNX file on trial, on the processor."""

    def __init__(self, file: Path, scale: int, radius: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self.scale = scale
        self.radius = radius

    def run(self, window: NDArray[np.float32]) -> NDArray[np.float32]:
        """[1, 3, h, w] of 0..1 → the same, `scale` times as large."""
        found: NDArray[np.float32] = self._session.run(["large"], {"picture": window})[0]
        return found

    def __call__(self, small: Pixels) -> NDArray[np.float32]:
        """A whole picture, mirrored at its border, as the engine does it; 0..255."""
        radius, scale = self.radius, self.scale
        padded = np.pad(small, ((radius, radius), (radius, radius), (0, 0)), mode="reflect")
        window = np.ascontiguousarray(padded.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
        edge = radius * scale
        inside = self.run(window)[0, :, edge:-edge, edge:-edge]
        return np.asarray(inside.transpose(1, 2, 0) * 255.0, np.float32)


@dataclass
class Findings:
    """What was measured, and what is wrong with it (empty: ship it)."""

    psnr: dict[str, dict[str, float]] = field(default_factory=dict)
    tiling: dict[int, float] = field(default_factory=dict)
    parity: float = 0.0
    shift: float = 0.0
    wrong: list[str] = field(default_factory=list)


def check(network: Upscaler, fp32: Path, int8: Path, sets: Mapping[str, list[Pair]]) -> Findings:
    """Measure both files on `sets`, of which `Set14` decides: Lanczos must be beaten, and int8 is held to `LOSS_DB`."""
    scale, radius = network.shape.scale, network.shape.radius
    whole, small = Candidate(fp32, scale, radius), Candidate(int8, scale, radius)
    found = Findings()
    random = np.random.default_rng(0).random((1, 3, 61, 53), np.float32)
    with torch.no_grad():
        found.parity = float(np.abs(network(torch.from_numpy(random)).numpy() - whole.run(random)).max())
    found.tiling = tiling(whole)
    found.shift = max(abs(flat(small, level) - flat(whole, level)) for level in (0, 18, 64, 127, 200, 255))
    ways: dict[str, measure.Enlarge] = {
        "bicubic": lambda one: plain(one, scale, BICUBIC),
        "Lanczos": lambda one: plain(one, scale, LANCZOS),
        "fp32": whole,
        "int8": small,
    }
    for name, pairs in sets.items():
        found.psnr[name] = {way: measure.mean_psnr(pairs, run, scale) for way, run in ways.items()}
    found.wrong = faults(found, radius)
    return found


def faults(found: Findings, radius: int) -> list[str]:
    """What is wrong, in sentences."""
    wrong = []
    set14 = found.psnr["Set14"]
    if found.parity > PARITY:
        wrong.append(f"ONNX Runtime differs from torch by {found.parity:.2g}")
    if found.tiling[radius] != 0.0:
        wrong.append(f"tiles with a halo of {radius} differ from the whole by {found.tiling[radius]:.2g}")
    if found.tiling[radius // 2] < 1e-4:
        wrong.append("half the halo makes no difference: the body is dead")
    if not math.isfinite(found.shift) or found.shift > SHIFT:
        wrong.append(f"int8 moves a flat colour by {found.shift:.2f} levels")
    if set14["fp32"] < set14["Lanczos"] + 0.2:
        wrong.append("it is hardly better than Lanczos: a linear filter")
    if set14["int8"] < set14["fp32"] - LOSS_DB:
        wrong.append(f"int8 loses {set14['fp32'] - set14['int8']:.2f} dB on Set14")
    return wrong


def tiling(candidate: Candidate) -> dict[int, float]:
    """Halo → largest difference between the middle of a window with that halo and the same pixels of the whole."""
    picture = np.random.default_rng(1).random((1, 3, 96, 96), np.float32)
    scale = candidate.scale
    whole = candidate.run(picture)[..., 40 * scale : 56 * scale, 40 * scale : 56 * scale]
    found = {}
    for halo in sorted({0, candidate.radius // 2, candidate.radius - 1, candidate.radius}):
        window = np.ascontiguousarray(picture[..., 40 - halo : 56 + halo, 40 - halo : 56 + halo])
        edge = halo * scale
        inside = candidate.run(window)[..., edge : edge + 16 * scale, edge : edge + 16 * scale]
        found[halo] = float(np.abs(inside - whole).max())
    return found


def flat(candidate: Candidate, level: int) -> float:
    """The mean of an enlarged grey picture."""
    return float(candidate(np.full((32, 32, 3), level, np.uint8)).mean())


def plain(small: Pixels, scale: int, filtered: Image.Resampling) -> NDArray[np.float32]:
    """What Pillow's filter makes of it."""
    size = (small.shape[1] * scale, small.shape[0] * scale)
    return np.asarray(Image.fromarray(small).resize(size, filtered), np.float32)


def calibration(pairs: list[Pair], count: int = 48) -> list[NDArray[np.float32]]:
    """Windows of 64 x 64 of training pictures: never of the test sets."""
    random = np.random.default_rng(2)
    windows = []
    for place in random.choice(len(pairs), count):
        small = pairs[int(place)].small
        if min(small.shape[:2]) < 64:
            continue
        top, left = (int(random.integers(0, length - 63)) for length in small.shape[:2])
        window = small[top : top + 64, left : left + 64].transpose(2, 0, 1)[None]
        windows.append(np.ascontiguousarray(window, np.float32) / np.float32(255))
    return windows
