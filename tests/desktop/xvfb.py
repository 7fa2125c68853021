"""A screen of our own on Linux: an X server without a display, and a window manager on it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PATIENCE = 10.0


def without_screen() -> dict[str, str]:
    """The environment here, less what would lead Qt to another screen than that of `DISPLAY`."""
    return {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")}


@contextmanager
def own_screen(size: str, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Xvfb of `size` (like 1280x800x24) with openbox; `environment` and its `DISPLAY`. Raises `TimeoutError`.

    Needs Xvfb, openbox and xprop.
    """
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        on_it = {**environment, "DISPLAY": f":{told.readline().strip()}"}
    manager = subprocess.Popen(["openbox"], env=on_it, stderr=subprocess.DEVNULL)
    try:
        _wait_for_manager(on_it)
        yield on_it
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def _wait_for_manager(environment: Mapping[str, str]) -> None:
    until = time.monotonic() + PATIENCE
    command = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    while b"(WINDOW)" not in subprocess.run(command, env=environment, capture_output=True, check=False).stdout:
        if time.monotonic() > until:
            raise TimeoutError("the window manager does not start")
        time.sleep(0.05)
