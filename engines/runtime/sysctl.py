"""What macOS tells of itself by name."""

from __future__ import annotations

import ctypes


def number(name: str) -> int:
    """The 32-bit value called `name`, 0 where the system does not tell."""
    value, size = ctypes.c_int32(), ctypes.c_size_t(4)
    failed = ctypes.CDLL(None).sysctlbyname(name.encode(), ctypes.byref(value), ctypes.byref(size), None, 0)
    return 0 if failed else value.value


def text(name: str) -> str:
    """The text called `name`, empty where the system does not tell."""
    size = ctypes.c_size_t(256)
    told = ctypes.create_string_buffer(size.value)
    failed = ctypes.CDLL(None).sysctlbyname(name.encode(), told, ctypes.byref(size), None, 0)
    return "" if failed else told.value.decode("utf-8", "replace").strip()
