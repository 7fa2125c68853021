"""A search in one folder: its chip, what is asked, and how the folder comes into the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.state.notices import Notice
from desktop.state.palette import PaletteState
from tests.desktop.palette.fakes import TODAY, Clock, Desk, FakeDoors, FakeWorker, NoThumbnails, answer, hit

PICTURES = Path("/home/clara/Pictures")


class Adopted:
    """Notes which folders were taken in; the test says how that went."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.then: Callable[[Notice | None], None] = lambda _notice: None

    def __call__(self, folder: Path, then: Callable[[Notice | None], None]) -> None:
        self.folders.append(folder)
        self.then = then


@pytest.fixture
def adopted() -> Adopted:
    """What was taken in."""
    return Adopted()


@pytest.fixture
def scoped(adopted: Adopted) -> Desk:
    """A palette that was asked for the pictures."""
    worker, clock, doors, thumbnails = FakeWorker(), Clock(), FakeDoors(), NoThumbnails()
    state = PaletteState(worker, thumbnails, clock, doors, today=lambda: TODAY, adopt=adopted)  # type: ignore[arg-type]
    state.summon(PICTURES)
    return Desk(state, worker, clock, doors, thumbnails)


def chips(desk: Desk) -> list[str]:
    """The words on the chips."""
    return [chip.words for chip in desk.state.snapshot().chips]


def test_the_newest_files_of_the_folder_are_shown_at_once_under_its_chip(scoped: Desk) -> None:
    assert chips(scoped) == ["In Pictures"]
    scoped.worker.last("recent").done(answer(hit("beach.jpg"), reach="whole"))
    assert scoped.worker.last("recent").told == {"limit": 6, "folder": str(PICTURES)}
    assert scoped.names() == ["beach.jpg"]
    assert scoped.state.snapshot().heading == "Newest in Pictures"


def test_a_sentence_is_asked_of_that_folder_alone_and_its_own_chips_stand_behind(scoped: Desk) -> None:
    date = {"part": "date", "label": "x", "start": 4, "end": 20, "after": "2026-06-01", "before": "2026-09-01"}
    scoped.search("cat from last summer", hit("cat.jpg"), chips=[date], reach="whole")
    assert scoped.worker.last("ask").told["folder"] == str(PICTURES)
    assert chips(scoped) == ["In Pictures", "June – August 2026"]
    scoped.state.remove_chip(1)
    assert scoped.worker.last("ask").told["plain"] == [[4, 20]]
    assert scoped.worker.last("ask").told["folder"] == str(PICTURES)


def test_taking_the_chip_away_searches_everything(scoped: Desk) -> None:
    scoped.search("cat", hit("cat.jpg"), reach="whole")
    scoped.state.remove_chip(0)
    assert "folder" not in scoped.worker.last("ask").told
    scoped.worker.last("ask").done(answer(hit("cat.txt")))
    assert chips(scoped) == []


def test_backspace_at_the_start_takes_the_folder_away(scoped: Desk) -> None:
    scoped.state.remove_last_chip()
    assert chips(scoped) == []
    assert scoped.worker.last("recent").told == {"limit": 6}


def test_the_next_time_the_key_is_pressed_everything_is_searched_again(scoped: Desk) -> None:
    scoped.search("cat", hit("cat.jpg"), reach="whole")
    scoped.state.summon()
    assert "folder" not in scoped.worker.last("ask").told
    assert scoped.state.snapshot().text == "cat"


def test_another_folder_begins_without_the_old_sentence(scoped: Desk) -> None:
    scoped.search("cat", hit("cat.jpg"), reach="whole")
    scoped.state.summon(Path("/home/clara/Music"))
    assert scoped.state.snapshot().text == ""
    assert scoped.worker.last("recent").told["folder"] == "/home/clara/Music"


@pytest.mark.parametrize("told", [{"index": "none"}, answer(reach="none")])
def test_a_folder_that_is_not_searched_says_so_and_one_click_has_it_searched(
    scoped: Desk, adopted: Adopted, told: dict[str, object]
) -> None:
    scoped.worker.last("recent").done(told)
    shown = scoped.state.snapshot()
    assert shown.heading == "“Pictures” is not searched yet"
    assert [row.title for row in shown.rows] == ["Search “Pictures” from now on"]
    scoped.state.enter()
    assert adopted.folders == [PICTURES]
    assert scoped.state.snapshot().nothing[0] == "“Pictures” is being read."
    assert scoped.state.snapshot().left == 0
    adopted.then(None)
    scoped.worker.last("recent").done(answer(reach="coming"))
    scoped.clock.pass_by(1.1)
    scoped.worker.last("recent").done(answer(reach="whole", partial=True, files=9, read=1))
    scoped.clock.pass_by(1.1)
    scoped.worker.last("recent").done(answer(hit("beach.jpg"), reach="whole", partial=True, files=9, read=4))
    assert scoped.names() == ["beach.jpg"]
    scoped.state.type("sea")
    scoped.worker.last("ask").done(answer(reach="whole", partial=True, files=9, read=5))
    scoped.clock.pass_by(1.1)
    scoped.worker.last("ask").done(answer(hit("sea.jpg"), reach="whole"))
    assert scoped.names() == ["sea.jpg"]
    asked = len(scoped.worker.asked)
    scoped.clock.pass_by(60)
    assert len([one for one in scoped.worker.asked[asked:] if one.do in ("ask", "recent")]) == 0


def test_nobody_looks_for_more_once_the_window_is_gone(scoped: Desk, adopted: Adopted) -> None:
    scoped.worker.last("recent").done({"index": "none"})
    scoped.state.enter()
    adopted.then(None)
    scoped.worker.last("recent").done(answer(reach="whole", partial=True, files=9, read=1))
    scoped.state.hidden()
    asked = len(scoped.worker.asked)
    scoped.clock.pass_by(60)
    assert len(scoped.worker.asked) == asked


def test_a_folder_that_was_chosen_elsewhere_and_is_not_looked_into_yet_is_waited_for(scoped: Desk) -> None:
    scoped.worker.last("recent").done(answer(reach="coming"))
    assert scoped.state.snapshot().nothing[0] == "“Pictures” is being read."
    scoped.clock.pass_by(1.1)
    scoped.worker.last("recent").done(answer(hit("beach.jpg"), reach="whole"))
    assert scoped.names() == ["beach.jpg"]


def test_a_folder_that_may_not_be_searched_says_why(scoped: Desk, adopted: Adopted) -> None:
    scoped.worker.last("recent").done({"index": "none"})
    scoped.state.enter()
    adopted.then(Notice("warn", "That is a folder of the system."))
    scoped.worker.last("recent").done({"index": "none"})
    shown = scoped.state.snapshot()
    assert shown.notice is not None
    assert shown.notice.words == "That is a folder of the system."
    assert [row.do for row in shown.rows] == ["adopt"]


def test_a_folder_of_which_only_a_part_is_read_shows_that_part_and_offers_the_rest(scoped: Desk) -> None:
    scoped.worker.last("recent").done(answer(hit("beach.jpg"), reach="part"))
    shown = scoped.state.snapshot()
    assert shown.heading == "Only a part of “Pictures” is searched"
    assert [row.title for row in shown.rows] == ["beach.jpg", "Search “Pictures” from now on"]


def test_a_folder_that_is_left_out_says_why(scoped: Desk) -> None:
    why = "/home/clara/Pictures is left out by a rule of yours."
    scoped.worker.last("recent").done(answer(reach="left out", reach_why=why))
    assert scoped.state.snapshot().nothing == ("“Pictures” is left out of the search.", why)


def test_what_is_not_there_is_said_of_the_folder(scoped: Desk) -> None:
    scoped.search("zebra", reach="whole")
    words, advice = scoped.state.snapshot().nothing
    assert words == "Nothing found for “zebra” in “Pictures”."
    assert advice == "Take the folder away, and everything is searched."


def test_files_like_one_are_looked_for_everywhere_and_the_way_back_leads_into_the_folder(scoped: Desk) -> None:
    scoped.search("cat", hit("cat.txt"), reach="whole")
    scoped.state.do("similar")
    scoped.worker.last("similar").done(answer(hit("other.txt")))
    assert chips(scoped) == ["Like “cat.txt”"]
    scoped.state.remove_chip(0)
    assert scoped.worker.last("ask").told["folder"] == str(PICTURES)
