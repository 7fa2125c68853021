"""`homespun erase`: things vanish from pictures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.output import Output
from desktop.cli.photos import Overwrite, Photos, Target, Targets, chosen, each, marked
from desktop.jobs.pictures import Erasing
from homespun.errors import UsageError


class Speed(StrEnum):
    """How much may be spent on a result."""

    INSTANT = "instant"
    BALANCED = "balanced"
    BEST = "best"


MaskFile = Annotated[
    Path | None,
    typer.Option(
        "--mask",
        metavar="MASK",
        show_default=False,
        help="A picture that is white where something goes; or a folder with one for each photo, named like it.",
    ),
]
Boxes = Annotated[
    list[str] | None, typer.Option("--box", metavar="X,Y,W,H", help="Erase what is in this box. May be given again.")
]
Polygons = Annotated[
    list[str] | None,
    typer.Option("--polygon", metavar="'X,Y X,Y …'", help="Erase what is inside these corners. May be given again."),
]
Clicks = Annotated[
    list[str] | None,
    typer.Option("--click", metavar="X,Y", help="Erase the thing at this point. More clicks on it make it surer."),
]
Quality = Annotated[
    Speed,
    typer.Option("--quality", help="instant needs no model; balanced and best use a downloaded one where it is here."),
]


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(
        program,
        "erase",
        epilog='For instance: homespun erase beach.jpg --click 320,240. Or mark it: homespun erase "*.jpg" --mask logo.png',
    )(erase)


def erase(
    out: Output,
    photos: Photos,
    mask: MaskFile = None,
    box: Boxes = None,
    polygon: Polygons = None,
    click: Clicks = None,
    output: Target = None,
    quality: Quality = Speed.INSTANT,
    grow: Annotated[
        int | None,
        typer.Option(
            "--grow", metavar="PIXELS", min=0, max=200, show_default=False, help="Take a rim of this width too."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Another seed, another try.")] = 0,
    fit_mask: Annotated[bool, typer.Option("--fit-mask", help="Resize a mask of another size than the photo.")] = False,
    overwrite: Overwrite = False,
    no_mark: Annotated[
        bool, typer.Option("--no-mark", help="Don't write into the result that it was edited by an algorithm.")
    ] = False,
) -> None:
    """Erase something from pictures, and fill its place.

    PHOTO is a picture, a folder, or a pattern. Say what goes by a mask, a box, a polygon or a click, in pixels of the
    picture as you see it. The originals stay as they are.
    """
    if not (mask or box or polygon or click):
        raise UsageError(
            "Nothing says what to erase.", "Add --mask FILE, --box X,Y,W,H, --polygon or --click X,Y; see --help."
        )
    marks = marked(mask, box, polygon, click, fit=fit_mask)
    pictures = chosen(photos)
    targets = Targets(output, pictures, "erased", overwrite=overwrite)
    work = Erasing(marks, quality.value, grow, seed, mark=not no_mark, overwrite=overwrite)
    each(out, pictures, "Erasing", lambda photo, progress: work.of(photo, targets.of, progress))
