"""What the tray's menu says, and what closing the last window means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.state.doors import Doors
from desktop.state.observed import Observed
from desktop.words import say


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `name` is what `TrayState.do` takes, "" for a line between groups."""

    name: str
    words: str = ""


@dataclass(frozen=True)
class TraySnapshot:
    """The menu and the words over the icon."""

    tip: str
    entries: tuple[Entry, ...]
    busy: bool


LINE = Entry("")


class TrayState(Observed):
    """`open_picture` asks for one, `pause` stops or goes on with reading files, `leave` ends the app."""

    def __init__(
        self,
        doors: Doors,
        *,
        open_picture: Callable[[], None],
        pause: Callable[[bool], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__()
        self._doors = doors
        self._open_picture = open_picture
        self._pause = pause
        self._leave = leave
        self._running = 0
        self._paused = False

    def jobs(self, running: int) -> None:
        """Note how many pictures are in the queue and not done."""
        if running != self._running:
            self._running = running
            self.changed()

    def reading(self, paused: bool) -> None:
        """Note whether reading files is paused."""
        if paused != self._paused:
            self._paused = paused
            self.changed()

    def do(self, name: str) -> None:
        """Do what an entry, or a click on the icon ("search"), says."""
        if name == "search":
            self._doors.show("palette")
        elif name == "open":
            self._open_picture()
        elif name in ("queue", "settings"):
            self._doors.show(name)
        elif name == "pause":
            self.reading(not self._paused)
            self._pause(self._paused)
        elif name == "quit":
            self._leave()

    def closing_leaves(self, tray: bool) -> bool:
        """Whether closing the last window ends the app: without a tray nobody would find it again, but jobs go on."""
        return not tray and self._running == 0

    def snapshot(self) -> TraySnapshot:
        """The menu now."""
        running = self._running
        queue = say("platform.tray_queue_running", running) if running else say("platform.tray_queue")
        return TraySnapshot(
            tip=say("platform.tray_tip_running", running) if running else say("common.app"),
            entries=(
                Entry("search", say("platform.tray_search")),
                Entry("open", say("platform.tray_open")),
                LINE,
                Entry("queue", queue),
                Entry("pause", say("platform.tray_resume") if self._paused else say("platform.tray_pause")),
                LINE,
                Entry("settings", say("platform.tray_settings")),
                Entry("quit", say("platform.tray_quit")),
            ),
            busy=running > 0,
        )
