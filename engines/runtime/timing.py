"""How long a model takes on every device that may run it: a measurement for a person, not a proof."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from engines.runtime.broker import broker
from engines.runtime.cases import Case
from engines.runtime.contract import CPU, DeviceFailed, DeviceName, Plan, Reason
from engines.runtime.proof import samples
from engines.runtime.providers.cpu import Cpu
from homespun.progress import Progress

WARM_UPS = 2
CALLS = 15
ENOUGH_SECONDS = 5.0


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one call, the median of `calls`; with `failed` nothing was measured."""

    device: DeviceName
    milliseconds: float
    calls: int
    failed: Reason | None = None


def bench(case: Case, progress: Progress | None = None) -> list[Timed]:
    """Time `case` on the processor and on each device that is proved or merely slow. Raises `Cancelled`."""
    progress = progress or Progress()
    request = case.request
    (inputs, *_) = samples(request.model, request.file.name, request.inputs, case.bucket)
    with closing(Cpu().load(request.file, Plan(request.threads, 1))) as loaded:
        found = [timed(CPU, lambda: loaded.run(inputs, progress.cancel))]
    for line in case.lines:
        if line.reason not in (None, Reason.SLOW):
            continue
        try:
            remote = broker().load(request, line.candidate, progress.cancel)
            found.append(timed(line.device.name, lambda: remote.run(inputs, progress.cancel)))  # noqa: B023 - called at once
            remote.close()
        except DeviceFailed as failure:
            found.append(Timed(line.device.name, 0.0, 0, failure.reason))
    return found


def timed(device: DeviceName, call: Callable[[], object]) -> Timed:
    """The median of some calls."""
    for _ in range(WARM_UPS):
        call()
    start = time.monotonic()
    times: list[float] = []
    while len(times) < CALLS and (len(times) < 3 or time.monotonic() - start < ENOUGH_SECONDS):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return Timed(device, statistics.median(times), len(times))
