"""The enlarging networks for NPUs: whole in 16 bits, made static for a tile by the names of the dimensions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from models.recipes.export.graph import position, weights_of
from models.recipes.export.npu.quantise import quantise
from models.recipes.export.npu.simulator import Inputs, decibels, simulate
from models.recipes.train.upscale import measure as pictures
from models.recipes.train.upscale.export import SHIPPED, spoilt
from models.recipes.train.upscale.gates import LOSS_DB, Candidate, calibration
from models.recipes.train.upscale.photos import Pair, credited, learned

STYLES = ("faithful", "restore")
SCALES = (2, 4)

LEAST_DB = 45.0
"""Between the simulator and the processor, on the same file (dispatch design, §6)."""

LEAST_SHARE = 0.95
TILE = 128


@dataclass
class Found:
    """One file: Set14 in dB for float32 and for it, the share that was placed, and dB against the processor by case."""

    stem: str
    size: int
    fp32: float
    npu: float
    share: float
    parity: dict[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether every gate is passed."""
        worst = min(self.parity.values())
        return self.npu >= self.fp32 - LOSS_DB and self.share >= LEAST_SHARE and worst >= LEAST_DB

    def __str__(self) -> str:
        parity = ", ".join(f"{case} {value:.1f}" for case, value in self.parity.items())
        return f"{self.stem}: Set14 {self.fp32:.2f} -> {self.npu:.2f} dB, {self.share:.1%} placed, parity {parity} dB"


def make(style: str, bundled: Path, work: Path, photos: Path, sets: Path, simulator: Path) -> list[Found]:
    """Write x2-npu.onnx and x4-npu.onnx of `style` into `work`, and measure them."""
    given, _ = credited(photos)
    made = []
    for scale in SCALES:
        stem = f"x{scale}"
        fp32, out = bundled / f"{stem}.onnx", work / f"{stem}-npu.onnx"
        learn, tests = learned(given, scale), pictures.test_pairs(sets / "Set14", scale)
        if style == "restore":
            learn, tests = spoilt(learn, scale, seed=3), spoilt(tests, scale, seed=4)
        finer = work / f"{stem}-finer.onnx"
        model = onnx.load(fp32)
        refine_skip(model)
        onnx.save(model, finer)
        quantise(finer, out, samples(learn), per_channel=True)
        finer.unlink()
        done = simulate(simulator, out, {"height": TILE, "width": TILE}, cases(tests))
        found = Found(stem, out.stat().st_size, on_set(fp32, scale, tests), on_set(out, scale, tests), done.share)
        found.parity = {case: decibels(*pair) for case, pair in done.pairs.items()}
        print(f"{style} {found}", flush=True)
        made.append(found)
    return made


def refine_skip(model: onnx.ModelProto) -> None:
    """Write the linear skip as two convolutions: its kernels in eight bits, and what those eight bits leave over.

    The skip carries the picture itself, and eight bits alone cost 0.1 to 0.2 dB. Kernels of 16 bits would say the same in
    one convolution, but the simulator refuses them.
    """
    skip = next(node for node in model.graph.node if node.name == "skip")
    place = position(model, skip)
    stored = weights_of(model)[skip.input[1]]
    kernels = numpy_helper.to_array(stored)
    steps = np.abs(kernels).max(axis=(1, 2, 3), keepdims=True) / 127
    coarse = (np.round(kernels / steps) * steps).astype(np.float32)
    stored.CopyFrom(numpy_helper.from_array(coarse, stored.name))
    model.graph.initializer.append(numpy_helper.from_array((kernels - coarse).astype(np.float32), "skip_rest_kernel"))
    (result,) = skip.output
    rest = onnx.NodeProto()
    rest.CopyFrom(skip)
    rest.name, rest.input[1], rest.output[0] = "skip_rest", "skip_rest_kernel", "plain_rest"
    skip.output[0] = "plain_coarse"
    both = helper.make_node("Add", ["plain_coarse", "plain_rest"], [result], name="skip_sum")
    model.graph.node.insert(place + 1, rest)
    model.graph.node.insert(place + 2, both)


def samples(learn: list[Pair]) -> list[Inputs]:
    """Windows of training pictures, and the extremes: a range that ends below white greys it (0.994 instead of 0.999)."""
    random = np.random.default_rng(6)
    shape = (1, 3, 64, 64)
    extremes = [np.zeros(shape), np.ones(shape), random.random(shape), random.integers(0, 2, shape)]
    windows = [*calibration(learn), *(extreme.astype(np.float32) for extreme in extremes)]
    return [{"picture": window} for window in windows]


def on_set(file: Path, scale: int, tests: list[Pair]) -> float:
    """Mean PSNR of Y in dB."""
    return pictures.mean_psnr(tests, Candidate(file, scale, SHIPPED[f"x{scale}"].radius), scale)


def cases(tests: list[Pair]) -> dict[str, Inputs]:
    """A photo, black, white and noise, each a tile."""
    small = next(pair.small for pair in tests if min(pair.small.shape[:2]) >= 64)
    photo = np.pad(
        small[:TILE, :TILE], [(0, max(0, TILE - side)) for side in small.shape[:2]] + [(0, 0)], mode="reflect"
    )
    shape = (1, 3, TILE, TILE)
    return {
        "photo": {"picture": _window(photo)},
        "black": {"picture": np.zeros(shape, np.float32)},
        "white": {"picture": np.ones(shape, np.float32)},
        "noise": {"picture": np.random.default_rng(5).random(shape, np.float32)},
    }


def _window(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], np.float32) / np.float32(255)


def section(style: str, made: list[Found]) -> str:
    """The part of the model card."""
    rows = [
        f"| `{one.stem}-npu.onnx` | {one.size:,} | {one.fp32:.2f} | {one.npu:.2f} | {one.share:.1%} | "
        + " | ".join(f"{value:.1f}" for value in one.parity.values())
        + " |"
        for one in made
    ]
    names = list(made[0].parity)
    return "\n".join(
        [
            "## For NPUs",
            "",
            "The `-npu` files are the float ones with 16-bit activations and 8-bit weights (QDQ, opset 21), every operator of them",
            "(the skip in two convolutions, which together have 16-bit kernels: eight bits alone cost 0.1 to 0.2 dB);",
            "`height` and `width` are fixed to a tile when the file is opened. The int8 files, in which the skip is float, do not run",
            "on Qualcomm's NPU: its simulator stops with `QNN_GRAPH_ERROR_INVALID_TENSOR`. Made in the torch export environment:",
            "",
            "```",
            f"python -m models.recipes.export.npu {style} --photos PHOTOS --sets SETS --simulator .devices-qnn/bin/python --write",
            "```",
            "",
            "Set14 in dB as above; then the simulator (onnxruntime-qnn 2.7.0) against the processor on the same file, a tile of",
            f"{TILE} x {TILE}: how many convolutions ran there, and the PSNR in dB.",
            "",
            f"| file | bytes | Set14 float32 | Set14 | Conv on the NPU | {' | '.join(names)} |",
            "|---|---|---|---|---|" + "---|" * len(names),
            *rows,
            "",
            "They have not run on a real NPU yet. The simulator proves numbers and placement, not speed.",
        ]
    )
