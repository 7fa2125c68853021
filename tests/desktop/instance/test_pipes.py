"""The hand-over of Windows, over a Unix address where there is no Windows: the same code but for the pipe itself."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from desktop import pipes
from desktop.handoff import Answer, Request, packed_request, read_answer
from desktop.pipes import PipeServer, pipe_hand_over, pipe_key, pipe_name
from homespun.errors import Busy, NoPermission

KEY = b"k" * 32


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Where the test's own app listens."""
    return pipe_name(tmp_path) if sys.platform == "win32" else str(tmp_path / "pipe")


@pytest.fixture
def server(address: str) -> Iterator[PipeServer]:
    """An app that listens, and has not begun to take anything."""
    found = PipeServer.listen(address, KEY)
    assert found is not None
    yield found
    found.close()


def test_what_is_asked_while_the_app_starts_is_taken_once_it_stands(server: PipeServer, address: str) -> None:
    taken: list[Request] = []

    def take(request: Request) -> Answer:
        taken.append(request)
        return Answer(True)

    with pytest.raises(Busy):
        pipe_hand_over(address, KEY, packed_request(Request("ping")), 0.1)
    server.serve(take)

    assert pipe_hand_over(address, KEY, packed_request(Request("palette")), 5) == Answer(True)
    assert taken[-1] == Request("palette")


def test_who_cannot_read_the_key_is_not_heard(server: PipeServer, address: str) -> None:
    server.serve(lambda _request: pytest.fail("it was taken"))

    assert pipe_hand_over(address, b"x" * 32, packed_request(Request("quit")), 5) is None


def test_only_one_listens_and_nobody_answers_where_none_does(server: PipeServer, address: str, tmp_path: Path) -> None:
    assert PipeServer.listen(address, KEY) is None
    assert pipe_hand_over(str(tmp_path / "none"), KEY, b"", 5) is None


def test_nonsense_and_silence_are_answered(server: PipeServer, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "SLOWEST", 0.1)
    server.serve(lambda _request: Answer(True))
    for data in (b"nonsense", None):
        with Client(address, authkey=KEY) as connection:
            if data is not None:
                connection.send_bytes(data)
            assert not read_answer(connection.recv_bytes()).taken
    assert pipe_hand_over(address, KEY, packed_request(Request("ping")), 5) == Answer(True)


def test_who_knocks_and_says_nothing_keeps_nobody_out(
    server: PipeServer, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "SLOWEST", 0.1)
    server.serve(lambda _request: Answer(True))
    with Client(address), Client(address) as second:  # neither shows that it can read the key
        second.send_bytes(b"x" * 100)
        assert pipe_hand_over(address, KEY, packed_request(Request("ping")), 5) == Answer(True)


@pytest.mark.parametrize("held", [b"", b"\0" * 31, b"x" * 33])
def test_nobody_is_let_in_by_a_key_that_others_could_guess(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "key").write_bytes(held)
    with pytest.raises(NoPermission, match="not a key"):
        pipe_key(tmp_path)


def test_the_key_is_made_once_and_is_the_persons_own(tmp_path: Path) -> None:
    key = pipe_key(tmp_path)

    assert len(key) == 32
    assert pipe_key(tmp_path) == key
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert pipe_name(tmp_path) == pipe_name(tmp_path) != pipe_name(tmp_path / "other")
