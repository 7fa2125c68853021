"""The workers of the app together: shared, started again, ended when idle or too large."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.workers import Ended, Pool, Worker
from homespun.progress import Cancel, Cancelled
from tests.engines.runtime.fake_provider import Fault, set_fault

from .conftest import MakePool, gone, job, of, posix, soon


def settled(pool: Pool, count: int, within: float = 3.0) -> bool:
    """Whether `pool` has `count` workers within so many seconds."""
    until = time.monotonic() + within
    while len(pool.workers) != count and time.monotonic() < until:
        time.sleep(0.01)
    return len(pool.workers) == count


def test_sessions_of_one_device_share_a_worker(make_pool: MakePool) -> None:
    pool = make_pool()
    one, two = pool.load(job(), deadline=10), pool.load(job(), deadline=10)
    other = pool.load(job(colour="red"), deadline=10)
    quiet = pool.load(job(), deadline=10, quiet=True)
    assert one.worker is two.worker
    assert len({one.worker, other.worker, quiet.worker}) == len(pool.workers) == 3
    assert [r.run(of(1))["y"].item() for r in (one, two, other, quiet)] == [2] * 4


def test_a_provider_that_wants_to_be_alone_gets_a_process_for_each_session(make_pool: MakePool) -> None:
    pool = make_pool()
    remotes = [pool.load(job(provider="fake-alone"), deadline=10) for _ in range(3)]
    assert [r.run(of(1))["y"].item() for r in remotes] == [2] * 3
    pid = remotes[0].worker.pid
    remotes[0].close()
    assert gone(pid, 1)
    assert len(pool.workers) == 2
    with pytest.raises(DeviceFailed):
        pool.load(job(Fault.RAISE_AT_LOAD, provider="fake-alone"), deadline=10)
    assert len(pool.workers) == 2


def test_an_idle_worker_ends_and_its_models_load_themselves_again(make_pool: MakePool) -> None:
    pool = make_pool(idle_seconds=0.3)
    one, two = pool.load(job(), deadline=10), pool.load(job(Fault.WRONG_BLACK), deadline=10)
    first = one.worker.pid
    assert one.run(of(1))["y"].item() == 2
    assert settled(pool, 0)
    assert gone(first, 1)
    assert one.run(of(2))["y"].item() == 4
    assert two.run(of(2))["y"].item() == 0
    assert one.worker.pid != first


def test_a_busy_worker_is_not_idle(make_pool: MakePool) -> None:
    pool = make_pool(idle_seconds=0.2)
    remote = pool.load(job(Fault.SLOW, seconds="1"), deadline=10)
    pid = remote.worker.pid
    remote.run(of(1))
    assert remote.worker.pid == pid
    assert settled(pool, 0)


def test_a_pool_without_workers_has_no_thread(make_pool: MakePool) -> None:
    before = threading.active_count()
    pool = make_pool(idle_seconds=0.1)
    assert threading.active_count() == before
    pool.load(job(), deadline=10)
    assert threading.active_count() == before + 3
    assert settled(pool, 0)
    until = time.monotonic() + 2
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_the_pool_waits_without_waking_up(make_pool: MakePool) -> None:
    make_pool().load(job(), deadline=10).run(of(1))
    before = time.process_time()
    switches = psutil.Process().num_ctx_switches()
    time.sleep(0.5)
    after = psutil.Process().num_ctx_switches()
    assert time.process_time() - before < 0.02
    assert after.voluntary - switches.voluntary < 25


def test_after_a_crash_the_next_run_is_in_a_new_process(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    remote = pool.load(job(Fault.CRASH_ONCE, marker=str(tmp_path / "crashed")), deadline=10)
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1))
    assert caught.value.reason is Reason.CRASH
    began = time.perf_counter()
    assert remote.run(of(1))["y"].item() == 2
    assert time.perf_counter() - began < 2


def test_a_lost_device_is_used_again_in_a_new_process(make_pool: MakePool, tmp_path: Path) -> None:
    remote = make_pool().load(job(Fault.DEVICE_LOST_ONCE, marker=str(tmp_path / "lost")), deadline=10)
    pid = remote.worker.pid
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1))
    assert caught.value.reason is Reason.DEVICE_LOST
    assert remote.run(of(1))["y"].item() == 2
    assert remote.worker.pid != pid


def test_one_session_s_crash_does_not_fail_the_others(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    faults = tmp_path / "faults"
    setup = job(faults=str(faults))
    one, two = pool.load(setup, deadline=10), pool.load(setup, deadline=10)
    set_fault(faults, Fault.SEGV)
    with pytest.raises(DeviceFailed):
        one.run(of(1))
    faults.unlink()
    assert two.run(of(1))["y"].item() == 2
    assert one.run(of(1))["y"].item() == 2
    assert one.worker is two.worker


@posix
def test_a_worker_that_was_killed_while_idle_is_nobody_s_failure(make_pool: MakePool) -> None:
    pool = make_pool()
    remote = pool.load(job(), deadline=10)
    os.kill(remote.worker.pid, signal.SIGKILL)
    assert settled(pool, 0)
    assert remote.run(of(1))["y"].item() == 2


def test_restarts_wait_longer_each_time_and_heed_a_cancel(make_pool: MakePool) -> None:
    pool = make_pool(back_off=(0, 0.5, 30))
    remote = pool.load(job(Fault.SEGV), deadline=10)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        with pytest.raises(DeviceFailed):
            remote.run(of(1))
        took.append(time.perf_counter() - began)
    assert took[2] > 0.5
    cancel = Cancel()
    soon(0.2, cancel.cancel)
    with pytest.raises(Cancelled):
        remote.run(of(1), cancel)


def test_failures_of_a_provider_that_is_alone_are_remembered_from_session_to_session(make_pool: MakePool) -> None:
    pool = make_pool(back_off=(0, 0.6))
    took = []
    for _ in range(3):
        began = time.perf_counter()
        remote = pool.load(job(Fault.SEGV, provider="fake-alone"), deadline=10)
        with pytest.raises(DeviceFailed):
            remote.run(of(1))
        remote.close()
        took.append(time.perf_counter() - began)
    assert took[2] > 0.6


def test_a_cancel_that_kills_is_no_reason_to_wait(make_pool: MakePool) -> None:
    remote = make_pool(back_off=(30,)).load(job(Fault.HANG_IGNORING_TERMINATE, after="1"), deadline=10)
    remote.run(of(1))
    for _ in range(2):
        cancel = Cancel()
        soon(0.05, cancel.cancel)
        with pytest.raises(Cancelled):
            remote.run(of(1), cancel)
        assert remote.run(of(1))["y"].item() == 2


def test_others_who_wait_for_a_worker_that_a_cancel_killed_are_served_by_the_next(make_pool: MakePool) -> None:
    pool = make_pool()
    stuck = pool.load(job(Fault.HANG_IGNORING_TERMINATE, after="1"), deadline=10)
    stuck.run(of(1))
    cancel = Cancel()
    answers: list[float] = []

    def be_cancelled() -> None:
        with pytest.raises(Cancelled):
            stuck.run(of(1), cancel)

    blocked = threading.Thread(target=be_cancelled)
    blocked.start()
    time.sleep(0.1)
    waiting = threading.Thread(target=lambda: answers.append(stuck.run(of(5))["y"].item()))
    waiting.start()
    time.sleep(0.1)
    cancel.cancel()
    blocked.join()
    waiting.join()
    assert answers == [10]


def test_the_least_recently_used_worker_makes_room(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(limit_bytes=1 << 40)
    one, two = (pool.load(job(colour=c), deadline=10) for c in ("red", "green"))
    one.run(of(1))
    large = tmp_path / "model.onnx"
    with large.open("wb") as stream:
        stream.truncate(1_000_000_000)
    pool._limit = pool.memory + 1_000_000_000 - 10_000_000
    three = pool.load(replace(job(colour="blue"), file=large), deadline=10)
    assert not two.worker.alive
    assert one.worker.alive
    assert three.run(of(1))["y"].item() == 2
    assert two.run(of(1))["y"].item() == 2


def test_a_worker_that_grows_pushes_out_idle_ones(make_pool: MakePool) -> None:
    pool = make_pool(limit_bytes=1 << 40)
    idle = pool.load(job(), deadline=10)
    growing = pool.load(job(Fault.HUGE_RSS, bytes="200000000"), deadline=10)
    pool._limit = pool.memory + 100_000_000
    growing.run(of(1))
    assert not idle.worker.alive
    assert growing.worker.alive


def test_a_single_worker_may_not_take_the_machine(make_pool: MakePool) -> None:
    remote = make_pool(worker_bytes=150_000_000).load(job(Fault.HUGE_RSS), deadline=10)
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1))
    assert caught.value.reason is Reason.NO_MEMORY


def test_closing_the_pool_ends_everything_and_whoever_waits_is_cancelled(make_pool: MakePool) -> None:
    pool = make_pool()
    remote = pool.load(job(Fault.HANG_IGNORING_TERMINATE), deadline=10)
    pid = remote.worker.pid
    soon(0.2, pool.close)
    with pytest.raises(Cancelled):
        remote.run(of(1))
    assert gone(pid, 1)
    assert pool.workers == []
    with pytest.raises(Cancelled):
        remote.run(of(1))
    with pytest.raises(Cancelled):
        pool.load(job(), deadline=1)
    remote.close()


def test_a_session_that_another_thread_closed_says_so(make_pool: MakePool) -> None:
    remote = make_pool().load(job(), deadline=10)
    remote.close()
    remote.close()
    with pytest.raises(Ended, match="closed"):
        remote.run(of(1))


def test_a_load_that_fails_leaves_the_pool_usable(make_pool: MakePool) -> None:
    pool = make_pool()
    for fault in (Fault.RAISE_AT_LOAD, Fault.CRASH_AT_LOAD):
        with pytest.raises(DeviceFailed):
            pool.load(job(fault), deadline=10)
    assert pool.load(job(), deadline=10).run(of(1))["y"].item() == 2


# --- what is left behind ---


def descriptors() -> int:
    """Open descriptors (handles on Windows) of this process."""
    count = getattr(psutil.Process(), "num_fds" if os.name == "posix" else "num_handles")
    return int(count())


def test_two_hundred_jobs_leave_nothing_behind(make_pool: MakePool) -> None:
    pool = make_pool()
    remote = pool.load(job(), deadline=10)

    def jobs(count: int) -> None:
        for index in range(count):
            assert (remote.run(of(index, (200 + index % 7, 300)))["y"] == 2 * index).all()

    jobs(30)
    there, here, files = remote.worker.memory, psutil.Process().memory_info().rss, descriptors()
    jobs(200)
    assert remote.worker.memory - there < 3_000_000
    assert psutil.Process().memory_info().rss - here < 5_000_000
    assert descriptors() == files


def test_workers_that_come_and_go_leave_nothing_behind(make_pool: MakePool) -> None:
    def round_trip() -> None:
        pool = make_pool()
        pool.load(job(), deadline=10).run(of(1, (300, 300)))
        with pytest.raises(DeviceFailed):
            pool.load(job(Fault.SEGV), deadline=10).run(of(1))
        pool.close()

    round_trip()
    files, threads = descriptors(), threading.active_count()
    for _ in range(5):
        round_trip()
    assert descriptors() == files
    assert threading.active_count() == threads
    assert [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE] == []


def test_a_storm_of_cancels_ends_in_order_with_no_failure_counted(make_pool: MakePool) -> None:
    pool = make_pool()
    remote = pool.load(job(Fault.SLOW, seconds="0.05"), deadline=10)
    worker: Worker = remote.worker
    cancels = [Cancel() for _ in range(50)]
    ended: list[object] = []

    def work(cancel: Cancel) -> None:
        try:
            ended.append(remote.run(of(1), cancel)["y"].item())
        except (Cancelled, DeviceFailed) as error:
            ended.append(type(error))

    threads = [threading.Thread(target=work, args=(cancel,)) for cancel in cancels]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    for cancel in cancels:
        cancel.cancel()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    assert time.perf_counter() - began < 2
    assert len(ended) == 50
    assert set(ended) <= {2.0, Cancelled}
    assert ended.count(Cancelled) > 30
    assert remote.run(of(1))["y"].item() == 2
    assert remote.worker is worker
    assert not worker.failed
