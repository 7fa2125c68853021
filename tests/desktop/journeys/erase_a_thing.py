"""Open a photo, click the thing, erase it, compare, save. Words: PHOTO X Y (a pixel of the thing)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint

from tests.desktop.journeys.hands import Hands


def main(photo: Path, x: int, y: int) -> None:
    with Hands() as hands:
        began = time.monotonic()
        hands.ask("edit", photo)
        ((window, state),) = hands.app.windows.editors.items()
        hands.until(lambda: state.snapshot().stage == "ready", "the picture is open")
        hands.active(window)
        hands.told["opened"] = time.monotonic() - began
        hands.look("open")

        hands.click(hands.named(window, "Click"))
        canvas = window.canvas
        across, down = canvas.camera.to_view(x, y)
        hands.click(canvas, QPoint(round(across / canvas.density), round(down / canvas.density)))
        hands.until(lambda: not state.snapshot().mask_empty, "the thing is marked")
        hands.rest(0.3)
        hands.look("marked")

        hands.click(hands.named(window, "Erase it"))
        hands.until(lambda: state.snapshot().done is not None, "it is erased", 90)
        hands.told["erased"] = time.monotonic() - began
        hands.rest(0.5)
        hands.look("erased")
        hands.tool("keydown", "backslash")
        hands.until(
            lambda: state.snapshot().compare == "hold" and state.snapshot().original is not None, "the original"
        )
        hands.rest(0.2)
        hands.look("original")
        hands.tool("keyup", "backslash")
        hands.until(lambda: state.snapshot().compare == "off", "the result again")
        hands.key("ctrl+s")
        hands.until(lambda: not state.snapshot().unsaved, "it is saved")
        hands.rest(0.3)
        hands.look("saved")
        hands.told["gap"] = hands.gaps.longest.seconds
        hands.told["stack"] = hands.gaps.longest.stack
        hands.say()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
