"""Pictures of an exported pipeline, one for each method and target, from the same seed: to be looked at, nobody judges them.

A judge, pinned by its hash and measured on pictures labelled by hand, is what `papers.md` §4 wants; none is here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.concepts.attacks import prompt
from benchmarks.concepts.methods import NEGATIVE
from benchmarks.concepts.report import chosen
from engines.concepts import Concept, Guard, Method, Policy
from engines.diffusion import Parts, Wish, inpaint
from models.pipelines import read_pipeline

WAYS = {
    "words": (1.0, Method.WORDS),
    "surgery": (0.0, Method.SURGERY),
    "values": (0.0, Method.VALUES),
    "closed form": (0.0, Method.CLOSED_FORM),
    "composed": (1.0, Method.STRICT),
}


def draw(folder: Path, out: Path, targets: int) -> list[Path]:
    """Draw "a photo of a …" for `targets` classes by every method into `out`; the files, named by class and method."""
    pipeline = read_pipeline(folder)
    empty = np.full((pipeline.height, pipeline.width, 3), 0.5, np.float32)
    everything = np.ones(empty.shape[:2], np.bool_)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with Parts(pipeline) as parts:
        for kind in chosen(targets):
            plain = Wish(prompt(kind.name), seed=1)
            wishes: dict[str, tuple[Wish, Guard | None]] = {
                "no guard": (plain, None),
                NEGATIVE: (replace(plain, negative=kind.name), None),
            }
            for name, (words, method) in WAYS.items():
                policy = Policy((Concept.of(kind.name, method),), words=words)
                wishes[name] = plain, Guard(policy, model=pipeline.id)
            for name, (wish, guard) in wishes.items():
                painted = inpaint(parts, empty, everything, wish, guard=guard)
                path = out / f"{kind.name} - {name}.png"
                Image.fromarray(np.rint(painted.pixels[0] * 255).astype(np.uint8)).save(path)
                written.append(path)
    return written
