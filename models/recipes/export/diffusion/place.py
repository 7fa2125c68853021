"""Whether an export may write where it is told to: into a folder of its own, or an empty one, and not into what it reads."""

from __future__ import annotations

import os
from pathlib import Path

from homespun.errors import UsageError
from models import receipt
from models.pipelines import KINDS, NAME, NEEDED, PARTS
from models.recipes.export.diffusion.findings import REPORT
from models.recipes.export.diffusion.making import STATE

GRAPHS = (*PARTS, *(part.replace(".onnx", f"-{kind}.onnx") for part in PARTS for kind in KINDS))

TARGETS = (*NEEDED, *GRAPHS, *(f"{graph}.data" for graph in GRAPHS), NAME, REPORT)
"""Every name that an export may write."""


def require_place(source: Path, out: Path) -> None:
    """Raises `UsageError` when an export of `source` to `out` would write over what isn't its own.

    Files of these names belong to an export where export.json says that one was here, or where the receipt of
    Homespun's own models folder names a part: such a pipeline came from a mirror folder.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is no folder.", "Name a folder to write to. It is made if it isn't there.")
    if within(out, source) or within(source, out):
        raise UsageError(
            f"One of {source} and {out} lies in the other, and the export must not write into what it reads.",
            "Name another folder to write to, beside it for instance.",
        )
    if (out / STATE).exists() or not receipt.read(out).files.keys().isdisjoint(PARTS):
        return
    there = [name for name in TARGETS if os.path.lexists(out / name)]
    if there:
        raise UsageError(
            f"{out} holds {there[0]} already, and nothing says that an export made it.",
            "Name another folder, or move what is in this one elsewhere.",
        )


def within(inner: Path, outer: Path) -> bool:
    """Whether `inner` is `outer` or lies in it, by whatever names and links they are called."""
    whole = inner.resolve()
    return outer.exists() and any(place.exists() and place.samefile(outer) for place in (whole, *whole.parents))
