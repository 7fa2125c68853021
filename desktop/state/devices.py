"""The page Devices: what models run on, tried and explained, and what keeps a device from helping."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desktop.state.device_cards import (
    DevicesSnapshot,
    Doctor,
    Known,
    Progress,
    cards,
    finding,
    real,
    table_heads,
    untried,
)
from desktop.state.doors import Asked, Doors, Worker
from desktop.state.model_cards import Do, Notice
from desktop.state.model_words import Trouble, name_of, trouble
from desktop.state.observed import Observed
from desktop.words import language, say
from desktop.workers.client import Ended, Event


class DevicesState(Observed):
    """`worker` serves `devices`, in the background; `today` is the day that "checked today" means."""

    def __init__(self, worker: Worker, doors: Doors, *, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._worker, self._doors, self._today = worker, doors, today
        self._known = Known()
        self._doing = ""
        """look, stand, probe, examine, mend or forgive, while that runs."""
        self._ticket: Asked | None = None
        self._stopping = False
        self._told: Mapping[str, Any] = {}
        self._counts: Mapping[str, Any] = {}
        self._notice: Notice | None = None
        self._failed: Trouble | None = None
        self._copy_when_examined = False

    # --- what a person can do ---

    def refresh(self) -> None:
        """What an earlier look found, when the page is shown: quick."""
        self._look(fresh=False)

    def do(self, act: str) -> None:
        """Press a button of the page."""
        word, _, rest = act.partition(" ")
        acts: dict[str, Callable[[], None]] = {
            "look": lambda: self._look(fresh=True),
            "probe": lambda: self._probe(again=False),
            "again": lambda: self._probe(again=True),
            "stop": self._stop,
            "examine": self._examine,
            "mend": self._mend,
            "forgive": lambda: self._forgive(rest),
            "settings": lambda: self._doors.show("settings"),
            "models": lambda: self._doors.show("models"),
            "report": self._copy_report,
            "details": self._copy_details,
            "retry": lambda: self._look(fresh=False),
        }
        acts[word]()

    def close(self) -> None:
        """Stop what is under way."""
        if self._ticket is not None:
            self._ticket.cancel()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._doing)

    # --- asking the worker, one thing at a time ---

    def _ask(self, doing: str, told: Mapping[str, Any], done: Callable[[Mapping[str, Any]], None]) -> bool:
        """Have it done unless something else is; whether it was begun."""
        if self._doing:
            return False
        self._doing, self._told, self._stopping, self._failed = doing, {}, False, None

        def then(event: Event) -> None:
            if event.how is Ended.PROGRESS:
                self._told = event.told
            elif event.how is Ended.PART:
                self._part(doing, event.told)
            else:
                self._doing, self._ticket = "", None
                self._ended(doing, event, done)
            self.changed()

        ticket = self._worker.ask(doing, told, then)
        if self._doing == doing:
            self._ticket = ticket
        self.changed()
        return True

    def _part(self, doing: str, told: Mapping[str, Any]) -> None:
        if doing == "stand":
            self._known.modelled[str(told["model"])] = told
        elif doing == "probe":
            self._counts = told

    def _ended(self, doing: str, event: Event, done: Callable[[Mapping[str, Any]], None]) -> None:
        if event.how is Ended.DONE:
            done(event.told)
        elif event.how is Ended.CANCELLED:
            self._copy_when_examined = False
            if doing == "probe":
                self._probed(self._counts, stopped=True)
        else:
            self._copy_when_examined = False
            self._failed = trouble(event.told)
            self._notice = None

    def _stop(self) -> None:
        if self._ticket is not None:
            self._stopping = True
            self._ticket.cancel()
            self.changed()

    # --- each of them ---

    def _look(self, *, fresh: bool) -> None:
        def looked(told: Mapping[str, Any]) -> None:
            self._known.look = told
            self._stand()

        if self._ask("look", {"fresh": fresh}, looked) and fresh:
            self._notice = None

    def _stand(self) -> None:
        def stood(told: Mapping[str, Any]) -> None:
            here = set(told["models"])
            self._known.modelled = {name: one for name, one in self._known.modelled.items() if name in here}
            self._known.complete = True

        self._ask("stand", {}, stood)

    def _probe(self, *, again: bool) -> None:
        self._counts = {}
        if self._ask("probe", {"again": again}, self._probed):
            self._notice = None

    def _probed(self, counts: Mapping[str, Any], *, stopped: bool = False) -> None:
        tried, passed = int(counts.get("tried", 0)), int(counts.get("passed", 0))
        if stopped:
            words = say("devices.stopped_after", count=tried) if tried else say("devices.stopped_nothing")
        elif not tried:
            words = say("devices.nothing_to_try")
        elif passed:
            words = say("devices.tried_some", count=tried, passed=str(passed))
        else:
            words = say("devices.tried_none", count=tried)
        self._notice = Notice("good" if passed else "text2", words)
        self._stand()

    def _examine(self) -> None:
        def examined(told: Mapping[str, Any]) -> None:
            self._known.examined = told
            if self._copy_when_examined:
                self._copy_when_examined = False
                self._copy_report()
            self._look(fresh=False)  # the examination looked anew

        self._ask("examine", {}, examined)

    def _mend(self) -> None:
        def mended(told: Mapping[str, Any]) -> None:
            many = int(told["mended"])
            words = say("devices.mended", count=many) if many else say("devices.mended_nothing")
            self._notice = Notice("good", words)
            self._examine()

        self._ask("mend", {}, mended)

    def _forgive(self, device: str) -> None:
        def forgiven(_told: Mapping[str, Any]) -> None:
            self._notice = Notice("text2", say("devices.forgiven"))
            self._stand()

        self._ask("forgive", {"device": device}, forgiven)

    def _copy_report(self) -> None:
        if self._known.examined is None:
            self._copy_when_examined = True
            self._examine()
            return
        self._doors.copy_text(str(self._known.examined["report"]))
        self._notice = Notice("text2", say("common.details_copied"))
        self.changed()

    def _copy_details(self) -> None:
        if self._failed is not None:
            self._doors.copy_text(self._failed.details)
            self._failed, self._notice = None, Notice("text2", say("common.details_copied"))
            self.changed()

    # --- what is shown ---

    def snapshot(self) -> DevicesSnapshot:
        """The page as it is now."""
        known = self._known
        notice, actions = self._notice, tuple[Do, ...]()
        if self._failed is not None:
            notice = Notice("danger", self._failed.what, self._failed.todo)
            actions = (Do("retry", say("common.retry")), Do("details", say("common.copy_details")))
        return DevicesSnapshot(
            heading=say("devices.heading"),
            lead=say("devices.lead"),
            language=language(),
            loading=known.look is None and self._failed is None,
            devices=cards(known, self._today()),
            calm=self._calm(),
            doctor=self._doctor(),
            main=self._main(),
            progress=self._progress(),
            notice=notice,
            notice_actions=actions,
            table=table_heads(),
            why=say("devices.why"),
        )

    def _calm(self) -> Notice | None:
        """What is said where there is nothing but the processor, or nothing else is allowed."""
        if self._known.look is None:
            return None
        if self._known.look["use"] == "cpu" and real(self._known):
            return Notice("text2", say("devices.switched_off"), say("devices.switched_off_more"))
        if not real(self._known):
            return Notice("text2", say("devices.alone"), say("devices.alone_more"))
        return None

    def _main(self) -> Do:
        """The page's next step."""
        if not real(self._known):
            return Do("look", say("devices.look_again"))
        if untried(self._known):
            return Do("probe", say("devices.probe"), accent=True)
        return Do("again", say("devices.check_again"), accent=True)

    def _progress(self) -> Progress | None:
        stop = Do("stop", say("common.stop"))
        if self._stopping:
            return Progress(say("devices.stopping"), -1.0, stop)
        if self._doing == "look" and self._known.look is not None:
            return Progress(say("devices.looking"), -1.0, stop)
        if self._doing == "probe":
            return self._probing(stop)
        return None

    def _probing(self, stop: Do) -> Progress:
        total, done = int(self._told.get("total", 0)), int(self._told.get("done", 0))
        if not total:
            return Progress(say("devices.preparing"), -1.0, stop)
        model, device = json.loads(str(self._told["note"]))
        words = say(
            "devices.trying",
            name=name_of(model),
            device=device,
            number=str(min(total // 100, done // 100 + 1)),
            all=str(total // 100),
        )
        return Progress(words, done / total, stop)

    def _doctor(self) -> Doctor:
        told = self._known.examined
        working = self._doing in ("examine", "mend")
        found = () if told is None else tuple(finding(one) for one in told["findings"])
        well = say("devices.well") if told is not None and not found else ""
        actions = (
            (Do("stop", say("common.stop")),)
            if self._doing == "examine"
            else (
                Do("examine", say("devices.examine_again") if told is not None else say("devices.examine")),
                Do("report", say("common.copy_details"), say("devices.copy_report")),
            )
        )
        return Doctor(
            title=say("devices.doctor"),
            note=say("devices.examining") if working else say("devices.doctor_note"),
            working=working,
            well=well,
            findings=found,
            actions=actions,
        )
