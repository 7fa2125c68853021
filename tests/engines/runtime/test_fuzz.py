"""Everything that can break breaks, in any order, while four threads work: the numbers are right or the error says why."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from engines.runtime import probe
from engines.runtime import session as sessions
from engines.runtime.broker import Broker
from engines.runtime.proof import Verdict
from engines.runtime.session import DeviceRefused
from tests.engines.runtime.conftest import ROWS, Machine
from tests.engines.runtime.fake_provider import Fault, device, set_fault

SEQUENCES = 500
THREADS = 4
DEPTHS = (38, 40, 42)

LONGEST = 30.0
"""Seconds that one call may take on a machine that is busy with other things. The deadline of a run is 0.4; a call may have to wait
for two new processes and for the three other threads, but never for ever."""

MOMENT = 0.15
"""Seconds that a sequence lasts at least, unless a thread finishes a round before."""

FAULTS = [
    Fault.OK,
    Fault.OK,
    Fault.WRONG_BLACK,
    Fault.WRONG_NAN,
    Fault.WRONG_SHAPE,
    Fault.RAISE,
    Fault.SEGV,
    Fault.ABORT,
    Fault.EXIT,
    Fault.HANG,
    Fault.HANG_IGNORING_TERMINATE,
    Fault.DEVICE_LOST,
    Fault.DEVICE_LOST_ONCE,
    Fault.CRASH_ONCE,
    Fault.OUT_OF_MEMORY,
    Fault.STDERR_FLOOD,
    Fault.CHATTY,
    Fault.EXIT_AFTER_RESULT,
    Fault.CRASH_AT_LOAD,
    Fault.RAISE_AT_LOAD,
]
"""WRONG_NOISE is not among them: numbers that look like numbers are for the proof to find, not for a run."""


def open_files() -> int:
    """Open descriptors of this process."""
    return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0


class Crowd:
    """Threads that open models, run them, and hold the answers against what must come out."""

    def __init__(self, machine: Machine, broker: Broker) -> None:
        self.given = np.random.default_rng(5).random((ROWS, 64), np.float32) * np.float32(2.0**40)
        self.wrong: list[str] = []
        self.used: set[str] = set()
        self.slowest = 0.0
        self.rounds = [0] * THREADS
        self._machine = machine
        self._broker = broker
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(THREADS)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let every thread finish its round."""
        self._over.set()
        for thread in self._threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self._threads), "a thread hangs"

    def _work(self, number: int) -> None:
        own = random.Random(number)
        while not self._over.is_set():
            try:
                self._round(own.choice(DEPTHS), own.choice([None, None, None, "npu"]))
            except BaseException as error:
                self.wrong.append(repr(error))
                raise
            self.rounds[number] += 1

    def _round(self, depth: int, asked: str | None) -> None:
        request = self._machine.request(depth=depth, asked=asked)
        with self._machine.session(self._broker, request) as session, session.job({"rows": ROWS}, patience=60.0):
            for _ in range(2):
                start = time.monotonic()
                try:
                    result = session.run({"x": self.given})
                except DeviceRefused as refused:
                    if asked is None:
                        self.wrong.append(f"{refused} without being asked for a device")
                else:
                    self.used.add(result.device)
                    if not np.allclose(result.outputs["y"], self.given / np.float32(2.0**depth), rtol=1e-5):
                        self.wrong.append(f"wrong numbers from {result.device}")
                self.slowest = max(self.slowest, time.monotonic() - start)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short deadlines, and a speed gate that lets the fake devices through."""
    monkeypatch.setattr(probe, "FASTER", 1000.0)
    monkeypatch.setattr(probe, "STEADY", 1000.0)
    monkeypatch.setattr(sessions, "LEAST_DEADLINE", 0.4)
    monkeypatch.setattr(sessions, "FIRST_DEADLINE", 0.4)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("hasty")
def test_hundreds_of_sequences_of_faults_under_four_threads_give_right_numbers_or_a_typed_error(
    machine: Machine,
) -> None:
    chance = random.Random(11)
    now = [time.time()]
    machine.clock = lambda: now[0]
    machine.back_off = (0.0, 0.0, 0.0)
    switches = [machine.folder / f"faults{number}" for number in range(2)]
    markers = [machine.folder / f"marker{number}" for number in range(2)]
    machine.devices = [
        device(name=name, compute="cpu", faults=str(switch), marker=str(marker), most="100")
        for name, switch, marker in zip(("fake:npu", "fake:gpu"), switches, markers, strict=True)
    ]
    broker = machine.broker()
    proofs = proved(machine, broker)
    before = open_files()
    crowd = Crowd(machine, broker)
    crowd.start()
    try:
        for _ in range(SEQUENCES):
            # What was quarantined is free again: else nothing would be left to break after the first few.
            now[0] += 60 * 24 * 3600.0
            broker.forgive()
            for proof in proofs:
                broker.ledger.record(proof)
            for marker in markers:
                marker.unlink(missing_ok=True)
            for _ in range(chance.randint(1, 3)):
                for switch in switches:
                    set_fault(switch, chance.choice(FAULTS))
                time.sleep(chance.random() * 0.05)
            time_to_break(crowd)
            if crowd.wrong:
                break
    finally:
        crowd.end()
    assert crowd.wrong == []
    assert crowd.used == {"cpu", "fake:npu", "fake:gpu"}
    print(f"slowest call {crowd.slowest:.1f} s, rounds {crowd.rounds}")
    assert crowd.slowest < LONGEST
    assert min(crowd.rounds) > 5, "a thread did next to nothing"
    broker.close()
    assert [one for one in psutil.Process().children(recursive=True) if one.status() != psutil.STATUS_ZOMBIE] == []
    assert open_files() <= before


def proved(machine: Machine, broker: Broker) -> list[Verdict]:
    """Every model proved on every device."""
    requests = [machine.request(depth=depth) for depth in DEPTHS]
    found = [
        broker.prove(request, broker.candidate(request, request.buckets[0], one))
        for request in requests
        for one in machine.devices
    ]
    assert all(proof.passed for proof in found)
    return found


def time_to_break(crowd: Crowd) -> None:
    """Let somebody finish a round, or a moment pass: a sequence may well begin in the middle of what another one broke."""
    seen = sum(crowd.rounds)
    until = time.monotonic() + MOMENT
    while sum(crowd.rounds) == seen and not crowd.wrong and time.monotonic() < until:
        time.sleep(0.002)
