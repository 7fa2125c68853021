"""Saving, exporting, the queue, and what the buttons of the bar do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.state.editing.base import Told
from desktop.state.editing.choices import below
from desktop.state.editing.filling import Filling
from desktop.state.sizes import screen_text, size_words
from desktop.words import say
from desktop.words.reasons import failure
from homespun.errors import ExitCode, HomespunError

ELSEWHERE = (ExitCode.NO_PERMISSION, ExitCode.NOT_FOUND, ExitCode.USAGE)
"""What goes wrong with a place and not with the picture: another place helps."""


class Saving(Filling):
    """From the screen to the disk."""

    asking_where = ""
    writing = 0
    """Files that are being written."""
    on_written: Callable[[Path], None] = staticmethod(lambda _path: None)
    """Is told each picture file that was written."""
    _last_written = ""
    _last_saved: dict[str, Any] | None = None

    def save(self) -> None:
        """Save as the settings say: a copy beside the original, where the person says, or in the original's place."""
        if self.stage != "ready":
            return
        how = self.settings().app.save
        if not self.path or how == "ask":
            self.asking_where = self._suggestion()
            self.changed()
        else:
            self._save({"path": None, "replace": how == "replace"})

    def save_as(self, path: Path) -> None:
        """Save there; the system's dialog has asked about replacing."""
        self.asking_where = ""
        if self.stage == "ready":
            self._save({"path": os.path.abspath(path), "replace": True})

    def save_nowhere(self) -> None:
        """The dialog was closed without a place."""
        self.asking_where = ""
        self.changed()

    def export(self, path: Path, size: tuple[int, int] | None = None) -> None:
        """Write the picture in another format or a smaller size."""
        if self.stage != "ready":
            return
        told = {"path": os.path.abspath(path), "size": list(size) if size else None, "mark": self.settings().app.mark}

        def written(answer: Told) -> None:
            if not self._is_full(answer):
                self._written(answer)

        self.writing += 1
        self.ask("export", told, written, over=self._over)
        self.changed()

    def enqueue(self) -> None:
        """Have the queue ask what should be done with this file."""
        if not self.path:
            return
        try:
            self.doors.enqueue([Path(self.path)])
        except HomespunError as error:
            self.tell_error(error)
            self.changed()

    def do_notice(self, action: str) -> None:
        """A button of the bar was pressed."""
        before = self.notice
        deeds: dict[str, Callable[[], object]] = {
            "recover": self.recover,
            "discard": self.discard,
            "reopen": self.reopen,
            "retry": self.act,
            "save_again": self._save_again,
            "enqueue": self.enqueue,
            "lower": self._lower,
            "save_as": self._ask_where,
            "show": self._show_written,
            "copy_details": lambda: self.doors.copy_text(self.details),
            "dismiss": lambda: None,
        }
        if action not in deeds:
            return
        deeds[action]()
        if self.notice is before:
            self.notice = None
        self.changed()

    def _save(self, told: dict[str, Any]) -> None:
        told |= {"what": self._what(), "mark": self.settings().app.mark}
        self._last_saved = told

        def saved(answer: Told) -> None:
            if self._is_full(answer):
                return
            self.saved = self.now
            self.saved_as = screen_text(Path(answer["path"]).name)
            if told["replace"]:  # it may be a link to what was written
                self.on_written(Path(told["path"] or self.path))
            self._written(answer)

        def failed(answer: Told) -> None:
            if int(answer.get("code", ExitCode.BUG)) in ELSEWHERE:
                words = say("editor.not_saved", reason=failure(answer))
                self.bar("danger", words, (("save_as", say("editor.save_elsewhere")),))
            else:
                self.tell_failure(answer, actions=(("save_again", say("common.retry")),))

        self.writing += 1
        self.ask("save", told, saved, failed=failed, over=self._over)
        self.changed()

    def _over(self) -> None:
        self.writing -= 1

    def _save_again(self) -> None:
        if self._last_saved is not None:
            self._save(dict(self._last_saved))

    def _written(self, answer: Told) -> None:
        self._last_written = str(answer["path"])
        self.on_written(Path(self._last_written))
        words = say("editor.saved_as", name=screen_text(Path(answer["path"]).name))
        self.bar("good", words, (("show", say("editor.show")),))

    def _is_full(self, answer: Told) -> bool:
        if "full" not in answer:
            return False
        words = say("editor.full", size=size_words(int(answer["full"])))
        self.bar("danger", words, (("save_as", say("editor.save_elsewhere")),))
        return True

    def _show_written(self) -> None:
        try:
            self.doors.show_in_folder(Path(self._last_written))
        except HomespunError as error:
            self.tell_error(error)

    def _ask_where(self) -> None:
        self.asking_where = self._suggestion()

    def _lower(self) -> None:
        self.choices.quality = below(self.choices.effective_quality)
        self.act()

    def _what(self) -> str:
        """What stands in brackets behind the copy's name."""
        kinds = {edit.kind for edit in self.history.edits}
        if kinds == {"erase"}:
            return say("editor.name_erased")
        if kinds == {"fill"}:
            return say("editor.name_filled")
        return say("editor.name_enlarged") if kinds == {"enlarge"} else say("editor.name_edited")

    def _suggestion(self) -> str:
        """A path for the dialog to begin with."""
        if self.path:
            path = Path(self.path)
            return str(path.with_name(f"{path.stem} ({self._what()}){path.suffix}"))
        name = Path(self.title).stem or say("editor.pasted")
        pictures = Path.home() / "Pictures"
        return str((pictures if pictures.is_dir() else Path.home()) / f"{name}.png")
