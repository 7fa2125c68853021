"""The key that works from everywhere: parsed for each system, and pressed for real on an X server."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.state.chords import Chord, chord_of, key_words
from desktop.window.bound import Poster
from desktop.window.platform.hotkey import Hotkey
from desktop.words import speak
from tests.desktop.xserver import Program, need

Start = Callable[..., "App"]


@pytest.mark.parametrize(
    ("written", "chord"),
    [
        ("Ctrl+Alt+Space", Chord("Space", ctrl=True, alt=True)),
        ("alt + shift + k", Chord("K", alt=True, shift=True)),
        ("Meta+PgUp", Chord("PgUp", meta=True)),
        ("Strg+Umschalt+Leertaste", Chord("Space", ctrl=True, shift=True)),
        ("F12", Chord("F12")),
        ("Win+5", Chord("5", meta=True)),
    ],
)
def test_a_key_is_read_as_a_person_writes_it(written: str, chord: Chord) -> None:
    assert chord_of(written) == chord
    assert chord_of(str(chord)) == chord


@pytest.mark.parametrize(
    "written", ["A", "Shift+A", "Space", "Ctrl", "Ctrl+", "Ctrl+Ctrl+A", "Ctrl+Ä", "F25", "F0", "", "Ctrl+AB"]
)
def test_what_would_take_somebodys_typing_is_no_key(written: str) -> None:
    assert chord_of(written) is None


def test_each_system_gets_its_own_name_for_the_key() -> None:
    space, letter, page = chord_of("Ctrl+Alt+Space"), chord_of("Ctrl+K"), chord_of("Meta+PgUp")
    assert space is not None
    assert letter is not None
    assert page is not None
    assert (space.keysym, space.virtual_key, space.mac_key, space.trigger) == ("space", 0x20, 49, "CTRL+ALT+space")
    assert (letter.keysym, letter.virtual_key, letter.mac_key, letter.trigger) == ("k", 0x4B, 40, "CTRL+k")
    assert (page.keysym, page.virtual_key, page.mac_key, page.trigger) == ("Prior", 0x21, 116, "LOGO+Prior")
    numbers = {chord.mac_key for n in range(1, 21) if (chord := chord_of(f"F{n}")) is not None}
    assert len(numbers) == 20


def test_a_key_is_said_as_the_persons_keyboard_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert key_words("ctrl+alt+space") == "Ctrl+Alt+Space"
    speak("de")
    assert key_words("Ctrl+Shift+PgUp") == "Strg+Umschalt+Bild auf"
    assert key_words("Meta+Left") == "Super+←"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert key_words("Ctrl+Alt+Space") == "⌃⌥Leertaste"
    speak("en")
    assert key_words("") == ""


def test_a_place_without_keys_says_which_command_to_bind(qapp: QApplication) -> None:
    hotkey = Hotkey(Poster(), lambda: None)

    assert "homespun palette" in str(hotkey.set("Ctrl+Alt+Space"))
    assert "Ctrl or Alt" in str(hotkey.set("A"))
    assert hotkey.set("") is None
    assert hotkey.key == ""


class App(Program):
    """`summoned` under way: what it tells, in order; it hears which key to take instead."""

    def __init__(self, environment: dict[str, str], key: str, title: str) -> None:
        super().__init__(environment, "tests.desktop.platform.summoned", key, title)

    def until(self, event: str) -> dict[str, Any]:
        """The next event of that name; those before it are passed over."""
        return self.wait_for(15, event=event)


@pytest.fixture
def start(screen: dict[str, str]) -> Iterator[Start]:
    """Starts apps on the screen."""
    apps: list[App] = []

    def one(key: str, title: str) -> App:
        apps.append(App(screen, key, title))
        return apps[-1]

    yield one
    for app in apps:
        app.close()


def xdotool(screen: dict[str, str], *arguments: str) -> str:
    """Act as a person at the screen."""
    done = subprocess.run(["xdotool", *arguments], env=screen, capture_output=True, text=True, check=False, timeout=20)
    return done.stdout.strip()


def active(screen: dict[str, str]) -> str:
    """The title of the window that the keyboard is in."""
    return xdotool(screen, "getactivewindow", "getwindowname")


def wait_a_moment(screen: dict[str, str]) -> None:
    """Until the X server has told everybody of what was before; a moment more for who was told."""
    xdotool(screen, "sync")
    time.sleep(0.3)


def comes_forward(screen: dict[str, str], title: str) -> None:
    """Wait until the keyboard is in the window with that title."""
    until = time.monotonic() + 10
    while active(screen) != title:
        assert time.monotonic() < until, f"{title} did not become active"
        time.sleep(0.02)


def test_the_key_shows_the_window_with_the_keyboard_in_it_and_escape_gives_it_back(
    screen: dict[str, str], start: Start
) -> None:
    editor = start("", "an editor")
    editor.until("FocusIn")
    palette = start("Ctrl+Alt+Space", "palette")
    assert palette.until("set")["words"] is None

    xdotool(screen, "key", "ctrl+alt+space")
    palette.until("pressed")
    palette.until("FocusIn")
    xdotool(screen, "type", "cat")
    while palette.until("text")["text"] != "cat":
        pass
    assert active(screen) == "palette"
    xdotool(screen, "key", "Escape")
    palette.until("hidden")
    comes_forward(screen, "an editor")
    xdotool(screen, "type", "on")  # Qt tells nothing of a focus that was away for a moment: that typing arrives counts
    while editor.until("text")["text"] != "on":
        pass

    xdotool(screen, "key", "ctrl+alt+space")
    comes_forward(screen, "palette")
    xdotool(screen, "type", "s")
    assert palette.until("text")["text"] == "cats"
    xdotool(screen, "key", "ctrl+alt+space")
    palette.until("hidden")
    comes_forward(screen, "an editor")


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_the_key_works_with_its_locks_on(screen: dict[str, str], start: Start, lock: str) -> None:
    palette = start("Ctrl+Alt+Space", "palette")
    palette.until("set")
    xdotool(screen, "key", lock)
    try:
        xdotool(screen, "key", "ctrl+alt+space")
        palette.until("pressed")
    finally:
        xdotool(screen, "key", lock)


def test_a_key_that_is_held_is_one_press(screen: dict[str, str], start: Start) -> None:
    palette = start("Ctrl+Alt+Space", "palette")
    palette.until("set")

    xdotool(screen, "keydown", "ctrl", "keydown", "alt", "keydown", "space", "sleep", "1.2")
    xdotool(screen, "keyup", "space", "keyup", "alt", "keyup", "ctrl")
    palette.until("FocusIn")
    xdotool(screen, "key", "ctrl+alt+space")
    palette.until("hidden")

    assert palette.rest() == []


def test_a_taken_key_is_said_and_nothing_crashes(screen: dict[str, str], start: Start) -> None:
    first = start("Ctrl+Alt+Space", "first")
    assert first.until("set")["words"] is None
    second = start("Ctrl+Alt+Space", "second")

    told = second.until("set")
    assert told["words"] == "Ctrl+Alt+Space belongs to another program. Choose another key."
    assert told["key"] == ""
    second.say("Ctrl+Shift+Space")
    assert second.until("set")["words"] is None
    second.say("Ctrl+Alt+Space")
    refused = second.until("set")
    assert "another program" in refused["words"]
    assert refused["key"] == "Ctrl+Shift+Space"  # the one before stays

    xdotool(screen, "key", "ctrl+shift+space")
    second.until("pressed")
    first.say("close")
    first.until("closed")
    second.say("Ctrl+Alt+Space")
    assert second.until("set")["words"] is None


def test_a_key_follows_its_letter_to_another_layout(screen: dict[str, str], start: Start) -> None:
    need("setxkbmap")
    palette = start("Ctrl+Alt+K", "palette")
    assert palette.until("set")["words"] is None
    subprocess.run(["setxkbmap", "dvorak"], env=screen, check=True)
    try:
        wait_a_moment(screen)
        xdotool(screen, "key", "ctrl+alt+k")
        palette.until("pressed")
    finally:
        subprocess.run(["setxkbmap", "us"], env=screen, check=True)
    palette.until("FocusIn")
    xdotool(screen, "key", "ctrl+alt+k")
    palette.until("hidden")


def test_without_a_compositor_corners_have_to_be_square(screen: dict[str, str], start: Start) -> None:
    assert start("", "plain").until("composed")["composed"] is False
