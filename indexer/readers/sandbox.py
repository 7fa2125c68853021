"""The limits that a reader process puts on itself, and what it could not have."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress

from indexer.document import Limits

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def confine(limits: Limits, parent: int) -> dict[str, str]:
    """Give up everything that reading files does not need; what was given up, by name, each "on" or why not.

    `parent` is the process that must be alive for this one to go on.
    """
    status: dict[str, str] = {}
    if os.name == "nt":
        # The job object around the process holds it; it was put there by its parent before the first file.
        return {"limits": "by the parent"}
    with suppress(OSError):
        os.nice(10)
    status["limits"] = _resource_limits(limits)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            # The parent died before the line above could take effect.
            os._exit(0)
        ok = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        status["no_new_privs"] = "on" if ok else f"refused ({os.strerror(ctypes.get_errno())})"
        from indexer.readers.seccomp import install

        status["seccomp"] = install(libc) if ok else "needs no_new_privs"
    return status


def allow_seconds(seconds: int) -> None:
    """Let this process use so many more seconds of the processor, then die: a net below the parent's watch."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time()) + seconds
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def peak_memory() -> int:
    """The most memory that this process has had resident, in bytes; 0 where only the parent can tell.

    Not `ru_maxrss`: on Linux a child starts with its parent's peak.
    """
    if sys.platform != "linux":
        return 0
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _resource_limits(limits: Limits) -> str:
    """Set what the system lets us set; "on", or what it refused."""
    if sys.platform == "win32":
        return "by the parent"
    import resource

    wanted = [("NOFILE", 64), ("FSIZE", 0), ("CORE", 0)]
    if sys.platform == "linux":
        # macOS counts shared libraries of gigabytes here, so that the parent has to watch the memory instead.
        wanted.append(("AS", limits.memory_bytes))
    refused = []
    for name, most in wanted:
        which = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(which)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError) as error:
            refused.append(f"{name} ({error})")
    return "on" if not refused else "refused: " + ", ".join(refused)
