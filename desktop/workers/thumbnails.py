"""The service that makes small pictures of files. What a hostile file does here costs this process, and no window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler
from desktop.workers.sheets import sheet_of

if TYPE_CHECKING:
    from PIL import Image


def open_service() -> dict[str, Handler]:
    """Each tells the part {begun} first.

    `make` {path, size}: {sheet, width, height, stride, stamp}, or {stamp} alone where a file has no picture; the stamp is
    another once somebody wrote the file. `changed` {files: [[path, stamp]]}: {changed}, the paths whose stamp is another.
    """
    from desktop.workers.thumbcache import ThumbCache

    cache = ThumbCache.of_this_person()
    return {"make": lambda call: _make(call, cache), "changed": _changed}


def _make(call: Call, cache: Any) -> Mapping[str, Any]:
    from homespun.errors import HomespunError

    call.tell({"begun": True})  # from here on it is the file that takes the time, and no longer the process's start
    path, size = Path(call.arguments["path"]), int(call.arguments["size"])
    stamp = _stamp(path)  # before it is read: what is written meanwhile is noticed at the next look
    try:
        small = cache.of(path, size)
    except HomespunError:
        return {"stamp": stamp}  # no picture, a damaged one, a bomb: they are shown by the icon of their kind
    return {**_handed_over(small), "stamp": stamp}


def _changed(call: Call) -> Mapping[str, Any]:
    call.tell({"begun": True})
    return {"changed": [path for path, stamp in call.arguments["files"] if _stamp(Path(path)) != stamp]}


def _stamp(path: Path) -> str:
    """The file's state: when it was changed, and how large it is; "" where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"


def _handed_over(small: Image.Image) -> Mapping[str, Any]:
    """The pixels in a sheet, as Qt's Format_ARGB32_Premultiplied lays them out: B, G, R, A."""
    pixels = small.convert("RGBA").convert("RGBa").tobytes("raw", "BGRa")
    return {"sheet": str(sheet_of(pixels)), "width": small.width, "height": small.height, "stride": 4 * small.width}
