"""The one path of long work, with a worker that does what the test says."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.jobs.job import Enlarge, Erase, State, Why
from desktop.jobs.work import IDLE, LEAVING, POWER_EVERY, Jobs, Pause
from desktop.workers import Ended
from homespun.errors import HomespunError
from tests.desktop.jobs.known_worker import KnownWorker

TWICE = Enlarge()
Open = Callable[[KnownWorker], Jobs]


@pytest.fixture
def worker() -> KnownWorker:
    return KnownWorker()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens the queue as the app does."""
    made: list[Jobs] = []

    def open_(worker: KnownWorker) -> Jobs:
        made.append(Jobs(worker, worker.later, tmp_path, clock=worker.clock))  # type: ignore[arg-type]
        return made[-1]

    yield open_
    for one in made:
        one.close()


@pytest.fixture
def jobs(worker: KnownWorker, opened: Open) -> Jobs:
    return opened(worker)


def states(jobs: Jobs) -> dict[str, State]:
    """Each picture's state."""
    return {job.source: job.state for job in jobs.table.jobs.values()}


def paused(jobs: Jobs) -> Pause | None:
    return jobs.paused


def fault(jobs: Jobs) -> HomespunError | None:
    return jobs.fault


def test_one_picture_after_another_in_the_order_given(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b", "/c"], TWICE)
    assert worker.sources == ["/a"]
    worker.done("/a2")
    worker.done("/b2")
    worker.done("/c2")

    assert worker.sources == ["/a", "/b", "/c"]
    assert set(states(jobs).values()) == {State.DONE}
    assert jobs.job(1).result == "/a2"
    assert jobs.job(1).device == "cpu"


def test_each_file_that_is_written_is_told(worker: KnownWorker, tmp_path: Path) -> None:
    written: list[Path] = []
    jobs = Jobs(worker, worker.later, tmp_path, clock=worker.clock, written=written.append)  # type: ignore[arg-type]
    jobs.submit(["/a", "/b", "/c"], TWICE)
    worker.done("/a2")
    worker.fail()
    worker.done("")  # nothing to erase in it
    assert written == [Path("/a2")]
    jobs.close()


def test_what_was_started_last_by_hand_comes_first(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/old1", "/old2", "/old3"], TWICE)
    order = jobs.submit(["/new1"], Erase("/m.png"))
    jobs.submit(["/new2"], Erase("/m.png"), order=order)
    for _ in range(5):
        worker.done()
    assert worker.sources == ["/old1", "/new1", "/new2", "/old2", "/old3"]


def test_a_picture_that_fails_stops_nothing(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    worker.fail()
    worker.done()
    assert states(jobs) == {"/a": State.FAILED, "/b": State.DONE}
    assert (jobs.job(1).what, jobs.job(1).todo) == ("It is empty.", "Take another.")


def test_a_process_that_crashes_costs_its_own_picture_alone(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    worker.died()
    assert jobs.job(1).why == Why.CRASHED
    assert worker.sources == ["/a", "/b"]


def test_retried_pictures_go_before_all_that_waits(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b", "/c"], TWICE)
    worker.fail()
    jobs.retry([1, 3, 99])
    worker.done()
    worker.done()
    worker.done()
    assert worker.sources == ["/a", "/b", "/a", "/c"]
    assert jobs.job(1).what == ""


def test_stop_all_stops_at_once_and_what_is_done_stays(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b", "/c"], TWICE)
    worker.done()
    jobs.cancel()
    assert worker.last.cancelled
    assert jobs.current is not None
    assert jobs.current.stopping
    worker.cancelled()
    assert states(jobs) == {"/a": State.DONE, "/b": State.CANCELLED, "/c": State.CANCELLED}
    assert worker.sources == ["/a", "/b"]


def test_what_does_not_stop_loses_its_process(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    jobs.cancel()
    worker.pass_time(LEAVING + 0.1)
    assert worker.kills == 1
    worker.died()
    assert states(jobs) == {"/a": State.CANCELLED}


def test_what_was_done_before_it_could_stop_is_done(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    jobs.cancel()
    worker.done()
    worker.pass_time(LEAVING + 0.1)
    assert states(jobs) == {"/a": State.DONE}
    assert worker.kills == 0


def test_pausing_lets_the_picture_under_way_come_to_its_end(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    jobs.pause()
    worker.done()
    assert states(jobs) == {"/a": State.DONE, "/b": State.WAITING}
    jobs.resume()
    assert worker.sources == ["/a", "/b"]


def test_a_removed_row_is_gone_and_one_that_runs_is_stopped(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b", "/c"], TWICE)
    jobs.remove([1, 2])
    assert worker.last.cancelled
    assert states(jobs) == {"/a": State.RUNNING, "/c": State.WAITING}
    worker.cancelled()
    jobs.remove([1])
    assert states(jobs) == {"/c": State.RUNNING}


def test_on_battery_it_waits_and_goes_on_when_plugged_in(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    worker.tell(Ended.DONE, battery=True)
    assert paused(jobs) is Pause.BATTERY
    assert jobs.job(1).tries == 0
    worker.pass_time(POWER_EVERY)
    assert worker.last.do == "power"
    worker.tell(Ended.DONE, wait=True)
    worker.pass_time(POWER_EVERY)
    worker.tell(Ended.DONE, wait=False)
    assert paused(jobs) is None
    assert worker.sources == ["/a", "/a"]
    assert not worker.last.told["anyway"]


def test_a_person_may_go_on_on_battery(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    worker.tell(Ended.DONE, battery=True)
    jobs.resume()
    assert worker.last.told["anyway"]


def test_a_full_disk_pauses_instead_of_failing_everything(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    worker.fail("The disk is full.", "Make room.", error="DiskFull")
    assert jobs.paused is Pause.FULL
    assert set(states(jobs).values()) == {State.WAITING}
    jobs.resume()
    assert worker.sources == ["/a", "/a"]


def test_progress_of_a_picture_never_goes_back(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    shares = []
    for done, total in ((0, 0), (1, 4), (2, 4), (1, 8), (6, 8), (0, 0), (9, 8)):
        worker.progress(done, total)
        assert jobs.current is not None
        shares.append(jobs.current.share)
    assert shares == [0, 0.25, 0.5, 0.5, 0.75, 0.75, 1.0]


def test_the_process_goes_when_nothing_was_done_for_a_while(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a"], TWICE)
    worker.done()
    worker.pass_time(IDLE - 1)
    jobs.submit(["/b"], TWICE)
    worker.pass_time(IDLE)
    assert worker.closes == 0
    worker.done()
    worker.pass_time(IDLE + 1)
    assert worker.closes == 1


def test_a_finished_batch_goes_when_a_new_one_comes_but_its_failures_stay(jobs: Jobs, worker: KnownWorker) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    worker.done()
    worker.fail()
    jobs.submit(["/c"], TWICE)
    assert states(jobs) == {"/b": State.FAILED, "/c": State.RUNNING}


def test_after_the_app_died_it_goes_on_where_it_stopped(jobs: Jobs, worker: KnownWorker, opened: Open) -> None:
    jobs.submit(["/a", "/b", "/c", "/d"], Enlarge(4.0, "restore"))
    worker.done()
    worker.fail()

    second = KnownWorker()
    again = opened(second)
    assert again.resumed == 2
    assert second.calls == []
    again.start()
    assert second.sources == ["/c"]
    assert second.last.told["choices"]["factor"] == 4.0
    assert second.last.told["tries"] == 2
    assert states(again) == {"/a": State.DONE, "/b": State.FAILED, "/c": State.RUNNING, "/d": State.WAITING}


def test_what_was_running_twice_when_everything_died_is_given_up(jobs: Jobs, worker: KnownWorker, opened: Open) -> None:
    jobs.submit(["/a", "/b"], TWICE)
    second = opened(KnownWorker())
    second.start()
    third_worker = KnownWorker()
    third = opened(third_worker)
    third.start()
    assert third.job(1).state is State.FAILED
    assert third.job(1).why == Why.TWICE
    assert third_worker.sources == ["/b"]


def test_a_result_that_was_written_before_the_end_is_not_made_twice(
    jobs: Jobs, worker: KnownWorker, opened: Open, tmp_path: Path
) -> None:
    result = tmp_path / "a (enlarged).png"
    jobs.submit(["/a", "/b"], TWICE)
    worker.tell(Ended.PART, target=str(result))
    result.write_bytes(b"whole")
    again = opened(KnownWorker())
    assert again.job(1).state is State.DONE
    assert again.job(1).result == str(result)


def test_closing_the_app_is_no_fault_of_the_picture(jobs: Jobs, worker: KnownWorker, opened: Open) -> None:
    jobs.submit(["/a"], TWICE)
    for _ in range(4):
        jobs.close()
        worker = KnownWorker()
        jobs = opened(worker)
        assert jobs.resumed == 1
        jobs.start()
    assert worker.sources == ["/a"]


def test_without_room_for_the_journal_nothing_new_begins_until_there_is(
    jobs: Jobs, worker: KnownWorker, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.submit(["/a", "/b", "/c"], TWICE)

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        worker.done("/a2")
        assert paused(jobs) is Pause.FULL
        assert "full" in str(fault(jobs))
        assert worker.sources == ["/a"]
    jobs.resume()
    assert fault(jobs) is None
    assert worker.sources == ["/a", "/b"]
    again = opened(KnownWorker())
    assert again.job(1).result == "/a2"


def test_a_journal_that_can_not_be_read_is_said_and_left_alone(
    worker: KnownWorker, opened: Open, tmp_path: Path
) -> None:
    (tmp_path / "queue.jsonl").mkdir()
    jobs = opened(worker)
    assert jobs.fault is not None
    jobs.submit(["/a"], TWICE)
    worker.done()
    jobs.resume()
    assert states(jobs) == {"/a": State.DONE}
    assert (tmp_path / "queue.jsonl").is_dir()
