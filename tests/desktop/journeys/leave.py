"""The first run is gone through, the app stays; then leaving it asks about unsaved work, and the answer ends it.

Words: PHOTO.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.state.welcome import TRY
from tests.desktop.journeys.hands import Hands


def main(photo: Path) -> None:
    with Hands() as hands:
        ended: list[bool] = []
        vars(hands.qt)["exit"] = lambda: ended.append(True)  # there is no exec() yet that it could end
        hands.ask("app")
        windows = hands.app.windows
        welcome = windows.welcome
        assert welcome is not None
        hands.active(welcome)
        hands.key("Escape", "Escape")
        state = welcome._state
        hands.until(lambda: state.snapshot().step == TRY and state.snapshot().stage == "ready", "the photo is there")
        hands.key("Return")
        hands.until(lambda: state.snapshot().stage == "done", "it is erased", 60)
        hands.key("Return")
        hands.active(windows.palette())
        hands.rest(0.5)
        hands.look("palette")
        hands.told["stays"] = not ended and windows.palette().isVisible() and not welcome.isVisible()

        hands.ask("edit", photo)
        ((window, editor),) = windows.editors.items()
        hands.erase_a_square(editor)
        hands.app.leave()
        asked = window._asked
        assert asked is not None
        hands.active(asked)
        hands.key("Escape")
        hands.rest(0.5)
        hands.told["cancel"] = (not ended, window.isVisible())
        hands.app.leave()
        again = window._asked
        assert again is not None
        hands.active(again)
        hands.look("asked")
        hands.click(hands.named(again, "Save a copy"))
        hands.until(lambda: ended, "the app ends")
        hands.told["saved"] = [path.name for path in photo.parent.iterdir()]

        del vars(hands.qt)["exit"]
        hands.app._leaving = False
        hands.app.show("queue")
        hands.app.show("search")
        hands.rest(1)
        QTimer.singleShot(0, hands.qt.quit)  # as the system does
        QTimer.singleShot(8_000, lambda: hands.qt.exit(9))
        hands.told["code"] = hands.qt.exec()
        hands.say()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
