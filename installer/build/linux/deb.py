"""The Debian package: /opt/homespun, /usr/bin/homespun, and what /usr/share tells desktops. It has no scripts that run as root."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from installer import project
from installer.build import tree
from installer.build.linux import libraries, opt, papers, share
from installer.failure import ExitCode, Failure

ARCHITECTURES = {"linux-x64": "amd64", "linux-arm64": "arm64"}
LAUNCHER = '''\
#!/usr/bin/python3 -I
"""Starts Homespun, with its own packages and none of the environment's settings for Python."""

import os
import sys

for name in [name for name in os.environ if name.startswith("PYTHON")]:
    del os.environ[name]
sys.path.insert(0, "/opt/homespun/lib")

from desktop.cli import leave

leave()
'''
LEVEL = 0
"""Of xz, which every Debian and every tool for packages reads. Measured: docs/linux.md."""


@dataclass(frozen=True)
class Package:
    """What was made: the file, its bytes, the bytes that it unpacks to, and the parts of `lib` before and after trimming."""

    path: Path
    size: int
    installed: int
    parts: tuple[tree.Part, ...]


def make(
    recipe: opt.Recipe,
    art: Path,
    work: Path,
    out: Path,
    note: Callable[[str], None] = lambda _note: None,
    *,
    level: int = LEVEL,
) -> Package:
    """Build the package from `recipe` and the rendered icons in `art`; `work` is an empty folder, `level` of xz. Raises
    `Failure`."""
    require_dpkg()
    stage = work / "stage"
    build = papers.Build(
        project.version(recipe.root), ARCHITECTURES[recipe.platform.name], _python(recipe.version), recipe.time
    )
    program = stage / "opt" / "homespun"
    program.mkdir(parents=True)
    made = opt.make(recipe, program, work, note)
    needs = libraries.needs(program / "lib")
    share.write(stage, share.Source(recipe.root, art, recipe.time))
    _write(stage / "usr" / "bin" / "homespun", LAUNCHER)
    doc = stage / share.DOC
    _write(doc / "copyright", papers.copyright_file(made.packages))
    share.packed(doc / "changelog.Debian.gz", papers.changelog(build))
    share.packed(doc / "changelog.gz", (recipe.root / "CHANGELOG.md").read_text(encoding="utf-8"))
    _write(stage / "usr" / "share" / "lintian" / "overrides" / "homespun", papers.overrides())
    installed = sum(path.stat().st_size for path in _files(stage))
    control = stage / "DEBIAN"
    _write(control / "md5sums", _sums(stage))
    _write(control / "control", papers.control(build, needs, installed))
    settle(stage, recipe.time)
    out.mkdir(parents=True, exist_ok=True)
    note("packing")
    path = pack(stage, out / build.file_name, recipe.time, level)
    return Package(path, path.stat().st_size, installed, made.parts)


def require_dpkg() -> None:
    """Raise `Failure` (12) where there is no dpkg-deb."""
    if shutil.which("dpkg-deb") is None:
        raise Failure(
            ExitCode.LIBRARY,
            "A .deb is made with dpkg-deb, which is not here.",
            "Build on Debian or Ubuntu, or install dpkg. --format wheel needs no dpkg.",
        )


def settle(stage: Path, time: int) -> None:
    """Give every file of `stage` the modes that Debian wants and the time of the build."""
    for path in sorted(stage.rglob("*"), reverse=True):
        runs = path.is_dir() or path.parent == stage / "usr" / "bin"
        path.chmod(stat.S_IFMT(path.lstat().st_mode) | (0o755 if runs else 0o644))
        os.utime(path, (time, time))
    stage.chmod(0o755)
    os.utime(stage, (time, time))


def pack(stage: Path, path: Path, time: int, level: int = LEVEL) -> Path:
    """Make the package file from `stage`: the same bytes on every machine, however many processors. Raises `Failure` (1, 11)."""
    part = path.with_suffix(".part")
    finished = subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", str(stage), str(part)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(time), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        part.unlink(missing_ok=True)
        full = "No space left" in finished.stderr
        raise Failure(
            ExitCode.DISK if full else ExitCode.FAILED,
            "The disk became full." if full else "dpkg-deb could not make the package.",
            "Make room and try again." if full else "Read its words below.",
            detail=finished.stderr,
        )
    part.replace(path)
    return path


def _python(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def _files(stage: Path) -> list[Path]:
    return sorted(path for path in stage.rglob("*") if path.is_file())


def _sums(stage: Path) -> str:
    rows = []
    for path in _files(stage):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        rows.append(f"{digest}  {path.relative_to(stage).as_posix()}\n")
    return "".join(rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
