"""`homespun index`: choosing folders, running, and asking what is known."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from homespun.errors import NotFound
from homespun.progress import Progress
from indexer.document import State
from indexer.report import Problem, RootStatus, RunReport, Stage, Why
from tests.desktop.known_index import KnownIndex, Said

Homespun = Callable[..., Said]


def test_adding_a_folder_reads_it_too(known: KnownIndex, homespun: Homespun, tmp_path: Path) -> None:
    said = homespun("index", "add", str(tmp_path))

    assert said.code == 0
    assert known.added == [tmp_path]
    assert known.ran == [Stage.PASSAGES]
    assert said.out.splitlines() == [
        f"Added {tmp_path}",
        "Up to date. 12 files: 12 new · meaning of 40 passages · 1.3 s",
    ]


def test_no_run_only_notes_the_folders(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("index", "add", "one", "two", "--no-run")

    assert known.added == [Path.cwd() / "one", Path.cwd() / "two"]
    assert known.ran == []
    assert said.out.splitlines()[-1] == "Nothing is read yet: homespun index run"


def test_a_warning_about_a_folder_goes_to_standard_error_and_into_the_json(
    known: KnownIndex, homespun: Homespun
) -> None:
    warning = "It holds 3 more folders that are added already."

    assert homespun("index", "add", "/srv/wide", "--no-run").err == f"{warning}\n"
    assert json.loads(homespun("index", "add", "/srv/wide", "--json").out) == {
        "added": [{"path": "/srv/wide", "warning": warning}],
        "run": {
            "new": 12,
            "changed": 0,
            "removed": 0,
            "unchanged": 0,
            "problems": 0,
            "embedded": 40,
            "away": [],
            "seconds": {"names": 0.2, "text": 1.1},
        },
    }


@pytest.mark.parametrize("stage", ["names", "text", "meaning", "passages"])
def test_a_run_stops_after_the_stage_asked_for(known: KnownIndex, homespun: Homespun, stage: str) -> None:
    homespun("index", "run", "--stage", stage)

    assert known.ran == [Stage(stage)]


def test_an_unknown_stage_is_refused_with_the_known_ones(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("index", "run", "--stage", "vectors")

    assert said.code == 2
    assert "meaning" in said.err
    assert known.ran == []


def test_a_run_without_changes_says_so(known: KnownIndex, homespun: Homespun) -> None:
    known.report = RunReport(unchanged=2850, seconds={"names": 0.06})

    assert homespun("index", "run").out == "Up to date. 2,850 files: nothing changed · 0.1 s\n"


def test_a_run_names_what_needs_a_look(known: KnownIndex, homespun: Homespun) -> None:
    known.report = RunReport(new=1, removed=2, problems=3, away=("/media/stick",), seconds={"text": 1.0})

    rows = homespun("index", "run").out.splitlines()

    assert rows[0].startswith("Up to date. 1 file: 1 new, 2 gone")
    assert rows[1] == "3 files could not be read wholly: homespun index problems"
    assert rows[2] == "/media/stick is not there now; what is known of it is kept."


def test_quiet_runs_say_nothing(known: KnownIndex, homespun: Homespun) -> None:
    assert homespun("index", "run", "--quiet") == Said(0, "", "")
    assert homespun("--quiet", "index", "run") == Said(0, "", "")
    assert homespun("index", "--quiet", "run") == Said(0, "", "")


def test_removing_says_what_was_dropped(known: KnownIndex, homespun: Homespun) -> None:
    assert homespun("index", "remove", "/srv/docs").out == "Removed /srv/docs · 12 files dropped\n"
    assert json.loads(homespun("index", "remove", "/srv/docs", "--json").out) == {
        "removed": [{"path": "/srv/docs", "files": 12}]
    }


def test_the_list_marks_folders_that_are_away(known: KnownIndex, homespun: Homespun) -> None:
    known.folders = (RootStatus("/srv/docs", "here", 12), RootStatus("/media/stick", "away", 1))

    assert homespun("index", "list").out.splitlines() == [
        "/srv/docs · 12 files",
        "/media/stick · 1 file · not there now",
    ]
    assert json.loads(homespun("index", "list", "--json").out)["roots"][1] == {
        "path": "/media/stick",
        "state": "away",
        "files": 1,
    }


def test_status_counts_files_kinds_meaning_waiting_and_room(known: KnownIndex, homespun: Homespun) -> None:
    known.waiting_text, known.waiting_vectors = 10, 900

    rows = homespun("index", "status").out.splitlines()

    assert rows[0] == "/home/ann/Documents · 12 files"
    assert rows[2:] == [
        "Files     48,000: 47,990 read, 2 read in part, 8 unreadable",
        "Kinds     30,000 pictures, 17,999 texts, 1 PDF",
        "Meaning   99,100 of 100,000 passages",
        "Waiting   10 files to read, 900 passages to understand",
        "Room      64.0 MB for 90.0 MB of text, and 12.0 MB of cache",
        "Last run  20 November 2026",
    ]
    assert json.loads(homespun("index", "status", "--json").out)["waiting_vectors"] == 900


def test_problems_name_file_and_reason(known: KnownIndex, homespun: Homespun) -> None:
    raw = b"/srv/docs/\xff.pdf"
    known.found_problems = (Problem(raw, "/srv/docs/\\xff.pdf", State.ERROR, "pdf: password", "pdf", 1),)

    said = homespun("index", "problems")

    assert said.out.splitlines()[:2] == ["/srv/docs/\\xff.pdf", "  Can't be read: pdf: password"]
    [problem] = json.loads(homespun("index", "problems", "--json").out)["problems"]
    assert os.fsencode(problem["path"]) == raw
    assert (problem["state"], problem["reason"], problem["reader"], problem["version"]) == (
        "error",
        "pdf: password",
        "pdf",
        1,
    )


def test_no_problems_is_said_too(known: KnownIndex, homespun: Homespun) -> None:
    assert homespun("index", "problems").out == "Every file was read.\n"


def test_why_answers_for_a_path_seen_from_here(
    known: KnownIndex, homespun: Homespun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known.reason = Why("notes/.secret", False, "Its name starts with a dot.", "Rename it to search it.")

    said = homespun("index", "why", "notes/../notes/.secret")

    assert said.code == 0
    assert known.asked[0][0] == str(tmp_path / "notes" / ".secret")
    assert said.out.splitlines() == [
        "notes/.secret",
        "Not found. Its name starts with a dot.",
        "Rename it to search it.",
    ]
    assert json.loads(homespun("index", "why", "x", "--json").out) == {
        "shown": "notes/.secret",
        "found": False,
        "sentence": "Its name starts with a dot.",
        "todo": "Rename it to search it.",
    }


def test_forgetting_needs_a_yes(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("index", "forget", "/srv/diary.txt")

    assert said.code == 9
    assert said.err.splitlines() == [
        "Nothing was forgotten. It needs your yes, and nobody is there to ask.",
        "Add --yes to agree.",
    ]
    assert known.forgotten == []


def test_forgetting_with_a_yes_says_what_is_gone(known: KnownIndex, homespun: Homespun) -> None:
    assert homespun("index", "forget", "/srv/diary.txt", "--yes").out == "Forgot 1 file and 7 passages.\n"
    assert known.forgotten == [Path("/srv/diary.txt")]


class Person(io.StringIO):
    """Somebody at a terminal who types what the test says."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("YES\n", 0), ("n\n", 9), ("\n", 9), ("", 9)])
def test_only_a_clear_yes_at_the_question_agrees(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Person(typed))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    said = homespun("index", "forget", "/srv/diary.txt")

    assert said.code == code
    assert "Forget everything about /srv/diary.txt? The file itself stays. [y/N]" in said.err
    assert len(known.forgotten) == (1 if code == 0 else 0)


def test_watching_tells_each_event_and_ends_as_stopped(known: KnownIndex, homespun: Homespun) -> None:
    said = homespun("index", "watch")

    assert said.code == 130
    assert said.out == "lease-2019.pdf changed; searchable now\n"
    assert "What was done so far is kept." in said.err
    [event, stopped] = homespun("index", "watch", "--json").out.splitlines()
    assert json.loads(event) == {"event": "lease-2019.pdf changed; searchable now"}
    assert json.loads(stopped)["code"] == 130


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process at once on Windows")
def test_ctrl_c_stops_a_run_at_its_next_report_and_keeps_the_work(known: KnownIndex, homespun: Homespun) -> None:
    before = signal.getsignal(signal.SIGINT)  # ignored where the tests run in the background
    seen: list[int] = []

    def during(progress: Progress) -> None:
        for number in range(100):
            if number == 3:
                os.kill(os.getpid(), signal.SIGINT)
            progress.report(number, 100, "files")
            seen.append(number)

    known.during_run = during

    said = homespun("index", "run")

    assert said.code == 130
    assert said.err.splitlines() == ["Stopped.", "What was done so far is kept."]
    assert seen == [0, 1, 2]
    assert signal.getsignal(signal.SIGINT) is before


def test_every_command_says_how_to_begin_without_an_index(nothing_indexed: None, homespun: Homespun) -> None:
    for arguments in (
        ["search", "lease"],
        ["index", "list"],
        ["index", "run"],
        ["index", "watch"],
        ["index", "status"],
        ["index", "problems"],
        ["index", "why", "x"],
        ["index", "forget", "x", "--yes"],
        ["index", "remove", "x"],
        ["app", "--terminal"],
    ):
        said = homespun(*arguments)

        assert said.code == 3
        assert said.err.splitlines() == ["There is no index yet.", "Add a folder: homespun index add FOLDER"]
        failure = json.loads(homespun(*arguments, "--json").out)
        assert failure == {
            "error": "There is no index yet.",
            "todo": "Add a folder: homespun index add FOLDER",
            "code": 3,
        }


def test_an_error_from_the_indexer_keeps_its_words(known: KnownIndex, homespun: Homespun) -> None:
    known.fault = NotFound("The model is not here.", "Get it: homespun models get all-minilm")

    assert homespun("index", "run").err.splitlines() == [
        "The model is not here.",
        "Get it: homespun models get all-minilm",
    ]


def test_long_paths_are_whole_in_a_pipe(known: KnownIndex, homespun: Homespun) -> None:
    long = "/srv/" + "folder/" * 40 + "x.pdf"
    known.found_problems = (Problem(long.encode(), long, State.PARTIAL, "pdf: 2,000 pages read", "pdf", 1),)
    known.reason = replace(known.reason, shown=long)

    assert homespun("index", "problems").out.splitlines()[0] == long
    assert homespun("index", "why", long).out.splitlines()[0] == long
