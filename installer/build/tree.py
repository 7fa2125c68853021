"""The folder `lib` of a package: the wheels of the lock for one platform, and our own six packages.

Everything here works for a platform that the build doesn't run on. Nothing of a wheel is executed: a wheel is an archive,
and its files are put where pip would put them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from installer import locks, project, wheels
from installer.build.trim import Part, trim
from installer.failure import ExitCode, Failure
from installer.pip import Pip, python_environment

__all__ = [
    "LINUX_ARM64",
    "LINUX_X64",
    "PLATFORMS",
    "WINDOWS_ARM64",
    "WINDOWS_X64",
    "Part",
    "Platform",
    "commit",
    "commit_time",
    "compile_all",
    "copy_program",
    "download",
    "platform_lock",
    "trim",
    "unpack",
]

PACKAGES = ("desktop", "engines", "homespun", "indexer", "installer", "models")
OF_THE_INSTALLER = (
    "__init__.py",
    "py.typed",
    "atomic.py",
    "failure.py",
    "filelist.py",
    "shell",
    "verbs.py",
    "versions.py",
)
"""What of `installer` goes along: the running program takes its place in menus and knows its own version. The rest sets up
checkouts and builds packages. A test holds that these import nothing that stays at home."""
KINDS_OF_FILES = frozenset({".py", ".typed", ".toml", ".onnx", ".json", ".md", ".txt", ".svg", ".ts"})
"""As `[tool.setuptools.package-data]` in pyproject.toml; the samples are of any kind."""
BUILD_FILE = "homespun-build.json"


@dataclass(frozen=True)
class Platform:
    """A system and processor that packages are made for."""

    name: str
    """As `homespun-build.json` and the update's list of files say it."""
    uv: str
    """As uv names it."""
    tags: tuple[str, ...]
    """The platform tags of wheels that run there, for pip."""


def _manylinux(machine: str, newest: int) -> tuple[str, ...]:
    old = ("manylinux2014", "manylinux2010", "manylinux1") if machine == "x86_64" else ("manylinux2014",)
    return tuple(f"manylinux_2_{minor}_{machine}" for minor in range(newest, 4, -1)) + tuple(
        f"{one}_{machine}" for one in old
    )


WINDOWS_X64 = Platform("windows-x64", "x86_64-pc-windows-msvc", ("win_amd64",))
WINDOWS_ARM64 = Platform("windows-arm64", "aarch64-pc-windows-msvc", ("win_arm64",))
LINUX_X64 = Platform("linux-x64", "x86_64-manylinux_2_34", _manylinux("x86_64", 34))
LINUX_ARM64 = Platform("linux-arm64", "aarch64-manylinux_2_39", _manylinux("aarch64", 39))
PLATFORMS = {one.name: one for one in (WINDOWS_X64, WINDOWS_ARM64, LINUX_X64, LINUX_ARM64)}


def platform_lock(root: Path, platform: Platform, python: str, uv: Path) -> tuple[str, ...]:
    """The lines of the run-time lock that are for `platform` and Python `python` ("3.13"), without markers, with hashes.

    pip judges markers by the machine it runs on, so they are judged here, by uv's dry run. Raises `Failure` (13, 15).
    """
    locks.check_current(locks.RUN, root)
    text = locks.RUN.path(root).read_text(encoding="utf-8")
    target = wheels.Target(platform.name, platform.uv, python)
    answer = wheels.ask(target, text, uv)
    if answer.gaps:
        name, version = next(iter(answer.gaps.items()))
        raise Failure(
            ExitCode.LOCK,
            f"{name} {version} has no wheel for {platform.name} and Python {python}.",
            "Take a Python of another version (python3 -m installer wheels shows which), or lock another version.",
        )
    return tuple(cut(text, answer.installs))


def cut(lock: str, wanted: Mapping[str, str]) -> list[str]:
    """The lines of `lock` for the packages `wanted` (name → version), the markers taken off."""
    kept: list[str] = []
    inside = False
    for line in lock.splitlines():
        if not line.startswith((" ", "#")):
            head, _, _marker = line.removesuffix("\\").partition(";")
            name, _, version = head.strip().partition("==")
            inside = wanted.get(name) == version
            if inside:
                kept.append(f"{name}=={version} \\" if line.endswith("\\") else f"{name}=={version}")
        elif inside and line.lstrip().startswith("--hash="):
            kept.append(line)
        elif not line.startswith(" "):
            inside = False
    return kept


def download(
    lines: Sequence[str],
    platform: Platform,
    python: str,
    into: Path,
    pip: Pip,
    note: Callable[[str], None] = lambda _note: None,
) -> Path:
    """Fetch the wheels of `lines` (from `platform_lock`) into the folder `into`, each checked against its hash.

    Returns the folder `into`/wheels. From `pip`'s wheelhouse if it has one. Raises `Failure` (11, 13, 14).
    """
    wheelhouse = into / "wheels"
    wheelhouse.mkdir(parents=True, exist_ok=True)
    lock = into / "platform.lock"
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--implementation", "cp"]
    words += ["--python-version", python, *(word for tag in platform.tags for word in ("--platform", tag))]
    pip.download([*words, "--dest", str(wheelhouse), "--requirement", str(lock)], note)
    return wheelhouse


def unpack(wheelhouse: Path, lib: Path, lines: Sequence[str] | None = None) -> tuple[str, ...]:
    """Unpack the wheels of `wheelhouse` into `lib`, as `pip install --target` does, without scripts, headers and data.

    With `lines`, only the wheels of these. Returns the names of the wheels' files. Raises `Failure` (14) for a wheel that
    would write outside `lib` or over another's file.
    """
    lib.mkdir(parents=True, exist_ok=True)
    wanted = None if lines is None else {_plain(line.partition("==")[0]) for line in lines if not line.startswith(" ")}
    done: list[str] = []
    for wheel in sorted(wheelhouse.glob("*.whl")):
        if wanted is not None and _plain(wheel.name.partition("-")[0]) not in wanted:
            continue
        with zipfile.ZipFile(wheel) as archive:
            for member in sorted(archive.namelist()):
                place = _place(member)
                if place is None or member.endswith("/"):
                    continue
                _extract(archive, member, lib / place, wheel.name)
        done.append(wheel.name)
    return tuple(done)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _place(member: str) -> PurePosixPath | None:
    """Where a wheel's file goes below `lib`; None for what only an environment has a place for."""
    path = PurePosixPath(member)
    if path.is_absolute() or ".." in path.parts or "\\" in member or ":" in member:
        raise Failure(
            ExitCode.HASH, f"A wheel holds a file with the name {member!r}.", "Do not use it, and tell its makers."
        )
    if path.parts and path.parts[0].endswith(".data"):
        return PurePosixPath(*path.parts[2:]) if path.parts[1] in ("purelib", "platlib") else None
    return path


def _extract(archive: zipfile.ZipFile, member: str, target: Path, wheel: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source:
        content = source.read()
    if target.exists() and target.read_bytes() != content:
        raise Failure(
            ExitCode.HASH,
            f"{wheel} would replace {target.name} of another wheel.",
            "Leave one of the two out of the lock.",
        )
    target.write_bytes(content)


def copy_program(root: Path, lib: Path, kind: str, platform: str, *, update: Mapping[str, Any] | None = None) -> None:
    """Copy our six packages from the checkout `root` into `lib`, and say in `homespun-build.json` what this build is.

    `kind` is windows, deb or wheel; `platform` is a name of `PLATFORMS` ("any" for a wheel); `update` is of
    `release.update_note`.
    """
    lib.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        for path in program_files(root / package):
            target = lib / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    told: dict[str, Any] = {"schema": 1, "kind": kind, "platform": platform}
    told |= {"version": project.version(root), "commit": commit(root)}
    if update:
        told["update"] = dict(update)
    (lib / BUILD_FILE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def program_files(package: Path) -> list[Path]:
    """The files of one of our packages that go along, sorted."""
    found = []
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if not path.is_file() or "__pycache__" in inside.parts:
            continue
        if package.name == "installer" and inside.parts[0] not in OF_THE_INSTALLER:
            continue
        if path.suffix in KINDS_OF_FILES or (package.name, inside.parts[0]) == ("desktop", "samples"):
            found.append(path)
    return found


def compile_all(lib: Path, python: Sequence[str]) -> None:
    """Compile all of `lib` to bytecode that is never checked against the source, by `python`, a command that starts a Python
    of the version that the package runs with. Raises `Failure`.

    The bytes depend on the Python and the sources alone: no times, no folder of the build.
    """
    words = [*python, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    finished = subprocess.run(
        [*words, "-s", str(lib), "-p", "lib", str(lib)],
        env={**python_environment(), "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if finished.returncode:
        raise Failure(
            ExitCode.FAILED,
            "Not everything could be compiled to bytecode.",
            "Read the words below.",
            detail=finished.stdout,
        )


def commit(root: Path) -> str:
    """The commit that `root` is at; empty where there is no git."""
    return _git(root, "rev-parse", "HEAD")


def commit_time(root: Path) -> int:
    """The seconds since 1970 of the last commit: `SOURCE_DATE_EPOCH` of every build. 2020-01-01 where there is no git."""
    said = _git(root, "log", "-1", "--format=%ct")
    return int(said) if said.isdigit() else 1_577_836_800


def _git(root: Path, *words: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    said = subprocess.run([git, "-C", str(root), *words], capture_output=True, text=True, check=False)
    return said.stdout.strip() if said.returncode == 0 else ""
