"""One file from a server: resumable, cancellable, never trusted before its hash is right.

`huggingface_hub` builds the hub's addresses and reads its metadata (commit, size, hash). The bytes come through our own
`httpx` stream and not through `hf_hub_download`: that one can be stopped only from inside its progress bar, keeps its
own cache with links (which Windows grants to few people), and may take a route (Xet) that a plain part file can't
continue.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from homespun import __version__
from homespun.errors import Damaged, HomespunError, NetworkError, NoPermission, NoSpace, is_disk_full
from homespun.files import sync_folder
from homespun.progress import REPORT_EVERY, Progress
from models.background import Background

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
AGAIN = "Run the same command again: it goes on where it stopped."
BLOCK = 1 << 20
WORTH = 1 << 20
"""Bytes that a try must bring so that it does not count as failed."""
LONGEST_ANSWER = 60.0
"""Seconds that a small file may take, however steadily it drips."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")

T = TypeVar("T")


@dataclass(frozen=True)
class Wire:
    """How we talk to servers: the hub's address, seconds of silence until we give up, pauses between tries.

    With `strict` the address must be encrypted (this computer's own excepted), the server may not send us on to another
    one, and it isn't told which version asks.
    """

    hub: str = HUB
    silence: float = 30.0
    pauses: tuple[float, ...] = (1.0, 3.0, 9.0)
    strict: bool = False


@dataclass(frozen=True)
class Expected:
    """What a file must be: `sha256`, or the `blob` hash (SHA-1) by which git names small files; `size` in bytes."""

    url: str
    size: int
    sha256: str = ""
    blob: str = ""
    commit: str = ""


def host(url: str) -> str:
    """The name of the server in `url`, as a person is asked about it."""
    return urlsplit(url).hostname or url


def part_of(target: Path) -> Path:
    """Where the bytes of `target` grow."""
    return target.with_name(target.name + ".part")


def hub_url(repository: str, revision: str, path: str, wire: Wire) -> str:
    """The address of a file in the hub."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # read once, when huggingface_hub is imported
    from huggingface_hub import hf_hub_url

    return hf_hub_url(repository, path, revision=revision, endpoint=wire.hub)


def hub_file(repository: str, revision: str, path: str, wire: Wire, progress: Progress) -> Expected:
    """What the hub's metadata says of one file, at the commit that `revision` is now.

    Raises `NetworkError`, also when the hub tells no hash or size, and `Cancelled`.
    """
    url = hub_url(repository, revision, path, wire)
    from huggingface_hub import get_hf_file_metadata
    from huggingface_hub.errors import HfHubHTTPError

    # Up to 1.x it speaks httpx, from 2.0 on httpx2: its own error class tells which one's errors to expect.
    failures: tuple[type[BaseException], ...] = (OSError, HfHubHTTPError.__bases__[0])

    def ask() -> Iterator[Expected]:
        try:
            found = get_hf_file_metadata(
                url,
                token=False,
                timeout=wire.silence,
                endpoint=wire.hub,
                library_name="homespun",
                library_version=__version__,
            )
        except HfHubHTTPError as error:
            raise _refusal(url, error.response.status_code) from error
        except failures as error:
            raise _Again(_unreachable(url, error)) from error
        etag = found.etag or ""
        yield Expected(
            url=hub_url(repository, found.commit_hash or revision, path, wire),
            size=found.size or 0,
            sha256=etag if re.fullmatch(r"[0-9a-f]{64}", etag) else "",
            blob=etag if re.fullmatch(r"[0-9a-f]{40}", etag) else "",
            commit=found.commit_hash or "",
        )

    def once() -> Expected:
        with Background(ask) as answers:
            for answer in answers:
                progress.report(0, 0, path)
                if answer is not None:
                    return answer
        raise AssertionError

    expected = _tries(once, wire, progress)
    if not expected.size or not (expected.sha256 or expected.blob):
        raise NetworkError(
            f"{host(url)} tells no hash or size of {path}, so it can't be checked.",
            "Use a mirror folder (--mirror) instead.",
        )
    return expected


def download(expected: Expected, target: Path, wire: Wire, progress: Progress, *, before: int, total: int) -> str:
    """Bring one file to `target` and return its sha256.

    The bytes grow in `target` + `.part`, which stays after a cut, a cancel or a crash and is continued; the name
    `target` appears only once size and hash are right. `before` and `total` (bytes) place this file in the whole job's
    progress. Raises `NetworkError`, `Damaged` (wrong content: the part is deleted), `NoSpace`, `NoPermission` and
    `Cancelled`.
    """
    transfer = _Transfer(expected, target, wire, progress, before, total)
    with disk(target):
        digest = _tries(transfer.attempt, wire, progress, transfer.progressed)
        os.replace(transfer.part, target)
        sync_folder(target.parent)
    return digest


def small_file(url: str, most: int, wire: Wire, progress: Progress) -> bytes:
    """All that `url` answers, `most` bytes at most. One GET, but for what is tried again.

    Raises `NetworkError`, also for more than `most` bytes and for an address or a redirect that `wire` forbids, and
    `Cancelled`.
    """

    def once() -> bytes:
        got = bytearray()
        until = time.monotonic() + LONGEST_ANSWER
        with Background(lambda: _bytes(url, 0, wire)) as incoming:
            for piece in incoming:
                progress.report(0, 0, host(url))
                if time.monotonic() > until:
                    raise NetworkError(f"{host(url)} is too slow.", "Try again later.")
                if isinstance(piece, bytes):
                    got += piece
                    if len(got) > most:
                        raise NetworkError(f"{host(url)} sends more than it should.", "Report it.")
                elif piece is not None and piece.status_code != 200:
                    raise _refusal(url, piece.status_code)
        return bytes(got)

    return _tries(once, wire, progress)


def blocks(path: Path) -> Iterator[bytes]:
    """The content of a file, a megabyte at a time."""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


@contextmanager
def disk(target: Path) -> Iterator[None]:
    """Turn what the disk refuses while `target` is written into sentences: `NoSpace`, `NoPermission`."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"The disk is full: {target.name} is not complete.", f"Make room. {AGAIN}") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
            raise NoPermission(
                f"{target} can't be written: {error.strerror}.",
                "Make its folder writable, or set HOMESPUN_HOME to a folder that is.",
            ) from error
        raise


class _Again(Exception):
    """A failure that a second try may cure, with the error to tell if none does."""

    def __init__(self, error: HomespunError) -> None:
        super().__init__(str(error))
        self.error = error


class _Sums:
    """The two hashes of a file while its bytes arrive."""

    def __init__(self, size: int) -> None:
        self._sha256 = hashlib.sha256()
        self._blob = hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)

    def update(self, block: bytes) -> None:
        self._sha256.update(block)
        self._blob.update(block)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def fits(self, expected: Expected) -> bool:
        if expected.sha256:
            return self.sha256 == expected.sha256
        return self._blob.hexdigest() == expected.blob


class _Transfer:
    """The tries at one file. What one try brought is the start of the next."""

    def __init__(
        self, expected: Expected, target: Path, wire: Wire, progress: Progress, before: int, total: int
    ) -> None:
        self.expected = expected
        self.part = part_of(target)
        self.name = target.name
        self.wire = wire
        self.progress = progress
        self.before = before
        self.total = total
        self.most = self._size()

    def progressed(self) -> bool:
        """Whether the last try brought enough, beyond all earlier ones, not to count as failed."""
        gained = self._size() - self.most
        self.most = max(self.most, self._size())
        return gained >= WORTH

    def attempt(self) -> str:
        """Continue the part to its end, and return the sha256 if it is what was promised."""
        if self._size() > self.expected.size:
            self.part.unlink()
        start = self._size()
        sums = _Sums(self.expected.size)
        if start:
            done = 0
            for block in blocks(self.part):
                sums.update(block)
                done += len(block)
                self._report(done)
        if start < self.expected.size:
            with Background(lambda: _bytes(self.expected.url, start, self.wire)) as incoming:
                if not self._continues(incoming, start):
                    start, sums = 0, _Sums(self.expected.size)
                self._write(incoming, start, sums)
        if sums.fits(self.expected):
            return sums.sha256
        self.part.unlink()
        wrong = Damaged(
            f"{self.name} from {host(self.expected.url)} is not the file that was promised: its sha256 is "
            f"{sums.sha256[:12]}…. It was deleted.",
            "Try again later; if it happens again, the file was changed at its source: please report it.",
        )
        if start:  # the first part may be of another day's file: once more, from nothing
            raise _Again(wrong)
        raise wrong

    def _continues(self, incoming: Iterator[httpx.Response | bytes | None], start: int) -> bool:
        """Whether the server sends what comes after `start`, or, else, all of it."""
        while (head := next(incoming)) is None:
            self._report(start)
        assert not isinstance(head, bytes)
        if head.status_code == 200:
            return start == 0
        if head.status_code == 206 and head.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            return True
        if start and head.status_code in (206, 416):
            self.part.unlink()
            raise _Again(NetworkError(f"{host(self.expected.url)} would not go on with {self.name}.", AGAIN))
        raise _refusal(self.expected.url, head.status_code)

    def _write(self, incoming: Iterator[httpx.Response | bytes | None], start: int, sums: _Sums) -> None:
        done = start
        with self.part.open("r+b" if start else "wb") as out:
            out.seek(start)
            for chunk in incoming:
                if isinstance(chunk, bytes):
                    out.write(chunk)
                    sums.update(chunk)
                    done += len(chunk)
                self._report(done)
                if done > self.expected.size:
                    break
            out.flush()
            os.fsync(out.fileno())
        if done < self.expected.size:
            raise _Again(NetworkError(f"{host(self.expected.url)} stopped in the middle of {self.name}.", AGAIN))

    def _report(self, done: int) -> None:
        self.progress.report(self.before + min(done, self.expected.size), self.total, self.name)

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0


def _bytes(url: str, start: int, wire: Wire) -> Iterator[httpx.Response | bytes]:
    """The head of the answer, then its bytes."""
    import httpx

    agent = "homespun" if wire.strict else f"homespun/{__version__}"
    headers = {"Accept-Encoding": "identity", "User-Agent": agent}
    if start:
        headers["Range"] = f"bytes={start}-"
    hooks = {"request": [_stay_secure(url), *([_stay_there(url)] if wire.strict else [])]}
    try:
        with (
            httpx.Client(follow_redirects=True, timeout=wire.silence, event_hooks=hooks) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            yield response
            yield from response.iter_bytes()
    except httpx.HTTPError as error:
        raise _Again(_unreachable(url, error)) from error


def _stay_secure(url: str) -> Callable[[httpx.Request], None]:
    """A look at every request that follows from `url`: none may leave encryption."""

    def look(request: httpx.Request) -> None:
        if url.startswith("https:") and request.url.scheme != "https":
            raise NetworkError(f"{host(url)} sends us to {request.url.host}, which is not encrypted.", "Report it.")

    return look


def _stay_there(url: str) -> Callable[[httpx.Request], None]:
    """A look at every request that follows from `url`: all go to that server, encrypted unless it is this computer."""
    first = urlsplit(url)

    def look(request: httpx.Request) -> None:
        if request.url.scheme != "https" and request.url.host not in LOOPBACK:
            raise NetworkError(f"The address {url} is not encrypted.", "Use one that begins with https://.")
        port = {"https": 443, "http": 80}
        there = (request.url.scheme, request.url.host, request.url.port or port.get(request.url.scheme))
        if there != (first.scheme, first.hostname, first.port or port.get(first.scheme)):
            raise NetworkError(f"{host(url)} sends us on to {request.url.host}, which nobody agreed to.", "Report it.")

    return look


def _tries(work: Callable[[], T], wire: Wire, progress: Progress, progressed: Callable[[], bool] | None = None) -> T:
    """`work()`, again after each pause while it raises `_Again`; a try that `progressed` starts the pauses anew."""
    pauses = list(wire.pauses)
    while True:
        try:
            return work()
        except _Again as again:
            if progressed and progressed():
                pauses = list(wire.pauses)
            if not pauses:
                raise again.error from again
            until = time.monotonic() + pauses.pop(0)
            while time.monotonic() < until:
                progress.cancel.check()
                time.sleep(min(REPORT_EVERY, max(0.0, until - time.monotonic())))


def _unreachable(url: str, error: BaseException) -> NetworkError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return NetworkError(
        f"{host(url)} does not answer as it should: {reason[:200]}.",
        f"Check the connection (and HTTPS_PROXY, if you need a proxy). {AGAIN}",
    )


def _refusal(url: str, status: int) -> HomespunError | _Again:
    """What to raise for an HTTP status that is not success."""
    if status in (408, 425, 429) or status >= 500:
        return _Again(NetworkError(f"{host(url)} is busy or broken (status {status}).", f"Wait a little. {AGAIN}"))
    if status in (401, 403):
        return NetworkError(
            f"{host(url)} does not give {url} to everybody (status {status}).",
            "Open the model's page in a browser, accept its terms there, and use a mirror folder (--mirror).",
        )
    if status in (404, 410):
        return NetworkError(
            f"{host(url)} has no {url} (any more).", "Update Homespun, or use a mirror folder (--mirror)."
        )
    return NetworkError(f"{host(url)} answers {url} with status {status}.", "Try again later.")
