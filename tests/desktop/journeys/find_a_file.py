"""The key, a sentence, Enter: the right file opens. Words: a sentence, the file's name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.desktop.journeys.hands import Hands


def main(sentence: str, wanted: str, other: subprocess.Popen[bytes]) -> None:
    opened = Path(os.environ["HOMESPUN_OPENED"])
    assert other.stdout is not None
    with Hands() as hands:
        hands.ask("background")
        hands.until(lambda: hands.app.hotkey.key, "the key is ours", 10)
        other.stdout.readline()  # it is there, and has the keyboard
        hands.rest(0.3)
        hands.key("ctrl+alt+space")
        palette = hands.app.windows.palette()
        hands.active(palette)
        hands.look("shown")
        hands.type(sentence)
        state = hands.app.palette
        hands.until(lambda: state.row is not None and state.row.title == wanted, "the right file first")
        hands.rest(0.6)
        hands.look("found")
        hands.told["first"] = state.snapshot().rows[0].title
        hands.key("Return")
        hands.until(opened.exists, "it is opened", 10)
        hands.told["opened"] = opened.read_text().strip()
        hands.until(lambda: not palette.isVisible(), "the palette is gone")
        hands.rest(0.5)

        hands.key("ctrl+alt+space")
        hands.active(palette)
        hands.key("Escape", "Escape")
        hands.until(lambda: not palette.isVisible(), "Esc lets it go")
        hands.until(lambda: QApplication.activeWindow() is None, "no window of ours is active")
        hands.rest(0.3)
        hands.type("on")
        other.terminate()
        hands.told["typed elsewhere"] = other.stdout.read().decode().strip()
        hands.told["gap"] = hands.gaps.longest.seconds
        hands.told["stack"] = hands.gaps.longest.stack
        hands.say()


if __name__ == "__main__":
    command = [sys.executable, "-m", "tests.desktop.journeys.another_program"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        try:
            main(sys.argv[1], sys.argv[2], other)
        finally:
            other.kill()
