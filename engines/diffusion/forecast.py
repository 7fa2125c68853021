"""How long painting takes: told before it starts, and better as parts are measured.

A part that has run is expected to take what it took. One that hasn't is expected to take its arithmetic at the speed of those
that have: of the encoder, and before that of the text encoder, which is quick enough to be asked first.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

from engines.diffusion.parts import Parts
from homespun.progress import Cancel, Progress
from models.pipelines import DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline

PER_WEIGHT = {TEXT: 0.346, TEXT_KV: 0.5, UNET: 0.0570, ENCODER: 0.0311, DECODER: 0.0485}
"""Floating point operations for each byte of float32 weights and each place (word, latent pixel, pixel). Of SD 1.5 at 512 ×
512 pixels, counted by torch (diffusion.md §3.5): UNet 803 GFLOP and 859.5 M weights, VAE encoder 1117 and 34.2 M, decoder
2515 and 49.5 M. The text parts by arithmetic: two for each weight and word, but for the table of words."""

WIDTHS = {"fp16": 2.0, "a16w8": 4.0, "a8w8": 4.0}
"""How many bytes of float32 weights a byte of such a file stands for."""

LOAD = 3.6e-9
"""Seconds for each byte that is opened (diffusion.md §3.5: .5 s for .137 GB, 10.8 to 14.5 s for 3.44 GB)."""

SCALE = 1000
"""Progress is told in thousandths of the arithmetic."""

Plan = Mapping[str, int]
"""How often each part is to run."""


def work(pipeline: Pipeline, part: str) -> float:
    """Floating point operations of one run of `part`, about: right for the architecture of SD 1.5, a guess for others."""
    places = {
        TEXT: pipeline.text.tokens,
        TEXT_KV: pipeline.text.tokens,
        UNET: pipeline.latent[2] * pipeline.latent[3],
    }.get(part, pipeline.height * pipeline.width)
    weights = pipeline.size_of(part) * WIDTHS.get(pipeline.precisions.get(part, ""), 1.0)
    return PER_WEIGHT[part] * weights * places


def seconds_of(parts: Parts, part: str) -> float:
    """What one run of `part` takes: as measured, else by the speed of the parts that were. 0 where none was."""
    if runs := parts.runs.get(part):
        return statistics.median(runs)
    for other in (UNET, ENCODER, DECODER, TEXT):
        if runs := parts.runs.get(other):
            return work(parts.pipeline, part) / work(parts.pipeline, other) * min(runs)
    return 0.0


def expected(parts: Parts, plan: Plan) -> float:
    """Seconds that the runs of `plan` take, with what must be opened for them.

    Reads an empty text first where nothing was measured yet: then it may be off by half or twice. (At SD 1.5's size with
    random weights it said 222 s for two steps that took 221 on a busy machine, and 31 % too much for the encoder.)
    """
    if not parts.runs:
        for _ in range(2):  # the first run of a part takes longer
            parts.said("")
    return _opening(parts, plan) + sum(times * seconds_of(parts, part) for part, times in plan.items())


def _opening(parts: Parts, plan: Plan) -> float:
    closed = [part for part, times in plan.items() if times and not parts.is_open(part)]
    return sum(parts.loads.get(part, LOAD * parts.pipeline.size_of(part)) for part in closed)


class Forecast:
    """Tells `progress` how far the runs of `plan` are, and how long the rest takes. A `Watch` of `Parts`."""

    def __init__(self, parts: Parts, plan: Plan, progress: Progress) -> None:
        self._parts, self._plan, self._progress = parts, plan, progress
        self._before = {part: len(parts.runs.get(part, ())) for part in plan}
        self._total = sum(times * work(parts.pipeline, part) for part, times in plan.items())
        self._since, self._seen = time.perf_counter(), 0
        self._note = ""

    @property
    def cancel(self) -> Cancel:
        """Stops the run that is waited for."""
        return self._progress.cancel

    def begin(self, note: str) -> None:
        """Something else is being done from now on: "step 2 of 4"."""
        self._note = note
        self.tick()

    def tick(self) -> None:
        """Report. Raises `Cancelled`."""
        left = {part: times - self._done(part) for part, times in self._plan.items()}
        ahead = sum(times * work(self._parts.pipeline, part) for part, times in left.items())
        done = min(SCALE - 1, int(SCALE * (1 - ahead / self._total))) if self._total else 0
        self._progress.report(done, SCALE, f"{self._note}{self._time_told(left)}")

    def end(self) -> None:
        """Report that everything is done."""
        self._progress.report(SCALE, SCALE, self._note)

    def _done(self, part: str) -> int:
        return min(self._plan[part], len(self._parts.runs.get(part, ())) - self._before[part])

    def _time_told(self, left: Plan) -> str:
        """How long the rest takes, to be put behind a note; nothing before any part was measured."""
        if not self._parts.runs:
            return ""
        now, finished = time.perf_counter(), sum(map(len, self._parts.runs.values()))
        if finished != self._seen:
            self._since, self._seen = now, finished
        whole = _opening(self._parts, left) + sum(n * seconds_of(self._parts, part) for part, n in left.items())
        return f", about {shown(max(0.0, whole - (now - self._since)))} left"


def shown(seconds: float) -> str:
    """Roughly: "3 s", "40 s", "5 min"."""
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 5) * 5} s" if seconds < 90 else f"{round(seconds / 60)} min"
