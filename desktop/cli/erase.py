"""`homespun erase`: things vanish from pictures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.command import command
from desktop.cli.output import Output
from desktop.cli.photos import SUFFIXES, Made, Overwrite, Photos, Target, Targets, chosen, each, numbers, points
from homespun.errors import NotFound, UsageError

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

    from engines.pictures import Picture
    from homespun.progress import Progress

    Mask = NDArray[bool_]


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
    wanted = Wanted(mask, tuple(box or ()), tuple(polygon or ()), tuple(click or ()), fit_mask)
    pictures = chosen(photos)
    targets = Targets(output, pictures, "erased", overwrite=overwrite)

    def one(photo: Path, progress: Progress) -> Made:
        from engines.erase import Quality, erase
        from engines.pictures import Picture

        picture = Picture.open(photo)
        hole = wanted.of(photo, picture, progress)
        if not hole.any():
            return Made(None, f"Nothing to erase in {photo}: the mask is empty.", picture.notes, {"regions": 0})
        target = targets.of(photo)  # before the work: a name that is taken costs no waiting
        done = erase(picture, hole, quality=Quality(quality.value), seed=seed, grow=grow, progress=progress)
        path = done.picture.save(target, mark_edited=not no_mark, overwrite=overwrite)
        facts = {"regions": len(done.fillers), "fillers": list(done.fillers), "seconds": round(done.seconds, 3)}
        told = f"{_things(len(done.fillers))} erased in {done.seconds:.1f} s"
        return Made(path, told, (*picture.notes, *done.advice), {**facts, "advice": list(done.advice)})

    each(out, pictures, "Erasing", one)


class Wanted:
    """What the person marked, for any picture."""

    def __init__(
        self,
        mask: Path | None,
        boxes: tuple[str, ...],
        polygons: tuple[str, ...],
        clicks: tuple[str, ...],
        fit: bool,
    ) -> None:
        self._mask = mask.expanduser() if mask else None
        self._fit = fit
        self._boxes = [numbers(text, 4, "120,80,64,48") for text in boxes]
        self._polygons = [points([text]) for text in polygons]
        self._clicks = points(clicks)

    def of(self, photo: Path, picture: Picture, progress: Progress) -> Mask:
        """The mask, bool (H, W): all that was marked together. Raises `WrongMask`, `WrongHints` and `NotFound`."""
        import numpy as np

        from engines.pictures import box_mask, polygon_mask, read_mask

        size = (picture.width, picture.height)
        hole = np.zeros((picture.height, picture.width), np.bool_)
        if self._mask is not None:
            hole |= read_mask(self._mask_of(photo), size, fit=self._fit)
        for box in self._boxes:
            hole |= box_mask(box, size)
        for corners in self._polygons:
            hole |= polygon_mask(corners, size)
        if self._clicks:
            from desktop.cli.select import selected
            from engines.select import Hints

            hole |= selected(picture, Hints(include=self._clicks), progress)
        return hole

    def _mask_of(self, photo: Path) -> Path:
        mask = self._mask
        assert mask is not None
        if not mask.is_dir():
            return mask
        fitting = [one for one in sorted(mask.iterdir()) if one.stem == photo.stem and one.suffix.lower() in SUFFIXES]
        if not fitting:
            raise NotFound(f"There is no mask for {photo.name} in {mask}.", f"Put one there, named {photo.stem}.png.")
        return fitting[0]


def _things(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"
