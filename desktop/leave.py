"""`python -m desktop.leave`: ask the running app to leave, and wait until it has. For installers, before they replace files.

Exit code 0 when no app runs any more, 3 when it stays, because it asks the person about something or hangs.
"""

from __future__ import annotations

import sys
import time
from typing import Final

PATIENCE: Final = 15.0
"""Seconds that the app has."""
GONE, STAYS = 0, 3


def leave(patience: float = PATIENCE) -> int:
    """Ask the app to leave; `GONE`, or `STAYS` after `patience` seconds."""
    from desktop.handoff import Request
    from desktop.instance import hand_over
    from homespun.errors import Busy

    until = time.monotonic() + patience
    request = Request("quit")
    while True:
        try:
            answer = hand_over(request)
            if answer is None:
                return GONE
            if answer.taken:
                request = Request("ping")  # asked once: a second time it might think that the person insists
        except Busy:  # it is there and says nothing
            pass
        if time.monotonic() > until:
            return STAYS
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(leave())
