"""Writes the files beside the parts, and `pipeline.json`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homespun.errors import UsageError
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
from models.recipes.export.diffusion.making import Workshop
from models.recipes.export.diffusion.noise import Sampling
from models.recipes.export.diffusion.source import TOKENIZER, Hub, tokens_of
from models.recipes.export.source import sha256

if TYPE_CHECKING:  # it imports torch
    from models.recipes.export.diffusion.recipe import Recipe


@dataclass(frozen=True)
class Label:
    """How a pipeline is called, and where it comes from."""

    id: str
    title: str
    origin: str
    licence: str


def write_manifest(
    recipe: Recipe,
    shop: Workshop,
    label: Label,
    noise: Noise,
    sampling: Sampling,
    facts: Mapping[str, Sequence[int]],
    variants: Mapping[str, str],
) -> Pipeline:
    """Copy the tokenizer and write `pipeline.json`, with a hash of every file; the pipeline as `read_pipeline` reads it.

    The files of the parts are those that `shop` made or kept, whatever else lies in its folder. `variants` are the
    files of other precisions beside the parts (`unet-npu.onnx`), with what they are in.
    """
    hub, out = recipe.origin.hub, shop.out
    for name in (VOCABULARY, MERGES):
        (out / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(hub.folder / TOKENIZER / Path(name).name, out / name)
    precisions = {part: recipe.precision_of(part) for part in PARTS if recipe.precision_of(part) != "fp32"}
    digests = {name: sha256(out / name) for name in (VOCABULARY, MERGES)}
    for name in (*PARTS, *variants):
        digests |= shop.digests(name)
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
        latent_factor=recipe.origin.latent_factor(),
        text=text_part(hub),
        widths=tuple(facts["widths"]),
        bias=tuple(facts["bias"]),
        noise=noise,
        scheduler=sampling.scheduler,
        steps=sampling.steps,
        guidance=sampling.guidance,
        precisions={**precisions, **variants},
        files=tuple(
            PipelineFile(name, digest, (out / name).stat().st_size) for name, digest in sorted(digests.items())
        ),
    )
    aside = out / f"{NAME}.part"
    aside.write_text(json.dumps(told(pipeline), indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    os.replace(aside, out / NAME)
    return read_pipeline(out)


def text_part(hub: Hub) -> TextPart:
    """Width, length and the three ids, from the vocabulary and the tokenizer's settings.

    Raises `UsageError` for a token that the vocabulary doesn't have.
    """
    ids = hub.vocabulary()
    found = []
    for name, default in DEFAULTS.items():
        token = _token(hub.tokenizer.get(name), default)
        number = ids.get(token)
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise UsageError(
                f"The {name} in {hub.folder / TOKENIZER} is {token!r}, and vocab.json has no number for it.",
                "Set tokenizer_config.json right, or get the folder once more.",
            )
        found.append(number)
    start, end, pad = found
    return TextPart(int(hub.text["hidden_size"]), tokens_of(hub), start, end, pad)


DEFAULTS = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
"""What the three are where the settings don't say."""


def _token(value: Any, default: str) -> str:
    """A token as the settings write it: a text, or an object that holds one."""
    if isinstance(value, Mapping):
        value = value.get("content")
    return default if value is None else str(value)
