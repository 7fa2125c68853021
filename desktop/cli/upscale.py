"""`homespun upscale`: pictures become larger."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.output import Output
from desktop.cli.photos import Overwrite, Photos, Target, Targets, chosen, each
from desktop.jobs.pictures import Enlarging
from homespun.errors import UsageError


class Manner(StrEnum):
    """What is drawn into the larger picture."""

    FAITHFUL = "faithful"
    RESTORE = "restore"


class Fitting(StrEnum):
    """What becomes of a picture whose proportions are not those of --size."""

    INSIDE = "inside"
    COVER = "cover"
    STRETCH = "stretch"


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(program, "upscale", epilog="For instance: homespun upscale scan.png --factor 4 --style restore")(upscale)


def upscale(
    out: Output,
    photos: Photos,
    factor: Annotated[
        float | None,
        typer.Option("--factor", metavar="F", show_default=False, help="Each side so many times as long, 1 to 8 (2)."),
    ] = None,
    size: Annotated[
        str | None, typer.Option("--size", metavar="WxH", show_default=False, help="So many pixels: 3840x2160.")
    ] = None,
    fit: Annotated[
        Fitting,
        typer.Option(
            "--fit",
            help="Into a --size of other proportions: inside keeps all and makes one side shorter; cover cuts off what "
            "stands over; stretch distorts.",
        ),
    ] = Fitting.INSIDE,
    style: Annotated[
        Manner,
        typer.Option(
            "--style", help="faithful keeps what is there; restore also takes away noise, blur and JPEG marks."
        ),
    ] = Manner.FAITHFUL,
    device: Annotated[
        str | None,
        typer.Option(
            "--device",
            metavar="DEVICE",
            show_default=False,
            help="Run on this device and no other: a name from `homespun devices`, gpu, npu, cpu.",
        ),
    ] = None,
    output: Target = None,
    overwrite: Overwrite = False,
    no_mark: Annotated[
        bool, typer.Option("--no-mark", help="Don't write into the result that it was edited by an algorithm.")
    ] = False,
) -> None:
    """Enlarge pictures with a network that comes with Homespun.

    PHOTO is a picture, a folder, or a pattern. The originals stay as they are.
    """
    if factor is not None and size is not None:
        raise UsageError("Both --factor and --size were given.", "Give one of them.")
    if fit is not Fitting.INSIDE and size is None:
        raise UsageError(f"--fit {fit} says how a picture comes into a --size, and none was given.", "Add --size WxH.")
    wanted = _size(size) if size else None
    times = None if wanted else (2.0 if factor is None else factor)
    pictures = chosen(photos)
    targets = Targets(output, pictures, "enlarged", overwrite=overwrite)
    work = Enlarging(times, wanted, fit.value, style.value, device, mark=not no_mark, overwrite=overwrite)
    each(out, pictures, "Enlarging", lambda photo, progress: work.of(photo, targets.of, progress))


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})\s*[x×X]\s*(\d{1,6})", text.strip())
    if not found:
        raise UsageError(f"“{text}” is not a size.", "Write width x height in pixels: --size 3840x2160")
    return int(found[1]), int(found[2])
