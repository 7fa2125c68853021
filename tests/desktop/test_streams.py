"""What the streams and the terminal behind them can do is found out, not assumed."""

from __future__ import annotations

import errno
import io
import os
import sys

import pytest

from desktop.cli import streams
from homespun.errors import NoSpace

TERMINALS = (
    "FORCE_HYPERLINK",
    "TERM_PROGRAM",
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "DOMTERM",
    "VTE_VERSION",
    "TERM",
)


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "4800"}, False),
        ({"VTE_VERSION": "odd"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"WT_SESSION": "1"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "1"}, False),
    ],
)
def test_links_are_for_terminals_known_to_have_them(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], links: bool
) -> None:
    for name in TERMINALS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert streams.shows_links() is links


class Terminal(io.StringIO):
    """A stream with a person behind it."""

    def isatty(self) -> bool:
        return True


def test_a_dumb_terminal_and_a_pipe_get_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert streams.is_terminal(Terminal())
    assert not streams.is_terminal(io.StringIO())

    monkeypatch.setenv("TERM", "dumb")
    assert not streams.is_terminal(Terminal())

    monkeypatch.setenv("FORCE_COLOR", "1")
    assert streams.is_terminal(io.StringIO())


def test_a_closed_stream_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    closed = io.StringIO()
    closed.close()

    assert not streams.is_terminal(closed)


@pytest.mark.parametrize(
    ("code_page", "seen"),
    [
        ("ascii", b'"lease" - 3 - 5 ...?'),
        ("cp1252", b"\x93lease\x94 \xb7 3 \x96 5 \x85?"),
        ("cp437", b'"lease" \xfa 3 - 5 ...?'),
    ],
)
def test_signs_that_a_code_page_lacks_become_plain_ones(
    monkeypatch: pytest.MonkeyPatch, code_page: str, seen: bytes
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=code_page))
    streams.make_forgiving()

    streams.write(sys.stdout, "“lease” · 3 – 5 …報")

    assert raw.getvalue() == seen


class Failing(io.StringIO):
    """A stream whose other side fails in one way."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def flush(self) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (BrokenPipeError(), streams.PipeClosed),
        (OSError(errno.ENOSPC, "full"), NoSpace),
        (OSError(errno.EIO, "broken"), OSError),
    ],
)
def test_a_failed_write_says_what_it_means(error: OSError, meaning: type[Exception]) -> None:
    with pytest.raises(meaning):
        streams.write(Failing(error), "text")


def test_windows_calls_a_closed_pipe_an_invalid_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(errno.EINVAL, "Invalid argument")
    assert streams.closed_or_full(error) is error

    monkeypatch.setattr(os, "name", "nt")
    assert isinstance(streams.closed_or_full(error), streams.PipeClosed)
