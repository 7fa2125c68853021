"""Where updates are kept, whom they are asked of, and what is said of a program folder that can't be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homespun.errors import NoPermission
from homespun.folders import folders


def server() -> str:
    """The address of the settings; empty = the build's own. Raises `UsageError`."""
    from homespun.settings import load

    return load(folders().settings).updates.server


def memory_file() -> Path:
    """What was seen of the server: see `memory.py`."""
    return folders().data / "update.json"


def cache_folder() -> Path:
    """Downloads."""
    return folders().cache / "updates"


@contextmanager
def written(root: Path) -> Iterator[None]:
    """What the system refuses in the program folder, as `NoPermission`."""
    try:
        yield
    except PermissionError as error:
        raise NoPermission(
            f"The program folder {root} can't be written: {error.strerror or error}.",
            "Close Homespun's windows and try again. If that doesn't help, run its installer.",
        ) from error
