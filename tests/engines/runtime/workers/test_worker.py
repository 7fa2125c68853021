"""One worker process: what it does, and what becomes of everything that may go wrong in it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.providers import PROVIDERS
from engines.runtime.workers import Ended, Worker, launch
from homespun.progress import Cancel
from tests.engines.runtime.fake_provider import DEVICES, Fault, device, list_devices

from .conftest import Start, job, of, posix


def test_a_run_gives_what_the_model_computes_in_memory_of_its_own(start: Start) -> None:
    remote = start().load(job(), deadline=10)
    first = remote.run(of(3, (40, 50)))["y"]
    second = remote.run(of(4, (2,)))["y"]
    assert (first == 6).all()
    assert second.tolist() == [8, 8]
    assert first.base is None
    assert first.flags.writeable
    assert first.flags.c_contiguous


def test_ports_and_the_time_of_the_load_come_along(start: Start) -> None:
    remote = start().load(replace(job(shape="rows,7"), shapes={"rows": 5}), deadline=10)
    assert [(p.name, p.dtype, p.shape) for p in remote.inputs] == [("x", np.dtype(np.float32), (5, 7))]
    assert [p.name for p in remote.outputs] == ["y"]
    assert 0 <= remote.seconds < 5


def test_devices_are_found_with_everything_that_is_known_of_them(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [device(name="fake:npu", colour="red"), device(Fault.SLOW, name="fake:npu2")]
    monkeypatch.setenv(DEVICES, list_devices(listed))
    assert start().find(10) == listed


def test_a_placement_comes_after_proving_and_a_run(start: Start) -> None:
    worker = start()
    remote = worker.load(job(Fault.PARTIAL, proving=True), deadline=10)
    assert remote.placement().assigned == ()
    remote.run(of(1))
    placement = remote.placement()
    assert {node.provider for node in placement.assigned} == {"FakeExecutionProvider", "CPUExecutionProvider"}
    assert sum(node.operator.startswith("Memcpy") for node in placement.profiled) == 12
    assert worker.load(job(), deadline=10).placement().profiled == ()


def test_a_compiled_form_is_written_where_it_was_asked_for(start: Start, tmp_path: Path) -> None:
    worker = start()
    worker.compile(job(), tmp_path / "made.onnx", deadline=10)
    assert "model.onnx" in (tmp_path / "made.onnx").read_text()
    with pytest.raises(DeviceFailed) as caught:
        worker.compile(job(Fault.COMPILE_FAILS), tmp_path / "other.onnx", deadline=10)
    assert caught.value.reason is Reason.COMPILE


def test_slots_grow_with_the_tensors_and_small_ones_still_fit(start: Start) -> None:
    remote = start().load(job(), deadline=10)
    for side in (1, 300, 2_000, 3, 2_500):
        y = remote.run(of(side, (side, side)))["y"]
        assert y.shape == (side, side)
        assert (y == 2 * side).all()


def test_several_sessions_live_in_one_process_until_they_are_closed(start: Start) -> None:
    worker = start()
    one, two = worker.load(job(), deadline=10), worker.load(job(Fault.WRONG_BLACK), deadline=10)
    assert one.run(of(1))["y"].item() == 2
    assert two.run(of(1))["y"].item() == 0
    one.close()
    one.close()
    assert two.run(of(1))["y"].item() == 0
    with pytest.raises(Ended, match="closed"):
        one.run(of(1))


def test_threads_that_share_a_worker_get_their_own_answers(start: Start) -> None:
    worker = start()
    remotes = [worker.load(job(), deadline=10) for _ in range(2)]
    wrong: list[float] = []

    def work(value: int) -> None:
        for step in range(40):
            y = remotes[(value + step) % 2].run(of(value, (value, 30)), Cancel())["y"]
            if y.shape != (value, 30) or not (y == 2 * value).all():
                wrong.append(value)

    threads = [threading.Thread(target=work, args=(value,)) for value in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_another_interpreter_can_be_the_worker(start: Start) -> None:
    worker = start(python=sys.executable)
    assert worker.load(job(), deadline=10).run(of(2))["y"].item() == 4
    assert worker.find(10)[0].python == sys.executable


def test_an_interpreter_that_is_not_there_is_no_crash(start: Start, tmp_path: Path) -> None:
    with pytest.raises(DeviceFailed, match="can't be started") as caught:
        start(python=str(tmp_path / "python")).find(5)
    assert caught.value.reason is Reason.LIBRARY


def test_a_provider_that_can_not_be_imported_is_told_as_it_is(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "fake", "tests.engines.runtime.fake_provider:Missing")
    with pytest.raises(AttributeError, match="Missing"):
        # The app's own table is read here too: to sort errors.
        start().find(5)
    with pytest.raises(KeyError):
        Worker("unheard of")


HEAVY = ("psutil", "platformdirs", "onnxruntime", "models", "apsw", "sqlite3", "engines.runtime.session")


def test_a_worker_imports_nothing_that_its_environment_may_lack() -> None:
    root = str(launch.ROOT)
    rooms = {name: f"{root}/{name.replace('.', '/')}" for name in launch.ROOMS}
    code = launch.RUN.format(paths=[root], last=True, rooms=rooms).replace("\nmain()", "")
    code += (
        "import importlib, engines.runtime.failures, engines.runtime.cores, engines.runtime.proof.work\n"
        "from engines.runtime.providers import PROVIDERS\n"
        "for row in PROVIDERS.values(): importlib.import_module(row.partition(':')[0])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@posix
def test_a_quiet_worker_has_a_low_priority(start: Start) -> None:
    worker = start(quiet=True)
    worker.find(10)
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
