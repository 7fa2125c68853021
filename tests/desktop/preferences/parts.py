"""The parts "In menus" and "Updates" over workers that a test holds in its hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from desktop.state.menus import MenusState
from desktop.state.updating import UpdatingState
from tests.desktop.main.fakes import Asking, KnownWorker
from tests.desktop.palette.fakes import Clock

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)

MENUS: Mapping[str, Any] = {
    "targets": [
        {
            "name": "thunar",
            "title": "Thunar",
            "state": "present",
            "words": "Thunar has Homespun's entries.",
            "ours": True,
        },
        {
            "name": "nautilus",
            "title": "Nautilus (Files)",
            "state": "absent",
            "words": "Nautilus (Files) has no entries of Homespun.",
            "ours": True,
        },
        {
            "name": "nemo",
            "title": "Nemo",
            "state": "broken",
            "words": "/home/clara/.local/share/nemo/actions/homespun-erase.nemo_action is gone.",
            "ours": True,
        },
        {
            "name": "dolphin",
            "title": "Dolphin",
            "state": "absent",
            "words": "Dolphin has no entries of Homespun.",
            "ours": True,
        },
    ],
    "autostart": False,
}

STANDING: Mapping[str, Any] = {
    "kind": "windows",
    "version": "1.1.0",
    "server": "https://updates.example/homespun/",
    "why_not": "",
    "previous": None,
    "next": "1.1.0",
    "refused": None,
    "failed": False,
    "checked": None,
    "newest": "",
}


@dataclass
class Parts:
    """Both, with what stands behind them."""

    chores: KnownWorker = field(default_factory=KnownWorker)
    server: KnownWorker = field(default_factory=KnownWorker)
    clock: Clock = field(default_factory=Clock)
    often: str = "never"
    found: list[str] = field(default_factory=list)
    moment: datetime = NOW

    def __post_init__(self) -> None:
        self.menus = MenusState(self.chores)
        self.updating = UpdatingState(
            self.server, self.clock, often=lambda: self.often, found=self.found.append, now=lambda: self.moment
        )

    def asked(self, do: str) -> Asking:
        """The newest call of that name."""
        return next(one for one in reversed([*self.chores.calls, *self.server.calls]) if one.do == do)
