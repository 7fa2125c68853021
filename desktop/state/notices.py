"""What a page says in its bar: one sentence, how serious it is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.words import say
from desktop.words.reasons import failure
from desktop.workers import Ended, Event
from homespun.errors import ExitCode, HomespunError

Action = tuple[str, str]
"""An id that the state's `act` takes, and the button's words."""


@dataclass(frozen=True)
class Notice:
    """`tone`: plain, good, warn or danger."""

    tone: str
    words: str
    actions: tuple[Action, ...] = ()
    details: str = ""


def of_failure(told: Mapping[str, Any], *actions: Action) -> Notice:
    """A call that failed, from what its worker told: an error's own words, or those for a bug of ours."""
    if told.get("code") == int(ExitCode.BUG):
        details = str(told.get("details") or told.get("what", ""))
        return Notice("danger", say("common.bug"), (*actions, ("details", say("common.copy_details"))), details)
    return Notice("warn", failure(told), actions)


def of_end(event: Event, *actions: Action) -> Notice:
    """A call that did not end well: it failed, or its process died."""
    return Notice("warn", say("common.died"), actions) if event.how is Ended.DIED else of_failure(event.told, *actions)


def of_error(error: HomespunError, *actions: Action) -> Notice:
    """The same for an error that was raised here, by a door of the app."""
    return Notice("warn", failure({"what": error.what, "todo": error.todo}), actions)
