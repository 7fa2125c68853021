"""The very first start: skip to the third step, erase the sign."""

from __future__ import annotations

import time

from tests.desktop.journeys.hands import Hands


def main() -> None:
    began = time.monotonic()
    with Hands() as hands:
        hands.ask("app")
        window = hands.app.windows.welcome
        assert window is not None
        state = hands.app.windows.welcome_state()
        hands.active(window)
        hands.until(lambda: hands.app.hotkey.key, "the key is ours", 10)
        hands.look("folders")
        hands.click(hands.named(window, "Skip"))
        hands.rest(0.3)
        hands.key("ctrl+alt+space")
        hands.until(lambda: state.snapshot().key_tone == "good", "the key works")
        hands.look("key")
        hands.click(hands.named(window, "Next"))
        hands.rest(0.3)
        hands.look("try")
        hands.click(hands.named(window, "Erase it"))
        hands.until(lambda: state.snapshot().stage == "done", "the sign is gone", 120)
        hands.told["seconds"] = time.monotonic() - began
        hands.rest(0.5)
        hands.look("erased")
        hands.click(hands.named(window, "Open the search"))
        hands.active(hands.app.windows.palette())
        hands.told["seen"] = not hands.app.windows.is_new
        hands.say()


if __name__ == "__main__":
    main()
