"""A folder of made-up photos as the eraser's recipe reads one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image


def folder(path: Path, *, grid: tuple[int, int]) -> Path:
    """Photos of every licence, and one that a shared case shows with its object mask.

    The photos are noise of `grid` (rows, columns) colours, enlarged: the fewer, the softer.
    """
    random = np.random.default_rng(2)
    rows = []
    for name, licence in (
        ("a.jpg", "CC0-1.0"),
        ("b.jpg", "CC-BY-4.0"),
        ("c.jpg", "CC-BY-SA-4.0"),
        ("d.jpg", "CC0-1.0"),
    ):
        coarse = random.integers(0, 256, (*grid, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((260, 220), Image.Resampling.BICUBIC).save(path / name, quality=95)
        rows.append(f"| {name} | 260x220 | {name} | somebody | {licence} | here |")
    (path / "CREDITS.md").write_text("# Credits\n\n" + "\n".join(rows), encoding="utf-8")
    mask = np.zeros((220, 260), np.uint8)
    mask[60:160, 90:150] = 255
    Image.fromarray(mask).save(path / "d.object.png")
    cases = [{"photo": "d.jpg", "object_mask": "d.object.png"}]
    (path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    return path
