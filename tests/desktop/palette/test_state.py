"""What the palette decides, without a window."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.workers import Ended
from tests.desktop.palette.fakes import Desk, answer, hit

DATE = {"part": "date", "label": "x", "start": 4, "end": 20, "after": "2026-06-01", "before": "2026-09-01"}
CATS = (hit("cat one.txt"), hit("cat two.txt"), hit("cat three.txt"))


# questions and answers


def test_an_answer_to_an_older_question_is_dropped(desk: Desk) -> None:
    desk.state.type("ca")
    old = desk.worker.last("ask")
    desk.state.type("cat")
    assert old.cancelled
    old.done(answer(hit("car.txt")))
    assert desk.names() == []
    desk.worker.last("ask").done(answer(hit("cat.txt")))
    assert desk.names() == ["cat.txt"]


def test_old_rows_stay_until_new_ones_come_and_dim_after_120_ms(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.type("cats")
    desk.clock.pass_by(0.11)
    assert desk.names()[0] == "cat one.txt"
    assert not desk.state.snapshot().dimmed
    desk.clock.pass_by(0.02)
    assert desk.state.snapshot().dimmed
    desk.worker.last("ask").part(answer(hit("cats.txt"), complete=False))
    shown = desk.state.snapshot()
    assert desk.names() == ["cats.txt"]
    assert not shown.dimmed
    assert shown.footer == "By words so far; meaning follows"


def test_meaning_joins_at_its_own_place_while_nobody_has_moved(desk: Desk) -> None:
    desk.state.type("cat")
    desk.worker.last("ask").part(answer(*CATS[:2], complete=False))
    desk.worker.last("ask").done(answer(hit("kitten.txt"), *CATS))
    assert desk.names() == ["kitten.txt", "cat one.txt", "cat two.txt", "cat three.txt"]
    assert desk.state.snapshot().selected == 0


def test_meaning_joins_below_the_chosen_row_once_somebody_moved(desk: Desk) -> None:
    desk.state.type("cat")
    desk.worker.last("ask").part(answer(*CATS[:2], complete=False))
    desk.state.move(1)
    desk.worker.last("ask").done(answer(hit("kitten.txt"), *CATS))
    assert desk.names() == ["cat one.txt", "cat two.txt", "kitten.txt", "cat three.txt"]
    assert desk.state.snapshot().selected == 1


def test_meaning_joins_below_the_chosen_row_after_400_ms(desk: Desk) -> None:
    desk.state.type("cat")
    desk.worker.last("ask").part(answer(*CATS[:2], complete=False))
    desk.clock.pass_by(0.41)
    desk.worker.last("ask").done(answer(hit("kitten.txt"), *CATS))
    assert desk.names() == ["cat one.txt", "kitten.txt", "cat two.txt", "cat three.txt"]


def test_words_that_find_nothing_do_not_clear_the_rows_before_meaning_has_spoken(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.type("feline")
    desk.worker.last("ask").part(answer(complete=False))
    assert len(desk.names()) == 3
    desk.worker.last("ask").done(answer())
    assert desk.state.snapshot().nothing[0] == "Nothing found for “feline”."


def test_more_than_200_rows_are_not_shown(desk: Desk) -> None:
    desk.search("cat", *(hit(f"{number}.txt") for number in range(230)), total=100_000)
    assert len(desk.names()) == 200
    assert desk.state.snapshot().footer == "First 200 of 100,000, 18 ms, on this computer"


def test_a_search_over_two_seconds_is_ended_and_says_so(desk: Desk) -> None:
    desk.state.type("cat")
    asked = desk.worker.last("ask")
    asked.begin()
    desk.clock.pass_by(1.9)
    assert desk.worker.kills == 0
    desk.clock.pass_by(0.2)
    assert desk.worker.kills == 1
    asked.end(Ended.DIED)
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert "over 2 s" in notice.words
    desk.state.answer_notice("again")
    assert desk.worker.count("ask") == 2


def test_the_time_until_a_search_begins_does_not_count(desk: Desk) -> None:
    desk.state.type("cat")
    desk.clock.pass_by(30)
    assert desk.worker.kills == 0


def test_a_question_behind_one_that_was_ended_is_asked_again(desk: Desk) -> None:
    desk.state.type("slow")
    slow = desk.worker.last("ask")
    slow.begin()
    desk.state.type("cat")
    waiting = desk.worker.last("ask")
    desk.clock.pass_by(2.1)
    assert desk.worker.kills == 1
    slow.end(Ended.DIED)
    waiting.end(Ended.DIED)
    again = desk.worker.last("ask")
    assert again is not waiting
    again.done(answer(*CATS))
    assert len(desk.names()) == 3
    assert desk.state.snapshot().notice is None


def test_a_search_process_that_dies_twice_is_told_and_not_asked_a_third_time(desk: Desk) -> None:
    desk.state.type("cat")
    desk.worker.last("ask").end(Ended.DIED)
    desk.worker.last("ask").end(Ended.DIED)
    assert desk.worker.count("ask") == 2
    assert desk.state.snapshot().notice is not None


# Enter


def test_enter_waits_for_the_first_answer_and_opens_its_first_row(desk: Desk) -> None:
    desk.search("old", hit("old.txt"))
    desk.state.type("cat")
    desk.state.enter()
    assert desk.doors.done == []
    desk.clock.pass_by(0.2)
    desk.worker.last("ask").part(answer(*CATS, complete=False))
    assert desk.doors.done == [("open", Path("/home/clara/Documents/cat one.txt"))]


def test_enter_after_300_ms_without_an_answer_does_nothing_any_more(desk: Desk) -> None:
    desk.search("old", hit("old.txt"))
    desk.state.type("cat")
    desk.state.enter()
    desk.clock.pass_by(0.31)
    desk.worker.last("ask").done(answer(*CATS))
    assert desk.doors.done == []


def test_enter_and_then_more_typing_opens_nothing(desk: Desk) -> None:
    desk.state.type("cat")
    desk.state.enter()
    desk.state.type("cats")
    desk.worker.last("ask").done(answer(*CATS))
    assert desk.doors.done == []


def test_a_number_key_never_acts_on_rows_of_an_older_question(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.type("cats")
    desk.state.do_nth(1)
    assert desk.doors.done == []
    desk.worker.last("ask").done(answer(*CATS))
    desk.state.do_nth(1)
    assert desk.doors.done == [("open", Path("/home/clara/Documents/cat two.txt"))]


def test_opening_lets_the_window_go(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.enter()
    assert desk.state.snapshot().left == 1


def test_enter_and_then_an_arrow_opens_nothing_by_itself(desk: Desk) -> None:
    desk.search("old", hit("old 1.txt"), hit("old 2.txt"))
    desk.state.type("cat")
    desk.state.enter()
    desk.state.move(1)
    desk.worker.last("ask").done(answer(*CATS))
    assert desk.doors.done == []


# chips


def test_a_chip_that_is_taken_back_is_searched_as_words(desk: Desk) -> None:
    desk.search("cat from last summer", *CATS, chips=[DATE])
    assert [chip.words for chip in desk.state.snapshot().chips] == ["June – August 2026"]
    desk.state.remove_chip(0)
    assert desk.worker.last("ask").told["plain"] == [[4, 20]]


def test_a_chip_taken_back_stays_so_while_the_rest_is_typed_on(desk: Desk) -> None:
    desk.search("cat from last summer", *CATS, chips=[DATE])
    desk.state.remove_last_chip()
    desk.state.type("the cat from last summer")
    assert desk.worker.last("ask").told["plain"] == [[8, 24]]
    desk.state.type("the cat from last winter")
    assert desk.worker.last("ask").told["plain"] == []


def test_near_misses_tell_how_many_there_would_be_without_a_filter(desk: Desk) -> None:
    desk.search("cat from last summer", hit("cat.txt", outside=True), chips=[DATE])
    desk.worker.last("nearly").done({"index": "ready", "nearly": [["date", 4, 20, 14]]})
    assert desk.names() == ["Without the date: 14 results", "cat.txt"]
    desk.state.enter()
    assert desk.worker.last("ask").told["plain"] == [[4, 20]]
    assert desk.doors.done == []


# states


def test_an_empty_query_shows_recent_files_and_what_can_be_done(desk: Desk) -> None:
    desk.state.summon()
    desk.worker.last("recent").done(answer(*CATS))
    shown = desk.state.snapshot()
    assert shown.heading == "Recent"
    assert desk.names()[3:] == [
        "Erase something from a picture…",
        "Enlarge a picture…",
        "Choose folders to search",
    ]


def test_without_folders_there_is_one_row_that_leads_to_them(desk: Desk) -> None:
    desk.state.summon()
    desk.worker.last("recent").done({"index": "none"})
    assert desk.names() == ["Choose folders to search"]
    desk.state.enter()
    assert desk.doors.done == [("show", "folders")]


def test_files_that_wait_to_be_read_are_told(desk: Desk) -> None:
    desk.search("cat", *CATS, partial=True, read=12_480, files=48_000)
    assert desk.state.snapshot().footer == "Reading your files: 12,480 of 48,000. Results may be missing."


def test_hits_that_are_only_near_are_not_sold_as_found(desk: Desk) -> None:
    desk.search("xqz", hit("cat.txt", why=[["near", ""]]), sure=False)
    assert desk.state.snapshot().heading == "Nothing found for “xqz”. Nearest in meaning:"


def test_a_damaged_index_is_made_anew_only_when_the_person_asks(desk: Desk) -> None:
    desk.state.type("cat")
    desk.worker.last("ask").done({"index": "damaged", "what": "w", "todo": "t"})
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert notice.actions == (("repair", "Repair"),)
    assert desk.worker.count("repair") == 0
    desk.state.answer_notice("repair")
    desk.worker.last("repair").done({"aside": "/x", "roots": []})
    assert ("show", "folders") in desk.doors.done


def test_the_search_model_is_loaded_when_the_palette_is_first_shown_and_not_before(desk: Desk) -> None:
    assert desk.worker.asked == []
    desk.state.summon()
    desk.state.summon()
    assert desk.worker.count("warm") == 1


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_person_does_nothing_breaks_and_no_older_row_is_acted_on(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    state, worker = desk.state, desk.worker
    answers = [
        lambda text: answer(*(hit(f"{text} {number}.txt") for number in range(chance.randrange(9)))),
        lambda text: answer(hit(f"{text} 0.txt", gone=True), hit(f"{text} 1.png", kind="picture"), chips=[DATE]),
        lambda text: answer(hit(f"{text} 0.txt", outside=True), chips=[DATE]),
        lambda _text: answer(),
        lambda _text: {"index": "none"},
        lambda _text: {"index": "damaged", "what": "", "todo": ""},
    ]

    def reply() -> None:
        for asked in [one for one in worker.asked if one.do == "ask"][-2:]:
            made = chance.choice(answers)(asked.told["sentence"])
            chance.choice([asked.part, asked.done])({**made, "complete": False} if chance.random() < 0.3 else made)

    deeds = [
        lambda: state.type(chance.choice(["cat", "cats", "a", "", "  ", "the cat from last summer"])),
        lambda: state.move(chance.choice([-5, -1, 1, 5])),
        lambda: state.select(chance.randrange(12)),
        state.enter,
        lambda: state.do(chance.choice(["show", "erase", "copy", "similar", "leave_out", "look_for"])),
        lambda: state.do_nth(chance.randrange(9)),
        lambda: state.remove_chip(chance.randrange(3)),
        state.escape,
        state.open_actions,
        lambda: state.do_action(chance.randrange(9)),
        state.summon,
        lambda: desk.clock.pass_by(chance.choice([0.01, 0.1, 0.35, 2.5])),
        reply,
        reply,
    ]
    for _ in range(300):
        before = len(desk.doors.done)
        stale = state._asking.unanswered
        deed = chance.choice(deeds)
        deed()
        shown = state.snapshot()
        assert -1 <= shown.selected < max(1, len(shown.rows))
        assert shown.acting < max(1, len(shown.actions))
        assert len({row.key for row in shown.rows}) == len(shown.rows)
        if stale and deed is not reply:
            assert len(desk.doors.done) == before
