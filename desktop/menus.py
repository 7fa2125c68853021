"""Homespun's entries in right-click menus, as this copy of the program writes them: which command, which icons.

What an entry is on each system is said in `installer.shell`; here is what only the running program knows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from homespun.errors import ExitCode, HomespunError, NotFound, UsageError

if TYPE_CHECKING:
    from installer.shell import Outcome, Places, Status

SLOWEST = 60.0
"""Seconds to wait for another Python."""


def places() -> Places:
    """This person's places; the record of what was written lies with Homespun's own data."""
    from homespun.folders import folders
    from installer.shell import Places

    return Places.here(folders().data / "shell.json")


def program_words() -> tuple[str, ...]:
    """The words that start this copy of the program, from any folder. Raises `NotFound` and `UsageError`."""
    from installer.versions import Kind, this_installation

    this = this_installation()
    if this.kind is Kind.WINDOWS:
        return (str(this.root / "homespun-launch.exe"),)
    if sys.platform == "win32":
        raise UsageError("Menus of Windows start the launcher, which this copy has not.", "Use Homespun's installer.")
    if this.kind is Kind.DEB:
        return ("/usr/bin/homespun",)
    if image := os.environ.get("APPIMAGE"):
        return (image,)
    script = Path(sys.executable).with_name("homespun")
    if sys.prefix != sys.base_prefix and os.access(script, os.X_OK):
        return (str(script),)
    words = (sys.executable, "-P", "-m", "desktop")
    if not _starts_anywhere(words):
        raise NotFound(
            "This copy of Homespun starts in its own folder alone.",
            "Run: python3 -m installer setup. Then use the homespun in .venv.",
        )
    return words


def install(names: Sequence[str] | None = None, language: str | None = None) -> tuple[Outcome, ...]:
    """Write the entries for `names`, or wherever a file manager is here; a second call changes nothing.

    Raises `HomespunError` when nothing can be written at all; what can't be for one file manager is in its outcome.
    """
    import installer.shell as shell
    from homespun.folders import folders, make_private

    words = program_words()
    make_private(folders().data)  # the record may be the first thing that lies there
    with _in_our_errors(), _drawn_icons() as icons:
        return shell.install(names, command=words, places=places(), language=language, icons=icons)


def remove(names: Sequence[str] | None = None) -> tuple[Outcome, ...]:
    """Take away what `install` wrote. Raises `HomespunError`."""
    import installer.shell as shell

    with _in_our_errors():
        return shell.remove(names, places())


def status(names: Sequence[str] | None = None) -> tuple[Status, ...]:
    """How it stands with each. Raises `HomespunError`."""
    import installer.shell as shell

    with _in_our_errors():
        return shell.status(names, places())


@contextmanager
def _in_our_errors() -> Iterator[None]:
    import installer.shell as shell

    try:
        yield
    except shell.Failure as failure:
        code = ExitCode.USAGE if int(failure.code) == ExitCode.USAGE else ExitCode.NO_PERMISSION
        raise HomespunError(failure.what, failure.todo, code=code) from failure


def _starts_anywhere(words: Sequence[str]) -> bool:
    """Whether they find the program without standing in its folder."""
    try:
        ended = subprocess.run(
            [*words, "--version"], cwd="/", stdin=subprocess.DEVNULL, capture_output=True, timeout=SLOWEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


@contextmanager
def _drawn_icons() -> Iterator[Path | None]:
    """A folder with our icons; None where a package has brought them, or where Qt can't draw."""
    from installer.versions import Kind, this_installation

    if this_installation().kind in (Kind.DEB, Kind.WINDOWS) or sys.platform != "linux":
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="homespun-icons-") as folder:
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "desktop.window.art", folder],
                cwd=Path(__file__).resolve().parents[1],
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SLOWEST,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            yield None
            return
        yield Path(folder) if ended.returncode == 0 else None
