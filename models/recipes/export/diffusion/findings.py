"""How far one array is from another, and whether that is near enough. Needs no torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

REPORT = "parity.json"

EXACT = 1e-4
"""Largest difference of a float32 part, as a share of the largest value."""

FLOORS_DB = {"fp16": 45.0, "a16w8": 34.0, "a8w8": 15.0}
"""The least signal to noise of a part in another precision (diffusion.md §2.3, §6)."""

WHOLE_DB = {"fp16": 30.0}
"""The same for a whole picture, where small differences have been through every step."""

HEARD = {"fp32": (0.99, 1.01), "fp16": (0.9, 1.1), "a16w8": (0.5, 2.0), "a8w8": (0.5, 2.0)}
"""How much of a prompt's effect must be left: a UNet on an NPU was seen to keep a nineteenth (diffusion.md §2.3)."""

QUANTISED = ("a16w8", "a8w8")

WALK = "painting, all"

Array = NDArray[Any]


@dataclass(frozen=True)
class Finding:
    """One comparison. `ratio` is the spread of ours over the reference's, where that is what counts."""

    part: str
    what: str
    precision: str
    max_abs: float
    relative: float
    snr_db: float
    ratio: float | None
    passed: bool

    def __str__(self) -> str:
        ratio = f", ratio {self.ratio:.4f}" if self.ratio is not None else ""
        verdict = "" if self.passed else "  << too far"
        return (
            f"{self.part:18} {self.what:32} {self.precision:5} max |difference| {self.max_abs:.2e},"
            f" relative {self.relative:.2e}, {self.snr_db:.1f} dB{ratio}{verdict}"
        )


def compare(part: str, what: str, precision: str, ours: Array, theirs: Array, *, spread: bool = False) -> Finding:
    """Judge an array. With `spread` it is the effect of a prompt, and its size must be right too.

    What isn't finite is too far, and its figures aren't finite either.
    """
    with np.errstate(all="ignore"):
        difference = np.abs(ours.astype(np.float64) - theirs)
        largest = float(np.abs(theirs).max()) or 1.0
        snr = decibels(float((theirs.astype(np.float64) ** 2).mean()), float((difference**2).mean()))
        ratio = float(ours.std() / theirs.std()) if spread and theirs.std() else None
        relative = float(difference.max()) / largest
    finite = bool(np.isfinite(ours).all())
    if spread:
        passed = ratio is None or HEARD[precision][0] <= ratio <= HEARD[precision][1]
        passed = passed and (precision != "fp32" or relative <= EXACT)
    elif precision == "fp32":
        passed = relative <= EXACT
    elif precision in QUANTISED and what != WALK:
        passed = True  # the whole walk is judged: single steps differ by several decibels
    else:
        passed = snr >= (WHOLE_DB if what.startswith("picture") else FLOORS_DB).get(precision, -math.inf)
    return Finding(part, what, precision, float(difference.max()), relative, snr, ratio, passed and finite)


def decibels(power: float, noise: float) -> float:
    """Signal to noise; infinite where one of the two is nothing, and no number where one isn't."""
    if math.isnan(power) or math.isnan(noise) or (math.isinf(power) and math.isinf(noise)):
        return math.nan
    if not noise or math.isinf(power):
        return math.inf
    return 10 * math.log10(share) if (share := power / noise) else -math.inf


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` for JSON, which has no numbers that aren't finite: None stands there."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in values.items()
    }
