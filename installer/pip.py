"""Running pip inside an environment, and putting its failures into words with an exit code."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.failure import ExitCode, Failure
from installer.interpreter import base_python

OLDEST_FOREIGN_PIP = (22, 3)  # the first with `--python`
UNWANTED = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_REPORT", "PIP_NO_CLEAN", "PIP_REQUIREMENT")
"""Settings that would send the packages elsewhere. Mirrors, proxies and certificates stay as the person set them:
the lock has a hash for every file, so where a file comes from does not matter."""

HASHES = re.compile(r"DO NOT MATCH THE HASHES|Hashes are required|hash mismatch", re.IGNORECASE)
DISK = re.compile(r"No space left on device|Errno 28|Errno 122|WinError 112|Disk quota exceeded", re.IGNORECASE)
NETWORK = re.compile(
    r"ConnectionError|NewConnectionError|ConnectTimeout|ReadTimeout|Connection refused|Connection broken|timed out"
    r"|Max retries exceeded|Temporary failure in name resolution|getaddrinfo failed|ProxyError|SSLError"
    r"|Network is unreachable|IncompleteRead|Could not fetch URL|HTTP ?error",
    re.IGNORECASE,
)
ABSENT = re.compile(r"No matching distribution found for ([^\s;]+)")


def python_environment() -> dict[str, str]:
    """The environment for a Python of ours: without what would make it read foreign code or install elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in UNWANTED and not name.startswith("PYTHON") and name != "__PYVENV_LAUNCHER__"
    }
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


@dataclass(frozen=True)
class Pip:
    """One pip for one environment."""

    command: tuple[str, ...]
    """How to start it: the environment's own, or the system's with `--python` where there is no ensurepip."""
    wheelhouse: Path | None = None
    """A folder of wheels to install from, instead of an index."""

    def install(self, arguments: Sequence[str], note: Callable[[str], None]) -> None:
        """`pip install ARGUMENTS`, wheels only; `note` is told what is under way. Raises `Failure` (11, 13, 14, 15)."""
        self._run(["install", "--progress-bar", "off", *arguments], note)

    def download(self, arguments: Sequence[str], note: Callable[[str], None]) -> None:
        """`pip download ARGUMENTS`; `note` is told what is under way. Raises `Failure` (11, 13, 14, 15)."""
        self._run(["download", "--progress-bar", "off", *arguments], note)

    def probe(self, requirement: str, lock: Path) -> None:
        """Fetch one small wheel of the lock, without retries. Raises `Failure` (13) when nothing answers.

        pip itself needs eight seconds to notice that there is no network, and then says "no matching distribution".
        """
        if self.wheelhouse is not None:
            return
        block = entry(lock.read_text(encoding="utf-8"), requirement)
        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "probe.txt"
            small.write_text(block, encoding="utf-8")
            arguments = ["download", "--retries", "0", "--timeout", "20", "--no-deps", "--no-cache-dir"]
            try:
                self._run([*arguments, "--dest", folder, "--requirement", str(small)], lambda _note: None)
            except Failure as failure:
                if failure.code is not ExitCode.NETWORK:
                    raise
                raise offline(failure.detail) from failure

    def _run(self, arguments: Sequence[str], note: Callable[[str], None]) -> None:
        source = [] if self.wheelhouse is None else ["--no-index", "--find-links", str(self.wheelhouse)]
        command = [*self.command, *arguments, *source]
        spoken: list[str] = []
        with subprocess.Popen(
            command,
            env=python_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                spoken.append(line)
                note(line.strip())
        if process.returncode != 0:
            raise explain("".join(spoken), self.wheelhouse)


def entry(lock: str, name: str) -> str:
    """The lines of a lock that belong to the package `name`."""
    lines: list[str] = []
    inside = False
    for line in lock.splitlines():
        if not line.startswith((" ", "#")):
            inside = line.startswith(f"{name}==")
        elif line.startswith("#"):
            inside = False
        if inside:
            lines.append(line)
    return "\n".join(lines) + "\n"


def explain(words: str, wheelhouse: Path | None) -> Failure:
    """What pip's last words mean for a person."""
    tail = "\n".join(words.strip().splitlines()[-25:])
    if HASHES.search(words):
        return Failure(
            ExitCode.HASH,
            "A downloaded file is not the one that the lock names: it was damaged on the way, or changed by somebody.",
            "Try again. If it stays so, ask whoever runs your network or mirror; do not switch the check off.",
            detail=tail,
        )
    if DISK.search(words):
        return Failure(
            ExitCode.DISK, "The disk became full while packages were unpacked.", "Make room and try again.", detail=tail
        )
    absent = ABSENT.search(words)
    if wheelhouse is not None and absent:
        return Failure(
            ExitCode.NETWORK,
            f"The wheelhouse {wheelhouse} has no file of {absent[1]} for this Python.",
            "Fill it on a machine with a network (docs/install.md, 'Without a network') and try again.",
            detail=tail,
        )
    if NETWORK.search(words):
        return Failure(
            ExitCode.NETWORK,
            "The connection to the package index broke off.",
            "Try again; what was already fetched is kept.",
            detail=tail,
        )
    if absent:
        return Failure(
            ExitCode.NETWORK,
            f"The package index has no file of {absent[1]} for this Python and this system.",
            "If you use a mirror, ask for that version to be added; else use Python 3.11, 3.12 or 3.13.",
            detail=tail,
        )
    return Failure(
        ExitCode.FAILED, "pip could not install the packages.", "Its last words are below; try again.", detail=tail
    )


def offline(detail: str) -> Failure:
    """The failure of somebody without a network."""
    return Failure(
        ExitCode.NETWORK,
        "The package index does not answer, or has nothing of ours: no network, or a proxy or mirror is not set.",
        "Connect and try again, set your mirror in pip's own settings (pip config), or give --wheelhouse a folder of wheels.",
        detail=detail,
    )


def system_pip() -> tuple[int, int] | None:
    """The version of the pip of the Python that environments are made from; None when it has none."""
    asked = subprocess.run([base_python(), "-I", "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"pip (\d+)\.(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if asked.returncode == 0 and found else None
