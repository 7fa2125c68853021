"""What starts of the program ask of the running app, done in its windows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.handoff import FACTORS, Request
from desktop.state.gathering import Gathering
from desktop.window.bound import later

if TYPE_CHECKING:
    from desktop.window.app import App

AWAITS = 15.0
"""Seconds that an app which was started only to be asked something (`await`) stays without being asked."""


class Requests:
    """Takes them in the order of arrival."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._gathering = Gathering(self._do, later)
        self._asked = False

    def take(self, request: Request) -> None:
        """Do what this start, or a later one, was asked to do."""
        if request.do != "await":
            self._asked = True
        self._gathering.add(request)

    def expect(self) -> None:
        """This start was asked to wait for what it will be asked: leave again when nothing comes."""
        later(AWAITS, self._give_up)

    def wanted(self) -> None:
        """The person wants something of the app, by its key or its tray."""
        self._asked = True

    def _give_up(self) -> None:
        if not self._asked and not self._app.windows.any_shown:
            self._app.leave()

    def _do(self, request: Request) -> None:
        app = self._app
        app.windows.token = request.token
        paths = [Path(path) for path in request.paths]
        match request.do:
            case "edit" | "erase" if paths:
                app.windows.line.add(paths, "erase")
            case "edit" | "erase" | "enlarge":
                app.edit(paths, "erase" if request.do == "edit" else request.do)
            case "enlarge-2" | "enlarge-4":
                app.queue.enlarge(paths, FACTORS[request.do])
                app.show("queue")
            case "search":
                app.windows.search_in(paths[0])
            case "palette":
                app.windows.toggle_palette()
            case "background":
                app.stay_in_background()
            case "quit":
                app.leave()
            case "app":
                app.show("welcome" if app.windows.is_new else "search")
