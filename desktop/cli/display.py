"""Whether a window can be opened here, found out before Qt is: it would end the process with a line nobody understands."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

from homespun.errors import ExitCode, HomespunError, NotFound

TERMINAL = "To search without a window: homespun app --terminal"
_LIBRARY = re.compile(r"^([\w.+-]+\.so[\w.]*):")


def require_window() -> None:
    """Return if a window can be opened. Raises a `HomespunError` that says what is missing, and what to do."""
    qt = _toolkit()
    wanted = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if not sys.platform.startswith("linux") or wanted not in ("", "xcb", "wayland"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NotFound(
            "There is no desktop here to show a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).", TERMINAL
        )
    on_wayland = wanted == "wayland" or (wanted == "" and bool(os.environ.get("WAYLAND_DISPLAY")))
    _require_plugin(qt, "libqwayland.so" if on_wayland else "libqxcb.so")
    if not on_wayland:
        _require_display()


def missing_library(error: BaseException) -> HomespunError | None:
    """What to tell about an import or a plugin that the system's loader refused; None when it is about something else."""
    found = _LIBRARY.match(str(error))
    if found is None:
        return None
    return NotFound(
        f"The window needs a library of the system that isn't installed: {found[1]}.",
        f"python3 -m installer setup names the package. {TERMINAL}",
    )


def _toolkit() -> Path:
    """Qt's folder. Raises `NotFound` where PySide6 is not installed."""
    try:
        found = importlib.util.find_spec("PySide6")
    except ValueError:  # something put None in its place
        found = None
    if found is None or not found.submodule_search_locations:
        raise NotFound(
            "The window needs PySide6, which isn't installed here.", f"Run: python3 -m installer setup. {TERMINAL}"
        )
    return Path(found.submodule_search_locations[0]) / "Qt"


def _require_plugin(qt: Path, name: str) -> None:
    plugin = qt / "plugins" / "platforms" / name
    if not plugin.is_file():
        return  # another build of Qt keeps it elsewhere, and says so itself
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise missing_library(error) or HomespunError(
            f"Qt's part for this desktop can't be loaded: {error}.", TERMINAL, code=ExitCode.DAMAGED
        ) from error


def _require_display() -> None:
    """Raise `NotFound` when the X server that DISPLAY names doesn't answer."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return  # the plugin was loaded, so it needs none
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        raise NotFound(f"The desktop that DISPLAY names ({os.environ['DISPLAY']}) doesn't answer.", TERMINAL)
    x11.XCloseDisplay(display)
