"""A worker process as the window sees it: answers, parts, cancels, failures and deaths."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from desktop.workers import Ended, Event, make_sheet, sweep_sheets
from desktop.workers.sheets import FORGOTTEN
from homespun.errors import ExitCode
from tests.desktop.workers.conftest import SERVE, Owner


def test_an_answer_is_what_was_asked_for_whatever_letters_it_has(owner: Owner) -> None:
    told = {"path": os.fsdecode(b"/tmp/\xff/ue-\xc3\xbc"), "text": "line\nline ✓", "number": 3}
    assert owner.events("echo", told) == [Event(Ended.DONE, told)]


def test_parts_come_in_order_before_the_end(owner: Owner) -> None:
    heard = owner.events("parts")
    assert [event.told["number"] for event in heard] == [0, 1, 2, 3]
    assert [event.how for event in heard] == [Ended.PART] * 3 + [Ended.DONE]


def test_no_event_comes_before_the_ticket(owner: Owner) -> None:
    heard: list[Event] = []
    owner.worker.ask("echo", {}, heard.append)
    time.sleep(0.3)
    assert heard == []
    owner.until_last(heard)


def test_a_cancel_is_heard_in_the_middle_of_the_work(owner: Owner) -> None:
    heard: list[Event] = []
    ticket = owner.worker.ask("wait", {}, heard.append)
    while not any(event.how is Ended.PROGRESS for event in heard):
        owner.turn()
    assert heard[-1].told == {"done": 1, "total": 10, "note": "waiting"}
    ticket.cancel()
    assert owner.until_last(heard)[-1].how is Ended.CANCELLED
    assert owner.events("echo", {"still": "there"})[-1].how is Ended.DONE


def test_a_call_that_still_waits_can_be_cancelled_too(owner: Owner) -> None:
    first: list[Event] = []
    second: list[Event] = []
    running = owner.worker.ask("wait", {}, first.append)
    owner.worker.ask("echo", {}, second.append).cancel()
    running.cancel()
    owner.until_last(first)
    assert owner.until_last(second)[-1].how is Ended.CANCELLED


def test_what_a_person_can_meet_comes_back_in_words(owner: Owner) -> None:
    (event,) = owner.events("missing")
    words = {"what": "It is not there.", "todo": "Look elsewhere.", "code": 3, "error": "NotFound"}
    assert event == Event(Ended.FAILED, words)


def test_a_full_disk_is_nobodys_bug(owner: Owner) -> None:
    (event,) = owner.events("full")
    assert (event.told["error"], event.told["code"]) == ("NoSpace", int(ExitCode.NO_SPACE))


def test_a_bug_keeps_its_traceback_and_the_process(owner: Owner, tmp_path: Path) -> None:
    (event,) = owner.events("bug")
    assert event.told["code"] == int(ExitCode.BUG)
    assert "nobody expected this" in event.told["details"]
    assert "ZeroDivisionError" in (tmp_path / "log").read_text()
    assert owner.events("echo")[-1].how is Ended.DONE


def test_a_process_that_dies_ends_its_calls_and_the_next_one_starts_another(owner: Owner) -> None:
    waiting: list[Event] = []
    heard: list[Event] = []
    owner.worker.ask("die", {}, heard.append)
    owner.worker.ask("echo", {}, waiting.append)
    assert owner.until_last(heard)[-1].how is Ended.DIED
    assert owner.until_last(waiting)[-1].how is Ended.DIED
    assert owner.events("echo")[-1].how is Ended.DONE


def test_a_call_of_a_process_that_died_ends_though_the_next_one_has_started(owner: Owner) -> None:
    lost: list[Event] = []
    owner.worker.ask("deaf", {}, lost.append)
    while not lost:
        owner.turn()
    owner.worker.kill()
    assert owner.worker.wait(5)
    heard: list[Event] = []
    owner.worker.ask("echo", {}, heard.append)  # before this thread has heard of the death
    owner.until_last(heard)
    assert owner.until_last(lost)[-1].how is Ended.DIED
    assert heard[-1].how is Ended.DONE


def test_kill_ends_work_that_hears_nothing(owner: Owner) -> None:
    heard: list[Event] = []
    owner.worker.ask("deaf", {}, heard.append)
    while not heard:
        owner.turn()
    owner.worker.kill()
    assert owner.until_last(heard)[-1].how is Ended.DIED


def test_what_libraries_print_does_not_get_into_the_pipe(owner: Owner, tmp_path: Path) -> None:
    assert owner.events("prints") == [Event(Ended.DONE, {"printed": True})]
    log = (tmp_path / "log").read_text()
    assert "a library that prints" in log
    assert "and one in C" in log


def test_an_answer_larger_than_the_pipe_arrives_whole(owner: Owner) -> None:
    (event,) = owner.events("large")
    assert len(event.told["text"]) == 500_000


def test_pixels_are_shared_and_the_name_is_gone(owner: Owner) -> None:
    sheet = make_sheet(1000)
    sheet.memory[:] = bytes([7]) * 1000
    assert owner.events("turn", {"path": str(sheet.path)})[-1].told == {"size": 1000}
    assert sheet.memory[:] == bytes([248]) * 1000
    assert not sheet.path.exists()


def test_only_the_owner_may_look_into_a_sheet() -> None:
    sheet = make_sheet(10)
    assert sheet.path.stat().st_mode & 0o077 == 0
    assert sheet.path.parent.stat().st_mode & 0o077 == 0
    sheet.path.unlink()


def test_old_sheets_are_swept_and_new_ones_stay() -> None:
    old, new = make_sheet(10), make_sheet(10)
    long_ago = time.time() - FORGOTTEN - 60
    os.utime(old.path, (long_ago, long_ago))
    sweep_sheets()
    assert (old.path.exists(), new.path.exists()) == (False, True)
    new.path.unlink()


def test_closing_ends_a_quiet_process_at_once_and_a_deaf_one_soon(owner: Owner) -> None:
    owner.events("echo")
    owner.worker.close()
    assert owner.worker.wait(5)
    heard: list[Event] = []
    owner.worker.ask("deaf", {}, heard.append)
    while not heard:
        owner.turn()
    owner.worker.close()
    assert owner.worker.wait(8)


def test_a_call_right_after_closing_starts_another_process(owner: Owner) -> None:
    owner.events("echo")
    before = owner.worker.pid
    owner.worker.close()
    assert owner.events("echo", {"again": True})[-1] == Event(Ended.DONE, {"again": True})
    assert owner.worker.pid not in (None, before)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_workers_end_when_the_window_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys, time
from desktop.workers import WorkerProcess
worker = WorkerProcess("test", lambda f: None, command=[sys.executable, "-c", {SERVE!r}])
worker.ask("deaf", {{}}, print)
print(worker.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        child = psutil.Process(int(window.stdout.readline()))
        window.send_signal(signal.SIGKILL)
        window.wait()
        gone, _ = psutil.wait_procs([child], timeout=10)
        assert gone or child.status() == psutil.STATUS_ZOMBIE


def test_a_service_that_is_none_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "desktop.workers", "os"], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.USAGE
    assert "no service" in done.stderr
