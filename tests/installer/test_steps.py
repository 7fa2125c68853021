"""One line for each step, on a terminal and in a file."""

from __future__ import annotations

import io

import pytest

from installer.steps import Steps


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_file_a_step_is_one_line_with_its_seconds() -> None:
    out = io.StringIO()
    Steps(out).run("Packages", lambda note: note("Collecting a") or "51 installed")  # type: ignore[func-returns-value]
    assert out.getvalue() == "  Packages           51 installed (0.0 s)\n"


def test_on_a_terminal_the_line_shows_what_is_under_way() -> None:
    out = Terminal()
    Steps(out).run("Packages", lambda note: note("Collecting a") or "51 installed")  # type: ignore[func-returns-value]
    assert "Collecting a" in out.getvalue()
    assert out.getvalue().rpartition("\r")[2] == "  Packages           51 installed (0.0 s)\n"


def test_a_step_that_fails_says_so_and_lets_the_failure_through() -> None:
    out = io.StringIO()

    def work(_note: object) -> str:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        Steps(out).run("Packages", work)
    assert out.getvalue() == "  Packages           FAILED\n"
