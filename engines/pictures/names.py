"""Where an edited picture goes: beside the original, under a name that is still free."""

from __future__ import annotations

from itertools import count
from pathlib import Path

LONGEST = 240
"""Bytes of a file's name: file systems take 255, and the write needs a few for its temporary name."""


def output_path(path: Path, what: str, *, suffix: str | None = None) -> Path:
    """`holiday.jpg` and "erased" → `holiday (erased).jpg`, then `holiday (erased 2).jpg` and so on.

    The first name that nothing has yet. `suffix` (".png") is for a result in another format than the original.
    """
    path = Path(path)
    suffix = path.suffix if suffix is None else suffix
    for number in count(1):
        tail = f" ({what})" if number == 1 else f" ({what} {number})"
        there = path.with_name(_shortened(path.stem, tail + suffix) + tail + suffix)
        if not there.exists() and not there.is_symlink():
            return there
    raise AssertionError


def _shortened(stem: str, rest: str) -> str:
    """The stem, cut where stem and rest together would be too long for a file system."""
    while stem and len((stem + rest).encode("utf-8", "surrogateescape")) > LONGEST:
        stem = stem[:-1]
    return stem
