"""A real session bus for one test; skipped where its program is missing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.window.platform import bus as bus_room
from desktop.window.platform.bus import Bus
from tests.desktop.xserver import need


def wait_for(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Turn the event loop until `true()`; whether it became so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if true():
            return True
    return False


@contextmanager
def session_bus(socket: Path) -> Iterator[str]:
    """A session bus; its address."""
    need("dbus-daemon")
    address = f"unix:path={socket}"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert daemon.stdout is not None
        with daemon.stdout as told:
            told.readline()
        yield address
    finally:
        daemon.kill()
        daemon.wait()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of the test's own; its address."""
    with session_bus(tmp_path / "bus") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        bus_room.forget_bus()
        yield address
        bus_room.forget_bus()


@pytest.fixture
def bus(session: str, qapp: QApplication) -> Iterator[Bus]:
    """Our connection to that bus."""
    found = Bus()
    yield found
    found.close()
