"""A worker that has lost its mind, and a worker that is spoken to by somebody who has."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.workers import launch
from engines.runtime.workers.frames import read_frame, write_frame
from engines.runtime.workers.main import ODD
from engines.runtime.workers.slots import Slot
from tests.engines.runtime import fake_provider

from .conftest import Start, gone, job, of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="starts a script by its first line")

SCRIPT = """#!{python}
import json, struct, sys

def read():
    (size,) = struct.unpack("!I", sys.stdin.buffer.read(4))
    return json.loads(sys.stdin.buffer.read(size))

def write(body):
    if isinstance(body, dict):
        body = json.dumps(body).encode()
        body = struct.pack("!I", len(body)) + body
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()

read()
write({{"call": 0, "python": "3"}})
PORT = {{"name": "x", "dtype": "float32", "shape": ["rows", "columns"]}}
LOADED = {{"seconds": 0.1, "inputs": [PORT], "outputs": [PORT]}}
GOOD = {{"name": "y", "dtype": "float32", "shape": [1], "offset": 0}}
while True:
    question = read()
    call = {{"call": question["call"]}}
    if question["ask"] == "load":
        write(call | {loaded})
    else:
        {answer}
"""


def odd(folder: Path, answer: str = "pass", loaded: str = "LOADED") -> str:
    """An interpreter that is none: it answers a run with `answer`, whatever it was told to run itself."""
    script = folder / "python"
    script.write_text(SCRIPT.format(python=sys.executable, answer=answer, loaded=loaded))
    script.chmod(0o700)
    return str(script)


@pytest.mark.parametrize(
    "answer",
    [
        'write(b"\\xff\\xff\\xff\\xff")',
        'write(b"hello, this is the driver speaking")',
        'write(struct.pack("!I", 9) + b"not json!")',
        'write(struct.pack("!I", 3) + b"[1]")',
        "write(call)",
        'write(call | {"outputs": None})',
        'write(call | {"outputs": [GOOD | {"offset": -64}]})',
        'write(call | {"outputs": [GOOD | {"offset": 1 << 40}]})',
        'write(call | {"outputs": [GOOD | {"shape": [1 << 40]}]})',
        'write(call | {"outputs": [GOOD | {"shape": [-1]}]})',
        'write(call | {"outputs": [GOOD | {"dtype": "object"}]})',
        'write(call | {"outputs": [GOOD, GOOD | {"name": "z"}]})',
        'write(call | {"needed": 1 << 60})',
        'write(call | {"needed": -5})',
        'write(call | {"needed": 100})',
    ],
)
def test_an_answer_that_can_not_be_ends_the_worker_as_a_failure(start: Start, tmp_path: Path, answer: str) -> None:
    worker = start(python=odd(tmp_path, answer))
    remote = worker.load(job(), deadline=5)
    with pytest.raises(DeviceFailed, match="something odd") as caught:
        remote.run(of(1), deadline=5)
    assert caught.value.reason is Reason.FAILED
    assert gone(worker.pid, 1)
    assert worker.failed


@pytest.mark.parametrize(
    "loaded",
    [
        "{}",
        'LOADED | {"seconds": "long"}',
        'LOADED | {"seconds": float("nan")}',
        'LOADED | {"inputs": [PORT | {"dtype": "float128"}]}',
        'LOADED | {"outputs": [{"name": "x"}]}',
        'LOADED | {"inputs": 7}',
    ],
)
def test_a_load_that_is_described_wrongly_is_a_failure(start: Start, tmp_path: Path, loaded: str) -> None:
    worker = start(python=odd(tmp_path, loaded=loaded))
    with pytest.raises(DeviceFailed, match="something odd"):
        worker.load(job(), deadline=5)
    assert gone(worker.pid, 1)


def test_an_answer_to_another_question_is_no_answer(start: Start, tmp_path: Path) -> None:
    remote = start(python=odd(tmp_path, 'write({"call": 99, "outputs": [GOOD]})')).load(job(), deadline=5)
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1), deadline=0.3)
    assert caught.value.reason is Reason.HANG


def test_a_worker_that_closes_its_pipe_and_lives_on_is_ended(start: Start, tmp_path: Path) -> None:
    worker = start(python=odd(tmp_path, "import os, time; os.close(1); time.sleep(60)"))
    remote = worker.load(job(), deadline=5)
    with pytest.raises(DeviceFailed) as caught:
        remote.run(of(1), deadline=20)
    assert caught.value.reason is Reason.CRASH
    assert gone(worker.pid, 1)


# --- the other way round ---


class Told:
    """A worker process that is spoken to directly."""

    def __init__(self) -> None:
        self.slots = (Slot(), Slot())
        self.process = launch.start("", [slot.file for slot in self.slots], quiet=False)
        self.call = 0
        self.say({"row": fake_provider.ROW, "parent": os.getpid(), "quiet": False})
        assert self.hear() is not None

    def say(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        write_frame(self.process.stdin, message)

    def hear(self) -> dict[str, Any] | None:
        assert self.process.stdout is not None
        return read_frame(self.process.stdout)

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        self.call += 1
        self.say({"call": self.call, **message})
        answer = self.hear()
        assert answer is not None
        assert answer["call"] == self.call
        return answer

    def end(self) -> int:
        self.process.kill()
        self.process.communicate()
        for slot in self.slots:
            slot.close()
        return self.process.returncode


RUN: dict[str, Any] = {
    "ask": "run",
    "session": 1,
    "inputs": [{"name": "x", "dtype": "float32", "shape": [2], "offset": 0}],
}


def test_a_worker_maps_nothing_that_can_not_be_and_goes_on() -> None:
    from engines.runtime.workers.wire import setup_told

    told = Told()
    loaded = told.ask({"ask": "load", "session": 1, "setup": setup_told(job())})
    assert loaded["inputs"][0]["name"] == "x"
    entry, out = (slot.described() for slot in told.slots)
    good = RUN | {"in": entry, "out": out}
    tensor = good["inputs"][0]
    for wrong in (
        {"in": entry | {"size": 1 << 40}},
        {"in": entry | {"file": 12_345}},
        {"in": None},
        {"out": out | {"size": -1}},
        {"inputs": [tensor | {"offset": 1 << 50}]},
        {"inputs": [tensor | {"shape": [1 << 50]}]},
        {"inputs": [tensor | {"dtype": "object"}]},
        {"inputs": [tensor, tensor]},
        {"inputs": None},
        {"session": 2},
        {"session": None},
    ):
        answer = told.ask(good | wrong)
        assert "broken" in answer, wrong
    assert told.ask(good)["outputs"][0]["shape"] == [2]
    assert "broken" in told.ask({"ask": "load", "session": 3, "setup": {"device": 1}})
    assert told.ask({"ask": "fetch", "out": out})["outputs"] == []
    assert told.process.poll() is None
    told.end()


@pytest.mark.parametrize(
    "noise",
    [
        b"\xff\xff\xff\xff",
        struct.pack("!I", 4) + b"null",
        struct.pack("!I", 2) + b"{]",
        struct.pack("!I", 14) + b'{"ask":"stop"}',
        struct.pack("!I", 24) + b'{"call":1,"ask":"dance"}',
        struct.pack("!I", 25) + b'{"call":"1","ask":"find"}',
    ],
)
def test_a_worker_that_can_not_follow_gives_up(noise: bytes) -> None:
    told = Told()
    assert told.process.stdin is not None
    told.process.stdin.write(noise)
    told.process.stdin.flush()
    try:
        assert told.process.wait(5) == ODD
        assert told.process.stderr is not None
        assert b"told something odd" in told.process.stderr.read()
    finally:
        told.end()


@pytest.mark.parametrize("told_to", [True, False], ids=["told to", "nobody there"])
def test_a_worker_leaves_at_once(told_to: bool) -> None:
    told = Told()
    began = time.perf_counter()
    if told_to:
        told.say({"ask": "leave"})
    else:
        assert told.process.stdin is not None
        told.process.stdin.close()
        told.process.stdin = None
    assert told.process.wait(5) == 0
    assert time.perf_counter() - began < 1
    told.end()


def test_a_worker_whose_app_is_another_process_leaves_at_once() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process who its parent is now")
    slots = (Slot(), Slot())
    process = launch.start("", [slot.file for slot in slots], quiet=False)
    assert process.stdin is not None
    write_frame(process.stdin, {"row": fake_provider.ROW, "parent": 1, "quiet": False})
    assert process.wait(5) == 0
    process.communicate()
    for slot in slots:
        slot.close()


def test_a_slot_can_not_be_made_smaller_under_the_reader() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux seals memory")
    slot = Slot()
    with pytest.raises(PermissionError):
        os.ftruncate(slot.file, 1)
    slot.close()


def test_no_memory_has_a_name_in_the_file_system(start: Start) -> None:
    shared = Path("/dev/shm")
    before = set(shared.iterdir()) if shared.is_dir() else set()
    worker = start()
    worker.load(job(), deadline=5).run(of(1, (1_000, 1_000)))
    assert (set(shared.iterdir()) if shared.is_dir() else set()) == before
    subprocess.run(["kill", "-9", str(worker.pid)], check=True)
