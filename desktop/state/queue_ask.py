"""The question that new pictures bring along: what should be done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.jobs.job import Choices, Enlarge, Erase
from desktop.state.sizes import screen_text
from desktop.words import say
from desktop.workers import Ticket

FACTORS = (2, 4)


@dataclass(frozen=True)
class Ask:
    """The card above the list. `options` are (value, words)."""

    title: str
    kind: str
    kinds: Sequence[tuple[str, str]]
    factor: str
    factors: Sequence[tuple[str, str]]
    style: str
    styles: Sequence[tuple[str, str]]
    mask: Path | None
    mask_words: str
    quality: str
    qualities: Sequence[tuple[str, str]]
    note: str
    go: str
    ready: bool


class Question:
    """What was chosen so far, and the pictures that were found so far."""

    def __init__(self, last: Choices | None) -> None:
        self.pictures: list[str] = []
        self._seen: set[str] = set()
        self.walks: list[Ticket] = []
        """The folders that are still looked through."""
        self.order: int | None = None
        """The batch that pictures found from now on belong to: the question is answered."""
        self.kind = "enlarge"
        self.factor = 2.0
        self.style = "faithful"
        self.mask: Path | None = None
        self.quality = "instant"
        if isinstance(last, Enlarge):
            self.factor, self.style = last.factor, last.style
        elif isinstance(last, Erase):
            self.kind, self.quality = "erase", last.quality
            self.mask = Path(last.mask) if last.mask else None

    def add(self, pictures: Iterable[str]) -> None:
        """These were found."""
        self.pictures += self.new(pictures)

    def new(self, pictures: Iterable[str]) -> list[str]:
        """Those that were not found before: a file may be dropped together with its folder."""
        found = [path for path in dict.fromkeys(pictures) if path not in self._seen]
        self._seen.update(found)
        return found

    @property
    def looking(self) -> bool:
        """Whether more may be found."""
        return bool(self.walks)

    @property
    def choices(self) -> Choices | None:
        """What is to be done; None as long as something is missing."""
        if self.kind == "enlarge":
            return Enlarge(self.factor, self.style)
        return Erase(str(self.mask), quality=self.quality) if self.mask is not None else None

    def shown(self) -> Ask:
        """The card."""
        count = len(self.pictures)
        enlarge = self.kind == "enlarge"
        title = say("queue.ask.looking", count) if self.looking else say("queue.ask.title", count)
        if enlarge:
            note = say("queue.ask.faithful.note") if self.style == "faithful" else say("queue.ask.restore.note")
        else:
            note = say("queue.ask.mask.note")
        return Ask(
            title=title,
            kind=self.kind,
            kinds=(("enlarge", say("queue.ask.enlarge")), ("erase", say("queue.ask.erase"))),
            factor=str(int(self.factor)),
            factors=tuple((str(factor), f"{factor}×") for factor in FACTORS),
            style=self.style,
            styles=(("faithful", say("queue.ask.faithful")), ("restore", say("queue.ask.restore"))),
            mask=self.mask,
            mask_words=screen_text(self.mask.name) if self.mask is not None else say("queue.ask.mask.choose"),
            quality=self.quality,
            qualities=(
                ("instant", say("queue.ask.quick")),
                ("balanced", say("queue.ask.better")),
                ("best", say("queue.ask.best")),
            ),
            note=note,
            go=say("queue.ask.go.enlarge", count) if enlarge else say("queue.ask.go.erase", count),
            ready=count > 0 and self.choices is not None,
        )
