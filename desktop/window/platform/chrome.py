"""What surrounds a window: round corners and a dark frame from Windows, whether X11 composes, and who we are to a task bar."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

APP_ID = "Homespun.Homespun"
DESKTOP_FILE = "homespun"
"""The name of our .desktop file, without its ending."""

_CORNERS, _ROUND = 33, 2
_DARK_FRAME = 20


def name_app() -> None:
    """Tell the system which program this is: call it before the first window."""
    QGuiApplication.setDesktopFileName(DESKTOP_FILE)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def round_corners(window: QWidget) -> bool:
    """Have Windows 11 round a frameless window and give it its shadow; False where it has to stay square."""
    return _set(window, _CORNERS, _ROUND)


def dark_frame(window: QWidget, dark: bool) -> bool:
    """Have Windows draw the frame to match the scheme; elsewhere frames follow the desktop's own."""
    return _set(window, _DARK_FRAME, int(dark))


def composed() -> bool:
    """Whether a translucent window is composed with what is behind it; else its corners would be black."""
    if QGuiApplication.platformName() != "xcb":
        return QGuiApplication.platformName() != "offscreen"
    from desktop.window.platform.x11 import Display, library

    try:
        display = Display()
    except OSError:
        return False
    # Who composes owns this selection (EWMH).
    manager = display.atom(f"_NET_WM_CM_S{library().XDefaultScreen(display.pointer)}")
    owner = library().XGetSelectionOwner(display.pointer, manager)
    display.close()
    return bool(owner)


def _set(window: QWidget, attribute: int, value: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        wanted = ctypes.c_int(value)
        result = ctypes.windll.dwmapi.DwmSetWindowAttribute(
            ctypes.c_void_p(int(window.winId())), attribute, ctypes.byref(wanted), ctypes.sizeof(wanted)
        )
        return bool(result == 0)
    return False
