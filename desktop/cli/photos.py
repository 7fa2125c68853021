"""Commands over many pictures: which ones, where the results go, and how one that fails stops nothing."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import Ink, Line, Span, dim, line
from desktop.cli.wording import count
from desktop.jobs.pictures import Made, Marks
from desktop.jobs.walk import is_picture
from homespun.errors import HomespunError, NotFound, UsageError
from homespun.progress import Progress, Report

if TYPE_CHECKING:
    from desktop.jobs.job import Box

Photos = Annotated[list[str], typer.Argument(metavar="PHOTO", hidden=True)]
Target = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        show_default=False,
        help="The result's file, or a folder for the results. Without it they go beside the originals.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there already under the result's name.")]


def chosen(words: Sequence[str]) -> list[Path]:
    """The pictures that the words name: files, the pictures of a folder, and patterns that the shell left alone.

    Each once, in the order named; those of a folder by name. Raises `NotFound` and `UsageError`.
    """
    found: dict[Path, None] = {}
    for word in words:
        path = Path(word).expanduser()
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if is_picture(one.name) and one.is_file())
            if not inside:
                raise NotFound(f"There is no picture in {path}.", "Name a folder with pictures, or a picture.")
            found.update(dict.fromkeys(inside))
        elif not path.exists() and glob.has_magic(word):
            matching = sorted(one for one in map(Path, glob.glob(os.fspath(path))) if one.is_file())
            if not matching:
                raise NotFound(f"Nothing matches {word}.", "Check the pattern, or name the pictures.")
            found.update(dict.fromkeys(matching))
        else:
            found[path] = None
    return list(found)


class Targets:
    """Where each result goes: beside its original, into a folder, or to the one name that was given."""

    def __init__(self, target: Path | None, photos: Sequence[Path], what: str, *, overwrite: bool) -> None:
        self._target = target.expanduser() if target else None
        self._what = what
        self.overwrite = overwrite
        self._folder: Path | None = None
        self._given: set[Path] = set()
        if self._target is not None and (
            len(photos) > 1 or self._target.is_dir() or str(target).endswith(("/", os.sep))
        ):
            if self._target.exists() and not self._target.is_dir():
                raise UsageError(
                    f"{self._target} is a file, and there are {len(photos)} pictures.", "Name a folder with --output."
                )
            self._folder = self._target

    def of(self, photo: Path, *, suffix: str | None = None) -> Path:
        """The path for the result of `photo`; a folder that was named is made. Raises `UsageError` if it is taken."""
        from engines.pictures import output_path

        if self._folder is not None:
            make_folder(self._folder)
            name = photo.with_suffix(suffix).name if suffix else photo.name
            path = self._folder / name
            itself = path.exists() and path.samefile(photo)  # many originals are never replaced in one stroke
            if path not in self._given and (not path.exists() or (self.overwrite and not itself)):
                self._given.add(path)
                return path
            return output_path(path, self._what)
        if self._target is not None:
            if self._target.exists() and not self.overwrite:
                raise UsageError(f"{self._target} is there already.", "Give another name, or add --overwrite.")
            return self._target
        return output_path(photo, self._what, suffix=suffix)


def make_folder(folder: Path) -> None:
    """Make a folder for results. Raises a `HomespunError` where that can't be done."""
    from homespun.errors import NoPermission

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:
        raise NotFound(f"The folder {folder} can't be made.", "Name one in a folder that is there.") from error
    except PermissionError as error:
        raise NoPermission(f"You may not make the folder {folder}.", "Choose another with --output.") from error


def each(
    out: Output, photos: Sequence[Path], doing: str, work: Callable[[Path, Progress], Made], *, noted: bool = False
) -> None:
    """Do `work` for each picture, show what came of it, and go on after one that fails.

    With `noted`, what the work says of itself is always shown: it takes long enough for that.
    Those that failed are said at the end; the exit code is that of the first. With one picture its error is the command's.
    """
    failed: list[tuple[Path, HomespunError]] = []
    written = 0
    began = time.perf_counter()
    with bar(out, doing, share=True) as progress:
        for number, photo in enumerate(photos):
            place = f" ({number + 1} of {len(photos)})" if len(photos) > 1 else ""
            try:
                made = work(photo, _named(progress, f"{doing} {photo.name}{place}", noted=noted))
            except HomespunError as error:
                failed.append((photo, error))
                out.data({"photo": os.fspath(photo), "error": error.what, "todo": error.todo, "code": int(error.code)})
                out.answered = True
                continue
            written += (made.path is not None) + len(made.others)
            out.data({"photo": os.fspath(photo), "result": os.fspath(made.path) if made.path else None, **made.facts})
            out.show(_told(made))
            out.note([line(dim(note)) for note in made.notes])
    if len(photos) == 1 and failed:
        raise failed[0][1]
    if len(photos) > 1:
        out.note([line(dim(f"{count(written, 'picture')} written in {time.perf_counter() - began:.1f} s"))])
    if failed:
        for photo, why in failed:
            named = "" if os.fspath(photo) in why.what else f"{photo}: "
            out.warn(f"{named}{why.what} {why.todo}")
        some = f"{count(len(failed), 'picture')} of {len(photos)} could not be done; the others were."
        raise HomespunError(
            some if len(failed) < len(photos) else f"None of the {len(photos)} pictures could be done.",
            "The reasons are above. No original was changed.",
            code=failed[0][1].code,
        )


def _told(made: Made) -> Iterator[Line]:
    if made.path is None:
        yield line(made.told)
    else:
        yield line(Span(os.fspath(made.path), Ink.STRONG), f"  {made.told}")
        for path in made.others:
            yield line(Span(os.fspath(path), Ink.STRONG))


def _named(progress: Progress, name: str, *, noted: bool = False) -> Progress:
    """The same progress under the picture's own name, and with what is done as long as there is no share to show."""

    def show(report: Report) -> None:
        note = f"{name}: {report.note}" if report.note and (noted or not report.total) else name
        progress.show(Report(report.done, report.total, note))

    return Progress(show=show, cancel=progress.cancel)


def numbers(text: str, wanted: int, example: str) -> tuple[float, ...]:
    """`wanted` numbers with commas between them, as a person types them. Raises `UsageError`."""
    parts = text.replace(" ", "").split(",")
    try:
        values = tuple(float(part) for part in parts)
    except ValueError:
        values = ()
    if len(values) != wanted:
        raise UsageError(f"“{text}” is not {wanted} numbers with commas between them.", f"Write it as {example}.")
    return values


def marked(
    mask: Path | None,
    boxes: Sequence[str] | None,
    polygons: Sequence[str] | None,
    clicks: Sequence[str] | None,
    *,
    fit: bool,
) -> Marks:
    """What the person marked, as typed: a mask's file, X,Y,W,H, corners and clicks. Raises `UsageError`."""
    return Marks(
        mask.expanduser() if mask else None,
        tuple(cast("Box", numbers(text, 4, "120,80,64,48")) for text in boxes or ()),
        tuple(points([text]) for text in polygons or ()),
        points(clicks or ()),
        fit,
    )


def points(texts: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Clicks: each is x,y; several may stand in one word, with blanks between them."""
    pairs = [numbers(pair, 2, "320,240") for text in texts for pair in text.split()]
    return tuple((x, y) for x, y in pairs)
