"""From `open_model().run()` down to a process that fails: the right numbers come out, and the reason is known."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.runtime.contract import CPU, Device, Kind, Policy, Reason
from engines.runtime.session import DeviceRefused
from homespun.settings import Devices
from tests.engines.runtime.conftest import Machine, wait_for
from tests.engines.runtime.fake_provider import Fault, device, set_fault

Rows = NDArray[np.float32]


def quick(fault: Fault = Fault.OK, *, name: str = "fake:npu", **options: str) -> Device:
    """A device whose numbers are the processor's."""
    return device(fault, name=name, kind=Kind.NPU, provider="fake", compute="cpu", **options)


def right(got: Rows, given: Rows) -> bool:
    """Whether the chain of forty halvings came out."""
    return bool(np.allclose(got, given / np.float32(2.0**40), rtol=1e-5))


@pytest.fixture
def generous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A speed gate that lets the fake device through, which is the processor behind a pipe."""
    from engines.runtime import probe

    monkeypatch.setattr(probe, "FASTER", 1000.0)
    monkeypatch.setattr(probe, "STEADY", 1000.0)


@pytest.mark.usefixtures("generous")
def test_a_session_answers_at_once_on_the_cpu_and_moves_over_once_the_proof_is_in(
    machine: Machine, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.runtime.broker.PATIENCE", 0.05)
    machine.devices = [quick()]
    machine.rule = Devices(prove="background")
    broker = machine.broker()
    with machine.session(broker) as session:
        first = session.run({"x": rows})
        assert first.device == CPU
        wait_for(lambda: session.run({"x": rows}).device == "fake:npu", 60, every=0.3)
        last = session.run({"x": rows})
        assert right(last.outputs["y"], rows)
        assert last.fell_back_from is None
        assert "Fake NPU" in session.why().sentences[0]


@pytest.mark.usefixtures("generous")
def test_what_one_process_proved_the_next_one_uses_without_another_proof(machine: Machine, rows: Rows) -> None:
    machine.devices = [quick()]
    first = machine.broker()
    request = machine.request()
    candidate = first.candidate(request, request.buckets[0], machine.devices[0])
    verdict = first.prove(request, candidate)
    assert verdict.passed, verdict
    assert verdict.share == 1.0
    assert (verdict.value or 0) >= 50
    first.close()
    second = machine.broker()
    with machine.session(second) as session:
        wait_for(lambda: session.run({"x": rows}).device == "fake:npu")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.SILENT_CPU, Reason.SILENT_CPU),
        (Fault.PARTIAL, Reason.PARTIAL),
        (Fault.UNKNOWN_PLACEMENT, Reason.UNKNOWN_PLACEMENT),
        (Fault.WRONG_NOISE, Reason.WRONG),
        (Fault.WRONG_BLACK, Reason.WRONG),
        (Fault.WRONG_NAN, Reason.WRONG),
        (Fault.WRONG_SHAPE, Reason.WRONG),
        (Fault.SLOW, Reason.SLOW),
        (Fault.RAISE, Reason.FAILED),
        (Fault.SEGV, Reason.CRASH),
        (Fault.ABORT, Reason.CRASH),
        (Fault.EXIT, Reason.CRASH),
        (Fault.HANG, Reason.HANG),
        (Fault.HANG_IGNORING_TERMINATE, Reason.HANG),
        (Fault.DEVICE_LOST, Reason.DEVICE_LOST),
        (Fault.OUT_OF_MEMORY, Reason.NO_MEMORY),
        (Fault.CRASH_AT_LOAD, Reason.CRASH),
        (Fault.HANG_AT_LOAD, Reason.HANG),
        (Fault.RAISE_AT_LOAD, Reason.FAILED),
        (Fault.NO_BACKEND_AT_LOAD, Reason.NO_BACKEND),
    ],
)
def test_a_device_that_does_wrong_is_refused_for_that_reason_and_the_cpu_answers(
    machine: Machine, rows: Rows, fault: Fault, reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engines.runtime import probe
    from tests.engines.runtime.fake_provider import Fake

    monkeypatch.setattr(probe, "RUN_SECONDS", 1.0)
    monkeypatch.setattr(Fake, "load_seconds", 1.0)
    monkeypatch.setattr(probe, "ENOUGH_SECONDS", 1.0)
    machine.devices = [quick(fault, seconds="0.3")]
    broker = machine.broker()
    request = machine.request()
    candidate = broker.candidate(request, request.buckets[0], machine.devices[0])
    verdict = broker.prove(request, candidate)
    assert (verdict.passed, verdict.reason) == (False, reason)
    held = broker.ledger.quarantined(candidate.fingerprint, machine.devices[0])
    assert (held is not None) == (reason is Reason.CRASH)
    with machine.session(broker) as session:
        result = session.run({"x": rows})
        assert result.device == CPU
        assert right(result.outputs["y"], rows)
        wait_for(lambda: session.why().refusals)
        (refusal,) = session.why().refusals
        assert refusal.reason in (reason, Reason.QUARANTINED)
        assert refusal.sentence.startswith("Fake NPU is not used")
    assert broker.pool.workers == []


@pytest.mark.parametrize("fault", [Fault.STDERR_FLOOD, Fault.CHATTY, Fault.EXIT_AFTER_RESULT])
@pytest.mark.usefixtures("generous")
def test_noise_around_right_numbers_is_no_reason_to_refuse(machine: Machine, fault: Fault) -> None:
    machine.devices = [quick(fault)]
    broker = machine.broker()
    request = machine.request()
    verdict = broker.prove(request, broker.candidate(request, request.buckets[0], machine.devices[0]))
    # A driver that crashes after its answers is caught by the very next call at the latest.
    assert verdict.passed or (fault is Fault.EXIT_AFTER_RESULT and verdict.reason is Reason.CRASH)


@pytest.mark.parametrize(
    ("fault", "reason", "again"),
    [
        (Fault.WRONG_BLACK, Reason.WRONG, 0),
        (Fault.WRONG_NAN, Reason.WRONG, 0),
        (Fault.RAISE, Reason.FAILED, 0),
        (Fault.SEGV, Reason.CRASH, 0),
        (Fault.ABORT, Reason.CRASH, 0),
        (Fault.HANG, Reason.HANG, 0),
        (Fault.HANG_IGNORING_TERMINATE, Reason.HANG, 0),
        (Fault.DEVICE_LOST, Reason.DEVICE_LOST, 0),
        (Fault.DEVICE_LOST_ONCE, Reason.DEVICE_LOST, 1),
        (Fault.OUT_OF_MEMORY, Reason.NO_MEMORY, 0),
    ],
)
@pytest.mark.usefixtures("generous")
def test_a_proved_device_that_breaks_in_the_middle_costs_a_moment_not_the_answer(
    machine: Machine, rows: Rows, fault: Fault, reason: Reason, again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engines.runtime import session as sessions

    monkeypatch.setattr(sessions, "LEAST_DEADLINE", 0.6)
    faults = machine.folder / "faults"
    machine.devices = [quick(faults=str(faults), marker=str(machine.folder / "marker"))]
    broker = machine.broker()
    request = machine.request()
    assert broker.prove(request, broker.candidate(request, request.buckets[0], machine.devices[0])).passed
    with machine.session(broker) as session:
        wait_for(lambda: session.run({"x": rows}).device == "fake:npu")
        for route in session._routes.values():
            route.deadline = 0.6
        set_fault(faults, fault)
        start = time.monotonic()
        result = session.run({"x": rows})
        took = time.monotonic() - start
        assert right(result.outputs["y"], rows)
        assert result.fell_back_from is not None
        assert result.fell_back_from.reason is reason
        assert result.device == ("fake:npu" if again else CPU)
        assert took < 10
        if not again:
            assert session.run({"x": rows}).fell_back_from is None, "it was tried again with the next run"


@pytest.mark.usefixtures("generous")
def test_the_next_device_takes_over_before_the_cpu_does(machine: Machine, rows: Rows) -> None:
    faults = machine.folder / "faults"
    machine.devices = [quick(faults=str(faults)), quick(name="fake:gpu", other="1")]
    broker = machine.broker()
    request = machine.request()
    for one, milliseconds in zip(machine.devices, (0.01, 0.02), strict=True):
        proof = broker.prove(request, broker.candidate(request, request.buckets[0], one))
        assert proof.passed
        broker.ledger.record(replace(proof, device_ms=milliseconds))
    with machine.session(broker) as session:
        wait_for(lambda: session.run({"x": rows}).device == "fake:npu")
        set_fault(faults, Fault.SEGV)
        result = session.run({"x": rows})
        assert right(result.outputs["y"], rows)
        assert result.device == "fake:gpu"
        assert result.fell_back_from is not None
        assert result.fell_back_from.device == "fake:npu"


@pytest.mark.usefixtures("generous")
def test_a_device_that_was_asked_for_is_proved_first_and_never_replaced_silently(machine: Machine, rows: Rows) -> None:
    faults = machine.folder / "faults"
    machine.devices = [quick(faults=str(faults))]
    broker = machine.broker()
    with machine.session(broker, machine.request(asked="npu")) as session:
        assert session.run({"x": rows}).device == "fake:npu"
        set_fault(faults, Fault.SEGV)
        with pytest.raises(DeviceRefused, match="Fake NPU is not used") as caught:
            session.run({"x": rows})
        assert caught.value.refusal.reason is Reason.CRASH


def test_a_device_that_was_asked_for_and_gives_wrong_numbers_is_refused_aloud(machine: Machine, rows: Rows) -> None:
    machine.devices = [quick(Fault.WRONG_NOISE)]
    with (
        machine.session(machine.broker(), machine.request(asked="fake:npu")) as session,
        pytest.raises(DeviceRefused, match="Fake NPU is not used"),
    ):
        session.run({"x": rows})


def test_asking_for_a_slow_device_is_allowed(machine: Machine, rows: Rows) -> None:
    machine.devices = [quick(Fault.SLOW, seconds="0.05")]
    with machine.session(machine.broker(), machine.request(asked="npu")) as session:
        assert session.run({"x": rows}).device == "fake:npu"


def test_inputs_of_another_size_stay_on_the_cpu(machine: Machine, rows: Rows) -> None:
    machine.devices = [quick()]
    broker = machine.broker()
    with machine.session(broker, machine.request(asked="npu")) as session, pytest.raises(DeviceRefused):
        session.run({"x": rows[:7]})
    with machine.session(broker) as session:
        assert session.run({"x": rows[:7]}).device == CPU


def test_a_simulated_device_is_taken_only_when_it_is_named(machine: Machine, rows: Rows) -> None:
    machine.devices = [replace(quick(), simulated=True)]
    broker = machine.broker()
    with machine.session(broker) as session:
        session.run({"x": rows})
        assert session.unproved() == []
    assert broker.devices() == ()
    assert len(broker.devices(machine.devices[0].name)) == 1


def test_a_job_is_not_moved_to_another_device_halfway(machine: Machine, rows: Rows) -> None:
    machine.devices = [quick()]
    broker = machine.broker()
    with machine.session(broker) as session, session.job({"rows": len(rows)}):
        request = session.request
        broker.prove(request, broker.candidate(request, request.buckets[0], machine.devices[0]))
        session.upgrade()
        assert session.run({"x": rows}).device == CPU


@pytest.mark.usefixtures("generous")
def test_a_device_that_goes_wrong_later_without_a_word_is_caught_by_a_spot_check(
    machine: Machine, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.runtime.broker.PATIENCE", 0.05)
    monkeypatch.setattr("engines.runtime.broker.SPOT_EVERY", 10)
    faults = machine.folder / "faults"
    machine.devices = [quick(faults=str(faults))]
    broker = machine.broker()
    request = machine.request()
    candidate = broker.candidate(request, request.buckets[0], machine.devices[0])
    assert broker.prove(request, candidate).passed
    with machine.session(broker) as session:
        wait_for(lambda: session.run({"x": rows}).device == "fake:npu")
        for _ in range(30):
            session.run({"x": rows})
        wait_for(lambda: broker._spot is None)
        assert session.run({"x": rows}).device == "fake:npu", "right answers were taken for wrong ones"
        set_fault(faults, Fault.WRONG_NOISE)
        for _ in range(20):
            session.run({"x": rows})
        wait_for(lambda: (found := broker.ledger.verdict(candidate.fingerprint)) and found.reason is Reason.WRONG)
        assert session.run({"x": rows}).device == CPU


def test_the_policy_follows_the_setting(machine: Machine) -> None:
    machine.rule = Devices(policy="quality")
    assert machine.broker().policy is Policy.QUALITY


def test_a_machine_without_devices_gets_no_ledger_and_no_process(machine: Machine, rows: Rows) -> None:
    broker = machine.broker()
    with machine.session(broker) as session:
        assert session.run({"x": rows}).device == CPU
        wait_for(lambda: broker._thread is None or not broker._thread.is_alive())
    broker.close()
    assert not (machine.folder / "devices.sqlite").exists()
    assert broker.pool.workers == []
