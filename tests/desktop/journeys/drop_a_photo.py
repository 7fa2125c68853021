"""A photo is dropped from another program into an empty editor. Words: PHOTO."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.desktop.journeys.hands import Hands


def main(photo: Path, source: subprocess.Popen[bytes]) -> None:
    with Hands() as hands:
        hands.ask("edit")
        ((window, state),) = hands.app.windows.editors.items()
        hands.active(window)
        hands.look("empty")
        assert source.stdout is not None
        source.stdout.readline()
        hands.rest(0.3)
        hands.tool("mousemove", 50, 60)
        hands.tool("mousedown", 1)
        for step in range(1, 13):
            x, y = hands.at(window.canvas)
            hands.tool("mousemove", 50 + (x - 50) * step // 12, 60 + (y - 60) * step // 12)
        hands.rest(0.3)
        hands.look("over")
        hands.tool("mouseup", 1)
        hands.until(lambda: state.snapshot().stage == "ready", "the photo is open")
        hands.told["path"] = state.snapshot().path
        hands.look("dropped")
        hands.say()


if __name__ == "__main__":
    command = [sys.executable, "-m", "tests.desktop.journeys.drag_source", sys.argv[1]]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as source:
        try:
            main(Path(sys.argv[1]), source)
        finally:
            source.kill()
