"""What the system wants windows to look like: dark or light, its accent, more contrast, less motion; and when that changes."""

from __future__ import annotations

import sys
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessibilityHints, QGuiApplication, QPalette, QStyleHints

from desktop.window import tokens as t
from desktop.window.platform.bus import PORTAL, PORTAL_PATH, Bus, Failed, Heard, session_bus
from desktop.window.tokens import Tokens

_SETTINGS = "org.freedesktop.portal.Settings"
_ASKED = (
    ("org.freedesktop.appearance", "color-scheme"),
    ("org.freedesktop.appearance", "accent-color"),
    ("org.freedesktop.appearance", "contrast"),
    ("org.gnome.desktop.interface", "enable-animations"),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
)


class Looks(QObject):
    """The system's wishes. Make it before `Theme`, which puts our palette in the place of the system's.

    On Linux they come from the desktop's portal a moment later: `changed` tells.
    """

    changed = Signal()

    def __init__(self, bus: Bus | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: dict[tuple[str, str], Any] = {}
        self._accent = _accent_of_palette()
        self._motion = _wants_motion()
        self._hints, self._needs = _hints()
        self._hints.colorSchemeChanged.connect(self._note)
        self._needs.contrastPreferenceChanged.connect(self._note)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._came_forward)
        if (sys.platform.startswith("linux") and QGuiApplication.platformName() != "offscreen") or bus is not None:
            self._ask_portal(bus or session_bus())

    @property
    def dark(self) -> bool:
        """Whether the system shows dark windows."""
        scheme = self._hints.colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return self._told.get(_ASKED[0]) == 1
        return scheme == Qt.ColorScheme.Dark

    @property
    def accent(self) -> str | None:
        """The system's accent, "#RRGGBB"; None where it has none."""
        told = self._told.get(_ASKED[1])
        if isinstance(told, tuple) and len(told) == 3 and all(isinstance(c, float) and 0 <= c <= 1 for c in told):
            return "#" + "".join(f"{round(part * 255):02X}" for part in told)
        return self._accent

    @property
    def contrast(self) -> bool:
        """Whether the person asked for more contrast."""
        preferred = self._needs.contrastPreference()
        return preferred == Qt.ContrastPreference.HighContrast or self._told.get(_ASKED[2]) == 1

    @property
    def motion(self) -> bool:
        """Whether things may move."""
        if self._told.get(_ASKED[3]) is False or str(self._told.get(_ASKED[4])) in ("0", "0.0"):
            return False
        return self._motion

    def tokens(self, look: str = "system", accent: str = "own") -> Tokens:
        """The tokens for the settings `app.look` (system, light, dark) and `app.accent` (own, system)."""
        dark = self.dark if look == "system" else look == "dark"
        chosen = t.DARK if dark else t.LIGHT
        if accent == "system" and (wanted := self.accent) is not None:
            chosen = t.with_accent(chosen, wanted)
        return t.high_contrast(chosen) if self.contrast else chosen

    def look_again(self) -> None:
        """Ask for what Windows and macOS don't tell by themselves; done when the person comes back to a window of ours."""
        motion = _wants_motion()
        if motion != self._motion:
            self._motion = motion
            self.changed.emit()

    def _came_forward(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look_again()

    def _ask_portal(self, bus: Bus | None) -> None:
        if bus is None:
            return
        bus.hear(PORTAL_PATH, f"{_SETTINGS}.SettingChanged", self._setting_changed)
        for one in _ASKED:
            bus.ask(PORTAL, PORTAL_PATH, f"{_SETTINGS}.Read", "ss", *one, then=partial(self._read, one))

    def _read(self, one: tuple[str, str], answer: tuple[Any, ...] | Failed) -> None:
        if not isinstance(answer, Failed) and answer:
            self._keep(one, answer[0])

    def _setting_changed(self, heard: Heard) -> None:
        namespace, key, value = heard.values
        if (namespace, key) in _ASKED:
            self._keep((namespace, key), value)

    def _keep(self, one: tuple[str, str], value: Any) -> None:
        if self._told.get(one) != value:
            self._told[one] = value
            self.changed.emit()

    def _note(self) -> None:
        self.changed.emit()


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """Kept for good: once Python lets go of the hints, PySide 6.11.3 holds those of accessibility for deleted."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def _accent_of_palette() -> str | None:
    """The accent that Qt took from the system; only Windows' and macOS' palettes have one that is not Fusion's."""
    if sys.platform in ("win32", "darwin"):
        return QGuiApplication.palette().color(QPalette.ColorRole.Accent).name().upper()
    return None


def _wants_motion() -> bool:
    if sys.platform == "win32":
        import ctypes

        on = ctypes.c_int(1)
        get_client_area_animation = 0x1042
        ctypes.windll.user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(on), 0)
        return bool(on.value)
    if sys.platform == "darwin":
        from desktop.window.platform.objc import reduces_motion

        return not reduces_motion()
    return True
