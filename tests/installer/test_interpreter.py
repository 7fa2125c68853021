"""The wrong Python gets a sentence, even one that is too old to read our code."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from installer.__main__ import refusal
from installer.failure import ExitCode, Failure
from installer.interpreter import Interpreter, check, this_interpreter

ROOT = Path(__file__).resolve().parents[2]
LINUX = Interpreter((3, 12), "3.12.1", 64, "linux-x86_64", "x86_64", (2, 36))
WINDOWS = Interpreter((3, 12), "3.12.1", 64, "win-amd64", "AMD64", None)
WINDOWS_ARM = replace(WINDOWS, platform="win-arm64", machine="ARM64")
MAC = replace(WINDOWS, platform="macosx-11.0-arm64", machine="arm64")


def _old_python(version: str) -> str | None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for found in [*pyenv.glob(f"versions/{version}.*/bin/python"), Path(shutil.which(f"python{version}") or "none")]:
        # A shim of pyenv has the name but no Python behind it.
        if found.exists() and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return str(found)
    return None


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_an_old_python_is_refused_with_both_versions(version: tuple[int, int]) -> None:
    sentence = refusal(version)
    assert f"this is Python {version[0]}.{version[1]}" in sentence
    assert "needs Python 3.11" in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (3, 14), (4, 0)])
def test_a_python_that_is_new_enough_is_not_refused(version: tuple[int, int]) -> None:
    assert refusal(version) == ""


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_the_first_two_files_are_readable_for_python_3_6(name: str) -> None:
    ast.parse((ROOT / "installer" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", ["3.6", "3.10"])
def test_a_real_old_python_exits_with_10(version: str) -> None:
    found = _old_python(version)
    if found is None:
        pytest.skip(f"there is no Python {version} on this computer")
    ended = subprocess.run(
        [found, "-B", "-m", "installer", "setup"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 10
    assert f"this is Python {version}" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("python", [LINUX, WINDOWS, WINDOWS_ARM, MAC, this_interpreter()])
def test_each_shipped_platform_is_accepted(python: Interpreter) -> None:
    assert python.platform in check(python)


def test_a_python_newer_than_the_tested_ones_is_accepted_and_said_so() -> None:
    assert "newer than the newest" in check(replace(LINUX, version=(3, 15), release="3.15.0"))


@pytest.mark.parametrize(
    ("python", "code", "words"),
    [
        (replace(WINDOWS_ARM, version=(3, 11), release="3.11.9"), ExitCode.PYTHON, "needs Python 3.12"),
        (replace(LINUX, bits=32), ExitCode.PYTHON, "32-bit"),
        (replace(WINDOWS, machine="ARM64"), ExitCode.PYTHON, "emulates"),
        (replace(MAC, platform="macosx-10.9-x86_64", machine="x86_64"), ExitCode.PYTHON, "Intel"),
        (replace(LINUX, glibc=(2, 31)), ExitCode.LIBRARY, "version 2.31"),
        (replace(LINUX, glibc=None), ExitCode.LIBRARY, "another C library"),
    ],
)
def test_each_wrong_python_is_refused_with_its_own_sentence(python: Interpreter, code: ExitCode, words: str) -> None:
    with pytest.raises(Failure) as failure:
        check(python)
    assert failure.value.code == code
    assert words in failure.value.what
    assert failure.value.todo
