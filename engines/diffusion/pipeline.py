"""Painting a hole by diffusion, with the networks of `Parts`: text, latents, steps, picture.

Two kinds of networks paint. One of 9 channels sees, beside the noisy latent, the mask and the picture without its hole. One of
4 knows nothing of a hole: after each step the latents outside it are put back, as noisy as they would be by then, always with
the noise that painting began with. Everything is float32 at the border of a network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engines.diffusion.forecast import Forecast, Plan, expected
from engines.diffusion.latents import Floats, Mask, Shrinking, covered, drawn, without_hole
from engines.diffusion.parts import Parts
from engines.diffusion.rectify import Rectify
from engines.diffusion.schedulers import scheduler
from engines.diffusion.schedulers.base import Draw
from engines.runtime import DeviceName
from homespun.errors import UsageError
from homespun.progress import Progress
from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline

if TYPE_CHECKING:
    from engines.concepts import Finding, Guard

MOST_STEPS = 1000


@dataclass(frozen=True)
class Wish:
    """What is to be painted. None leaves `steps`, `guidance` (1 = none) and `scheduler` to the pipeline.

    `strength` below 1 starts from the picture as it is, that much noise added, and takes that share of the steps. Candidate
    number k has the seed `seed` + k.
    """

    prompt: str
    negative: str = ""
    steps: int | None = None
    guidance: float | None = None
    strength: float = 1.0
    seed: int = 0
    scheduler: str | None = None
    candidates: int = 1

    def __post_init__(self) -> None:
        faults = {
            f"steps is {self.steps}": self.steps is not None and not 1 <= self.steps <= MOST_STEPS,
            f"guidance is {self.guidance}": self.guidance is not None and not 0 <= self.guidance < 100,
            f"strength is {self.strength}": not 0 < self.strength <= 1,
            f"seed is {self.seed}": not 0 <= self.seed < 2**63,
            f"candidates is {self.candidates}": not 1 <= self.candidates <= 100,
        }
        if found := [words for words, wrong in faults.items() if wrong]:
            raise UsageError(
                f"That can't be painted: {found[0]}.",
                "Steps go from 1 to 1000, guidance from 0 to 100, strength from above 0 to 1, seeds from 0, candidates "
                "from 1 to 100.",
            )


@dataclass(frozen=True)
class Painted:
    """The candidates, float32 [height, width, 3] in 0..1 each, with their seeds, whole: nothing was put back in pixels.

    `findings` are the guard's, `notes` sentences for the person. `seconds` is what the runs of each part took, `opening`
    what opening took (parts that were open cost nothing), `steps` every step, and `ran_on` each part's device.
    """

    pixels: tuple[Floats, ...]
    seeds: tuple[int, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    opening: Mapping[str, float] = field(default_factory=dict)
    steps: tuple[float, ...] = ()
    ran_on: Mapping[str, DeviceName] = field(default_factory=dict)


@dataclass(frozen=True)
class _Way:
    """A wish with nothing left open."""

    scheduler: str
    steps: int
    guidance: float
    strength: float

    @classmethod
    def of(cls, wish: Wish, pipeline: Pipeline) -> _Way:
        guidance = pipeline.guidance if wish.guidance is None else wish.guidance
        return cls(wish.scheduler or pipeline.scheduler, wish.steps or pipeline.steps, guidance, wish.strength)

    @property
    def guided(self) -> bool:
        return self.guidance > 1

    def taken(self, pipeline: Pipeline) -> int:
        """The number of steps that the strength leaves."""
        return len(scheduler(self.scheduler, pipeline.noise, self.steps, self.strength).timesteps)


@dataclass(frozen=True)
class _Words:
    """Keys and values of the prompt, and of the negative one where there is guidance; each float32 [tokens, W]."""

    told: tuple[Floats, Floats]
    negative: tuple[Floats, Floats] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Seen:
    """Of the picture: the mask [1, 1, h, w], the latents of the whole and of what is outside the hole [1, 4, h, w]."""

    mask: Floats
    whole: Floats | None
    outside: Floats | None


def inpaint(
    parts: Parts,
    pixels: Floats,
    mask: Mask,
    wish: Wish,
    *,
    guard: Guard | None = None,
    rectify: Rectify | None = None,
    progress: Progress | None = None,
    draw: Callable[[Pipeline, int], Draw] = drawn,
    shrinking: Shrinking = covered,
) -> Painted:
    """`pixels` float32 [height, width, 3] in 0..1, of the pipeline's size, with what `mask` (bool, True = paint) covers painted.

    The whole picture goes through the networks, so the caller puts the pixels outside the mask back. `guard` changes what
    the prompt says, `rectify` what attention sees. `draw` gives the noise of a seed and `shrinking` makes the mask small: for
    comparing with another implementation. Raises what `scheduler` and `Parts` raise, and `Cancelled` within a second.
    """
    pipeline = parts.pipeline
    _check(pipeline, pixels, mask)
    way = _Way.of(wish, pipeline)
    plan = _plan(pipeline, way, wish.candidates)
    forecast = Forecast(parts, plan, progress or Progress())
    before = {part: len(runs) for part, runs in parts.runs.items()}
    opened = dict(parts.loads)
    parts.refused.clear()
    steps: list[float] = []
    seeds = tuple(wish.seed + number for number in range(wish.candidates))
    with parts.watched(forecast):
        forecast.begin("reading the prompt")
        words = _words(parts, wish, guard, guided=way.guided)
        forecast.begin("looking at the picture")
        seen = _seen(parts, pixels, mask, shrinking, strength=way.strength)
        bias = _biases(rectify, mask, pipeline)
        if not parts.is_open(UNET):
            forecast.begin("opening the network")
        with parts.steady():
            latents = [
                _painted(parts, way, words, seen, draw(pipeline, seed), bias, _counted(forecast, steps, plan))
                for seed in seeds
            ]
        forecast.begin("finishing the picture")
        painted = tuple(parts.decode(latent) for latent in latents)
    forecast.end()
    return Painted(
        pixels=painted,
        seeds=seeds,
        findings=words.findings,
        notes=_notes(parts, wish, guided=way.guided),
        seconds={part: sum(runs[before.get(part, 0) :]) for part, runs in parts.runs.items()},
        opening={part: took for part, took in parts.loads.items() if opened.get(part) != took},
        steps=tuple(steps),
        ran_on=dict(parts.ran_on),
    )


def estimate(parts: Parts, wish: Wish) -> float:
    """Seconds that `inpaint` is going to take, told before it starts; the better the more `parts` has run already.

    Before anything has run, it reads an empty text to see how quick the machine is (under a second for SD 1.5).
    """
    return expected(parts, _plan(parts.pipeline, _Way.of(wish, parts.pipeline), wish.candidates))


def _check(pipeline: Pipeline, pixels: Floats, mask: Mask) -> None:
    size = (pipeline.height, pipeline.width)
    if pixels.shape != (*size, 3) or pixels.dtype != np.float32:
        raise ValueError(f"the picture is {pixels.dtype} {list(pixels.shape)}; float32 {[*size, 3]} is meant")
    if mask.shape != size or mask.dtype != np.bool_:
        raise ValueError(f"the mask is {mask.dtype} {list(mask.shape)}; bool {list(size)} is meant")


def _plan(pipeline: Pipeline, way: _Way, candidates: int) -> Plan:
    texts = 2 if way.guided else 1
    looks = (pipeline.channels == 9) + (pipeline.channels == 4 or way.strength < 1)
    steps = candidates * way.taken(pipeline)
    return {TEXT: texts, TEXT_KV: texts, ENCODER: looks, UNET: steps * texts, DECODER: candidates}


def _words(parts: Parts, wish: Wish, guard: Guard | None, *, guided: bool) -> _Words:
    """The text side, once for all candidates. The guard never touches the negative prompt."""
    findings: tuple[Finding, ...] = ()
    if guard is None:
        told = parts.keys_values(parts.said(wish.prompt))
    else:
        guarded = guard.apply(
            wish.prompt,
            text=parts.said,
            keys_values=parts.keys_values,
            widths=parts.pipeline.widths,
            words=parts.tokenizer.chunks,
        )
        told, findings = (guarded.k, guarded.v), guarded.findings
    negative = parts.keys_values(parts.said(wish.negative)) if guided else None
    return _Words(told, negative, findings)


def _seen(parts: Parts, pixels: Floats, mask: Mask, shrinking: Shrinking, *, strength: float) -> _Seen:
    """The picture side, once for all candidates. What the network doesn't need isn't encoded: it takes as long as steps."""
    sees = parts.pipeline.channels == 9
    whole = parts.encode(pixels) if strength < 1 or not sees else None
    outside = parts.encode(without_hole(pixels, mask)) if sees else None
    return _Seen(shrinking(mask, parts.pipeline.shrink), whole, outside)


Bias = Callable[[float], Mapping[int, NDArray[np.float32]] | None]
Note = Callable[[int, int], None]


def _biases(rectify: Rectify | None, mask: Mask, pipeline: Pipeline) -> Bias:
    """What is added to attention when such a share of the steps is done."""
    return lambda done: None if rectify is None else rectify.biases(mask, pipeline, done)


def _counted(forecast: Forecast, steps: list[float], plan: Plan) -> Note:
    """Called before each step with its number from 0 and the number of steps, and once after the last."""
    began = 0.0

    def note(number: int, of: int) -> None:
        nonlocal began
        now = time.perf_counter()
        if number:
            steps.append(now - began)
        began = now
        if number < of:
            picture = f" of picture {len(steps) // of + 1}" if plan[DECODER] > 1 else ""
            forecast.begin(f"step {number + 1} of {of}{picture}")

    return note


def _painted(parts: Parts, way: _Way, words: _Words, seen: _Seen, draw: Draw, bias: Bias, note: Note) -> Floats:
    """One candidate: the steps from noise to a latent [1, 4, h, w]."""
    steps = scheduler(way.scheduler, parts.pipeline.noise, way.steps, way.strength)
    count = len(steps.timesteps)
    first = draw()
    if way.strength < 1:
        assert seen.whole is not None
        x = _single(steps.noised(seen.whole, first, 0))
    else:
        x = _single(first * np.float32(steps.initial_scale))
    for i, timestep in enumerate(steps.timesteps):
        note(i, count)
        sample = _sample(_single(steps.scaled(x, i)), seen)
        e = _predicted(parts, sample, float(timestep), words, way.guidance, bias(i / count))
        x = _single(steps.step(e, i, x, draw))
        if seen.outside is None:
            assert seen.whole is not None
            known = _single(steps.noised(seen.whole, first, i + 1))
            x = (1 - seen.mask) * known + seen.mask * x
    note(count, count)
    return x


def _sample(scaled: Floats, seen: _Seen) -> Floats:
    """What the network is shown. Mask and picture are never scaled."""
    return scaled if seen.outside is None else np.concatenate([scaled, seen.mask, seen.outside], axis=1)


def _predicted(
    parts: Parts,
    sample: Floats,
    timestep: float,
    words: _Words,
    guidance: float,
    biases: Mapping[int, NDArray[np.float32]] | None,
) -> Floats:
    """The network's answer; with guidance, the negative prompt's one led on towards the prompt's, in two runs."""
    if words.negative is None:
        return parts.unet(sample, timestep, *words.told, biases)
    away = parts.unet(sample, timestep, *words.negative, biases)
    towards = parts.unet(sample, timestep, *words.told, biases)
    return away + np.float32(guidance) * (towards - away)


def _single(array: NDArray[np.floating]) -> Floats:
    return array.astype(np.float32, copy=False)


def _notes(parts: Parts, wish: Wish, *, guided: bool) -> tuple[str, ...]:
    """What the person should know besides."""
    found = []
    if left_out := parts.tokenizer.tokens(wish.prompt).left_out:
        found.append(f"The prompt is longer than the network reads: it ends before “{left_out}”.")
    if guided and (left_out := parts.tokenizer.tokens(wish.negative).left_out):
        found.append(f"The negative prompt is longer than the network reads: it ends before “{left_out}”.")
    if wish.negative and not guided:
        found.append("The negative prompt was not used: without guidance (1) there is nothing to lead away from.")
    found += [refusal.sentence for refusal in parts.refused.values()]
    return tuple(dict.fromkeys(found))
