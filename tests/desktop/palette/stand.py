"""A process with another window and the palette, for journeys in a real window system: `stand.py`, then keys by xdotool.

It says on standard output, a JSON object a line, what happens; a line "toggle" on its input is the hotkey.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.state.palette import PaletteState
from desktop.state.thumbnails import Thumbnails
from desktop.window.bound import Poster
from desktop.window.palette import PaletteWindow
from desktop.window.theme import Theme
from desktop.window.thumbnails import Pixmaps
from desktop.window.tokens import LIGHT
from desktop.words import speak
from desktop.workers import WorkerProcess
from tests.desktop.palette.fakes import FakeDoors


def tell(**told: object) -> None:
    """One line."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class Doors(FakeDoors):
    """Tells what would be opened."""

    def open_file(self, path: Path) -> None:
        tell(opened=str(path))


def main() -> None:
    """Run until the input ends."""
    speak("en")
    app = QApplication([])
    theme, poster = Theme(app, LIGHT), Poster()

    def later(seconds: float, then: object) -> None:
        QTimer.singleShot(round(seconds * 1000), then)  # type: ignore[call-overload]

    search, small = WorkerProcess("search", poster.post), WorkerProcess("thumbnails", poster.post)
    thumbnails = Thumbnails(small, later)
    doors = Doors()
    state = PaletteState(search, thumbnails, later, doors)
    window = PaletteWindow(theme, state, Pixmaps(thumbnails))
    other = QLineEdit()
    other.setWindowTitle("Earlier window")
    other.resize(300, 60)
    other.show()
    other.activateWindow()
    app.focusWindowChanged.connect(lambda now: tell(active=now.title() if now is not None else ""))
    other.textChanged.connect(lambda text: tell(typed_elsewhere=text))
    state.subscribe(lambda: tell(query=state.snapshot().text, rows=len(state.snapshot().rows)))
    window.dismissed.connect(lambda: tell(dismissed=True))

    def heard() -> None:
        line = os.read(0, 100)
        if b"toggle" in line:
            window.toggle()
        elif not line:
            search.close()
            small.close()
            app.quit()

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(heard)
    app.exec()


if __name__ == "__main__":
    main()
