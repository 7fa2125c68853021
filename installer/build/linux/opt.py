"""The program's own folder of a Linux package: /opt/homespun with `lib`, `licences`, `sbom.cdx.json` and `files.json`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import filelist, project
from installer.build import licences, sbom, tree
from installer.build.packages import Package
from installer.build.tree import Platform
from installer.pip import Pip


@dataclass(frozen=True)
class Recipe:
    """How `lib` is made: the checkout, the platform, a command that starts the Python it is for, that Python's version."""

    root: Path
    platform: Platform
    python: Sequence[str]
    version: str
    uv: Path
    pip: Pip
    time: int


@dataclass(frozen=True)
class Made:
    """What went into the folder."""

    packages: tuple[Package, ...]
    parts: tuple[tree.Part, ...]


def make(recipe: Recipe, folder: Path, work: Path, note: Callable[[str], None]) -> Made:
    """Fill `folder` with the program; wheels are kept in `work`. Raises `Failure` (11, 13, 14, 15, and 1 for licences)."""
    note("the lock for this platform")
    lines = tree.platform_lock(recipe.root, recipe.platform, recipe.version, recipe.uv)
    note("wheels")
    wheels = tree.download(lines, recipe.platform, recipe.version, work, recipe.pip, note)
    lib = folder / "lib"
    tree.unpack(wheels, lib, lines)
    note("what the program never loads goes")
    parts = tree.trim(lib)
    tree.copy_program(recipe.root, lib, "deb", recipe.platform.name)
    note("bytecode")
    tree.compile_all(lib, recipe.python)
    note("licences")
    packages = licences.bundle(lib, folder / "licences")
    version = project.version(recipe.root)
    told = sbom.sbom(lib, recipe.platform.name, version=version, time=recipe.time, wheelhouse=wheels)
    (folder / "sbom.cdx.json").write_text(told, encoding="utf-8")
    note("list of files")
    filelist.write(folder, version, recipe.platform.name)
    return Made(packages, parts)
