"""The licences that go along with a package: what may, their texts, and the notice that the LGPL asks for."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from installer.build import parts, spdx
from installer.build.packages import Package, packages
from installer.failure import ExitCode, Failure

TEXTS = Path(__file__).parent / "texts"
ROOT = Path(__file__).resolve().parents[2]
STANDARD = {
    "Apache-2.0": (ROOT / "LICENSE", "Apache-2.0.txt"),
    "GPL-3.0": (TEXTS / "GPL-3.0.txt", "GPL-3.0.txt"),
    "LGPL-2.1-or-later": (TEXTS / "LGPL-2.1.txt", "LGPL-2.1.txt"),
    "LGPL-3.0-only": (TEXTS / "LGPL-3.0.txt", "LGPL-3.0.txt"),
}
"""Texts that we bring ourselves, and their names in the bundle: for packages without a file, and for the LGPL, which is
read together with the GPL."""
INDEX = "README.txt"

NOTICE = """\
Qt, PySide and Shiboken (LGPL 3)

This program uses Qt {version}, PySide and Shiboken, which are free software under the GNU Lesser General Public License,
version 3. Its text is in LGPL-3.0.txt; it is read together with the GNU General Public License in GPL-3.0.txt. They are used
as they are, unchanged, as shared libraries of their own in the folders `PySide6` and `shiboken6`; parts that the program
never loads were left out. You may replace them with your own builds of the same version, under the same file names; nothing
in this program prevents that, though `homespun repair` takes them for damaged files. You may take the program apart to find
mistakes in such changes.

The source code of exactly these versions:
    Qt {version}                    https://download.qt.io/archive/qt/
    PySide and Shiboken {version}   https://download.qt.io/official_releases/QtForPython/
"""
LESSER = """\
Other libraries under the LGPL 2.1

These are used unchanged too, and may be replaced likewise, by building the package around them again. The text is in
LGPL-2.1.txt. Their source code comes from the places named above, or with the package's own source from the Python package
index.
"""


def judge(found: Iterable[Package], lib: Path) -> None:
    """Raise `Failure` with the name of the first package that may not go along, or that brings something that may not."""
    for package in found:
        if not package.licence:
            said = f"“{package.said}”" if package.said else "nothing"
            raise _refused(package.name, package.version, f"says {said} of its licence, which is none that we know")
        _require(package.licence, package, "is")
        for name, licence, optional in contents(package):
            marker = parts.NOT_INSIDE.get(name)
            if optional and marker is not None and not parts.holds(lib, package, marker):
                continue
            _require(licence, package, f"holds {name}, which is")
    inside, _ = parts.inside(lib, found)
    for part in inside:
        if not spdx.allowed(part.licence):
            raise _refused(part.package, "", f"holds {part.name}, which is under {part.licence}")


def contents(package: Package) -> list[tuple[str, str, bool]]:
    """What the package's own SBOMs say is inside it: name, SPDX expression, and whether it may be absent."""
    found = []
    for one in package.own_lists():
        for component in one.get("components", []):
            if expression := component_licence(component):
                optional = component.get("scope") in ("optional", "excluded")
                found.append((str(component.get("name")), expression, optional))
    return found


def component_licence(component: Mapping[str, Any]) -> str:
    """The licence of a component of a foreign SBOM as an SPDX expression; several are joined by AND."""
    said = []
    for one in component.get("licenses", []):
        licence = one.get("license", {})
        said.append(one.get("expression") or licence.get("id") or licence.get("name") or "")
    known = [f"({one})" if " OR " in one and len(said) > 1 else one for one in said if one]
    return " AND ".join(known)


def bundle(lib: Path, target: Path, python: Path | None = None) -> tuple[Package, ...]:
    """Copy every licence of the packages in `lib` (and of the Python in `python`) to `target`, with an index and the notice.

    Returns the packages. Raises `Failure` with the package's name for a licence that is not on the list, and for a package
    that brings no text where we have none.
    """
    found = packages(lib)
    judge(found, lib)
    target.mkdir(parents=True, exist_ok=True)
    rows = [("Homespun", "", "Apache-2.0", STANDARD["Apache-2.0"][1])]
    needed = {"Apache-2.0", "GPL-3.0", "LGPL-2.1-or-later", "LGPL-3.0-only"}
    for package in found:
        files = package.licence_files()
        folder = target / f"{package.name}-{package.version}"
        for short, path in files.items():
            place = folder / short
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        rows.append((package.name, package.version, package.licence, _where(package, folder.name, bool(files))))
    if python is not None:
        shutil.copyfile(_python_licence(python), target / "Python.txt")
        rows.append(("Python", "", "PSF-2.0", "Python.txt"))
    rows += [(f"model {one['id']}", "", one["licence"], STANDARD[one["licence"]][1]) for one in bundled_models(lib)]
    for name in sorted(needed):
        source, short = STANDARD[name]
        shutil.copyfile(source, target / short)
    (target / INDEX).write_text(_index(lib, found, rows), encoding="utf-8", newline="\n")
    return found


def bundled_models(lib: Path) -> list[dict[str, Any]]:
    """The models that come along, as `models/catalog.toml` describes them. Raises `Failure` for one that may not."""
    path = lib / "models" / "catalog.toml"
    if not path.is_file():
        return []
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [one for one in told["model"] if one.get("bundled")]
    for one in found:
        if one["licence"] not in STANDARD or one.get("ship") != "yes":
            raise _refused(f"the model {one['id']}", "", f"is under {one['licence']}")
    return found


def _index(lib: Path, found: tuple[Package, ...], rows: list[tuple[str, str, str, str]]) -> str:
    inside, _ = parts.inside(lib, found)
    width = max(len(f"{name} {version}") for name, version, _, _ in rows)
    lines = ["The licences of what Homespun is made of. Homespun itself is under the Apache License 2.0.", ""]
    for name, version, licence, where in rows:
        lines += [f"{f'{name} {version}'.strip():<{width}}  {licence}", f"{'':<{width}}    {where}"]
    if inside:
        lines += ["", "Inside these packages:", ""]
        lines += [
            f"  {f'{one.name} {one.version}'.strip()} (in {one.package}): {one.licence}"
            + (f", {one.source}" if one.source else "")
            for one in sorted(inside, key=lambda one: (one.package, one.name))
        ]
    version = next((one.version for one in found if one.name == "pyside6-essentials"), "")
    if version:
        lines += ["", NOTICE.format(version=version).rstrip()]
    if any("LGPL-2.1" in one.licence for one in inside):
        lines += ["", LESSER.rstrip()]
    return "\n".join(lines) + "\n"


def _where(package: Package, folder: str, own: bool) -> str:
    """Where the words of a package's licence are in the bundle. Raises `Failure` where they are nowhere."""
    ours = [STANDARD[name][1] for name in spdx.names(package.licence) if name in STANDARD and spdx.allowed(name)]
    if own and not set(ours) - {STANDARD["Apache-2.0"][1]}:
        return f"{folder}/"
    if ours:
        return ", ".join([f"{folder}/"] * own + ours)
    raise _refused(package.name, package.version, f"is under {package.licence} and brings no text of it")


def _python_licence(python: Path) -> Path:
    for name in ("LICENSE.txt", "LICENSE"):
        if (python / name).is_file():
            return python / name
    raise _refused("Python", "", f"has no LICENSE.txt in {python}")


def _require(licence: str, package: Package, how: str) -> None:
    try:
        may = spdx.allowed(licence)
    except spdx.NotUnderstood:
        may = False
    if not may:
        raise _refused(package.name, package.version, f"{how} under {licence}")


def _refused(name: str, version: str, why: str) -> Failure:
    return Failure(
        ExitCode.FAILED,
        f"{f'{name} {version}'.strip()} may not go along: it {why}.",
        "Leave it out of the requirements, or, if its licence allows it, add it to installer/build/spdx.py with a reason.",
    )
