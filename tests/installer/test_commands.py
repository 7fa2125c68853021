"""The command line: words, exit codes, and that docs/install.md explains all of them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from installer import commands, interpreter
from installer.devices import SIMULATORS
from installer.environment import EXPORT_OPTIMUM, EXPORT_TORCH, RUN, TEST, Builder, Environment
from installer.failure import ExitCode, Failure
from installer.pip import entry

ROOT = Path(__file__).resolve().parents[2]
DEVICES = tuple(simulator.environment for simulator in SIMULATORS)
DOCS = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is started after a set-up, which is only pretended."""
    found: list[list[str]] = []

    def run(command: list[str], **_more: Any) -> subprocess.CompletedProcess[str]:
        found.append(command[1:])
        return subprocess.CompletedProcess(command, 7)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(Builder, "ensure", lambda _self, wanted: Path(wanted.folder) / "python")
    return found


def test_demo_and_app_pass_their_words_and_the_exit_code_on(started: list[list[str]]) -> None:
    assert commands.main(["demo", "--quick", "words"]) == 7
    assert commands.main(["app", "--hidden"]) == 7
    assert started == [["-m", "desktop.demo", "--quick", "words"], ["-m", "desktop", "app", "--hidden"]]


def test_export_env_makes_both(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Environment] = []

    def ensure(_self: Builder, wanted: Environment) -> Path:
        made.append(wanted)
        return Path("python")

    monkeypatch.setattr(Builder, "ensure", ensure)
    assert commands.main(["export-env"]) == 0
    assert made == [EXPORT_OPTIMUM, EXPORT_TORCH]
    assert started == []


@pytest.mark.parametrize(
    "words", [["setup", "--what"], ["setup", "what"], ["test", "--export", "--devices"], ["fly"], []]
)
def test_wrong_words_exit_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        commands.main(words)
    assert exit_.value.code == ExitCode.USAGE
    assert "usage:" in capsys.readouterr().err


def test_a_failure_is_two_lines_after_the_foreign_words_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ensure(_self: Builder, _wanted: Environment) -> Path:
        raise Failure(ExitCode.DISK, "The disk is full.", "Make room.", detail="Errno 28")

    monkeypatch.setattr(Builder, "ensure", ensure)
    assert commands.main(["setup"]) == 11
    assert capsys.readouterr().err == "\nErrno 28\n\nerror: The disk is full.\ndo:    Make room.\n"


def test_a_wrong_python_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = interpreter.Interpreter((3, 12), "3.12.1", 64, "win-amd64", "ARM64", None)
    monkeypatch.setattr(interpreter, "this_interpreter", lambda: wrong)
    for words in (["setup"], ["demo"], ["test"], ["app"], ["export-env"], ["wheels"], ["lock"]):
        assert commands.main(words) == 10
    assert "Arm64" in capsys.readouterr().err


def test_a_wheelhouse_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert commands.main(["setup", "--wheelhouse", str(tmp_path / "none")]) == ExitCode.USAGE
    assert "There is no folder" in capsys.readouterr().err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def ensure(_self: Builder, _wanted: Environment) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Builder, "ensure", ensure)
    assert commands.main(["setup"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_every_command_option_and_exit_code_is_documented() -> None:
    text = commands.parser().format_help()
    names = re.findall(r"^    ([a-z-]+)\s", text, re.MULTILINE)
    assert {"setup", "demo", "test", "app", "build", "export-env", "wheels", "lock"} == set(names)
    assert [name for name in names if f"`{name}" not in DOCS] == []
    assert [code for code in ExitCode if not re.search(rf"^\| {int(code)} \|", DOCS, re.MULTILINE)] == []
    for option in ("--wheelhouse", "--no-window", "--only", "--export", "--devices", "--packaging", "--upgrade"):
        assert option in DOCS


@pytest.mark.parametrize("environment", [RUN, TEST, EXPORT_OPTIMUM, EXPORT_TORCH, *DEVICES], ids=lambda one: one.folder)
def test_the_probe_of_each_environment_is_in_its_lock(environment: Environment) -> None:
    lock = environment.locks[0].path(ROOT).read_text(encoding="utf-8")
    assert entry(lock, environment.probe).startswith(f"{environment.probe}==")
