"""A small app for tests on a real X server: it has the key, shows its window when it is pressed, and tells what happens.

`python -m tests.desktop.platform.summoned KEY TITLE` prints a line of JSON for each event; `KEY` "" has no key and shows
its window at once. Lines on its input are keys to take instead.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.window.bound import Poster
from desktop.window.platform import chrome
from desktop.window.platform.hotkey import Hotkey
from desktop.window.platform.summon import summon
from desktop.words import speak


def tell(event: str, **more: object) -> None:
    """One line out."""
    print(json.dumps({"event": event, "at": time.time(), **more}), flush=True)


class Box(QLineEdit):
    """A palette in small: it tells when it is active, and hides at Escape."""

    def event(self, event: QEvent) -> bool:
        """Tell of activation and painting."""
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.FocusIn):
            tell(event.type().name)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape hides."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            tell("hidden")
            return
        super().keyPressEvent(event)


def main() -> None:
    """Until its input ends."""
    key, title = sys.argv[1:3]
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    chrome.name_app()
    speak("en")
    box = Box()
    box.setWindowTitle(title)
    box.resize(300, 60)
    box.textChanged.connect(lambda text: tell("text", text=text))
    if key:
        box.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool)

    def pressed() -> None:
        tell("pressed")
        if box.isVisible():
            box.hide()
            tell("hidden")
        else:
            summon(box)

    keep: list[QObject] = [Poster()]
    poster = keep[0]
    assert isinstance(poster, Poster)
    hotkey = Hotkey(poster, pressed)
    if key:
        tell("set", words=hotkey.set(key), key=hotkey.key)
    else:
        summon(box)
    tell("composed", composed=chrome.composed())
    listening = QSocketNotifier(0, QSocketNotifier.Type.Read)

    def heard() -> None:
        line = os.read(0, 1000).decode().strip()
        if not line:
            app.quit()
        elif line == "close":
            hotkey.close()
            tell("closed")
        else:
            tell("set", words=hotkey.set(line), key=hotkey.key)

    listening.activated.connect(heard)
    app.exec()


if __name__ == "__main__":
    main()
