"""What one process knows of its devices: who is there, what was proved, and the workers that run models on them.

There is one broker a process. It works in a thread of its own, and only once a model is open that a device could run:
first it fetches what is proved already, later, when nothing runs, it proves what is not.
"""

from __future__ import annotations

import atexit
import math
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from engines.runtime import ahead
from engines.runtime.contexts import Contexts, contexts
from engines.runtime.contract import (
    Device,
    DeviceFailed,
    DeviceName,
    Mode,
    Plan,
    Policy,
    Reason,
    Refusal,
    Setup,
)
from engines.runtime.discovery import Found, discover
from engines.runtime.owners import installed_owners, two_runtimes
from engines.runtime.plan import Candidate, Choice, Standing, choose, matches
from engines.runtime.power import on_battery
from engines.runtime.prepare import Bucket
from engines.runtime.probe import Trial, prove
from engines.runtime.proof import Ledger, Verdict, boot_id, compare, file_sha256, fingerprint
from engines.runtime.providers import provider
from engines.runtime.providers.cpu import Cpu
from engines.runtime.workers import Pool, Remote
from homespun.folders import folders
from homespun.progress import Cancel, Cancelled, Progress
from homespun.settings import Devices as Rule
from homespun.settings import load as load_settings

if TYPE_CHECKING:
    from engines.runtime.session import Session

from engines.runtime.requests import Request, file_for

PATIENCE = 3.0
"""Seconds that nothing must have run before a proof begins."""

LONGEST_END = 1.0
"""Seconds that the end of a process waits for the thread: it may be looking for devices, whose children end with the process."""

SPOT_EVERY = 100
"""One call of so many is done again by the processor (dispatch.md §6): a device may have been right once and not be now."""


@dataclass(frozen=True)
class Spot:
    """One call as a device answered it, to be done again by the processor."""

    request: Request
    candidate: Candidate
    inputs: Mapping[str, NDArray[Any]]
    outputs: Mapping[str, NDArray[Any]]


class Broker:
    """Devices, ledger and pool of one process. Everything may be called from any thread."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        compiled: Contexts,
        rule: Rule,
        *,
        pool: Pool | None = None,
        look: Callable[[], Found] | None = None,
        recall: Callable[[], Found] | None = None,
    ) -> None:
        self._open_ledger = ledger
        self.contexts = compiled
        self.rule = rule
        self.pool = pool or Pool()
        self._runs = 0
        self.barren = False
        """Whether it is known that there is no device but the processor, not even a simulated one."""
        self._look = look or (lambda: discover(pythons=rule.pythons))
        self._recall = recall or look or (lambda: discover(pythons=rule.pythons, cached_only=True))
        self._lock = threading.RLock()
        self._proving = threading.Lock()
        self._found: Found | None = None
        self._sessions: weakref.WeakSet[Session] = weakref.WeakSet()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._closed = Cancel()
        self._quiet_since = time.monotonic()
        self._setbacks: set[str] = set()
        self._lost: set[str] = set()
        self._uncompiled: set[str] = set()
        self._calls = 0
        self._spot: Spot | None = None

    @cached_property
    def ledger(self) -> Ledger:
        """What was proved. It is opened at the first question: a computer without devices never gets the file."""
        opened = self._open_ledger()
        opened.interrupted(boot_id())
        return opened

    # --- what is here, and how it stands ---

    @property
    def found(self) -> Found:
        """The devices of this machine; the first look may take as long as its time limit."""
        with self._lock:
            if self._found is None:
                self._found = self._look()
            return self._found

    @property
    def has_devices(self) -> bool:
        """Whether a device is known, from an earlier look if not from this process's own; starts no look."""
        with self._lock:
            if self._found is None and (known := self._recall()).from_cache:
                self._found = known
            return self._found is not None and bool(self.devices())

    def seconds_to_load(self, candidate: Candidate) -> float:
        """How long it took until the first answer when it was proved."""
        verdict = self.ledger.verdict(candidate.fingerprint)
        return math.inf if verdict is None or verdict.first_seconds is None else verdict.first_seconds

    @property
    def policy(self) -> Policy:
        """What matters: as the person set it; by default the battery where the computer runs on one."""
        if self.rule.policy != "auto":
            return Policy(self.rule.policy)
        return Policy.BATTERY if on_battery() else Policy.BALANCED

    def devices(self, asked: DeviceName | None = None) -> tuple[Device, ...]:
        """The devices that may be used: none but simulated ones that were not asked for are left out."""
        if two_runtimes(installed_owners()):
            return ()
        return tuple(d for d in self.found.devices if (matches(d, asked) if asked else not d.simulated))

    def standings(self, request: Request, bucket: Bucket, asked: DeviceName | None = None) -> list[Standing]:
        """Every way to run `request` at the sizes of `bucket` on a device, with what is known of it."""
        found = []
        for device in self.devices(asked or request.asked):
            candidate = self.candidate(request, bucket, device)
            found.append(
                Standing(
                    candidate,
                    self.ledger.verdict(candidate.fingerprint),
                    self.ledger.quarantined(candidate.fingerprint, device),
                )
            )
        return found

    def candidate(self, request: Request, bucket: Bucket, device: Device) -> Candidate:
        """How `device` would run `request`: the file that is meant for its kind, or the processor's."""
        file, precision = file_for(request, device)
        setup = Setup(device, file, bucket)
        return Candidate(device, file, bucket, precision, fingerprint(setup, file_sha256(file, self.ledger)))

    def choice(self, request: Request, bucket: Bucket) -> Choice:
        """Who runs `request` at the sizes of `bucket`."""
        made = choose(self.standings(request, bucket), self.policy, request.asked)
        kept = tuple(c for c in made.usable if not self._set_back(c))
        return replace(made, usable=kept)

    def refusals(self) -> tuple[Refusal, ...]:
        """What was met while looking for devices."""
        mixed = two_runtimes(installed_owners())
        if mixed:
            return (Refusal(DeviceName("gpu"), Reason.TWO_RUNTIMES, mixed),)
        return self.found.refusals if self._found is not None else ()

    # --- running ---

    def load(self, request: Request, candidate: Candidate, cancel: Cancel | None = None) -> Remote:
        """`candidate`, loaded in a worker. Raises `DeviceFailed` and `Cancelled`."""
        provides = provider(candidate.device.provider)
        setup = Setup(candidate.device, candidate.file, candidate.shapes, request.threads, request.mode)
        if provides.compiles:
            setup = replace(setup, context=self._compiled(setup, cancel))
        quiet = request.mode is Mode.QUIET
        return ahead.loaded(
            self.contexts,
            setup,
            lambda one: self.pool.load(one, deadline=provides.load_seconds, cancel=cancel, quiet=quiet),
            lambda failure: failure.reason not in (Reason.CRASH, Reason.HANG),
        )

    def _compiled(self, setup: Setup, cancel: Cancel | None) -> Path | None:
        """The compiled form of a model, made now if there is none; None where it can't be had, which is tried once."""
        key = ahead.key_of(setup, file_sha256(setup.file, self.ledger))
        if key in self._uncompiled:
            return None
        try:
            return ahead.compiled(self.contexts, setup, key, quiet=setup.mode is Mode.QUIET, cancel=cancel)
        except DeviceFailed:
            self._uncompiled.add(key)
            return None

    def remember(self, candidate: Candidate, failure: DeviceFailed) -> None:
        """A run on `candidate` failed: the ledger counts it, and what will not get better is not tried again."""
        lost = failure.reason is Reason.DEVICE_LOST
        with self._lock:
            # A device may be lost once, as after a sleep; whatever else goes wrong is not tried again in this process.
            if not lost or candidate.fingerprint in self._lost:
                self._setbacks.add(candidate.fingerprint)
            if lost:
                self._lost.add(candidate.fingerprint)
        if failure.reason is Reason.WRONG:
            before = self.ledger.verdict(candidate.fingerprint)
            if before is not None:
                self.ledger.record(
                    replace(before, at=time.time(), passed=False, reason=Reason.WRONG, text=failure.text)
                )
        else:
            self.ledger.strike(candidate.fingerprint, candidate.device, failure.reason, failure.text, probing=False)

    def forgive(self) -> None:
        """Try again whatever failed, in this process and before."""
        with self._lock:
            self._setbacks.clear()
            self._lost.clear()
        self.ledger.forgive()

    def _set_back(self, candidate: Candidate) -> bool:
        with self._lock:
            return candidate.fingerprint in self._setbacks

    # --- proving ---

    def prove(self, request: Request, candidate: Candidate, progress: Progress | None = None) -> Verdict:
        """Prove `candidate` now; one proof at a time. Raises `Cancelled`."""
        trial = Trial(candidate, request.model, request.file, request.threads)
        with self._proving:
            return prove(trial, ledger=self.ledger, contexts=self.contexts, progress=progress)

    # --- spot checks ---

    def answered(self, spot: Spot) -> None:
        """A device answered: every `SPOT_EVERY`th time the processor does the same call again, once nothing runs."""
        with self._lock:
            self._calls += 1
            if self._calls % SPOT_EVERY or self._spot is not None:
                return
            copies = {name: array.copy() for name, array in spot.inputs.items()}
            self._spot = replace(spot, inputs=copies)
        self._wake.set()

    def _check_spot(self) -> bool:
        """Do the call again on the processor with the same file; whether there was one to do."""
        with self._lock:
            spot = self._spot
        if spot is None or not self._quiet():
            return False
        loaded = Cpu().load(spot.candidate.file, Plan(1, 1))
        wanted = loaded.run(spot.inputs, None)
        loaded.close()
        found = compare(spot.request.model.task, [wanted], [dict(spot.outputs)], quantised=spot.candidate.quantised)
        with self._lock:
            self._spot = None
        if not found.passed:
            self.remember(spot.candidate, DeviceFailed(Reason.WRONG, found.text))
            for session in list(self._sessions):
                session.leave(spot.candidate)
        return True

    # --- the thread ---

    def want(self, session: Session) -> None:
        """`session` would like a better device; it is told by its `upgrade` when there is something to look at."""
        with self._lock:
            self._sessions.add(session)
            if self._thread is None and not self._closed.cancelled:
                self._thread = threading.Thread(target=self._work, name="homespun-devices", daemon=True)
                self._thread.start()
        self._wake.set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """A block in which a model runs: nothing is proved meanwhile."""
        with self._lock:
            self._runs += 1
        try:
            yield
        finally:
            with self._lock:
                self._runs -= 1
                self._quiet_since = time.monotonic()

    def _work(self) -> None:
        try:
            while not self._closed.cancelled and self.devices():
                self._wake.clear()
                for session in list(self._sessions):
                    session.upgrade()
                if not (self._check_spot() or self._prove_next()):
                    self._wake.wait()
            self.barren = not self._closed.cancelled and not self.found.devices
        except Exception:
            if not self._closed.cancelled:  # at the end of a process everything is taken from under its feet
                raise

    def _prove_next(self) -> bool:
        """Prove one thing that a session would like, once nothing has run for a while; whether there was one."""
        if self.rule.prove != "background" or on_battery():
            return False
        wished = next(((s.request, c) for s in list(self._sessions) for c in s.unproved()), None)
        if wished is None:
            return False
        if not self._quiet():
            return False
        try:
            self.prove(*wished, progress=Progress(cancel=self._closed))
        except Cancelled:
            return False
        return True

    def _quiet(self) -> bool:
        """Wait until nothing has run for a while; False when the process ends before."""
        while self._runs or time.monotonic() - self._quiet_since < PATIENCE:
            if self._closed.cancelled:
                return False
            time.sleep(0.2)
        return True

    def close(self) -> None:
        """End the thread and all workers."""
        self._closed.cancel()
        self._wake.set()
        self.pool.close()
        if self._thread is not None:
            self._thread.join(LONGEST_END)
        if "ledger" in vars(self):
            self.ledger.close()


_OWN: Broker | None = None
_OWN_LOCK = threading.Lock()


def broker() -> Broker:
    """This process's broker."""
    global _OWN  # noqa: PLW0603 - one a process, because devices are
    with _OWN_LOCK:
        if _OWN is None:
            places = folders()
            rule = load_settings(places.settings).devices
            _OWN = Broker(lambda: Ledger(places.ledger), contexts(), rule)
            atexit.register(forget_broker)
        return _OWN


def forget_broker() -> None:
    """Close this process's broker; the next use makes a new one."""
    global _OWN  # noqa: PLW0603
    with _OWN_LOCK:
        if _OWN is not None:
            _OWN.close()
            _OWN = None
