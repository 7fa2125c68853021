"""An edit, and then nothing more: the test kills this process. With "again", what was not saved is brought back.

Words: PHOTO [again].
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from pathlib import Path

from tests.desktop.journeys.hands import Hands


def main(photo: Path, again: bool) -> None:
    with Hands() as hands:
        if again:
            hands.until(lambda: hands.app.windows.editors, "an editor offers it", 20)
            ((window, state),) = hands.app.windows.editors.items()
            hands.active(window)
            hands.look("offered")
            notice = state.snapshot().notice
            assert notice is not None
            hands.told["offered"] = notice.words
            hands.click(hands.named(window, "Go on"))
            hands.until(lambda: state.snapshot().stage == "ready" and state.snapshot().changes == 1, "it is back", 30)
        else:
            hands.ask("edit", photo)
            ((window, state),) = hands.app.windows.editors.items()
            hands.erase_a_square(state)
        hands.rest(0.3)
        hands.look("back" if again else "before")
        shown = state.snapshot().display
        assert shown is not None
        first = shown.levels[0]
        pixels = shown.sheet.memory[first.offset : first.offset + first.height * first.stride]
        hands.told["pixels"] = hashlib.sha256(pixels).hexdigest()
        if again:
            hands.key("ctrl+s")
            hands.until(lambda: not state.snapshot().unsaved, "it is saved")
            hands.told["left"] = [path.name for path in (hands.app.windows.editing).iterdir()]
        hands.say()
        if not again:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "again" in sys.argv)
