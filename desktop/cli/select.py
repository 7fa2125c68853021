"""`homespun select`: a click or a box becomes a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from desktop.cli.command import command
from desktop.cli.output import Output
from desktop.cli.photos import Overwrite, Photos, Target, Targets, chosen, each, numbers, points
from desktop.jobs.pictures import Made, selected

if TYPE_CHECKING:
    from pathlib import Path

    from homespun.progress import Progress


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(
        program, "select", epilog="For instance: homespun select beach.jpg --click 320,240 --not 500,80 -o mask.png"
    )(select)


def select(
    out: Output,
    photos: Photos,
    click: Annotated[
        list[str] | None, typer.Option("--click", metavar="X,Y", help="A point on the thing. May be given again.")
    ] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--not", metavar="X,Y", help="A point that is not on it. May be given again.")
    ] = None,
    box: Annotated[
        str | None, typer.Option("--box", metavar="X,Y,W,H", show_default=False, help="A box round the thing.")
    ] = None,
    lasso: Annotated[
        str | None, typer.Option("--lasso", metavar="'X,Y X,Y …'", show_default=False, help="A loop round the thing.")
    ] = None,
    scribble: Annotated[
        str | None,
        typer.Option("--scribble", metavar="'X,Y X,Y …'", show_default=False, help="A stroke over the thing."),
    ] = None,
    output: Target = None,
    overwrite: Overwrite = False,
) -> None:
    """Find the outline of the thing that you point at, and write it as a mask.

    The mask is a PNG, white on the thing; `homespun erase --mask` takes it. PHOTO is a picture; with several the same
    points count in each.
    """
    from engines.select import Hints

    frame = cast("tuple[float, float, float, float]", numbers(box, 4, "120,80,64,48")) if box else None
    hints = Hints(
        include=points(click or ()),
        exclude=points(beside or ()),
        box=frame,
        lasso=points([lasso] if lasso else ()),
        scribble=points([scribble] if scribble else ()),
    )
    pictures = chosen(photos)
    targets = Targets(output, pictures, "mask", overwrite=overwrite)

    def one(photo: Path, progress: Progress) -> Made:
        from engines.pictures import Picture, save_mask

        picture = Picture.open(photo)
        progress.report(0, 2)
        hints.check(picture.width, picture.height)
        target = targets.of(photo, suffix=".png")
        mask = selected(picture, hints, progress)
        progress.report(1, 2)
        path = save_mask(mask, target, overwrite=overwrite)
        share = float(mask.mean())
        return Made(
            path, f"{int(mask.sum()):,} pixels selected ({share:.1%})", picture.notes, {"pixels": int(mask.sum())}
        )

    each(out, pictures, "Selecting", one)
