"""The states of the running app, each made when something first needs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.window.bound import Bound, later
from desktop.window.platform.crash import log_folder
from homespun.errors import HomespunError
from homespun.folders import folders
from homespun.settings import Settings

if TYPE_CHECKING:
    from desktop.jobs.work import Jobs
    from desktop.state.devices import DevicesState
    from desktop.state.doors import Doors
    from desktop.state.folders import FoldersState
    from desktop.state.menus import MenusState
    from desktop.state.models import ModelsState
    from desktop.state.palette import PaletteState
    from desktop.state.preferences import PreferencesState
    from desktop.state.queue import QueueState
    from desktop.state.thumbnails import Thumbnails
    from desktop.state.updating import UpdatingState
    from desktop.window.platform.hotkey import Hotkey
    from desktop.window.services import Services
    from desktop.window.windows import Windows


class States(QObject):
    """What `App` has of them. `_doors` is the app itself."""

    services: Services
    thumbnails: Thumbnails
    hotkey: Hotkey
    windows: Windows
    _doors: Doors
    _begun: Settings | HomespunError

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        if "preferences" in self.__dict__:
            return self.preferences.settings
        return self._begun if isinstance(self._begun, Settings) else Settings()

    @cached_property
    def preferences(self) -> PreferencesState:
        """The page Settings; from its first use it holds the settings."""
        from desktop.state.preferences import PreferencesState

        return PreferencesState(
            folders().settings,
            self._doors,
            applied=self._applied,
            hotkey=self.hotkey.set,
            logs=log_folder(),
            begun=self._begun,
            parts=(self.menus, self.updating),
        )

    @cached_property
    def menus(self) -> MenusState:
        """Where Homespun is in right-click menus."""
        from desktop.state.menus import MenusState

        return MenusState(self.services.worker("chores"))

    @cached_property
    def updating(self) -> UpdatingState:
        """Whether there is a newer version."""
        from desktop.state.updating import UpdatingState

        return UpdatingState(
            self.services.worker("updates"), later, often=lambda: self.settings.updates.check, found=self._update_found
        )

    @cached_property
    def palette(self) -> PaletteState:
        """The palette's search."""
        return self._search()

    @cached_property
    def browse(self) -> PaletteState:
        """The search of the main window: its own sentence, the same process."""
        return self._search()

    def _search(self) -> PaletteState:
        from desktop.state.palette import PaletteState

        return PaletteState(
            self.services.worker("search"),
            self.thumbnails,
            later,
            self._doors,
            aside=self.folders.engine.aside,
            adopt=lambda folder, then: self.folders.add([folder], then),
        )

    @cached_property
    def jobs(self) -> Jobs:
        """The one path for long work."""
        from desktop.jobs.work import Jobs

        return Jobs(self.services.worker("jobs"), later, folders().data / "app", written=self.thumbnails.forget)

    @cached_property
    def queue(self) -> QueueState:
        """What the queue shows."""
        from desktop.state.queue import QueueState

        made = QueueState(self.jobs, self.services.worker("walker", "jobs"), later, self._doors)
        self._follow(made, self._jobs_moved)
        self.jobs.start()
        return made

    @cached_property
    def folders(self) -> FoldersState:
        """Which folders are read, and how far that is."""
        from desktop.state.folders import FoldersState

        made = FoldersState(self.services.worker("chores"), self.services.worker("index"), later, self._doors)
        self._follow(made, self._reading_moved)
        return made

    @cached_property
    def devices(self) -> DevicesState:
        """What runs where, and why."""
        from desktop.state.devices import DevicesState

        return DevicesState(self.services.worker("devices"), self._doors)

    @cached_property
    def models(self) -> ModelsState:
        """What is here and what can be added."""
        from desktop.state.models import ModelsState

        return ModelsState(
            self.services.worker("models"),
            self.services.worker("fetching", "models"),
            self._doors,
            on_change=self.windows.models_changed,
        )

    def _follow(self, state: FoldersState | QueueState, moved: Callable[[], None]) -> None:
        Bound(state, self).changed.connect(moved)

    def _applied(self, key: str) -> None:
        raise NotImplementedError

    def _jobs_moved(self) -> None:
        raise NotImplementedError

    def _reading_moved(self) -> None:
        raise NotImplementedError

    def _update_found(self, version: str) -> None:
        raise NotImplementedError
