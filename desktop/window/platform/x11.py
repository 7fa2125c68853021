"""libX11 as far as we need it, on connections of our own beside Qt's."""

from __future__ import annotations

import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, Union, c_char, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from functools import cache
from typing import Any

KEY_PRESS, KEY_RELEASE, CLIENT_MESSAGE, MAPPING_NOTIFY = 2, 3, 33, 34
BAD_ACCESS = 10
SHIFT, LOCK, CONTROL, ALT, NUM_LOCK, META = 1, 2, 4, 8, 16, 64
GRAB_ASYNC = 1


class ErrorEvent(Structure):
    """XErrorEvent."""

    _fields_ = (
        ("type", c_int),
        ("display", c_void_p),
        ("resourceid", c_ulong),
        ("serial", c_ulong),
        ("error_code", ctypes.c_ubyte),
        ("request_code", ctypes.c_ubyte),
        ("minor_code", ctypes.c_ubyte),
    )


class KeyEvent(Structure):
    """XKeyEvent."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("root", c_ulong),
        ("subwindow", c_ulong),
        ("time", c_ulong),
        ("x", c_int),
        ("y", c_int),
        ("x_root", c_int),
        ("y_root", c_int),
        ("state", c_uint),
        ("keycode", c_uint),
        ("same_screen", c_int),
    )


class ClientEvent(Structure):
    """XClientMessageEvent with five longs."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
    )


class Event(Union):
    """XEvent."""

    _fields_ = (("type", c_int), ("key", KeyEvent), ("client", ClientEvent), ("room", c_long * 24))


ErrorHandler = CFUNCTYPE(c_int, c_void_p, POINTER(ErrorEvent))


@cache
def library() -> ctypes.CDLL:
    """libX11 with its functions' types. Raises `OSError` where it isn't installed."""
    lib = ctypes.CDLL("libX11.so.6")
    declared: dict[str, tuple[Any, list[Any]]] = {
        "XOpenDisplay": (c_void_p, [c_char_p]),
        "XCloseDisplay": (c_int, [c_void_p]),
        "XConnectionNumber": (c_int, [c_void_p]),
        "XDefaultScreen": (c_int, [c_void_p]),
        "XDefaultRootWindow": (c_ulong, [c_void_p]),
        "XStringToKeysym": (c_ulong, [c_char_p]),
        "XKeysymToKeycode": (ctypes.c_ubyte, [c_void_p, c_ulong]),
        "XGrabKey": (c_int, [c_void_p, c_int, c_uint, c_ulong, c_int, c_int, c_int]),
        "XUngrabKey": (c_int, [c_void_p, c_int, c_uint, c_ulong]),
        "XRefreshKeyboardMapping": (c_int, [POINTER(Event)]),
        "XSync": (c_int, [c_void_p, c_int]),
        "XFlush": (c_int, [c_void_p]),
        "XPending": (c_int, [c_void_p]),
        "XNextEvent": (c_int, [c_void_p, POINTER(Event)]),
        "XSendEvent": (c_int, [c_void_p, c_ulong, c_int, c_long, POINTER(Event)]),
        "XInternAtom": (c_ulong, [c_void_p, c_char_p, c_int]),
        "XGetSelectionOwner": (c_ulong, [c_void_p, c_ulong]),
        "XChangeProperty": (c_int, [c_void_p, c_ulong, c_ulong, c_ulong, c_int, c_int, POINTER(c_char), c_int]),
        "XSetErrorHandler": (c_void_p, [c_void_p]),
        "XkbSetDetectableAutoRepeat": (c_int, [c_void_p, c_int, c_void_p]),
    }
    for name, (result, arguments) in declared.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


class _Errors:
    """libX11 has one error handler a process, and without one it ends it. Ours hears of our connections; the one before
    hears of the others."""

    seen: dict[int, list[int]] = {}  # noqa: RUF012 - one for the process, as the handler is
    handler: Any = None
    before: int | None = None


def _on_error(display: int, event: Any) -> int:
    if (seen := _Errors.seen.get(display)) is not None:
        seen.append(int(event.contents.error_code))
        return 0
    return int(ErrorHandler(_Errors.before)(display, event)) if _Errors.before else 0


class Display:
    """One connection. Raises `OSError` where no X server answers."""

    def __init__(self) -> None:
        self._lib = library()
        pointer = self._lib.XOpenDisplay(None)
        if not pointer:
            raise OSError("no X server answers")
        self.pointer: int = pointer
        self.root = int(self._lib.XDefaultRootWindow(pointer))
        _Errors.seen[pointer] = []
        if _Errors.handler is None:
            _Errors.handler = ErrorHandler(_on_error)
            _Errors.before = self._lib.XSetErrorHandler(ctypes.cast(_Errors.handler, c_void_p))

    def errors(self) -> list[int]:
        """The error codes since the last time, after the server has heard everything."""
        self._lib.XSync(self.pointer, 0)
        seen, _Errors.seen[self.pointer] = _Errors.seen[self.pointer], []
        return seen

    def atom(self, name: str) -> int:
        """The number of a name."""
        return int(self._lib.XInternAtom(self.pointer, name.encode(), 0))

    def close(self) -> None:
        """End the connection; what it had grabbed is free."""
        if self.pointer:
            self._lib.XCloseDisplay(self.pointer)
            _Errors.seen.pop(self.pointer, None)
            self.pointer = 0
