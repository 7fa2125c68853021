"""A screen to measure on: the one that is there, or an X server and a window manager of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.table import Skipped

SIZE = "1920x1080x24"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """What programs need in their environment to be on it. Raises `Skipped` where there can be none."""
    plain = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")}
    plain |= {"QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    if plain.get("DISPLAY"):
        yield plain
        return
    missing = [name for name in ("Xvfb", "openbox", "xdotool", "xprop") if shutil.which(name) is None]
    if missing:
        raise Skipped(f"there is no screen, and {', '.join(missing)} is not installed to make one")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        plain["DISPLAY"] = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=plain, stderr=subprocess.DEVNULL)
    try:
        _wait_for_manager(plain)
        yield plain
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def _wait_for_manager(environment: dict[str, str]) -> None:
    until = time.monotonic() + 10
    command = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    while b"(WINDOW)" not in subprocess.run(command, env=environment, capture_output=True, check=False).stdout:
        if time.monotonic() > until:
            raise Skipped("the window manager does not start")
        time.sleep(0.05)
