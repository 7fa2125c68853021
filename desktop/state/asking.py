"""One question at a time to the search process: its number, how long one waits, and what comes too late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.state.doors import Later
from desktop.state.rows import Row
from desktop.workers import Ended, Event, Ticket, WorkerProcess

DIM_AFTER = 0.12
"""Seconds without an answer after which the old rows are shown as old."""

SETTLED_AFTER = 0.4
"""Seconds after which rows that are shown keep their place: a hand may be on its way to them."""

TOO_LONG = 2.0
"""Seconds that a search may take once it began; then its process is ended."""

MOST_ROWS = 200

Told = Mapping[str, Any]


class Asking:
    """Asks, and passes on only what answers the newest question.

    `answered(told, complete)` gets each answer, `failed(told)` what went wrong ({what, todo, error}), and `waited()` is
    called when what is waited for has become late.
    """

    def __init__(
        self,
        worker: WorkerProcess,
        later: Later,
        answered: Callable[[Told, bool], None],
        failed: Callable[[Told], None],
        waited: Callable[[], None],
    ) -> None:
        self._worker, self._later = worker, later
        self._answered, self._failed, self._waited = answered, failed, waited
        self.number = 0
        self.unanswered = False
        self.complete = True
        self.late = False
        self.settled = False
        self._ticket: Ticket | None = None
        self._killed = 0
        self._again = True

    def ask(self, do: str, told: Told) -> None:
        """Ask; what was asked before is cancelled, and its answers are dropped."""
        self._drop()
        self.unanswered, self.complete, self.late, self.settled, self._again = True, False, False, False, True
        self._send(self.number, do, dict(told))
        number = self.number
        self._later(DIM_AFTER, lambda: self._be_late(number))

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._drop()
        self.unanswered, self.complete, self.late = False, True, False

    def _drop(self) -> None:
        self.number += 1
        if self._ticket is not None and not self.complete:
            self._ticket.cancel()
        self._ticket = None

    def _send(self, number: int, do: str, told: dict[str, Any]) -> None:
        over: list[bool] = []

        def then(event: Event) -> None:
            if event.last:
                over.append(True)
            elif event.told.get("begun"):
                self._later(TOO_LONG, lambda: None if over else self._end(number))
                return
            if number == self.number:
                self._take(event, do, told)

        self._ticket = self._worker.ask(do, told, then)

    def _take(self, event: Event, do: str, told: dict[str, Any]) -> None:
        match event.how:
            case Ended.PART | Ended.DONE:
                self._arrive(event.told, complete=event.how is Ended.DONE)
            case Ended.FAILED:
                self._give_up(event.told)
            case Ended.DIED if self._killed == self.number:
                self._give_up({"error": "TooLong"})
            case Ended.DIED if self._again:  # it died of something else's work, or by chance: ask the new one
                self._again = False
                self._send(self.number, do, told)
            case Ended.DIED:
                self._give_up(event.told)

    def _arrive(self, told: Told, *, complete: bool) -> None:
        if self.unanswered:
            number = self.number
            self._later(SETTLED_AFTER, lambda: self._settle(number))
        self.complete = complete
        if complete or told.get("hits") or told.get("index") != "ready":
            self.unanswered = self.late = False
        self._answered(told, complete)

    def _give_up(self, told: Told) -> None:
        self.unanswered, self.complete, self.late = False, True, False
        self._failed(told)

    def _end(self, number: int) -> None:
        """A search took too long: end its process. If a newer question waits behind it, that one is asked again."""
        self._killed = number
        self._worker.kill()

    def _be_late(self, number: int) -> None:
        if number == self.number and self.unanswered:
            self.late = True
            self._waited()

    def _settle(self, number: int) -> None:
        if number == self.number:
            self.settled = True


def joined(old: Sequence[Row], selected: int, new: Sequence[Row], *, anchored: bool) -> tuple[Row, ...]:
    """The rows of a fuller answer to the same question.

    Anchored, rows up to and including the selected one keep their place (with what is newly known of them), and all others
    follow; else the new rows stand as they are. No row comes twice.
    """
    if not anchored or not old:
        return tuple(new[:MOST_ROWS])
    known = {row.key: row for row in new}
    stay = [known.get(row.key, row) for row in old[: selected + 1]]
    there = {row.key for row in stay}
    return tuple([*stay, *(row for row in new if row.key not in there)][:MOST_ROWS])
