"""A new environment is tried: its parts are imported, and what is slow at first use is done before somebody waits for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from installer.failure import ExitCode, Failure
from installer.pip import python_environment

LONGEST_PREPARATION = 300
"""Seconds after which the preparation is left to the first use."""


def smoke(python: Path, modules: tuple[str, ...]) -> str:
    """Import `modules` in the new environment; the line to print. Raises `Failure` (12) with Python's words."""
    environment = {**python_environment(), "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run(
        [str(python), "-I", "-c", f"import {', '.join(modules)}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode == 0:
        return f"{len(modules)} parts start"
    last = (finished.stderr.strip().splitlines() or ["(no words)"])[-1]
    remedy = (
        "Install the Microsoft Visual C++ Redistributable (latest, for your processor) and try again."
        if os.name == "nt"
        else "Install the library that it names with your system's package tool and try again."
    )
    raise Failure(ExitCode.LIBRARY, f"A part of Homespun does not start here: {last}", remedy, detail=finished.stderr)


def prepare(python: Path, module: str, note: Callable[[str], None]) -> str:
    """Run `module` of the new environment; the line to print. A failure is told there and stops nothing."""
    note("compiling for this processor, once a version ...")
    try:
        finished = subprocess.run(
            [str(python), "-I", "-m", module],
            env=python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_PREPARATION,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"not prepared, so the first use will be slow: {type(error).__name__}"
    if finished.returncode == 0:
        return "compiled for this processor"
    last = (finished.stderr.strip().splitlines() or ["(no words)"])[-1]
    return f"not prepared, so the first use will be slow: {last}"
