"""The program folder as it will lie on a person's disk, made in a folder of the build: `homespun-launch.exe`, `versions/…`.

The installer and the portable archive are both made of it, so that what was tried in one is true of the other.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer import filelist, project
from installer.build import licences, release, sbom, tree
from installer.build.msix import write_package
from installer.build.windows.runtime import Runtime, copy_runtime
from installer.failure import ExitCode, Failure
from installer.pip import Pip, python_environment

PROGRAMS = ("homespun-launch.exe", "homespun.exe")
MENU = "homespunmenu-{version}.dll"
SBOM = "sbom.cdx.json"
LONGEST_NAME = 150
"""Characters of a file's path below the version's folder: with the person's profile before it, Windows allows 260."""

CompileNative = Callable[[Path, str, str, Path], object]
"""(out, arch, version, icons): makes the programs and the menu's library in `out`."""


@dataclass(frozen=True)
class Stage:
    """A whole program folder: `folder` holds `PROGRAMS` and `versions/VERSION`; `parts` tells what was trimmed."""

    folder: Path
    version: str
    platform: tree.Platform
    icons: Path
    time: int
    """Seconds since 1970 of the last commit: the time of every file."""
    parts: tuple[tree.Part, ...] = ()

    @property
    def home(self) -> Path:
        """The version's own folder."""
        return self.folder / "versions" / self.version

    def files(self) -> Iterator[Path]:
        """Every file of the version, sorted by its name below `home`."""
        return iter(sorted((path for path in self.home.rglob("*") if path.is_file()), key=lambda path: path.as_posix()))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Ingredients:
    """What a stage is made of. `python` is the environment's Python on this machine (it draws the icons)."""

    root: Path
    arch: str
    runtime: Runtime
    python: Path
    uv: Path
    pip: Pip
    compile_native: CompileNative
    bytecode: tuple[str, ...] = ()
    """A command that starts a Python of the runtime's version on this machine; without it nothing is compiled ahead."""
    update: Mapping[str, Any] | None = None
    key: Path | None = None
    """The private key that signs `files.json`."""
    sign: Callable[[Sequence[Path]], None] | None = None
    """Signs programs and libraries in their place."""
    publisher: str = ""
    """The subject of the certificate that signs: with it, the package for the first menu is made."""

    @property
    def platform(self) -> tree.Platform:
        """What is built for."""
        return tree.PLATFORMS[f"windows-{self.arch}"]


def make_stage(of: Ingredients, work: Path, say: Callable[[str, str], None]) -> Stage:
    """Make the program folder in `work`/stage. `say` hears each part's name and result. Raises `Failure`."""
    version = project.version(of.root)
    icons = draw(of.python, of.root, work / "art")
    made = Stage(work / "stage", version, of.platform, icons, tree.commit_time(of.root))
    home = made.home
    copy_runtime(of.runtime, home / "python")
    lines = tree.platform_lock(of.root, of.platform, of.runtime.short, of.uv)
    wheelhouse = tree.download(lines, of.platform, of.runtime.short, work, of.pip)
    wheels = tree.unpack(wheelhouse, home / "lib", lines)
    parts = tree.trim(home / "lib")
    before, after = (sum(getattr(part, name) for part in parts) for name in ("before", "after"))
    say("Packages", f"{len(wheels)} wheels, {before / 1e6:.0f} MB, trimmed to {after / 1e6:.0f} MB")
    tree.copy_program(of.root, home / "lib", "windows", of.platform.name, update=of.update)
    if of.bytecode:
        tree.compile_all(home / "lib", of.bytecode)
    say("Bytecode", "compiled" if of.bytecode else "none: the first start will take longer")
    licences.bundle(home / "lib", home / "licences", home / "python")
    python = (".".join(map(str, of.runtime.version)), home / "python")
    text = sbom.sbom(
        home / "lib", of.platform.name, version=version, time=made.time, wheelhouse=wheelhouse, python=python
    )
    (home / SBOM).write_text(text, encoding="utf-8", newline="\n")
    place_native(of, made, work / "native")
    finish(of, made)
    return Stage(made.folder, version, made.platform, icons, made.time, parts)


def draw(python: Path, root: Path, out: Path) -> Path:
    """Draw the icons and the installer's pictures into `out`. Raises `Failure`."""
    for module in ("desktop.window.art", "desktop.window.setup_art"):
        finished = subprocess.run(
            [str(python), "-m", module, str(out)],
            cwd=root,
            env={**python_environment(), "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            words = finished.stdout + finished.stderr
            raise Failure(ExitCode.FAILED, "The icons could not be drawn.", "Read the words below.", detail=words)
    return out


def place_native(of: Ingredients, made: Stage, out: Path) -> None:
    """Compile the launcher and the first menu's library, and put them where they belong."""
    out.mkdir(parents=True, exist_ok=True)
    of.compile_native(out, of.arch, made.version, made.icons)
    for name in PROGRAMS:
        copy_plain(out / name, made.folder / name)
    menu = MENU.format(version=made.version)
    copy_plain(out / menu, made.home / "menu" / menu)
    if of.publisher:
        write_package(made.home / "menu", of.arch, made.version, of.publisher, made.icons)


def copy_plain(source: Path, target: Path) -> None:
    """A copy of the bytes alone. Raises `Failure` where `source` is missing."""
    if not source.is_file():
        raise Failure(
            ExitCode.FAILED, f"{source.name} was not compiled.", "Look at what the compiler said, and build again."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def finish(of: Ingredients, made: Stage) -> None:
    """What must come last: signatures, the list of all files and its signature, the pointer, the files' times."""
    check_names(made)
    if of.sign is not None:
        ours = [made.folder / name for name in PROGRAMS] + sorted((made.home / "menu").iterdir())
        of.sign([path for path in ours if path.suffix in (".exe", ".dll", ".msix")])
    filelist.write(made.home, made.version, made.platform.name)
    if of.key is not None:
        release.sign_list(made.home, of.key)
    pointer = {"schema": 1, "version": made.version, "previous": None}
    (made.folder / "current.json").write_text(json.dumps(pointer) + "\n", encoding="utf-8", newline="\n")
    for path in made.folder.rglob("*"):
        os.utime(path, (made.time, made.time))


def check_names(made: Stage) -> None:
    """Raise `Failure` for a name that Windows, the installer or an older archive program would not take as it is."""
    for path in made.files():
        name = path.relative_to(made.home).as_posix()
        if len(name) > LONGEST_NAME or not name.isascii() or set(name) & set('"$`<>|:*?\\'):
            raise Failure(
                ExitCode.FAILED, f"The file name {name!r} is too long or odd for Windows.", "Leave that file out."
            )
