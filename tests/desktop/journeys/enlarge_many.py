"""Twenty pictures into the queue, two of which are none; mended, and tried again. Words: FOLDER."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.desktop.journeys.hands import Hands


def main(folder: Path) -> None:
    with Hands() as hands:
        hands.app.enqueue([folder])
        window = hands.app.windows.queue
        assert window is not None
        state = hands.app.queue
        hands.active(window)
        hands.until(lambda: state.snapshot().ask is not None, "it asks what should be done")
        hands.rest(0.3)
        hands.look("asks")
        hands.click(hands.named(window, "Enlarge 20 pictures"))
        hands.until(lambda: not hands.app.jobs.busy and hands.app.jobs.table.jobs, "the queue is done", 120)
        hands.rest(0.5)
        hands.look("done")
        hands.told["head"] = state.snapshot().head
        hands.told["reasons"] = [one.what for one in hands.app.jobs.table.jobs.values() if one.what]
        shutil.copy(folder / "00.png", folder / "18.png")
        hands.click(hands.named(window, "Retry failed (2)"))
        hands.until(
            lambda: len(list(folder.glob("*(enlarged)*"))) == 19 and not hands.app.jobs.busy, "one more is done", 60
        )
        hands.told["results"] = sorted(path.name for path in folder.glob("*(enlarged)*"))
        hands.told["gap"] = hands.gaps.longest.seconds
        hands.told["stack"] = hands.gaps.longest.stack
        hands.say()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
