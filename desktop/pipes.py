"""The hand-over on Windows: a named pipe, whose both ends prove that they can read a key in the person's own folder.

Python on Windows has no Unix sockets. The pipe's first instance is the lock: the system lets one process have it.
`pipe_rights.py` says who may open it at all. `installer/native` speaks the same from C.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from desktop.handoff import LONGEST, Answer, Rejected, packed_answer, read_answer, read_request
from desktop.instance import SLOWEST, Take, no_answer
from homespun.errors import NoPermission

_KEY_SIZE = 32


def pipe_name(home: Path) -> str:
    """The pipe of the app whose own folder is `home`: `home` is below the person's profile, so the name is theirs."""
    name = hashlib.sha256(os.fsencode(os.path.normcase(home))).hexdigest()[:32]
    return rf"\\.\pipe\homespun-{name}"


def pipe_key(home: Path) -> bytes:
    """The key that both ends know, made the first time; the profile's own rights keep it from others.

    Raises `NoPermission` for one that can't be read or is none: with a key that others could guess nobody is let in.
    """
    path = home / "key"
    with suppress(FileExistsError, FileNotFoundError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_SIZE))
    try:
        key = path.read_bytes()
    except OSError as error:
        raise _no_key(path) from error
    if len(key) != _KEY_SIZE:
        raise _no_key(path)
    return key


def _no_key(path: Path) -> NoPermission:
    return NoPermission(
        f"{path} is not a key that Homespun can read.", "Quit Homespun, delete that file, and start Homespun again."
    )


class Door(Protocol):
    """What listens: `Listener` without a key, or Windows' own with rights."""

    def accept(self) -> Connection:
        """Wait for whoever knocks. Raises `OSError`."""

    def close(self) -> None:
        """Listen no more."""


class PipeServer:
    """Listens in a thread. Requests wait until `serve` says who takes them, so none is lost while the app starts."""

    def __init__(self, listener: Door, key: bytes) -> None:
        self._listener = listener
        self._key = key
        self._takers: SimpleQueue[Take] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._accept, name="hand-over", daemon=True)
        self._thread.start()

    @classmethod
    def listen(cls, address: str, key: bytes) -> PipeServer | None:
        """Listen at `address`; None when somebody does already."""
        try:
            return cls(_door(address), key)
        except OSError:  # on Windows the pipe's first instance is taken: access denied
            return None

    def serve(self, take: Take) -> None:
        """Have `take` called with each request, in this server's own thread."""
        self._takers.put(take)

    def close(self) -> None:
        """Listen no more."""
        self._closed = True
        self._listener.close()

    def _accept(self) -> None:
        take = self._takers.get()
        while not self._closed:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):  # closed, or whoever knocked is gone again
                continue
            with connection, suppress(OSError, EOFError, AuthenticationError, ValueError):
                self._meet(connection)
                self._answer(connection, take)

    def _meet(self, connection: Connection) -> None:
        """Prove to each other that both can read the key. Raises `AuthenticationError`, `OSError`, `EOFError`, `ValueError`."""
        other = _Impatient(connection)
        deliver_challenge(other, self._key)  # type: ignore[arg-type]
        answer_challenge(other, self._key)  # type: ignore[arg-type]

    def _answer(self, connection: Connection, take: Take) -> None:
        if not connection.poll(SLOWEST):
            connection.send_bytes(packed_answer(Answer(False, "too slow")))
            return
        try:
            answer = take(read_request(connection.recv_bytes(LONGEST)))
        except Rejected as wrong:
            answer = Answer(False, str(wrong))
        connection.send_bytes(packed_answer(answer))


class _Impatient:
    """A connection whose other end has `SLOWEST` seconds for each message: one that keeps silent must not stop all others."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send_bytes(self, data: bytes) -> None:
        self._connection.send_bytes(data)

    def recv_bytes(self, most: int) -> bytes:
        if not self._connection.poll(SLOWEST):
            raise TimeoutError
        return self._connection.recv_bytes(most)


def _door(address: str) -> Door:
    if sys.platform == "win32":
        from desktop.pipe_rights import OwnListener

        return OwnListener(address)
    return Listener(address)


def pipe_hand_over(address: str, key: bytes, line: bytes, wait: float) -> Answer | None:
    """The answer of the app that listens at `address`; None when none does. Raises `Busy` after `wait` seconds."""
    heard: SimpleQueue[Answer | None] = SimpleQueue()

    def ask() -> None:
        try:
            with Client(address, authkey=key) as connection:
                _let_come_forward()
                connection.send_bytes(line)
                heard.put(read_answer(connection.recv_bytes(LONGEST)))
        except (OSError, EOFError, AuthenticationError, Rejected):
            heard.put(None)

    # The pipe's own calls know no deadline; a thread that still waits ends with this short process.
    threading.Thread(target=ask, name="hand-over", daemon=True).start()
    try:
        return heard.get(timeout=wait)
    except Empty:
        raise no_answer() from None


def _let_come_forward() -> None:
    """Pass on the right to take the focus, which Windows gave to this start because the person began it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
