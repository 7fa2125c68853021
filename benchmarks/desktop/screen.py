"""A screen to measure on: the one that is there, or an X server and a window manager of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks.table import Skipped
from tests.desktop.xvfb import own_screen, without_screen

SIZE = "1920x1080x24"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """What programs need in their environment to be on it. Raises `Skipped` where there can be none."""
    plain = without_screen() | {"QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    if plain.get("DISPLAY"):
        yield plain
        return
    missing = [name for name in ("Xvfb", "openbox", "xdotool", "xprop") if shutil.which(name) is None]
    if missing:
        raise Skipped(f"there is no screen, and {', '.join(missing)} is not installed to make one")
    with ExitStack() as stack:
        try:
            environment = stack.enter_context(own_screen(SIZE, plain))
        except TimeoutError as error:
            raise Skipped(str(error)) from error
        yield environment
