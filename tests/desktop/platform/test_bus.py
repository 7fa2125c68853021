"""Talking to a desktop over a real session bus: every type arrives, and nobody there is no crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.state.chords import chord_of
from desktop.window.platform import messages, notifications, openwith, reveal, summon
from desktop.window.platform.bus import Bus, Failed, Heard, forget_bus, session_bus
from desktop.window.platform.hotkey_portal import PortalKey
from desktop.window.platform.looks import Looks
from desktop.window.platform.messages import BadValue, Variant
from desktop.window.platform.notifications import Notifications
from desktop.window.platform.taskbar import TaskBar
from desktop.window.tokens import LIGHT, high_contrast
from homespun.errors import HomespunError, NoPermission, NotFound
from tests.desktop.platform import conftest
from tests.desktop.platform.conftest import wait_for
from tests.desktop.platform.desk import PORTAL, REFUSES
from tests.desktop.xserver import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux desktops have a session bus")

Start = Callable[..., "Service"]


def never(told: object = None) -> None:
    """What must not be called."""
    raise AssertionError(told)


class Service:
    """A fake service under way, and the calls that it got."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.platform.desk", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._out = self._process.stdout
        assert self._out.readline() == "ready\n"

    def call(self) -> dict[str, Any]:
        """The next call."""
        return dict(json.loads(self._out.readline()))

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
        self._out.close()


@pytest.fixture
def start(session: str) -> Iterator[Start]:
    """Starts fake services on the test's bus."""
    started: list[Service] = []

    def one(*arguments: str) -> Service:
        started.append(Service(*arguments))
        return started[-1]

    yield one
    for each in started:
        each.close()


def test_a_signature_is_cut_into_its_types() -> None:
    assert messages.types_of("sa{sv}(ia(ub))oaay") == ["s", "a{sv}", "(ia(ub))", "o", "aay"]
    for wrong in ("a", "(s", "a{s", "z", "s)"):
        with pytest.raises(BadValue):
            messages.types_of(wrong)


def test_every_type_comes_back_as_it_was_sent(bus: Bus) -> None:
    heard: list[Heard] = []
    bus.hear("/a", "homespun.Test.Said", heard.append)
    signature = "ybnqixtdsoasa{sv}a(sa{sv})(ub)aiv"
    values: tuple[Any, ...] = (
        200,
        True,
        -5,
        65_000,
        -70_000,
        -(2**60),
        2**63,
        0.5,
        "Grüße, 🐈",
        "/a/b",
        [],
        {"n": Variant("u", 4_000_000_000), "list": Variant("as", ["x"])},
        [("palette", {"description": Variant("s", "d")}), ("other", {})],
        (7, False),
        [1, 2, 3],
    )

    bus.say("/a", "homespun.Test.Said", signature, *values, Variant("(ss)", ("a", "b")))

    assert wait_for(lambda: bool(heard))
    plain = list(values)
    plain[11] = {"n": 4_000_000_000, "list": ["x"]}
    plain[12] = [("palette", {"description": "d"}), ("other", {})]
    assert heard[0].values == (*plain, ("a", "b"))


@pytest.mark.parametrize(
    ("signature", "value"),
    [
        ("s", 5),
        ("s", "a\0b"),
        ("o", "no path"),
        ("y", 256),
        ("u", -1),
        ("i", 2**31),
        ("d", "1"),
        ("as", "text"),
        ("v", "bare"),
        ("v", Variant("ss", "two")),
        ("(ss)", ("one",)),
        ("a{sv}", {"a": 1}),
        ("a(sa{sv})", [("x", {"y": Variant("y", 999)})]),
    ],
)
def test_a_value_of_another_type_is_refused_before_libdbus_sees_it(bus: Bus, signature: str, value: object) -> None:
    with pytest.raises(BadValue):
        bus.say("/a", "homespun.Test.Said", signature, value)


def test_text_that_is_no_unicode_does_not_end_the_process(bus: Bus) -> None:
    heard: list[Heard] = []
    bus.hear("", "homespun.Test.Said", heard.append)

    bus.say("/a", "homespun.Test.Said", "s", "a\udcffb")

    assert wait_for(lambda: bool(heard))
    assert heard[0].values == ("a?b",)


def test_a_service_that_is_not_there_is_an_answer(bus: Bus) -> None:
    answers: list[object] = []
    bus.ask("homespun.Nobody", "/", "homespun.Nobody.Do", "", then=answers.append)

    assert wait_for(lambda: bool(answers))
    assert isinstance(answers[0], Failed)
    assert "ServiceUnknown" in answers[0].name


def test_without_a_bus_there_is_none_and_nothing_raises(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    forget_bus()

    assert session_bus() is None
    TaskBar().show(0.5, 3)
    forget_bus()


def test_a_file_is_shown_in_the_desktops_file_manager_with_its_exact_name(
    bus: Bus, start: Start, tmp_path: Path
) -> None:
    service = start("org.freedesktop.FileManager1")
    path = tmp_path / os.fsdecode(b"caf\xe9, 100%.png")
    path.write_bytes(b"x")

    reveal.reveal([path], never, bus=bus, token="t")

    call = service.call()
    assert (call["member"], call["signature"]) == ("ShowItems", "ass")
    assert call["values"] == [["file://" + str(tmp_path) + "/caf%E9%2C%20100%25.png"], "t"]


def test_without_that_service_the_folder_is_opened(bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(reveal, "launch", opened.append)
    (tmp_path / "a.png").write_bytes(b"x")

    reveal.reveal([tmp_path / "a.png"], never, bus=bus)

    assert wait_for(lambda: bool(opened))
    assert opened == [tmp_path]


def test_no_program_for_folders_is_said(bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[HomespunError] = []

    def nothing(_path: Path) -> None:
        raise HomespunError("There is no xdg-open here.", "")

    monkeypatch.setattr(reveal, "launch", nothing)
    (tmp_path / "a.png").write_bytes(b"x")
    reveal.reveal([tmp_path / "a.png"], said.append, bus=bus)

    assert wait_for(lambda: bool(said))


def test_what_is_gone_is_said_at_once(bus: Bus, tmp_path: Path) -> None:
    gone = tmp_path / "gone.png"
    for door in (lambda: reveal.reveal([gone], never), lambda: openwith.open_with(gone, never)):
        with pytest.raises(NotFound, match="moved or deleted"):
            door()
    with pytest.raises(NotFound):
        openwith.open_file(gone)


def test_the_portal_asks_which_program_and_gets_the_open_file(bus: Bus, start: Start, tmp_path: Path) -> None:
    service = start(PORTAL)
    (tmp_path / "a.png").write_bytes(b"x")

    openwith.open_with(tmp_path / "a.png", never, bus=bus)

    call = service.call()
    assert (call["member"], call["signature"]) == ("OpenFile", "sha{sv}")
    assert call["values"][2] == {"ask": True}


def test_without_a_portal_there_is_no_choice_and_it_is_said(bus: Bus, tmp_path: Path) -> None:
    said: list[HomespunError] = []
    (tmp_path / "a.png").write_bytes(b"x")

    openwith.open_with(tmp_path / "a.png", said.append, bus=bus)

    assert wait_for(lambda: bool(said))
    assert "choice" in said[0].what
    assert isinstance(said[0], NotFound), "what is no bug of ours is said in its own words"


def test_a_file_that_can_not_be_read_is_said_with_what_to_do(
    bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"x")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NoPermission) as told:
        openwith.open_with(tmp_path / "a.png", never, bus=bus)
    assert (told.value.what, told.value.todo) == ("a.png can’t be read.", "Give yourself the right to read it.")


def test_a_notification_is_given_to_the_desktop_and_its_click_comes_back(
    bus: Bus, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "_looked_at", lambda: False)  # other tests' windows may still be there
    service = start("org.freedesktop.Notifications")
    clicks: list[int] = []
    shown = Notifications(None, lambda: clicks.append(1), bus=bus)

    assert shown.show("12 pictures done", "2 need you & <more>")

    call = service.call()
    assert call["signature"] == "susssasa{sv}i"
    assert call["values"][:6] == [
        "Homespun",
        0,
        "homespun",
        "12 pictures done",
        "2 need you &amp; &lt;more&gt;",
        ["default", "Show"],
    ]
    assert wait_for(lambda: bool(clicks))
    assert summon._Last.token == "token-7"
    shown.show("again", "")
    assert service.call()["values"][1] == 7  # it takes the first one's place


def test_no_notification_while_a_window_of_ours_is_active(
    bus: Bus, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start("org.freedesktop.Notifications")
    shown = Notifications(None, lambda: None, bus=bus)
    active = Qt.ApplicationState.ApplicationActive
    monkeypatch.setattr(QGuiApplication, "applicationState", staticmethod(lambda: active))

    assert not shown.show("done", "")


def test_progress_is_told_to_the_launcher_and_only_when_it_changes(bus: Bus) -> None:
    heard: list[Heard] = []
    bus.hear("", "com.canonical.Unity.LauncherEntry.Update", heard.append)
    bar = TaskBar(bus=bus)

    for share in (0.5, 0.501, 1.7, None):
        bar.show(share, 3 if share else 0)

    assert wait_for(lambda: len(heard) == 3)
    assert [one.values[1]["progress"] for one in heard] == [0.5, 1.0, 0.0]
    assert heard[0].values[0] == "application://homespun.desktop"
    assert heard[0].values[1]["count"] == 3
    assert heard[2].values[1] == {"progress": 0.0, "progress-visible": False, "count": 0, "count-visible": False}


def test_the_desktops_wishes_come_from_its_portal(bus: Bus, start: Start) -> None:
    start(PORTAL)
    looks = Looks(bus)
    changes: list[int] = []
    looks.changed.connect(lambda: changes.append(1))
    assert looks.motion

    assert wait_for(lambda: len(changes) == 3)

    assert (looks.dark, looks.accent, looks.motion, looks.contrast) == (True, "#3366FF", False, False)
    assert looks.tokens().dark
    assert not looks.tokens("light").dark
    assert looks.tokens("dark", "system").accent != looks.tokens("dark").accent


def test_a_changed_wish_is_heard(bus: Bus, start: Start) -> None:
    start(PORTAL)
    looks = Looks(bus)
    assert wait_for(lambda: looks.dark)
    member = "org.freedesktop.portal.Settings.SettingChanged"

    bus.say("/org/freedesktop/portal/desktop", member, "ssv", "org.freedesktop.appearance", "contrast", Variant("u", 1))
    bus.say("/org/freedesktop/portal/desktop", member, "ssv", "org.else", "contrast", Variant("u", 1))

    assert wait_for(lambda: looks.contrast)
    assert looks.tokens("light") == high_contrast(LIGHT)


def test_the_portal_gives_the_key_and_tells_of_each_press(bus: Bus, start: Start) -> None:
    service = start(PORTAL)
    pressed: list[int] = []
    chord = chord_of("Ctrl+Alt+Space")
    assert chord is not None
    key = PortalKey(bus, lambda: pressed.append(1), never)

    assert key.grab(chord) is None
    assert wait_for(lambda: bool(pressed))

    register, create, bind = service.call(), service.call(), service.call()
    assert (register["member"], register["values"][0]) == ("Register", "homespun")
    assert (create["member"], create["signature"]) == ("CreateSession", "a{sv}")
    assert bind["signature"] == "oa(sa{sv})sa{sv}"
    assert bind["values"][1] == [
        ["palette", {"description": "Search your files", "preferred_trigger": "CTRL+ALT+space"}]
    ]
    assert summon._Last.token == "token-1"
    key.close()
    assert service.call()["member"] == "Close"


def told_instead(bus: Bus, key: str) -> str:
    """What is told of a key that the portal does not give."""
    told: list[str] = []
    chord = chord_of(key)
    assert chord is not None
    PortalKey(bus, never, told.append).grab(chord)
    assert wait_for(lambda: bool(told))
    return told[0]


def test_a_portal_that_refuses_leads_to_the_command_that_can_be_bound(bus: Bus, start: Start) -> None:
    start(PORTAL, REFUSES)

    assert "homespun palette" in told_instead(bus, "Ctrl+Alt+Space")


def test_a_desktop_without_that_portal_leads_there_too(bus: Bus) -> None:
    assert "homespun palette" in told_instead(bus, "F9")


def test_a_bus_that_ends_leaves_the_app_alive(
    session: str, qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with conftest.session_bus(tmp_path / "second") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        bus = Bus()
    answers: list[object] = []

    bus.ask("homespun.Nobody", "/", "homespun.Nobody.Do", "", then=answers.append)

    assert wait_for(lambda: bool(answers))
    assert isinstance(answers[0], Failed)
    bus.say("/a", "homespun.Test.Said", "s", "nobody hears")
    bus.close()
