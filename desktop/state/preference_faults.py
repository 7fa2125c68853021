"""What a setting may be, and what is wrong with a settings file, in the window's language."""

from __future__ import annotations

import re
from contextlib import suppress

from desktop.state.model_cards import Notice
from desktop.words import say
from desktop.words.reasons import reason
from homespun.errors import HomespunError, NotFound
from homespun.settings import Settings, rule_of, value_of

_AT = re.compile(r"line (\d+)(?:, ([a-z_.]+):)?")
"""Where `homespun.settings` says that a file is wrong."""


def allowed(key: str) -> str:
    """What may be there, in the window's language."""
    rule, standard = rule_of(key), value_of(Settings(), key)
    if isinstance(standard, bool):
        return say("settings.allowed_switch")
    if rule.words:
        return say("settings.allowed_words", words=", ".join(f'"{word}"' for word in rule.words))
    if isinstance(standard, int):
        return say("settings.allowed_number", least=rule.least, most=rule.most)
    return say("settings.allowed_list") if isinstance(standard, tuple) else say("settings.allowed_text")


def fault_of(error: HomespunError) -> Notice:
    """Line, key and remedy of a file that can't be understood."""
    found = _AT.search(error.what)
    if found is None:
        return Notice("danger", say("settings.unreadable"), f"{reason(error.what)} {reason(error.todo)}")
    line, key = found[1], found[2] or ""
    if not key:
        return Notice("danger", say("settings.broken_line", line=line), say("settings.broken_todo"))
    may = say("settings.allowed_section")
    with suppress(NotFound):
        may = allowed(key)
    return Notice("danger", say("settings.broken_value", line=line, key=key), f"{may} {say('settings.broken_todo')}")
