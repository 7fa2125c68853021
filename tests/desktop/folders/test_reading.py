from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.state.reading import RESTARTS, Phase, Reading
from desktop.workers import Ended
from tests.desktop.main.fakes import KnownTime, KnownWorker


@pytest.fixture
def clock() -> KnownTime:
    return KnownTime()


@pytest.fixture
def index() -> KnownWorker:
    return KnownWorker()


@pytest.fixture
def reading(index: KnownWorker, clock: KnownTime) -> Reading:
    return Reading(index, clock.later, clock=lambda: clock.now)


def test_a_run_is_followed_by_watching(reading: Reading, index: KnownWorker) -> None:
    noticed: list[str] = []
    reading.noticed = lambda: noticed.append("new")
    assert reading.phase is Phase.REST
    reading.begin()
    assert (index.last.do, reading.phase) == ("run", Phase.NAMES)
    index.say(Ended.DONE)
    assert (index.last.do, reading.phase) == ("watch", Phase.WATCHING)
    assert reading.words == "Up to date"
    assert reading.footer() is None
    index.say(Ended.PART, said="Read 1 file.")
    assert noticed == ["new", "new"]


def test_each_stage_has_its_words_its_share_and_its_time(
    reading: Reading, index: KnownWorker, clock: KnownTime
) -> None:
    reading.begin()
    assert reading.words == "Looking for changes"
    index.say(Ended.PROGRESS, done=8_432, total=0, note="names")
    assert reading.words == "Looking for changes: 8,432 files so far"
    assert reading.share is None
    index.say(Ended.PROGRESS, done=0, total=48_000, note="text")
    clock.pass_by(60)
    index.say(Ended.PROGRESS, done=12_480, total=48_000, note="text")
    assert reading.words == "Reading your files: 12,480 of 48,000"
    assert reading.share == pytest.approx(0.26)
    assert reading.left == "About 3 min left."
    assert reading.footer() == "Reading your files: 12,480 of 48,000. Results may be missing."
    index.say(Ended.PROGRESS, done=340, total=1_000, note="meaning")
    assert reading.words == "Working out what they mean: 34 %"
    assert reading.left == ""  # a new stage: nobody knows yet
    assert reading.footer() == "By words so far; meaning follows"


def test_a_pause_stops_the_work_and_resuming_goes_on(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    assert reading.can_pause
    reading.pause()
    assert index.last.cancelled
    index.say(Ended.CANCELLED)
    assert reading.phase is Phase.PAUSED
    assert len(index.calls) == 1
    reading.begin()  # a folder came: not before the person resumes
    assert len(index.calls) == 1
    reading.resume()
    assert (len(index.calls), index.last.do) == (2, "run")


def test_a_folder_that_comes_during_a_run_starts_another(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    reading.begin()
    assert index.last.cancelled
    index.say(Ended.CANCELLED)
    assert len(index.calls) == 2
    index.say(Ended.DONE)
    assert index.last.do == "watch"
    reading.begin()
    assert index.last.cancelled
    index.say(Ended.CANCELLED)
    assert index.last.do == "run"


def test_another_writer_is_named_and_waited_for(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    index.say(Ended.PART, held=4711, by="homespun index run")
    assert reading.phase is Phase.HELD
    assert reading.words == "“homespun index run” is writing to the index (process 4711)"
    index.say(Ended.PART, held=None, by="")
    assert str(reading.phase) == "names"


def test_on_battery_meanings_wait_and_say_so(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    index.say(Ended.PART, battery=True)
    assert reading.words == "On battery; goes on when plugged in"
    assert reading.footer() == "By words so far; meaning follows"
    index.say(Ended.PART, battery=False)
    assert reading.phase is Phase.MEANING


def test_what_writes_too_gets_its_turn_when_the_run_has_stopped(reading: Reading, index: KnownWorker) -> None:
    done: list[Callable[[], None]] = []
    reading.begin()
    reading.aside(done.append)
    assert index.last.cancelled
    assert done == []  # not while the run still writes
    index.say(Ended.CANCELLED)
    assert len(done) == 1
    assert len(index.calls) == 1  # and no run meanwhile
    reading.begin()
    assert len(index.calls) == 1
    done[0]()
    assert index.last.do == "run"


def test_two_that_want_to_write_follow_one_another(reading: Reading) -> None:
    turns: list[Callable[[], None]] = []
    reading.aside(turns.append)
    reading.aside(turns.append)
    assert len(turns) == 1
    turns[0]()
    assert len(turns) == 2
    turns[1]()
    assert reading.phase is Phase.REST


def test_a_process_that_dies_is_started_again_and_the_person_told(
    reading: Reading, index: KnownWorker, clock: KnownTime
) -> None:
    reading.begin()
    index.say(Ended.DIED, what="The index process stopped.", todo="", code=1)
    assert reading.notice is not None
    assert reading.notice.words.startswith("The part that reads your files stopped and was started again.")
    clock.pass_by(RESTARTS[0])
    assert (len(index.calls), reading.phase) == (2, Phase.NAMES)
    index.say(Ended.DONE)
    assert reading.notice is None


def test_one_that_dies_again_and_again_is_left_to_the_person(
    reading: Reading, index: KnownWorker, clock: KnownTime
) -> None:
    reading.begin()
    for seconds in RESTARTS:
        index.say(Ended.DIED)
        clock.pass_by(seconds)
    assert len(index.calls) == len(RESTARTS) + 1
    index.say(Ended.DIED)
    clock.pass_by(1_000)
    assert len(index.calls) == len(RESTARTS) + 1
    assert reading.phase is Phase.FAILED
    assert reading.notice is not None
    assert reading.notice.actions == (("resume", "Try again"),)
    reading.resume()
    assert str(reading.phase) == "names"


def test_a_watcher_that_dies_after_hours_is_not_one_that_dies_again_and_again(
    reading: Reading, index: KnownWorker, clock: KnownTime
) -> None:
    reading.begin()
    for _ in range(20):
        index.say(Ended.DONE)
        clock.pass_by(3_600)
        index.say(Ended.DIED)
        clock.pass_by(RESTARTS[0])
        assert index.last.do == "run"


def test_a_damaged_index_offers_to_be_repaired(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    index.say(Ended.FAILED, what="The index is damaged.", todo="", code=5, error="Damaged")
    assert reading.damaged
    assert reading.notice is not None
    assert reading.notice.actions == (("repair", "Repair"),)


def test_a_full_disk_is_said_in_its_own_words_and_can_be_tried_again(reading: Reading, index: KnownWorker) -> None:
    reading.begin()
    index.say(Ended.FAILED, what="The disk is full.", todo="Make room and try again.", code=6, error="NoSpace")
    assert reading.notice is not None
    assert reading.notice.words == "The disk is full. Make room and try again."
    reading.resume()
    assert len(index.calls) == 2
    assert not reading.notice
