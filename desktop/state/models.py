"""The page Models: what is here, what can be added, and each model's way from a question to a checked file."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.state.doors import Asked, Doors, Worker
from desktop.state.folder_rows import name_of
from desktop.state.model_cards import ModelsSnapshot, Notice, One, Phase, shown
from desktop.state.model_words import Trouble, trouble
from desktop.state.observed import Observed
from desktop.state.sizes import size_words
from desktop.words import say
from desktop.workers.client import Ended, Event

LOOKED_AT = 5.0
"""Seconds of the past that the speed of a download is taken from."""


class ModelsState(Observed):
    """`worker` answers at once, `fetcher` is busy as long as a download runs; both serve `models`.

    `on_change` is called after a model came or went, so that others look again at what they can do.
    """

    def __init__(
        self,
        worker: Worker,
        fetcher: Worker,
        doors: Doors,
        *,
        on_change: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._worker, self._fetcher, self._doors = worker, fetcher, doors
        self._on_change, self._clock = on_change, clock
        self._listed: list[Mapping[str, Any]] | None = None
        self._rules: Mapping[str, Any] = {}
        self._ones: dict[str, One] = {}
        self._notice: Notice | None = None
        self._failed: Trouble | None = None
        self._asked_list = False

    # --- what a person can do ---

    def refresh(self) -> None:
        """Look again what is here: when the page is shown, and after each change."""
        if not self._asked_list:
            self._asked_list = True
            self._worker.ask("list", {}, self._was_listed)
            self.changed()

    def do(self, model: str, act: str) -> None:
        """Press a button of a card."""
        acts: dict[str, Callable[[str], None]] = {
            "ask": self._ask,
            "download": self._download,
            "mirror": self._from_mirror,
            "pause": lambda name: self._stop(name, drop=False),
            "cancel": lambda name: self._stop(name, drop=True),
            "no": self._leave,
            "verify": self._verify,
            "ask_remove": self._ask_remove,
            "remove": self._remove,
            "details": self._copy,
        }
        acts[act](model)

    def do_notice(self, act: str) -> None:
        """Press a button of the page's own notice."""
        if act == "details" and self._failed is not None:
            self._doors.copy_text(self._failed.details)
            self._notice = Notice("text2", say("common.details_copied"))
            self.changed()
        elif act == "settings":
            self._doors.show("settings")
        elif act == "retry":
            self._failed = self._notice = None
            self.refresh()

    def add_from(self, folder: Path) -> None:
        """Bring every model that a folder holds and that isn't here; nothing is asked of a network."""

        def then(event: Event) -> None:
            if event.how is Ended.DONE:
                self._found_on_shelf(event.told)
            elif event.last:
                self._page_failed(event)
            self.changed()

        if self._listed is not None:
            self._failed = None
        self._notice = Notice("text2", say("models.looking_in", folder=name_of(str(folder))))
        self._worker.ask("shelf", {"folder": str(folder)}, then)
        self.changed()

    def close(self) -> None:
        """Stop what is under way; what has come stays and is continued another time."""
        for one in self._ones.values():
            if one.ticket is not None:
                one.ticket.cancel()

    @property
    def busy(self) -> bool:
        """Whether a download, a check or a removal is under way."""
        return any(one.ticket is not None for one in self._ones.values())

    # --- the list ---

    def _was_listed(self, event: Event) -> None:
        if not event.last:
            return
        self._asked_list = False
        if event.how is Ended.DONE:
            self._listed, self._rules = list(event.told["models"]), event.told
            if self._failed is not None:  # with it goes what was said of it
                self._failed = self._notice = None
        else:
            self._page_failed(event)
        self.changed()

    def _page_failed(self, event: Event) -> None:
        self._failed = trouble(event.told)
        self._notice = None

    def _found_on_shelf(self, told: Mapping[str, Any]) -> None:
        if not told["models"]:
            already = bool(told["known"])
            words = say("models.shelf_all_here") if already else say("models.shelf_empty")
            self._notice = Notice("text2" if already else "warn", words)
            return
        self._notice = None
        for model in told["models"]:
            self._bring(model, mirror=str(told["folder"]))

    # --- one model ---

    def _source(self, model: str) -> str:
        """Where a model that is here came from; "" for one that isn't."""
        return next((str(one["source"]) for one in self._listed or () if one["id"] == model), "")

    def _one(self, model: str) -> One:
        return self._ones.setdefault(model, One())

    def _hold(self, one: One, ticket: Asked) -> None:
        """Keep the call, unless it has ended already."""
        if one.phase is not Phase.IDLE:
            one.ticket = ticket

    def _ask(self, model: str) -> None:
        for one in self._ones.values():  # one question at a time: there is one accent button
            if one.phase in (Phase.ASKING, Phase.ASKING_REMOVE):
                one.phase = Phase.IDLE
        self._begin(model, Phase.ASKING)

    def _ask_remove(self, model: str) -> None:
        self._ask(model)
        self._one(model).phase = Phase.ASKING_REMOVE
        self.changed()

    def _begin(self, model: str, phase: Phase) -> None:
        one = self._one(model)
        one.phase, one.notice, one.failed = phase, None, None
        self.changed()

    def _leave(self, model: str) -> None:
        self._one(model).phase = Phase.IDLE
        self.changed()

    def _download(self, model: str) -> None:
        self._one(model).agreed = True
        self._bring(model)

    def _from_mirror(self, model: str) -> None:
        self._bring(model, mirror=str(self._rules.get("mirror", "")))

    def _bring(self, model: str, *, mirror: str = "") -> None:
        one = self._one(model)
        if one.ticket is not None:
            return
        one.mirror, one.done, one.total, one.drop = mirror, 0, 0, False
        one.seen.clear()
        told = {"model": model, "mirror": mirror, "agreed": not mirror}
        self._begin(model, Phase.WAITING)
        self._hold(one, self._fetcher.ask("get", told, lambda event: self._brought(model, event)))

    def _stop(self, model: str, *, drop: bool) -> None:
        one = self._one(model)
        if one.ticket is None:
            if drop:
                self._remove(model)  # a part that an earlier day left
            return
        one.drop = drop
        one.phase = Phase.STOPPING
        one.ticket.cancel()
        self.changed()

    def _brought(self, model: str, event: Event) -> None:
        one = self._one(model)
        if event.how is Ended.PROGRESS:
            self._advanced(one, event.told)
        elif event.last:
            one.ticket, one.phase = None, Phase.IDLE
            if event.how is Ended.DONE:
                one.notice = Notice("good", say("models.ready"))
                self._on_change()
            elif event.how is not Ended.CANCELLED:
                self._fail(one, event, again=True)
            if event.how is Ended.CANCELLED and one.drop and not self._source(model):
                self._remove(model)
            self.refresh()
        self.changed()

    def _advanced(self, one: One, told: Mapping[str, Any]) -> None:
        now = self._clock()
        if one.phase is Phase.WAITING:
            one.phase, one.began = Phase.LOADING, now
        one.done, one.total = int(told["done"]), int(told["total"])
        one.seen.append((now, one.done))
        while len(one.seen) > 2 and now - one.seen[0][0] > LOOKED_AT:
            one.seen.popleft()

    def _verify(self, model: str) -> None:
        one = self._one(model)

        def then(event: Event) -> None:
            if event.how is Ended.PROGRESS:
                one.done, one.total = int(event.told["done"]), int(event.told["total"])
            elif event.last:
                one.ticket, one.phase = None, Phase.IDLE
                if event.how is Ended.DONE:
                    self._was_verified(model, event.told)
                elif event.how is not Ended.CANCELLED:
                    self._fail(one, event, again=False)
            self.changed()

        one.done = one.total = 0
        self._begin(model, Phase.CHECKING)
        self._hold(one, self._worker.ask("verify", {"model": model}, then))

    def _was_verified(self, model: str, told: Mapping[str, Any]) -> None:
        one, wrong = self._one(model), list(told["wrong"])
        if not wrong:
            one.notice = Notice("good", say("models.checked", count=int(told["files"])))
            return
        bundled = self._source(model) == "bundled"
        words = say("models.damaged_bundled", count=len(wrong)) if bundled else say("models.damaged", count=len(wrong))
        one.notice = Notice("danger", words, ", ".join(wrong))
        one.failed, one.again = Trouble(words, details=", ".join(wrong)), not bundled

    def _remove(self, model: str) -> None:
        one = self._one(model)

        def then(event: Event) -> None:
            if not event.last:
                return
            one.ticket, one.phase = None, Phase.IDLE
            if event.how is Ended.DONE:
                one.notice = Notice("text2", say("models.removed", size=size_words(event.told["bytes"])))
                self._on_change()
            elif event.told.get("error") != "NotFound":  # nothing was there: that is what was wanted
                self._fail(one, event, again=False)
            self.refresh()
            self.changed()

        self._begin(model, Phase.REMOVING)
        self._hold(one, self._worker.ask("remove", {"model": model}, then))

    def _fail(self, one: One, event: Event, *, again: bool) -> None:
        one.failed, one.again = trouble(event.told), again
        one.notice = _explained(event.told, one.failed)

    def _copy(self, model: str) -> None:
        one = self._one(model)
        if one.failed is not None:
            self._doors.copy_text(f"{model}\n{one.failed.details}")
            one.notice = Notice("text2", say("common.details_copied"))
            self.changed()

    # --- what is shown ---

    def snapshot(self) -> ModelsSnapshot:
        """The page as it is now."""
        return shown(self._listed, self._rules, self._ones, self._clock(), self._notice, self._failed)


def _explained(told: Mapping[str, Any], found: Trouble) -> Notice:
    """A failure's headline in the window's own words, and what was said of it."""
    headlines = {
        "NetworkError": "models.no_network",
        "Damaged": "models.wrong_file",
        "NoSpace": "models.no_space",
        "NoPermission": "models.no_permission",
        "NoConsent": "models.no_consent",
        "Busy": "models.in_use",
        "NotFound": "models.not_there",
    }
    known = headlines.get(str(told.get("error")))
    # The next step of the command line ("run it again") is a button here.
    return Notice("danger", say(known), found.what) if known else Notice("danger", found.what, found.todo)
