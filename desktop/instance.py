"""One running app for each person and HOMESPUN_HOME: who is it, and how a later start hands over to it.

Whoever holds the lock is the app, and has written into the lock file where it listens. On Linux and macOS that is a Unix
socket in a folder of the person's own; on Windows a named pipe (`pipes.py`). No Qt here, and nothing but the standard
library: a start that only hands over is done within milliseconds.
"""

from __future__ import annotations

import errno
import os
import socket
import stat
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desktop.handoff import (
    LEAVING,
    LONGEST,
    Answer,
    Rejected,
    Request,
    lines_of,
    packed_answer,
    read_answer,
    read_request,
)
from homespun.errors import Busy, NoPermission
from homespun.folders import folders, make_private

PATIENCE = 2.0
"""Seconds that a start waits for the app's answer."""
FAREWELL = 5.0
"""Seconds that a start waits for an app that is leaving."""
SLOWEST = 1.0
"""Seconds that a sender has for its line."""
_MOMENT = 0.05
MOST_CLIENTS = 64
LONGEST_NAME = 103
"""Bytes of a socket's path that every system takes (macOS: 104 with the zero at the end)."""

Take = Callable[[Request], Answer]
"""Takes a request in: notes it and returns, because whoever asked waits. In the thread that calls `Server.ready`."""


class Server(Protocol):
    """The listening end, held by the one app. `PosixServer` is turned by the event loop, the pipe's by its own thread."""

    def close(self) -> None:
        """Be the app no longer."""


def become_app() -> Server | None:
    """The server, if no app of this person runs with these folders; else None. Raises `NoPermission`."""
    home = make_private(folders().data / "app")
    if sys.platform == "win32":
        from desktop.pipes import PipeServer, pipe_key, pipe_name

        return PipeServer.listen(pipe_name(home), pipe_key(home))
    return PosixServer.listen(home)


def hand_over(request: Request, *, wait: float = PATIENCE) -> Answer | None:
    """The running app's answer to `request`; None when no app runs. Raises `Busy` when it runs and doesn't answer.

    Raises `Rejected` for a request that no app would take. One of several lines is taken when all of them are; after
    an app that ended between two, its successor is asked the whole.
    """
    home = folders().data / "app"
    answer: Answer | None = None
    for line in lines_of(request):
        answer = _said(home, line, wait)
        if answer is None or not answer.taken:
            break
    return answer


def _said(home: Path, line: bytes, wait: float) -> Answer | None:
    if sys.platform == "win32":
        from desktop.pipes import pipe_hand_over, pipe_key, pipe_name

        return pipe_hand_over(pipe_name(home), pipe_key(home), line, wait) if home.is_dir() else None
    return _hand_over(home, line, wait)


def start_or_hand_over(request: Request, *, wait: float = FAREWELL) -> Server | Answer:
    """Become the app, or have the running one do it; of two starts at once exactly one becomes it.

    One that is leaving is waited for, `wait` seconds. Raises `Busy`.
    """
    give_up = time.monotonic() + wait
    while True:
        answer = hand_over(request)
        if answer is not None and answer.why != LEAVING:
            return answer
        if (server := become_app()) is not None:
            return server
        if time.monotonic() > give_up:  # it holds the lock and takes nothing: it is stuck
            raise no_answer()
        time.sleep(0.02)


def no_answer() -> Busy:
    """What to say of an app that holds its place and keeps silent."""
    return Busy(
        "Homespun runs already, but doesn't answer.",
        "Wait a moment and try again. If that doesn't help, end it in the system's list of programs.",
    )


# --- the socket's place -----------------------------------------------------------------------------------------------


def _lock_path(home: Path) -> Path:
    return home / "running"


def socket_path(home: Path) -> Path:
    """Where the app whose own folder is `home` listens: in the session's folder, else in `home`, else in a short place.

    Makes the folder (0700). Raises `NoPermission` when somebody else owns what should be the person's.
    """
    import hashlib  # not above: a start that only hands over needs none of these
    import tempfile

    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16] + ".socket"
    session = os.environ.get("XDG_RUNTIME_DIR")
    candidates = [Path(session) / "homespun" / name] if session and Path(session).is_absolute() else []
    candidates += [home / "socket", Path(tempfile.gettempdir()) / f"homespun-{os.getuid()}" / name]
    for path in candidates:
        if len(os.fsencode(path)) <= LONGEST_NAME and _is_private(path.parent):
            return path
    raise NoPermission(
        f"There is no folder of your own in which Homespun could listen ({candidates[-1].parent}).",
        "Set HOMESPUN_HOME to a folder with a shorter path.",
    )


def _is_private(folder: Path) -> bool:
    """Whether `folder` is there, or could be made, as this person's own, and nobody else may look in."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
            return False
        if stat.S_IMODE(about.st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError:
        return False
    return True


# --- the app's end ----------------------------------------------------------------------------------------------------


@dataclass
class _Client:
    connection: socket.socket
    until: float
    heard: bytearray = field(default_factory=bytearray)


class PosixServer:
    """A listening Unix socket, turned by whoever watches `fileno()`: call `ready` when it can be read, and a few times a
    second while `waiting`. Nothing in here blocks."""

    def __init__(self, lock: int, path: Path, listener: socket.socket) -> None:
        import selectors

        self._lock = lock
        self.path = path
        self._listener = listener
        self._clients: dict[socket.socket, _Client] = {}
        self._selector = selectors.DefaultSelector()
        self._reads = selectors.EVENT_READ
        self._selector.register(listener, self._reads)

    @classmethod
    def listen(cls, home: Path) -> PosixServer | None:
        """Take the lock of `home` and listen; None when another process has it."""
        lock = _locked(_lock_path(home))
        if lock is None:
            return None
        try:
            path = socket_path(home)
            with suppress(FileNotFoundError):  # who holds the lock owns the name: an older socket is of a dead process
                path.unlink()
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.setblocking(False)
            listener.bind(os.fspath(path))
            path.chmod(0o600)
            listener.listen(MOST_CLIENTS)
            os.ftruncate(lock, 0)
            os.pwrite(lock, os.fsencode(path), 0)
        except OSError as error:
            os.close(lock)
            raise NoPermission(
                f"Homespun can't listen for later starts: {error.strerror or error}.", "Make its data folder writable."
            ) from error
        except BaseException:
            os.close(lock)
            raise
        return cls(lock, path, listener)

    def fileno(self) -> int:
        """What to watch: readable when `ready` has something to do."""
        return int(self._selector.fileno())  # epoll and kqueue have one

    @property
    def waiting(self) -> int:
        """How many senders are in the middle of their line."""
        return len(self._clients)

    def ready(self, take: Take) -> None:
        """Do what can be done now: accept, read, answer; let go of who is too slow."""
        there = [key.fileobj for key, _ in self._selector.select(0)]
        for one in there:
            if (client := self._clients.get(one)) is not None:  # type: ignore[call-overload]
                self._read(client, take)
        if self._listener in there:  # last: nobody is let go of to make room whose line has come
            self._accept()
        now = time.monotonic()
        for client in list(self._clients.values()):
            if client.until < now:
                self._say(client, Answer(False, "too slow"))

    def close(self) -> None:
        """Be the app no longer: the name goes first, then the lock."""
        for client in list(self._clients.values()):
            self._drop(client)
        self._selector.close()
        with suppress(OSError):
            self.path.unlink()
        self._listener.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _accept(self) -> None:
        while self._has_room():
            try:
                connection, _ = self._listener.accept()
            except OSError:  # no more wait, or whoever knocked is gone again
                return
            if not _is_ours(connection):
                connection.close()
                continue
            if len(self._clients) >= MOST_CLIENTS:
                self._drop(next(iter(self._clients.values())))
            connection.setblocking(False)
            self._clients[connection] = _Client(connection, time.monotonic() + SLOWEST)
            self._selector.register(connection, self._reads)

    def _has_room(self) -> bool:
        """Whether one more can come in. The oldest makes room for it, unless that had no time yet to say its line."""
        if len(self._clients) < MOST_CLIENTS:
            return True
        oldest = next(iter(self._clients.values()))
        return time.monotonic() - (oldest.until - SLOWEST) >= _MOMENT

    def _read(self, client: _Client, take: Take) -> None:
        try:
            part = client.connection.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            self._drop(client)
            return
        client.heard += part
        if part and b"\n" not in part and len(client.heard) <= LONGEST:
            return
        if not client.heard:
            self._drop(client)
            return
        line, end, _ = bytes(client.heard).partition(b"\n")
        try:
            answer = take(read_request(line + end))
        except Rejected as wrong:
            answer = Answer(False, str(wrong))
        self._say(client, answer)

    def _say(self, client: _Client, answer: Answer) -> None:
        with suppress(OSError):  # the line is short: the socket takes it whole, or nobody is there
            client.connection.send(packed_answer(answer))
        self._drop(client)

    def _drop(self, client: _Client) -> None:
        self._clients.pop(client.connection, None)
        with suppress(KeyError, ValueError):
            self._selector.unregister(client.connection)
        client.connection.close()


def _locked(path: Path) -> int | None:
    """The lock's handle, held as long as this process lives; None when another holds it. Raises `NoPermission`."""
    import fcntl

    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise NoPermission(f"{path} can't be opened: {error.strerror}.", "Make it writable, or remove it.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return None
        raise NoPermission(
            f"{path} can't be locked: {error.strerror}.", "Set HOMESPUN_HOME to a local disk."
        ) from error
    return handle


def peer_uid(connection: socket.socket) -> int:
    """The user at the other end of a Unix socket. Raises `OSError`."""
    if sys.platform == "darwin":
        told = connection.getsockopt(0, 1, 76)  # SOL_LOCAL, LOCAL_PEERCRED: struct xucred {version, uid, …}
        version, uid = struct.unpack_from("=II", told)
        if version != 0:
            raise OSError(errno.EPROTO, "an xucred of another version")
        return int(uid)
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", told)[1])


def _is_ours(connection: socket.socket) -> bool:
    try:
        return peer_uid(connection) == os.getuid()
    except OSError:
        return False


# --- the later start's end --------------------------------------------------------------------------------------------


def _hand_over(home: Path, line: bytes, wait: float) -> Answer | None:
    try:
        path = _lock_path(home).read_bytes()
    except OSError:
        return None
    if not path:
        return None
    until = time.monotonic() + wait
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(wait)
        try:
            _connect(connection, path, until)
            if not _is_ours(connection):
                return None
            connection.sendall(line)
            return read_answer(_line(connection, until))
        except (FileNotFoundError, ConnectionRefusedError, ValueError):
            return None  # nobody listens there any more, or what answers is not an app of ours
        except TimeoutError:
            raise no_answer() from None
        except OSError:  # it ended in the middle
            return None


def _connect(connection: socket.socket, path: bytes, until: float) -> None:
    while True:
        try:
            connection.connect(path)
        except BlockingIOError:  # so many knock that the system's queue is full
            if time.monotonic() > until:
                raise TimeoutError from None
            time.sleep(0.01)
        else:
            return


def _line(connection: socket.socket, until: float) -> bytes:
    heard = bytearray()
    while not heard.endswith(b"\n") and len(heard) <= LONGEST:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        part = connection.recv(4096)
        if not part:
            raise ConnectionResetError
        heard += part
    return bytes(heard)
