"""Putting Homespun itself into an environment.

An environment runs the checkout that it lies in, so what is installed is a link: a wheel with a `.pth` line, the
metadata and the entry point. We write that wheel here (it is four small files) instead of asking setuptools for an
editable install. That takes no build backend at run time, no network for one, leaves no `egg-info` in the checkout,
works where the checkout can't be written to, and pip still makes the `homespun` command for every system, as it does
for any wheel.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

from installer.locks import pyproject

WHEEL = "Wheel-Version: 1.0\nGenerator: homespun-installer\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def version(root: Path) -> str:
    """The version as `homespun/__init__.py` says it."""
    found = re.search(r'^__version__ = "([^"]+)"', (root / "homespun" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    assert found, "homespun/__init__.py holds no __version__"
    return found[1]


def project_digest(root: Path) -> str:
    """Changes when the link must be made again: another version, requirement or command."""
    return hashlib.sha256(json.dumps([version(root), pyproject(root)["project"]], sort_keys=True).encode()).hexdigest()


def site_packages(environment: Path) -> Path:
    """The folder of an environment that packages go to."""
    base = str(environment)
    return Path(sysconfig.get_path("purelib", scheme="venv", vars={"base": base, "platbase": base}))


def write_link_wheel(root: Path, environment: Path, folder: Path) -> Path:
    """Write the wheel that links `environment` to the checkout `root` into `folder`; its path."""
    name, number = "homespun", version(root)
    info = f"{name}-{number}.dist-info"
    files = {
        # Relative to site-packages, so that an accent in the path never meets the encoding that Python reads .pth in.
        f"{name}.pth": os.path.relpath(root, site_packages(environment)) + "\n",
        f"{info}/METADATA": metadata(pyproject(root)["project"], number),
        f"{info}/WHEEL": WHEEL,
        f"{info}/entry_points.txt": entry_points(pyproject(root)["project"]),
    }
    record = "".join(f"{path},{_record_hash(text)},{len(text.encode())}\n" for path, text in files.items())
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    wheel = folder / f"{name}-{number}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), text)
    return wheel


def metadata(project: dict[str, Any], number: str) -> str:
    """The core metadata (PEP 566) of the [project] table."""
    lines = ["Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {number}"]
    lines += [f"Summary: {project['description']}", f"Requires-Python: {project['requires-python']}"]
    lines += [f"Requires-Dist: {one}" for one in project.get("dependencies", [])]
    for extra, requirements in project.get("optional-dependencies", {}).items():
        lines.append(f"Provides-Extra: {extra}")
        for one in requirements:
            what, _, marker = one.partition(";")
            condition = f"({marker.strip()}) and extra == '{extra}'" if marker.strip() else f"extra == '{extra}'"
            lines.append(f"Requires-Dist: {what.strip()}; {condition}")
    return "\n".join(lines) + "\n"


def entry_points(project: dict[str, Any]) -> str:
    """The commands of the [project] table, as `entry_points.txt` has them."""
    lines = []
    for group, table in (("console_scripts", "scripts"), ("gui_scripts", "gui-scripts")):
        commands = project.get(table, {})
        if commands:
            lines += [f"[{group}]", *(f"{name} = {target}" for name, target in commands.items())]
    return "\n".join(lines) + "\n"


def _record_hash(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
