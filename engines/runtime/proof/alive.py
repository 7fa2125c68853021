"""Whether a process still lives, and whether the computer was started since."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

SLACK = 120.0
"""Seconds by which the reckoned time of a start may move when the clock is set."""


@cache
def boot_id() -> str:
    """A name of this start of the computer; compare two with `same_boot`."""
    if sys.platform == "linux":
        with suppress(OSError):
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    if sys.platform == "darwin":
        with suppress(OSError, subprocess.SubprocessError):
            asked = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
            told = subprocess.run(asked, capture_output=True, text=True, timeout=2, check=True).stdout.strip()
            if told:
                return told
    return f"at {time.time() - time.monotonic():.0f}"


def same_boot(one: str, other: str) -> bool:
    """Whether two of `boot_id` name the same start."""
    if one.startswith("at ") and other.startswith("at "):
        with suppress(ValueError):
            return abs(float(one[3:]) - float(other[3:])) <= SLACK
    return one == other


def started(pid: int) -> float:
    """When a process was started, in seconds since 1970; 0 when there is no such process."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0
    except psutil.Error:
        return 0.0 if pid != os.getpid() else time.time()


def is_alive(pid: int, began: float) -> bool:
    """Whether the process that had this number and began then still runs; the number alone may be another's by now."""
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - began) < 2
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:  # it is there, and not ours to look at
        return True
