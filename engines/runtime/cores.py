"""How many threads are worth starting: the physical, fast cores that this process may use."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from engines.runtime import sysctl
from engines.runtime.contract import Mode

SYSTEM = Path("/sys")


@cache
def fast_cores() -> int:
    """Physical fast cores this process may use, at least 1.

    Two threads on one core share its multipliers, and a small core makes the large ones wait at the end of each
    operator, so neither counts. Affinity and the limits of a container are kept.
    """
    system = platform.system()
    if system == "Linux":
        cores = cores_of_linux(os.sched_getaffinity(0), SYSTEM)
        limit = limit_of_container(SYSTEM / "fs" / "cgroup")
        return max(1, min(cores, limit) if limit else cores)
    if system == "Darwin":
        return max(1, sysctl.number("hw.perflevel0.physicalcpu") or physical_cores())
    return max(1, min(physical_cores(), allowed_on_windows()))


def cores_for(mode: Mode, cores: int | None = None) -> int:
    """How many of the `cores` (None: of this machine's `fast_cores`) a session in `mode` may keep busy."""
    cores = cores or fast_cores()
    match mode:
        case Mode.QUIET:
            return 1
        case Mode.BALANCED:
            return cores if cores <= 2 else cores - 1
        case Mode.EAGER:
            return cores


def cores_of_linux(allowed: Iterable[int], system: Path) -> int:
    """Physical cores among the logical processors `allowed`, read from the folder that Linux mounts at /sys.

    On processors of two kinds (Intel's `cpu_core`, Arm's `cpu_capacity`) the small ones are left out, unless there
    are no others.
    """
    processors = set(allowed)
    devices = system / "devices"
    large = processors_in(read(devices / "cpu_core" / "cpus")) & processors
    if not large:
        capacity = {p: number(read(devices / "system" / "cpu" / f"cpu{p}" / "cpu_capacity")) for p in processors}
        most = max(capacity.values(), default=0)
        large = {p for p, c in capacity.items() if 2 * c >= most}
    siblings = {
        read(devices / "system" / "cpu" / f"cpu{p}" / "topology" / "thread_siblings_list") or str(p) for p in large
    }
    return len(siblings)


def limit_of_container(groups: Path) -> int:
    """Whole processors that a control group (version 2, then 1) grants this process, 0 when it sets no limit."""
    quota, _, period = read(groups / "cpu.max").partition(" ")
    if not quota:
        quota = read(groups / "cpu" / "cpu.cfs_quota_us")
        period = read(groups / "cpu" / "cpu.cfs_period_us")
    granted, of = number(quota), number(period)
    return math.ceil(granted / of) if granted > 0 and of > 0 else 0


def processors_in(text: str) -> set[int]:
    """The numbers in a list as Linux writes it: `0-3,8`."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def read(file: Path) -> str:
    """The text of a small system file, empty when it is not there or may not be read."""
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def number(text: str) -> int:
    """`text` as a number, 0 for anything else (`max`, `-1`, nothing)."""
    return int(text) if text.isdigit() else 0


def physical_cores() -> int:
    """Physical cores of this machine, at least 1."""
    import psutil  # an environment that only runs workers has none

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def allowed_on_windows() -> int:
    """Logical processors that the affinity of this process allows."""
    import psutil

    affinity = getattr(psutil.Process(), "cpu_affinity", None)
    return len(affinity()) if affinity else os.cpu_count() or 1
