"""`homespun app --terminal`: a conversation in the terminal."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cli import opener, terminal
from homespun.errors import NoConsent, NotFound
from tests.desktop.known_index import HOUSE, LEASE, KnownIndex, Said

Homespun = Callable[..., Said]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """What was opened, instead of opening it."""
    seen: list[tuple[str, Path]] = []
    monkeypatch.setattr(terminal, "open_file", lambda path: seen.append(("file", path)))
    monkeypatch.setattr(terminal, "open_folder", lambda path: seen.append(("folder", path)))
    return seen


def say(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Type `lines` and leave with the end of input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{row}\n" for row in lines)))


def test_a_hit_is_opened_by_its_number(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch, opened: list[tuple[str, Path]]
) -> None:
    say(monkeypatch, "", "lease of the flat", "2", "f 1")

    said = homespun("app", "--terminal")

    assert said.code == 0
    assert [question for question, _, _ in known.asked] == ["lease of the flat"]
    assert opened == [("file", Path(os.fsdecode(HOUSE.path))), ("folder", Path(os.fsdecode(LEASE.path)))]
    assert "  1 Lease of the flat in Mill Road" in said.out.splitlines()


def test_a_number_that_no_hit_has_is_a_sentence(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch, opened: list[tuple[str, Path]]
) -> None:
    say(monkeypatch, "2", "1984", "3", "f 0", "q", "never asked")

    homespun("app", "--terminal")

    assert [question for question, _, _ in known.asked] == ["2", "1984", "3", "f 0"]
    assert opened == []


def test_a_file_that_is_gone_is_said_and_the_conversation_goes_on(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, "lease", "1", "flat")
    known.hits = (replace(LEASE, path=b"/nowhere/lease-2019.pdf"),)

    said = homespun("app", "--terminal")

    assert said.code == 0
    assert "lease-2019.pdf was moved or deleted." in said.err
    assert len(known.asked) == 2


def test_with_json_each_answer_is_an_object(
    known: KnownIndex, homespun: Homespun, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, "lease", "flat")

    answers = [json.loads(row) for row in homespun("app", "--terminal", "--json").out.splitlines()]

    assert [answer["query"] for answer in answers] == ["lease", "flat"]


def test_opening_uses_the_systems_own_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[list[object]] = []
    document = tmp_path / "lease 2019.pdf"
    document.write_bytes(b"%PDF")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: started.append(command))

    opener.open_file(document)
    opener.open_folder(document)

    assert started == [["/usr/bin/xdg-open", document], ["/usr/bin/xdg-open", tmp_path]]


@pytest.mark.parametrize("name", ["setup.EXE", "run.bat", "Tool.desktop", "App.app", "script.vbs"])
def test_opening_never_runs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / name).write_bytes(b"MZ")
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("it was started"))

    with pytest.raises(NoConsent, match="would run it"):
        opener.open_file(tmp_path / name)


def test_what_is_gone_or_has_no_opener_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here.txt").write_text("x")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(sys, "platform", "linux")

    with pytest.raises(NotFound, match="moved or deleted"):
        opener.open_file(tmp_path / "gone.txt")
    with pytest.raises(NotFound, match="not there"):
        opener.open_folder(tmp_path / "no" / "gone.txt")
    with pytest.raises(NotFound, match="xdg-open"):
        opener.open_file(tmp_path / "here.txt")
