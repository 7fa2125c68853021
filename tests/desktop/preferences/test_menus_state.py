"""The part "In menus": what is shown of each file manager, and that nothing is written before a button is pressed."""

from __future__ import annotations

from typing import Any

from desktop.state.preference_parts import LinkRow, SwitchRow
from desktop.words import speak
from desktop.workers import Ended, Event
from tests.desktop.preferences.parts import MENUS, Parts


def looked(told: Any = MENUS) -> Parts:
    """The part after its first look."""
    parts = Parts()
    parts.menus.refresh()
    parts.asked("menus").then(Event(Ended.DONE, told))
    return parts


def row(parts: Parts, title: str) -> LinkRow:
    """The row of that name."""
    return next(one for one in parts.menus.rows() if isinstance(one, LinkRow) and one.words == title)


def acts(parts: Parts, title: str) -> list[str]:
    """What its buttons are called."""
    return [one.words for one in row(parts, title).actions]


def test_each_file_manager_offers_what_can_be_done_with_it() -> None:
    parts = looked()
    assert acts(parts, "Thunar") == ["Remove"]
    assert acts(parts, "Nautilus (Files)") == ["Add"]
    assert acts(parts, "Nemo") == ["Repair", "Remove"]
    assert acts(parts, "Right-click menus") == ["Add to all"]
    assert row(parts, "Nemo").tone == "warn"
    assert row(parts, "Thunar").tone == "good"


def test_looking_writes_nothing() -> None:
    parts = looked()
    parts.menus.refresh()
    assert {call.do for call in parts.chores.calls} == {"menus"}


def test_what_a_package_brought_is_not_taken_away_here() -> None:
    target = {**MENUS["targets"][0], "words": "Thunar has Homespun's entries from the system's package.", "ours": False}
    parts = looked({"targets": [target], "autostart": None})
    assert acts(parts, "Thunar") == []
    assert not any(isinstance(one, SwitchRow) for one in parts.menus.rows())


def test_a_button_writes_once_and_the_row_follows() -> None:
    speak("de")
    parts = looked()
    parts.menus.do("add nautilus")
    parts.menus.do("add nautilus")
    assert [call.told for call in parts.chores.calls if call.do == "menus_add"] == [
        {"names": ["nautilus"], "language": "de"}
    ]
    assert row(parts, "Nautilus (Files)").note == "Einen Moment"
    there = [{**one, "state": "present"} for one in MENUS["targets"]]
    done = [{"target": "nautilus", "did": "written", "why": "", "todo": ""}]
    parts.asked("menus_add").then(Event(Ended.DONE, {**MENUS, "targets": there, "done": done}))
    assert acts(parts, "Nautilus (Files)") == ["Entfernen"]
    assert acts(parts, "Menüs der rechten Maustaste") == []


def test_a_file_that_was_left_alone_is_told_in_its_row() -> None:
    parts = looked()
    parts.menus.do("add dolphin")
    kept = {"target": "dolphin", "did": "kept", "why": "x was changed since then.", "todo": "Delete or rename it."}
    parts.asked("menus_add").then(Event(Ended.DONE, {**MENUS, "done": [kept]}))
    assert row(parts, "Dolphin").note == "x was changed since then. Delete or rename it."
    assert row(parts, "Dolphin").tone == "warn"
    parts.menus.refresh()
    parts.asked("menus").then(Event(Ended.DONE, MENUS))
    assert row(parts, "Dolphin").tone == "text2"


def test_add_to_all_and_its_failure_are_told_in_the_first_row() -> None:
    parts = looked()
    parts.menus.do("add")
    assert parts.asked("menus_add").told["names"] is None
    failed = {"what": "Homespun's record can't be written.", "todo": "Make it writable.", "code": 3, "error": "E"}
    parts.asked("menus_add").then(Event(Ended.FAILED, failed))
    first = row(parts, "Right-click menus")
    assert first.note == "Homespun's record can't be written. Make it writable."
    assert first.tone == "warn"


def test_the_switch_says_how_it_is_and_turns_the_other_way() -> None:
    parts = looked()
    [switch] = [one for one in parts.menus.rows() if isinstance(one, SwitchRow)]
    assert not switch.on
    parts.menus.do("autostart")
    assert parts.asked("autostart").told == {"on": True}
    parts.asked("autostart").then(Event(Ended.DONE, {**MENUS, "autostart": True}))
    [switch] = [one for one in parts.menus.rows() if isinstance(one, SwitchRow)]
    assert switch.on
    parts.menus.do("autostart")
    assert parts.asked("autostart").told == {"on": False}


def test_before_the_first_look_and_without_a_file_manager_it_says_so() -> None:
    parts = Parts()
    [first] = parts.menus.rows()
    assert isinstance(first, LinkRow)
    assert first.note.startswith("Looking")
    nobody = looked({"targets": [], "autostart": False})
    assert row(nobody, "Right-click menus").note.startswith("No file manager")


def test_the_first_run_is_told_what_has_no_entries_yet() -> None:
    assert looked().menus.titles == ("Nautilus (Files)", "Dolphin")
