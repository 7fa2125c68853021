"""How quick this processor is at what Stable Diffusion's parts are made of: one operation of each, at their own sizes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from engines.runtime import Mode, cores_for
from engines.runtime.contract import Plan
from engines.runtime.providers.cpu import Cpu
from tests.engines.diffusion.tiny import Graph

GIGA = 1e9

LIKE = {
    "text_encoder.onnx": ("MatMul", 77, 768, 3072),
    "vae_encoder.onnx": ("Conv", 256, 128, 128),
    "unet.onnx": ("Conv", 64, 320, 320),
    "vae_decoder.onnx": ("Conv", 256, 128, 128),
}
"""By part: an operation on so many rows (words or pixels of a side), from so many channels to so many."""


def speeds(runs: int = 5) -> dict[str, float]:
    """By part of Stable Diffusion 1.5, the GFLOP/s of the operation that is most of it."""
    found: dict[tuple[str, int, int, int], float] = {}
    for told in LIKE.values():
        if told not in found:
            found[told] = _speed(*told, runs=runs)
    return {part: found[told] for part, told in LIKE.items()}


def _speed(kind: str, side: int, taken: int, given: int, *, runs: int) -> float:
    graph = Graph()
    if kind == "Conv":
        shape: tuple[int, ...] = (1, taken, side, side)
        flop = 2 * taken * given * 9 * side * side
        graph.inputs["x"] = ("float32", shape)
        graph.do("Conv", "x", graph.noise(given, taken, 3, 3), into="y", pads=[1, 1, 1, 1])
        graph.outputs["y"] = ("float32", (1, given, side, side))
    else:
        shape, flop = (1, side, taken), 2 * side * taken * given
        graph.inputs["x"] = ("float32", shape)
        graph.do("MatMul", "x", graph.noise(taken, given), into="y")
        graph.outputs["y"] = ("float32", (1, side, given))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        path.write_bytes(graph.written())
        loaded = Cpu().load(path, Plan(cores_for(Mode.EAGER), 1))
        x = np.random.default_rng(0).standard_normal(shape, np.float32)
        loaded.run({"x": x}, None)
        took = []
        for _ in range(runs):
            began = time.perf_counter()
            loaded.run({"x": x}, None)
            took.append(time.perf_counter() - began)
        loaded.close()
    return flop / median(took) / GIGA
