"""The service that works the queue off, a picture at a time, and looks through folders for pictures.

`run` does to one file what `homespun upscale` or `homespun erase` would; `walk` lists pictures; `power` asks the battery.
A process that only walks never loads an engine.
"""

from __future__ import annotations

import glob
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.jobs.job import Choices, Enlarge, choices_from
from desktop.jobs.walk import pictures_below
from desktop.workers.calls import Call, Handler
from homespun.errors import NoSpace
from homespun.files import free_space
from homespun.folders import folders
from homespun.progress import Progress, Report
from homespun.settings import Settings, load

PART = 500
"""Pictures that are told together: enough to be quick, and no more than a window takes in without a stutter."""

FULL = 20_000_000
"""Free bytes below which it is the disk that is full, and not the picture that is large."""


class DiskFull(NoSpace):
    """There is no room for any result: the next picture would fail as well."""


def open_service() -> dict[str, Handler]:
    """`run`, `walk` and `power`."""
    return {"run": _run, "walk": _walk, "power": _power}


def _run(call: Call) -> Mapping[str, Any]:
    """{source, choices, tries, anyway} → {result, seconds, device, notes}; {battery} where it has to wait for the mains.

    The part {target} says where the result will be, before the work begins.
    """
    settings = _settings()
    if not call.arguments["anyway"] and _must_wait(settings):
        return {"battery": True}
    photo = Path(call.arguments["source"])
    choices = choices_from(call.arguments["choices"])
    crashed_before = call.arguments["tries"] > 1

    def target(photo: Path) -> Path:
        place = _place(photo, choices)
        if crashed_before:
            _sweep(place)
        call.tell({"target": str(place)})
        return place

    work = _work(choices, mark=settings.app.mark)
    try:
        made = work.of(photo, target, _named(call.progress))
    except NoSpace as error:
        if free_space(photo.parent) < FULL:
            raise DiskFull(error.what, error.todo) from error
        raise
    return {
        "result": str(made.path) if made.path else "",
        "seconds": made.facts.get("seconds", 0.0),
        "device": made.facts.get("device", ""),
        "notes": list(made.notes),
    }


def _work(choices: Choices, *, mark: bool) -> Any:
    from desktop.jobs.pictures import Enlarging, Erasing, Marks

    if isinstance(choices, Enlarge):
        return Enlarging(choices.factor, style=choices.style, mark=mark)
    mask = Path(choices.mask) if choices.mask else None
    marks = Marks(mask, choices.boxes, choices.polygons, choices.clicks, choices.fit)
    return Erasing(marks, choices.quality, choices.grow, choices.seed, mark=mark)


def _place(photo: Path, choices: Choices) -> Path:
    from engines.pictures import output_path

    return output_path(photo, "enlarged" if isinstance(choices, Enlarge) else "erased")


def _sweep(place: Path) -> None:
    """Delete what a killed process had half-written under this name: see `homespun.files.atomic_write`."""
    for part in place.parent.glob(f".{glob.escape(place.name[:40])}.*.part"):
        with suppress(OSError):
            part.unlink()


def _named(progress: Progress) -> Progress:
    """The engines' notes as the codes that the window has words for."""

    def show(report: Report) -> None:
        progress.show(Report(report.done, report.total, _code(report)))

    return Progress(show=show, cancel=progress.cancel)


def _code(report: Report) -> str:
    if report.note == "enlarging":
        return "tiles"
    if report.note.startswith("preparing"):
        return "preparing"
    return "filling" if report.total else "looking"


def _walk(call: Call) -> Mapping[str, Any]:
    """{paths} → parts {pictures}, then {count}."""
    part: list[str] = []
    count = 0
    for path in pictures_below(call.arguments["paths"]):
        call.progress.cancel.check()
        part.append(path)
        count += 1
        if len(part) == PART:
            call.tell({"pictures": part})
            part = []
    if part:
        call.tell({"pictures": part})
    return {"count": count}


def _power(_call: Call) -> Mapping[str, Any]:
    return {"wait": _must_wait(_settings())}


def _settings() -> Settings:
    return load(folders().settings)


def _must_wait(settings: Settings) -> bool:
    """Whether long work waits for the mains: the person's setting, which holds for reading files as well."""
    if not settings.index.pause_on_battery:
        return False
    from engines.runtime import on_battery

    return on_battery()
