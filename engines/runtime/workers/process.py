"""A worker's process: started, spoken to, listened to, and its end noticed at once."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from engines.runtime.contract import DeviceFailed, Reason
from engines.runtime.workers.endings import ending
from engines.runtime.workers.frames import BrokenFrame, Message, read_frame, write_frame
from engines.runtime.workers.launch import boxed, start
from engines.runtime.workers.turns import LOOK_EVERY
from engines.runtime.workers.words import LastWords
from homespun.progress import Cancel

if TYPE_CHECKING:
    from homespun.jobobject import Job

START_SECONDS = 60.0
"""Seconds until a new process must be up; they do not count towards the deadline of the first call."""

CLOSED_SECONDS = 1.0
"""Seconds that a process may live on after it has closed its end of the pipe."""

MEMORY_EVERY = 0.25
"""Seconds between two looks at the memory of a process that works, where it has a limit."""


class Ended(DeviceFailed):
    """The process was gone before the call began, or was ended by us in the middle of it: no fault of this call."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The end of a process: why, and whether that is a failure of it."""

    reason: Reason
    text: str
    failed: bool


class Process:
    """One process, and what it says. One question at a time: the caller sees to it."""

    def __init__(self, python: str, row: str, files: Sequence[int], *, quiet: bool, limit_bytes: int) -> None:
        self.words = LastWords()
        self._python = python
        self._hello = {"row": row, "parent": os.getpid(), "quiet": quiet}
        self._files = tuple(files)
        self._quiet = quiet
        self._limit = limit_bytes
        self._changed = threading.Condition()
        self._write_lock = threading.Lock()
        self._started = threading.Event()
        self._call = 0
        self._answer: Message | None = None
        self._gone: Gone | None = None
        self._killed_for: Gone | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._memory = 0
        self._looked = 0.0
        self._at_end: Callable[[], None] = lambda: None
        # The process is started by the thread that listens to it: on Linux it dies with the thread that made it.
        self._listener = threading.Thread(target=self._listen, name="worker-listener", daemon=True)

    def begin(self, at_end: Callable[[], None]) -> None:
        """Start it; `at_end` is called when it is gone and that is known."""
        self._at_end = at_end
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process id; 0 when the process could not be started."""
        self._started.wait(START_SECONDS)
        return self._process.pid if self._process is not None else 0

    @property
    def gone(self) -> Gone | None:
        """Its end, from the moment that it is certain."""
        return self._killed_for or self._gone

    @property
    def memory(self) -> int:
        """Bytes that it has resident now, or had when somebody last asked."""
        if self.gone is None and self._process is not None:
            import psutil

            with suppress(psutil.Error):
                self._memory = int(psutil.Process(self._process.pid).memory_info().rss)
        return self._memory

    # --- asking ---

    def await_hello(self, cancel: Cancel | None) -> Message:
        """Its first words; raises `Ended` and `Cancelled`."""
        until = time.monotonic() + START_SECONDS
        with self._changed:
            while self._answer is None:
                self.check()
                if cancel is not None:
                    cancel.check()
                if time.monotonic() > until:
                    self.kill(Gone(Reason.HANG, f"did not start within {START_SECONDS:.0f} s", failed=True))
                self._changed.wait(LOOK_EVERY if cancel is not None else 1.0)
            return self._answer

    def ask(self, call: int, question: Message) -> None:
        """Send a question; raises `Ended` where it can't have been heard."""
        with self._changed:
            self._call, self._answer = call, None
        if not self.send({"call": call, **question}):
            with self._changed:
                self._changed.wait_for(lambda: self._gone is not None, CLOSED_SECONDS)
            self.check()

    def answer(self, until: float, cancel: Cancel | None) -> Message | None:
        """The answer; None when it is past `until` or cancelled. Raises `DeviceFailed` for a process that is gone."""
        with self._changed:
            while self._answer is None:
                if self._gone is not None:
                    raise self._end()
                now = time.monotonic()
                if now >= until or (cancel is not None and cancel.cancelled):
                    return None
                pause = until - now
                if cancel is not None:
                    pause = min(pause, LOOK_EVERY)
                if self._limit:
                    pause = min(pause, MEMORY_EVERY)
                self._changed.wait(pause)
                self._watch_memory()
            answer, self._answer = self._answer, None
            return answer

    def send(self, message: Message) -> bool:
        """Send a message; False where nobody listens any more."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            with self._write_lock:
                write_frame(process.stdin, message)
        except (OSError, ValueError):
            return False
        return True

    def check(self) -> None:
        """Raise `Ended` if it has ended."""
        if (gone := self.gone) is not None:
            raise Ended(gone.reason, gone.text)

    # --- ending ---

    def stop(self, grace: float) -> None:
        """Ask it to leave, and kill it after `grace` seconds. Returns when it is gone and everything is given back."""
        why = Gone(Reason.FAILED, "was stopped", failed=False)
        self.condemn(why)
        self._started.wait(START_SECONDS)
        self.send({"ask": "leave"})
        self._listener.join(grace)
        self.kill(why)
        self._listener.join()

    def condemn(self, why: Gone) -> None:
        """From now on it is gone for everybody."""
        with self._changed:
            if self.gone is None:
                self._killed_for = why

    def kill(self, why: Gone) -> None:
        """End it now."""
        self.condemn(why)
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()

    def _end(self) -> DeviceFailed:
        """What to raise for its end in the middle of a call."""
        gone = self.gone
        assert gone is not None
        return DeviceFailed(gone.reason, gone.text) if gone.failed else Ended(gone.reason, gone.text)

    def _watch_memory(self) -> None:
        """End it when it has outgrown its limit."""
        now = time.monotonic()
        if self._limit and now - self._looked >= MEMORY_EVERY:
            self._looked = now
            if self.memory > self._limit:
                text = f"{self._memory} bytes resident, {self._limit} allowed"
                self.kill(Gone(Reason.NO_MEMORY, text, failed=True))

    # --- the thread that listens ---

    def _listen(self) -> None:
        """Start the process, then take its answers until it ends."""
        try:
            process = start(self._python, self._files, quiet=self._quiet)
        except OSError as error:
            self._note(Gone(Reason.LIBRARY, f"{self._python or 'the worker'} can't be started: {error}", failed=True))
            return
        self._process = process
        job = boxed(process)
        assert process.stdout is not None
        assert process.stderr is not None
        reader = threading.Thread(target=self.words.drain, args=(process.stderr,), name="worker-words", daemon=True)
        reader.start()
        odd = ""
        self._started.set()
        self.send(self._hello)
        try:
            while (answer := read_frame(process.stdout)) is not None:
                with self._changed:
                    if answer.get("call") == self._call:
                        self._answer = answer
                        self._changed.notify_all()
        except (BrokenFrame, OSError, ValueError) as error:
            odd = f"the worker said something odd: {error}"
        self._finish(process, job, reader, odd)

    def _finish(self, process: subprocess.Popen[bytes], job: Job | None, reader: threading.Thread, odd: str) -> None:
        """Let go of everything, and note the end."""
        if odd:
            process.kill()
        try:
            code = process.wait(CLOSED_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        # What it wrote last is in the pipe; only a process that it started may hold that open for longer.
        reader.join(0.1)
        if job is not None:
            job.close()
        with self._write_lock:
            _close(process.stdin)
        _close(process.stdout)
        if not reader.is_alive():
            _close(process.stderr)
        if odd:
            self._note(Gone(Reason.FAILED, odd, failed=True))
        else:
            self._note(Gone(Reason.CRASH, f"{ending(code)}\n{self.words.text[-1_000:]}".strip(), failed=True))

    def _note(self, gone: Gone) -> None:
        """Tell everybody that it is gone."""
        with self._changed:
            self._gone = gone
            self._changed.notify_all()
        self._started.set()
        self._at_end()


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe whose other end may be gone."""
    if pipe is not None:
        with suppress(OSError, ValueError):
            pipe.close()
