"""What becomes of everything that may go wrong in a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.workers import Ended, Worker
from homespun.errors import Damaged
from homespun.progress import Cancel, Cancelled
from tests.engines.runtime.fake_provider import DEVICES, Fault, device, list_devices

from .conftest import Start, gone, job, of, posix, soon


@pytest.mark.parametrize(
    ("fault", "reason", "text"),
    [
        (Fault.RAISE, Reason.FAILED, "RuntimeError: something went wrong in a kernel"),
        (Fault.SEGV, Reason.CRASH, "signal SEGV" if os.name == "posix" else "exit code 3221225477"),
        (Fault.ABORT, Reason.CRASH, "signal ABRT" if os.name == "posix" else "exit code"),
        (Fault.EXIT, Reason.CRASH, "exit code 3"),
        (Fault.DEVICE_LOST, Reason.DEVICE_LOST, "887A0005"),
        (Fault.OUT_OF_MEMORY, Reason.NO_MEMORY, "out of device memory"),
        (Fault.HANG, Reason.HANG, "no answer after"),
        (Fault.HANG_IGNORING_TERMINATE, Reason.HANG, "no answer after"),
    ],
)
def test_a_run_that_goes_wrong_has_one_reason(start: Start, fault: Fault, reason: Reason, text: str) -> None:
    remote = start().load(job(fault), deadline=10)
    with pytest.raises(DeviceFailed, match=text) as caught:
        remote.run(of(1, (50, 50)), deadline=0.5 if reason is Reason.HANG else 10)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.RAISE_AT_LOAD, Reason.FAILED),
        (Fault.CRASH_AT_LOAD, Reason.CRASH),
        (Fault.HANG_AT_LOAD, Reason.HANG),
        (Fault.NO_BACKEND_AT_LOAD, Reason.NO_BACKEND),
        (Fault.STALE_CONTEXT, Reason.STALE_CONTEXT),
    ],
)
def test_a_load_that_goes_wrong_has_one_reason(start: Start, fault: Fault, reason: Reason, tmp_path: Path) -> None:
    worker = start()
    worker.load(job(), deadline=10)
    with pytest.raises(DeviceFailed) as caught:
        worker.load(replace(job(fault), context=tmp_path / "made.onnx"), deadline=0.5 if reason is Reason.HANG else 10)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.CRASH_AT_FIND, Reason.CRASH),
        (Fault.HANG_AT_FIND, Reason.HANG),
        (Fault.RAISE_AT_FIND, Reason.FAILED),
    ],
)
def test_a_search_that_goes_wrong_has_one_reason(
    start: Start, fault: Fault, reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DEVICES, list_devices([device(), device(fault)]))
    worker = start()
    with pytest.raises(DeviceFailed) as caught:
        worker.find(1 if reason is Reason.HANG else 10)
    assert caught.value.reason is reason


def test_a_damaged_file_is_no_fault_of_the_device(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(Damaged, match=r"model\.onnx is damaged") as caught:
        start().load(replace(job(compute="cpu"), file=file), deadline=20)
    assert "homespun models verify" in caught.value.todo


def test_a_crash_is_seen_at_once_with_the_last_words(start: Start) -> None:
    times = []
    for _ in range(5):
        remote = start().load(job(Fault.SEGV), deadline=10)
        began = time.perf_counter()
        with pytest.raises(DeviceFailed, match="last words before the crash"):
            remote.run(of(1))
        times.append(time.perf_counter() - began)
    assert min(times) < 0.1


def test_a_worker_that_ignores_being_told_is_killed_half_a_second_later(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.HANG_IGNORING_TERMINATE), deadline=10)
    began = time.perf_counter()
    with pytest.raises(DeviceFailed):
        remote.run(of(1), deadline=0.2)
    assert 0.6 < time.perf_counter() - began < 1.5
    assert gone(worker.pid, 1)
    assert not worker.alive
    assert worker.failed


def test_after_its_end_every_call_says_why_at_once(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.SEGV), deadline=10)
    with pytest.raises(DeviceFailed):
        remote.run(of(1))
    for call in (lambda: remote.run(of(1)), lambda: worker.find(5), remote.placement):
        with pytest.raises(Ended) as caught:
            call()
        assert caught.value.reason is Reason.CRASH
    remote.close()


def test_an_answer_that_is_late_but_within_the_grace_is_taken(start: Start) -> None:
    remote = start().load(job(Fault.SLOW_IGNORING_TERMINATE, seconds="0.25"), deadline=10)
    assert remote.run(of(1), deadline=0.1)["y"].item() == 2
    assert remote.run(of(1), deadline=5)["y"].item() == 2


def test_a_run_that_heeds_being_told_is_a_hang_all_the_same_and_its_process_goes(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.SLOW, seconds="5"), deadline=10)
    began = time.perf_counter()
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1), deadline=0.1)
    assert caught.value.reason is Reason.HANG
    assert time.perf_counter() - began < 0.6
    assert gone(worker.pid, 1)


def test_an_answer_that_came_before_the_crash_counts(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.EXIT_AFTER_RESULT), deadline=10)
    assert (remote.run(of(1, (500, 500)))["y"] == 2).all()
    until = time.monotonic() + 3
    while worker.alive and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(Ended):
        remote.run(of(1))


@pytest.mark.parametrize("fault", [Fault.STDERR_FLOOD, Fault.CHATTY])
def test_a_provider_may_print_what_it_likes(start: Start, fault: Fault) -> None:
    worker = start()
    remote = worker.load(job(fault), deadline=10)
    for _ in range(3):
        assert remote.run(of(1), deadline=5)["y"].item() == 2
    assert len(worker.last_words) <= 4_096


@posix
def test_a_kill_in_the_middle_of_a_run_is_a_crash(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.HANG), deadline=10)
    soon(0.2, lambda: os.kill(worker.pid, signal.SIGKILL))
    began = time.perf_counter()
    with pytest.raises(DeviceFailed, match="signal KILL") as caught:
        remote.run(of(1), deadline=20)
    assert caught.value.reason is Reason.CRASH
    assert time.perf_counter() - began < 1


@posix
def test_a_worker_that_was_halted_is_a_hang(start: Start) -> None:
    worker = start()
    remote = worker.load(job(), deadline=10)
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1), deadline=0.2)
    assert caught.value.reason is Reason.HANG
    assert gone(worker.pid, 1)


def test_a_worker_that_outgrows_its_limit_is_ended(start: Start) -> None:
    worker = start(limit_bytes=200_000_000)
    remote = worker.load(job(Fault.HUGE_RSS, bytes="400000000"), deadline=10)
    with pytest.raises(DeviceFailed, match="200000000 allowed") as caught:
        remote.run(of(1), deadline=20)
    assert caught.value.reason is Reason.NO_MEMORY
    assert gone(worker.pid, 1)
    assert worker.memory > 200_000_000


def test_a_lost_device_takes_its_process_along(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.DEVICE_LOST), deadline=10)
    with pytest.raises(DeviceFailed):
        remote.run(of(1))
    assert gone(worker.pid, 1)


# --- stopping ---


def test_a_cancel_stops_a_run_and_the_worker_goes_on(start: Start) -> None:
    worker = start()
    remote, other = worker.load(job(Fault.HANG), deadline=10), worker.load(job(), deadline=10)
    cancel = Cancel()
    soon(0.1, cancel.cancel)
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        remote.run(of(1), cancel)
    assert time.perf_counter() - began < 1
    assert other.run(of(1))["y"].item() == 2
    assert not worker.failed


def test_a_cancel_that_is_not_heeded_kills_and_is_no_failure(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.HANG_IGNORING_TERMINATE), deadline=10)
    cancel = Cancel()
    soon(0.1, cancel.cancel)
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        remote.run(of(1), cancel)
    assert 1 < time.perf_counter() - began < 2
    assert gone(worker.pid, 1)
    assert not worker.failed


def test_a_cancel_ends_a_load_at_once(start: Start) -> None:
    worker, cancel = start(), Cancel()
    worker.find(10)
    soon(0.1, cancel.cancel)
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        worker.load(job(Fault.HANG_AT_LOAD), deadline=20, cancel=cancel)
    assert time.perf_counter() - began < 0.6
    assert not worker.failed


def test_a_run_that_was_cancelled_before_does_not_begin(start: Start) -> None:
    remote, cancel = start().load(job(Fault.SEGV), deadline=10), Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        remote.run(of(1), cancel)
    assert remote.worker.alive


def test_waiting_for_others_is_not_counted_and_heeds_a_cancel(start: Start) -> None:
    worker = start()
    slow, quick = worker.load(job(Fault.SLOW, seconds="1"), deadline=10), worker.load(job(), deadline=10)
    started = time.perf_counter()
    busy = threading.Thread(target=slow.run, args=(of(1),))
    busy.start()
    time.sleep(0.1)
    cancel = Cancel()
    soon(0.1, cancel.cancel)
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        quick.run(of(1), cancel)
    assert time.perf_counter() - began < 0.5
    assert quick.run(of(1), deadline=0.5)["y"].item() == 2
    assert time.perf_counter() - started > 1
    busy.join()


def test_a_stop_ends_whatever_is_under_way(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.HANG_IGNORING_TERMINATE), deadline=10)
    soon(0.2, worker.stop)
    began = time.perf_counter()
    with pytest.raises(Ended):
        remote.run(of(1), deadline=20)
    assert time.perf_counter() - began < 1.5
    assert gone(worker.pid, 0.5)
    worker.stop()


CHILD = """
import sys
sys.path[:0] = {path!r}
from engines.runtime.providers import PROVIDERS
from engines.runtime.workers import Worker
from tests.engines.runtime import fake_provider
from tests.engines.runtime.workers.conftest import job, of
PROVIDERS["fake"] = fake_provider.ROW
worker = Worker("fake")
remote = worker.load(job(fake_provider.Fault.{fault}), deadline=20)
print(worker.pid, flush=True)
{then}
"""


@posix
@pytest.mark.parametrize("fault", ["OK", "HANG_IGNORING_TERMINATE"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_does_not_outlive_the_app(fault: str, how: signal.Signals) -> None:
    code = CHILD.format(path=sys.path, fault=fault, then="remote.run(of(1)); input()")
    app = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    pid = int(app.stdout.readline())
    time.sleep(0.2)
    assert psutil.pid_exists(pid)
    app.send_signal(how)
    assert gone(pid, 2)
    app.communicate()


def test_an_app_that_forgets_its_worker_still_ends() -> None:
    code = CHILD.format(path=sys.path, fault="OK", then="print(remote.run(of(1))['y'].item())")
    app = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    pid, answer = app.stdout.split()
    assert answer == "2.0"
    assert gone(int(pid), 2)
    assert app.stderr == ""


@posix
def test_a_worker_outlives_the_thread_that_asked_for_it(start: Start) -> None:
    made: list[Worker] = []
    thread = threading.Thread(target=lambda: made.append(start()))
    thread.start()
    thread.join()
    time.sleep(0.1)
    assert made[0].load(job(), deadline=10).run(of(1))["y"].item() == 2
