"""Ten thousand messages that nobody should send, to a real process that listens: it goes on, keeps its size, starts nothing."""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.handoff import LONGEST, MOST_PATHS, Answer, Request, packed_request
from desktop.instance import hand_over

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a pipe instead: test_pipes.py")

ROOT = Path(__file__).resolve().parents[3]
MESSAGES = 10_000
WARM = 1_000
GROWTH = 20 * 1024 * 1024
"""Bytes by which the process may grow after it has seen each sort of message a few times."""

LISTENER = """
import hashlib, json, select, sys
from desktop.handoff import Answer
from desktop.instance import become_app
server = become_app()
started, taken, over, digest = [], 0, [], hashlib.sha256()
SPAWNING = ("subprocess.Popen", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn")
sys.addaudithook(lambda event, args: started.append(event) if event.startswith(SPAWNING) else None)
def take(request):
    global taken
    if request.do == "quit":
        over.append(True)
    elif request.do != "ping":
        taken += 1
        digest.update(repr(request).encode("ascii", "backslashreplace"))
    return Answer(True)
print("listens", flush=True)
while not over:
    select.select([server], [], [], 0.25)
    server.ready(take)
print(json.dumps({"taken": taken, "digest": digest.hexdigest(), "started": started}))
"""

ODD_NAMES = (
    "two\nlines",
    'a "quoted" name',
    "it's",
    "100 % %PATH% %1 %n",
    "$(touch /tmp/owned)",
    "`reboot`",
    "; rm -rf ~ #",
    "a & b | c > d < e",
    "\\\\server\\share",
    "-rf",
    "--erase",
    "\u202egpj.exe",
    "\u2066\u2069 \u200b",
    "a\tb\rc\x1b[31m",
    "caf\udce9",
    "𝄞" * 50,
    " ",
    "..",
    "*?[a]{b}~!^",
)


@dataclass(frozen=True)
class Message:
    """Bytes for the socket; the request that they say, None when they say none; `cut`: the end of the line never comes."""

    data: bytes
    request: Request | None = None
    cut: bool = False


def wrong(**told: Any) -> Message:
    """An object that is no request."""
    return Message(json.dumps({"v": 1, "do": "erase", "paths": ["/a"], **told}).encode() + b"\n")


def right(do: str, *paths: str) -> Message:
    """A request, however odd."""
    request = Request(do, paths)
    return Message(packed_request(request), request)


def make_small(chance: random.Random) -> Message:
    """One of the messages that cost nothing."""
    name = f"/{chance.choice(ODD_NAMES)}/{chance.choice(ODD_NAMES)}.jpg"
    sorts: tuple[Callable[[], Message], ...] = (
        lambda: Message(chance.randbytes(chance.randint(1, 400)).replace(b"\n", b"") + b"\n"),
        lambda: Message(b"\n"),
        lambda: Message(packed_request(Request("erase", (name,)))[: chance.randint(1, 30)], cut=True),
        lambda: Message(chance.randbytes(chance.randint(1, 400)).replace(b"\n", b""), cut=True),
        lambda: Message(b"", cut=True),
        lambda: wrong(do=chance.choice([None, 1, [], {}, "format", "ERASE", "erase ", "", "quit\0", "enlarge-3"])),
        lambda: wrong(paths=chance.choice([None, "/a", {"a": 1}, [1], [None], [["/a"]], [""], [True]])),
        lambda: wrong(v=chance.choice([0, 2, -1, "1", 1.5, True, None, [1], 10**30])),
        lambda: wrong(token=chance.choice([1, None, [], "t" * 513, "a\0b"])),
        lambda: wrong(**{chance.choice(["run", "cwd", "Do", "__class__", "shell", "env"]): "x"}),
        lambda: wrong(do="search", paths=chance.choice([[], ["/a", "/b"], ["a"]])),
        lambda: wrong(paths=[chance.choice(["a.jpg", "./a", "../../etc/passwd", "~", "C:\\a", "file:///a", "a/b\0"])]),
        lambda: wrong(paths=[chance.choice(["/a\0b", "/\ud800", "/\udfff", "/\ud83d"])]),
        lambda: Message(b'{"v":1,"do":"erase","paths":[NaN,Infinity,-1e999]}\n'),
        lambda: Message(b'{"v":' + b"9" * 5000 + b',"do":"ping"}\n'),
        lambda: Message('{"v":1,"do":"ping"}\n'.encode(chance.choice(["utf-16", "utf-32", "utf-8-sig"]))),
        lambda: Message(b'{"v":1,"do":"ping"}{"v":1,"do":"quit"}\n'),
        lambda: Message(json.dumps({"v": 1, "do": "quit", "paths": ["/a"]}).encode() + b"\n"),
        lambda: right("erase", name),
        lambda: right(chance.choice(["enlarge-2", "enlarge-4", "edit"]), name, "/another.png"),
        lambda: right("search", name),
        lambda: right(chance.choice(["app", "palette", "await", "background"])),
    )
    return chance.choice(sorts)()


def make_large(chance: random.Random) -> Message:
    """One of those that fill memory or stacks."""
    sorts: tuple[Callable[[], Message], ...] = (
        lambda: Message(b"[" * chance.randint(10_000, LONGEST - 10) + b"\n"),
        lambda: Message(b'{"v":' * 150_000 + b"\n"),
        lambda: Message(b"[" + b"[]," * 300_000 + b"[]]\n"),
        lambda: Message(b"a" * (LONGEST + chance.randint(0, LONGEST)), cut=True),
        lambda: Message(b'{"v":1,"do":"erase","paths":["/' + b"\\u0041" * 170_000 + b'"]}\n'),
        lambda: wrong(paths=["/" + "a" * 32_767]),
        lambda: wrong(paths=["/a"] * 5_000),
        lambda: right("erase", "/" + "a" * 32_000, "/" + "\udcff" * 32_000),
        lambda: right("enlarge-4", *(f"/{number}.jpg" for number in range(MOST_PATHS))),
    )
    return chance.choice(sorts)()


def messages(chance: random.Random) -> Iterator[Message]:
    """All of them; one in sixty is large."""
    for number in range(MESSAGES):
        yield make_large(chance) if number % 60 == 59 else make_small(chance)


def answer_to(path: str, message: Message, chance: random.Random) -> Answer | None:
    """What is said to a message, sent in one piece or several; None when nothing is, and the connection ends."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(path)
        pieces = chance.randint(2, 4) if len(message.data) < 1000 and chance.random() < 0.2 else 1
        size = len(message.data) // pieces + 1
        with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough
            for start in range(0, len(message.data), size):
                connection.sendall(message.data[start : start + size])
            if message.cut:
                connection.shutdown(socket.SHUT_WR)
        heard = b""
        with suppress(ConnectionResetError):
            while not heard.endswith(b"\n") and (part := connection.recv(4096)):
                heard += part
    if not heard:
        return None
    told = json.loads(heard)
    return Answer(told["taken"], told["why"])


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A process that listens as the app does."""
    with tempfile.TemporaryDirectory(prefix="hs-") as session:
        monkeypatch.setenv("XDG_RUNTIME_DIR", session)
        process = subprocess.Popen([sys.executable, "-c", LISTENER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "listens\n"
        yield process
        process.kill()
        process.wait()
        process.stdout.close()


def dawdle(path: str) -> list[socket.socket]:
    """Senders in the middle of a line that they never end."""
    slow = []
    for number in range(20):
        one = socket.socket(socket.AF_UNIX)
        one.connect(path)
        one.sendall(b'{"v":1,"do":"er'[: number % 15 + 1])
        slow.append(one)
    return slow


def test_ten_thousand_hostile_messages_do_it_no_harm(listener: subprocess.Popen[str]) -> None:
    process, chance, digest = psutil.Process(listener.pid), random.Random(14), hashlib.sha256()
    [path] = (os.fspath(one) for one in Path(os.environ["XDG_RUNTIME_DIR"], "homespun").iterdir())
    taken, before, slow = 0, 0, list[socket.socket]()
    for number, message in enumerate(messages(chance)):
        if number % 1000 == 500:
            slow += dawdle(path)
        answer = answer_to(path, message, chance)
        if message.request is not None:
            assert answer == Answer(True), message.data[:200]
            taken += 1
            digest.update(repr(message.request).encode("ascii", "backslashreplace"))
        else:
            assert answer is None or not answer.taken, message.data[:200]
        if number % 500 == 499:
            began = time.monotonic()
            assert hand_over(Request("ping")) == Answer(True)
            assert time.monotonic() - began < 1.0
            assert process.children() == []
        if number == WARM:
            before = process.memory_info().rss
    grown = process.memory_info().rss - before
    for one in slow:
        with closing(one):
            pass
    assert hand_over(Request("quit")) == Answer(True)
    said = json.loads(listener.communicate(timeout=10)[0])
    assert listener.returncode == 0
    assert said == {"taken": taken, "digest": digest.hexdigest(), "started": []}
    assert taken > MESSAGES / 10
    assert grown < GROWTH, f"{grown / 1e6:.1f} MB"
