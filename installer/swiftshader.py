"""SwiftShader: a graphics card for Vulkan that computes on the processor, for the tests of the WebGPU provider.

Debian ships it inside one of Chromium's packages. Three files of it are taken out with Debian's own tools, which check
what they fetch and need no root for this; nothing is installed on the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from installer.failure import ExitCode, Failure

PACKAGE = "chromium-common"
INSIDE = Path("usr/lib/chromium")
LOADER = "libvulkan.so.1"
DRIVER = "vk_swiftshader_icd.json"
FILES = (LOADER, DRIVER, "libvk_swiftshader.so")
TOOLS = ("apt-get", "dpkg-deb")
QUICK = ("-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20")
LONGEST = 300
"""Seconds for one call of apt-get; all of them together take ten."""

Run = Callable[[Sequence[str], Path], str]
"""Run a command in a folder; what it said when it failed, else nothing."""


def missing_tool() -> str:
    """The first of Debian's tools that this system lacks; nothing when all are there."""
    return next((tool for tool in TOOLS if shutil.which(tool) is None), "")


def ensure_swiftshader(folder: Path, run: Run | None = None) -> str:
    """Bring SwiftShader's files into `folder` where they are not there yet; the line to print.

    Raises `Failure` (13) when Debian's package can't be had, and (11) when it can't be unpacked.
    """
    if all((folder / name).is_file() for name in FILES):
        return "there already"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        place = Path(temporary)
        place.chmod(0o755)  # as root, apt-get reads its lists as a user of its own
        package = _fetch(place, run or quietly)
        words = (run or quietly)(["dpkg-deb", "-x", package.name, "tree"], place)
        if words:
            raise Failure(ExitCode.DISK, f"{PACKAGE} could not be unpacked.", "Make room and try again.", detail=words)
        _take(place / "tree" / INSIDE, folder)
    size = sum((folder / name).stat().st_size for name in FILES)
    return f"{package.name.split('_')[1]} from Debian's {PACKAGE}, {size / 1e6:.0f} MB"


def variables(folder: Path, have: Mapping[str, str]) -> dict[str, str]:
    """The variables that make Vulkan find the SwiftShader in `folder`, on top of those that a process has already."""
    path = os.pathsep.join(part for part in (str(folder), have.get("LD_LIBRARY_PATH", "")) if part)
    return {"VK_ICD_FILENAMES": str(folder / DRIVER), "LD_LIBRARY_PATH": path}


def _fetch(place: Path, run: Run) -> Path:
    # The second try brings lists of packages of its own: the system's may be missing or old, and only root may renew them.
    words = run(["apt-get", "download", *QUICK, PACKAGE], place)
    if words:
        for name in ("lists/partial", "cache/archives/partial"):
            (place / name).mkdir(parents=True)
        own = ("-o", f"Dir::State::lists={place / 'lists'}", "-o", f"Dir::Cache={place / 'cache'}")
        words = run(["apt-get", "update", *QUICK, *own], place) or run(
            ["apt-get", "download", *QUICK, *own, PACKAGE], place
        )
    found = sorted(place.glob(f"{PACKAGE}_*.deb"))
    if words or not found:
        raise Failure(
            ExitCode.NETWORK,
            f"apt-get brings no {PACKAGE}, the package of Debian that holds SwiftShader.",
            "Connect and try again, on Debian.",
            detail=words,
        )
    return found[-1]


def _take(source: Path, folder: Path) -> None:
    absent = [name for name in FILES if not (source / name).is_file()]
    if absent:
        raise Failure(
            ExitCode.NETWORK,
            f"The {PACKAGE} of this system holds no {', '.join(absent)}.",
            "Debian 12's has them.",
        )
    part = folder.with_name(folder.name + ".part")
    try:
        for old in (part, folder):
            shutil.rmtree(old, ignore_errors=True)
        part.mkdir()
        for name in FILES:
            shutil.copyfile(source / name, part / name)
        part.rename(folder)
    except OSError as error:
        raise Failure(
            ExitCode.DISK,
            f"SwiftShader can't be put into {folder.parent}: {error.strerror or error}.",
            "Make room, or put Homespun's folder where you may write.",
        ) from error


def quietly(command: Sequence[str], place: Path) -> str:
    """Run one of Debian's tools in `place` without a word; what it said when it failed, else nothing."""
    try:
        finished = subprocess.run(
            command,
            cwd=place,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=LONGEST,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if finished.returncode == 0 else finished.stdout + finished.stderr or f"exit code {finished.returncode}"
