"""Opening a file, or its folder, in the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from homespun.errors import NoConsent, NotFound

# Opening one of these runs it. A search result is something to read, and its name may come from a stranger's archive.
_RUN_BY_OPENING = frozenset(
    {
        *(".app", ".appimage", ".bat", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js"),
        *(".jse", ".lnk", ".msc", ".msi", ".pif", ".ps1", ".reg", ".scf", ".scr", ".tool", ".url", ".vbe", ".vbs"),
        *(".workflow", ".wsf", ".wsh"),
    }
)


def open_file(path: Path) -> None:
    """Open `path` as a double click would, without waiting for its program.

    Raises `NotFound`, also where the system has no opener, and `NoConsent` for what would run instead of open.
    """
    if not path.exists():
        raise NotFound(f"{path.name} was moved or deleted.", "Bring the index up to date: homespun index run")
    if runs_when_opened(path):
        raise NoConsent(f"{path.name} is a program; opening it would run it.", "Open its folder instead.")
    launch(path)


def runs_when_opened(path: Path) -> bool:
    """Whether a double click on `path` would run it, by its name."""
    return path.suffix.lower() in _RUN_BY_OPENING


def open_folder(path: Path) -> None:
    """Open the folder that `path` is in. Raises `NotFound`."""
    if not path.parent.is_dir():
        raise NotFound(
            f"The folder {path.parent} is not there any more.", "Bring the index up to date: homespun index run"
        )
    launch(path.parent)


def launch(path: Path) -> None:
    """Give `path` to the system's opener, whatever it is. Raises `NotFound` where there is none."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - this is the call that opens a document in its own program
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(name)
    if program is None:
        raise NotFound(f"There is no {name} here to open files with.", f"Open it yourself: {path}")
    subprocess.Popen(
        [program, path],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
