"""Ten thousand random events over the whole app with its real processes: no exception, no stall, nothing that adds up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.monkey.__main__ import SOMETHING

ROOT = Path(__file__).resolve().parents[3]


def let_loose(home: Path, events: int, seed: int, warm: int = 3_000) -> dict[str, Any]:
    """A run in a process of its own; what it told. A crash fails with its stack and what was done before."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.desktop.monkey", "--home", str(home)]
    command += ["--events", str(events), "--seed", str(seed), "--warm", str(warm)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
    told = [line.removeprefix("TOLD ") for line in done.stdout.splitlines() if line.startswith("TOLD ")]
    if not told:
        crash = home / "homespun" / "data" / "app" / "logs" / "crash.log"
        events_file = home / "events.txt"
        last = events_file.read_text("utf-8", "replace").splitlines()[-20:] if events_file.exists() else []
        stack = crash.read_text("utf-8", "replace") if crash.exists() else ""
        pytest.fail(f"seed {seed} ended with {done.returncode} after {last}\n{stack[-4000:]}\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(told[-1])
    return found


@pytest.mark.slow
@pytest.mark.timeout(960)
def test_ten_thousand_random_events_break_nothing(tmp_path: Path) -> None:
    report = let_loose(tmp_path, 10_000, SOMETHING)

    assert report["events"] == 10_000
    assert min(report["done"].get(name, 0) for name in ("key", "click", "drag", "wheel", "kill", "speak", "look")) > 0
    assert not report["faults"], "\n".join([f"python -m tests.desktop.monkey --seed {SOMETHING}", *report["faults"]])


def test_a_few_hundred_random_events_break_nothing(tmp_path: Path) -> None:
    report = let_loose(tmp_path, 600, 7, warm=300)

    assert not report["faults"], "\n".join(report["faults"])
