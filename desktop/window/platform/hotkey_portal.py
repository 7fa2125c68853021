"""The key on Wayland: the desktop's portal asks the person, and tells us of each press (GNOME 48, Plasma 6 and later)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from desktop.state.chords import Chord
from desktop.window.platform.bus import PORTAL, PORTAL_PATH, Bus, Failed, Heard
from desktop.window.platform.chrome import DESKTOP_FILE
from desktop.window.platform.hotkey import COMMAND
from desktop.window.platform.messages import Variant
from desktop.window.platform.summon import permitted
from desktop.words import say

_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST = "org.freedesktop.portal.Request"
_SESSION = "org.freedesktop.portal.Session"
_ID = "palette"


class PortalKey:
    """Asks for a session, then for the key in it. `told` gets words when either is refused."""

    def __init__(self, bus: Bus, pressed: Callable[[], None], told: Callable[[str], None]) -> None:
        self._bus = bus
        self._pressed = pressed
        self._told = told
        self._session = ""
        self._closed = False
        self._ends: list[Callable[[], None]] = []

    def grab(self, chord: Chord) -> str | None:
        """Ask for `chord`; the desktop may give another, or none, and the person decides."""
        # A program that is in no sandbox has to say which desktop file is its own; older portals don't know the question.
        self._bus.ask(
            PORTAL,
            PORTAL_PATH,
            "org.freedesktop.host.portal.Registry.Register",
            "sa{sv}",
            DESKTOP_FILE,
            {},
            then=lambda _answer: None,
        )
        options = {"session_handle_token": Variant("s", _token())}
        self._request("CreateSession", "a{sv}", options, then=lambda told: self._bind(chord, told))
        return None

    def close(self) -> None:
        """Give the key back."""
        self._closed = True
        for end in self._ends:
            end()
        if self._session:
            self._bus.ask(PORTAL, self._session, f"{_SESSION}.Close", "")
            self._session = ""

    def _bind(self, chord: Chord, told: dict[str, Any]) -> None:
        self._session = str(told.get("session_handle", ""))
        if not self._session.startswith("/"):
            self._refused()
            return
        self._ends.append(self._bus.hear(PORTAL_PATH, f"{_SHORTCUTS}.Activated", self._activated))
        wanted = {
            "description": Variant("s", say("platform.key_purpose")),
            "preferred_trigger": Variant("s", chord.trigger),
        }
        self._request("BindShortcuts", "oa(sa{sv})sa{sv}", {}, self._session, [(_ID, wanted)], "", then=self._bound)

    def _bound(self, told: dict[str, Any]) -> None:
        if not any(one and one[0] == _ID for one in told.get("shortcuts", [])):
            self._refused()

    def _activated(self, heard: Heard) -> None:
        session, name, _time, options = heard.values
        if session == self._session and name == _ID:
            permitted(str(options.get("activation_token", "")))
            self._pressed()

    def _request(
        self,
        method: str,
        signature: str,
        options: dict[str, Variant],
        *values: Any,
        then: Callable[[dict[str, Any]], None],
    ) -> None:
        """Call a method whose answer comes later, as a signal of an object that is named by our own token."""
        token = _token()
        sender = self._bus.name.lstrip(":").replace(".", "_")
        place = f"{PORTAL_PATH}/request/{sender}/{token}"
        ends: list[Callable[[], None]] = []

        def answered(heard: Heard) -> None:
            for end in ends:
                end()
            if self._closed:
                return
            code, told = heard.values
            if code == 0:
                then(told)
            else:
                self._refused()

        def asked(answer: tuple[Any, ...] | Failed) -> None:
            if isinstance(answer, Failed) and not self._closed:
                for end in ends:
                    end()
                self._refused()

        ends.append(self._bus.hear(place, f"{_REQUEST}.Response", answered))
        self._bus.ask(
            PORTAL,
            PORTAL_PATH,
            f"{_SHORTCUTS}.{method}",
            signature,
            *values,
            {"handle_token": Variant("s", token), **options},
            then=asked,
        )

    def _refused(self) -> None:
        self._told(say("platform.key_unsupported", command=COMMAND))


def _token() -> str:
    return f"homespun{secrets.token_hex(8)}"
