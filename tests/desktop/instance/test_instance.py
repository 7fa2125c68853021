"""One app for each person and HOMESPUN_HOME: real processes, real sockets, real kills."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import instance
from desktop.handoff import Answer, Request, packed_request
from desktop.instance import PosixServer, become_app, hand_over, start_or_hand_over
from homespun.errors import Busy
from homespun.folders import folders
from tests.desktop.instance.running import running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a pipe instead: test_pipes.py")

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A session's folder of the test's own, short as a real one: a socket's path may not be long."""
    with tempfile.TemporaryDirectory(prefix="hs-") as name:
        monkeypatch.setenv("XDG_RUNTIME_DIR", name)
        yield Path(name)


def yes(taken: list[Request]) -> Callable[[Request], Answer]:
    """Takes everything, and notes it."""

    def take(request: Request) -> Answer:
        taken.append(request)
        return Answer(True)

    return take


def said(path: Path, data: bytes) -> Answer:
    """What the app answers to these bytes, whatever they are."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        connection.sendall(data)
        told = json.loads(connection.recv(4096))
    return Answer(told["taken"], told["why"])


def test_without_an_app_nobody_answers_and_nothing_is_made() -> None:
    assert hand_over(Request("ping")) is None
    assert not folders().data.exists()


def test_the_first_becomes_the_app_and_the_second_hands_over() -> None:
    taken: list[Request] = []
    name = os.fsdecode(b"/tmp/\xff\xfe.png")
    with running(yes(taken)):
        assert become_app() is None
        assert start_or_hand_over(Request("edit", (name,))) == Answer(True)
    assert taken == [Request("edit", (name,))]


def test_a_selection_that_fits_in_no_line_arrives_whole_and_in_order() -> None:
    taken: list[Request] = []
    paths = tuple(f"/{number}/{'a' * 300}" for number in range(9000))
    with running(yes(taken)):
        assert hand_over(Request("erase", paths)) == Answer(True)
    assert len(taken) > 2
    assert tuple(path for one in taken for path in one.paths) == paths


def test_an_app_that_takes_only_the_first_line_has_not_taken_it() -> None:
    taken: list[Request] = []

    def once(request: Request) -> Answer:
        taken.append(request)
        return Answer(len(taken) == 1, "leaving")

    with running(once):
        assert hand_over(Request("erase", tuple(f"/{number}" for number in range(20_000)))) == Answer(False, "leaving")
    assert len(taken) == 2


def test_the_app_may_say_no() -> None:
    with running(lambda _request: Answer(False, "not now")):
        assert hand_over(Request("palette")) == Answer(False, "not now")


def test_only_the_person_can_reach_the_socket(session: Path) -> None:
    with running(yes([])) as server:
        assert server.path.parent == session / "homespun"
        assert stat.S_IMODE(server.path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.path.stat().st_mode) == 0o600
        assert stat.S_IMODE((folders().data / "app").stat().st_mode) == 0o700


def test_another_users_connection_is_closed_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Request] = []
    with running(yes(taken)) as server:
        real = os.getuid()
        monkeypatch.setattr(instance, "peer_uid", lambda _connection: real + 1)
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.settimeout(5)
            stranger.connect(str(server.path))
            with suppress(ConnectionResetError):
                assert stranger.recv(1) == b""
        assert hand_over(Request("ping")) is None  # nor does a start believe an app of somebody else
    assert taken == []


def test_the_uid_of_the_other_end_is_ours() -> None:
    here, there = socket.socketpair(socket.AF_UNIX)
    with here, there:
        assert instance.peer_uid(here) == os.getuid()


def test_a_long_home_listens_under_a_short_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / ("deep" * 12) / ("deeper" * 12)))
    monkeypatch.setenv("TMPDIR", "/tmp")
    monkeypatch.setattr("tempfile.tempdir", None)
    with running(yes([])) as server:
        assert len(os.fsencode(server.path)) <= instance.LONGEST_NAME
        assert stat.S_IMODE(server.path.parent.stat().st_mode) == 0o700
        monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")  # a start from another session finds it all the same
        assert hand_over(Request("ping")) == Answer(True)


def test_a_folder_that_is_a_link_is_not_listened_in(session: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (session / "homespun").symlink_to(tmp_path / "theirs")
    with running(yes([])) as server:
        assert server.path.parent != session / "homespun"
    assert list((tmp_path / "theirs").iterdir()) == []


def test_two_homes_have_two_apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(yes([])):
        monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "other"))
        assert hand_over(Request("ping")) is None
        with running(yes([])):
            assert hand_over(Request("ping")) == Answer(True)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello\n", "not JSON"),
        (b'{"v":9,"do":"ping"}\n', "version"),
        (b'{"v":1,"do":"shutdown"}\n', "verb"),
        (b"\0\0\0\0\n", "not JSON"),
    ],
)
def test_nonsense_is_answered_and_the_app_goes_on(data: bytes, why: str) -> None:
    taken: list[Request] = []
    with running(yes(taken)) as server:
        answer = said(server.path, data)
        assert hand_over(Request("ping")) == Answer(True)
    assert not answer.taken
    assert why in answer.why
    assert taken == [Request("ping")]


def test_a_flood_without_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(yes([])) as server, socket.socket(socket.AF_UNIX) as flood:
        flood.settimeout(5)
        flood.connect(str(server.path))
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            flood.sendall(b"a" * 4_000_000)
        assert hand_over(Request("ping")) == Answer(True)


def test_slow_senders_neither_hold_the_app_up_nor_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "SLOWEST", 0.3)
    with running(yes([])) as server:
        slow = [socket.socket(socket.AF_UNIX) for _ in range(instance.MOST_CLIENTS + 5)]
        for one in slow:
            one.settimeout(5)
            instance._connect(one, os.fsencode(server.path), time.monotonic() + 5)
            one.sendall(b'{"v":1,')
        began = time.monotonic()
        assert hand_over(Request("ping")) == Answer(True)
        assert time.monotonic() - began < 0.5
        assert json.loads(slow[-1].recv(4096))["why"] == "too slow"
        until = time.monotonic() + 5
        while server.waiting and time.monotonic() < until:
            time.sleep(0.01)
        assert server.waiting == 0
        for one in slow:
            one.close()


def test_an_app_that_was_busy_for_a_while_hears_all_whose_line_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_MOMENT", 0.0)
    taken: list[Request] = []
    server = PosixServer.listen(tmp_path)
    assert server is not None
    senders = [socket.socket(socket.AF_UNIX) for _ in range(instance.MOST_CLIENTS + 5)]
    for number, one in enumerate(senders):
        if number == instance.MOST_CLIENTS:
            server.ready(yes(taken))  # all places are taken, and nobody's line was read yet
        one.connect(os.fspath(server.path))
        one.sendall(packed_request(Request("erase", (f"/{number}",))))
    for _ in range(3):
        server.ready(yes(taken))
    for one in senders:
        one.settimeout(5)
        assert json.loads(one.recv(4096))["taken"]
        one.close()
    server.close()
    assert sorted(taken, key=lambda one: int(one.paths[0][1:])) == [
        Request("erase", (f"/{number}",)) for number in range(len(senders))
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=400) | st.sampled_from([b"\n", b'{"v":1,', b'"do":"ping"}', b"\0"]), max_size=6))
def test_whatever_bytes_come_in_whatever_pieces_the_app_goes_on(pieces: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = PosixServer.listen(Path(folder))
        assert server is not None
        taken: list[Request] = []
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(os.fspath(server.path))
            server.ready(yes(taken))
            for piece in pieces:
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(piece)
                server.ready(yes(taken))
        for _ in range(3):
            server.ready(yes(taken))
        waiting = server.waiting
        server.close()
    assert waiting == 0
    if taken:
        assert taken == [Request("ping")]


def test_closing_with_senders_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    server = PosixServer.listen(tmp_path)
    assert server is not None
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.fspath(server.path))
        connection.sendall(b"{")
        server.ready(yes([]))
        assert server.waiting == 1
        server.close()
        connection.settimeout(5)
        with suppress(ConnectionResetError):
            assert connection.recv(1) == b""


def test_a_hundred_starts_at_once_are_all_heard() -> None:
    taken: list[Request] = []
    answers: list[Answer | None] = []
    with running(yes(taken)):
        starts = [threading.Thread(target=lambda: answers.append(hand_over(Request("ping")))) for _ in range(100)]
        for one in starts:
            one.start()
        for one in starts:
            one.join()
    assert answers == [Answer(True)] * 100
    assert len(taken) == 100


def test_whoever_leaves_in_the_middle_leaves_nothing_behind() -> None:
    with running(yes([])) as server:
        for data in (b"", b'{"v":1'):
            with socket.socket(socket.AF_UNIX) as gone:
                gone.connect(str(server.path))
                gone.sendall(data)
        assert hand_over(Request("ping")) == Answer(True)
        until = time.monotonic() + 2
        while server.waiting and time.monotonic() < until:
            time.sleep(0.01)
        assert server.waiting == 0


def test_an_app_that_does_not_answer_is_said_in_time() -> None:
    server = become_app()
    assert server is not None
    began = time.monotonic()
    with pytest.raises(Busy, match="doesn't answer"):
        hand_over(Request("palette"), wait=0.2)
    assert time.monotonic() - began < 1
    server.close()


APP = """
import sys
from desktop.handoff import Answer, Request, packed_request
from desktop.instance import start_or_hand_over
found = start_or_hand_over(Request("ping"), wait=20)
if isinstance(found, Answer):
    print("handed over", flush=True)
    sys.exit()
print("app", flush=True)
import time
until = time.monotonic() + 30
while time.monotonic() < until:
    found.ready(lambda request: Answer(True))
    time.sleep(0.01)
"""


def start() -> subprocess.Popen[str]:
    """A process that becomes the app or hands over, and says which."""
    return subprocess.Popen([sys.executable, "-c", APP], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_after_a_kill_the_next_start_becomes_the_app() -> None:
    for _ in range(2):
        process = start()
        assert process.stdout is not None
        assert process.stdout.readline() == "app\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert hand_over(Request("ping")) is None
    server = become_app()
    assert server is not None
    server.close()


def test_of_many_starts_at_once_exactly_one_becomes_the_app() -> None:
    processes = [start() for _ in range(8)]
    said = []
    for process in processes:
        assert process.stdout is not None
        said.append(process.stdout.readline().strip())
    for process in processes:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    assert sorted(said) == ["app"] + ["handed over"] * 7


def test_once_closed_another_may_become_the_app() -> None:
    for _ in range(3):
        server = become_app()
        assert isinstance(server, PosixServer)
        server.close()
        assert not server.path.exists()
