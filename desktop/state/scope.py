"""The one folder that the palette searches, if it was asked for one: its chip, its question, and its way into the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.state.doors import Later
from desktop.state.folder_rows import name_of
from desktop.state.notices import Notice
from desktop.state.rows import Row, todo
from desktop.state.understood import Chip
from desktop.words import say
from desktop.words.reasons import reason

Adopt = Callable[[Path, Callable[[Notice | None], None]], None]
"""Has a folder searched from now on; says what went wrong, None when all is well."""

LOOK_EVERY = 1.0
"""Seconds between two looks for files of a folder that is just being read."""


def nobody_adopts(_folder: Path, then: Callable[[Notice | None], None]) -> None:
    """Where folders are chosen elsewhere."""
    then(None)


class Scope:
    """Which folder; `folder` is None where everything is searched. `look()` is called to ask anew while it is being read."""

    def __init__(self, adopt: Adopt, later: Later, look: Callable[[], None]) -> None:
        self._adopt, self._later, self._look = adopt, later, look
        self.folder: Path | None = None
        self._round = 0
        self._reading = False

    @property
    def name(self) -> str:
        """The folder's name for a screen, "" where everything is searched."""
        return name_of(str(self.folder)) if self.folder is not None else ""

    def set(self, folder: Path | None) -> bool:
        """Search there; whether that is another place than before."""
        other = folder != self.folder
        self.folder = folder
        self.rest()
        return other

    def rest(self) -> None:
        """Nobody looks any more."""
        self._reading = False
        self._round += 1

    def question(self) -> dict[str, Any]:
        """What a question says of it."""
        return {"folder": str(self.folder)} if self.folder is not None else {}

    def chips(self) -> tuple[Chip, ...]:
        """The chip that takes it away."""
        return (Chip(say("palette.chip_folder", name=self.name), "scope"),) if self.folder is not None else ()

    def heading(self, told: Mapping[str, Any]) -> str:
        """What stands above the rows while not all of it is read."""
        if self.folder is None or self._reading:
            return ""
        words = {"none": "palette.not_read", "part": "palette.part_read"}.get(reach_of(told))
        return say(words, name=self.name) if words else ""

    def rows(self, told: Mapping[str, Any]) -> list[Row]:
        """The way into the index, where it isn't there or only partly."""
        if self.folder is None or self._reading or reach_of(told) not in ("none", "part"):
            return []
        return [todo("adopt", say("palette.adopt", name=self.name), "folder", say("palette.adopt_more"))]

    def nothing(self, told: Mapping[str, Any], text: str) -> tuple[str, str]:
        """What to say where it holds no row."""
        if told.get("index") == "damaged":
            return ("", "")
        if self._reading:
            return say("palette.adopting", name=self.name), say("palette.no_files_todo")
        if told.get("reach") == "left out":
            return say("palette.kept_out", name=self.name), reason(str(told.get("reach_why", "")))
        if text:
            return say("palette.nothing_in", text=text, name=self.name), say("palette.nothing_in_todo")
        return say("palette.empty_in", name=self.name), say("palette.nothing_in_todo")

    def adopt(self, failed: Callable[[Notice], None]) -> None:
        """Have it searched from now on; files appear as they are read."""
        folder = self.folder
        if folder is None:
            return

        def then(notice: Notice | None) -> None:
            if folder != self.folder:
                return
            if notice is not None and notice.tone != "good":
                self.rest()
                failed(notice)
            self._look()

        self._reading = True
        self._adopt(folder, then)

    def answered(self, told: Mapping[str, Any]) -> None:
        """An answer came: look again a moment later as long as files of it are still being read."""
        self._reading = self.folder is not None and (self._reading or told.get("reach") == "coming")
        if not self._reading:
            return
        if reach_of(told) == "whole" and not told.get("partial"):
            self.rest()
            return
        self._round += 1
        self._later(LOOK_EVERY, lambda number=self._round: self._again(number))  # type: ignore[misc]

    def _again(self, number: int) -> None:
        if number == self._round and self._reading:
            self._look()


def reach_of(told: Mapping[str, Any]) -> str:
    """How much of the folder is read: whole, coming, part, left out or none; "" while nobody knows."""
    if told.get("index") == "none":
        return "none"
    return str(told.get("reach", ""))
