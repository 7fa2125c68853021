"""The worker's end: reads calls from its standard input, works on one after another, writes events to its output.

A thread reads, so that a cancel is heard in the middle of the work. When the window is gone the input ends; the worker
then stops what it does, and itself.
"""

from __future__ import annotations

import importlib
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from desktop.workers.calls import Call, Handler
from desktop.workers.sheets import forget_sheets
from homespun.errors import ExitCode, HomespunError, NoSpace, is_disk_full
from homespun.files import forget_parts
from homespun.frames import BrokenFrame, packed, unpacked
from homespun.progress import Cancel, Cancelled, Progress, Report
from homespun.streams import take_streams

SERVICES = ("chores", "devices", "document", "index", "jobs", "models", "search", "thumbnails", "updates")
"""The files of this room that are a service; nothing else can be asked for from outside."""

TURN = 0.001
"""Seconds for which Python keeps the work going while the thread that reads calls and cancels waits."""

LEAVING = 2.0
"""Seconds that the work has to notice that nobody waits any more."""


def serve(name: str) -> int:
    """Serve `name` until the input ends; the exit code."""
    if name not in SERVICES:
        sys.stderr.write(f"There is no service {name!r}.\n")
        return ExitCode.USAGE
    sys.setswitchinterval(TURN)
    return serve_with(lambda: importlib.import_module(f"desktop.workers.{name}").open_service())


def serve_with(open_service: Callable[[], Mapping[str, Handler]]) -> int:
    """Serve the handlers that `open_service` gives until the input ends; the exit code."""
    if threading.current_thread() is threading.main_thread():
        # Ctrl-C in a terminal is for the window, which ends us when it ends
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, output = take_streams(buffered=False)
    desk = _Desk(output)
    reader = threading.Thread(target=desk.read, args=(source,), name="calls", daemon=True)
    reader.start()
    try:
        handlers = open_service()
    except Exception as error:  # noqa: BLE001 - a part is missing or broken: each call is told which
        handlers = _Broken(error)
    desk.work(handlers)
    forget_sheets()
    return ExitCode.OK


class _Broken(Mapping[str, Handler]):
    """The handlers of a service that could not be opened: each tells why."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getitem__(self, name: str) -> Handler:
        def handler(_call: Call) -> None:
            raise self._error

        return handler

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Desk:
    """The calls that wait, the one under way, and the pipe back."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._writing = threading.Lock()
        self._waiting: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._cancels: dict[int, Cancel] = {}

    def read(self, source: BinaryIO) -> None:
        """Take calls in until the window closes the pipe."""
        for line in source:
            try:
                told = unpacked(line, "call")
            except BrokenFrame:
                break  # the other end is not what we think it is
            if "cancel" in told:
                if (cancel := self._cancels.get(told["cancel"])) is not None:
                    cancel.cancel()
                continue
            self._cancels[told["id"]] = Cancel()
            self._waiting.put(told)
        for cancel in list(self._cancels.values()):
            cancel.cancel()
        self._waiting.put(None)
        threading.Timer(LEAVING, leave).start()

    def work(self, handlers: Mapping[str, Handler]) -> None:
        """Do one call after another."""
        while (told := self._waiting.get()) is not None:
            number = told["id"]
            self._one(handlers, number, told, self._cancels[number])
            self._cancels.pop(number, None)

    def _one(self, handlers: Mapping[str, Handler], number: int, told: dict[str, Any], cancel: Cancel) -> None:
        def show(report: Report) -> None:
            self._send(number, "progress", {"done": report.done, "total": report.total, "note": report.note})

        call = Call(told["with"], Progress(show=show, cancel=cancel), lambda part: self._send(number, "part", part))
        try:
            cancel.check()
            answer = _without_a_full_disk(handlers[told["do"]], call)
        except Cancelled:
            self._send(number, "cancelled", {})
        except HomespunError as error:
            words = {"what": error.what, "todo": error.todo, "code": int(error.code), "error": type(error).__name__}
            self._send(number, "failed", words)
        except Exception as error:  # noqa: BLE001 - the job boundary: the window says that something is wrong here
            told_of = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            traceback.print_exc()
            words = {"what": told_of, "todo": "", "code": int(ExitCode.BUG), "error": type(error).__name__}
            self._send(number, "failed", {**words, "details": traceback.format_exc()})
        else:
            self._send(number, "done", dict(answer or {}))

    def _send(self, number: int, event: str, told: Mapping[str, Any]) -> None:
        data = packed({"id": number, "event": event, "with": dict(told)}) + b"\n"
        with self._writing, suppress(BrokenPipeError, ValueError):
            view = memoryview(data)
            while view:  # a raw pipe may take less than it is given
                view = view[self._output.write(view) or 0 :]


def leave() -> None:
    """End in the middle of the work, and leave nothing half-made behind."""
    forget_sheets()
    forget_parts()
    os._exit(0)


def _without_a_full_disk(handler: Handler, call: Call) -> Mapping[str, Any] | None:
    try:
        return handler(call)
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise NoSpace("The disk is full.", "Make room and try again.") from error
