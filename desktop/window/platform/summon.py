"""Bringing a window to the front because the person asked for it just now, in the way that each system believes.

Systems keep programs from taking the focus unasked. Each wants another proof that this was asked for: X11 the time of the
key press, Wayland a token, Windows that the key's own handler does it.
"""

from __future__ import annotations

import os
import sys
from ctypes import POINTER, byref, c_char, c_ulong, cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_XA_CARDINAL = 6
_REDIRECT_AND_NOTIFY = 0x180000


class _Last:
    press = 0
    """The X server's time of the last press of our key; 0 = none."""
    token = ""
    """Wayland's permission that came with the last press; each is good for one time."""


def pressed_at(time: int) -> None:
    """Note when our key was pressed, in the X server's time."""
    _Last.press = time


def permitted(token: str) -> None:
    """Note the permission that came with a press of our key."""
    _Last.token = token


def summon(window: QWidget, token: str = "") -> None:
    """Show `window` in front of all others, with the keyboard in it. `token` is the desktop's own permission."""
    name = QGuiApplication.platformName()
    token, _Last.token = token or _Last.token, ""
    if token and name == "wayland":
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt hands it in with the next activation, and forgets it
    window.show()
    window.raise_()
    window.activateWindow()
    if name == "xcb":
        _on_x11(int(window.winId()))
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.SetForegroundWindow(ctypes.c_void_p(int(window.winId())))
    elif sys.platform == "darwin":
        from desktop.window.platform.objc import activate_app

        activate_app()


def _on_x11(window: int) -> None:
    from desktop.window.platform.x11 import CLIENT_MESSAGE, Display, Event, library

    try:
        display = Display()
    except OSError:
        return
    lib = library()
    if _Last.press:
        stamp = c_ulong(_Last.press)
        at = display.atom("_NET_WM_USER_TIME")
        lib.XChangeProperty(display.pointer, window, at, _XA_CARDINAL, 32, 0, cast(byref(stamp), POINTER(c_char)), 1)
    event = Event()
    event.client.type = CLIENT_MESSAGE
    event.client.window = window
    event.client.message_type = display.atom("_NET_ACTIVE_WINDOW")
    event.client.format = 32
    event.client.data[0] = 2  # as a pager does: a person asked for exactly this window
    event.client.data[1] = _Last.press
    lib.XSendEvent(display.pointer, display.root, 0, _REDIRECT_AND_NOTIFY, byref(event))
    display.errors()
    display.close()
