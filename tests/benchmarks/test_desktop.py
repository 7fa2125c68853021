"""The benchmark of the window: what it says when something is not there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks import desktop
from benchmarks.desktop.stage import Stage
from benchmarks.table import Row, Skipped


def test_a_section_that_is_not_there_is_named_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert desktop.main(["--only", "cold,tepid"]) == 2
    said = capsys.readouterr().err
    assert "no section tepid" in said
    assert "cold, warm" in said


def test_without_a_screen_it_says_why_and_measures_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert desktop.main(["--json", "--scratch", str(tmp_path)]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["ours"].startswith("not run: there is no screen, and Xvfb")


def test_a_peer_that_is_not_installed_is_skipped_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    stage = Stage(tmp_path, {}, 1)
    with pytest.raises(Skipped, match="rofi is not installed"):
        desktop.SECTIONS["launcher"](stage)
    with pytest.raises(Skipped, match="xwd is not installed"):
        desktop.SECTIONS["viewer"](stage)


def test_a_section_that_breaks_costs_no_other_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")

    def breaks(_stage: Stage) -> list[Row]:
        raise ValueError("too much")

    monkeypatch.setitem(desktop.SECTIONS, "cold", breaks)
    monkeypatch.setitem(desktop.SECTIONS, "warm", lambda _stage: [Row("warm", "5 ms")])
    assert desktop.main(["--only", "cold,warm", "--json", "--scratch", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert [row["ours"] for row in json.loads(told.out)["rows"]] == ["broke: see the traceback", "5 ms"]
    assert "too much" in told.err
