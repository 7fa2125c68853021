"""The part "In menus" of the page Settings: where Homespun is in right-click menus, and whether it starts with the computer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.state.doors import Worker
from desktop.state.model_cards import Do
from desktop.state.notices import of_end
from desktop.state.observed import Observed
from desktop.state.preference_parts import LinkRow, SwitchRow
from desktop.words import language, say
from desktop.words.reasons import failure, reason
from desktop.workers import Ended, Event

Told = Mapping[str, Any]


class MenusState(Observed):
    """`chores` looks and writes. Nothing is written before the person presses a button."""

    name = "menus"

    def __init__(self, chores: Worker) -> None:
        super().__init__()
        self._chores = chores
        self._told: Told = {}
        self._busy = ""
        self._trouble: dict[str, str] = {}

    # what is shown

    @property
    def titles(self) -> tuple[str, ...]:
        """The file managers on this computer that have no entries yet."""
        return tuple(str(one["title"]) for one in self._targets if one["state"] == "absent")

    @property
    def _targets(self) -> tuple[Told, ...]:
        return tuple(self._told.get("targets", ()))

    def rows(self) -> Iterator[LinkRow | SwitchRow]:
        """One for each file manager, and the switch."""
        absent = [one for one in self._targets if one["state"] == "absent"]
        note = say("settings.menus_note")
        if not self._told:
            note = self._trouble.get("") or say("settings.menus_looking")
        elif not self._targets:
            note = say("settings.menus_none")
        everywhere = (Do("menus add", say("settings.menus_add_all")),) if len(absent) > 1 else ()
        yield LinkRow(say("settings.menus"), self._trouble.get("") or note, everywhere, self._tone(""))
        for one in self._targets:
            yield self._row(one)
        starts = self._told.get("autostart")
        if starts is not None:
            trouble = self._trouble.get("autostart", "")
            words, note = say("settings.autostart"), trouble or say("settings.autostart_note")
            yield SwitchRow("menus autostart", words, note, on=bool(starts), tone="warn" if trouble else "text2")

    def _row(self, one: Told) -> LinkRow:
        name, title, state = str(one["name"]), str(one["title"]), str(one["state"])
        acts: tuple[Do, ...] = ()
        add = Do(f"menus add {name}", say("settings.menus_add"), say("settings.menus_add_name", name=title))
        remove = Do(f"menus remove {name}", say("settings.menus_remove"), say("settings.menus_remove_name", name=title))
        if state == "absent":
            acts = (add,)
        elif state == "broken":
            repair = Do(
                f"menus add {name}", say("settings.menus_repair"), say("settings.menus_repair_name", name=title)
            )
            acts = (repair, remove)
        elif state == "present" and one["ours"]:
            acts = (remove,)
        if self._busy in (name, "*"):
            words, tone = say("settings.menus_working"), "text2"
        else:
            words = self._trouble.get(name) or reason(str(one["words"]))
            tone = {"present": "good", "broken": "warn"}.get(state, "text2")
        return LinkRow(title, words, acts, self._tone(name) if name in self._trouble else tone)

    def _tone(self, name: str) -> str:
        return "warn" if name in self._trouble else "text2"

    # what a person can do

    def refresh(self) -> None:
        """Look again: the page is shown."""
        if not self._busy:
            self._ask("menus", {}, "")

    def do(self, act: str) -> None:
        """Press a button: "add", "add NAME", "remove NAME", "autostart"."""
        word, _, name = act.partition(" ")
        if self._busy:
            return
        if word == "autostart":
            self._ask("autostart", {"on": not self._told.get("autostart")}, "autostart")
        else:
            names = [name] if name else None
            told = {"names": names, "language": language()} if word == "add" else {"names": names}
            self._ask(f"menus_{word}", told, name or "*")

    def add_everywhere(self) -> None:
        """Write the entries wherever a file manager is: the first run offers it."""
        self.do("add")

    def _ask(self, do: str, told: Told, busy: str) -> None:
        self._busy = busy
        self._trouble.clear()

        def said(event: Event) -> None:
            if not event.last:
                return
            self._busy = ""
            if event.how is Ended.DONE:
                self._told = event.told
                for one in event.told.get("done", ()):
                    if one["did"] in ("kept", "failed"):
                        self._trouble[str(one["target"])] = failure({"what": one["why"], "todo": one["todo"]})
            elif event.how is not Ended.CANCELLED:
                self._trouble[busy if busy != "*" else ""] = of_end(event).words
            self.changed()

        self._chores.ask(do, told, said)
        self.changed()
