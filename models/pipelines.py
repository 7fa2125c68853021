"""A diffusion pipeline: a folder of ONNX files, and `pipeline.json`, which says how they belong together.

`models/recipes/export` writes such folders, `engines/diffusion` runs them. All shapes are fixed and the batch is 1. Beside
a part may lie the same for devices of one kind: `unet-npu.onnx`, `unet-gpu.onnx`. The parts, with D the width of the text encoder, W the sum of `widths`, h and w the height and width in latent pixels:

| file | takes | gives |
|---|---|---|
| text_encoder.onnx | input_ids int64 [1, tokens] | last_hidden_state [1, tokens, D] |
| text_kv.onnx | last_hidden_state [1, tokens, D] | k [1, tokens, W], v [1, tokens, W] |
| unet.onnx | sample [1, channels, h, w], timestep [1], k, v, one bias_N [1, 1, 1, N] for each N of `bias` | out_sample [1, 4, h, w] |
| vae_encoder.onnx | pixels [1, 3, H, W] in -1..1 | latent [1, 4, h, w], the mean, times the latent factor |
| vae_decoder.onnx | latent [1, 4, h, w], times the latent factor | pixels [1, 3, H, W] in about -1..1 |

k and v are the keys and values of every cross-attention, side by side in the order in which the UNet runs them: they hang
on the text alone, so they are made once, and whoever guards a concept changes them in NumPy. bias_N is added to the logits
of every self-attention over N tokens, before its softmax: zeros change nothing. All floats are float32 at the border.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homespun.errors import Damaged, NotFound
from models.catalog import Form, Graph, Model, ModelFile, Ship, Task, Variant
from models.schema import is_safe_name

NAME = "pipeline.json"
FORMAT = 1

TEXT, TEXT_KV, UNET = "text_encoder.onnx", "text_kv.onnx", "unet.onnx"
ENCODER, DECODER = "vae_encoder.onnx", "vae_decoder.onnx"
VOCABULARY, MERGES = "tokenizer/vocab.json", "tokenizer/merges.txt"
PARTS = (TEXT, TEXT_KV, UNET, ENCODER, DECODER)
NEEDED = (*PARTS, VOCABULARY, MERGES)

KINDS = ("gpu", "npu")

SCHEDULERS = ("ddim", "euler", "dpm++2m", "unipc", "lcm", "tcd")
PREDICTIONS = ("epsilon", "v_prediction", "sample")
BETAS = ("scaled_linear", "linear", "squaredcos_cap_v2")
SPACINGS = ("leading", "linspace", "trailing")

AGAIN = "Export the pipeline again, or get it once more."


@dataclass(frozen=True)
class Noise:
    """How noise was added when the network was trained, and how steps are laid over it.

    `betas` names the curve from `beta_start` to `beta_end` over `train_steps`; `zero_snr` says that it was rescaled so that
    the last step is noise alone. `spacing` and `offset` are the diffusers configuration's `timestep_spacing` and
    `steps_offset`; `alpha_one` is its `set_alpha_to_one`.
    """

    betas: str
    beta_start: float
    beta_end: float
    train_steps: int
    prediction: str
    spacing: str
    offset: int
    alpha_one: bool
    zero_snr: bool


@dataclass(frozen=True)
class TextPart:
    """The text encoder's `width`, the `tokens` that it reads, and its ids for start, end and filling up."""

    width: int
    tokens: int
    start: int
    end: int
    pad: int


@dataclass(frozen=True)
class PipelineFile:
    """One file of the folder, with its sha256 and its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Pipeline:
    """What `pipeline.json` says.

    `channels` is 9 for a network that sees the mask and the masked picture, 4 for one that doesn't. `height` and `width`
    are pixels, `shrink` how many of them make a latent pixel. `scheduler`, `steps` and `guidance` (1 = none) are what it
    was made for; `precisions` is by file, where it isn't fp32.
    """

    folder: Path
    id: str
    title: str
    origin: str
    licence: str
    channels: int
    height: int
    width: int
    shrink: int
    latent_factor: float
    text: TextPart
    widths: tuple[int, ...]
    bias: tuple[int, ...]
    noise: Noise
    scheduler: str
    steps: int
    guidance: float
    precisions: Mapping[str, str]
    files: tuple[PipelineFile, ...]

    @property
    def latent(self) -> tuple[int, int, int, int]:
        """The shape of a latent picture."""
        return 1, 4, self.height // self.shrink, self.width // self.shrink

    def size_of(self, part: str) -> int:
        """Bytes of a part with the data beside it (`unet.onnx` and `unet.onnx.data`)."""
        return sum(file.size for file in self.files if file.name in (part, f"{part}.data"))

    def model(self) -> Model:
        """As an entry of the catalogue, for whoever opens its parts."""
        files = tuple(ModelFile(one.name, one.sha256, one.size) for one in self.files)
        names = {file.name for file in files}
        variants = tuple(
            Variant(part, file, (kind,), self.precisions.get(file, "fp32"))
            for part in PARTS
            for kind in KINDS
            if (file := part.replace(".onnx", f"-{kind}.onnx")) in names
        )
        return Model(
            id=self.id,
            title=self.title,
            task=Task.FILL_BY_WORDS,
            licence=self.licence,
            ship=Ship.NO,
            form=Form.ONNX,
            origin=self.origin,
            files=files,
            terms=self.licence,
            graphs=tuple(Graph(part, (), ()) for part in PARTS),
            variants=variants,
        )


def read_pipeline(folder: Path) -> Pipeline:
    """The pipeline in `folder`; every file is there and has its size. Hashes are for `verify_pipeline`.

    Raises `NotFound` where there is none, and `Damaged`, which names the file, for one that is partial or says nonsense.
    """
    pipeline = described(folder)
    for file in pipeline.files:
        _require(folder, file)
    return pipeline


def described(folder: Path) -> Pipeline:
    """What `pipeline.json` in `folder` says, whether the files that it names are there or not. Raises as `read_pipeline`."""
    path = folder / NAME
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(
            f"{folder} holds no {NAME}, so it is no exported pipeline.",
            "Name the folder that python -m models.recipes.export has written.",
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged(f"{path} can't be read: {error}.", AGAIN) from error
    try:
        return _pipeline(folder, told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise Damaged(f"{path} doesn't describe a pipeline: {what}.", AGAIN) from error


def verify_pipeline(pipeline: Pipeline) -> None:
    """Compare every file with its sha256. Raises `Damaged`, which names the first that differs."""
    for file in pipeline.files:
        _require(pipeline.folder, file)
        with (pipeline.folder / file.name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != file.sha256:
            raise Damaged(f"{pipeline.folder / file.name} is damaged: its sha256 is {found[:12]}….", AGAIN)


def told(pipeline: Pipeline) -> dict[str, Any]:
    """What `pipeline.json` holds for `pipeline`; `read_pipeline` reads it back."""
    noise, text = pipeline.noise, pipeline.text
    return {
        "format": FORMAT,
        "id": pipeline.id,
        "title": pipeline.title,
        "origin": pipeline.origin,
        "licence": pipeline.licence,
        "channels": pipeline.channels,
        "height": pipeline.height,
        "width": pipeline.width,
        "shrink": pipeline.shrink,
        "latent_factor": pipeline.latent_factor,
        "text": dict(vars(text)),
        "widths": list(pipeline.widths),
        "bias": list(pipeline.bias),
        "noise": dict(vars(noise)),
        "scheduler": pipeline.scheduler,
        "steps": pipeline.steps,
        "guidance": pipeline.guidance,
        "precisions": dict(pipeline.precisions),
        "files": [dict(vars(file)) for file in pipeline.files],
    }


def _require(folder: Path, file: PipelineFile) -> None:
    try:
        size = (folder / file.name).stat().st_size
    except OSError as error:
        raise Damaged(f"The pipeline in {folder} is not whole: {file.name} is missing.", AGAIN) from error
    if size != file.size:
        raise Damaged(
            f"The pipeline in {folder} is not whole: {file.name} has {size} bytes and should have {file.size}.", AGAIN
        )


def _pipeline(folder: Path, data: Mapping[str, Any]) -> Pipeline:
    if data["format"] != FORMAT:
        raise ValueError(f"its format is {data['format']!r}, and this Homespun reads {FORMAT}")
    text, noise = data["text"], data["noise"]
    pipeline = Pipeline(
        folder=folder,
        id=_text(data, "id"),
        title=_text(data, "title"),
        origin=_text(data, "origin"),
        licence=_text(data, "licence"),
        channels=_one_of(data, "channels", (4, 9)),
        height=_count(data, "height"),
        width=_count(data, "width"),
        shrink=_count(data, "shrink"),
        latent_factor=_real(data, "latent_factor"),
        text=TextPart(
            _count(text, "width"), _count(text, "tokens"), *(_count(text, name, 0) for name in ("start", "end", "pad"))
        ),
        widths=tuple(_counts(data, "widths")),
        bias=tuple(_counts(data, "bias")),
        noise=Noise(
            _one_of(noise, "betas", BETAS),
            _real(noise, "beta_start"),
            _real(noise, "beta_end"),
            _count(noise, "train_steps", 2),
            _one_of(noise, "prediction", PREDICTIONS),
            _one_of(noise, "spacing", SPACINGS),
            _count(noise, "offset", 0),
            _one_of(noise, "alpha_one", (False, True)),
            _one_of(noise, "zero_snr", (False, True)),
        ),
        scheduler=_one_of(data, "scheduler", SCHEDULERS),
        steps=_count(data, "steps"),
        guidance=_real(data, "guidance"),
        precisions={str(part): str(name) for part, name in data["precisions"].items()},
        files=tuple(_files(data["files"])),
    )
    if pipeline.height % pipeline.shrink or pipeline.width % pipeline.shrink:
        raise ValueError(f"{pipeline.width} x {pipeline.height} can't be divided by {pipeline.shrink}")
    names = {file.name for file in pipeline.files}
    if missing := [name for name in NEEDED if name not in names]:
        raise ValueError(f"it names no {missing[0]}")
    return pipeline


def _files(data: Any) -> Iterator[PipelineFile]:
    for one in data:
        name = _text(one, "name")
        if not is_safe_name(name):
            raise ValueError(f"{name!r} is no name of a file inside the folder")
        yield PipelineFile(name, _text(one, "sha256"), _count(one, "size", 0))


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} is {value!r} and not a text")
    return value


def _one_of(data: Mapping[str, Any], key: str, allowed: tuple[Any, ...]) -> Any:
    value = data[key]
    if not any(value == one and type(value) is type(one) for one in allowed):
        raise ValueError(f"{key} is {value!r} and none of {', '.join(map(str, allowed))}")
    return value


def _whole(value: object, key: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{key} holds {value!r} and not a whole number from {least}")
    return value


def _count(data: Mapping[str, Any], key: str, least: int = 1) -> int:
    return _whole(data[key], key, least)


def _counts(data: Mapping[str, Any], key: str) -> Iterator[int]:
    value = data[key]
    if not isinstance(value, list):
        raise TypeError(f"{key} is {value!r} and not a list")
    return (_whole(one, key, 1) for one in value)


def _real(data: Mapping[str, Any], key: str) -> float:
    value = data[key]
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise ValueError(f"{key} is {value!r} and not a number from 0")
    return float(value)
