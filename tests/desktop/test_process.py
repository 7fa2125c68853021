"""The command as a process of its own: pipes, code pages, signals, start and completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "desktop"]

# What only some commands need, and what a person would wait for at each start if it came along.
HEAVY = ("numpy", "apsw", "onnxruntime", "tokenizers", "rich", "httpx", "huggingface_hub", "PySide6", "PIL", "lxml")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with `changes`, and the checkout to import from."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **changes}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_the_version_is_one_line() -> None:
    from homespun import __version__

    done = run("--version")

    assert (done.returncode, done.stdout.decode().split()) == (0, ["homespun", __version__])


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"], ["index"], []])
def test_starting_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from desktop.cli import main\n"
        f"code = main({arguments!r})\n"
        f"print(code, sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, timeout=60, check=False
    )

    assert done.stderr.decode().splitlines()[-1] == "0 []"


def test_importing_the_command_line_brings_not_even_typer() -> None:
    script = "import sys, desktop.cli; print(sorted({'typer', 'inspect', 'json'} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, timeout=60, check=True
    )

    assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_shell_completion_prints_its_script(shell: str) -> None:
    done = run(_HOMESPUN_COMPLETE=f"source_{shell}")

    assert done.returncode == 0
    assert b"homespun" in done.stdout
    assert b"_HOMESPUN_COMPLETE" in done.stdout


def test_the_shell_is_offered_commands_and_models() -> None:
    offered = {"homespun ": "search", "homespun index ": "forget", "homespun models get l": "lama"}

    for typed, word in offered.items():
        words = typed.split()
        done = run(
            _HOMESPUN_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - (not typed.endswith(" ")))
        )

        assert word in done.stdout.decode().splitlines(), typed


def test_a_code_page_without_our_signs_is_no_crash() -> None:
    done = run("models", "list", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0")

    assert done.returncode == 0
    assert b" - Apache-2.0 - comes with Homespun" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/full on Windows")
def test_a_full_disk_under_the_output_is_exit_code_6() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "models", "list"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    assert done.returncode == 6
    assert done.stderr.decode().splitlines() == [
        "The output could not be written: the disk is full.",
        "Make room and run it again.",
    ]


@pytest.mark.parametrize("colour", ["", "1"])
def test_a_reader_that_has_had_enough_is_no_error(colour: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, "models", "list"],
        env=environment(FORCE_COLOR=colour),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()

    _, errors = process.communicate(timeout=60)

    assert (process.returncode, errors) == (0, b"")


def test_forced_colour_is_coloured_and_no_color_is_not() -> None:
    coloured = run("models", "list", FORCE_COLOR="1", NO_COLOR="").stdout
    colourless = run("models", "list", FORCE_COLOR="1", NO_COLOR="1").stdout

    assert b"\x1b[32m" in coloured
    assert b"\x1b[1m" in colourless
    assert b"\x1b[32m" not in colourless
    assert b"\x1b" not in run("models", "list").stdout


def test_json_is_one_line_of_ascii() -> None:
    done = run("models", "list", "--json")

    assert done.stdout.isascii()
    [row] = done.stdout.splitlines()
    assert json.loads(row)["models"]


def test_an_error_never_shows_a_traceback() -> None:
    done = run("models", "get", "nix")

    assert done.returncode == 3
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 2
    assert b"Traceback" in run("models", "get", "nix", "--debug").stderr
