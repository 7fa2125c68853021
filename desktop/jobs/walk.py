"""Which pictures lie below what a person dropped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = frozenset(
    (".avif", ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
)
"""What is taken for a picture in a folder; a file that is named is tried whatever it is called."""


def pictures_below(paths: Iterable[str]) -> Iterator[str]:
    """Each named file, and the pictures of each folder and its subfolders, by name; each once.

    Hidden files and folders, links to folders and what can't be read are passed over.
    """
    seen: set[str] = set()
    for path in paths:
        found = _below(path) if Path(path).is_dir() else (path,)
        for one in map(os.path.abspath, found):
            if one not in seen:
                seen.add(one)
                yield one


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if is_picture(name) and not name.startswith("."):
                path = Path(parent, name)
                if path.is_file():
                    yield str(path)


def is_picture(name: str) -> bool:
    """Whether a file of this name is taken for a picture."""
    return Path(name).suffix.lower() in SUFFIXES
