"""The proof: a model is loaded on a device, placed, compared with the processor and timed, in a process of its own.

The order is dispatch.md §6: what fails early costs little. The process is sacrificial, and the ledger knows that it
is being tried before it starts: if the machine goes down with it, the next start knows whom to blame.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.runtime import ahead
from engines.runtime.contexts import Contexts
from engines.runtime.contract import DeviceFailed, Loaded, Placement, Plan, Provider, Reason, Setup
from engines.runtime.plan import Candidate
from engines.runtime.prepare import shown
from engines.runtime.proof import (
    Ledger,
    Parity,
    Share,
    Verdict,
    boot_id,
    compare,
    file_sha256,
    in_pairs,
    judge,
    samples,
    work_of_file,
)
from engines.runtime.providers import provider
from engines.runtime.providers.cpu import CPU_PROVIDER, Cpu, LoadedOnCpu
from engines.runtime.workers import Remote, Worker
from homespun.progress import Progress
from models import Model

WARM_UPS = 2
CALLS = 11
LEAST_CALLS = 3

ENOUGH_SECONDS = 20.0
"""Timing ends after so long, with at least `LEAST_CALLS` calls: what is that slow needs no more."""

PARITY_SECONDS = 90.0
LEAST_SAMPLES = 4

FASTER = 0.8
"""The device's median call must take at most so much of the processor's."""

STEADY = 1.0
"""And its slow calls (95 of 100 are quicker) at most so much of the processor's slow calls."""

FIRST_SECONDS = 30.0
"""A device that needs longer until its first answer, every time, is no help to a person who waits."""

RUN_SECONDS = 120.0
"""What one call may take while it is tried."""

STEPS = ("loading", "placing", "comparing", "compiling", "timing")


@dataclass(frozen=True)
class Trial:
    """What is to be proved: `candidate` runs `model`; `cpu_file` is what the processor would run instead."""

    candidate: Candidate
    model: Model
    cpu_file: Path
    threads: int


@dataclass(frozen=True)
class Timing:
    """Milliseconds of a call: median and 95th percentile; `processor` is processor seconds a call."""

    median: float
    p95: float
    processor: float


class Proof:
    """One trial under way; `verdict` does it."""

    def __init__(self, trial: Trial, ledger: Ledger, contexts: Contexts, progress: Progress) -> None:
        self._trial = trial
        self._ledger = ledger
        self._contexts = contexts
        self._progress = progress
        self._provider: Provider = provider(trial.candidate.device.provider)
        self._found: dict[str, Any] = {}

    def verdict(self) -> Verdict:
        """Try it, and write down what came out. Raises `Cancelled`, which is no verdict, and what the processor raises."""
        candidate = self._trial.candidate
        self._ledger.begin(candidate.fingerprint, candidate.device, self._trial.model.id, os.getpid(), boot_id())
        try:
            reason, text = self._tried()
        finally:
            self._ledger.finish(candidate.fingerprint)
        if reason in (Reason.CRASH, Reason.HANG):
            self._ledger.strike(candidate.fingerprint, candidate.device, reason, text, probing=True)
        found = Verdict(
            fingerprint=candidate.fingerprint,
            at=time.time(),
            model=self._trial.model.id,
            file=candidate.file.name,
            shapes=shown(candidate.shapes),
            device=candidate.device.name,
            provider=candidate.device.provider,
            passed=reason is None,
            reason=reason,
            text=text,
            **self._found,
        )
        self._ledger.record(found)
        return found

    def _tried(self) -> tuple[Reason | None, str]:
        try:
            for number, step in enumerate((self._loaded_and_compared, self._compiled, self._timed)):
                self._progress.report(number, 3, STEPS[number])
                if (against := step()) is not None:
                    return against
        except DeviceFailed as failure:
            return failure.reason, failure.text
        self._progress.report(3, 3)
        return None, ""

    # --- load, placement, parity ---

    def _loaded_and_compared(self) -> tuple[Reason, str] | None:
        trial = self._trial
        setup = self._setup(proving=True)
        with self._reference(trial.candidate.file) as reference, self._worker() as worker:
            start = time.perf_counter()
            remote = self._loaded(worker, setup)
            self._found["load_seconds"] = time.perf_counter() - start
            inputs = samples(trial.model, trial.candidate.file.name, reference.inputs, trial.candidate.shapes)
            got = [self._run(remote, inputs[0])]
            self._found["first_seconds"] = time.perf_counter() - start
            if (against := self._placed(remote.placement(), inputs[0])) is not None:
                return against
            parity = self._compared(reference, remote, inputs, got)
            self._found |= {"measure": parity.measure, "value": parity.value, "peak_bytes": worker.memory}
            return None if parity.passed else (Reason.WRONG, parity.text)

    def _placed(self, placement: Placement, inputs: Mapping[str, NDArray[Any]]) -> tuple[Reason, str] | None:
        candidate = self._trial.candidate
        named = {node.provider for node in (*placement.assigned, *placement.profiled)} - {CPU_PROVIDER}
        share = judge(placement, work_of_file(candidate.file, candidate.shapes, inputs), named)
        if share is None:
            return Reason.UNKNOWN_PLACEMENT, "neither the runtime's record nor its profile tells where the nodes ran"
        self._found |= {"share": share.share, "crossings": share.crossings}
        return against_share(share)

    def _compared(
        self,
        reference: Loaded,
        remote: Remote,
        inputs: Sequence[dict[str, NDArray[Any]]],
        got: list[dict[str, NDArray[Any]]],
    ) -> Parity:
        """All samples, or as many as there is time for; the first two once more, because they must come out the same."""
        start = time.monotonic()
        for one in inputs[1:]:
            if len(got) >= LEAST_SAMPLES and time.monotonic() - start > PARITY_SECONDS:
                break
            got.append(self._run(remote, one))
        repeats = min(2, len(got))
        again = [self._run(remote, one) for one in inputs[:repeats]]
        used = [*inputs[: len(got)], *inputs[:repeats]]
        wanted = [reference.run(one, self._progress.cancel) for one in used]
        return compare(
            self._trial.model.task,
            wanted,
            [*got, *again],
            quantised=self._trial.candidate.quantised,
            pairs=in_pairs(reference.inputs),
        )

    # --- compile ---

    def _compiled(self) -> tuple[Reason, str] | None:
        """Keep the compiled form, if the device has one. A device that can't compile ahead still works, only slower."""
        if not self._provider.compiles:
            return None
        with suppress(DeviceFailed):
            ahead.compiled(self._contexts, self._setup(), self._key(), cancel=self._progress.cancel)
        return None

    # --- speed ---

    def _timed(self) -> tuple[Reason, str] | None:
        """Device and processor in turns, so that whatever else the machine does slows both."""
        trial = self._trial
        setup = self._setup(context=True)
        with self._reference(trial.cpu_file) as reference, self._worker() as worker:
            start = time.perf_counter()
            remote = ahead.loaded(
                self._contexts, setup, lambda one: self._loaded(worker, one), lambda _failure: worker.alive
            )
            (inputs, *_) = samples(trial.model, trial.candidate.file.name, remote.inputs, trial.candidate.shapes)
            on_cpu = {port.name: inputs[port.name] for port in reference.inputs if port.name in inputs}
            self._run(remote, inputs)
            first = time.perf_counter() - start
            self._found["first_seconds"] = first
            for _ in range(WARM_UPS - 1):
                self._run(remote, inputs)
            for _ in range(WARM_UPS):
                reference.run(on_cpu, self._progress.cancel)
            device, cpu = turns(
                lambda: self._run(remote, inputs),
                lambda: reference.run(on_cpu, self._progress.cancel),
                lambda: time.process_time() + processor_seconds(worker),
            )
            self._found |= {
                "cpu_ms": cpu.median,
                "device_ms": device.median,
                "cpu_p95_ms": cpu.p95,
                "device_p95_ms": device.p95,
                "cpu_seconds": device.processor,
                "cpu_seconds_on_cpu": cpu.processor,
                "peak_bytes": max(worker.memory, self._found.get("peak_bytes", 0)),
            }
        return against_time(device, cpu, first)

    # --- parts ---

    def _setup(self, *, proving: bool = False, context: bool = False) -> Setup:
        candidate = self._trial.candidate
        setup = Setup(candidate.device, candidate.file, candidate.shapes, self._trial.threads, proving=proving)
        if context and self._provider.compiles:
            return replace(setup, context=self._contexts.find(self._key()))
        return setup

    def _key(self) -> str:
        return ahead.key_of(self._setup(), file_sha256(self._trial.candidate.file, self._ledger))

    def _loaded(self, worker: Worker, setup: Setup) -> Remote:
        return worker.load(setup, deadline=self._provider.load_seconds, cancel=self._progress.cancel)

    def _worker(self) -> AbstractContextManager[Worker]:
        return ahead.own_worker(self._trial.candidate.device)

    def _reference(self, file: Path) -> closing[LoadedOnCpu]:
        return closing(Cpu().load(file, Plan(self._trial.threads, 1)))

    def _run(self, remote: Remote, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return remote.run(inputs, self._progress.cancel, deadline=RUN_SECONDS)


def against_share(share: Share) -> tuple[Reason, str] | None:
    """What speaks against a placement."""
    if share.reason is None:
        return None
    return share.reason, f"{share.share:.0%} of the work on the device, {share.crossings} crossings"


def against_time(device: Timing, cpu: Timing, first: float) -> tuple[Reason, str] | None:
    """What speaks against a device's speed."""
    if device.median > FASTER * cpu.median:
        return Reason.SLOW, f"{device.median:.1f} ms against {cpu.median:.1f} ms"
    if device.p95 > STEADY * cpu.p95:
        return Reason.SLOW, f"its slow calls take {device.p95:.1f} ms against {cpu.p95:.1f} ms"
    if first > FIRST_SECONDS:
        return Reason.SLOW, f"{first:.0f} s until the first answer"
    return None


def processor_seconds(worker: Worker) -> float:
    """Processor time that a worker has used so far, in seconds."""
    import psutil

    try:
        used = psutil.Process(worker.pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(used.user + used.system)


def turns(device: Callable[[], object], cpu: Callable[[], object], clock: Callable[[], float]) -> tuple[Timing, Timing]:
    """Call both in turns and time them."""
    start = time.monotonic()
    walls: tuple[list[float], list[float]] = ([], [])
    processor = [0.0, 0.0]
    while len(walls[0]) < CALLS:
        if len(walls[0]) >= LEAST_CALLS and time.monotonic() - start > ENOUGH_SECONDS:
            break
        for side, call in enumerate((device, cpu)):
            spent, begun = clock(), time.perf_counter()
            call()
            walls[side].append((time.perf_counter() - begun) * 1000)
            processor[side] += clock() - spent
    made = [
        Timing(statistics.median(times), float(np.percentile(times, 95)), used / len(times))
        for times, used in zip(walls, processor, strict=True)
    ]
    return made[0], made[1]


def prove(
    trial: Trial,
    *,
    ledger: Ledger,
    contexts: Contexts,
    progress: Progress | None = None,
) -> Verdict:
    """Prove `trial` and return the verdict, which is in the ledger then. Raises `Cancelled`."""
    return Proof(trial, ledger, contexts, progress or Progress()).verdict()
