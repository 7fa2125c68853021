"""The locked requirements: which there are, whether they are still right, and how they are made.

A lock is a `requirements.txt` with exact versions for every platform (and hashes, but for the export environments),
made by uv and installed by plain pip. Its second line holds a digest of the requirements that it was made from, so
that an outdated lock is found without uv and without a network.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.failure import ExitCode, Failure
from installer.uv import clean_environment

DIGEST = "# inputs: sha256:"
OLDEST_PYTHON = "3.11"
FOREIGN = ("://", "--index", "--extra-index", "--find-links", "--trusted-host", "+cpu", "@ file")
"""What a lock must not hold: it would tie everybody to the machine where the lock was made."""
CUDA = re.compile(r"^(nvidia-|cuda-|triton\b)")


@dataclass(frozen=True)
class Lock:
    """One lock file: what it is made from and how."""

    name: str
    inputs: str
    """`project` or `group:NAME` (both in pyproject.toml), or the name of a `.in` file."""
    hashed: bool = True
    deps: bool = True
    """Whether what the inputs themselves need is locked too."""
    constraint: str | None = None
    """Another lock, whose versions this one must keep because both go into one environment."""

    def path(self, root: Path) -> Path:
        """Where the lock lies."""
        return root / f"{self.name}.lock"


RUN = Lock("requirements", "project")
TEST = Lock("requirements-test", "group:test", constraint="requirements")
OLD_RUNTIME = Lock("requirements-onnxruntime-1.24", "requirements-onnxruntime-1.24.in", deps=False)
EXPORT_OPTIMUM = Lock("requirements-export-optimum", "requirements-export-optimum.in", hashed=False)
EXPORT_TORCH = Lock("requirements-export-torch", "requirements-export-torch.in", hashed=False)
DEVICES_QNN = Lock("requirements-devices-qnn", "requirements-devices-qnn.in")
DEVICES_OPENVINO = Lock("requirements-devices-openvino", "requirements-devices-openvino.in")
DEVICES_WEBGPU = Lock("requirements-devices-webgpu", "requirements-devices-webgpu.in")
LOCKS = (RUN, TEST, OLD_RUNTIME, EXPORT_OPTIMUM, EXPORT_TORCH, DEVICES_QNN, DEVICES_OPENVINO, DEVICES_WEBGPU)


def file_digest(path: Path) -> str:
    """The sha256 of a file's bytes, with Windows line ends taken as Unix ones (git may turn them)."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def wanted(lock: Lock, root: Path) -> list[str]:
    """The requirements that `lock` is made from, as written by a person."""
    if lock.inputs == "project":
        found = pyproject(root)["project"]["dependencies"]
    elif lock.inputs.startswith("group:"):
        found = pyproject(root)["dependency-groups"][lock.inputs.removeprefix("group:")]
    else:
        lines = (root / lock.inputs).read_text(encoding="utf-8").splitlines()
        found = [line for line in (line.partition(" #")[0].strip() for line in lines) if line and line[0] != "#"]
    return [str(one) for one in found]


def pyproject(root: Path) -> dict[str, Any]:
    """The project's own description."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def inputs_digest(lock: Lock, root: Path) -> str:
    """What the lock's second line must say for the lock to be up to date."""
    words: list[Any] = [sorted(wanted(lock, root))]
    if lock.constraint:
        words.append(pins((root / f"{lock.constraint}.lock").read_text(encoding="utf-8")))
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def check_current(lock: Lock, root: Path) -> None:
    """Raise `Failure` (15) when `lock` is not there, was made from other requirements, or names an index."""
    path = lock.path(root)
    again = "Run: python3 -m installer lock. If you only want to use Homespun, get the last released version instead."
    if not path.is_file():
        raise Failure(ExitCode.LOCK, f"The lock {path.name} is missing.", again)
    text = path.read_text(encoding="utf-8")
    if f"{DIGEST}{inputs_digest(lock, root)}" not in text:
        raise Failure(ExitCode.LOCK, f"{path.name} is out of date: the requirements changed after it was made.", again)
    check_pure(lock, text)


def check_pure(lock: Lock, text: str) -> None:
    """Raise `Failure` (15) when the lock would fetch from a place of the machine where it was made."""
    found = [word for word in FOREIGN if word in text]
    if found:
        raise Failure(
            ExitCode.LOCK,
            f"{lock.name}.lock names a place to fetch from ({', '.join(found)}), which no lock may.",
            "Make it again on a machine without extra indexes: python3 -m installer lock",
        )


def pins(text: str) -> list[str]:
    """The `name==version` (with marker) of every entry of a lock, in its order."""
    return [
        line.rstrip("\\ ").strip()
        for line in text.splitlines()
        if line.strip() and not line.startswith((" ", "#", "-"))
    ]


def make(lock: Lock, root: Path, uv: Path, *, upgrade: bool, run: Callable[..., Any] = subprocess.run) -> bool:
    """Make `lock` with uv; whether it changed. Versions already locked stay unless `upgrade`. Raises `Failure`."""
    path = lock.path(root)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{lock.name}.in"
        source.write_text("\n".join(wanted(lock, root)) + "\n", encoding="utf-8")
        target = Path(folder) / f"{lock.name}.lock"
        if before and not upgrade:
            target.write_text(before, encoding="utf-8")
        command = [
            str(uv), "pip", "compile", source.name, "--output-file", target.name, "--universal",
            "--python-version", OLDEST_PYTHON, "--only-binary", ":all:", "--no-header", "--no-annotate",
            "--no-config", "--quiet",
        ]  # fmt: skip
        command += ["--generate-hashes"] if lock.hashed else []
        command += [] if lock.deps else ["--no-deps"]
        command += ["--upgrade"] if upgrade else []
        command += ["--constraints", str(root / f"{lock.constraint}.lock")] if lock.constraint else []
        finished = run(command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            raise Failure(
                ExitCode.LOCK,
                f"uv found no set of versions for {lock.name}.",
                "Read its words below and change the requirements.",
                detail=finished.stderr,
            )
        body = target.read_text(encoding="utf-8")
    body = body if lock.hashed else without_cuda(body)
    check_pure(lock, body)
    origin = lock.inputs if lock.inputs.endswith(".in") else "pyproject.toml"
    head = f"# Made by `python3 -m installer lock` from {origin}; do not edit.\n{DIGEST}{inputs_digest(lock, root)}\n"
    path.write_text(head + body, encoding="utf-8", newline="\n")
    return head + body != before


def without_cuda(text: str) -> str:
    """An export lock without CUDA's packages: torch from an ordinary index brings exactly the ones it was built for
    by itself, and a CPU build of torch wants none."""
    return "".join(line for line in text.splitlines(keepends=True) if not CUDA.match(line))
