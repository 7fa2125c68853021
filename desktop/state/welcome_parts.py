"""What the first run shows, and what it needs of the settings and the menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.state.notices import Notice
from homespun.settings import Settings


class Keeping(Protocol):
    """The settings, as this screen needs them: a `PreferencesState`."""

    @property
    def settings(self) -> Settings:
        """Those in force."""
        ...

    def choose(self, key: str, value: str) -> None:
        """Set one."""
        ...


class Menus(Protocol):
    """The right-click menus, as this screen needs them: a `MenusState`."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The file managers that have no entries yet."""
        ...

    def refresh(self) -> None:
        """Look which are here."""
        ...

    def add_everywhere(self) -> None:
        """Write the entries."""
        ...

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Hear of changes."""
        ...


@dataclass(frozen=True)
class MenuOffer:
    """What is offered for the right-click menus, and what would be written; `ticked` once the person wants it."""

    words: str
    note: str
    ticked: bool


@dataclass(frozen=True)
class FolderChoice:
    """One folder that may be searched; `searched`: it is already."""

    path: str
    name: str
    place: str
    count: str
    ticked: bool
    searched: bool


@dataclass(frozen=True)
class Sheets:
    """Pixels in sheets, as the worker tells of them: {path, width, height, stride}; None = not there yet."""

    before: Mapping[str, Any] | None = None
    mask: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class WelcomeSnapshot:
    """`stage` of the third step: loading, ready, working, done. `next` = (words, whether it can be pressed)."""

    step: int
    head: str
    lead: str
    choices: tuple[FolderChoice, ...]
    key: str
    key_words: str
    key_tone: str
    menus: MenuOffer | None
    stage: str
    share: float | None
    words: str
    note: str
    sheets: Sheets
    next: tuple[str, bool]
    skip: str
    can_go_back: bool
    notice: Notice | None
    left: bool
