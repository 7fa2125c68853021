"""The session bus of a Linux desktop: ask a service, hear signals, send one; all answers come through the event loop."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from ctypes import byref, c_int, c_uint32
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from desktop.window.platform.messages import append, library, read

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
"""The desktop's portal: where a program in a sandbox, and any other, may ask for what is outside."""

_RETURN, _ERROR, _SIGNAL = 2, 3, 4


class Failed(NamedTuple):
    """A call that was answered with an error: its name ("org.freedesktop.DBus.Error.ServiceUnknown") and words."""

    name: str
    words: str


class Heard(NamedTuple):
    """A signal."""

    path: str
    interface: str
    member: str
    values: tuple[Any, ...]


Reply = Callable[[tuple[Any, ...] | Failed], None]


def connect() -> int:
    """A connection to the session's bus, ours alone. Raises `OSError` where there is none.

    Not by `dbus_bus_get`, which starts a bus where there is none, and asks where it is but once in a process.
    """
    lib = library()
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    usual = f"unix:path={session}/bus" if session and Path(session, "bus").exists() else ""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or usual
    connection = lib.dbus_connection_open_private(os.fsencode(address), None) if address else None
    if not connection:
        raise OSError("there is no session bus")
    if not lib.dbus_bus_register(connection, None):
        lib.dbus_connection_close(connection)
        lib.dbus_connection_unref(connection)
        raise OSError("the session bus lets nobody in")
    return int(connection)


class Bus(QObject):
    """One connection of our own. Raises `OSError` where there is no bus, or no libdbus."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        lib = library()
        self._connection: int | None = connect()
        lib.dbus_connection_set_exit_on_disconnect(self._connection, 0)
        self._replies: dict[int, Reply] = {}
        self._signals: dict[int, tuple[str, str, str, Callable[[Heard], None]]] = {}
        self._numbers = itertools.count()
        handle = c_int(-1)
        lib.dbus_connection_get_unix_fd(self._connection, byref(handle))
        self._notifier = QSocketNotifier(handle.value, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._turn)

    @property
    def name(self) -> str:
        """Our own name on the bus (":1.42")."""
        return (library().dbus_bus_get_unique_name(self._connection) or b"").decode()

    def ask(
        self, service: str, path: str, member: str, signature: str, *values: Any, then: Reply | None = None
    ) -> None:
        """Call `member` ("interface.Method"); `then` gets the answer. Raises `BadValue` for values of another type."""
        interface, _, method = member.rpartition(".")
        message = library().dbus_message_new_method_call(
            service.encode(), path.encode(), interface.encode(), method.encode()
        )
        if then is None:
            library().dbus_message_set_no_reply(message, 1)
        serial = self._send(message, signature, values)
        if then is not None:
            self._replies[serial] = then
            if not self._alive():
                QTimer.singleShot(0, self, self._lost)

    def say(self, path: str, member: str, signature: str, *values: Any) -> None:
        """Send the signal `member` ("interface.Name")."""
        interface, _, name = member.rpartition(".")
        message = library().dbus_message_new_signal(path.encode(), interface.encode(), name.encode())
        self._send(message, signature, values)

    def hear(self, path: str, member: str, heard: Callable[[Heard], None]) -> Callable[[], None]:
        """Have `heard` called with each signal `member` of `path` ("" = any); the result ends that."""
        interface, _, name = member.rpartition(".")
        rule = f"type='signal',interface='{interface}',member='{name}'" + (f",path='{path}'" if path else "")
        if self._connection:
            library().dbus_bus_add_match(self._connection, rule.encode(), None)
            library().dbus_connection_flush(self._connection)
        number = next(self._numbers)
        self._signals[number] = (path, interface, name, heard)

        def unhear() -> None:
            self._signals.pop(number, None)

        return unhear

    def close(self) -> None:
        """Leave the bus."""
        if self._connection:
            connection, self._connection = self._connection, None
            self._notifier.setEnabled(False)
            library().dbus_connection_close(connection)
            library().dbus_connection_unref(connection)

    def _send(self, message: int, signature: str, values: tuple[Any, ...]) -> int:
        """The message's number; one below zero when nobody is there to hear it."""
        lib = library()
        try:
            append(message, signature, values)
            if not self._alive():
                return -1 - next(self._numbers)
            serial = c_uint32()
            lib.dbus_connection_send(self._connection, message, byref(serial))
            lib.dbus_connection_flush(self._connection)
            return serial.value
        finally:
            lib.dbus_message_unref(message)

    def _alive(self) -> bool:
        return bool(self._connection) and bool(library().dbus_connection_get_is_connected(self._connection))

    def _turn(self) -> None:
        lib = library()
        if not self._connection:
            return
        lib.dbus_connection_read_write(self._connection, 0)
        while self._connection and (message := lib.dbus_connection_pop_message(self._connection)):
            try:
                self._one(message)
            finally:
                lib.dbus_message_unref(message)
        if not self._alive():
            self._lost()

    def _one(self, message: int) -> None:
        lib = library()
        kind = lib.dbus_message_get_type(message)
        if kind in (_RETURN, _ERROR):
            then = self._replies.pop(lib.dbus_message_get_reply_serial(message), None)
            if then is None:
                return
            values = read(message)
            if kind == _ERROR:
                name = (lib.dbus_message_get_error_name(message) or b"").decode()
                then(Failed(name, str(values[0]) if values else ""))
            else:
                then(values)
        elif kind == _SIGNAL:
            told = [
                (part or b"").decode()
                for part in (
                    lib.dbus_message_get_path(message),
                    lib.dbus_message_get_interface(message),
                    lib.dbus_message_get_member(message),
                )
            ]
            self._signal(told[0], told[1], told[2], message)

    def _signal(self, path: str, interface: str, member: str, message: int) -> None:
        wanted = [
            heard
            for place, of, name, heard in list(self._signals.values())
            if of == interface and name == member and place in ("", path)
        ]
        if wanted:
            event = Heard(path, interface, member, read(message))
            for heard in wanted:
                heard(event)

    def _lost(self) -> None:
        self._notifier.setEnabled(False)  # libdbus has closed the handle
        replies, self._replies = self._replies, {}
        for then in replies.values():
            then(Failed("org.freedesktop.DBus.Error.Disconnected", "the session bus is gone"))


class _Session:
    bus: Bus | None = None
    tried = False


def session_bus() -> Bus | None:
    """The app's one connection, made when it is first needed; None where there is no bus."""
    if not _Session.tried:
        _Session.tried = True
        try:
            _Session.bus = Bus()
        except OSError:
            _Session.bus = None
    return _Session.bus


def forget_bus() -> None:
    """Leave the bus, and try again when it is next needed: after the session's bus was started anew, and in tests."""
    if _Session.bus is not None:
        _Session.bus.close()
    _Session.bus, _Session.tried = None, False
