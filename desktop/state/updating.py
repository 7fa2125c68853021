"""The part "Updates" of the page Settings: which version this is, whether there is a newer one, and how it comes here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.state.doors import Later, Worker
from desktop.state.model_cards import Do
from desktop.state.notices import of_end
from desktop.state.observed import Observed
from desktop.state.preference_parts import LinkRow
from desktop.state.sizes import moment_words, size_words
from desktop.words import language, say
from desktop.workers import Ended, Event

Told = Mapping[str, Any]

WEEK = timedelta(days=7)
LOOK_EVERY = 3600.0
"""Seconds between two looks whether a week has passed."""


class UpdatingState(Observed):
    """`worker` is a process of the service `updates`. `often` says how often the person lets it ask ("never", "weekly").

    `found(version)` is called when a check that nobody waited for finds a newer version.
    """

    name = "updates"

    def __init__(
        self,
        worker: Worker,
        later: Later,
        *,
        often: Callable[[], str],
        found: Callable[[str], None] = lambda _version: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._worker, self._later, self._often, self._found, self._now = worker, later, often, found, now
        self._told: dict[str, Any] = {}
        self._busy = ""
        self._step = ""
        self._share: int | None = None
        self._trouble = self._said = ""

    # what is shown

    def rows(self) -> Iterator[LinkRow]:
        """What runs, and what there is."""
        if not self._told:
            yield LinkRow(say("common.app"), self._trouble or say("updates.looking"), (), self._tone)
            return
        version = str(self._told["version"])
        yield LinkRow(f"{say('common.app')} {version}", self._words(), self._acts(), self._tone)
        if (way := _WAYS.get(str(self._told["kind"]))) is not None:
            yield LinkRow(say("updates.way"), say(way), ())

    @property
    def _tone(self) -> str:
        if self._trouble:
            return "warn"
        return "good" if self._said or self._told.get("verdict") == "newest" else "text2"

    def _words(self) -> str:
        told = self._told
        if self._busy:
            return self._working()
        if self._trouble or self._said:
            return self._trouble or self._said
        if told.get("next", told["version"]) != told["version"]:
            return say("updates.next", version=str(told["next"]))
        if words := self._verdict():
            return words
        if told.get("checked"):
            when = moment_words(datetime.fromisoformat(told["checked"]).astimezone(), self._now().astimezone().date())
            return say("updates.checked", when=when, version=str(told["newest"]))
        return say("updates.cannot") if told.get("why_not") else say("updates.unasked")

    def _working(self) -> str:
        steps = {
            "download": "updates.step_download",
            "unpack": "updates.step_unpack",
            "try": "updates.step_try",
        }
        if self._busy == "check":
            return say("updates.asking")
        words = say(steps.get(self._step, "updates.step_switch"))
        return f"{words} {self._share} %" if self._share is not None else words

    def _verdict(self) -> str:
        """What the last answer of the server means here; "" without one."""
        told = self._told
        version = str(told.get("found", ""))
        match told.get("verdict"):
            case "newest":
                return say("updates.newest")
            case "newer":
                size = size_words(int(told["bytes"]))
                notes = told["notes"].get(language()) or told["notes"].get("en", "")
                return " ".join(part for part in (say("updates.newer", version=version, size=size), notes) if part)
            case "by hand":
                return say("updates.by_hand", version=version)
            case "installer" | "elsewhere":
                return say("updates.installer", version=version)
            case "refused":
                return say("updates.refused", version=version)
        return ""

    def _acts(self) -> tuple[Do, ...]:
        told = self._told
        if self._busy == "install":
            return (Do("updates stop", say("common.stop")),)
        acts: list[Do] = []
        if told.get("verdict") == "newer" and told.get("next") == told["version"]:
            acts.append(Do("updates install", say("updates.install"), accent=False))
        if not told.get("why_not"):
            acts.append(Do("updates check", say("updates.check_now")))
        if told.get("previous") and not self._busy:
            acts.append(Do("updates back", say("updates.back", version=str(told["previous"]))))
        return tuple(acts)

    # what a person can do

    def refresh(self) -> None:
        """Look at what is here: no server is asked."""
        if not self._busy:
            self._trouble = self._said = ""
            self._ask("status", self._checked)

    def do(self, act: str) -> None:
        """Press a button: "check", "install", "back", "stop"."""
        if act == "stop" and self._ticket is not None:
            self._ticket.cancel()
        elif not self._busy and act in ("check", "install", "back"):
            self._busy = act
            self._ask(act, self._checked if act == "check" else self._ended)

    def begin(self) -> None:
        """From now on ask by itself, once a week, as long as the settings say so."""
        self._later(LOOK_EVERY, self.begin)
        if self._often() != "weekly" or self._busy:
            return

        def looked(told: Told) -> None:
            self._told.update(told)
            last = datetime.fromisoformat(told["checked"]) if told.get("checked") else None
            if not told.get("why_not") and (last is None or self._now() - last >= WEEK):
                self._busy = "check"
                self._ask("check", self._found_out)

        self._ask("status", looked)

    # inside

    _ticket: Any = None

    def _checked(self, told: Told) -> None:
        self._told.update(told)

    def _found_out(self, told: Told) -> None:
        self._told.update(told)
        if told["verdict"] in ("newer", "by hand", "installer"):
            self._found(str(told["found"]))

    def _ended(self, told: Told) -> None:
        self._told.update(told)
        self._said = say("updates.next", version=str(told["next"]))

    def _ask(self, do: str, done: Callable[[Told], None]) -> None:
        self._step, self._share = "", None
        if self._busy:
            self._trouble = self._said = ""

        def said(event: Event) -> None:
            if event.how is Ended.PART:
                self._step, self._share = str(event.told["step"]), None
            elif event.how is Ended.PROGRESS:
                total = int(event.told["total"])
                self._share = 100 * int(event.told["done"]) // total if total else None
            if event.last:
                self._busy, self._ticket = "", None
            if event.how is Ended.DONE:
                done(event.told)
            elif event.last and event.how is not Ended.CANCELLED:
                self._trouble = of_end(event).words
            self.changed()

        self._ticket = self._worker.ask(f"update_{do}", {}, said)
        self.changed()


_WAYS = {
    "deb": "updates.way_deb",
    "wheel": "updates.way_wheel",
    "checkout": "updates.way_checkout",
}
"""By kind of installation, how newer versions come to it; Windows' own comes by the button."""
