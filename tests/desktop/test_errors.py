"""Every failure ends in two plain lines, an exit code, and never a traceback that nobody asked for."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable

import pytest

from homespun.errors import (
    Busy,
    Damaged,
    ExitCode,
    HomespunError,
    NetworkError,
    NoConsent,
    NoPermission,
    NoSpace,
    NotFound,
    UsageError,
)
from homespun.progress import Cancelled
from tests.desktop.known_index import KnownIndex, Said

Homespun = Callable[..., Said]


@pytest.mark.parametrize("kind", [UsageError, NotFound, Busy, Damaged, NoSpace, NoPermission, NetworkError, NoConsent])
def test_an_error_is_two_lines_and_its_own_exit_code(
    known: KnownIndex, homespun: Homespun, kind: type[HomespunError]
) -> None:
    known.fault = kind("This happened.", "Do that.")

    assert homespun("search", "lease") == Said(kind.code, "", "This happened.\nDo that.\n")


def test_with_json_an_error_is_an_object_on_standard_output_and_words_on_standard_error(
    known: KnownIndex, homespun: Homespun
) -> None:
    known.fault = Busy("Another Homespun is indexing.", "Wait for it.")

    said = homespun("search", "lease", "--json")

    assert json.loads(said.out) == {"error": "Another Homespun is indexing.", "todo": "Wait for it.", "code": 4}
    assert said.err == "Another Homespun is indexing.\nWait for it.\n"


def test_a_bug_is_a_sentence_and_names_the_way_to_its_traceback(known: KnownIndex, homespun: Homespun) -> None:
    known.fault = ValueError("no such row")

    said = homespun("search", "lease")

    assert said.code == ExitCode.BUG
    assert "Traceback" not in said.err
    assert "(ValueError: no such row)" in said.err
    assert "--debug" in said.err


@pytest.mark.parametrize("arguments", [["--debug", "search", "lease"], ["search", "lease", "--debug"]])
def test_debug_shows_the_traceback_of_bugs_and_errors(
    known: KnownIndex, homespun: Homespun, arguments: list[str]
) -> None:
    for fault in (ValueError("no such row"), Damaged("This happened.", "Do that.")):
        known.fault = fault

        said = homespun(*arguments)

        assert "Traceback (most recent call last)" in said.err
        assert "known_index.py" in said.err


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), Cancelled(), EOFError()])
def test_being_stopped_is_130(known: KnownIndex, homespun: Homespun, stop: BaseException) -> None:
    known.fault = stop

    assert homespun("search", "lease") == Said(130, "", "Stopped.\n")
    assert homespun("index", "run") == Said(130, "", "Stopped.\nWhat was done so far is kept.\n")


def test_a_full_disk_is_no_bug_wherever_it_shows(known: KnownIndex, homespun: Homespun) -> None:
    known.fault = OSError(errno.ENOSPC, "No space left on device")

    said = homespun("index", "run")

    assert said == Said(6, "", "The disk is full.\nMake room and run it again.\n")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["serch"], "Did you mean 'search'?"),
        (["index", "ad", "x"], "'add'"),
        (["index", "list", "--jsn"], "--json"),
        (["index", "add"], "FOLDER"),
        (["index", "list", "extra"], "extra"),
    ],
)
def test_a_wrong_word_is_usage_and_says_what_is_near(homespun: Homespun, arguments: list[str], part: str) -> None:
    said = homespun(*arguments)

    assert said.code == ExitCode.USAGE
    assert said.out == ""
    assert part in said.err
    assert "--help" in said.err.splitlines()[-1]
    assert len(said.err.splitlines()) == 2


def test_wrong_words_with_json_are_an_object_too(homespun: Homespun) -> None:
    assert json.loads(homespun("index", "ad", "--json").out)["code"] == 2


def test_control_characters_in_an_error_are_not_obeyed(known: KnownIndex, homespun: Homespun) -> None:
    known.fault = NotFound("There is no \x1b[31mfile\x07.", "Look\nelsewhere.")

    assert homespun("search", "lease").err == "There is no �[31mfile�.\nLook elsewhere.\n"
