"""The service that makes small pictures of files. What a hostile file does here costs this process, and no window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler
from desktop.workers.sheets import make_sheet

if TYPE_CHECKING:
    from PIL import Image


def open_service() -> dict[str, Handler]:
    """`make` {path, size}: the part {begun}, then {sheet, width, height, stride}, or {} where a file has no picture."""
    from desktop.workers.thumbcache import ThumbCache

    cache = ThumbCache.of_this_person()
    return {"make": lambda call: _make(call, cache)}


def _make(call: Call, cache: Any) -> Mapping[str, Any]:
    from homespun.errors import HomespunError

    call.tell({"begun": True})  # from here on it is the file that takes the time, and no longer the process's start
    path, size = Path(call.arguments["path"]), int(call.arguments["size"])
    try:
        small = cache.of(path, size)
    except HomespunError:
        return {}  # no picture, a damaged one, a bomb: all of them are shown by the icon of their kind
    return _handed_over(small)


def _handed_over(small: Image.Image) -> Mapping[str, Any]:
    """The pixels in a sheet, as Qt's Format_ARGB32_Premultiplied lays them out: B, G, R, A."""
    pixels = small.convert("RGBA").convert("RGBa").tobytes("raw", "BGRa")
    sheet = make_sheet(len(pixels))
    sheet.memory[: len(pixels)] = pixels
    sheet.memory.close()
    return {"sheet": str(sheet.path), "width": small.width, "height": small.height, "stride": 4 * small.width}
