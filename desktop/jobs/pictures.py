"""What is done to one picture: the same for a command and for a job of the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.jobs.job import Box, Point
from desktop.jobs.walk import is_picture
from homespun.errors import NotFound

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

    from engines.concepts import Finding
    from engines.pictures import Picture
    from engines.select import Hints
    from homespun.progress import Progress

    Mask = NDArray[bool_]

Target = Callable[[Path], Path]
"""Where the result of a picture goes. Asked before the work: a name that is taken costs no waiting."""


@dataclass(frozen=True)
class Made:
    """One result: where it is (None = nothing was written), what a person is told, and more for a program.

    `others` are further results of the same picture.
    """

    path: Path | None
    told: str
    notes: tuple[str, ...]
    facts: dict[str, Any]
    others: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Enlarging:
    """How a picture becomes larger: the options of `homespun upscale`."""

    factor: float | None = 2.0
    size: tuple[int, int] | None = None
    fit: str = "inside"
    style: str = "faithful"
    device: str | None = None
    mark: bool = True
    overwrite: bool = False

    def of(self, photo: Path, target: Target, progress: Progress) -> Made:
        """Enlarge one picture. Raises as `Picture.open`, `upscale` and `Picture.save`."""
        from engines.pictures import Edit, Picture
        from engines.runtime import DeviceName
        from engines.upscale import Fit, Style, upscale

        picture = Picture.open(photo)
        place = target(photo)
        done = upscale(
            picture,
            factor=self.factor,
            size=self.size,
            fit=Fit(self.fit),
            style=Style(self.style),
            device=DeviceName(self.device) if self.device else None,
            progress=progress,
        )
        mark = Edit.ENHANCED if self.mark else False
        path = done.picture.save(place, mark_edited=mark, overwrite=self.overwrite)
        large = done.picture
        facts = {"width": large.width, "height": large.height, "seconds": round(done.seconds, 3), "device": done.device}
        told = f"{picture.width} × {picture.height} → {large.width} × {large.height} in {done.seconds:.1f} s"
        if done.device != "cpu":
            told += f" on {done.device}"
        notes = (*picture.notes, *done.notes)
        if self.size and self.size != (large.width, large.height):
            width, height = self.size
            notes += (f"It fits into {width} × {height} that way; --fit cover or --fit stretch make it exactly so.",)
        return Made(path, told, notes, facts)


@dataclass(frozen=True)
class Marks:
    """What the person marked, for any picture: in pixels of the picture as it is seen, or as a mask's file or folder."""

    mask: Path | None = None
    boxes: tuple[Box, ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    clicks: tuple[Point, ...] = ()
    fit: bool = False

    def of(self, photo: Path, picture: Picture, progress: Progress) -> Mask:
        """The mask, bool (H, W): all that was marked together. Raises `WrongMask`, `WrongHints` and `NotFound`."""
        import numpy as np

        from engines.pictures import box_mask, polygon_mask, read_mask

        size = (picture.width, picture.height)
        hole = np.zeros((picture.height, picture.width), np.bool_)
        if self.mask is not None:
            hole |= read_mask(self._mask_of(self.mask, photo), size, fit=self.fit)
        for box in self.boxes:
            hole |= box_mask(box, size)
        for corners in self.polygons:
            hole |= polygon_mask(corners, size)
        if self.clicks:
            from engines.select import Hints

            hole |= selected(picture, Hints(include=self.clicks), progress)
        return hole

    @staticmethod
    def _mask_of(mask: Path, photo: Path) -> Path:
        if not mask.is_dir():
            return mask
        fitting = [one for one in sorted(mask.iterdir()) if one.stem == photo.stem and is_picture(one.name)]
        if not fitting:
            raise NotFound(f"There is no mask for {photo.name} in {mask}.", f"Put one there, named {photo.stem}.png.")
        return fitting[0]


@dataclass(frozen=True)
class Erasing:
    """How things vanish from a picture: the options of `homespun erase`."""

    marks: Marks
    quality: str = "instant"
    grow: int | None = None
    seed: int = 0
    mark: bool = True
    overwrite: bool = False

    def of(self, photo: Path, target: Target, progress: Progress) -> Made:
        """Erase from one picture. Raises as `Picture.open`, `Marks.of`, `erase` and `Picture.save`."""
        from engines.erase import Quality, erase
        from engines.pictures import Picture

        picture = Picture.open(photo)
        hole = self.marks.of(photo, picture, progress)
        if not hole.any():
            return Made(None, f"Nothing to erase in {photo}: the mask is empty.", picture.notes, {"regions": 0})
        place = _place(target, photo, picture)
        done = erase(picture, hole, quality=Quality(self.quality), seed=self.seed, grow=self.grow, progress=progress)
        path = done.picture.save(place, mark_edited=self.mark, overwrite=self.overwrite)
        facts = {"regions": len(done.fillers), "fillers": list(done.fillers), "seconds": round(done.seconds, 3)}
        places = "1 place" if len(done.fillers) == 1 else f"{len(done.fillers)} places"
        told = f"{places} erased in {done.seconds:.1f} s"
        return Made(path, told, (*picture.notes, *done.advice), {**facts, "advice": list(done.advice)})


@dataclass(frozen=True)
class Filling:
    """How a place in a picture is painted by words: the options of `homespun fill`.

    `extend` says what the picture grows by, in pixels or as a share of its side: ("left", 0.25), ("top", 100).
    """

    marks: Marks
    prompt: str
    negative: str = ""
    candidates: int = 1
    seed: int = 0
    steps: int | None = None
    guidance: float | None = None
    strength: float = 1.0
    scheduler: str | None = None
    extend: tuple[tuple[str, float], ...] = ()
    grow: int | None = None
    model: Path | None = None
    device: str | None = None
    mark: bool = True
    overwrite: bool = False

    def of(self, photo: Path, target: Target, progress: Progress) -> Made:
        """Paint into one picture. Raises as `Picture.open`, `Marks.of`, `engines.diffusion.fill` and `Picture.save`."""
        from engines.concepts import Guard, read_policy
        from engines.diffusion import Wish, fill, pipeline_here
        from engines.pictures import Edit, Mark, Picture
        from engines.runtime import DeviceName
        from homespun import __version__

        wish = Wish(
            prompt=self.prompt,
            negative=self.negative,
            steps=self.steps,
            guidance=self.guidance,
            strength=self.strength,
            seed=self.seed,
            scheduler=self.scheduler,
            candidates=self.candidates,
        )
        pipeline = pipeline_here(self.model)
        guard = Guard(read_policy(), model=pipeline.id)
        opened = Picture.open(photo)
        hole = self.marks.of(photo, opened, progress)
        picture, hole = self._wider(opened, hole)
        place = _place(target, photo, opened)
        picture.require_writable(place)
        done = fill(
            picture,
            hole,
            wish,
            pipeline=pipeline,
            guard=guard,
            grow=self.grow,
            device=DeviceName(self.device) if self.device else None,
            progress=progress,
        )
        saved: list[Path] = []
        for one, seed in zip(done.pictures, done.seeds, strict=True):
            told = Mark(
                Edit.GENERATED,
                f"Homespun with {pipeline.title}",
                __version__,
                painted_by(self.prompt, self.negative, seed, pipeline.id, steps=self.steps),
            )
            if saved:
                place = _beside(saved[0], len(saved) + 1)
            saved.append(
                one.save(place, mark_edited=told if self.mark else False, overwrite=self.overwrite and not saved)
            )
        findings = tuple(_guarded(finding) for finding in done.findings if finding.acted)
        facts = {
            "seeds": list(done.seeds),
            "results": [str(path) for path in saved],
            "seconds": round(done.seconds, 3),
            "device": done.device,
            "pipeline": pipeline.id,
            "guard": [{"concept": one.concept, "stage": str(one.stage), "score": one.score} for one in done.findings],
        }
        seeds = f"seed {done.seeds[0]}" if len(saved) == 1 else f"seeds {done.seeds[0]} to {done.seeds[-1]}"
        where = f" on {done.device}" if done.device != "cpu" else ""
        notes = (*opened.notes, *done.notes, *dict.fromkeys(findings))
        return Made(saved[0], f"painted in {done.seconds:.1f} s{where}, {seeds}", notes, facts, tuple(saved[1:]))

    def _wider(self, picture: Picture, hole: Mask) -> tuple[Picture, Mask]:
        if not self.extend:
            return picture, hole
        import numpy as np

        from engines.diffusion import extended

        sides = {"left": picture.width, "right": picture.width, "top": picture.height, "bottom": picture.height}
        more = {side: round(sides[side] * much) if much <= 1 else round(much) for side, much in self.extend}
        wider, new = extended(picture, **more)
        top, left = more.get("top", 0), more.get("left", 0)
        inside = np.zeros_like(new)
        inside[top : top + picture.height, left : left + picture.width] = hole
        return wider, new | inside


def painted_by(prompt: str, negative: str, seed: int, pipeline: str, *, steps: int | None = None) -> str:
    """What stands in a result that was painted by words: enough to paint it again."""
    parts = [prompt, f"negative: {negative}" if negative else "", f"seed {seed}"]
    parts += [f"{steps} steps" if steps else "", pipeline]
    return "; ".join(part for part in parts if part)


def _place(target: Target, photo: Path, picture: Picture) -> Path:
    """Where the result goes: a GIF has no room for new colours, so its result is a PNG, and that name must be free."""
    place = target(photo)
    if picture.format == "GIF" and place.suffix.lower() == ".gif":
        return target(photo.with_suffix(".png"))
    return place


def _beside(first: Path, number: int) -> Path:
    """The name of a further candidate: `photo (filled).png` → `photo (filled) 2.png`."""
    from itertools import count

    for more in count(number):
        path = first.with_name(f"{first.stem} {more}{first.suffix}")
        if not path.exists() and not path.is_symlink():
            return path
    raise AssertionError


def _guarded(finding: Finding) -> str:
    """What the guard did, for a person."""
    if finding.stage == "words":
        return f"The guard took “{', '.join(finding.removed)}” out of the prompt ({finding.concept})."
    return f"The guard weakened what the prompt says of {finding.concept}."


def selected(picture: Picture, hints: Hints, progress: Progress) -> Mask:
    """The mask, bool (H, W), of what `hints` point at. Raises `WrongHints`, and `Cancelled` where kernels are compiled."""
    from engines.compiled import told
    from engines.select import Selector

    with told(progress, "preparing selecting for this processor (once)"):
        return Selector(picture.photo()).select(hints)
