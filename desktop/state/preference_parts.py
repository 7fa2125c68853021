"""What the page Settings is made of: rows of settings, rows of other things, and the parts that bring those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.state.model_cards import Do, Notice
from desktop.state.preference_rows import Control
from homespun.settings import Value


@dataclass(frozen=True)
class PreferenceRow:
    """One setting. `shown` is the value as text, `error` stands below a value that was refused."""

    key: str
    control: Control
    words: str
    note: str
    value: Value
    shown: str
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    least: int = 0
    most: int = 0
    default: bool = True
    error: str = ""
    reset: Do | None = None


@dataclass(frozen=True)
class LinkRow:
    """A row that leads elsewhere, or does something once."""

    words: str
    note: str
    actions: tuple[Do, ...]
    tone: str = "text2"


@dataclass(frozen=True)
class SwitchRow:
    """Something that is on or off, and is no setting of the file; `act` is what the state is told when it is pressed."""

    act: str
    words: str
    note: str
    on: bool
    tone: str = "text2"


Row = PreferenceRow | LinkRow | SwitchRow


class Part(Protocol):
    """A section whose rows come from elsewhere than the settings file; `name` is the section's."""

    @property
    def name(self) -> str:
        """See the class."""
        ...

    def rows(self) -> Iterator[LinkRow] | Iterator[LinkRow | SwitchRow]:
        """What it shows now."""
        ...

    def refresh(self) -> None:
        """Look again: the page is shown."""
        ...

    def do(self, act: str) -> None:
        """Press one of its buttons; `act` is without the section's name."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear of changes."""
        ...


@dataclass(frozen=True)
class Section:
    """What belongs together, under one heading."""

    name: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PreferencesSnapshot:
    """The whole page. With a `fault` the file can't be understood: defaults are shown, and nothing can be changed."""

    heading: str
    lead: str
    language: str
    sections: tuple[Section, ...]
    fault: Notice | None
    fault_actions: tuple[Do, ...]
    notice: Notice | None
    file: Do
    words: Mapping[str, str]
