"""The machine under the benchmark: what it is, how busy it is, and what a process costs on it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]

_EVERY = 0.05
"""Seconds between two looks at a process's memory."""

_CHILDREN_EVERY = 0.25
"""Seconds between two looks for new children: that one goes through all processes, and would slow what it watches."""


def load() -> str:
    """The load average, which tells how far a time may be trusted."""
    try:
        return " ".join(f"{value:.1f}" for value in os.getloadavg())
    except (AttributeError, OSError):
        return f"{psutil.cpu_percent(0.5):.0f} % busy"


def describe() -> str:
    """One line: cores, memory, system, Python."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


@dataclass(frozen=True)
class Memory:
    """Bytes: `resident` with mapped files, `private` without them (the same where the system can't tell)."""

    resident: int
    private: int


def memory_of(process: psutil.Process) -> Memory:
    """What a process holds now; raises `psutil.Error` when it is gone."""
    resident = process.memory_info().rss
    with suppress(OSError), open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as stream:
        for line in stream:
            if line.startswith("RssAnon:"):
                return Memory(resident, int(line.split()[1]) * 1024)
    return Memory(resident, resident)


@dataclass
class Run:
    """What running a command came to. Seconds; bytes for the peaks: the command with all its children at one moment, and
    its largest child. `left` are the ids of children that outlived it."""

    code: int
    out: str
    err: str
    seconds: float
    cpu: float
    peak: Memory = field(default_factory=lambda: Memory(0, 0))
    child_peak: int = 0
    left: tuple[int, ...] = ()
    timed_out: bool = False


def run(argv: Sequence[str], *, env: Mapping[str, str] | None = None, limit: float = 3600, sample: bool = False) -> Run:
    """Run a command to its end, or kill it and its children after `limit` seconds; with `sample` watch its memory."""
    children: dict[int, psutil.Process] = {}
    peak, child_peak, timed_out = Memory(0, 0), 0, False
    before, next_look = os.times(), 0.0
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            argv, env={**os.environ, **(env or {})}, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        top = psutil.Process(process.pid)
        while process.poll() is None:
            if time.perf_counter() - started > limit:
                timed_out = True
                _kill(top)
            elif sample:
                if time.perf_counter() > next_look:
                    next_look = time.perf_counter() + _CHILDREN_EVERY
                    with suppress(psutil.Error):
                        children.update((child.pid, child) for child in top.children(recursive=True))
                now, largest = _sampled(top, children)
                peak = Memory(max(peak.resident, now.resident), max(peak.private, now.private))
                child_peak = max(child_peak, largest)
            time.sleep(_EVERY if sample else 0.005)
        seconds = time.perf_counter() - started
        after = os.times()
        out.seek(0)
        err.seek(0)
        told, complained = (stream.read().decode("utf-8", "replace") for stream in (out, err))
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    left = tuple(pid for pid, child in children.items() if child.is_running())
    return Run(process.returncode, told, complained, seconds, cpu, peak, child_peak, left, timed_out)


def _sampled(top: psutil.Process, children: dict[int, psutil.Process]) -> tuple[Memory, int]:
    resident = private = largest = 0
    for process in (top, *children.values()):
        with suppress(psutil.Error):
            memory = memory_of(process)
            resident, private = resident + memory.resident, private + memory.private
            if process.pid != top.pid:
                largest = max(largest, memory.resident)
    return Memory(resident, private), largest


def _kill(top: psutil.Process) -> None:
    with suppress(psutil.Error):
        for process in (*top.children(recursive=True), top):
            with suppress(psutil.Error):
                process.kill()


def homespun(home: Path, *words: str, limit: float = 3600, sample: bool = False, must_end_well: bool = True) -> Run:
    """Run the `homespun` command over the index at `home`. Raises `RuntimeError` with what it said if it fails."""
    done = run([sys.executable, "-m", "desktop", *words], env={"HOMESPUN_HOME": str(home)}, limit=limit, sample=sample)
    if done.code and must_end_well:
        raise RuntimeError(f"homespun {' '.join(words)} ended with {done.code}: {done.err.strip()[-2000:]}")
    return done
