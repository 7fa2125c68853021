"""A command goes into each kind of file and comes out word by word, whatever is in it."""

from __future__ import annotations

import re
import shlex

from hypothesis import given
from hypothesis import strategies as st

from installer.shell.quoting import desktop_exec, key_value, posix_exec, writable

WORDS = st.lists(st.text("ab /\\\"'`$%&|;()<>*?#~=é漢-", min_size=1, max_size=10), min_size=1, max_size=5)


def unescaped(value: str) -> str:
    """A value of a key file, as its readers understand it."""
    known = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda found: known[found[1]], value, flags=re.DOTALL)


def words_of_exec(value: str) -> list[str]:
    """The words of an `Exec`, by the specification of desktop entries."""
    words: list[str] = []
    line = unescaped(value)
    at = 0
    while at < len(line):
        if line[at] == " ":
            at += 1
            continue
        word = ""
        if line[at] == '"':
            at += 1
            while line[at] != '"':
                if line[at] == "\\":
                    at += 1
                    assert line[at] in '"`$\\'
                else:
                    assert line[at] not in "`$", "must be escaped"
                word += line[at]
                at += 1
            at += 1
            assert at == len(line) or line[at] == " "
        else:
            while at < len(line) and line[at] != " ":
                assert line[at] not in "\"'\\><~|&;$*?#()`", "must be quoted"
                word += line[at]
                at += 1
        words.append(word)
    return words


@given(WORDS)
def test_a_desktop_entry_gives_the_words_back(words: list[str]) -> None:
    *found, code = words_of_exec(desktop_exec(words, "%F"))

    assert code == "%F"
    assert [word.replace("%%", "%") for word in found] == words
    assert not re.search(r"(?<!%)(%%)*%(?!%)", " ".join(found))  # no code but ours


@given(WORDS)
def test_what_splits_like_a_shell_gives_the_words_back(words: list[str]) -> None:
    *found, code = shlex.split(unescaped(key_value(posix_exec(words, "%F"))))

    assert code == "%F"
    assert [word.replace("%%", "%") for word in found] == words


def test_words_that_no_line_can_hold_are_known() -> None:
    assert writable(["/usr/bin/homespun", "-m", "ü 漢 $(x) %f"])
    assert not any(writable([word]) for word in ("", "a\nb", "a\0b", "a\x1bb", "caf\udce9", "a\u2028b", "a\u202eb"))
