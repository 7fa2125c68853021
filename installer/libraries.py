"""The system libraries that Qt's window needs on Linux, and how to get those that are missing."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

from installer.failure import ExitCode, Failure

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt's `xcb` platform links to (measured with ldd) and the Debian package of each."""

Load = Callable[[str], object]
Run = Callable[[Sequence[str]], int]


def missing_libraries(load: Load = ctypes.CDLL) -> list[str]:
    """The libraries of `QT_LIBRARIES` that the system's loader does not find."""
    missing = []
    for name in QT_LIBRARIES:
        try:
            load(name)
        except OSError:
            missing.append(name)
    return missing


def ensure_libraries(load: Load = ctypes.CDLL, run: Run | None = None) -> str:
    """Find Qt's libraries, or install them where we may (Debian or Ubuntu, as root); the line to print.

    Raises `Failure` (12) with the one command to run.
    """
    if not sys.platform.startswith("linux"):
        return "nothing to check on this system"
    missing = missing_libraries(load)
    if not missing:
        return f"all {len(QT_LIBRARIES)} that Qt needs are there"
    packages = sorted({QT_LIBRARIES[name] for name in missing})
    if may_use_apt():
        apt_install(packages, run or quietly)
        still = missing_libraries(load)
        if not still:
            return f"installed with apt-get: {' '.join(packages)}"
        missing = still
    raise Failure(
        ExitCode.LIBRARY,
        f"Libraries that Qt's window needs are missing: {', '.join(missing)}.",
        f"Run this, then the same command again: {install_command(missing)}\n"
        "       Or add --no-window to go on without the window.",
    )


def may_use_apt() -> bool:
    """Whether this is Debian or a child of it, and we are root."""
    return sys.platform.startswith("linux") and shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(packages: Sequence[str], run: Run) -> None:
    """Install Debian packages; the list of packages is refreshed only when the first try fails."""
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if run(install) != 0:
        run(["apt-get", "update", "-q"])
        run(install)


def install_command(missing: Sequence[str]) -> str:
    """The command that brings the `missing` libraries on this system, as a person would type it."""
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(sorted({QT_LIBRARIES[name] for name in missing}))
    for tool in ("dnf", "zypper"):
        if shutil.which(tool):  # both understand "whatever brings this library"
            return f"sudo {tool} install " + " ".join(f"'{name}()(64bit)'" for name in missing)
    return "your system's package tool, for the packages that bring " + " ".join(missing)


def quietly(command: Sequence[str]) -> int:
    """Run a command without a word and without questions; its exit code."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    finished = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return finished.returncode
