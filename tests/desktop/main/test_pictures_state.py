from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.state.asking import TOO_LONG
from desktop.state.notices import Notice
from desktop.state.pictures import LOOK_EVERY, PAGE, PicturesState, Section
from desktop.words import say
from desktop.workers import Ended, WorkerProcess
from homespun.errors import ExitCode, NotFound
from tests.desktop.main.fakes import KnownDoors, KnownTime, KnownWorker


class Shelf:
    """A state, and an index of so many pictures."""

    def __init__(self) -> None:
        self.chores, self.search = KnownWorker(), KnownWorker()
        self.clock, self.doors = KnownTime(), KnownDoors()
        self.state = PicturesState(self.chores, cast(WorkerProcess, self.search), self.clock.later, self.doors)

    def answer(self, count: int, *, stamp: str = "1", first: int = 0, folders: bool = True) -> None:
        """Answer the last question about pictures."""
        offset, limit = self.chores.last.told["offset"], self.chores.last.told["limit"]
        numbers = range(first + offset, first + min(count, offset + limit))
        dated = int(datetime(2026, 11, 15, 12).astimezone().timestamp())
        self.chores.say(
            Ended.DONE,
            stamp=stamp,
            total=count,
            pictures=[[f"/p/{number}.jpg", f"{number}.jpg", dated] for number in numbers],
            months=[[2026, 11, count]] if count else [],
            folders=folders,
        )


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_pictures_come_in_pages_when_they_are_looked_at(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(1_000)
    snapshot = shelf.state.snapshot()
    assert (snapshot.total, snapshot.sections) == (1_000, (Section("November 2026", 1_000),))
    one = shelf.state.at(3)
    assert one is not None
    assert (one.path, one.words) == (Path("/p/3.jpg"), "3.jpg, 15 November 2026")
    asked = len(shelf.chores.calls)
    assert shelf.state.at(PAGE + 5) is None
    assert shelf.state.at(PAGE + 6) is None
    assert len(shelf.chores.calls) == asked + 1  # one question a page
    shelf.answer(1_000)
    there = shelf.state.at(PAGE + 5)
    assert there is not None
    assert there.name == f"{PAGE + 5}.jpg"


def test_without_folders_and_without_pictures_the_next_step_is_said(shelf: Shelf) -> None:
    shelf.state.shown()
    assert shelf.state.snapshot().blank is None  # nobody knows yet
    shelf.answer(0, folders=False)
    assert shelf.state.snapshot().blank == (
        "Your pictures, all in one place",
        "Choose the folders that they are in. Nothing leaves this computer.",
    )
    shelf.clock.pass_by(LOOK_EVERY)
    shelf.answer(0, stamp="2")
    blank = shelf.state.snapshot().blank
    assert blank is not None
    assert blank[0] == "No pictures in your folders yet"


def test_it_looks_again_only_while_somebody_sees_it(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.clock.pass_by(LOOK_EVERY)
    assert shelf.chores.last.told["unless"] == "1"
    shelf.chores.say(Ended.DONE, stamp="1", same=True)
    shelf.state.hidden()
    asked = len(shelf.chores.calls)
    shelf.clock.pass_by(100)
    assert len(shelf.chores.calls) == asked


def test_new_pictures_raise_the_generation_and_other_writes_do_not(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    before = shelf.state.snapshot().generation
    shelf.clock.pass_by(LOOK_EVERY)
    shelf.answer(10, stamp="2")
    assert shelf.state.snapshot().generation == before
    shelf.clock.pass_by(LOOK_EVERY)
    shelf.answer(10, stamp="3", first=5)
    assert shelf.state.snapshot().generation == before + 1
    one = shelf.state.at(0)
    assert one is not None
    assert one.name == "5.jpg"


def hit(name: str, **more: Any) -> dict[str, Any]:
    return {"path": f"/p/{name}", "name": name, "date": "2026-07-12T18:42:00", "outside": False, "gone": False, **more}


def test_words_show_what_they_find_and_no_words_show_all_again(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.state.search("cat on blanket")
    assert shelf.search.last.told["sentence"] == "kind:photo cat on blanket"
    found = [hit("cat.jpg"), hit("dog.jpg", outside=True), hit("gone.jpg", gone=True)]
    shelf.search.say(Ended.DONE, index="ready", hits=found)
    snapshot = shelf.state.snapshot()
    assert (snapshot.total, snapshot.sections) == (1, (Section("", 1),))
    one = shelf.state.at(0)
    assert one is not None
    assert one.name == "cat.jpg"
    shelf.state.search("")
    assert shelf.state.snapshot().total == 10
    assert shelf.state.at(9) is not None


def test_nothing_found_is_said(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.state.search("zebra")
    assert shelf.state.snapshot().blank is None
    shelf.search.say(Ended.DONE, index="ready", hits=[])
    assert shelf.state.snapshot().blank == ("No picture found for “zebra”", "")


def test_one_goes_to_the_editor_and_several_to_the_queue(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.state.open(0)
    shelf.state.enlarge([1])
    shelf.state.erase([1, 2])
    assert shelf.doors.asked == [
        ("edit", (Path("/p/0.jpg"),), "erase"),
        ("edit", (Path("/p/1.jpg"),), "enlarge"),
        ("enqueue", (Path("/p/1.jpg"), Path("/p/2.jpg"))),
    ]


def test_pictures_that_were_chosen_unseen_are_looked_up_first(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(3 * PAGE)
    shelf.state.erase(range(3 * PAGE))
    shelf.answer(3 * PAGE)
    assert shelf.doors.asked == []
    shelf.answer(3 * PAGE)
    [(door, paths)] = shelf.doors.asked
    assert (door, len(paths), paths[-1]) == ("enqueue", 3 * PAGE, Path(f"/p/{3 * PAGE - 1}.jpg"))


def test_a_door_that_refuses_says_so_in_the_bar(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.doors.fault = NotFound("The picture is gone.", "Look for it.")
    shelf.state.open(0)
    notice = shelf.state.snapshot().notice
    assert notice is not None
    assert notice.words == "The picture is gone. Look for it."


def test_a_failed_look_can_be_tried_again(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.chores.say(Ended.FAILED, what="The index is damaged.", todo="Repair it.", code=5, error="Damaged")
    notice = shelf.state.snapshot().notice
    assert notice is not None
    assert notice.actions == (("look", "Try again"),)
    shelf.state.act("look")
    shelf.answer(10)
    assert shelf.state.snapshot().total == 10


def searching(shelf: Shelf, text: str) -> None:
    shelf.state.shown()
    shelf.answer(10)
    shelf.state.search(text)


def test_a_search_process_that_died_twice_is_said_without_details_and_asked_again(shelf: Shelf) -> None:
    searching(shelf, "whales")
    died = {"what": "The search process stopped.", "todo": "", "code": int(ExitCode.BUG), "error": "Died"}
    shelf.search.say(Ended.DIED, **died)
    assert shelf.state.snapshot().notice is None  # it may have died of another's question
    shelf.search.say(Ended.DIED, **died)
    assert shelf.state.snapshot().notice == Notice("warn", say("common.died"), (("again", say("common.retry")),))
    asked = len(shelf.search.calls)
    shelf.state.act("again")
    assert shelf.search.calls[asked].told["sentence"] == "kind:photo whales"
    assert shelf.state.snapshot().notice is None


def test_a_search_that_was_stopped_for_taking_too_long_says_so(shelf: Shelf) -> None:
    searching(shelf, "whales")
    shelf.search.say(Ended.PART, begun=True)
    shelf.clock.pass_by(TOO_LONG)
    assert shelf.search.killed
    shelf.search.say(Ended.DIED, what="The search process stopped.", todo="", code=int(ExitCode.BUG), error="Died")
    assert shelf.state.snapshot().notice == Notice("warn", say("palette.too_long"), (("again", say("common.retry")),))


def test_what_was_said_of_one_search_goes_with_the_next(shelf: Shelf) -> None:
    searching(shelf, "whales")
    shelf.search.say(Ended.FAILED, what="The index is damaged.", todo="Repair it.", code=5, error="Damaged")
    assert shelf.state.snapshot().notice is not None
    shelf.state.search("gulls")
    assert shelf.state.snapshot().notice is None


def test_when_the_process_for_pictures_died_the_first_look_says_so(shelf: Shelf) -> None:
    shelf.state.shown()
    shelf.chores.say(Ended.DIED, what="The chores process stopped.", todo="", code=int(ExitCode.BUG), error="Died")
    assert shelf.state.snapshot().notice == Notice("warn", say("common.died"), (("look", say("common.retry")),))
