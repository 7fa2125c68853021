"""What the queue says and decides, without a window."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.jobs.job import Enlarge, Erase, State
from desktop.jobs.work import Pause
from desktop.state.queue_rows import left_words
from desktop.words import speak
from desktop.workers import Ended
from homespun.errors import ExitCode, NotFound
from tests.desktop.queue.conftest import KnownQueue

MANY = [f"/pictures/{number}.png" for number in range(240)]


def worked(queue: KnownQueue, done: int, failed: int = 0, seconds: float = 3.0) -> None:
    """Let so many pictures come to their end."""
    for number in range(done + failed):
        queue.worker.now += seconds
        if number < failed:
            queue.worker.fail()
        else:
            queue.worker.done(f"/pictures/{number} (enlarged).png", seconds=seconds)


def test_an_empty_queue_asks_for_pictures_and_offers_no_buttons(queue: KnownQueue) -> None:
    shown = queue.state.snapshot()
    assert shown.count == 0
    assert not any(one.shown for one in (shown.hold, shown.stop, shown.retry, shown.folder))
    assert not shown.bar
    assert queue.state.activity() == (0, None)


def test_the_head_counts_what_is_done_and_what_failed_and_says_how_long(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY, Enlarge())
    worked(queue, 12, failed=2, seconds=2.4)
    assert queue.head == "12 of 240 done, 2 failed, about 9 min"
    speak("de")
    assert queue.head == "12 von 240 fertig, 2 fehlgeschlagen, etwa 9 min"


def test_at_the_end_it_says_what_needs_the_person(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:20], Enlarge())
    worked(queue, 18, failed=2)
    assert queue.head == "All 18 done; 2 need you"
    shown = queue.state.snapshot()
    assert shown.finished
    assert shown.retry.words == "Retry failed (2)"
    queue.state.retry()
    worked(queue, 2)
    assert queue.head == "All 20 done"
    assert not queue.state.snapshot().retry.shown


def test_when_all_failed_nobody_says_that_something_was_done(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:2], Enlarge())
    worked(queue, 0, failed=2)
    assert queue.head == "2 pictures need you"
    assert queue.state.snapshot().note == "The originals stay as they are"


def test_the_row_under_way_says_its_step_and_its_time_after_three_seconds(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:3], Enlarge(4.0))
    (number,) = queue.state.ids(0, 1)
    assert queue.state.row(number).step == "Opening"
    queue.worker.now += 2
    queue.worker.progress(6, 24)
    row = queue.state.row(number)
    assert row.step == "Enlarging 4×, tile 7 of 24"
    assert (row.share, row.left) == (0.25, "")
    queue.worker.now += 10
    queue.worker.progress(12, 24)
    row = queue.state.row(number)
    assert row.left == "about 20 s"
    assert row.spoken == "0.png, Enlarging 4×, tile 13 of 24, about 20 s"
    assert queue.head == "0 of 3 done, about 2 min"


def test_loading_a_model_is_no_pace(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:1], Enlarge())
    queue.worker.now += 60
    queue.worker.progress(1, 10)
    queue.worker.now += 1
    queue.worker.progress(2, 10)
    assert queue.state.row(1).left == "about 10 s"


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("looking", "Looking at what goes"),
        ("filling", "Filling what was erased"),
        ("preparing", "Preparing the eraser for this computer, once"),
    ],
)
def test_erasing_says_what_it_does(queue: KnownQueue, note: str, words: str) -> None:
    queue.jobs.submit(MANY[:1], Erase("/m.png"))
    queue.worker.progress(0, 0, note)
    assert queue.state.row(1).step == words


def test_a_failure_is_a_row_with_a_reason_and_the_name_instead_of_the_whole_path(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:3], Enlarge())
    queue.worker.fail("/pictures/0.png is empty.", "Take another copy of the file.")
    queue.worker.died()
    queue.worker.tell(
        Ended.FAILED, what="KeyError: 3", todo="", code=int(ExitCode.BUG), error="KeyError", details="Trace"
    )
    first, second, third = (queue.state.row(number) for number in (1, 2, 3))
    assert first.step == "0.png is empty. Take another copy of the file."
    assert "The picture is as it was; try again." in second.step
    assert third.step == "Something went wrong here. Homespun noted it."
    assert third.details == "KeyError: 3\nTrace"
    queue.state.copy_details(3)
    assert queue.doors.asked == [("copy_text", "KeyError: 3\nTrace")]


def test_what_happens_now_stands_first_then_what_failed_what_comes_and_what_is_done(queue: KnownQueue) -> None:
    queue.jobs.submit([f"/{name}.png" for name in "abcdef"], Enlarge())
    queue.worker.done("/a2.png")
    queue.worker.done("/b2.png")
    queue.worker.fail()
    assert queue.names == ["d.png", "c.png", "e.png", "f.png", "b2.png", "a2.png"]
    assert [queue.names[start : start + 2] for start in (0, 2, 4)] == [
        [queue.state.row(number).name for number in queue.state.ids(start, start + 2)] for start in (0, 2, 4)
    ]


def test_stop_all_keeps_what_is_done_and_offers_to_go_on(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:10], Enlarge())
    worked(queue, 3)
    queue.state.stop_all()
    queue.worker.cancelled()
    assert queue.head == "3 of 10 done, 7 stopped"
    shown = queue.state.snapshot()
    assert (shown.hold.words, shown.held) == ("Go on", True)
    queue.state.hold()
    assert queue.jobs.busy
    worked(queue, 7)
    assert queue.head == "All 10 done"


def test_pause_says_that_the_picture_under_way_comes_to_its_end(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:3], Enlarge())
    queue.state.hold()
    assert queue.state.snapshot().note == "Pausing after this picture"
    queue.worker.done()
    shown = queue.state.snapshot()
    assert (shown.note, shown.hold.words) == ("Paused", "Go on")
    queue.state.hold()
    assert queue.jobs.paused is None
    assert len(queue.worker.sources) == 2


def test_the_battery_and_a_full_disk_are_named(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:3], Enlarge())
    queue.worker.tell(Ended.DONE, battery=True)
    assert queue.state.snapshot().note == "On battery; goes on when plugged in"
    speak("de")
    assert queue.state.snapshot().note == "Akkubetrieb; es geht am Netz weiter"
    speak("en")
    queue.jobs.pause(Pause.FULL)
    assert queue.state.snapshot().note == "The disk is full. Make room, then go on."


def test_after_the_app_died_it_says_what_is_left(queue: KnownQueue, tmp_path: Path) -> None:
    queue.jobs.submit(MANY[:128], Enlarge())
    worked(queue, 16)
    with closing(KnownQueue(tmp_path / "app")) as again:
        again.jobs.start()
        assert again.state.snapshot().note == "Going on where it stopped: 112 left"
        assert again.head == "16 of 128 done"


def test_new_pictures_are_asked_about_once(queue: KnownQueue) -> None:
    queue.state.add(["/folder"])
    shown = queue.state.snapshot().ask
    assert shown is not None
    assert not shown.ready
    queue.walker.tell(Ended.PART, pictures=["/a.png", "/b.png"])
    queue.walker.tell(Ended.DONE, count=2)
    queue.state.add(["/c.png", "/a.png"])
    shown = queue.state.snapshot().ask
    assert shown is not None
    assert shown.title == "What should be done with these 3 pictures?"
    assert shown.go == "Enlarge 3 pictures"
    queue.state.choose(factor="4")
    queue.state.choose(style="restore")
    queue.state.go()
    assert queue.state.snapshot().ask is None
    assert queue.worker.last.told["choices"] == Enlarge(4.0, "restore").told()
    assert queue.state.activity()[0] == 3


def test_files_are_asked_about_at_once_and_only_folders_are_looked_through(queue: KnownQueue) -> None:
    queue.state.add(["/pictures/a.png", "/pictures/b.JPG", "/pictures"])
    assert queue.walker.last.told["paths"] == ["/pictures"]
    queue.walker.tell(Ended.PART, pictures=["/pictures/a.png", "/pictures/c.png"])
    queue.state.go()
    queue.walker.tell(Ended.PART, pictures=["/pictures/b.JPG", "/pictures/d.png"])
    queue.walker.tell(Ended.DONE, count=4)
    worked(queue, 4)
    assert [Path(source).name for source in queue.worker.sources] == ["a.png", "b.JPG", "c.png", "d.png"]


def test_what_is_to_be_enlarged_by_a_factor_starts_without_a_question(queue: KnownQueue) -> None:
    queue.state.enlarge(["/p/a.jpg", "/p/note.txt", "/p/a.jpg"], 4)
    assert queue.state.snapshot().ask is None
    assert queue.names == ["a.jpg", "note.txt"]
    jobs = list(queue.jobs.table.jobs.values())
    assert [job.choices for job in jobs] == [Enlarge(4.0), Enlarge(4.0)]
    assert queue.worker.calls[-1].do == "run"


def test_a_question_that_waits_for_its_answer_is_not_touched_by_what_starts_at_once(queue: KnownQueue) -> None:
    queue.state.add(["/p/asked.jpg"])
    queue.state.enlarge(["/p/a.jpg"], 2)
    ask = queue.state.snapshot().ask
    assert ask is not None
    assert ask.title == "What should be done with this picture?"
    assert queue.names == ["a.jpg"]


def test_erasing_wants_a_mask_first(queue: KnownQueue) -> None:
    queue.state.add(["/a.png"], "erase")
    shown = queue.state.snapshot().ask
    assert shown is not None
    assert shown.kind == "erase"
    assert not shown.ready
    queue.state.go()
    assert queue.worker.sources == []
    queue.state.choose(mask=Path("/logo.png"), quality="best")
    queue.state.go()
    assert queue.worker.last.told["choices"] == Erase("/logo.png", quality="best").told()


def test_the_last_choice_is_offered_again_even_after_a_restart(queue: KnownQueue, tmp_path: Path) -> None:
    queue.jobs.submit(MANY[:1], Erase("/logo.png", quality="balanced"))
    with closing(KnownQueue(tmp_path / "app")) as again:
        again.state.add(["/a.png"])
        shown = again.state.snapshot().ask
    assert shown is not None
    assert (shown.kind, shown.mask_words, shown.quality, shown.ready) == ("erase", "logo.png", "balanced", True)


def test_names_that_are_no_text_are_fit_for_the_screen(queue: KnownQueue) -> None:
    name = os.fsdecode(b"p\xe9che\xe2\x80\xaegpj.png")
    queue.state.add([Path("/a.png")])
    queue.state.choose(kind="erase", mask=Path("/masks") / name)
    ask = queue.state.snapshot().ask
    assert ask is not None
    assert ask.mask_words == "p\\xe9che\\u202egpj.png"
    queue.jobs.submit([f"/pictures/{name}"], Enlarge())
    queue.worker.fail(f"/pictures/{name} is empty.", "Take another copy of the file.")
    assert queue.state.row(1).step == "p\\xe9che\\u202egpj.png is empty. Take another copy of the file."


def test_what_is_found_after_the_answer_joins_the_same_batch(queue: KnownQueue) -> None:
    queue.jobs.submit(["/old1", "/old2"], Enlarge())
    queue.state.add(["/folder"])
    queue.walker.tell(Ended.PART, pictures=["/a.png"])
    queue.state.go()
    queue.walker.tell(Ended.PART, pictures=["/b.png"])
    queue.walker.tell(Ended.DONE, count=2)
    worked(queue, 4)
    assert queue.worker.sources == ["/old1", "/a.png", "/b.png", "/old2"]


def test_not_now_drops_them_and_the_walk(queue: KnownQueue) -> None:
    queue.state.add(["/folder"])
    queue.walker.tell(Ended.PART, pictures=["/a.png"])
    queue.state.dismiss()
    assert queue.walker.last.cancelled
    queue.walker.tell(Ended.PART, pictures=["/b.png"])
    queue.walker.tell(Ended.CANCELLED)
    assert queue.state.snapshot().ask is None
    assert queue.state.snapshot().problem == ""
    assert not queue.jobs.busy


def test_a_folder_without_pictures_is_said(queue: KnownQueue) -> None:
    queue.state.add(["/folder"])
    queue.walker.tell(Ended.DONE, count=0)
    shown = queue.state.snapshot()
    assert shown.ask is None
    assert shown.problem.startswith("There is no picture in there.")
    queue.state.settle()
    assert queue.state.snapshot().problem == ""


def test_the_process_that_walks_goes_when_it_has_nothing_to_do(queue: KnownQueue) -> None:
    queue.state.add(["/folder"])
    queue.walker.tell(Ended.DONE, count=0)
    queue.worker.pass_time(100)
    assert queue.walker.closes == 1


def test_a_long_run_that_ends_is_told_and_a_short_one_is_not(queue: KnownQueue) -> None:
    queue.jobs.submit(MANY[:2], Enlarge())
    worked(queue, 2, seconds=4)
    assert queue.doors.asked == []
    queue.jobs.submit(MANY[:4], Enlarge())
    worked(queue, 3, failed=1, seconds=4)
    assert queue.doors.asked == [("notify", "Pictures done", "All 3 done; 1 needs you")]


def test_enter_shows_the_result_and_a_door_that_fails_is_said(queue: KnownQueue) -> None:
    queue.jobs.submit(["/a.png"], Enlarge())
    queue.worker.done("/a (enlarged).png")
    queue.state.open(1)
    queue.state.show_in_folder()
    result = Path("/a (enlarged).png")
    assert queue.doors.asked == [("open_file", result), ("show_in_folder", result)]
    queue.doors.fault = NotFound("It is not there.", "Look for it.")
    queue.state.open(1)
    assert queue.state.snapshot().problem == "It is not there. Look for it."


def test_a_row_that_went_while_it_was_pressed_opens_nothing(queue: KnownQueue) -> None:
    queue.state.open(19)
    queue.state.show_in_folder(19)
    assert queue.doors.asked == []


def test_a_journal_without_room_is_said_and_pauses(queue: KnownQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.jobs.submit(MANY[:3], Enlarge())

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        queue.worker.done()
    shown = queue.state.snapshot()
    assert shown.note == "The disk is full. Make room, then go on."
    assert (shown.hold.words, shown.held) == ("Go on", True)
    queue.state.hold()
    assert queue.state.snapshot().note == "Results lie beside the originals"
    assert len(queue.worker.sources) == 2


def test_a_journal_that_can_not_be_used_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "app" / "queue.jsonl").mkdir(parents=True)
    queue = KnownQueue(tmp_path / "app")
    assert queue.state.snapshot().problem.startswith("The queue's file can't be used.")
    queue.state.settle()
    assert queue.state.snapshot().problem == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "about 5 s"), (38, "about 40 s"), (59, "about 1 min"), (530, "about 9 min"), (9000, "about 2 h")],
)
def test_times_are_said_as_exactly_as_they_are_known(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("progress"), st.integers(0, 30), st.integers(0, 30)),
        st.tuples(st.sampled_from(["done", "fail", "died", "battery", "full", "go on", "pause", "stop one"])),
    ),
    max_size=60,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_progress_never_runs_backwards(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[object, ...]]
) -> None:
    with closing(KnownQueue(tmp_path_factory.mktemp("app"))) as queue:
        act_out(queue, acts)


def act_out(queue: KnownQueue, acts: list[tuple[object, ...]]) -> None:
    """Do it all, and look whether the share only grows."""
    shares: list[float] = []
    queue.state.subscribe(lambda: shares.append(queue.state.share))
    queue.jobs.submit(MANY[:12], Enlarge())
    for act in acts:
        queue.worker.now += 1
        running = queue.jobs.current is not None
        match act:
            case ("progress", int(done), int(total)) if running:
                queue.worker.progress(done, total)
            case ("done",) if running:
                queue.worker.done()
            case ("fail",) if running:
                queue.worker.fail()
            case ("died",) if running:
                queue.worker.died()
            case ("battery",) if running:
                queue.worker.tell(Ended.DONE, battery=True)
            case ("full",) if running:
                queue.worker.fail(error="DiskFull")
            case ("go on",) if queue.jobs.paused is not None:
                queue.state.hold()
            case ("pause",) if queue.jobs.busy:
                queue.jobs.pause()
            case ("stop one",) if running and queue.jobs.current is not None:
                queue.jobs.cancel([queue.jobs.current.id])
                queue.worker.cancelled()
            case _:
                pass
        shares.append(queue.state.share)
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert (queue.state.share == 1.0) == (not queue.jobs.busy)
    assert sorted(queue.state.ids(0, 100)) == sorted(queue.jobs.table.jobs)
    assert len(queue.jobs.table.of[State.RUNNING]) <= 1
