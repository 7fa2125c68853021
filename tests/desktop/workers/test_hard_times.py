"""Worker processes when things go badly: no process to be had, a part missing, a pipe that is full, a disk that is."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.window import services as room
from desktop.window.services import Services
from desktop.workers import Ended, Event, client, make_sheet, sheets
from homespun.errors import ExitCode, NoSpace
from tests.desktop.workers.conftest import SERVE, Owner, Owns

SLEEPY = "import time; time.sleep(1.5); " + SERVE
"""A process that doesn't read what it is told for a while, as one that is being loaded."""

BROKEN = """
from desktop.workers.child import serve_with
def open_service():
    import a_part_that_is_not_there
serve_with(open_service)
"""


def test_a_process_that_can_not_be_started_is_told_and_not_raised(owner_of: Owns) -> None:
    owner = owner_of(["/nowhere/python", "-m", "x"])
    owner.worker.start()
    heard: list[Event] = []
    owner.worker.ask("echo", {}, heard.append)
    assert heard == []  # never before `ask` has returned
    assert [event.how for event in owner.until_last(heard)] == [Ended.DIED]
    assert not owner.worker.busy


def test_it_is_tried_again_with_the_next_call(owner: Owner) -> None:
    good = owner.worker._command
    owner.worker._command = ["/nowhere/python"]
    assert owner.events("echo")[-1].how is Ended.DIED
    owner.worker._command = good
    assert owner.events("echo", {"a": 1})[-1] == Event(Ended.DONE, {"a": 1})


def test_a_log_that_can_not_be_written_costs_no_process(owner_of: Owns, tmp_path: Path) -> None:
    owner = owner_of([sys.executable, "-c", SERVE], tmp_path / "gone" / "log")
    assert owner.events("echo")[-1].how is Ended.DONE


def test_a_log_does_not_grow_for_ever(owner_of: Owns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST_LOG", 10)
    log = tmp_path / "test.log"
    log.write_text("x" * 11)
    owner = owner_of([sys.executable, "-c", SERVE], log)
    owner.events("prints")
    owner.worker.kill()
    assert (tmp_path / "test.1.log").read_text() == "x" * 11
    assert log.read_text().startswith("a library")


def test_asking_much_of_a_process_that_does_not_listen_yet_holds_nobody_up(owner_of: Owns) -> None:
    owner = owner_of([sys.executable, "-c", SLEEPY])
    told = {"paths": [f"/pictures/{number:0200}" for number in range(5000)]}
    began = time.perf_counter()
    heard: list[Event] = []
    owner.worker.ask("echo", told, heard.append)
    assert time.perf_counter() - began < 0.5
    assert owner.until_last(heard)[-1].told == told


def test_closing_a_process_that_does_not_listen_holds_nobody_up(owner_of: Owns) -> None:
    owner = owner_of([sys.executable, "-c", "import time; time.sleep(60)"])
    owner.worker.ask("echo", {"text": "x" * 500_000}, lambda _event: None)
    began = time.perf_counter()
    owner.worker.close()
    assert time.perf_counter() - began < 0.5
    owner.worker.kill()
    assert owner.worker.wait(5)


def test_a_service_with_a_part_missing_says_which(owner_of: Owns) -> None:
    owner = owner_of([sys.executable, "-c", BROKEN])
    for _ in range(2):
        (event,) = owner.events("anything")
        assert (event.how, event.told["code"]) == (Ended.FAILED, int(ExitCode.BUG))
        assert "a_part_that_is_not_there" in event.told["details"]


@pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc")
def test_processes_that_come_and_go_leave_neither_files_nor_zombies(owner: Owner) -> None:
    def files() -> int:
        return len(os.listdir("/proc/self/fd"))

    ours: set[int] = set()

    def turn() -> None:
        owner.events("echo")
        pid = owner.worker.pid
        owner.worker.close()
        assert pid is not None
        ours.add(pid)
        end = time.monotonic() + 10
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < end
            time.sleep(0.01)

    turn()
    before = files()
    for _ in range(6):
        turn()
    turn()
    assert owner.worker.wait(5)
    while owner._posted.qsize():
        owner.turn()
    # Only those of this test: pytest's process has children of other tests too.
    assert len(ours) == 8
    assert not [pid for pid in ours if psutil.pid_exists(pid)]
    assert files() <= before + 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_in_a_terminal_is_for_the_window_alone(owner: Owner) -> None:
    import signal

    owner.events("echo")
    assert owner.worker.pid is not None
    os.kill(owner.worker.pid, signal.SIGINT)
    assert owner.events("echo", {"still": 1})[-1].how is Ended.DONE


def test_memory_for_pixels_that_can_not_be_had_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_told: object) -> tuple[int, str]:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(NoSpace):
        make_sheet(10)


def test_sheets_that_nobody_fetched_go_with_the_process(owner: Owner) -> None:
    told = owner.events("sheet")[-1].told
    path = Path(told["path"])
    assert path.exists()
    owner.worker.close()
    assert owner.worker.wait(5)
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes by signal")
def test_what_a_killed_process_left_is_swept_at_the_next_start(owner: Owner) -> None:
    told = owner.events("sheet")[-1].told
    path = Path(told["path"])
    owner.worker.kill()
    assert owner.worker.wait(5)
    sheets.sweep_sheets()
    assert path.exists()  # somebody may be about to open it
    earlier = time.time() - sheets.IN_TRANSIT - 5
    os.utime(path, (earlier, earlier))
    mine = make_sheet(1)
    os.utime(mine.path, (earlier, earlier))
    sheets.sweep_sheets()
    assert (path.exists(), mine.path.exists()) == (False, True)
    mine.path.unlink()


def test_many_sheets_are_not_remembered_for_ever() -> None:
    for _ in range(3 * sheets.MANY):
        made = make_sheet(1)
        made.path.unlink()
    assert len(sheets._named) <= sheets.MANY + 1


@pytest.mark.skipif(sys.platform != "linux", reason="measures in /proc")
def test_a_thousand_calls_cost_no_memory(owner: Owner) -> None:
    def resident() -> int:
        assert owner.worker.pid is not None
        return int(psutil.Process(owner.worker.pid).memory_info().rss)

    for _ in range(100):
        owner.events("sheet_and_forget")
    before = resident()
    for _ in range(1000):
        owner.events("sheet_and_forget")
    assert resident() - before < 5_000_000


# the app's processes by name


def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Services, Callable[[str], Event]]:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    services = Services(posted.put, None)
    monkeypatch.setattr(room, "IDLE", 0.4)
    worker = services.worker("search")
    worker._command = [sys.executable, "-c", SERVE]

    def ask(do: str) -> Event:
        heard: list[Event] = []
        worker.ask(do, {}, heard.append)
        while not (heard and heard[-1].last):
            posted.get(timeout=20)()
        return heard[-1]

    return services, ask


def test_a_process_that_is_used_again_and_again_is_not_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services, ask = named(tmp_path, monkeypatch)
    ask("echo")
    pid = services.worker("search").pid
    for _ in range(5):
        time.sleep(0.15)
        ask("echo")
        services.rest()
    assert services.worker("search").pid == pid
    time.sleep(0.5)
    services.rest()
    assert not services.worker("search").running
    services.close()


def test_all_processes_end_within_three_seconds_though_one_is_deaf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, ask = named(tmp_path, monkeypatch)
    ask("echo")
    worker = services.worker("search")
    pid = worker.pid
    worker.ask("deaf", {}, lambda _event: None)
    time.sleep(0.2)
    began = time.perf_counter()
    services.close()
    assert time.perf_counter() - began < 3.0
    assert pid is not None
    worker.wait(1)
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize(
    "service", ["document", "index", "jobs", "search", "thumbnails", "chores", "models", "devices"]
)
def test_garbage_in_a_pipe_ends_a_service_without_a_word_on_it(service: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.workers", service],
        input=b"\x00\xff not json\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
