"""How far the exported files are from PyTorch: each part, what a prompt changes, and a whole picture.

PyTorch runs first and is let go before a file is opened, because a large UNet is in memory once, not twice.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch

from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline
from models.recipes.export.diffusion import painting, parts
from models.recipes.export.diffusion.attention import attentions_of
from models.recipes.export.diffusion.findings import QUANTISED, REPORT, WALK, Array, Finding, compare, plain
from models.recipes.export.diffusion.recipe import Recipe
from models.recipes.export.diffusion.source import tokens_of

PROMPTS = ("a red cat on a sofa", "")
TEXTS = ("cond", "uncond")
TIMES = (981.0, 500.0, 20.5)


@dataclass(frozen=True)
class Reference:
    """What PyTorch gave for a feed of a file."""

    part: str
    what: str
    feed: Mapping[str, Array]
    outputs: Sequence[Array]


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
    written = {"pipeline": pipeline.id, "passed": passed, "findings": [plain(asdict(one)) for one in found]}
    text = json.dumps(written, indent=1, allow_nan=False)
    (pipeline.folder / REPORT).write_text(text + "\n", encoding="utf-8")
    return passed, found
