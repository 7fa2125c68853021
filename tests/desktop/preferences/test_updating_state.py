"""The part "Updates": nobody is asked unless the person wants it, and each answer is said in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.words import speak
from desktop.workers import Ended, Event
from tests.desktop.preferences.parts import NOW, STANDING, Parts

CHECKED = {**STANDING, "verdict": "newest", "found": "1.1.0", "bytes": 0, "notes": {}, "checked": NOW.isoformat()}
NEWER = {**CHECKED, "verdict": "newer", "found": "1.2.0", "bytes": 270_000_000, "notes": {"en": "Faster."}}


def looked(**more: Any) -> Parts:
    """The part after its first look at what is here."""
    parts = Parts()
    parts.updating.refresh()
    parts.asked("update_status").then(Event(Ended.DONE, {**STANDING, **more}))
    return parts


def checked(told: Any, **more: Any) -> Parts:
    """After the button was pressed, and that answer came."""
    parts = looked(**more)
    parts.updating.do("check")
    parts.asked("update_check").then(Event(Ended.DONE, {**told, **more}))
    return parts


def note(parts: Parts) -> str:
    """What the first row says."""
    return next(iter(parts.updating.rows())).note


def acts(parts: Parts) -> list[str]:
    """What its buttons are called."""
    return [one.words for one in next(iter(parts.updating.rows())).actions]


def test_showing_the_page_asks_no_server() -> None:
    parts = looked()
    parts.updating.refresh()
    assert {call.do for call in parts.server.calls} == {"update_status"}
    assert note(parts) == "Nobody has asked yet whether there is a newer version."
    assert acts(parts) == ["Check now"]


@pytest.mark.parametrize(
    ("told", "words", "buttons"),
    [
        (CHECKED, "This is the newest version.", ["Check now"]),
        (NEWER, "Homespun 1.2.0 is there, 270 MB. Faster.", ["Install", "Check now"]),
        ({**NEWER, "verdict": "by hand"}, "Homespun 1.2.0 is there.", ["Check now"]),
        ({**NEWER, "verdict": "installer"}, "Homespun 1.2.0 is there. Run its installer to have it.", ["Check now"]),
        ({**NEWER, "verdict": "refused"}, "Homespun 1.2.0 was taken back on this computer.", ["Check now"]),
    ],
)
def test_each_answer_is_said_and_offers_what_can_be_done(told: Any, words: str, buttons: list[str]) -> None:
    parts = checked(told)
    assert note(parts) == words
    assert acts(parts) == buttons


def test_a_server_that_can_not_be_believed_is_said_with_what_to_do() -> None:
    parts = looked()
    parts.updating.do("check")
    assert note(parts) == "Asking …"
    told = {"what": "x shows an older day than before.", "todo": "Try again later.", "code": 5, "error": "NetworkError"}
    parts.asked("update_check").then(Event(Ended.FAILED, told))
    assert note(parts) == "x shows an older day than before. Try again later."
    assert acts(parts) == ["Check now"]


def test_installing_says_its_steps_can_be_stopped_and_ends_with_what_comes_next() -> None:
    parts = checked(NEWER)
    parts.updating.do("install")
    call = parts.asked("update_install")
    call.then(Event(Ended.PART, {"step": "download"}))
    call.then(Event(Ended.PROGRESS, {"done": 135, "total": 270, "note": ""}))
    assert note(parts) == "Downloading 50 %"
    assert acts(parts) == ["Stop"]
    parts.updating.do("stop")
    assert call.cancelled
    call.then(Event(Ended.CANCELLED, {}))
    assert acts(parts) == ["Install", "Check now"]
    parts.updating.do("install")
    done = {**NEWER, "next": "1.2.0", "previous": "1.1.0", "installed": "1.2.0"}
    parts.asked("update_install").then(Event(Ended.DONE, done))
    assert note(parts) == "Homespun 1.2.0 starts the next time."
    assert acts(parts) == ["Check now", "Back to 1.1.0"]


def test_going_back_says_which_version_starts() -> None:
    parts = looked(previous="1.0.0")
    assert acts(parts) == ["Check now", "Back to 1.0.0"]
    parts.updating.do("back")
    parts.asked("update_back").then(Event(Ended.DONE, {**STANDING, "next": "1.0.0", "left": "1.1.0"}))
    assert note(parts) == "Homespun 1.0.0 starts the next time."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("deb", "With the updates of the system, or as a newer package."),
        ("wheel", "By pipx upgrade homespun, or the way this one came."),
        ("checkout", "By git pull, then python3 -m installer setup."),
    ],
)
def test_what_comes_by_another_way_says_so_and_offers_no_check_that_can_not_be(kind: str, words: str) -> None:
    parts = looked(kind=kind, why_not="No key.", server="")
    rows = list(parts.updating.rows())
    assert rows[0].note == "This copy doesn’t ask for newer versions."
    assert rows[0].actions == ()
    assert rows[1].note == words


def test_once_a_week_it_asks_by_itself_only_if_the_person_said_so() -> None:
    parts = Parts()
    parts.updating.begin()
    parts.clock.pass_by(14 * 86_400)
    assert parts.server.calls == []
    parts.often = "weekly"
    parts.clock.pass_by(3_600)
    parts.asked("update_status").then(Event(Ended.DONE, STANDING))
    parts.asked("update_check").then(Event(Ended.DONE, NEWER))
    assert parts.found == ["1.2.0"]
    checks = sum(call.do == "update_check" for call in parts.server.calls)
    parts.moment = NOW + timedelta(days=6)
    parts.clock.pass_by(3_600)
    parts.asked("update_status").then(Event(Ended.DONE, {**STANDING, "checked": NOW.isoformat()}))
    assert sum(call.do == "update_check" for call in parts.server.calls) == checks
    parts.moment = NOW + timedelta(days=7)
    parts.clock.pass_by(3_600)
    parts.asked("update_status").then(Event(Ended.DONE, {**STANDING, "checked": NOW.isoformat()}))
    assert sum(call.do == "update_check" for call in parts.server.calls) == checks + 1


def test_an_old_check_is_told_with_its_day() -> None:
    speak("de")
    parts = looked(checked=NOW.isoformat(), newest="1.1.0")
    assert note(parts).startswith("Zuletzt gefragt ")
    assert note(parts).endswith(", die neueste war 1.1.0.")
