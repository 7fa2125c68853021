"""A real X server with a window manager, and a real session bus, each for one test; skipped where the programs are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.window.platform import bus as bus_room
from desktop.window.platform.bus import Bus

ROOT = Path(__file__).resolve().parents[3]


def need(*programs: str) -> None:
    """Skip the test unless all `programs` are here."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def wait_for(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Turn the event loop until `true()`; whether it became so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if true():
            return True
    return False


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Without a screen: what needs a real one runs in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return ["homespun"]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of the test's own; its address."""
    need("dbus-daemon")
    address = f"unix:path={tmp_path / 'bus'}"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    daemon.stdout.readline()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    bus_room.forget_bus()
    yield address
    bus_room.forget_bus()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def bus(session: str, qapp: QApplication) -> Iterator[Bus]:
    """Our connection to that bus."""
    found = Bus()
    yield found
    found.close()


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """An X server with openbox; the environment of programs that are to run on it."""
    need("Xvfb", "openbox", "xdotool")
    if sys.platform == "win32":
        pytest.skip("there is no X11 on Windows")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")},
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 10
    while (
        b"_NET_SUPPORTING_WM_CHECK(WINDOW)"
        not in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=environment, capture_output=True, check=False
        ).stdout
    ):
        assert time.monotonic() < until, "openbox did not start"
        time.sleep(0.05)
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait()
