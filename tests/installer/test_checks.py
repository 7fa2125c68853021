"""`installer test`: all checks run whatever fails, and the summary and the exit code say which did."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from installer import checks
from installer.checks import Check, export_files, run_checks
from installer.failure import ExitCode, Failure

ROOT = Path(__file__).resolve().parents[2]


def _python(name: str, code: str, skips: Mapping[int, str] | None = None) -> Check:
    return Check(name, (sys.executable, "-c", code), dict(os.environ), skips or {})


@pytest.mark.parametrize("at_once", [False, True])
def test_all_checks_run_and_the_failed_ones_are_named(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, at_once: bool
) -> None:
    found = [
        _python("one", "print('words of one')"),
        _python("two", "raise SystemExit(3)"),
        _python("three", "raise SystemExit(13)", {13: "there is no network"}),
        _python("four", "print('words of four')"),
    ]

    assert run_checks(found, tmp_path, at_once=at_once) == ExitCode.FAILED

    out = capfd.readouterr().out
    assert out.index("words of one") < out.index("words of four") < out.index("Summary")
    summary = {line.split()[0]: line for line in out[out.index("Summary") :].splitlines()[1:-1]}
    assert {name: line.split()[1] for name, line in summary.items()} == {
        "one": "passed",
        "two": "FAILED",
        "three": "skipped",
        "four": "passed",
    }
    assert "exit code 3" in summary["two"]
    assert "there is no network" in summary["three"]
    assert out.splitlines()[-1] == "FAILED: two"


def test_checks_at_once_wait_for_nothing_but_each_other(tmp_path: Path) -> None:
    wait = "import pathlib, time; pathlib.Path('{0}').touch()\nwhile not pathlib.Path('{1}').exists(): time.sleep(0.01)"
    found = [_python("one", wait.format("one", "two")), _python("two", wait.format("two", "one"))]
    assert run_checks(found, tmp_path, at_once=True) == ExitCode.OK


def test_a_skipped_check_fails_nothing_and_is_counted(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = [_python("one", ""), _python("two", "raise SystemExit(13)", {13: "offline"})]
    assert run_checks(found, tmp_path) == ExitCode.OK
    assert capfd.readouterr().out.splitlines()[-1] == "1 checks passed, 1 skipped."


def test_a_pytest_that_collected_nothing_has_failed(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = [Check("pytest", ("python", "-m", "pytest"), {}, {})]
    assert run_checks(found, tmp_path, run=lambda *_: 5) == ExitCode.FAILED
    assert "collected no test" in capfd.readouterr().out


def test_one_check_can_be_run_alone_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    ran: list[str] = []

    def run(command: Sequence[str], _environment: Mapping[str, str], _root: Path) -> int:
        ran.append(command[0])
        return 0

    found = [Check("one", ("1",), {}, {}), Check("two", ("2",), {}, {})]
    assert run_checks(found, tmp_path, ["two"], run) == 0
    assert ran == ["2"]
    with pytest.raises(Failure, match="one, two") as failure:
        run_checks(found, tmp_path, ["three"], run)
    assert failure.value.code == ExitCode.USAGE


def test_pytest_is_the_last_check_and_the_engines_run_on_both_runtimes() -> None:
    found = checks.checks(Path(".venv/bin/python"), Path("old"), ["-x"])
    assert found[-1].name == "pytest"
    assert found[-1].command[-1] == "-x"
    assert set(checks.SIDE_BY_SIDE) <= set(found[-1].command)
    assert [check.environment.get("PYTHONPATH") for check in found if check.name == "onnxruntime-1.24"] == ["old"]
    without = checks.checks(Path(".venv/bin/python"), None, [])
    assert [check.name for check in without] == [check.name for check in found if check.name != "onnxruntime-1.24"]


def test_ordinary_runs_leave_out_what_needs_other_environments() -> None:
    found = [check for check in checks.checks(Path("p/bin/python"), Path("old"), []) if "pytest" in check.command]
    assert len(found) == 2
    assert all(
        check.command[check.command.index("-m", 2) + 1] == "not export and not devices and not packaging"
        for check in found
    )


def test_a_foreign_pythonpath_reaches_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/foreign")
    assert all("PYTHONPATH" not in check.environment for check in checks.checks(Path("p/bin/python"), None, []))


def test_only_files_with_export_tests_are_collected_for_the_export_environments(tmp_path: Path) -> None:
    for name, text in (
        ("tests/a/test_one.py", "@pytest.mark.export\ndef test_x(): ..."),
        ("tests/a/test_two.py", "import apsw"),
        ("tests/test_three.py", "pytestmark = [pytest.mark.slow, pytest.mark.export]"),
        ("tests/test_four.py", "WORDS = 'a test with pytest.mark.export'"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert export_files(tmp_path) == ["tests/a/test_one.py", "tests/test_three.py"]
