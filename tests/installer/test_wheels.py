"""The proof that the lock installs from wheels: what uv says, the table, and what counts as a gap."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from installer import wheels
from installer.failure import ExitCode, Failure
from installer.wheels import TARGETS, Answer, Target, ask, find_gap, prove, table, without

if TYPE_CHECKING:
    from .conftest import TinyProject

WINDOWS = Target("Win Arm64", "aarch64-pc-windows-msvc", "3.12")
LINUX = Target("Linux x64", "x86_64-manylinux_2_34", "3.12")
LOCK = "# c\nanyio==4.16.0 \\\n    --hash=sha256:aa\npyyaml==6.0.4 \\\n    --hash=sha256:bb\n"
# As uv 0.13.9 prints them.
GOOD = """\
Using CPython 3.11.7 interpreter at: /usr/bin/python3.11
Resolved 2 packages in 339ms
Would download 2 packages
Would install 2 packages
 + anyio==4.16.0
 + pyyaml==6.0.4
"""
GAP = """\
error: No solution found when resolving dependencies
  cause: Because pyyaml==6.0.4 has no usable wheels and you require pyyaml==6.0.4, we can conclude that your requirements \
are unsatisfiable.

hint: Wheels are required for `pyyaml` because building from source is disabled for all packages (i.e., with `--no-build`)
"""
OFFLINE = """\
error: Request failed after 3 retries in 4.3s
  cause: Failed to fetch: http://127.0.0.1:9/simple/mdurl/
  cause: error sending request for url (http://127.0.0.1:9/simple/mdurl/)
  cause: tcp connect error
"""


class FakeUv:
    """Answers for a lock: pyyaml has no wheel on Windows; `words` overrides all of it."""

    def __init__(self, words: str = "") -> None:
        self.words = words
        self.locks: list[str] = []
        self.environments: list[dict[str, str]] = []

    def __call__(
        self, command: list[str], *, cwd: str, env: dict[str, str], **_: Any
    ) -> subprocess.CompletedProcess[str]:
        lock = (Path(cwd) / "r.lock").read_text(encoding="utf-8")
        self.locks.append(lock)
        self.environments.append(env)
        if self.words:
            return subprocess.CompletedProcess(command, 2, "", self.words)
        if "pyyaml" in lock and "windows" in command[command.index("--python-platform") + 1]:
            return subprocess.CompletedProcess(command, 1, "", GAP)
        lines = [
            line for line in GOOD.splitlines() if not line.startswith(" + ") or line.split()[1].split("==")[0] in lock
        ]
        return subprocess.CompletedProcess(command, 0, "", "\n".join(lines) + "\n")


def test_what_uv_would_install_is_read() -> None:
    answer = ask(LINUX, LOCK, Path("uv"), FakeUv())
    assert answer == Answer({"anyio": "4.16.0", "pyyaml": "6.0.4"}, {})


def test_a_gap_is_named_and_the_rest_is_asked_again_without_it() -> None:
    uv = FakeUv()
    answer = ask(WINDOWS, LOCK, Path("uv"), uv)
    assert answer == Answer({"anyio": "4.16.0"}, {"pyyaml": "6.0.4"})
    assert [("pyyaml" in lock, "sha256:bb" in lock) for lock in uv.locks] == [(True, True), (False, False)]


def test_macos_is_asked_for_its_floor() -> None:
    uv = FakeUv()
    ask(LINUX, LOCK, Path("uv"), uv)
    assert uv.environments[0]["MACOSX_DEPLOYMENT_TARGET"] == "14.0"


def test_a_wrapped_sentence_of_uv_is_still_read() -> None:
    assert find_gap(GAP.replace("has no usable", "has no\n      usable")) == ("pyyaml", "6.0.4")
    assert find_gap(OFFLINE) is None


def test_without_a_network_the_failure_is_13_and_not_a_gap() -> None:
    with pytest.raises(Failure) as failure:
        ask(LINUX, LOCK, Path("uv"), FakeUv(OFFLINE))
    assert failure.value.code == ExitCode.NETWORK


def test_words_that_are_not_understood_are_shown_and_not_taken_for_good() -> None:
    with pytest.raises(Failure) as failure:
        ask(LINUX, LOCK, Path("uv"), FakeUv("error: a new kind of trouble"))
    assert failure.value.code == ExitCode.LOCK
    assert "new kind" in failure.value.detail


def test_the_table_tells_a_wheel_from_a_gap_and_from_not_needed() -> None:
    answers = {
        LINUX: Answer({"anyio": "4.16.0", "pyyaml": "6.0.4"}, {}),
        WINDOWS: Answer({"anyio": "4.16.0", "colorama": "0.4.6"}, {"pyyaml": "6.0.4"}),
    }
    rows = {line.split()[0]: line.split()[2:] for line in table(answers).splitlines()[1:]}
    assert rows == {"anyio": ["yes", "yes"], "colorama": [".", "yes"], "pyyaml": ["yes", "GAP"]}


def test_two_versions_of_one_package_are_two_rows() -> None:
    answers = {LINUX: Answer({"numpy": "2.5.5"}, {}), WINDOWS: Answer({"numpy": "2.4.6"}, {})}
    assert [line.split()[1:] for line in table(answers).splitlines()[1:]] == [
        ["2.4.6", ".", "yes"],
        ["2.5.5", "yes", "."],
    ]


def test_a_gap_makes_the_proof_fail_and_is_said_in_words(tiny: TinyProject) -> None:
    path = tiny.root / "requirements.lock"
    path.write_text(path.read_text(encoding="utf-8") + LOCK, encoding="utf-8")
    said: list[str] = []
    assert prove(tiny.root, Path("uv"), said.append, FakeUv()) == ExitCode.FAILED
    assert "pyyaml 6.0.4 has no wheel for Win Arm64, Python 3.12" in said
    assert said[-1] == "6 of 11 combinations install from wheels alone."


def test_every_shipped_platform_and_python_is_asked() -> None:
    assert {(target.title, target.python) for target in TARGETS} == {
        ("Win x64", "3.11"), ("Win x64", "3.12"), ("Win x64", "3.13"),
        ("Win Arm64", "3.12"), ("Win Arm64", "3.13"),
        ("Linux x64", "3.11"), ("Linux x64", "3.12"), ("Linux x64", "3.13"),
        ("macOS arm64", "3.11"), ("macOS arm64", "3.12"), ("macOS arm64", "3.13"),
    }  # fmt: skip


def test_leaving_out_a_package_keeps_the_others_whole() -> None:
    assert without(LOCK, {"anyio": "4.16.0"}) == "# c\npyyaml==6.0.4 \\\n    --hash=sha256:bb\n"
    assert wheels.without(LOCK, {}) == LOCK
