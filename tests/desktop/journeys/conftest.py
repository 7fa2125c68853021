"""Runs each journey in a process of its own, on a screen of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.xserver import ROOT

Journey = Callable[..., dict[str, Any]]


@pytest.fixture
def journey(screen: dict[str, str], home: Path, tmp_path: Path) -> Journey:
    """Run the journey of that name with these words; what it told."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    opened = tmp_path / "opened"
    opener = bin_folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{opened}"\n')
    opener.chmod(0o755)
    environment = {
        **screen,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "HOMESPUN_HOME": str(home),
        "NUMBA_CACHE_DIR": os.environ["NUMBA_CACHE_DIR"],
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "HOMESPUN_OPENED": str(opened),
    }

    def run(name: str, *words: object, seconds: float = 150) -> dict[str, Any]:
        command = [sys.executable, "-m", f"tests.desktop.journeys.{name}", *map(str, words)]
        done = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            stdout, stderr = done.communicate(timeout=seconds)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(done.pid, signal.SIGKILL)  # what it started, and left behind because it failed
        told = [line.removeprefix("TOLD ") for line in stdout.splitlines() if line.startswith("TOLD ")]
        log = home / "data" / "app" / "logs" / "app.log"
        said = log.read_text() if log.exists() else ""
        assert told, f"{name} ended with {done.returncode}\n{stdout[-2000:]}\n{stderr[-6000:]}\n{said[-3000:]}"
        assert "bug\n" not in said, said[-6000:]
        found: dict[str, Any] = json.loads(told[-1])
        return found

    return run
