"""A state's notice in a page's bar."""

from __future__ import annotations

from collections.abc import Callable

from desktop.state.notices import Notice
from desktop.window.kit import Bar, Tone

_TONES = {"plain": Tone.PLAIN, "good": Tone.GOOD, "warn": Tone.WARN, "danger": Tone.DANGER}


def show_notice(bar: Bar, notice: Notice | None, act: Callable[[str], None]) -> None:
    """Show a notice, its buttons calling `act`, or hide the bar when there is none."""
    if notice is None:
        bar.hide()
        return
    actions = [(words, lambda action=action: act(action)) for action, words in notice.actions]
    bar.say(_TONES[notice.tone], notice.words, actions)
