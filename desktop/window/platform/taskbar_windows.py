"""ITaskbarList3 by its table of functions: PySide has no bridge to COM, and none is needed for three calls."""

from __future__ import annotations

import ctypes
import uuid
from ctypes import POINTER, byref, c_int32, c_uint64, c_void_p
from functools import cache
from typing import Any

_CLASS = uuid.UUID("56FDF344-FD6D-11D0-958A-006097C9A090")
_INTERFACE = uuid.UUID("EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF")
_INPROC_SERVER = 1
_HR_INIT, _SET_VALUE, _SET_STATE = 3, 9, 10  # places in the table, IUnknown's three first
_NO_PROGRESS, _NORMAL = 0, 2
_WHOLE = 1000


@cache
def _task_bar() -> c_void_p | None:
    ole = ctypes.windll.ole32  # type: ignore[attr-defined,unused-ignore]
    ole.CoInitialize(None)
    found = c_void_p()
    made = ole.CoCreateInstance(
        _CLASS.bytes_le, None, _INPROC_SERVER, _INTERFACE.bytes_le, byref(found)
    )  # a GUID in memory is its little-endian bytes
    if made < 0 or _call(found, _HR_INIT) < 0:
        return None
    return found


def _call(target: c_void_p, place: int, *arguments: Any) -> int:
    table = ctypes.cast(target, POINTER(POINTER(c_void_p))).contents
    kind = ctypes.CFUNCTYPE(c_int32, c_void_p, *(type(one) for one in arguments))
    return int(kind(table[place] or 0)(target, *arguments))


def set_progress(window: int, share: float | None) -> None:
    """Show `share` (0 to 1) on the entry of the window with this handle; None takes it away."""
    bar = _task_bar()
    if bar is None:
        return
    if share is None:
        _call(bar, _SET_STATE, c_void_p(window), c_int32(_NO_PROGRESS))
        return
    _call(bar, _SET_STATE, c_void_p(window), c_int32(_NORMAL))
    _call(bar, _SET_VALUE, c_void_p(window), c_uint64(round(share * _WHOLE)), c_uint64(_WHOLE))
