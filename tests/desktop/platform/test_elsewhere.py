"""The ways of Windows and macOS, as far as they can be run anywhere: their logic, over pretended systems."""

from __future__ import annotations

import ctypes
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from ctypes import POINTER, c_int32, c_uint64, c_void_p, wintypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

import desktop.window.platform as room
from desktop.state.chords import Chord
from desktop.window.platform import (
    chrome,
    hotkey_macos,
    hotkey_windows,
    looks,
    objc,
    openwith,
    reveal,
    summon,
    taskbar_windows,
)
from desktop.window.platform.hotkey_macos import MacKey
from desktop.window.platform.hotkey_windows import WindowsKey
from desktop.window.platform.looks import Looks
from desktop.window.platform.taskbar import TaskBar
from homespun.errors import NotFound


def test_every_file_of_the_room_can_be_imported_everywhere() -> None:
    names = [one.name for one in pkgutil.iter_modules(room.__path__)]
    assert len(names) > 15
    for name in names:
        importlib.import_module(f"desktop.window.platform.{name}")


class User32:
    """Windows' part that gives keys away."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.free = True

    def RegisterHotKey(self, _window: None, _number: int, held: int, key: int) -> int:  # noqa: N802 - Windows' name
        """Note what was asked."""
        self.asked.append((held, key))
        return int(self.free)

    def UnregisterHotKey(self, _window: None, _number: int) -> int:  # noqa: N802 - Windows' name
        """Note it."""
        self.asked.append((0, 0))
        return 1


@pytest.fixture
def user32(monkeypatch: pytest.MonkeyPatch) -> User32:
    """A pretended Windows."""
    found = User32()
    monkeypatch.setattr(hotkey_windows, "_user32", lambda: found)
    return found


def test_windows_is_asked_without_repeats_and_its_message_is_a_press(qapp: QApplication, user32: User32) -> None:
    presses: list[int] = []
    key = WindowsKey(lambda: presses.append(1))

    assert key.grab(Chord("Space", ctrl=True, alt=True)) is None
    message = wintypes.MSG(message=0x0312, wParam=key._number)
    other = wintypes.MSG(message=0x0312, wParam=key._number + 1)
    for kind, told in (
        (b"windows_generic_MSG", message),
        (b"windows_generic_MSG", other),
        (b"xcb_generic_event_t", message),
    ):
        key._filter.nativeEventFilter(kind, ctypes.addressof(told))
    key.close()

    assert user32.asked == [(0x4000 | 2 | 1, 0x20), (0, 0)]
    assert presses == [1]


def test_a_key_that_windows_refuses_is_said(qapp: QApplication, user32: User32) -> None:
    user32.free = False
    key = WindowsKey(lambda: None)

    assert "another program" in str(key.grab(Chord("K", ctrl=True)))
    key.close()
    assert len(user32.asked) == 1


class Carbon:
    """macOS' part that gives keys away."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.callback: Any = None
        self.refuses = 0

    def GetApplicationEventTarget(self) -> int:  # noqa: N802 - Carbon's name
        """Something."""
        return 1

    def InstallEventHandler(self, _target: int, callback: Any, *_rest: object) -> int:  # noqa: N802 - Carbon's name
        """Keep it."""
        self.callback = callback
        return 0

    def RegisterEventHotKey(self, key: int, held: int, *_rest: object) -> int:  # noqa: N802 - Carbon's name
        """Note it."""
        self.asked.append((key, held))
        return self.refuses


def test_macos_is_asked_by_the_keys_place_and_calls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    carbon = Carbon()
    presses: list[int] = []
    monkeypatch.setattr(hotkey_macos, "_carbon", lambda: carbon)
    key = MacKey(lambda: presses.append(1))

    assert key.grab(Chord("Space", ctrl=True, alt=True)) is None
    assert carbon.callback(None, None, None) == 0
    assert carbon.asked == [(49, 0x1800)]
    assert presses == [1]
    carbon.refuses = -9878
    assert "another program" in str(key.grab(Chord("Space", meta=True)))
    assert key.grab(Chord("Pause", ctrl=True)) == "This keyboard has no Ctrl+Pause. Choose another key."


def test_the_task_bars_functions_are_found_in_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, int, int]] = []

    def note(name: str, window: int, told: int) -> int:
        called.append((name, window, told))
        return 0

    state = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_int32)(lambda _self, window, on: note("state", window, on))
    value = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_uint64, c_uint64)(
        lambda _self, window, done, whole: note("value", window, done * 1000 // whole)
    )
    table = (c_void_p * 21)()
    table[9], table[10] = ctypes.cast(value, c_void_p).value, ctypes.cast(state, c_void_p).value
    pointer = ctypes.cast(table, POINTER(c_void_p))
    thing = (POINTER(c_void_p) * 1)(pointer)
    monkeypatch.setattr(taskbar_windows, "_task_bar", lambda: ctypes.cast(thing, c_void_p))

    taskbar_windows.set_progress(42, 0.25)
    taskbar_windows.set_progress(42, None)

    assert called == [("state", 42, 2), ("value", 42, 250), ("state", 42, 0)]


def test_where_nothing_rounds_corners_nobody_believes_it_was_done(qapp: QApplication) -> None:
    window = QWidget()

    assert not chrome.round_corners(window)
    assert not chrome.dark_frame(window, True)
    assert not chrome.composed()
    chrome.name_app()
    assert QApplication.desktopFileName() == "homespun"


def test_less_motion_is_noticed_when_the_person_comes_back(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Looks()
    changes: list[int] = []
    found.changed.connect(lambda: changes.append(1))
    monkeypatch.setattr(looks, "_wants_motion", lambda: False)

    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)

    assert not found.motion
    assert changes == [1]


@pytest.mark.skipif(sys.platform == "darwin", reason="here they are")
def test_objects_of_macos_are_not_asked_where_there_are_none() -> None:
    with pytest.raises(OSError, match="libobjc"):
        objc.reduces_motion()


def test_without_a_window_of_its_own_the_task_bars_entry_of_any_shown_one_is_used(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[int, float | None]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(taskbar_windows, "set_progress", lambda window, share: shown.append((window, share)))
    bar = TaskBar()
    bar.show(0.5)
    assert shown == []
    window = QWidget()
    window.show()

    bar.show(0.6)

    assert shown == [(int(window.winId()), 0.6)]
    window.close()


def test_waylands_permission_goes_along_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    window = QWidget()
    summon.permitted("t-1")

    summon.summon(window)
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "t-1"
    summon.summon(window)
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    summon.summon(window, "t-2")
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "t-2"
    window.close()


def says(answer: int) -> Callable[..., int]:
    def part(*_: object) -> int:
        return answer

    return part


@pytest.mark.parametrize(
    ("door", "words"),
    [
        (lambda path: openwith._on_windows(path, 0), "This desktop offers no choice of programs. Show the file in"),
        (lambda path: reveal._on_windows([path]), "The file manager didn’t open. The file is here: /pictures"),
    ],
)
def test_a_windows_that_opens_nothing_is_said_in_words_and_is_no_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, door: Callable[[Path], None], words: str
) -> None:
    shell = SimpleNamespace(
        SHOpenWithDialog=says(-1), ILCreateFromPathW=says(0), SHOpenFolderAndSelectItems=says(-1), ILFree=says(0)
    )
    ole = SimpleNamespace(CoInitialize=says(0), CoUninitialize=says(0))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell, ole32=ole), raising=False)
    with pytest.raises(NotFound) as told:
        door(Path("/pictures/a.png"))
    assert str(told.value).startswith(words)
