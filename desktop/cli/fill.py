"""`homespun fill`: a place in a picture is painted as words say, and pictures grow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.command import command
from desktop.cli.output import Output
from desktop.cli.photos import Overwrite, Photos, Target, Targets, chosen, each, marked
from desktop.jobs.pictures import Filling
from homespun.errors import UsageError

SIDES = ("left", "top", "right", "bottom")

MaskFile = Annotated[
    Path | None,
    typer.Option(
        "--mask",
        metavar="MASK",
        show_default=False,
        help="A picture that is white where to paint; or a folder with one for each photo, named like it.",
    ),
]
Boxes = Annotated[
    list[str] | None, typer.Option("--box", metavar="X,Y,W,H", help="Paint in this box. May be given again.")
]
Polygons = Annotated[
    list[str] | None,
    typer.Option("--polygon", metavar="'X,Y X,Y …'", help="Paint inside these corners. May be given again."),
]
Clicks = Annotated[
    list[str] | None,
    typer.Option("--click", metavar="X,Y", help="Paint over the thing at this point. May be given again."),
]


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(
        program,
        "fill",
        epilog="For instance: homespun fill garden.jpg --box 320,240,200,150 --prompt 'a wooden bench'. "
        "Or make it wider: homespun fill garden.jpg --extend left=25%,right=25% --prompt 'a garden'",
    )(fill)


def fill(
    out: Output,
    photos: Photos,
    prompt: Annotated[str, typer.Option("--prompt", metavar="WORDS", help="What should be there.")],
    mask: MaskFile = None,
    box: Boxes = None,
    polygon: Polygons = None,
    click: Clicks = None,
    extend: Annotated[
        str | None,
        typer.Option(
            "--extend",
            metavar="SIDE=MUCH,…",
            show_default=False,
            help="Make the picture larger and paint what is new: left=25%, top=100 (pixels).",
        ),
    ] = None,
    negative: Annotated[str, typer.Option("--negative", metavar="WORDS", help="What should not be there.")] = "",
    number: Annotated[int, typer.Option("-n", "--number", min=1, max=16, help="So many different results.")] = 1,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**62, help="The same seed gives the same picture.")
    ] = 0,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, max=200, show_default=False, help="More take longer.")
    ] = None,
    guidance: Annotated[
        float | None,
        typer.Option(
            "--guidance",
            min=0,
            max=30,
            show_default=False,
            help="How strictly the words are followed; 1 is not at all.",
        ),
    ] = None,
    strength: Annotated[
        float, typer.Option("--strength", min=0.05, max=1, help="Below 1 it starts from what is there.")
    ] = 1.0,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="NAME", show_default=False, help="ddim, euler, dpm++2m, unipc, lcm or tcd."
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            "--model", metavar="FOLDER", show_default=False, help="An exported pipeline that is not in the catalogue."
        ),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option("--device", metavar="DEVICE", show_default=False, help="Run on this device and no other."),
    ] = None,
    output: Target = None,
    grow: Annotated[
        int | None,
        typer.Option(
            "--grow", metavar="PIXELS", min=0, max=200, show_default=False, help="Paint a rim of this width too."
        ),
    ] = None,
    fit_mask: Annotated[bool, typer.Option("--fit-mask", help="Resize a mask of another size than the photo.")] = False,
    overwrite: Overwrite = False,
    no_mark: Annotated[
        bool, typer.Option("--no-mark", help="Don't write into the result what painted it, and by which words.")
    ] = False,
) -> None:
    """Paint a place in pictures as words say, with a network on this computer.

    PHOTO is a picture, a folder, or a pattern. Say where by a mask, a box, a polygon, a click or --extend. What your guard's
    policy names is taken out of the words first: homespun guard check. The originals stay as they are.
    """
    if not prompt.strip():
        raise UsageError(
            "The prompt is empty.", "Say what should be there: --prompt 'a wooden bench'. To erase: homespun erase."
        )
    if not (mask or box or polygon or click or extend):
        raise UsageError(
            "Nothing says where to paint.",
            "Add --mask FILE, --box X,Y,W,H, --polygon, --click X,Y or --extend; see --help.",
        )
    marks = marked(mask, box, polygon, click, fit=fit_mask)
    work = Filling(
        marks,
        prompt,
        negative,
        number,
        seed,
        steps,
        guidance,
        strength,
        scheduler,
        _sides(extend) if extend else (),
        grow,
        model.expanduser() if model else None,
        device,
        mark=not no_mark,
        overwrite=overwrite,
    )
    pictures = chosen(photos)
    targets = Targets(output, pictures, "filled", overwrite=overwrite)
    each(out, pictures, "Filling", lambda photo, progress: work.of(photo, targets.of, progress), noted=True)


def _sides(text: str) -> tuple[tuple[str, float], ...]:
    """left=25%,top=100 → shares up to 1, or pixels. Raises `UsageError`."""
    found: dict[str, float] = {}
    for part in text.replace(" ", "").split(","):
        match = re.fullmatch(r"(\w+)=(\d{1,5}(?:\.\d+)?)(%|px)?", part)
        if match is None or match[1] not in SIDES or match[1] in found:
            raise UsageError(
                f"“{part}” is not a side and how much.",
                "Write it as left=25% or top=100: left, top, right or bottom, each once.",
            )
        much = float(match[2]) / 100 if match[3] == "%" else float(match[2])
        if match[3] == "%" and much > 1:
            raise UsageError(f"{match[2]}% is more than the picture itself.", "Up to 100% can be added to a side.")
        if match[3] != "%" and much < 2:
            raise UsageError(f"{match[2]} pixels can't be painted.", "Add at least 2 pixels, or a share: left=25%.")
        found[match[1]] = much
    return tuple(found.items())
