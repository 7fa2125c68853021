"""A reader process as the app sees it: started, spoken to, watched, and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from homespun.interpreters import program
from indexer.document import Limits
from indexer.readers.frames import BrokenFrame, Header, read_frame, write_frame

if TYPE_CHECKING:
    from homespun.jobobject import Job

WAITING_BYTES = 8_000_000
"""Bytes of text that wait here for the app to take them; then the process waits too."""

START_SECONDS = 60.0
OPEN_SECONDS = 60.0
"""Seconds until a process must be up, and until it must have read the bytes of a file (a disk may have to wake up)."""

LONGEST_SECONDS = 60.0
WATCH_EVERY = 0.1
WATCHED_FROM_OUTSIDE = sys.platform != "linux"
"""Whether the parent has to look at the memory of the process: Linux alone holds its address space reliably."""

_RUN = "import sys; sys.path[:0] = {paths!r}; from indexer.readers.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Hashed:
    """The process has read the bytes of the file it is at: their hash and the file's stamp."""

    hash: bytes
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader of this family has begun."""

    family: str


@dataclass(frozen=True, slots=True)
class Done:
    """The process is through with a file."""

    header: Header
    text: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone, and why, as a person can read it."""

    reason: str


Event = Hashed | Reading | Done | Ended


class CannotStart(RuntimeError):
    """The reader process did not come up: the installation is broken."""


class ReaderProcess:
    """One process; `send` paths, take the `next_event`, in the order of the paths."""

    def __init__(self, limits: Limits, refused: Iterable[bytes]) -> None:
        self.sandbox: dict[str, str] = {}
        self.sent = 0
        self._limits = limits
        self._refused = [known.hex() for known in refused]
        self._events: deque[Event] = deque()
        self._waiting = 0
        self._changed = threading.Condition()
        self._ready = threading.Event()
        self._busy = threading.Event()
        self._ended = threading.Event()
        self._expecting = 0
        self._deadline = time.monotonic() + START_SECONDS
        self._allowed = START_SECONDS
        self._paused = False
        self._killed_for = ""
        self._boxed: dict[str, str] = {}
        self._last_words = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by the thread that uses it
        # The process is started by the thread that listens to it: on Linux it dies with the thread that made it.
        self._listener = threading.Thread(target=self._listen, name="reader-listener", daemon=True)
        self._watcher = threading.Thread(target=self._watch, name="reader-watcher", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process id; 0 until there is one."""
        return self._process.pid if self._process is not None else 0

    def wait_ready(self) -> None:
        """Wait until the process takes paths; raises `CannotStart`."""
        self._ready.wait()
        if not self.sandbox:
            raise CannotStart(f"The reader process did not start. {self._last_words}".strip())

    def send(self, path: bytes) -> None:
        """Ask for the file at `path`. What goes wrong comes as an event."""
        with self._changed:
            if self._expecting == 0:
                self._start_clock(OPEN_SECONDS)
            self._expecting += 1
            self._busy.set()
        self.sent += 1
        self._write({"read": True}, path)

    def refuse(self, known: bytes) -> None:
        """Tell the process of a content that it must not parse, by its hash."""
        self._ready.wait()
        self._write({"refuse": known.hex()})

    def next_event(self) -> Event:
        """What the process says next; waits for it. After `Ended` there is nothing more."""
        with self._changed:
            while not self._events:
                self._changed.wait()
            event = self._events.popleft()
            if isinstance(event, Done):
                self._waiting -= len(event.text)
            self._changed.notify_all()
            return event

    def close(self) -> None:
        """End the process and both threads; nothing is left behind."""
        self._ready.wait()
        process = self._process
        if process is not None:
            assert process.stdin is not None
            with self._changed:
                # Whoever waits for room would wait for ever.
                self._waiting = -1 << 60
                self._changed.notify_all()
            with suppress(OSError):
                process.stdin.close()
            if self._expecting:
                self._kill("stopped")
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._kill("stopped")
        self._listener.join()
        if self._watcher.is_alive():
            self._watcher.join()

    # --- the thread that listens ---

    def _listen(self) -> None:
        """Start the process, then turn its frames into events until it ends."""
        reason = ""
        job = None
        try:
            process = self._process = self._start()
            job = self._box(process)
            assert process.stdout is not None
            assert process.stdin is not None
            self._watcher.start()
            self._busy.set()
            self._expecting = 1
            write_frame(
                process.stdin, {"limits": asdict(self._limits), "refused": self._refused, "parent": os.getpid()}
            )
            first = read_frame(process.stdout)
            if first is not None:
                with self._changed:
                    self._expecting = 0
                    self._busy.clear()
                own = {str(name): str(value) for name, value in first[0]["sandbox"].items()}
                self.sandbox = own | self._boxed
                self._ready.set()
                while (frame := read_frame(process.stdout)) is not None:
                    self._take(*frame)
        except (BrokenFrame, OSError, KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"the reader process said something odd ({type(error).__name__})"
        finally:
            self._finish(reason, job)

    def _finish(self, reason: str, job: Job | None) -> None:
        """Note the end of the process and let go of everything."""
        process = self._process
        code = 0
        if process is not None:
            if reason:
                process.kill()
            code = process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
        if job is not None:
            job.close()
        with suppress(OSError):
            self._errors.seek(0)
            self._last_words = self._errors.read(2_000).decode("utf-8", "replace").strip()
        self._errors.close()
        with self._changed:
            self._events.append(Ended(self._killed_for or reason or _ending(code)))
            self._changed.notify_all()
        self._ended.set()
        self._busy.set()
        self._ready.set()

    def _start(self) -> subprocess.Popen[bytes]:
        """The new process: this Python, its modules, no environment to speak of, no console."""
        python, environment = _python()
        # Isolated (-I): the current folder and PYTHONPATH could hold a module of any name.
        paths = [str(Path(__file__).resolve().parents[2]), *(path for path in sys.path if path)]
        return subprocess.Popen(
            [python, "-I", "-B", "-X", "utf8", "-c", _RUN.format(paths=paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            close_fds=True,
            cwd=None if os.name == "nt" else "/",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )

    def _box(self, process: subprocess.Popen[bytes]) -> Job | None:
        """On Windows the job object around the process; it waits for its first frame and has read nothing yet."""
        if sys.platform == "win32":
            from homespun.jobobject import Job

            try:
                # There is no public name for the handle.
                job = Job(int(process._handle), confined_to=self._limits.memory_bytes)  # noqa: SLF001
            except OSError as error:
                self._boxed = {"job": f"refused ({error.strerror})"}
            else:
                self._boxed = {"job": "on"}
                return job
        return None

    def _take(self, header: Header, body: bytes) -> None:
        """Make an event of a frame; waits where the app has not taken enough yet."""
        event: Event
        if "hash" in header:
            size = int(header["size"])
            event = Hashed(bytes.fromhex(header["hash"]), size, int(header["mtime_ns"]), int(header["inode"]))
            self._start_clock(seconds_for(size))
        elif "family" in header:
            event = Reading(str(header["family"]))
        else:
            event = Done(header, body)
        with self._changed:
            if isinstance(event, Done):
                self._paused = True
                while self._waiting > 0 and self._waiting + len(body) > WAITING_BYTES:
                    self._changed.wait()
                self._paused = False
                self._waiting += len(body)
                self._expecting -= 1
                self._start_clock(OPEN_SECONDS)
                if self._expecting == 0:
                    self._busy.clear()
            self._events.append(event)
            self._changed.notify_all()

    # --- the thread that watches ---

    def _watch(self) -> None:
        """Kill the process when it takes too long or grows too large."""
        process = self._process
        assert process is not None
        resident = _memory_of(process.pid) if WATCHED_FROM_OUTSIDE else None
        while not self._ended.is_set():
            self._busy.wait()
            if self._ended.wait(WATCH_EVERY):
                return
            if self._expecting and not self._paused and time.monotonic() > self._deadline:
                self._kill(f"took longer than {self._allowed:.3g} seconds")
            elif resident is not None and resident() > self._limits.memory_bytes:
                self._kill("needs too much memory")

    def _start_clock(self, seconds: float) -> None:
        """From now the process has `seconds` until it must say something."""
        self._allowed = seconds
        self._deadline = time.monotonic() + seconds

    def _kill(self, reason: str) -> None:
        """End the process now."""
        self._killed_for = self._killed_for or reason
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()

    def _write(self, header: Header, body: bytes = b"") -> None:
        """Send a frame; a process that is gone says so by an event."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError, ValueError):
                write_frame(self._process.stdin, header, body)


def seconds_for(size: int) -> float:
    """The seconds that a file of `size` bytes may take from its hash to its document."""
    return min(LONGEST_SECONDS, 10.0 + size / 1_000_000)


def _ending(code: int) -> str:
    """What an exit code means."""
    if code < 0:
        with suppress(ValueError):
            return f"the reader crashed ({signal.Signals(-code).name})"
    return f"the reader ended by itself (code {code})"


def _python() -> tuple[str, dict[str, str]]:
    """The interpreter to start and its environment."""
    keep = (
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "WINDIR",
        "TEMP",
        "TMP",
        "LANG",
        "LC_ALL",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
    )
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    executable, besides = program()
    return executable, environment | besides


def _memory_of(pid: int) -> Callable[[], int]:
    """A function that says how much memory a process has resident, in bytes."""
    import psutil

    process = psutil.Process(pid)

    def resident() -> int:
        try:
            return int(process.memory_info().rss)
        except psutil.Error:
            return 0

    return resident
