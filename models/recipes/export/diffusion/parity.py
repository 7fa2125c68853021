"""How far the exported files are from PyTorch: each part, what a prompt changes, and a whole picture.

PyTorch runs first and is let go before a file is opened, because a large UNet is in memory once, not twice.
"""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline
from models.recipes.export.diffusion import painting, parts
from models.recipes.export.diffusion.attention import attentions_of
from models.recipes.export.diffusion.load import tokens_of
from models.recipes.export.diffusion.recipe import Recipe

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

PROMPTS = ("a red cat on a sofa", "")
TEXTS = ("cond", "uncond")
WALK = "painting, all"
TIMES = (981.0, 500.0, 20.5)

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


@dataclass(frozen=True)
class Reference:
    """What PyTorch gave for a feed of a file."""

    part: str
    what: str
    feed: Mapping[str, Array]
    outputs: Sequence[Array]


def compare(part: str, what: str, precision: str, ours: Array, theirs: Array, *, spread: bool = False) -> Finding:
    """Judge an array. With `spread` it is the effect of a prompt, and its size must be right too."""
    difference = np.abs(ours.astype(np.float64) - theirs)
    largest = float(np.abs(theirs).max()) or 1.0
    noise = float((difference**2).mean())
    snr = 10 * math.log10(float((theirs.astype(np.float64) ** 2).mean()) / noise) if noise else math.inf
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


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is not there when mypy runs
def references(recipe: Recipe, pipeline: Pipeline) -> list[Reference]:
    """What PyTorch makes of made-up inputs, part by part, and of what it meets while it paints a picture."""
    origin = recipe.origin
    modules = painting.Modules(origin)
    case = painting.made_up_case(
        recipe.height, recipe.width, prompt=PROMPTS[0], guidance=2.0, seed=99, scheduler=pipeline.scheduler
    )
    pixels = case.pixels * 2 - 1
    latent = modules.encode(pixels)
    found = [
        Reference(ENCODER, "a picture", {"pixels": pixels.numpy()}, [latent.numpy()]),
        Reference(DECODER, "its latent", {"latent": latent.numpy()}, [modules.decode(latent).numpy()]),
    ]
    texts = []
    for prompt in PROMPTS:
        ids = origin.ids(prompt)
        texts.append(modules.text(ids))
        found.append(Reference(TEXT, f"{prompt!r:.22}", {"input_ids": ids.numpy()}, [texts[-1].numpy()]))
    met: list[tuple[Any, ...]] = []
    modules.watch = lambda *what: met.append(what)
    painting.paint(modules, origin, pipeline.noise, case)
    sample = torch.cat([torch.randn(latent.shape), met[0][0][:, latent.shape[1] :]], 1)
    for time in TIMES:
        for text in texts:
            modules.unet(sample, time, text)
    walked = case.steps * 2
    return [*found, *unet_references(modules.network, recipe, texts, met[:walked], met[walked:])]


def unet_references(
    unet: torch.nn.Module,
    recipe: Recipe,
    texts: Sequence[torch.Tensor],
    walked: Sequence[tuple[Any, ...]],
    noisy: Sequence[tuple[Any, ...]],
) -> list[Reference]:
    """diffusers' own UNet on a trajectory and on noise, with a text and without; at last with a random bias.

    The bias is compared with our processors in PyTorch, as diffusers has none. They replace its own in `unet`.
    """
    seen = attentions_of(unet, recipe.sample(), tokens_of(recipe.origin.hub))
    project = parts.TextKeysValues(seen)
    keys_values = [project(text) for text in texts]
    found = [
        Reference(TEXT_KV, f"{prompt!r:.22}", {"last_hidden_state": text.numpy()}, [k.numpy(), v.numpy()])
        for prompt, text, (k, v) in zip(PROMPTS, texts, keys_values, strict=True)
    ]

    def feed(sample: torch.Tensor, time: float, text: torch.Tensor, biases: Sequence[torch.Tensor]) -> dict[str, Array]:
        k, v = project(text)
        named = {f"bias_{n}": bias.numpy() for n, bias in zip(seen.bias, biases, strict=True)}
        known = {"sample": sample.numpy(), "timestep": np.array([time], np.float32), "k": k.numpy(), "v": v.numpy()}
        return {**known, **named}

    zeros = [torch.zeros(1, 1, 1, n) for n in seen.bias]
    for kind, runs in (("painting", walked), ("noise", noisy)):
        for i, (sample, time, text, out) in enumerate(runs):
            what = f"{kind}, t {time:g}, {TEXTS[i % 2]}"
            found.append(Reference(UNET, what, feed(sample, time, text, zeros), [out.numpy()]))
    random = torch.Generator().manual_seed(3)
    biases = [torch.randn(1, 1, 1, n, generator=random) for n in seen.bias]
    sample, time, text, _ = walked[0]
    ours = parts.Unet(unet, seen, seen.bias)
    out = ours(sample, torch.tensor([time]), *project(text), *biases)
    found.append(Reference(UNET, "painting, random bias", feed(sample, time, text, biases), [out.numpy()]))
    return found


def part_findings(
    pipeline: Pipeline, known: Sequence[Reference], files: Mapping[str, tuple[str, str]]
) -> list[Finding]:
    """Every file against the references. `files` gives, for a file, the part that it stands for and its precision."""
    graphs = painting.Graphs(pipeline.folder, pipeline.bias)
    found = []
    for file, (part, precision) in files.items():
        halves: list[tuple[str, Array, Array]] = []  # what was run, ours, theirs: with the text, then without
        for reference in known:
            # A quantised file promises something about what it was calibrated on alone.
            if reference.part != part or (precision in QUANTISED and not reference.what.startswith("painting")):
                continue
            outputs = graphs.run(file, reference.feed)
            for ours, theirs in zip(outputs, reference.outputs, strict=True):
                found.append(compare(file, reference.what, precision, ours, theirs))
            if part == UNET and reference.what.endswith(TEXTS):
                halves.append((reference.what, outputs[0], reference.outputs[0]))
        if precision in QUANTISED:
            mine, theirs = (np.stack([one[i] for one in halves]) for i in (1, 2))
            found.append(compare(file, WALK, precision, mine, theirs))
        for (what, mine, theirs), (_, my_plain, their_plain) in zip(halves[::2], halves[1::2], strict=True):
            effect = what.removesuffix(TEXTS[0]) + "e_cond-e_uncond"
            found.append(compare(file, effect, precision, mine - my_plain, theirs - their_plain, spread=True))
    return found


def whole_finding(recipe: Recipe, pipeline: Pipeline, unet_file: str = UNET) -> Finding:
    """A whole picture in at most four steps by the exported files against diffusers' pipeline."""
    case = painting.made_up_case(
        recipe.height,
        recipe.width,
        prompt=PROMPTS[0],
        negative="blurry",
        steps=min(4, pipeline.steps),
        guidance=pipeline.guidance,
        scheduler=pipeline.scheduler,
    )
    theirs = painting.painted_by_diffusers(recipe.origin, pipeline.noise, case)
    gc.collect()
    graphs = painting.Graphs(pipeline.folder, pipeline.bias, unet_file)
    ours = painting.paint(graphs, recipe.origin, pipeline.noise, case)
    precision = pipeline.precisions.get(unet_file, "fp32")
    return compare("whole pipeline", f"picture, {case.steps} steps", precision, ours, theirs)


def report(
    recipe: Recipe, pipeline: Pipeline, say: Callable[[Finding], None], *, whole: bool = True
) -> tuple[bool, list[Finding]]:
    """Compare everything, write `parity.json`, and tell whether all passed."""
    known = references(recipe, pipeline)
    gc.collect()
    files = {part: (part, pipeline.precisions.get(part, "fp32")) for part in (TEXT, TEXT_KV, UNET, ENCODER, DECODER)}
    files |= {
        name: (f"{name.split('-')[0]}.onnx", precision)
        for name, precision in pipeline.precisions.items()
        if name not in files
    }
    found = part_findings(pipeline, known, files)
    for one in found:
        say(one)
    if whole:
        found.append(whole_finding(recipe, pipeline))
        say(found[-1])
    passed = all(one.passed for one in found)
    written = {"pipeline": pipeline.id, "passed": passed, "findings": [asdict(one) for one in found]}
    text = json.dumps(written, indent=1).replace("Infinity", "null")
    (pipeline.folder / REPORT).write_text(text + "\n", encoding="utf-8")
    return passed, found
