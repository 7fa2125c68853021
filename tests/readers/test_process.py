"""The reader process: what it may not do, what happens when it dies, and that it leaves nothing."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import cast

import pytest

from desktop import demo_formats as make
from indexer.document import Limits, State
from indexer.readers import Outcome, Readers, process
from indexer.readers.frames import BrokenFrame, read_frame, write_frame
from indexer.readers.process import ReaderProcess
from indexer.readers.seccomp import build
from tests.readers.make_documents import all_documents

Write = Callable[[str, bytes], bytes]
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


def poison() -> bytes:
    """A PDF whose one page inflates to 200 MB: with too little memory PDFium ends the process."""
    import zlib

    page = zlib.compress(zlib.compress(b"\0" * (200 << 20), 9), 9)
    good = make.pdf("", "", "2024-01-01", [["x"]])
    start = good.index(b"<< /Length")
    end = good.index(b"endstream") + len(b"endstream")
    stream = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(page) + page + b"\nendstream"
    return good[:start] + stream + good[end:]


SMALL = Limits(memory_bytes=300_000_000)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poison") / "poison.pdf"
    path.write_bytes(poison())
    return path


@linux
def test_a_file_that_kills_its_reader_is_tried_twice_and_costs_nothing_else(poisoned: Path, write: Write) -> None:
    good = [write(f"{number}.txt", b"fine %d" % number) for number in range(6)]
    copy = write("copy.pdf", poisoned.read_bytes())
    with Readers(SMALL) as readers:
        first = readers.pid
        outcomes = list(readers.read_all([*good[:3], bytes(poisoned), *good[3:], copy]))
        assert readers.pid != first
    assert [outcome.path for outcome in outcomes] == [*good[:3], bytes(poisoned), *good[3:], copy]
    assert [outcome.document.text for outcome in outcomes if outcome.path in good] == [
        f"fine {number}" for number in range(6)
    ]
    killer, twin = outcomes[3], outcomes[7]
    assert killer.document.state is twin.document.state is State.ERROR
    assert "crashed (SIG" in killer.document.reason
    assert (killer.reader, len(killer.hash)) == ("pdf", 20)
    # Its copy is recognised by the hash, and kills nobody.
    assert (twin.hash, twin.reader, twin.document.reason) == (killer.hash, "pdf", killer.document.reason)


@linux
def test_a_content_known_as_poison_is_not_parsed(poisoned: Path, write: Write) -> None:
    with Readers(SMALL) as readers:
        known = readers.read(bytes(poisoned))
    with Readers(SMALL, refuse={known.hash: "known to crash"}) as readers:
        pid = readers.pid
        again = readers.read(bytes(poisoned))
        assert (again.document.state, again.document.reason) == (State.ERROR, "known to crash")
        later = readers.read(write("a.txt", b"harmless"))
        readers.add_refused(later.hash, "refused later")
        assert readers.read(later.path).document.reason == "refused later"
        assert readers.pid == pid


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Processes that were stopped just before they were asked for a file with "slow" in its name."""
    stopped = []
    send = ReaderProcess.send

    def freezing(self: ReaderProcess, path: bytes) -> None:
        if b"slow" in path:
            stopped.append(self.pid)
            os.kill(self.pid, signal.SIGSTOP)
        send(self, path)

    monkeypatch.setattr(ReaderProcess, "send", freezing)
    return stopped


@linux
def test_a_process_that_hangs_is_killed_and_the_file_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch, frozen: list[int]
) -> None:
    monkeypatch.setattr(process, "OPEN_SECONDS", 0.4)
    slow, after = write("slow.txt", b"words"), write("next.txt", b"next")
    with Readers() as readers:
        hung, good = readers.read_all([slow, after])
    assert (hung.document.state, hung.document.reason) == (State.ERROR, "took longer than 0.4 seconds")
    assert good.document.text == "next"
    assert len(set(frozen)) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in frozen)


@linux
def test_a_process_that_grows_too_large_is_killed_by_its_parent(
    write: Write, monkeypatch: pytest.MonkeyPatch, frozen: list[int]
) -> None:
    """As on macOS and Windows, where the parent does the watching."""
    monkeypatch.setattr(process, "WATCHED_FROM_OUTSIDE", True)
    monkeypatch.setattr(process, "_memory_of", lambda pid: lambda: 2_000_000_000 if pid in frozen else 0)
    slow, after = write("slow.txt", b"words"), write("next.txt", b"next")
    with Readers() as readers:
        grown, good = readers.read_all([slow, after])
    assert (grown.document.state, grown.document.reason) == (State.ERROR, "needs too much memory")
    assert good.document.text == "next"


@pytest.mark.parametrize(("size", "seconds"), [(0, 10), (5_000_000, 15), (10**9, 60)])
def test_larger_files_get_more_time_up_to_a_minute(size: int, seconds: float) -> None:
    assert process.seconds_for(size) == seconds


@linux
def test_the_sandbox_is_on(readers: Readers) -> None:
    assert readers.sandbox_status == {"limits": "on", "no_new_privs": "on", "seccomp": "on"}
    status = Path(f"/proc/{readers.pid}/status").read_text("ascii")
    assert "NoNewPrivs:\t1" in status
    assert "Seccomp:\t2" in status
    limits = Path(f"/proc/{readers.pid}/limits").read_text("ascii")
    values = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert values["Max file size"] == values["Max core file size"] == "0"
    assert values["Max address space"] == str(Limits().memory_bytes)
    assert int(values["Max open files"]) <= 64


ESCAPES = """
import ctypes, errno, os, signal, socket, subprocess, sys, threading
from indexer.document import Limits
from indexer.readers.sandbox import confine
target = sys.argv[1]
status = confine(Limits(), os.getppid())
def refused(name, call, *codes):
    try:
        call()
    except OSError as error:
        print(name, "refused" if error.errno in (codes or (errno.EPERM,)) else error)
    except RuntimeError as error:
        print(name, "refused" if "thread" in str(error) else error)
    else:
        print(name, "ALLOWED")
refused("socket", socket.socket)
refused("unix", lambda: socket.socket(socket.AF_UNIX))
refused("pair", socket.socketpair)
refused("exec", lambda: os.execv("/bin/true", ["true"]))
refused("spawn", lambda: subprocess.run(["/bin/true"]))
refused("fork", os.fork)
refused("thread", lambda: threading.Thread(target=print).start())
refused("write", lambda: open(target, "wb"))
refused("append", lambda: open(target, "ab"))
refused("update", lambda: open(target, "r+b"))
refused("create", lambda: os.open(target + ".new", os.O_CREAT | os.O_RDONLY))
refused("temporary", lambda: os.open(os.path.dirname(target), os.O_TMPFILE | os.O_RDWR))
refused("remove", lambda: os.unlink(target))
refused("rename", lambda: os.rename(target, target + ".2"))
refused("link", lambda: os.link(target, target + ".3"))
refused("folder", lambda: os.mkdir(target + ".d"))
refused("mode", lambda: os.chmod(target, 0o777))
refused("times", lambda: os.utime(target))
refused("truncate", lambda: os.truncate(target, 0))
refused("kill", lambda: os.kill(os.getppid(), 0))
refused("attribute", lambda: os.setxattr(target, "user.x", b"1"))
refused("memory", lambda: open(f"/proc/{os.getppid()}/mem", "r+b"))
print("read", open(target, "rb").read().decode())
print("status", status["seccomp"])
"""


@linux
def test_no_way_out_is_open_inside_the_sandbox(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_text("untouched", "ascii")
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{ESCAPES}", target],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert lines.pop("status") == "on", run.stderr
    assert lines.pop("read") == "untouched"
    assert len(lines) == 22
    assert set(lines.values()) == {"refused"}, lines
    assert target.read_text("ascii") == "untouched"
    assert set(os.listdir(tmp_path)) <= {"homespun-home", "target.txt"}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_a_program_that_the_kernel_can_take(machine: str) -> None:
    program = build(machine, 4242)
    assert len(program) % 8 == 0
    count = len(program) // 8
    assert count < 4096
    for number in range(count):
        code = int.from_bytes(program[number * 8 : number * 8 + 2], sys.byteorder)
        if_true, if_false = program[number * 8 + 2], program[number * 8 + 3]
        if code & 0x07 == 0x05:
            assert number + 1 + max(if_true, if_false) < count, "a jump leaves the program"
    assert program[-8:-6] == (0x06).to_bytes(2, sys.byteorder)


def run_filter(machine: str, program: bytes, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the filter answers for a system call: a little interpreter of the classic BPF that it uses."""
    architecture = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    memory = {0: number, 4: architecture} | {16 + 8 * place: value for place, value in enumerate(arguments)}
    register = place = 0
    while True:
        chunk = program[place * 8 : place * 8 + 8]
        code, if_true, if_false = int.from_bytes(chunk[:2], sys.byteorder), chunk[2], chunk[3]
        value = int.from_bytes(chunk[4:], sys.byteorder)
        place += 1
        if code == 0x20:
            register = memory.get(value, 0)
        elif code == 0x06:
            return value
        else:
            holds = {0x15: register == value, 0x35: register >= value, 0x45: bool(register & value)}[code]
            place += if_true if holds else if_false


@pytest.mark.parametrize(
    ("machine", "number", "arguments", "allowed"),
    [
        ("x86_64", 0, (), True),  # read
        ("x86_64", 41, (), False),  # socket
        ("x86_64", 59, (), False),  # execve
        ("x86_64", 257, (0, 0, os.O_RDONLY), True),
        ("x86_64", 257, (0, 0, os.O_WRONLY), False),
        ("x86_64", 2, (0, os.O_RDWR), False),
        ("x86_64", 234, (4242,), True),  # tgkill of itself, as abort does
        ("x86_64", 234, (4243,), False),
        ("x86_64", 0x40000000 | 41, (), False),  # x32
        ("aarch64", 63, (), True),  # read
        ("aarch64", 198, (), False),  # socket
        ("aarch64", 221, (), False),  # execve
        ("aarch64", 56, (0, 0, os.O_RDONLY), True),
        ("aarch64", 56, (0, 0, os.O_CREAT), False),
        ("aarch64", 131, (4242,), True),
        ("aarch64", 131, (1,), False),
        ("aarch64", 435, (), False),  # clone3
    ],
)
def test_the_filter_decides_by_call_and_argument(
    machine: str, number: int, arguments: tuple[int, ...], allowed: bool
) -> None:
    assert (run_filter(machine, build(machine, 4242), number, arguments) == 0x7FFF0000) is allowed


@linux
def test_the_process_dies_with_the_app(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    script = (
        f"import sys, time; sys.path.insert(0, {str(root)!r})\n"
        "from indexer.readers import Readers\n"
        "readers = Readers().__enter__()\nprint(readers.pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout is not None
        pid = int(app.stdout.readline())
        os.kill(pid, signal.SIGSTOP)  # even one that can't see its pipe close
        app.kill()
    end = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and "State:\tZ" not in _status(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists() or "State:\tZ" in _status(pid)


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return "State:\tZ"


def test_many_files_come_in_order_through_several_processes(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(f"{number:04}.txt", b"text %d" % number) for number in range(1_100)]
    seen = set()
    with Readers() as readers:
        for number, outcome in enumerate(readers.read_all(paths)):
            assert outcome.path == paths[number]
            assert outcome.document.text == f"text {number}"
            seen.add(readers.pid)
    assert len(seen) == 3


def test_texts_that_do_not_fit_a_pipe_arrive_whole_while_the_caller_is_slow(write: Write) -> None:
    words = [f"{number} " * 300_000 for number in range(10, 22)]
    paths = [write(f"{number}.txt", text.encode()) for number, text in enumerate(words)]
    with Readers() as readers:
        for text, outcome in zip(words, readers.read_all(paths), strict=True):
            time.sleep(0.02)
            assert outcome.document.text == text[:2_000_000]


def test_leaving_in_the_middle_does_not_mix_up_the_answers(write: Write) -> None:
    paths = [write(f"{number}.txt", b"text %d" % number) for number in range(40)]
    with Readers() as readers:
        for outcome in readers.read_all(paths):
            if outcome.path == paths[3]:
                break
        del outcome
        assert readers.read(paths[30]).document.text == "text 30"
        assert [outcome.document.text for outcome in readers.read_all(paths[5:7])] == ["text 5", "text 6"]


def test_two_readings_at_once_are_refused(write: Write) -> None:
    path = write("a.txt", b"text")
    with Readers() as readers:
        reading = cast("Generator[Outcome]", readers.read_all([path, path]))
        next(reading)
        with pytest.raises(RuntimeError, match="busy"):
            readers.read(path)
        reading.close()
        assert readers.read(path).document.text == "text"


def test_no_files_are_no_work(readers: Readers) -> None:
    assert list(readers.read_all([])) == []


def test_closed_readers_say_so(write: Write) -> None:
    readers = Readers()
    readers.close()
    with pytest.raises(RuntimeError, match="closed"):
        readers.read(write("a.txt", b"x"))


def test_paths_are_taken_as_the_reading_goes_on(write: Write) -> None:
    paths = [write(f"{number}.txt", b"x") for number in range(100)]
    taken = 0

    def giving() -> Iterator[bytes]:
        nonlocal taken
        for path in paths:
            taken += 1
            yield path

    with Readers() as readers:
        next(readers.read_all(giving()))
        assert taken <= 20


def test_all_formats_are_read_by_one_process(readers: Readers, write: Write) -> None:
    paths = [write(name, data) for name, data in all_documents().items()]
    pid = readers.pid
    outcomes = list(readers.read_all(paths))
    assert readers.pid == pid
    assert [outcome.document.state for outcome in outcomes] == [State.INDEXED] * len(paths)
    assert all(outcome.size == os.stat(outcome.path).st_size for outcome in outcomes)
    assert all(outcome.mtime_ns == os.stat(outcome.path).st_mtime_ns for outcome in outcomes)


@pytest.mark.parametrize("raw", [b"\xff" * 8, b"\0\0\0\x02\0\0\0\0[]", b"\0\0\0\x02\0\0\0\0{x"])
def test_nonsense_from_the_process_is_recognised(raw: bytes) -> None:
    import io

    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(raw))


def test_a_frame_arrives_as_it_was_sent() -> None:
    import io

    stream = io.BytesIO()
    body = random.Random(3).randbytes(1000)
    write_frame(stream, {"a": [1, "é", None]}, body)
    stream.seek(0)
    assert read_frame(stream) == ({"a": [1, "é", None]}, body)
    assert read_frame(stream) is None


@linux
def test_a_broken_installation_is_told_with_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_RUN", "raise SystemExit('nothing is installed here {paths!r:.0}')")
    with Readers() as readers, pytest.raises(process.CannotStart, match="nothing is installed"):
        readers.read(b"/etc/hostname")


def test_the_memory_of_a_process_can_be_watched_from_outside() -> None:
    resident = process._memory_of(os.getpid())
    assert 10_000_000 < resident() < 10_000_000_000
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        gone = process._memory_of(ended.pid)
    assert gone() == 0


def test_windows_structures_have_the_sizes_that_windows_expects() -> None:
    from homespun.jobobject import _Basic, _Extended

    wide = ctypes.sizeof(ctypes.c_void_p) == 8
    assert ctypes.sizeof(_Basic) == (64 if wide else 48)
    assert ctypes.sizeof(_Extended) == (144 if wide else 112)
