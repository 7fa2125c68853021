"""A state's notice in a page's bar."""

from __future__ import annotations

from collections.abc import Callable

from desktop.state.notices import Notice
from desktop.window.kit import Bar, Tone


def show_notice(bar: Bar, notice: Notice | None, act: Callable[[str], None]) -> None:
    """Show a notice, its buttons calling `act`, or hide the bar when there is none."""
    if notice is None:
        bar.hide()
        return
    actions = [(words, lambda action=action: act(action)) for action, words in notice.actions]
    bar.say(Tone[notice.tone.upper()], notice.words, actions, about=notice)
