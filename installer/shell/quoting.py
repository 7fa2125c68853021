"""A command as words, written in the way that each kind of file wants it. No shell ever reads the result."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


def writable(words: Sequence[str]) -> bool:
    """Whether the words can be said in one line of text: no control character, no byte that is no text."""
    return all(word and word.isprintable() for word in words)


def desktop_exec(words: Sequence[str], field: str = "") -> str:
    """The value of `Exec` in a desktop entry: quoted as the specification says, then escaped as every value is.

    `field` is the code for the chosen files (%F, %f), which stays as it is.
    """
    quoted = [word if _PLAIN.fullmatch(word) else _in_quotes(word) for word in words]
    line = " ".join(word.replace("%", "%%") for word in quoted)
    return key_value(f"{line} {field}".rstrip())


def posix_exec(words: Sequence[str], field: str = "") -> str:
    """The command for what splits words as a POSIX shell does, without being one (GLib's `g_shell_parse_argv`)."""
    return f"{shlex.join(words).replace('%', '%%')} {field}".rstrip()


def key_value(text: str) -> str:
    """`text` as a value of a key file: its backslashes and line ends escaped."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _in_quotes(word: str) -> str:
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
