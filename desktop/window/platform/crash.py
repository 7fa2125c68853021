"""What is kept of a crash or a bug: a log in the person's own folder. Nothing is sent."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.window.bound import Poster
from desktop.words import say
from homespun.folders import folders, make_private

LARGEST = 1_000_000
"""Bytes of the log before it becomes `app.1.log`, whose forerunner goes: two million in all, with the crashes."""
_CRASHES = 3
_QUIET = 5.0
"""Seconds in which a second bug shows no second bar: one that happens at every frame is logged, and said once."""
_KINDS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}
_HARMLESS = ("This plugin does not support propagateSizeHints", "This plugin does not support raise()")


def log_folder() -> Path:
    """Where the logs are."""
    return folders().data / "app" / "logs"


class CrashLog:
    """Writes uncaught exceptions, Qt's complaints and hard crashes to the log; `shown` gets the details of each bug."""

    def __init__(self, poster: Poster | None = None, shown: Callable[[str], None] = lambda _details: None) -> None:
        """`shown` is called in the window's thread, through `poster`."""
        self._poster = poster
        self._shown = shown
        self._lock = threading.Lock()
        self._folder = make_private(log_folder())
        self.path = self._folder / "app.log"
        self._told = 0.0
        self._before: tuple[Any, Any, Any] | None = None
        self._crash: IO[bytes] | None = None
        self.crashed = self._keep_crash()
        """The file that tells how the last run crashed; None when it did not."""

    def crash_words(self) -> str | None:
        """What to say of the last run, if it crashed."""
        return say("platform.crashed", name=self.crashed.name) if self.crashed is not None else None

    def install(self) -> None:
        """Begin."""
        self._crash = _private(self._folder / "crash.log", "wb")
        faulthandler.enable(self._crash)
        self._before = (sys.excepthook, threading.excepthook, qInstallMessageHandler(self._from_qt))
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def close(self) -> None:
        """End: a run that ends this way leaves no crash behind."""
        if self._before is None:
            return
        sys.excepthook, threading.excepthook, before = self._before
        qInstallMessageHandler(before)
        self._before = None
        faulthandler.disable()
        if self._crash is not None:
            self._crash.close()
            with suppress(OSError):
                (self._folder / "crash.log").unlink()

    def note(self, words: str) -> None:
        """Write one entry. Never raises: a full disk must not make a second bug of the first."""
        entry = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {words.rstrip()}\n".encode("utf-8", "backslashreplace")
        with self._lock, suppress(OSError):
            if self.path.exists() and self.path.stat().st_size + len(entry) > LARGEST:
                os.replace(self.path, self._folder / "app.1.log")
            with _private(self.path, "ab") as log:
                log.write(entry[:LARGEST])

    def bug(self, error: BaseException) -> None:
        """Write down an exception that nobody caught, and have it shown."""
        details = "".join(traceback.format_exception(error))
        self.note(f"bug\n{details}")
        now = time.monotonic()
        if self._poster is not None and now - self._told > _QUIET:
            self._told = now
            self._poster.post(lambda: self._shown(details))

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.__excepthook__(kind, error, trace)
        self.bug(error)

    def _uncaught_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and told.exc_type is not SystemExit:
            self._uncaught(told.exc_type, told.exc_value, told.exc_traceback)

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if words.startswith(_HARMLESS):
            return
        self.note(f"qt {_KINDS.get(kind, 'message')} {context.category or ''}: {words}")
        if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) and sys.stderr is not None:
            sys.stderr.write(f"{words}\n")

    def _keep_crash(self) -> Path | None:
        """Move what the last run left when it crashed to a place in the ring."""
        last = self._folder / "crash.log"
        with suppress(OSError):
            if last.stat().st_size:
                for place in range(_CRASHES - 1, 0, -1):
                    with suppress(FileNotFoundError):
                        os.replace(self._folder / f"crash-{place}.log", self._folder / f"crash-{place + 1}.log")
                os.replace(last, self._folder / "crash-1.log")
                return self._folder / "crash-1.log"
        return None


def _private(path: Path, mode: str) -> IO[bytes]:
    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    return open(path, mode, buffering=0, opener=opener)
