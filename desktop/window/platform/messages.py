"""D-Bus values ↔ Python values, through libdbus, guided by a signature.

PySide's QtDBus can't say which whole-number type is meant, nor an empty list's type, nor a list of structs; the desktop's
interfaces need all three. libdbus is there wherever QtDBus works.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_uint32, c_void_p
from functools import cache
from typing import Any, NamedTuple


class Variant(NamedTuple):
    """A value that carries its own type."""

    signature: str
    value: Any


class BadValue(TypeError):
    """A value that its signature does not describe."""


class Iterator(ctypes.Structure):
    """libdbus's DBusMessageIter: opaque; its size is part of its ABI (14 pointers' room)."""

    _fields_ = (("room", c_void_p * 16),)


_BASIC: dict[str, Any] = {
    "y": ctypes.c_uint8,
    "b": c_uint32,
    "n": ctypes.c_int16,
    "q": ctypes.c_uint16,
    "i": ctypes.c_int32,
    "u": c_uint32,
    "x": ctypes.c_int64,
    "t": ctypes.c_uint64,
    "d": ctypes.c_double,
    "s": c_char_p,
    "o": c_char_p,
    "g": c_char_p,
    "h": c_int,
}
_TEXTS = frozenset("sog")
_ITER = POINTER(Iterator)


@cache
def library() -> ctypes.CDLL:
    """libdbus with its functions' types. Raises `OSError` where it isn't installed."""
    lib = ctypes.CDLL("libdbus-1.so.3")
    declared: dict[str, tuple[Any, list[Any]]] = {
        "dbus_connection_open_private": (c_void_p, [c_char_p, c_void_p]),
        "dbus_bus_register": (c_uint32, [c_void_p, c_void_p]),
        "dbus_bus_get_unique_name": (c_char_p, [c_void_p]),
        "dbus_bus_add_match": (None, [c_void_p, c_char_p, c_void_p]),
        "dbus_bus_request_name": (c_int, [c_void_p, c_char_p, c_uint32, c_void_p]),
        "dbus_connection_set_exit_on_disconnect": (None, [c_void_p, c_uint32]),
        "dbus_connection_get_unix_fd": (c_uint32, [c_void_p, POINTER(c_int)]),
        "dbus_connection_read_write": (c_uint32, [c_void_p, c_int]),
        "dbus_connection_pop_message": (c_void_p, [c_void_p]),
        "dbus_connection_get_is_connected": (c_uint32, [c_void_p]),
        "dbus_connection_send": (c_uint32, [c_void_p, c_void_p, POINTER(c_uint32)]),
        "dbus_connection_flush": (None, [c_void_p]),
        "dbus_connection_close": (None, [c_void_p]),
        "dbus_connection_unref": (None, [c_void_p]),
        "dbus_message_new_method_call": (c_void_p, [c_char_p] * 4),
        "dbus_message_new_method_return": (c_void_p, [c_void_p]),
        "dbus_message_new_error": (c_void_p, [c_void_p, c_char_p, c_char_p]),
        "dbus_message_new_signal": (c_void_p, [c_char_p] * 3),
        "dbus_message_unref": (None, [c_void_p]),
        "dbus_message_get_type": (c_int, [c_void_p]),
        "dbus_message_get_path": (c_char_p, [c_void_p]),
        "dbus_message_get_interface": (c_char_p, [c_void_p]),
        "dbus_message_get_member": (c_char_p, [c_void_p]),
        "dbus_message_get_sender": (c_char_p, [c_void_p]),
        "dbus_message_get_signature": (c_char_p, [c_void_p]),
        "dbus_message_get_error_name": (c_char_p, [c_void_p]),
        "dbus_message_get_reply_serial": (c_uint32, [c_void_p]),
        "dbus_message_set_no_reply": (None, [c_void_p, c_uint32]),
        "dbus_message_iter_init_append": (None, [c_void_p, _ITER]),
        "dbus_message_iter_append_basic": (c_uint32, [_ITER, c_int, c_void_p]),
        "dbus_message_iter_open_container": (c_uint32, [_ITER, c_int, c_char_p, _ITER]),
        "dbus_message_iter_close_container": (c_uint32, [_ITER, _ITER]),
        "dbus_message_iter_abandon_container": (None, [_ITER, _ITER]),
        "dbus_message_iter_init": (c_uint32, [c_void_p, _ITER]),
        "dbus_message_iter_get_arg_type": (c_int, [_ITER]),
        "dbus_message_iter_get_element_type": (c_int, [_ITER]),
        "dbus_message_iter_get_basic": (None, [_ITER, c_void_p]),
        "dbus_message_iter_recurse": (None, [_ITER, _ITER]),
        "dbus_message_iter_next": (c_uint32, [_ITER]),
        "dbus_validate_path": (c_uint32, [c_char_p, c_void_p]),
    }
    for name, (result, arguments) in declared.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


def types_of(signature: str) -> list[str]:
    """The complete types that `signature` lists: "sa{sv}u" → s, a{sv}, u. Raises `BadValue`."""
    found, start = [], 0
    while start < len(signature):
        end = _end(signature, start)
        found.append(signature[start:end])
        start = end
    return found


def _end(signature: str, place: int) -> int:
    """Where the one type that begins at `place` ends."""
    if place >= len(signature):
        raise BadValue(f"the signature {signature!r} ends too early")
    kind = signature[place]
    if kind == "a":
        return _end(signature, place + 1)
    if kind in "({":
        closing = ")" if kind == "(" else "}"
        place += 1
        while place < len(signature) and signature[place] != closing:
            place = _end(signature, place)
        if place >= len(signature):
            raise BadValue(f"the signature {signature!r} ends too early")
        return place + 1
    if kind == "v" or kind in _BASIC:
        return place + 1
    raise BadValue(f"no type {kind!r}")


def append(message: int, signature: str, values: tuple[Any, ...]) -> None:
    """Put `values` into a message. Raises `BadValue` before libdbus sees anything that would end the process."""
    types = types_of(signature)
    if len(types) != len(values):
        raise BadValue(f"{len(values)} values for {signature!r}")
    here = Iterator()
    library().dbus_message_iter_init_append(message, byref(here))
    for one, value in zip(types, values, strict=True):
        _append(here, one, value)


def _append(here: Iterator, signature: str, value: Any) -> None:
    kind = signature[0]
    if kind in _BASIC:
        stored = _stored(kind, value)
        _check(library().dbus_message_iter_append_basic(byref(here), ord(kind), byref(stored)))
        return
    inner = Iterator()
    opened, contained, parts = _container(signature, value)
    _check(library().dbus_message_iter_open_container(byref(here), ord(opened), contained, byref(inner)))
    try:
        for one, part in parts:
            _append(inner, one, part)
    except BaseException:
        library().dbus_message_iter_abandon_container(byref(here), byref(inner))
        raise
    _check(library().dbus_message_iter_close_container(byref(here), byref(inner)))


def _container(signature: str, value: Any) -> tuple[str, bytes | None, list[tuple[str, Any]]]:
    """How to open it: libdbus's letter, the signature of what is in it, and the parts."""
    if signature == "v":
        if not isinstance(value, Variant) or len(types_of(value.signature)) != 1:
            raise BadValue("a variant must say its one type")
        return "v", value.signature.encode(), [(value.signature, value.value)]
    if signature.startswith("a{"):
        entry = signature[1:]
        return "a", entry.encode(), [(entry, pair) for pair in dict(value).items()]
    if signature.startswith("a"):
        if isinstance(value, str | bytes):
            raise BadValue("text is no list")
        return "a", signature[1:].encode(), [(signature[1:], part) for part in value]
    types = types_of(signature[1:-1])
    if len(types) != len(value):
        raise BadValue(f"{len(value)} values for {signature!r}")
    return ("r" if signature[0] == "(" else "e"), None, list(zip(types, value, strict=True))


def _stored(kind: str, value: Any) -> Any:
    if kind in _TEXTS:
        if not isinstance(value, str):
            raise BadValue(f"{value!r} is no text")
        data = value.encode("utf-8", "replace")  # libdbus ends the process over text that isn't Unicode
        if b"\0" in data or (kind == "o" and not library().dbus_validate_path(data, None)):
            raise BadValue(f"{value!r} can't be said")
        return c_char_p(data)
    wanted = float if kind == "d" else int
    if not isinstance(value, wanted):
        raise BadValue(f"{value!r} is no {wanted.__name__}")
    stored = _BASIC[kind](value)
    if kind != "b" and stored.value != value:
        raise BadValue(f"{value!r} is too large for {kind!r}")
    return stored


def read(message: int) -> tuple[Any, ...]:
    """The values in a message; variants come without their wrapping, structs as tuples."""
    here = Iterator()
    if not library().dbus_message_iter_init(message, byref(here)):
        return ()
    return tuple(_read_all(here))


def _read_all(here: Iterator) -> list[Any]:
    found = []
    while kind := library().dbus_message_iter_get_arg_type(byref(here)):
        found.append(_read(here, chr(kind)))
        library().dbus_message_iter_next(byref(here))
    return found


def _read(here: Iterator, kind: str) -> Any:
    if kind in _BASIC:
        stored = _BASIC[kind]()
        library().dbus_message_iter_get_basic(byref(here), byref(stored))
        if kind in _TEXTS:
            return (stored.value or b"").decode("utf-8", "replace")
        return bool(stored.value) if kind == "b" else stored.value
    inner = Iterator()
    library().dbus_message_iter_recurse(byref(here), byref(inner))
    if kind == "a" and library().dbus_message_iter_get_element_type(byref(here)) == ord("e"):
        return dict(_read_all(inner))
    parts = _read_all(inner)
    if kind == "v":
        return parts[0]
    return tuple(parts) if kind in "re" else parts


def _check(worked: int) -> None:
    if not worked:
        raise MemoryError
