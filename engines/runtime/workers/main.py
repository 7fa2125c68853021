"""The worker process: loads models with one provider, runs them on tensors in shared memory, and may be killed at any time.

It is started by `engines.runtime.workers.launch`. One thread listens, so that a run can be stopped and so that the end of the
app is heard at once; the main thread works, since some drivers insist on it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, NoReturn, cast

from engines.runtime.contract import DeviceFailed, LoadedInWorker, Provider
from engines.runtime.workers import tensors, wire
from engines.runtime.workers.frames import BrokenFrame, Message, read_frame, write_frame
from engines.runtime.workers.slots import Seen
from homespun.errors import HomespunError
from homespun.progress import Cancel, Cancelled
from homespun.streams import take_streams

ODD = 70
"""Exit code after a message that can't be."""

LONGEST_TEXT = 4_000

_PR_SET_PDEATHSIG = 1


class Stopping:
    """The cancel flag of the call that is under way: the listener raises it, the call looks at it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._call = 0
        self._cancel = Cancel()
        self._stopped = 0

    def begin(self, call: int) -> Cancel:
        """The flag of the call `call`, already raised if it was stopped before it began."""
        with self._lock:
            self._call, self._cancel = call, Cancel()
            if self._stopped == call:
                self._cancel.cancel()
            return self._cancel

    def stop(self, call: int) -> None:
        """Raise the flag of `call`; one that is over is not disturbed."""
        with self._lock:
            self._stopped = call
            if self._call == call:
                self._cancel.cancel()


class Serving:
    """One conversation with the app."""

    def __init__(self, out: IO[bytes], provider: Provider) -> None:
        self._out = out
        self._provider = provider
        self._sessions: dict[int, LoadedInWorker] = {}
        self._in, self._seen_out = Seen(), Seen()
        self._waiting: dict[str, Any] = {}
        self.stopping = Stopping()
        self._calls: dict[str, Callable[[Message, Cancel], Message]] = {
            "find": self._find,
            "load": self._load,
            "compile": self._compile,
            "run": self._run,
            "fetch": self._fetch,
            "place": self._place,
            "close": self._close,
        }

    def answer(self, message: Message) -> None:
        """Do what `message` asks and say how it went."""
        call = message.get("call")
        work = self._calls.get(str(message.get("ask")))
        if type(call) is not int or work is None:
            raise BrokenFrame("an unknown question")
        cancel = self.stopping.begin(call)
        try:
            said = work(message, cancel)
        except Cancelled:
            said = {"cancelled": True}
        except DeviceFailed as failed:
            said = {"failed": failed.reason.value, "text": failed.text[:LONGEST_TEXT]}
        except HomespunError as error:
            said = {"told": type(error).__name__, "what": error.what, "todo": error.todo}
        except BrokenFrame as error:
            said = {"broken": str(error)}
        except Exception as error:  # noqa: BLE001  whatever a provider raises is for the app to sort
            said = {"raised": type(error).__name__, "text": str(error)[:LONGEST_TEXT]}
        sys.stderr.flush()
        write_frame(self._out, {"call": call, **said})

    def _find(self, _message: Message, _cancel: Cancel) -> Message:
        return {"devices": [wire.device_told(device) for device in self._provider.find()]}

    def _load(self, message: Message, _cancel: Cancel) -> Message:
        session = message.get("session")
        if type(session) is not int:
            raise BrokenFrame("a session without a number")
        setup = wire.setup_heard(message.get("setup"))
        start = time.perf_counter()
        loaded = self._provider.load(setup)
        seconds = time.perf_counter() - start
        self._sessions[session] = loaded
        return {
            "seconds": seconds,
            "inputs": wire.ports_told(loaded.inputs),
            "outputs": wire.ports_told(loaded.outputs),
        }

    def _compile(self, message: Message, _cancel: Cancel) -> Message:
        self._provider.compile(wire.setup_heard(message.get("setup")), Path(str(message.get("target"))))
        return {}

    def _run(self, message: Message, cancel: Cancel) -> Message:
        loaded = self._session(message)
        self._waiting = {}
        memory = self._in.follow(message.get("in"))
        inputs = {}
        for place in tensors.heard(message.get("inputs"), len(memory)):
            inputs[place.name] = tensors.view(memory, place)
            inputs[place.name].flags.writeable = False
        outputs = loaded.run(inputs, cancel)
        places, needed = tensors.lay_out(outputs)
        memory = self._seen_out.follow(message.get("out"))
        if needed > len(memory):
            # The app makes the slot larger and asks for them with `fetch`.
            self._waiting = outputs
            return {"needed": needed}
        tensors.fill(memory, places, outputs)
        return {"outputs": tensors.told(places)}

    def _fetch(self, message: Message, _cancel: Cancel) -> Message:
        outputs, self._waiting = self._waiting, {}
        places, needed = tensors.lay_out(outputs)
        memory = self._seen_out.follow(message.get("out"))
        if needed > len(memory):
            raise BrokenFrame("a slot that is still too small")
        tensors.fill(memory, places, outputs)
        return {"outputs": tensors.told(places)}

    def _place(self, message: Message, _cancel: Cancel) -> Message:
        return wire.placement_told(self._session(message).placement())

    def _close(self, message: Message, _cancel: Cancel) -> Message:
        session = self._sessions.pop(cast(int, message.get("session")), None)
        if session is not None:
            session.close()
        return {}

    def _session(self, message: Message) -> LoadedInWorker:
        session = self._sessions.get(cast(int, message.get("session")))
        if session is None:
            raise BrokenFrame("a session that is not loaded")
        return session


def main() -> None:
    """Talk to the app until it says goodbye or is gone. Never returns."""
    questions, out = take_streams()
    hello = _first(questions)
    _survive_nothing(int(hello["parent"]), quiet=bool(hello["quiet"]))
    try:
        serving = Serving(out, _provider(str(hello["row"])))
    except Exception as error:  # noqa: BLE001  a provider that can't even be imported is for the app to explain
        write_frame(out, {"call": 0, "raised": type(error).__name__, "text": str(error)[:LONGEST_TEXT]})
        os._exit(0)
    jobs: SimpleQueue[Message] = SimpleQueue()
    threading.Thread(target=_listen, args=(questions, serving.stopping, jobs), name="listener", daemon=True).start()
    write_frame(out, {"call": 0, "python": sys.version.partition(" ")[0]})
    try:
        while True:
            serving.answer(jobs.get())
    except BrokenFrame as error:
        _give_up(error)
    except OSError:
        os._exit(0)  # nobody listens any more


def _listen(questions: IO[bytes], stopping: Stopping, jobs: SimpleQueue[Message]) -> None:
    """Hand on what the app says. Ends the process when the app says goodbye or is gone, whatever else is under way.

    Without running anybody's exit handlers: releasing a provider late is where many of them crash.
    """
    try:
        while (message := read_frame(questions)) is not None and message.get("ask") != "leave":
            if message.get("ask") == "stop":
                stopping.stop(int(message["call"]))
            else:
                jobs.put(message)
    except (BrokenFrame, KeyError, TypeError, ValueError) as error:
        _give_up(error)
    except OSError:
        pass
    os._exit(0)


def _give_up(error: Exception) -> NoReturn:
    """End the process after a message that can't be: it is not known what the other end means."""
    with suppress(OSError):
        os.write(2, f"the worker was told something odd: {error}\n".encode())
    os._exit(ODD)


def _first(questions: IO[bytes]) -> Message:
    """The app's first message."""
    try:
        hello = read_frame(questions)
    except BrokenFrame as error:
        _give_up(error)
    if hello is None:
        os._exit(0)
    return hello


def _provider(row: str) -> Provider:
    """The provider in `row`, "module:Class", as the app's table has it."""
    module, _, name = row.partition(":")
    return cast(Provider, getattr(import_module(module), name)())


def _survive_nothing(parent: int, *, quiet: bool) -> None:
    """Arrange that this process dies with the app, dies quickly, and without a dialogue on the screen."""
    if sys.platform == "win32":
        import ctypes

        # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX: a crash must not wait for a click.
        ctypes.WinDLL("kernel32").SetErrorMode(0x8003)
        return
    import resource

    # Ctrl-C in a terminal reaches the whole group; the app decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, ValueError):
        # Writing a core file of some gigabytes would hide the crash for seconds.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if quiet:
        with suppress(OSError):
            os.nice(10)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)  # the app died before the line above could take effect
