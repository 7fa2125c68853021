"""Who runs a model, given what was proved: rules, without a device in sight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.runtime.contract import Device, DeviceName, Kind, Policy, Reason
from engines.runtime.plan import Candidate, Standing, against, choose, matches
from engines.runtime.proof import Quarantine, Verdict

NPU = Device(DeviceName("qnn:npu"), "qnn", Kind.NPU, "Hexagon NPU")
GPU = Device(DeviceName("directml:gpu"), "directml", Kind.GPU, "Radeon")


def verdict(device: Device, **figures: object) -> Verdict:
    """A proof that was passed in 5 ms where the processor takes 10, unless `figures` say else."""
    told: dict[str, object] = {
        "passed": True,
        "device_ms": 5.0,
        "cpu_ms": 10.0,
        "cpu_seconds": 0.001,
        "cpu_seconds_on_cpu": 0.01,
        **figures,
    }
    return Verdict("f", 0.0, "m", "m.onnx", "", device.name, device.provider, **told)  # type: ignore[arg-type]


def standing(device: Device, proof: Verdict | None = None, precision: str = "int8") -> Standing:
    """A device, and what is known of it."""
    return Standing(Candidate(device, Path("m.onnx"), {}, precision, f"f-{device.name}"), proof)


def test_without_a_proof_nothing_is_used_and_everything_is_to_be_proved() -> None:
    made = choose([standing(NPU), standing(GPU)], Policy.BALANCED)
    assert made.best is None
    assert [one.reason for one in made.refusals] == [Reason.NOT_PROVED] * 2
    assert [one.device.name for one in made.unproved] == ["qnn:npu", "directml:gpu"]


def test_the_quickest_comes_first_and_the_others_stay_in_reserve() -> None:
    made = choose([standing(NPU, verdict(NPU)), standing(GPU, verdict(GPU, device_ms=2.0))], Policy.BALANCED)
    assert [one.device.kind for one in made.usable] == [Kind.GPU, Kind.NPU]


def test_quality_takes_the_more_exact_file_even_when_it_is_slower() -> None:
    exact = standing(GPU, verdict(GPU, device_ms=7.0), "fp16")
    made = choose([standing(NPU, verdict(NPU, device_ms=1.0), "a16w8"), exact], Policy.QUALITY)
    assert made.best is exact.candidate


def test_battery_takes_what_keeps_the_processor_idle() -> None:
    lazy = standing(NPU, verdict(NPU, device_ms=8.0, cpu_seconds=0.0001))
    made = choose([standing(GPU, verdict(GPU, device_ms=1.0, cpu_seconds=0.002)), lazy], Policy.BATTERY)
    assert made.best is lazy.candidate


@pytest.mark.parametrize(
    ("device", "policy", "device_ms", "cpu_seconds", "used"),
    [
        (NPU, Policy.BATTERY, 11.9, 0.001, True),
        (NPU, Policy.BATTERY, 12.1, 0.001, False),
        (NPU, Policy.BATTERY, 11.9, 0.02, False),
        (GPU, Policy.BATTERY, 11.9, 0.001, False),
        (NPU, Policy.BALANCED, 11.9, 0.001, False),
    ],
)
def test_a_slow_npu_may_spare_the_battery_and_nothing_else_may(
    device: Device, policy: Policy, device_ms: float, cpu_seconds: float, used: bool
) -> None:
    slow = verdict(device, passed=False, reason=Reason.SLOW, device_ms=device_ms, cpu_seconds=cpu_seconds)
    assert (choose([standing(device, slow)], policy).best is not None) == used


def test_a_slow_device_is_used_by_who_asks_for_it_and_a_wrong_one_is_not() -> None:
    slow = verdict(GPU, passed=False, reason=Reason.SLOW, device_ms=50.0)
    wrong = verdict(NPU, passed=False, reason=Reason.WRONG)
    assert choose([standing(GPU, slow)], Policy.BALANCED, DeviceName("gpu")).best is not None
    assert choose([standing(NPU, wrong)], Policy.BALANCED, DeviceName("npu")).best is None


def test_quarantine_is_stronger_than_a_proof() -> None:
    held = Quarantine("k", NPU.name, Reason.CRASH, 1e12, "", 2)
    one = replace(standing(NPU, verdict(NPU)), quarantine=held)
    assert against(one, Policy.BALANCED) is Reason.QUARANTINED
    made = choose([one], Policy.BALANCED)
    assert made.unproved == ()
    assert "crashed" in made.refusals[0].sentence


@pytest.mark.parametrize("asked", ["npu", "NPU", "qnn", "qnn:npu"])
def test_a_device_answers_to_its_name_its_kind_and_its_provider(asked: str) -> None:
    assert matches(NPU, asked)
    assert not matches(GPU, asked)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([NPU, GPU]),
            st.one_of(st.none(), st.sampled_from(list(Reason))),
            st.one_of(st.none(), st.floats(0.1, 50)),
            st.booleans(),
        ),
        max_size=6,
    ),
    st.sampled_from(list(Policy)),
)
def test_every_candidate_is_either_usable_or_refused_with_a_sentence(
    told: list[tuple[Device, Reason | None, float | None, bool]], policy: Policy
) -> None:
    standings = [
        standing(device, verdict(device, passed=reason is None, reason=reason, device_ms=ms) if tried else None)
        for device, reason, ms, tried in told
    ]
    made = choose(standings, policy)
    assert len(made.usable) + len(made.refusals) == len(standings)
    assert all(refusal.sentence.endswith((".", "`")) and len(refusal.sentence) > 20 for refusal in made.refusals)
    for candidate in made.usable:
        (proof,) = {one.verdict for one in standings if one.candidate is candidate}
        assert proof is not None
        assert proof.reason in (None, Reason.SLOW)
