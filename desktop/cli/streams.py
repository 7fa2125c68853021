"""The two streams that a command writes to, and what the terminal behind them can do."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from homespun.errors import NoSpace, is_disk_full

_TYPOGRAPHY: Mapping[str, str] = {
    "…": "...",
    "–": "-",
    "—": "-",
    "·": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "›": ">",
    "→": "->",
    "✓": "+",
    "─": "-",
    "━": "-",
    "╸": "-",
    "╺": "-",
}


class PipeClosed(Exception):
    """Whoever read our output has had enough (`homespun … | head`)."""


def _spell_out(error: UnicodeError) -> tuple[str | bytes, int]:
    """Codec error handler: what a legacy code page lacks becomes plain punctuation or "?", never a crash."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_TYPOGRAPHY.get(character, "?") for character in missing), error.end


def make_forgiving() -> None:
    """Let both streams take any character, whatever code page the console has."""
    codecs.register_error("homespun", _spell_out)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="homespun")


def write(stream: TextIO, text: str) -> None:
    """Write `text` to `stream` now. Raises `PipeClosed` and `NoSpace`."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        raise closed_or_full(error) from error


def closed_or_full(error: OSError) -> Exception:
    """What a failed write to a stream means. Windows says EINVAL where others say EPIPE."""
    if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
        return PipeClosed()
    if is_disk_full(error):
        return NoSpace("The output could not be written: the disk is full.", "Make room and run it again.")
    return error


def abandon_stdout() -> None:
    """Send the rest of standard output nowhere, so that Python's own flush at the end does not complain again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_terminal(stream: TextIO) -> bool:
    """Whether `stream` shows colours and lines to a person: a terminal, or anything under FORCE_COLOR."""
    if os.environ.get("FORCE_COLOR"):
        return True
    with suppress(ValueError):
        return stream.isatty() and os.environ.get("TERM", "") != "dumb"
    return False


def shows_links() -> bool:
    """Whether the terminal is known to understand OSC 8 links; unknown ones might print the address as rubbish.

    FORCE_HYPERLINK=1 or 0 decides against the list, as in other programs.
    """
    environment = os.environ
    forced = environment.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced not in ("", "0")
    if environment.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"):
        return True
    if any(name in environment for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")):
        return True
    # VTE (GNOME Terminal, Tilix, …) learnt links in 0.50.
    if environment.get("VTE_VERSION", "0").isdigit() and int(environment.get("VTE_VERSION", "0")) >= 5000:
        return True
    return environment.get("TERM", "") in ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra")
