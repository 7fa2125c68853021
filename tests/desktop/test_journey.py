"""From an empty computer to a found file, with the real index, the real model and the real processes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.desktop.test_process import COMMAND, environment
from tests.desktop.test_search import check_shape

LEASE = (
    "The tenant pays the rent of the flat in Mill Road in advance. The lease ends in May; the deposit is two months.\n"
)
SOUP = "# Leek soup\n\nCook the leeks and potatoes slowly in butter, add stock, blend, and stir in the cream.\n"
BIKE = "Chain, brakes and tyres of the bicycle were changed in spring. The gears still slip on hills.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A computer of its own for this journey: the folder that HOMESPUN_HOME names."""
    folder = tmp_path_factory.mktemp("journey")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOMESPUN_HOME", str(folder / "homespun-home"))
        yield folder


def run(home: Path, *arguments: str | bytes, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command on that computer to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(HOMESPUN_HOME=str(home / "homespun-home"), **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def answer(home: Path, *arguments: str | bytes) -> dict[str, Any]:
    """Run a command with `--json` and read what it says."""
    done = run(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def papers(home: Path) -> Path:
    """A folder of a few real files, one with a name that is no UTF-8 where the system allows it, added and read."""
    folder = home / "Papers"
    folder.mkdir()
    (folder / "lease.txt").write_text(LEASE)
    (folder / "soup.md").write_text(SOUP)
    (folder / "bike.txt").write_text(BIKE)
    (folder / ".secret.txt").write_text("a hidden diary")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of use")
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(
            "Espresso and a croissant on the terrace.\n"
        )
    said = answer(home, "index", "add", str(folder))
    assert said["added"] == [{"path": str(folder), "warning": said["added"][0]["warning"]}]
    assert said["run"]["new"] == (5 if sys.platform == "linux" else 4)
    return folder


def test_a_sentence_finds_the_file_by_its_words(home: Path, papers: Path) -> None:
    found = answer(home, "search", "deposit for the flat")

    check_shape(found)
    assert found["hits"][0]["path"] == str(papers / "lease.txt")
    assert found["hits"][0]["kind"] == "text"


def test_a_sentence_finds_the_file_by_what_it_means(home: Path, papers: Path) -> None:
    assert answer(home, "search", "apartment rental agreement")["hits"][0]["path"] == str(papers / "lease.txt")
    assert answer(home, "search", "vegetable recipe for dinner")["hits"][0]["path"] == str(papers / "soup.md")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep file names as text")
def test_a_name_that_is_no_text_comes_back_exactly(home: Path, papers: Path) -> None:
    raw = os.fsencode(papers) + b"/caf\xe9.txt"

    [hit, *_] = answer(home, "search", "espresso on the terrace")["hits"]

    assert os.fsencode(hit["path"]) == raw
    assert Path(hit["path"]).read_text().startswith("Espresso")
    assert answer(home, "index", "why", raw)["found"] is True
    assert run(home, "search", "espresso terrace").returncode == 0


def test_questions_are_answered_one_by_one_as_they_come(home: Path, papers: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "search", "-", "--json", "--limit", "2"],
        env=environment(HOMESPUN_HOME=str(home / "homespun-home")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("deposit", "", "   ", "bicycle gears", "-draft", "zzzzqqqq"):
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            said = json.loads(process.stdout.readline())
            check_shape(said)
            assert said["query"] == question
            assert len(said["hits"]) <= 2
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(timeout=60) == 0


def test_answers_that_nobody_reads_any_more_are_no_error(home: Path, papers: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "search", "-", "--json"],
        env=environment(HOMESPUN_HOME=str(home / "homespun-home")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(b"deposit\n" * 50, timeout=60)

    assert (process.returncode, errors) == (0, b"")


def test_why_has_an_answer_for_every_path(home: Path, papers: Path) -> None:
    for path, found in (
        (papers / "lease.txt", True),
        (papers / ".secret.txt", False),
        (papers / "not there.txt", False),
        (home, False),
        (papers / "broken.pdf", True),
    ):
        said = answer(home, "index", "why", str(path))

        assert said["found"] is found, said
        assert said["sentence"].endswith((".", "!"))


def test_a_broken_file_is_a_problem_with_a_reason(home: Path, papers: Path) -> None:
    problems = answer(home, "index", "problems")["problems"]

    assert str(papers / "broken.pdf") in [each["path"] for each in problems]
    assert all(each["reason"] for each in problems)


def test_status_and_list_count_the_folder(home: Path, papers: Path) -> None:
    status = answer(home, "index", "status")

    assert status["roots"] == answer(home, "index", "list")["roots"]
    assert status["roots"][0]["path"] == str(papers)
    assert (status["waiting_text"], status["waiting_vectors"], status["writer"]) == (0, 0, None)
    assert run(home, "index", "status").stdout.decode().splitlines()[0].startswith(str(papers))


def test_a_second_run_has_nothing_to_do(home: Path, papers: Path) -> None:
    said = answer(home, "index", "run")

    assert (said["new"], said["changed"], said["removed"], said["embedded"]) == (0, 0, 0, 0)
    assert said["unchanged"] == (5 if sys.platform == "linux" else 4)


def test_a_changed_file_is_found_by_its_new_words(home: Path, papers: Path) -> None:
    (papers / "bike.txt").write_text("The tandem was sold to a velodrome.\n")

    assert answer(home, "index", "run", "--stage", "text")["changed"] == 1
    by_words = answer(home, "search", "velodrome")
    assert by_words["partial"] is True
    assert str(papers / "bike.txt") in [hit["path"] for hit in by_words["hits"] if "words: velodrome" in hit["why"]]
    assert answer(home, "index", "run")["embedded"] == 1
    complete = answer(home, "search", "velodrome")
    assert complete["partial"] is False
    assert complete["hits"][0]["path"] == str(papers / "bike.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to send to one process on Windows")
def test_ctrl_c_ends_watching_as_stopped(home: Path, papers: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "index", "watch", "--json"],
        env=environment(HOMESPUN_HOME=str(home / "homespun-home")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # it watches now; a signal before that may be lost on a busy machine
        process.send_signal(signal.SIGINT)
        try:
            rest, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        output = first + rest

    assert process.returncode == 130, errors.decode()
    assert errors.decode().splitlines() == ["Stopped.", "What was done so far is kept."]
    assert all("event" in row or row["code"] == 130 for row in map(json.loads, output.splitlines()))


def on_terminal(home: Path, *arguments: str, columns: int, **changes: str) -> str:
    """What the command draws on a terminal of that many columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {name: value for name, value in environment(**changes).items() if name not in ("COLUMNS", "FORCE_COLOR")}
    clean |= {"HOMESPUN_HOME": str(home / "homespun-home"), "TERM": "xterm-256color"}
    with subprocess.Popen([*COMMAND, *arguments], env=clean, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        drawn = bytearray()
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not block:
                break
            drawn += block
        assert process.wait(timeout=60) == 0
    os.close(ours)
    return drawn.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals in Python on Windows")
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_nothing_is_wider_than_the_terminal(home: Path, papers: Path, columns: int) -> None:
    for arguments in (
        ["search", "deposit for the flat"],
        ["index", "status"],
        ["models", "list"],
        ["settings", "list"],
    ):
        drawn = on_terminal(home, *arguments, columns=columns)

        rows = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", drawn).splitlines()
        assert rows
        assert max(map(cell_len, rows)) <= min(columns, 100)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals in Python on Windows")
def test_a_terminal_gets_colour_marks_and_links_unless_it_says_no(home: Path, papers: Path) -> None:
    coloured = on_terminal(home, "search", "deposit", columns=80, FORCE_HYPERLINK="1", NO_COLOR="")
    colourless = on_terminal(home, "search", "deposit", columns=80, FORCE_HYPERLINK="0", NO_COLOR="1")

    assert "\x1b[1;36mdeposit" in coloured
    assert "lease.txt" in coloured[coloured.index("\x1b]8;") :]
    assert "\x1b[1mdeposit" in colourless
    assert "\x1b]8;" not in colourless


def test_what_is_forgotten_is_gone_and_its_folder_too(home: Path, papers: Path) -> None:
    assert run(home, "index", "forget", str(papers / "soup.md")).returncode == 9

    assert answer(home, "index", "forget", str(papers / "soup.md"), "--yes")["files"] == 1
    assert str(papers / "soup.md") not in [hit["path"] for hit in answer(home, "search", "leek soup")["hits"]]
    assert (papers / "soup.md").exists()
    assert answer(home, "index", "remove", str(papers))["removed"][0]["files"] >= 3
    assert answer(home, "index", "list")["roots"] == []
    assert "homespun index add FOLDER" in run(home, "search", "leek soup").stdout.decode()


def test_failures_have_their_own_exit_codes(home: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    for code, arguments in (
        (2, ["search"]),
        (2, ["index", "run", "--stage", "all"]),
        (3, ["search", "lease"]),
        (3, ["index", "add", str(tmp_path / "no such folder")]),
        (3, ["models", "get", "nix"]),
        (9, ["models", "get", "lama"]),
    ):
        done = run(fresh, *arguments)

        assert done.returncode == code, (arguments, done.stderr.decode())
        assert len(done.stderr.splitlines()) == 2
        assert done.stdout == b""
