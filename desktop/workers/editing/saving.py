"""Writing a document: beside its original, where the person wants it, smaller, or in the original's place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from desktop.jobs.pictures import painted_by
from desktop.workers.editing.document import Document
from engines.pictures import Edit, Mark, NameTaken, output_path
from homespun import __version__
from homespun.errors import NoPermission
from homespun.progress import Progress

TRIES = 100
"""Names that are tried, where somebody else always is a little quicker."""


def save(document: Document, *, path: Path | None, what: str, mark: bool, replace: bool) -> dict[str, Any]:
    """Write the picture: to `path`, or beside the original as `name (what).jpg`. Raises what `Picture.save` raises.

    With `replace` the file at `path` (None: the original) is replaced; its old bytes stay in the document's folder until
    the document is closed, because undo reaches back to them. An original that another program wrote meanwhile is not
    replaced, unless the person named it.
    """
    source = document.folder.source
    named = path is not None
    if not named and replace:
        path = source
    if path is None:
        written = _beside(document, what, mark=mark)
    else:
        if replace and path.is_symlink():
            path = path.resolve()  # the picture itself, and not the link to it
        if replace and path.exists() and path.samefile(source):
            if not named and document.folder.is_source_changed:
                raise NoPermission(
                    f"{source.name} was changed by another program since it was opened here.", "Save a copy instead."
                )
            if document.steps.position:
                _need_copy(document)
        if path == source and _is_as_it_was(document):
            written = path
        else:
            written = document.picture.save(path, mark_edited=marked(document, mark=mark), overwrite=replace)
    if written.exists() and source.exists() and written.samefile(source):
        document.folder.opens()
    position = document.steps.position
    current = document.steps[position - 1].current if position else 0
    if document.folder.told["base"] is not None:
        document.folder.note(saved=[position, current])
    return {"path": os.fspath(written)}


def _beside(document: Document, what: str, *, mark: bool) -> Path:
    """Save under the first name that is free; another window, or the queue, may be about to take the same."""
    taken: NameTaken | None = None
    for _ in range(TRIES):
        path = output_path(document.folder.source, what)
        try:
            return document.picture.save(path, mark_edited=marked(document, mark=mark), overwrite=False)
        except NameTaken as error:
            taken = error
            if not path.exists():  # it is the name of another ending that is taken: no other number helps
                break
    assert taken is not None
    raise taken


def _is_as_it_was(document: Document) -> bool:
    """Whether the original holds this very picture: writing it once more would only cost it quality."""
    return (
        document.steps.position == 0
        and list(document.folder.told["saved"]) == [0, 0]
        and document.folder.source.exists()
        and not document.folder.is_source_changed
    )


def export(
    document: Document, *, path: Path, size: tuple[int, int] | None, mark: bool, progress: Progress
) -> dict[str, Any]:
    """Write the picture to `path`, in another size or format. Raises what `Picture.save` and `shrink` raise."""
    picture = document.picture
    if size is not None:
        from engines.upscale import shrink

        picture = shrink(picture, size, progress)
    written = picture.save(path, mark_edited=marked(document, mark=mark), overwrite=True)
    return {"path": os.fspath(written)}


def marked(document: Document, *, mark: bool) -> bool | Edit | Mark:
    """What is written into the file of how it was made: nothing where nothing was done."""
    kinds, painted = document.steps.kinds, document.steps.painted
    if not mark or not kinds:
        return False
    if painted:
        titles = ", ".join(dict.fromkeys(str(one["title"]) for one in painted))
        words = [painted_by(one["prompt"], one["negative"], one["seed"], one["pipeline"]) for one in painted]
        return Mark(Edit.GENERATED, f"Homespun with {titles}", __version__, "\n".join(words))
    return Edit.GENERATED if "erase" in kinds else Edit.ENHANCED


def needed(document: Document) -> int:
    """About how many bytes the file will have, for the message that the disk is full."""
    picture = document.picture
    try:
        now, before = picture.width * picture.height, _pixels_opened(document)
        return round(document.folder.base.stat().st_size * now / before)
    except OSError:
        return int(document.steps.pixels.nbytes)


def _pixels_opened(document: Document) -> int:
    height, width = document.opened.pixels.shape[:2]
    return int(height * width)


def _need_copy(document: Document) -> None:
    """The original's bytes must be safe before they are replaced."""
    if document.folder.base == document.folder.source:
        document.folder.note()
        if document.folder.base == document.folder.source:
            raise NoPermission(
                "The original can't be replaced, because there is no room to keep its bytes for undo.",
                "Save a copy instead, or make room.",
            )
