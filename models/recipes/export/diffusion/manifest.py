"""Writes the files beside the parts, and `pipeline.json`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.pipelines import (
    MERGES,
    NAME,
    PARTS,
    VOCABULARY,
    Noise,
    Pipeline,
    PipelineFile,
    TextPart,
    read_pipeline,
    told,
)
from models.recipes.export.diffusion.load import tokens_of
from models.recipes.export.diffusion.noise import Sampling
from models.recipes.export.diffusion.recipe import Recipe
from models.recipes.export.diffusion.source import TOKENIZER, Hub
from models.recipes.export.source import sha256


@dataclass(frozen=True)
class Label:
    """How a pipeline is called, and where it comes from."""

    id: str
    title: str
    origin: str
    licence: str


def write_manifest(
    recipe: Recipe,
    out: Path,
    label: Label,
    noise: Noise,
    sampling: Sampling,
    facts: Mapping[str, Sequence[int]],
    variants: Mapping[str, str],
) -> Pipeline:
    """Copy the tokenizer, hash every file and write `pipeline.json`; the pipeline as `read_pipeline` reads it.

    `variants` are the files of other precisions beside the parts (`unet-npu.onnx`), with what they are in.
    """
    hub = recipe.origin.hub
    for name in (VOCABULARY, MERGES):
        (out / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(hub.folder / TOKENIZER / Path(name).name, out / name)
    precisions = {part: recipe.precision_of(part) for part in PARTS if recipe.precision_of(part) != "fp32"}
    files = [*PARTS, *variants, VOCABULARY, MERGES]
    files += [f"{name}.data" for name in (*PARTS, *variants) if (out / f"{name}.data").is_file()]
    pipeline = Pipeline(
        folder=out,
        id=label.id,
        title=label.title,
        origin=label.origin,
        licence=label.licence,
        channels=hub.channels,
        height=recipe.height,
        width=recipe.width,
        shrink=hub.shrink,
        latent_factor=float(hub.vae.get("scaling_factor", 1.0)),
        text=text_part(hub),
        widths=tuple(facts["widths"]),
        bias=tuple(facts["bias"]),
        noise=noise,
        scheduler=sampling.scheduler,
        steps=sampling.steps,
        guidance=sampling.guidance,
        precisions={**precisions, **variants},
        files=tuple(PipelineFile(name, sha256(out / name), (out / name).stat().st_size) for name in sorted(files)),
    )
    aside = out / f"{NAME}.part"
    aside.write_text(json.dumps(told(pipeline), indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    os.replace(aside, out / NAME)
    return read_pipeline(out)


def text_part(hub: Hub) -> TextPart:
    """Width, length and the three ids, from the vocabulary and the tokenizer's settings."""
    ids = json.loads((hub.folder / TOKENIZER / "vocab.json").read_text(encoding="utf-8"))
    start, end, pad = (
        _token(hub.tokenizer.get(name), default)
        for name, default in (
            ("bos_token", "<|startoftext|>"),
            ("eos_token", "<|endoftext|>"),
            ("pad_token", "<|endoftext|>"),
        )
    )
    return TextPart(int(hub.text["hidden_size"]), tokens_of(hub), ids[start], ids[end], ids[pad])


def _token(value: Any, default: str) -> str:
    """A token as the settings write it: a text, or an object that holds one."""
    if isinstance(value, Mapping):
        return str(value.get("content", default))
    return str(value) if value else default
