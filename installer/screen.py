"""What the tests in a real window need on Linux: a virtual screen, a window manager, something that types, a message bus."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence

from installer.libraries import apt_install, may_use_apt, quietly

PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",
    "xprop": "x11-utils",
}
"""Each program, and the Debian package that brings it."""

FONT = "fonts-noto-core"
"""What a person's Linux has too: without it there is no font at all on a bare server, and every letter is a box."""

Find = Callable[[str], str | None]
Run = Callable[[Sequence[str]], int]


def missing_programs(find: Find = shutil.which) -> list[str]:
    """The programs of `PROGRAMS` that are not on the path."""
    return [name for name in PROGRAMS if find(name) is None]


def ensure_screen(find: Find = shutil.which, run: Run | None = None) -> str:
    """Find the programs, or install them where we may (Debian, as root); the line to print. Nothing fails without."""
    if not sys.platform.startswith("linux"):
        return "the tests use this system's own windows"
    missing = missing_programs(find)
    if missing and may_use_apt():
        packages = sorted({*(PROGRAMS[name] for name in missing), FONT})
        apt_install(packages, run or quietly)
        missing = missing_programs(find)
        if not missing:
            return f"installed with apt-get: {' '.join(packages)}"
    if missing:
        packages = sorted({PROGRAMS[name] for name in missing})
        return f"tests in a real window are skipped; they need: {' '.join(packages)}"
    return f"a virtual screen and {len(PROGRAMS) - 1} programs for it are there"
