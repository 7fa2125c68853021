"""A checkpoint → ONNX in float32 and int8, with static shapes, and the report of what that cost."""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.calibrate import CalibrationMethod

from models.recipes.train.eraser.cases import measured_on, things
from models.recipes.train.eraser.compare import PLAN, SEED, asked
from models.recipes.train.eraser.data import Floats, Maker, Masks, Scenes, sizes, split
from models.recipes.train.eraser.measure import measured
from models.recipes.train.eraser.network import Eraser
from models.recipes.train.eraser.sampling import Answer, erased, trajectory
from models.recipes.train.eraser.targets import LAST, noisy
from models.recipes.train.eraser.train import trained

OPSET = 18

STEPS = 4
"""DDIM steps of the calibration and of the report."""

CALIBRATED = 8
"""Scenes whose whole way down is shown to the quantiser."""

Feed = dict[str, NDArray[np.float32]]


def export(options: argparse.Namespace) -> int:
    """Write both files and report.json beside the checkpoint, and print the report; 1 when float32 differs from torch."""
    network = trained(options.work / f"{options.rule}.pt")
    fp32, int8 = (options.work / f"eraser-{options.rule}{kind}.onnx" for kind in ("", "-int8"))
    write(network, fp32)
    learn, held = split(options.photos, options.cases)
    side = network.shape.side
    scenes = Maker([sizes(photo, side) for photo in learn], side, SEED).scenes(CALIBRATED)
    quantise(fp32, int8, feeds(network, scenes))
    tested, _ = measured_on(held, things(options.photos, options.cases), options.scenes, side, SEED)
    report = told(network, fp32, int8, tested)
    (options.work / f"eraser-{options.rule}.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(json.dumps(report, indent=1))
    return int(report["fp32"]["largest difference to torch"] > 1e-4)


def write(network: Eraser, file: Path) -> None:
    """`noisy`, `known` [1, 3, s, s], `hole` [1, 1, s, s], `t`, `u` float32 [1] → `clean` [1, 3, s, s]; pictures in -1..1."""
    side = network.shape.side
    given = (*(torch.zeros(1, channels, side, side) for channels in (3, 3, 1)), torch.ones(1), torch.zeros(1))
    names = ["noisy", "known", "hole", "t", "u"]
    program = torch.onnx.export(
        network.eval(),
        given,
        dynamo=True,
        opset_version=OPSET,
        input_names=names,
        output_names=["clean"],
        verbose=False,
    )
    program.save(str(file))
    onnx.checker.check_model(onnx.load(file))


def quantise(fp32: Path, out: Path, calibration: Iterator[Feed]) -> None:
    """Write the QDQ file: activations of 8 bit, weights of 7 with a scale per channel (why: `export/quantise.py`)."""
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice on preprocessing does not apply here
    convolutions = [node.name for node in onnx.load(fp32).graph.node if node.op_type == "Conv"]
    quantize_static(
        fp32,
        out,
        _Feeds(calibration),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["Conv", "MatMul", "Gemm"],
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=[convolutions[0], convolutions[-1]],  # these touch the picture itself
        calibrate_method=CalibrationMethod.MinMax,
    )
    onnx.checker.check_model(onnx.load(out))


class _Feeds(CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibrator one input after the other."""

    def __init__(self, feeds: Iterator[Feed]) -> None:
        self._feeds = feeds

    def get_next(self) -> Feed | None:
        """The next input, or None at the end."""
        return next(self._feeds, None)


def feeds(network: Eraser, scenes: Scenes) -> Iterator[Feed]:
    """What the network is given on the way down, from noise to the clean picture, one scene at a time."""
    noise = np.random.default_rng(SEED).standard_normal(scenes.photo.shape, np.float32)
    begin = noisy(PLAN, scenes.shown, noise, LAST)
    for step in trajectory(PLAN, asked(network), scenes.known, scenes.hole, begin, STEPS):
        for number in range(len(scenes.hole)):
            one = slice(number, number + 1)
            yield feed(step.before[one], scenes.known[one], scenes.hole[one], step.t, step.u)


def feed(x: Floats, known: Floats, hole: Masks, t: int, u: int) -> Feed:
    """The inputs of the file, from one picture [1, s, s, 3] and hole [1, s, s]."""
    planes = {"noisy": x, "known": known, "hole": hole[..., None].astype(np.float32)}
    made = {name: np.ascontiguousarray(values.transpose(0, 3, 1, 2)) for name, values in planes.items()}
    return {**made, "t": np.array([t], np.float32), "u": np.array([u], np.float32)}


class OnnxEraser:
    """An exported file, asked as `sampling` asks; counts what it took."""

    def __init__(self, file: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self.seconds: list[float] = []

    def __call__(self, x: Floats, known: Floats, hole: Masks, t: int, u: int) -> Floats:
        """The clean pictures, one after the other: the file takes one at a time."""
        return np.concatenate([self._one(feed(*parts, t, u)) for parts in _singly(x, known, hole)])

    def _one(self, given: Feed) -> Floats:
        started = time.perf_counter()
        (clean,) = self._session.run(["clean"], given)
        self.seconds.append(time.perf_counter() - started)
        return np.asarray(clean.transpose(0, 2, 3, 1), np.float32)


def _singly(x: Floats, known: Floats, hole: Masks) -> Iterator[tuple[Floats, Floats, Masks]]:
    for number in range(len(x)):
        one = slice(number, number + 1)
        yield x[one], known[one], hole[one]


def told(network: Eraser, fp32: Path, int8: Path, scenes: Scenes) -> dict[str, dict[str, float]]:
    """For torch and both files: bytes, the step's time, how far the answers are from torch's, and the fill's quality."""
    noise = np.random.default_rng(SEED).standard_normal(scenes.photo.shape, np.float32)
    exact = asked(network)
    report = {"torch": _quality(exact, scenes, noise)}
    for name, file in (("fp32", fp32), ("int8", int8)):
        mine = OnnxEraser(file)
        given = (scenes.shown, scenes.known, scenes.hole, LAST // 2, LAST // 4)
        wanted, found = exact(*given), mine(*given)
        report[name] = {
            "bytes": file.stat().st_size,
            "milliseconds a step": float(np.median(mine.seconds)) * 1e3,
            "largest difference to torch": float(np.abs(found - wanted).max()),
            "mean difference to torch": float(np.abs(found - wanted).mean()),
            **_quality(mine, scenes, noise),
        }
    return report


def _quality(eraser: Answer, scenes: Scenes, noise: Floats) -> dict[str, float]:
    filled = erased(PLAN, eraser, scenes.known, scenes.hole, scenes.known, noise, STEPS)
    found = measured(filled, scenes)
    return {"object left": float(found.left.mean()), "PSNR in the hole": float(found.psnr.mean())}
