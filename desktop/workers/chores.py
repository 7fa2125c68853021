"""What the main window and the welcome ask now and then: pictures, folders, the first erasing, the index, the menus."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.workers import index, menus
from desktop.workers.calls import Call, Handler, Told
from desktop.workers.sheets import make_sheet
from homespun.errors import NotFound
from homespun.folders import folders
from homespun.progress import Progress

if TYPE_CHECKING:
    from engines.pictures import Picture
    from engines.pictures.masks import Mask

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "welcome-sign.jpg"
MASK = SAMPLE.with_suffix(".mask.png")

PICTURES = ("picture", "screenshot")

_LONGEST_COUNT = 3.0
"""Seconds that a folder is counted at most: the number helps to choose, and nobody waits for it."""


def open_service() -> dict[str, Handler]:
    """All chores."""
    return {
        **index.asks(),
        **menus.asks(),
        "pictures": pictures,
        "count_folders": count_folders,
        "sample": sample,
        "prepare_erasing": prepare_erasing,
        "erase_sample": erase_sample,
    }


def pictures(call: Call) -> Told:
    """The pictures of the index, newest first, `limit` of them from `offset`.

    {stamp, total, pictures: [[path, name, dated]], folders}, and from the beginning also {months: [[year, month, count]]};
    {stamp, same} when nothing was written since `unless`, the stamp of an earlier answer.
    """
    from indexer import open_index
    from indexer.paths import join
    from indexer.store import Filter

    stamp, told = _stamp(), call.arguments
    if stamp and told.get("unless") == stamp:
        return {"stamp": stamp, "same": True}
    try:
        opened = open_index()
    except NotFound:
        return {"stamp": stamp, "total": 0, "pictures": [], "months": [], "folders": False}
    with opened, opened.store.telling_damage():
        ask, where = opened.store.ask, Filter(kinds=PICTURES)
        hits = ask.newest(where, told["limit"], skip=told["offset"])
        return {
            "stamp": stamp,
            "total": ask.how_many(where),
            "pictures": [[os.fsdecode(join(hit.folder, hit.name)), hit.shown, hit.dated] for hit in hits],
            "months": ask.months(where) if not told["offset"] else [],
            "folders": bool(opened.store.files.roots()),
        }


def _stamp() -> str:
    """Something that changes whenever the index is written to, "" while there is none."""
    parts = []
    for suffix in ("", "-wal"):
        with suppress(OSError):
            found = os.stat(f"{folders().index}{suffix}")
            parts.append(f"{found.st_ino}.{found.st_mtime_ns}.{found.st_size}")
    return " ".join(parts)


def count_folders(call: Call) -> Told:
    """Roughly how many files each of `paths` holds, without what is hidden; a part for each: {path, files, more}.

    `files` is None when the folder is not there; `more` says that counting stopped before the end.
    """
    for path in call.arguments["paths"]:
        files, more = _counted(Path(path), call.progress)
        call.tell({"path": path, "files": files, "more": more})
    return {}


def _counted(folder: Path, progress: Progress) -> tuple[int | None, bool]:
    if not folder.is_dir():
        return None, False
    end, files = time.monotonic() + _LONGEST_COUNT, 0
    for _, below, names in os.walk(folder):
        progress.cancel.check()
        below[:] = [name for name in below if not name.startswith(".")]
        files += sum(not name.startswith(".") for name in names)
        if time.monotonic() > end:
            return files, True
    return files, False


# the first erasing


def sample(_call: Call) -> Told:
    """The photo of the welcome and the mask that is proposed for it, as sheets."""
    import numpy as np

    picture, hole = _opened_sample()
    covered = np.zeros((picture.height, picture.width, 4), np.uint8)
    covered[hole] = 255  # the window tints it
    return {"picture": _sheet(picture.pixels), "mask": _sheet(covered)}


def prepare_erasing(_call: Call) -> Told:
    """Have the inner loops compiled while the person still reads: the first erasing is then quick."""
    from engines.erase import Quality, erase

    picture, hole = _opened_sample()
    erase(picture.with_pixels(picture.pixels[300:480, 60:240]), hole[300:480, 60:240], quality=Quality.INSTANT)
    return {}


def erase_sample(call: Call) -> Told:
    """Erase the sign from the sample, as the editor would: the picture without it, and {seconds}."""
    from engines.erase import Quality, erase

    picture, hole = _opened_sample()
    done = erase(picture, hole, quality=Quality.INSTANT, progress=call.progress)
    return {"picture": _sheet(done.picture.pixels), "seconds": done.seconds}


def _opened_sample() -> tuple[Picture, Mask]:
    from engines.pictures import Picture, read_mask

    picture = Picture.open(SAMPLE)
    return picture, read_mask(MASK, (picture.width, picture.height), fit=False)


def _sheet(pixels: Any) -> Told:
    """Pixels uint8 (H, W, 3 or 4) as a sheet in the order of a QImage's ARGB32: {path, width, height, stride}."""
    import numpy as np

    height, width, channels = pixels.shape
    made = make_sheet(height * width * 4)
    there = np.frombuffer(made.memory, np.uint8).reshape(height, width, 4)
    there[..., :3] = pixels[..., 2::-1]
    there[..., 3] = pixels[..., 3] if channels == 4 else 255
    return {"path": str(made.path), "width": width, "height": height, "stride": width * 4}
