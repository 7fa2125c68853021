"""Why a device is not used, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engines.runtime import probe, reasons
from engines.runtime.contract import DeviceName, Kind, Reason
from engines.runtime.proof import LEAST_SHARE, MOST_CROSSINGS, Quarantine, Verdict
from engines.runtime.reasons import SEEN, sentence, slow
from tests.engines.runtime.fake_provider import device

NPU = replace(device(), title="Hexagon NPU (QNN)")


def verdict(reason: Reason, **about: object) -> Verdict:
    """A verdict against the NPU."""
    told = {"measure": "PSNR dB", **about}
    return Verdict("f", 0.0, "m", "m.onnx", "", NPU.name, NPU.provider, passed=False, reason=reason, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_whole_sentence_that_names_the_device(reason: Reason) -> None:
    told = sentence(reason, NPU)

    assert told.startswith("Hexagon NPU (QNN) is not used: ")
    assert told.endswith((".", "`."))
    assert "  " not in told
    assert "None" not in told


def test_wrong_numbers_are_told_with_what_was_needed() -> None:
    text = "PSNR is 13.1 at worst (large of sample 2); at least 45 is asked for."
    told = sentence(Reason.WRONG, NPU, verdict(Reason.WRONG, value=13.1, text=text))

    assert "gives other results than the CPU (13.1 dB where 45 are needed)" in told


def test_vectors_that_point_elsewhere_are_told_as_cosines() -> None:
    text = "cosine is 0.95123 at worst (sample 3); at least 0.999 is asked for."
    told = sentence(Reason.WRONG, NPU, verdict(Reason.WRONG, measure="cosine", value=0.95123, text=text))

    assert "(cosine 0.9512 where 0.999 is needed)" in told


def test_an_output_of_one_value_is_told_as_it_is() -> None:
    told = sentence(
        Reason.WRONG, NPU, verdict(Reason.WRONG, value=0.0, text="large of sample 1 is one value all over.")
    )

    assert "(large of sample 1 is one value all over)" in told


def test_a_part_of_the_work_and_many_crossings_are_told_with_their_gates() -> None:
    told = sentence(Reason.PARTIAL, NPU, verdict(Reason.PARTIAL, share=0.71, crossings=12))

    assert "71 % of the work itself, where 95 % are needed" in told
    assert "12 times, where 4 are bearable" in told
    crossings = sentence(Reason.PARTIAL, NPU, verdict(Reason.PARTIAL, share=0.99, crossings=9))
    assert "%" not in crossings


def test_slowness_is_told_by_its_cause() -> None:
    assert "it would have to save a fifth" in slow(90, 100, 1)
    assert "40 s until its first answer" in slow(10, 100, 40)
    assert "slow calls" in slow(10, 100, 1)


def test_a_quarantine_says_until_when_and_how_to_end_it() -> None:
    put = Quarantine("model:f", DeviceName("fake:npu"), Reason.CRASH, 1_800_000_000.0, "", 2, "f", "m")

    told = sentence(Reason.QUARANTINED, NPU, None, put)

    assert "until 15 January 2027" in told
    assert SEEN[Reason.CRASH] in told
    assert "homespun devices --forgive fake:npu" in told
    assert "until its driver changes" in sentence(Reason.QUARANTINED, NPU, None, replace(put, until=None))


def test_the_gates_that_a_person_is_told_are_those_of_the_proof() -> None:
    assert LEAST_SHARE * 100 == reasons.LEAST_SHARE
    assert reasons.MOST_CROSSINGS == MOST_CROSSINGS
    assert reasons.FASTER == probe.FASTER
    assert reasons.FIRST_SECONDS == probe.FIRST_SECONDS
    assert Kind.NPU.value == "npu"
