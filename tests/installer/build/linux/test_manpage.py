"""The manual page: everything that docs/commands.md tells, in a form that man reads without complaint."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.build.linux import manpage

ROOT = Path(__file__).resolve().parents[4]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
DOC = "/usr/share/doc/homespun"
TIME = 1_700_000_000


def shown(roff: str, width: int = 100) -> str:
    """What a person sees."""
    man = shutil.which("man")
    if man is None:
        pytest.skip("there is no man here (Debian's man-db)")
    shown = subprocess.run(
        [man, "--warnings", "-l", "-"],
        input=roff,
        env={
            "MANWIDTH": str(width),
            "MANPAGER": "cat",
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "MAN_KEEP_FORMATTING": "",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stderr == ""
    return re.sub(r".\x08", "", re.sub(r"\x1b\[[0-9;]*m", "", shown.stdout))


def test_every_command_and_every_option_of_the_page_is_in_it() -> None:
    seen = " ".join(shown(manpage.page(COMMANDS, "1.2.0", TIME, DOC), 1000).split())
    headings = re.findall(r"^## (homespun .*)$", COMMANDS, re.MULTILINE)
    assert len(headings) > 20
    for heading in headings:
        assert heading in seen
    cells = [line.split("|")[1] for line in COMMANDS.splitlines() if line.startswith("| `-")]
    options = {option for cell in cells for option in re.findall(r"--[a-z][a-z-]+", cell)}
    assert len(options) > 30
    assert {option for option in options if option not in seen} == set()


def test_it_begins_and_ends_as_a_page_of_the_manual_does() -> None:
    seen = shown(manpage.page(COMMANDS, "1.2.0", TIME, DOC))
    assert re.match(r"HOMESPUN\(1\)\s+User commands\s+HOMESPUN\(1\)", seen)
    assert re.search(r"Homespun 1\.2\.0\s+2023-11-14\s+HOMESPUN\(1\)\s*$", seen)
    for heading in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS OF EVERY COMMAND", "EXIT STATUS", "COMMANDS", "FILES"):
        assert re.search(rf"^{heading}$", seen, re.MULTILINE)


def test_tables_links_and_examples_keep_their_words_and_lose_their_signs() -> None:
    page = (
        "# Commands\n\nSee [erase](erase.md), [the rules](index-rules.md#x) and [here](#below).\n\n"
        "## homespun why\n\n    homespun why 'a b' --x\n\n| option | does |\n|---|---|\n"
        '| `--either A\\|B` | **one** of `A` and [two](#x) |\n\n```json\n{"a": "~^\\\\"}\n```\n'
    )
    seen = shown(manpage.page(page, "1", TIME, DOC))
    assert "See erase.md, the rules (index-rules.md) and here." in seen
    assert "homespun why 'a b' --x" in seen
    assert re.search(r"--either A\|B\n\s+one of A and two", seen)
    assert '{"a": "~^\\\\"}' in seen
    assert not re.search(r"\*\*|\]\(|`|---\|", seen)


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40), max_size=12))
def test_no_line_of_any_text_becomes_a_request_of_roff(lines: list[str]) -> None:
    page = "# Commands\n\n" + "\n".join(lines)
    ours = re.compile(r"\.(TH|nh|ad|SH|SS|B|PP|TP|RS|RE|nf|fi|br)\b.*")
    for line in manpage.page(page, "1", TIME, DOC).splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or ours.fullmatch(line)
