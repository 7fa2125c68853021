"""The verbs as entries of a menu: what they are called there, and the command behind each."""

from __future__ import annotations

from collections.abc import Callable

from installer.shell.files import Wish
from installer.shell.quoting import key_value
from installer.verbs import PROGRAM, VERBS, On, Verb


def command(wish: Wish, verb: Verb) -> tuple[str, ...]:
    """The words before the chosen files. After "--" no name is taken for an option."""
    return (*wish.command, *verb.arguments, "--")


def flat(words: str) -> str:
    """What an entry is called in a menu that has no cascade: "Erase…" alone would not say who erases."""
    return f"{PROGRAM}: {words}"


def localised(wish: Wish, key: str, words: Callable[[str], str]) -> str:
    """The lines of a key file that say `words(language)` in every language of the wish."""
    first, *others = wish.languages
    rows = [f"{key}={key_value(words(first))}", *(f"{key}[{one}]={key_value(words(one))}" for one in others)]
    return "\n".join(rows)


def grouped() -> tuple[tuple[On, tuple[Verb, ...]], ...]:
    """The verbs of pictures and those of folders, each in the order of the menu."""
    return tuple((what, tuple(verb for verb in VERBS if verb.on == what)) for what in On)
