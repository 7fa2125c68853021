"""Windows' Explorer as one of the targets: what `windows.py` says, behind the calls that all targets share."""

from __future__ import annotations

from pathlib import PureWindowsPath

from installer.shell import windows
from installer.shell.files import Wish
from installer.shell.outcome import Outcome, State, Status
from installer.shell.places import Places
from installer.shell.record import Record
from installer.shell.registry import Registry, current_user
from installer.verbs import LANGUAGES
from installer.versions import this_installation


class Explorer:
    """Explorer's menus in the registry of this person, or in `registry`. They keep their own record, in the registry."""

    name = windows.TARGET.name
    title = windows.TARGET.title

    def __init__(self, registry: Registry | None = None) -> None:
        self._given = registry

    def here(self, places: Places) -> bool:
        """Explorer is on every Windows."""
        return places.platform == "win32"

    def put(self, wish: Wish, _record: Record) -> Outcome:
        """Write the keys; the launcher is the only word of the command."""
        root = PureWindowsPath(wish.command[0]).parent
        return windows.install(root, wish.one_language, self._registry())

    def take(self, _places: Places, _record: Record) -> Outcome:
        """Delete the keys."""
        return windows.remove(self._registry())

    def look(self, places: Places, _record: Record) -> Status:
        """How it stands, seen from the program folder of this copy."""
        root = PureWindowsPath(this_installation().root)
        found = [windows.status(root, language, self._registry()) for language in (places.language, *LANGUAGES)]
        # Its installer may have been told another language than Windows speaks.
        return next((one for one in found if one.state is State.PRESENT), found[0])

    def _registry(self) -> Registry:
        return self._given or current_user()


EXPLORER = Explorer()
