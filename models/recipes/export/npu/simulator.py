"""Whether a file runs on Qualcomm's simulator as on the processor, and how much of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Inputs = Mapping[str, NDArray[Any]]
"""What one run is given: name of the input → array."""

SCRIPT = Path(__file__).with_name("on_simulator.py")
WORK = frozenset({"Conv", "MatMul", "Gemm"})
"""The operators that cost: where these run is where the model runs."""

LONGEST = 1500
"""Seconds that one file may take: the simulator is 50 to 850 times slower than the processor."""


@dataclass(frozen=True)
class Simulated:
    """What the simulator made of it: pairs (simulator, processor) by case, and operator → provider → nodes."""

    pairs: Mapping[str, tuple[NDArray[Any], NDArray[Any]]]
    placed: Mapping[str, Mapping[str, int]]

    @property
    def share(self) -> float:
        """Of the convolutions and products of matrices, how many run on the simulated NPU."""
        counts = [self.placed[name] for name in WORK & self.placed.keys()]
        there = sum(one.get("QNNExecutionProvider", 0) for one in counts)
        return there / max(sum(sum(one.values()) for one in counts), 1)


def simulate(python: Path, file: Path, sizes: Mapping[str, int], cases: Mapping[str, Inputs]) -> Simulated:
    """Run every case of `cases` on both. Raises `CalledProcessError` with the simulator's words when it can't."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "given.npz", Path(folder) / "found.npz"
        named: dict[str, Any] = {
            f"{case}/{port}": value for case, ports in cases.items() for port, value in ports.items()
        }
        np.savez(given, **named)
        command = [str(python), str(SCRIPT), str(file), json.dumps(dict(sizes)), str(given), str(found)]
        finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=LONGEST)
        # The simulator's own libraries print too, one of them when the process ends.
        placed = json.loads(next(line for line in finished.stdout.splitlines() if line.startswith("{")))
        with np.load(found) as arrays:
            pairs = {case: (arrays[f"{case}/device"], arrays[f"{case}/cpu"]) for case in cases}
    return Simulated(pairs, placed)


def decibels(found: NDArray[Any], expected: NDArray[Any]) -> float:
    """PSNR of values between 0 and 1."""
    error = float(np.mean((found.astype(np.float64) - expected) ** 2))
    return float("inf") if error == 0 else -10 * float(np.log10(error))


def cosine(found: NDArray[Any], expected: NDArray[Any]) -> float:
    """Of two vectors of any shape."""
    one, other = found.ravel().astype(np.float64), expected.ravel().astype(np.float64)
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
