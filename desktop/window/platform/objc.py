"""The few messages that we send to macOS' own objects, through its Objective-C runtime."""

from __future__ import annotations

import ctypes
from ctypes import c_bool, c_char_p, c_void_p
from functools import cache
from typing import Any


@cache
def _runtime() -> Any:
    """Raises `OSError` where this is not macOS."""
    lib = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
    lib.objc_getClass.restype = lib.sel_registerName.restype = c_void_p
    lib.objc_getClass.argtypes = lib.sel_registerName.argtypes = [c_char_p]
    return lib


def _send(target: int, message: str, result: Any, *arguments: tuple[Any, Any]) -> Any:
    """`objc_msgSend` has no signature of its own: it is cast to that of each message."""
    lib = _runtime()
    kind = ctypes.CFUNCTYPE(result, c_void_p, c_void_p, *(one for one, _ in arguments))
    send = ctypes.cast(lib.objc_msgSend, kind)
    return send(target, lib.sel_registerName(message.encode()), *(value for _, value in arguments))


def _shared(name: str, message: str) -> int:
    return int(_send(_runtime().objc_getClass(name.encode()), message, c_void_p))


def reduces_motion() -> bool:
    """Whether the person asked the system for less motion."""
    workspace = _shared("NSWorkspace", "sharedWorkspace")
    return bool(_send(workspace, "accessibilityDisplayShouldReduceMotion", c_bool))


def activate_app() -> None:
    """Bring this program to the front."""
    app = _shared("NSApplication", "sharedApplication")
    _send(app, "activateIgnoringOtherApps:", None, (c_bool, True))
