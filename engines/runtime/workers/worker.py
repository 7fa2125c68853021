"""A worker as the app uses it: what it can be asked, for how long, and what becomes of what goes wrong."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime.contract import Device, DeviceFailed, Placement, Reason, Setup
from engines.runtime.providers import PROVIDERS
from engines.runtime.workers import wire
from engines.runtime.workers.endings import meaning
from engines.runtime.workers.frames import BrokenFrame, Message
from engines.runtime.workers.process import Gone, Process
from engines.runtime.workers.remote import Remote
from engines.runtime.workers.slots import Slot
from engines.runtime.workers.turns import Turns
from homespun.progress import Cancel, Cancelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

RUN_SECONDS = 600.0
"""A run without a deadline of its own ends here: nothing waits for ever."""

FETCH_SECONDS = 10.0
CLOSE_SECONDS = 10.0
PLACE_SECONDS = 60.0

GRACE_OF_HANG = 0.5
GRACE_OF_CANCEL = 1.0
"""Seconds for a run that was told to stop, after its deadline and after a cancel; then the process is killed."""

FATAL = frozenset({Reason.DEVICE_LOST, Reason.NO_MEMORY})
"""After these the process goes: a new device in the old process may hang for ever, and memory is not given back."""


class Worker:
    """One process of one provider. Several threads may use it; it does one thing after the other, in their order.

    `python` is an interpreter with another runtime (numpy and onnxruntime are all that it needs), `quiet` gives it a low
    priority, `limit_bytes` the most memory that it may hold (0: no limit). Once it has ended it stays so.
    """

    def __init__(self, provider: str, *, python: str = "", quiet: bool = False, limit_bytes: int = 0) -> None:
        self.provider = provider
        self.python = python
        self.quiet = quiet
        row = PROVIDERS[provider]
        self._took: dict[int, float] = {}
        self._turns = Turns()
        self._numbers = itertools.count(1)
        self._greeted = False
        self._entry, self._leaving = self._slots = (Slot(), Slot())
        files = [slot.file for slot in self._slots]
        self._process = Process(python, row, files, quiet=quiet, limit_bytes=limit_bytes)
        self._process.begin(self._let_go)

    # --- what it does ---

    def find(self, deadline: float) -> list[Device]:
        """The provider's devices, as it finds them within `deadline` seconds; raises `DeviceFailed`."""
        with self._turns.turn():
            found = self._ask({"ask": "find"}, deadline, loading=True)
            with self._judged():
                devices = [wire.device_heard(one) for one in found.get("devices", ())]
        return [replace(device, python=self.python) for device in devices]

    def load(self, setup: Setup, *, deadline: float, cancel: Cancel | None = None) -> Remote:
        """The model of `setup`, loaded within `deadline` seconds.

        Raises `DeviceFailed`, `Cancelled` (the process is gone then: a load can't be stopped in another way), and the
        errors for a person that a file of a model may cause.
        """
        session = next(self._numbers)
        question = {"ask": "load", "session": session, "setup": wire.setup_told(setup)}
        with self._turns.turn(cancel):
            said = self._ask(question, deadline, cancel, loading=True)
            with self._judged():
                inputs, outputs = wire.ports_heard(said.get("inputs")), wire.ports_heard(said.get("outputs"))
                seconds = wire.seconds_heard(said)
        return Remote(self, session, inputs, outputs, seconds)

    def compile(self, setup: Setup, target: Path, *, deadline: float, cancel: Cancel | None = None) -> None:
        """Write the compiled form of `setup.file` to `target` within `deadline` seconds; raises as `load`."""
        question = {"ask": "compile", "setup": wire.setup_told(setup), "target": str(target.absolute())}
        with self._turns.turn(cancel):
            self._ask(question, deadline, cancel, loading=True)

    def run(
        self, session: int, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None, deadline: float | None
    ) -> dict[str, NDArray[Any]]:
        """One run of a loaded session; `Remote.run` is its door."""
        # Not at the top: who only looks for devices needs no arrays.
        import numpy as np

        from engines.runtime.workers import tensors

        with self._turns.turn(cancel):
            self._process.check()
            began = time.monotonic()
            until = began + (RUN_SECONDS if deadline is None else deadline)
            try:
                places, needed = tensors.lay_out(inputs)
                self._entry.fit(needed)
                tensors.fill(self._entry.memory, places, inputs)
            except BrokenFrame as error:
                raise DeviceFailed(Reason.FAILED, f"can't travel to a worker: {error}") from error
            question = {
                "ask": "run",
                "session": session,
                "inputs": tensors.told(places),
                "in": self._entry.described(),
                "out": self._leaving.described(),
            }
            said = self._ask(question, until - time.monotonic(), cancel, heedful=True)
            with self._judged():
                if "needed" in said:
                    said = self._fetched(said["needed"], max(FETCH_SECONDS, until - time.monotonic()), cancel)
                found = tensors.heard(said.get("outputs"), self._leaving.size)
                # A copy, since the next run writes over the slot.
                outputs = {place.name: np.array(tensors.view(self._leaving.memory, place)) for place in found}
                self._took[session] = time.monotonic() - began
                return outputs

    def took(self, session: int) -> float:
        """Seconds of the last run of a session that went well, without its wait for other runs; 0 before the first."""
        return self._took.get(session, 0.0)

    def placement(self, session: int) -> Placement:
        """Where the nodes of a session went; `Remote.placement` is its door."""
        with self._turns.turn():
            said = self._ask({"ask": "place", "session": session}, PLACE_SECONDS)
            with self._judged():
                return wire.placement_heard(said)

    def unload(self, session: int) -> None:
        """Close a session. What goes wrong with it is met by the next call."""
        self._took.pop(session, None)
        with suppress(DeviceFailed, Cancelled), self._turns.turn():
            self._ask({"ask": "close", "session": session}, CLOSE_SECONDS)

    def stop(self, grace: float = 0.5) -> None:
        """End the process, whatever it does: ask, wait `grace` seconds, kill. Whoever waits for it gets `Ended`."""
        self._process.stop(grace)

    # --- what it is ---

    @property
    def pid(self) -> int:
        """The process id; 0 when the process could not be started."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.gone is None

    @property
    def failed(self) -> bool:
        """Whether it is gone by a failure of its own: a crash, a hang, a lost device; not by `stop` or a cancel."""
        gone = self._process.gone
        return gone is not None and gone.failed

    @property
    def memory(self) -> int:
        """Bytes that it has resident now, or had when somebody last asked."""
        return self._process.memory

    @property
    def last_words(self) -> str:
        """The last 4 kB that it wrote to its standard error; may hold paths."""
        return self._process.words.text

    # --- asking ---

    def _ask(
        self,
        question: Message,
        deadline: float,
        cancel: Cancel | None = None,
        *,
        heedful: bool = False,
        loading: bool = False,
    ) -> Message:
        """The answer to `question` within `deadline` seconds. The caller has its turn.

        `heedful` calls are told to stop first; others can't be, and are killed at once.
        """
        self._greet(cancel)
        heard = self._process.words.mark()
        call = next(self._numbers)
        self._process.ask(call, question)
        answer = self._process.answer(time.monotonic() + deadline, cancel)
        if answer is None:
            return self._out_of_time(call, deadline, cancel, heedful=heedful)
        wrong = meaning(answer, self.provider, "", loading=loading)
        if wrong is not None and "raised" in answer:
            # Only now: what it wrote to its standard error may still be on its way.
            wrong = meaning(answer, self.provider, self._process.words.since(heard), loading=loading)
        if isinstance(wrong, DeviceFailed) and wrong.reason in FATAL:
            self._process.kill(Gone(wrong.reason, wrong.text, failed=True))
        if cancel is not None:
            cancel.check()
        if isinstance(wrong, Cancelled):
            raise DeviceFailed(Reason.FAILED, "stopped without being told to")
        if wrong is not None:
            raise wrong
        return answer

    def _out_of_time(self, call: int, deadline: float, cancel: Cancel | None, *, heedful: bool) -> Message:
        """What becomes of a call that is over its deadline or was cancelled: a late answer, or an exception."""
        cancelled = cancel is not None and cancel.cancelled
        answer = None
        if heedful:
            self._process.send({"ask": "stop", "call": call})
            with suppress(DeviceFailed):
                grace = GRACE_OF_CANCEL if cancelled else GRACE_OF_HANG
                answer = self._process.answer(time.monotonic() + grace, None)
        if cancelled:
            if answer is None:
                self._process.kill(Gone(Reason.HANG, "did not heed a cancel", failed=False))
            raise Cancelled
        if answer is not None and meaning(answer, self.provider, "", loading=False) is None:
            return answer
        text = f"no answer after {deadline:.3g} s"
        self._process.kill(Gone(Reason.HANG, text, failed=True))
        raise DeviceFailed(Reason.HANG, text)

    def _fetched(self, needed: object, deadline: float, cancel: Cancel | None) -> Message:
        """The answer of a run whose outputs did not fit, after the slot has grown to the `needed` bytes."""
        if type(needed) is not int:
            raise BrokenFrame("a size that is none")
        self._leaving.fit(needed)
        return self._ask({"ask": "fetch", "out": self._leaving.described()}, deadline, cancel, heedful=True)

    def _greet(self, cancel: Cancel | None) -> None:
        """Wait until the process is up; raises what kept it from that."""
        if self._greeted:
            return
        hello = self._process.await_hello(cancel)
        wrong = meaning(hello, self.provider, "", loading=True)
        if wrong is not None:
            # It can't even import its provider, and has left.
            self._process.condemn(Gone(Reason.LIBRARY, str(wrong), failed=True))
            raise wrong
        self._greeted = True

    @contextmanager
    def _judged(self) -> Iterator[None]:
        """A block that reads what the worker said: a worker that says what can't be is ended."""
        try:
            yield
        except BrokenFrame as error:
            text = f"the worker said something odd: {error}"
            self._process.kill(Gone(Reason.FAILED, text, failed=True))
            raise DeviceFailed(Reason.FAILED, text) from error

    def _let_go(self) -> None:
        """Give back the memory. An answer that came before the end counts, and its outputs still lie there."""
        with self._turns.turn():
            for slot in self._slots:
                slot.close()
