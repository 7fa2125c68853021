"""Services of a desktop for tests: they answer on the test's own bus, in a process of their own, with the same libdbus.

`python -m tests.desktop.platform.desk NAME…` owns the names, prints "ready", then one line of JSON for each call it gets.
"""

from __future__ import annotations

import json
import sys
from ctypes import c_void_p
from typing import Any

from desktop.window.platform.bus import connect
from desktop.window.platform.messages import Variant, append, library, read

PORTAL = "org.freedesktop.portal.Desktop"
PLACE = "/org/freedesktop/portal/desktop"
REFUSES = "--refuse"

SETTINGS: dict[tuple[str, str], Variant] = {
    ("org.freedesktop.appearance", "color-scheme"): Variant("u", 1),
    ("org.freedesktop.appearance", "accent-color"): Variant("(ddd)", (0.2, 0.4, 1.0)),
    ("org.gnome.desktop.interface", "enable-animations"): Variant("b", False),
}


class Desk:
    """Answers calls until its bus goes away."""

    def __init__(self, names: list[str], refuses: bool) -> None:
        lib = library()
        self._lib = lib
        self._refuses = refuses
        self._connection = connect()
        lib.dbus_connection_set_exit_on_disconnect(self._connection, 0)
        for name in names:
            assert lib.dbus_bus_request_name(self._connection, name.encode(), 0, None) == 1

    def serve(self) -> None:
        """Until the end."""
        print("ready", flush=True)
        lib = self._lib
        while lib.dbus_connection_read_write(self._connection, 500):
            while message := lib.dbus_connection_pop_message(self._connection):
                if lib.dbus_message_get_type(message) == 1:
                    self._call(message)
                lib.dbus_message_unref(message)

    def _call(self, message: int) -> None:
        lib = self._lib
        member = lib.dbus_message_get_member(message).decode()
        sender = lib.dbus_message_get_sender(message).decode()
        path = lib.dbus_message_get_path(message).decode()
        signature = lib.dbus_message_get_signature(message).decode()
        values = read(message)
        print(json.dumps({"member": member, "path": path, "signature": signature, "values": values}), flush=True)
        if member == "Read":
            found = SETTINGS.get((values[0], values[1]))
            if found is None:
                self._error(message)
            else:
                self._reply(message, "v", Variant("v", found))
        elif member == "Notify":
            self._reply(message, "u", 7)
            self._signal(path, "org.freedesktop.Notifications.ActivationToken", "us", 7, "token-7")
            self._signal(path, "org.freedesktop.Notifications.ActionInvoked", "us", 7, "default")
        elif member in ("CreateSession", "BindShortcuts"):
            self._later(message, member, sender, values)
        elif member in ("ShowItems", "Close", "Register"):
            self._reply(message, "")
        elif member == "OpenFile":
            self._reply(message, "o", "/org/freedesktop/portal/desktop/request/x/y")
        else:
            self._error(message)

    def _later(self, message: int, member: str, sender: str, values: tuple[Any, ...]) -> None:
        token = values[-1]["handle_token"]
        handle = f"{PLACE}/request/{sender[1:].replace('.', '_')}/{token}"
        self._reply(message, "o", handle)
        session = f"{PLACE}/session/{sender[1:].replace('.', '_')}/s1"
        if member == "CreateSession":
            told: dict[str, Variant] = {"session_handle": Variant("s", session)}
        else:
            given: list[Any] = [] if self._refuses else [(values[1][0][0], {})]
            told = {"shortcuts": Variant("a(sa{sv})", given)}
        self._signal(handle, "org.freedesktop.portal.Request.Response", "ua{sv}", 0, told)
        if member == "BindShortcuts" and not self._refuses:
            options = {"activation_token": Variant("s", "token-1")}
            name = values[1][0][0]
            self._signal(
                PLACE, "org.freedesktop.portal.GlobalShortcuts.Activated", "osta{sv}", session, name, 99, options
            )

    def _reply(self, message: int, signature: str, *values: Any) -> None:
        self._send(self._lib.dbus_message_new_method_return(message), signature, values)

    def _error(self, message: int) -> None:
        name = b"org.freedesktop.DBus.Error.UnknownMethod"
        self._send(self._lib.dbus_message_new_error(message, name, b"not here"), "", ())

    def _signal(self, path: str, member: str, signature: str, *values: Any) -> None:
        interface, _, name = member.rpartition(".")
        message = self._lib.dbus_message_new_signal(path.encode(), interface.encode(), name.encode())
        self._send(message, signature, values)

    def _send(self, message: Any, signature: str, values: tuple[Any, ...]) -> None:
        append(message, signature, values)
        self._lib.dbus_connection_send(c_void_p(self._connection), c_void_p(message), None)
        self._lib.dbus_connection_flush(self._connection)
        self._lib.dbus_message_unref(message)


if __name__ == "__main__":
    Desk([name for name in sys.argv[1:] if name != REFUSES], REFUSES in sys.argv).serve()
