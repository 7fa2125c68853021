"""One job: a picture, what to do with it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Box = tuple[float, float, float, float]
Point = tuple[float, float]


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """Why a job failed that no sentence of its own came with."""

    CRASHED = "crashed"
    """The process that did it ended in the middle."""

    TWICE = "twice"
    """The whole app ended in the middle of it, and again when it was tried once more."""

    BUG = "bug"
    """Something that is no `HomespunError`."""


@dataclass(frozen=True)
class Enlarge:
    """Make it larger: as `homespun upscale --factor --style`."""

    factor: float = 2.0
    style: str = "faithful"

    @property
    def kind(self) -> str:
        """The name in the journal."""
        return "enlarge"

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": self.kind, "factor": self.factor, "style": self.style}


@dataclass(frozen=True)
class Erase:
    """Let something vanish: as `homespun erase --mask --box --polygon --click`. Coordinates are pixels of the picture."""

    mask: str = ""
    boxes: tuple[Box, ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    clicks: tuple[Point, ...] = ()
    fit: bool = True
    quality: str = "instant"
    grow: int | None = None
    seed: int = 0

    @property
    def kind(self) -> str:
        """The name in the journal."""
        return "erase"

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind,
            "mask": self.mask,
            "boxes": self.boxes,
            "polygons": self.polygons,
            "clicks": self.clicks,
            "fit": self.fit,
            "quality": self.quality,
            "grow": self.grow,
            "seed": self.seed,
        }


Choices = Enlarge | Erase


def choices_from(told: Mapping[str, Any]) -> Choices:
    """What `told()` gave. Raises `KeyError`, `TypeError` and `ValueError` for anything else."""
    if told["kind"] == "enlarge":
        return Enlarge(float(told["factor"]), str(told["style"]))
    if told["kind"] != "erase":
        raise ValueError(told["kind"])
    grow = told["grow"]
    return Erase(
        str(told["mask"]),
        tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in told["boxes"]),
        tuple(tuple((float(x), float(y)) for x, y in corners) for corners in told["polygons"]),
        tuple((float(x), float(y)) for x, y in told["clicks"]),
        bool(told["fit"]),
        str(told["quality"]),
        None if grow is None else int(grow),
        int(told["seed"]),
    )


@dataclass(slots=True, eq=False)
class Job:
    """One row of the table. Only the table changes it.

    `order`: higher goes first, then the lower `id`. `tries`: how often it began without coming to an end. `target`: where
    its result is being written; `result`: where it is. `what` and `todo` say why it failed, unless `why` does.
    """

    id: int
    source: str
    choices: Choices
    order: int
    state: State = State.WAITING
    tries: int = 0
    target: str = ""
    result: str = ""
    what: str = ""
    todo: str = ""
    why: str = ""
    seconds: float = 0.0
    device: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def path(self) -> Path:
        """The picture."""
        return Path(self.source)
