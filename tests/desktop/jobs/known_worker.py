"""A worker that does what the test says, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.workers import Ended, Event
from homespun.errors import ExitCode


class KnownTicket:
    """A call that the test answers."""

    def __init__(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> None:
        self.do, self.told, self.then = do, dict(told), then
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class KnownWorker:
    """Stands where a `WorkerProcess` would."""

    def __init__(self) -> None:
        self.calls: list[KnownTicket] = []
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.now = 1000.0
        self.kills = 0
        self.closes = 0
        self.running = True
        self.busy = False

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> KnownTicket:
        ticket = KnownTicket(do, told, then)
        self.calls.append(ticket)
        return ticket

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        self.timers.append((self.now + seconds, function))

    def clock(self) -> float:
        return self.now

    def close(self) -> None:
        self.closes += 1

    def kill(self) -> None:
        self.kills += 1
        self.running = False

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while due := sorted((when, place) for place, (when, _) in enumerate(self.timers) if when <= end):
            when, place = due[0]
            self.now = max(self.now, when)
            self.timers.pop(place)[1]()
        self.now = end

    @property
    def last(self) -> KnownTicket:
        return self.calls[-1]

    @property
    def sources(self) -> list[str]:
        """The pictures that were begun."""
        return [call.told["source"] for call in self.calls if call.do == "run"]

    def tell(self, how: Ended, **told: Any) -> None:
        self.last.then(Event(how, told))

    def progress(self, done: int, total: int, note: str = "tiles") -> None:
        self.tell(Ended.PROGRESS, done=done, total=total, note=note)

    def done(self, result: str = "/r.png", **told: Any) -> None:
        self.tell(Ended.DONE, **{"result": result, "seconds": 1.0, "device": "cpu", "notes": [], **told})

    def fail(self, what: str = "It is empty.", todo: str = "Take another.", error: str = "BadPicture") -> None:
        self.tell(Ended.FAILED, what=what, todo=todo, code=int(ExitCode.DAMAGED), error=error)

    def cancelled(self) -> None:
        self.tell(Ended.CANCELLED)

    def died(self) -> None:
        self.tell(Ended.DIED, what="stopped", todo="", code=1, error="Died")
