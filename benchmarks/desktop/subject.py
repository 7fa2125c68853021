"""The app under the clock: `python -m benchmarks.desktop.subject TASK [JSON]` does one thing and tells its figures.

The whole app with its real worker processes, in a process of its own for every figure. What it needs from outside (photos,
sentences) comes in the JSON, so that NumPy and Pillow stay out of the process, as they do in the app.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

STARTED = "HOMESPUN_STARTED"
"""The environment variable with the parent's clock at the start."""

Given = dict[str, Any]


def main(argv: list[str]) -> int:
    """Do the task and print what it told as one line of JSON."""
    name, given = argv[0], json.loads(argv[1]) if len(argv) > 1 else {}
    if name == "cold":
        cold()
        return 0
    from benchmarks.desktop.driver import Driver
    from benchmarks.desktop.tasks import TASKS

    with Driver() as driver:
        TASKS[name](driver, given)
        tell(driver.told)
    return 0


def tell(told: dict[str, Any]) -> None:
    """One line for the parent."""
    print("\nTOLD " + json.dumps(told), flush=True)


def cold() -> None:
    """`homespun app --palette`, as a shell starts it; told is the moment at which the palette is painted and has the focus.

    A timer asks from inside: a window is exposed only after it was painted, and an X client that asked from outside would
    take the processor that the app starts on.
    """
    from desktop.window import start  # the first that the app imports of Qt, too

    usual = start.make_application

    def watched() -> Any:
        from PySide6.QtCore import QTimer

        qt = usual()
        timer = QTimer(qt)

        def look() -> None:
            window = qt.activeWindow()
            handle = window.windowHandle() if window is not None else None
            if handle is not None and handle.isExposed() and qt.focusWidget() is not None:
                timer.stop()
                tell({"seconds": time.monotonic() - float(os.environ[STARTED]), "window": type(window).__name__})
                qt.quit()

        timer.timeout.connect(look)
        timer.start(1)
        return qt

    start.make_application = watched
    from desktop.cli import main as homespun

    homespun(["app", "--palette"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
