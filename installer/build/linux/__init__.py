"""`python -m installer build linux`: the Debian package, the wheel and the source archive, made on Linux."""

from __future__ import annotations

import argparse
import hashlib
import platform
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from installer.failure import ExitCode, Failure
from installer.pip import python_environment

if TYPE_CHECKING:
    from installer.environment import Builder

__all__ = ["arguments", "build"]

Note = Callable[[str], None]

FORMATS = ("deb", "wheel")
PLATFORMS = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}
ROOM = 3_000_000_000
"""Bytes that building a .deb takes for a while: wheels, the unpacked program, its archive, the package."""


def build(builder: Builder, words: Sequence[str]) -> int:
    """`build linux …`: the exit code. Raises `Failure`."""
    from installer.environment import TEST, require_room

    options = arguments().parse_args(words)
    formats = chosen(options.format)
    out: Path = (options.out or builder.root / "dist").resolve()
    if "deb" in formats:
        from installer.build.linux.deb import require_dpkg

        require_dpkg()
        version = python_version(options.python)
    python = builder.ensure(TEST)  # with uv, which judges the lock, and Qt, which draws the icons
    require_room(builder.root, ROOM if "deb" in formats else ROOM // 10)
    builder.steps.title("Building for Linux")
    made: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="homespun-build-") as folder:
        if "wheel" in formats:
            made += _wheel(builder, python, Path(folder), out)
        if "deb" in formats:
            made.append(_deb(builder, python, Path(folder), out, (options.python, version)))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made)
    (out / "homespun-linux.sha256").write_text(sums, encoding="utf-8", newline="\n")
    for path in made:
        builder.steps.done("Made", f"{path}, {path.stat().st_size / 1e6:.1f} MB")
    return int(ExitCode.OK)


def arguments() -> argparse.ArgumentParser:
    """The words of `build linux`."""
    top = argparse.ArgumentParser(
        prog="python3 -m installer build linux", description="Makes the packages for Linux.", allow_abbrev=False
    )
    top.add_argument("--format", default=",".join(FORMATS), metavar="F,…", help="deb, wheel (both when not given)")
    top.add_argument("--out", type=Path, metavar="DIR", help="where they go (dist in the checkout when not given)")
    top.add_argument(
        "--python",
        default="/usr/bin/python3",
        metavar="PATH",
        help="the Python that the .deb is for: it depends on exactly this version (/usr/bin/python3 when not given)",
    )
    return top


def chosen(words: str) -> tuple[str, ...]:
    """The formats of `--format`. Raises `Failure` (2)."""
    formats = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if "appimage" in formats:
        raise Failure(
            ExitCode.USAGE,
            "No AppImage is made: its start needs a binary that no package index and no Debian has (docs/linux.md).",
            "Take the .deb, or the wheel with pipx on other systems.",
        )
    strange = [one for one in formats if one not in FORMATS]
    if strange or not formats:
        raise Failure(
            ExitCode.USAGE,
            f"There is no format {', '.join(map(repr, strange)) or repr(words)}.",
            "The formats are: deb, wheel.",
        )
    return formats


def python_version(command: str) -> str:
    """The version ("3.11") of the Python that `command` starts. Raises `Failure` (10)."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        finished = subprocess.run(
            [command, "-I", "-c", code],
            env=python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _no_python(command) from error
    version = finished.stdout.strip()
    if finished.returncode or not version.startswith("3."):
        raise _no_python(command)
    if not 11 <= int(version.removeprefix("3.")) <= 13:
        raise Failure(
            ExitCode.PYTHON,
            f"{command} is Python {version}; Homespun's packages are locked for 3.11, 3.12 and 3.13.",
            "Give --python one of these.",
        )
    return version


def _no_python(command: str) -> Failure:
    return Failure(ExitCode.PYTHON, f"{command} is no Python that starts.", "Give --python the path of one.")


def _wheel(builder: Builder, python: Path, folder: Path, out: Path) -> list[Path]:
    from installer.build import tree
    from installer.build.linux import wheel
    from installer.environment import pip_for

    made: list[Path] = []
    pip = pip_for(python.parent.parent, builder.wheelhouse)
    time = tree.commit_time(builder.root)

    def work(note: Note) -> str:
        made.extend(wheel.make(builder.root, python, pip, time, folder / "wheel", out, note))
        return ", ".join(path.name for path in made)

    builder.steps.run("Wheel", work)
    return made


def _deb(builder: Builder, python: Path, folder: Path, out: Path, target: tuple[str, str]) -> Path:
    from installer.build import tree
    from installer.build.linux import deb, opt
    from installer.environment import pip_for, scripts_of
    from installer.uv import find_uv

    environment = python.parent.parent
    command, version = target
    recipe = opt.Recipe(
        root=builder.root,
        platform=tree.PLATFORMS[_platform()],
        python=(command, "-I"),
        version=version,
        uv=find_uv(scripts_of(environment)),
        pip=pip_for(environment, builder.wheelhouse),
        time=tree.commit_time(builder.root),
    )
    made: list[deb.Package] = []

    def work(note: Note) -> str:
        render(builder.root, python, folder / "art")
        made.append(deb.make(recipe, folder / "art", folder / "deb", out, note))
        return f"{made[0].path.name}, {made[0].installed / 1e6:.0f} MB installed"

    builder.steps.run("Debian package", work)
    return made[0].path


def render(root: Path, python: Path, art: Path) -> None:
    """Draw the icons into `art`, with the environment's Qt. Raises `Failure`."""
    finished = subprocess.run(
        [str(python), "-m", "desktop.window.art", str(art)],
        cwd=root,
        env={**python_environment(), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise Failure(ExitCode.FAILED, "The icons could not be drawn.", "Read the words below.", detail=finished.stderr)


def _platform() -> str:
    machine = platform.machine()
    if machine not in PLATFORMS:
        raise Failure(
            ExitCode.USAGE,
            f"No package is made for {machine}.",
            "Build on x86_64 or aarch64: the bytecode is made here.",
        )
    return PLATFORMS[machine]
