"""The page Devices as its state sees it: how each device stands, what was tried, what the doctor found."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from desktop.state.device_cards import DeviceCard
from desktop.state.device_words import FINDINGS, REASONS, finding_words
from desktop.state.devices import DevicesState
from desktop.words import LANGUAGES, say, speak
from desktop.workers.client import Ended
from engines.runtime import Reason, checks
from tests.desktop.devices.known import ARC, BOOST, GPU, MORNING, NPU, case, knowing, line, model, verdict
from tests.desktop.devices.scripted import ScriptedWorker
from tests.desktop.main.fakes import KnownDoors

TODAY = date(2026, 11, 30)


class Page:
    """A state that has looked, its worker and its app."""

    def __init__(self, worker: ScriptedWorker) -> None:
        self.worker, self.doors = worker, KnownDoors()
        self.today = TODAY
        self.state = DevicesState(worker, self.doors, today=lambda: self.today)
        self.state.refresh()

    def card(self, name: str) -> DeviceCard:
        return next(one for one in self.state.snapshot().devices if one.name == name)

    def words(self, name: str) -> list[str]:
        return [one.words for one in self.card(name).standings]

    @property
    def said(self) -> str:
        notice = self.state.snapshot().notice
        return notice.words if notice is not None else ""


def page(devices: Sequence[dict[str, Any]] = (ARC,), *models: dict[str, Any], use: str = "auto") -> Page:
    return Page(knowing(devices, models, use))


def enlarger(*lines: dict[str, Any], file: str = "x2.onnx") -> dict[str, Any]:
    return model("enlarge-faithful", *(case(file, [one], height=128, width=128) for one in lines))


def test_a_computer_with_a_processor_alone_is_told_so_calmly() -> None:
    here = page((), model("all-minilm-l6-v2", case("model.onnx", [], batch=1, tokens=32)))
    shown = here.state.snapshot()

    assert [one.name for one in shown.devices] == ["cpu"]
    assert shown.devices[0].state == "Runs everything"
    assert shown.devices[0].note == "Runs: Search by meaning, English"
    assert shown.calm is not None
    assert shown.calm.words.endswith("Everything works on the processor.")
    assert (shown.main.act, shown.main.accent) == ("look", False)


def test_a_proved_device_says_how_much_faster_it_is_and_when_that_was_measured() -> None:
    here = page((ARC,), enlarger(line(GPU, "", verdict(passed=True))))

    assert here.card(GPU).state == "In use"
    assert here.card(GPU).about == "Graphics chip · by OpenVINO · driver 32.0"
    assert here.card(GPU).standings[0].name == "Enlarge, true to the picture ×2"
    assert here.words(GPU) == ["3.2× faster than the processor, checked today"]
    here.today = date(2026, 12, 1)
    assert here.words(GPU) == ["3.2× faster than the processor, checked yesterday"]
    here.today = date(2027, 2, 1)
    assert here.words(GPU) == ["3.2× faster than the processor, checked on 30 November 2026"]


def test_several_sizes_are_one_row_with_the_range_and_how_many_are_proved() -> None:
    lines = (
        line(GPU, "", verdict(passed=True, device_ms=4.0)),
        line(GPU, "", verdict(passed=True, device_ms=2.0)),
        line(GPU, "slow", verdict(passed=False, reason="slow", device_ms=7.0)),
    )
    here = page((ARC,), enlarger(*lines))

    assert here.words(GPU) == ["2.0 to 4.0× faster than the processor, at 2 of 3 sizes, checked today"]
    trials = here.card(GPU).standings[0].trials
    assert [one.size for one in trials] == ["128 × 128 pixels, exact"] * 3
    assert [(one.here, one.processor, one.share) for one in trials][2] == ("7.0 ms", "8.0 ms", "100 %")
    assert trials[2].reason == "it takes 7.0 ms, the processor 8.0 ms; it would have to save a fifth"
    assert trials[0].reason == ""


def test_each_factor_of_an_enlarger_has_its_own_row() -> None:
    both = model(
        "enlarge-faithful",
        case("x2.onnx", [line(GPU, "", verdict(passed=True))], height=128, width=128),
        case("x4.onnx", [line(GPU, "crash", verdict(passed=False, reason="crash"))], height=128, width=128),
    )
    here = page((ARC,), both)

    assert [one.name[-2:] for one in here.card(GPU).standings] == ["×2", "×4"]
    assert here.words(GPU)[1] == "Not used: its driver crashed; nothing else was harmed."


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            verdict(passed=False, reason="partial", share=0.62),
            "it would do 62 % of the work itself, and 95 % are needed",
        ),
        (
            verdict(passed=False, reason="wrong", value=31.2, text="31.2; at least 50.0 is asked for"),
            "its result differs from the processor’s (PSNR 31.2 dB, needed 50.0 dB)",
        ),
        (
            verdict(passed=False, reason="wrong", measure="cosine", value=0.9812, text="at least 0.999 is asked for"),
            "its result differs from the processor’s (cosine 0.9812, needed 0.999)",
        ),
        (
            verdict(passed=False, reason="slow", device_ms=4.0, first_seconds=41.0),
            "it needs over 30 s until its first answer",
        ),
        (
            verdict(passed=False, reason="slow", device_ms=4.0),
            "it is quicker as a rule, but slower than the processor at times",
        ),
    ],
)
def test_a_refusal_says_what_was_measured(found: dict[str, Any], words: str) -> None:
    here = page((ARC,), enlarger(line(GPU, found["reason"], found)))

    assert here.words(GPU) == [f"Not used: {words}."]
    assert here.card(GPU).state == "Not used"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_reason_has_words_that_name_no_command(spoken: str) -> None:
    speak(spoken)
    assert set(REASONS) == {one.value for one in Reason}
    for word in REASONS.values():
        assert "`" not in say(word)


def test_every_finding_of_the_doctor_has_words() -> None:
    code = inspect.getsource(checks)
    named = set(re.findall(r'Finding\(\s*"([a-z-]+)"', code))

    assert named >= {"two-runtimes", "space", "quarantine"}, "the pattern still finds them"
    assert named == set(FINDINGS)
    assert all(finding_words("provider-no-device"))


def test_a_device_in_quarantine_says_until_when_and_may_be_let_out() -> None:
    held = {"until": MORNING + 5 * 86_400, "reason": "crash", "strikes": 2}
    here = page((BOOST,), enlarger(line(NPU, "quarantined", None, held)))
    card = here.card(NPU)

    assert here.words(NPU)[0].endswith("it is left alone until 5 December 2026.")
    assert card.standings[0].trials == (), "nothing was measured, so there is nothing to unfold"
    assert card.note.startswith("Nobody has tried Homespun on such hardware")
    here.state.do(card.actions[0].act)
    assert (here.worker.last.do, here.worker.last.told) == ("forgive", {"device": NPU})
    here.worker.last.say(Ended.DONE, {"lifted": 1})
    assert here.worker.calls[-1].do == "stand"
    assert here.said.startswith("It may try again.")


def test_a_simulated_device_is_called_that_and_needs_no_trial() -> None:
    here = page(({**ARC, "simulated": True},), enlarger(line(GPU, "not-proved")))

    assert here.card(GPU).state == "Simulated"
    assert here.state.snapshot().calm is not None


def test_devices_that_are_switched_off_are_said_to_be() -> None:
    here = page((ARC,), enlarger(line(GPU, "", verdict(passed=True))), use="cpu")
    shown = here.state.snapshot()

    assert here.card(GPU).state == "Switched off"
    assert here.card("cpu").state == "Runs everything"
    assert shown.calm is not None
    assert "because Settings say so" in shown.calm.words


def test_what_was_never_tried_is_tried_first_and_later_everything_again() -> None:
    new = page((ARC,), enlarger(line(GPU, "not-proved")))
    old = page((ARC,), enlarger(line(GPU, "", verdict(passed=True))))

    assert (new.state.snapshot().main.words, new.card(GPU).state) == ("Try them now", "Not tried yet")
    assert new.words(GPU) == ["Not tried yet"]
    assert old.state.snapshot().main.words == "Check again"
    new.state.do("probe")
    old.state.do("again")
    assert [one.worker.last.told for one in (new, old)] == [{"again": False}, {"again": True}]


def test_a_trial_says_what_it_tries_and_how_far_it_is() -> None:
    here = page((ARC,), enlarger(line(GPU, "not-proved")))
    here.state.do("probe")
    assert here.state.snapshot().progress is not None
    here.worker.last.say(Ended.PROGRESS, {"done": 250, "total": 1000, "note": '["enlarge-faithful", "Intel Arc"]'})
    progress = here.state.snapshot().progress

    assert progress is not None
    assert progress.words == "Trying “Enlarge, true to the picture” on Intel Arc, 3 of 10"
    assert progress.share == 0.25
    here.worker.last.say(Ended.DONE, {"tried": 10, "passed": 4, "total": 10})
    assert here.said == "Tried 10 cases; 4 are faster with the same result."
    assert here.worker.last.do == "stand", "the cards are brought up to date"
    assert here.state.snapshot().progress is None


def test_a_stopped_trial_keeps_what_it_has_found() -> None:
    here = page((ARC,), enlarger(line(GPU, "not-proved")))
    here.state.do("probe")
    call = here.worker.last
    call.say(Ended.PART, {"tried": 3, "passed": 1, "total": 10})
    here.state.do("stop")
    assert call.cancelled
    progress = here.state.snapshot().progress
    assert progress is not None
    assert progress.words == "Stopping after this step"
    call.say(Ended.CANCELLED)

    assert here.said == "Stopped. 3 cases were tried; what they showed is kept."
    assert here.worker.last.do == "stand"


def test_two_things_are_not_done_at_once() -> None:
    here = page((ARC,), enlarger(line(GPU, "not-proved")))
    here.state.do("probe")
    before = len(here.worker.calls)
    here.state.do("examine")
    here.state.refresh()

    assert len(here.worker.calls) == before


def examined(here: Page, *found: dict[str, Any], well: bool = True) -> None:
    here.worker.answers["examine"] = [(Ended.DONE, {"well": well, "findings": list(found), "report": '{"a": 1}'})]
    here.state.do("examine")


def test_an_examination_without_findings_says_that_all_is_well() -> None:
    here = page()
    examined(here)

    assert here.state.snapshot().doctor.well == "All is well. Nothing has to be done."


def test_a_finding_says_what_is_so_what_helps_and_leads_there() -> None:
    here = page()
    told = {"name": "space", "urgent": True, "what": "There is little room: 1 MB.", "todo": "`homespun models list`"}
    examined(here, told, well=False)
    (found,) = here.state.snapshot().doctor.findings

    assert found.title == "Little room is left on the disk"
    assert found.tone == "danger"
    assert found.detail == "There is little room: 1 MB.", "the command has a button instead"
    assert found.action is not None
    here.state.do(found.action.act)
    assert here.doors.asked == [("show", "models")]


def test_a_remedy_that_is_a_command_is_told_word_for_word() -> None:
    here = page()
    examined(here, {"name": "no-package", "urgent": False, "what": "A chip.", "todo": "`pip install it` brings one."})

    assert here.state.snapshot().doctor.findings[0].detail == "A chip. `pip install it` brings one."


def test_a_finding_younger_than_these_words_speaks_for_itself() -> None:
    here = page()
    examined(here, {"name": "brand-new", "urgent": False, "what": "Something new.", "todo": "Do something."})
    (found,) = here.state.snapshot().doctor.findings

    assert (found.title, found.todo, found.detail) == ("Something new.", "Do something.", "")


def test_mending_examines_once_more() -> None:
    here = page()
    here.worker.answers["mend"] = [(Ended.DONE, {"mended": 2})]
    here.worker.answers["examine"] = [(Ended.DONE, {"well": True, "findings": [], "report": "{}"})]
    here.state.do("mend")

    assert here.said.startswith("2 damaged files were deleted")
    assert here.worker.count("examine") == 1


def test_details_are_examined_if_need_be_and_copied_and_nothing_is_sent() -> None:
    here = page()
    here.worker.answers["examine"] = [(Ended.DONE, {"well": True, "findings": [], "report": '{"homespun": "1"}'})]
    here.state.do("report")

    assert here.doors.copied == '{"homespun": "1"}'
    assert here.said == "Copied. Nothing was sent."
    here.state.do("report")
    assert here.worker.count("examine") == 1


def test_a_failure_stands_in_the_bar_with_another_try() -> None:
    here = page()
    here.state.do("probe")
    here.worker.last.say(Ended.DIED, {"what": "", "code": 1, "error": "Died"})
    shown = here.state.snapshot()

    assert here.said == say("common.died")
    assert [do.act for do in shown.notice_actions] == ["retry", "details"]
    assert shown.devices, "what is known stays"
    here.state.do("retry")
    assert here.said == ""


def test_in_german_nothing_of_it_is_english() -> None:
    speak("de")
    here = page((ARC,), enlarger(line(GPU, "", verdict(passed=True))))

    assert here.words(GPU) == ["3,2× schneller als der Prozessor, heute geprüft"]
    assert here.card(GPU).about == "Grafikchip · über OpenVINO · Treiber 32.0"
