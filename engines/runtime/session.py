"""A model that is open: it answers at once on the processor, and moves to a better device once that is proved."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from engines.runtime.broker import Broker, Spot
from engines.runtime.closing import Closing
from engines.runtime.contract import (
    CPU,
    DeviceFailed,
    DeviceName,
    Explanation,
    Loaded,
    Port,
    Reason,
    Refusal,
    Result,
)
from engines.runtime.ports import check_inputs
from engines.runtime.prepare import (
    Bucket,
    cut_out,
    misshapen,
    new_outputs,
    pieces,
    put_in,
    shown,
    sizes_of,
    smallest,
    windows,
)
from engines.runtime.proof import black_or_nan
from engines.runtime.reasons import refusal
from engines.runtime.requests import Request
from engines.runtime.workers import Ended
from homespun.errors import ExitCode, HomespunError
from homespun.progress import Cancel

if TYPE_CHECKING:
    from engines.runtime.plan import Candidate
    from engines.runtime.workers import Remote

ATTEMPTS = 3
"""Runs of one call on devices before the processor does it."""

LEAST_DEADLINE = 5.0
FIRST_DEADLINE = 60.0
SLACK = 6.0
"""A run may take so many times as long as 95 of 100 earlier ones did, and never less than `LEAST_DEADLINE` seconds;
`FIRST_DEADLINE` where there were none."""


class DeviceRefused(HomespunError):
    """The device that was asked for can't run this model; nothing else was run in its place."""

    code = ExitCode.DEVICE

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence, "Leave --device away, and Homespun takes what works.")
        self.refusal = refusal


@dataclass
class Route:
    """A candidate that is loaded, for inputs of one bucket."""

    candidate: Candidate
    remote: Remote
    deadline: float


class Session(Closing):
    """A model on a device. Use it as a context manager, or `close` it.

    Several threads may call `run` at once.
    """

    def __init__(self, request: Request, cpu: Loaded, explanation: Explanation, broker: Broker | None = None) -> None:
        self.request = request
        self._cpu = cpu
        self._explanation = explanation
        self._broker = broker
        self._lock = threading.Lock()
        self._opening = threading.RLock()
        self._wanted: dict[str, Bucket] = {}
        self._routes: dict[str, Route] = {}
        self._met: dict[DeviceName, Refusal] = {}
        self._last = CPU
        self._jobs = 0
        self._closed = False
        if broker is not None:
            if len(request.buckets) == 1:
                self._wanted = {shown(bucket): bucket for bucket in request.buckets}
            if request.asked is None:
                broker.want(self)

    @property
    def inputs(self) -> Sequence[Port]:
        """What `run` takes."""
        return self._cpu.inputs

    @property
    def outputs(self) -> Sequence[Port]:
        """What `run` gives."""
        return self._cpu.outputs

    def run(self, inputs: Mapping[str, NDArray[Any]], *, cancel: Cancel | None = None) -> Result:
        """Every output for `inputs` (dtypes and shapes as `inputs` of the session says).

        Raises `WrongInput` for anything else, and `Cancelled` soon after `cancel` is raised. With a device that was
        asked for, `DeviceRefused` where that device fails; else the next device does it, and at last the processor.
        """
        checked = check_inputs(self._cpu.inputs, inputs)
        if self._closed:
            raise ValueError("the session is closed")
        with self._broker.running() if self._broker is not None else nullcontext():
            return self._result(checked, cancel)

    def _result(self, checked: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> Result:
        start = time.perf_counter()
        met: Refusal | None = None
        for route in itertools.islice(self._ways(checked), ATTEMPTS):
            try:
                outputs = self._run_on(route, checked, cancel)
            except Ended:
                self._forget(route)  # ended by what another call did or met: nobody's fault, and nothing to remember
                self._open(route.candidate.shapes, cancel)
            except DeviceFailed as failure:
                met = self._refused(route, failure, cancel)
            else:
                self._last = route.candidate.device.name
                return Result(outputs, self._last, time.perf_counter() - start, met)
        if self.request.asked not in (None, CPU):
            raise DeviceRefused(met or self._nothing_fits())
        outputs = self._cpu.run(checked, cancel)
        self._last = CPU
        return Result(outputs, CPU, time.perf_counter() - start, met)

    @contextmanager
    def job(self, sizes: Mapping[str, int], *, patience: float = 0.0) -> Iterator[None]:
        """Many runs that belong together, as the tiles of a picture: none of them is moved to a better device halfway.

        `sizes` are the free dimensions of most runs. A proved device is waited for first, if it is known to be up within
        `patience` seconds. A device that fails is left all the same.
        """
        if self._broker is not None and self.request.asked is None:
            self._prepare(sizes, patience)
        with self._lock:
            self._jobs += 1
        try:
            yield
        finally:
            with self._lock:
                self._jobs -= 1

    # --- devices ---

    def _prepare(self, sizes: Mapping[str, int], patience: float) -> None:
        assert self._broker is not None
        buckets = smallest(self.request.buckets, sizes, self.request.rules)
        if buckets and self._broker.has_devices:
            best = self._broker.choice(self.request, buckets[0]).best
            if best is not None and self._broker.seconds_to_load(best) <= patience:
                self._open(buckets[0])
            self._wish(buckets[0])

    def _ways(self, checked: Mapping[str, NDArray[Any]]) -> Iterator[Route]:
        """The routes that can take these inputs, best first, asked for one by one: a failure changes what comes next."""
        if self._broker is None or self._broker.barren:
            return
        buckets = smallest(self.request.buckets, sizes_of(self._cpu.inputs, checked), self.request.rules)
        while buckets:
            if self.request.asked is not None:
                self._open_asked(buckets)
            else:
                self._wish(buckets[0])
            route = next((found for one in buckets if (found := self._routes.get(shown(one)))), None)
            if route is None:
                return
            yield route

    def _wish(self, bucket: Bucket) -> None:
        """Note that inputs of this size come, so that it is worth proving."""
        name = shown(bucket)
        if name not in self._wanted:
            with self._lock:
                self._wanted[name] = bucket
            assert self._broker is not None
            self._broker.want(self)

    def _run_on(
        self, route: Route, checked: Mapping[str, NDArray[Any]], cancel: Cancel | None
    ) -> dict[str, NDArray[Any]]:
        """One call on a device, in as many runs as its bucket needs."""
        ports, bucket = self._cpu.inputs, route.candidate.shapes
        sizes = sizes_of(ports, checked)
        cut = pieces(sizes, bucket, self.request.rules)
        assert cut is not None
        assert self._broker is not None
        whole = new_outputs(self._cpu.outputs, sizes)
        for window in windows(cut):
            given = cut_out(ports, checked, window, bucket)
            got = route.remote.run(given, cancel, deadline=route.deadline)
            # Without the wait for other runs: a deadline that grew with the queue would let a hang last for minutes.
            self._broker.ledger.timing(route.candidate.fingerprint, route.remote.took)
            if wrong := misshapen(self._cpu.outputs, got, bucket):
                raise DeviceFailed(Reason.WRONG, wrong)
            if black_or_nan(got, given):
                raise DeviceFailed(Reason.WRONG, "its answer is one value all over, or not numbers at all")
            self._broker.answered(Spot(self.request, route.candidate, given, got))
            put_in(self._cpu.outputs, whole, got, window)
        return whole

    def _forget(self, route: Route) -> None:
        """Take a route away."""
        name = shown(route.candidate.shapes)
        with self._lock:
            if self._routes.get(name) is route:
                del self._routes[name]
        with suppress(Exception):
            route.remote.close()

    def _refused(self, route: Route, failure: DeviceFailed, cancel: Cancel | None) -> Refusal:
        """A route failed: it is taken away, or opened anew where that may help, and the failure is remembered."""
        assert self._broker is not None
        candidate = route.candidate
        met = refusal(failure.reason, candidate.device)
        self._broker.remember(candidate, failure)
        with self._lock:
            self._met[met.device] = met
        self._forget(route)
        if failure.reason is Reason.NO_MEMORY:
            self._open_smaller(candidate, cancel)
        else:
            # A lost device is asked once more, in a new process; then the next one.
            self._open(candidate.shapes, cancel)
        return met

    def _open_smaller(self, candidate: Candidate, cancel: Cancel | None) -> None:
        """Half the tile: the next smaller bucket on the same machine, if the caller's rules let inputs be cut."""
        assert self._broker is not None
        area = _items(candidate.shapes)
        smaller = sorted((b for b in self.request.buckets if _items(b) < area), key=_items, reverse=True)
        for bucket in smaller[:1]:
            with self._lock:
                self._wanted.setdefault(shown(bucket), bucket)
            self._open(bucket, cancel)

    def _open_asked(self, buckets: Sequence[Bucket]) -> None:
        """For a device that was asked for: prove the first bucket now, if need be, and load it."""
        assert self._broker is not None
        broker, bucket = self._broker, buckets[0]
        if any(shown(one) in self._routes for one in buckets):
            return
        choice = broker.choice(self.request, bucket)
        if choice.best is None:
            for candidate in choice.unproved:
                broker.prove(self.request, candidate)
            choice = broker.choice(self.request, bucket)
        self._met |= {one.device: one for one in choice.refusals}
        self._open(bucket)

    def _open(self, bucket: Bucket, cancel: Cancel | None = None) -> None:
        """Load the best device for a bucket, if one is proved and it isn't loaded already."""
        with self._opening:
            self._open_best(bucket, cancel)

    def _open_best(self, bucket: Bucket, cancel: Cancel | None) -> None:
        assert self._broker is not None
        if self._closed:
            return
        choice = self._broker.choice(self.request, bucket)
        with self._lock:
            for one in choice.refusals:
                self._met.setdefault(one.device, one)
            now = self._routes.get(shown(bucket))
        if choice.best is None or (now is not None and now.candidate == choice.best):
            return
        for candidate in choice.usable:
            try:
                remote = self._broker.load(self.request, candidate, cancel)
            except DeviceFailed as failure:
                self._broker.remember(candidate, failure)
                self._met[candidate.device.name] = refusal(failure.reason, candidate.device)
                continue
            usual = self._broker.ledger.p95(candidate.fingerprint)
            deadline = max(LEAST_DEADLINE, SLACK * usual) if usual else FIRST_DEADLINE
            with self._lock:
                self._routes[shown(bucket)] = Route(candidate, remote, deadline)
                gone = remote if self._closed else now.remote if now is not None else None
            if gone is not None:
                gone.close()
            return

    def leave(self, candidate: Candidate) -> None:
        """Use `candidate` no more: it was caught giving wrong numbers."""
        with self._lock:
            self._routes = {name: one for name, one in self._routes.items() if one.candidate != candidate}
            self._met[candidate.device.name] = refusal(Reason.WRONG, candidate.device)

    def upgrade(self) -> None:
        """Load what is proved for the inputs that came so far, unless a job is under way. The broker's thread calls it."""
        if self._jobs:
            return
        for bucket in list(self._wanted.values()):
            self._open(bucket)

    def unproved(self) -> list[Candidate]:
        """What would have to be proved for the inputs that came so far."""
        if self._broker is None or self._closed:
            return []
        found = [self._broker.choice(self.request, bucket) for bucket in list(self._wanted.values())]
        return [candidate for choice in found for candidate in choice.unproved]

    def _nothing_fits(self) -> Refusal:
        asked = self.request.asked
        assert asked is not None
        if met := next(iter(self._met.values()), None):
            return met
        return Refusal(
            asked,
            Reason.UNSUITABLE,
            f"{asked} was not used: it runs {self.request.model.id} only at fixed sizes, and these inputs have another.",
        )

    # --- telling ---

    def why(self) -> Explanation:
        """Why the device of the last run (at first: the processor), in sentences for a person."""
        told = self._explanation
        if self._broker is None:
            return told
        met = {one.device: one for one in (*told.refusals, *self._broker.refusals(), *self._met.values())}
        first = told.sentences[0]
        if self._last != CPU:
            route = next((r for r in self._routes.values() if r.candidate.device.name == self._last), None)
            title = route.candidate.device.title if route else self._last
            cause = (
                "because it was asked for" if self.request.asked else "because that was proved to be right and quicker"
            )
            first = f"Runs on {title} {cause}."
            met.pop(self._last, None)
        sentences = tuple(dict.fromkeys([first, *told.sentences[1:], *(one.sentence for one in met.values())]))
        return replace(told, device=self._last, refusals=tuple(met.values()), sentences=sentences)

    def close(self) -> None:
        """Give back the model's memory. A later `run` is a bug and raises `ValueError`."""
        self._closed = True
        self._cpu.close()
        with self._lock:
            routes, self._routes = list(self._routes.values()), {}
        for route in routes:
            with suppress(DeviceFailed):
                route.remote.close()


def _items(bucket: Bucket) -> int:
    return math.prod(bucket.values())
