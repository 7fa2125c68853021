"""What we build on: nothing that the licence or a platform forbids, and versions that agree wherever they are written."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

from installer import locks
from installer.wheels import TARGETS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FORBIDDEN = {
    "mutagen": "GPL",
    "pymupdf": "AGPL",
    "extract-msg": "GPL",
    "cryptography": "its newest has no Windows Arm64 wheel",
    "sqlite-vec": "no Windows Arm64 wheel",
    "opencv-python": "no Windows Arm64 wheel",
    "opencv-python-headless": "no Windows Arm64 wheel",
    "onnxruntime-extensions": "no Windows wheel",
    "pillow-heif": "its Linux wheel bundles a GPL encoder",
    "pikepdf": "needs macOS 15",
    "pyside6": "brings the add-ons",
    "pyside6-addons": "hundreds of megabytes that nothing uses",
}
CONVERSION = re.compile(r"^(torch|torchvision|nvidia|cuda|triton|jax|tensorflow|transformers|diffusers|optimum)")

SHIPPABLE = re.compile(
    r"^(MIT|MIT-0|MIT-CMU|MIT License|BSD|BSD License|BSD-2-Clause|BSD-3-Clause|3-Clause BSD License|0BSD|Apache 2\.0|Apache-2\.0"
    r"|Apache Software License|ISC License( \(ISCL\))?|Zlib|CC0-1\.0|PSF-2\.0|MPL-2\.0"
    r"|Mozilla Public License 2\.0 \(MPL 2\.0\))$"
)
READ_BY_HAND = {
    "apsw": ("any-OSI", "the author grants any licence that the OSI approves; SQLite itself is in the public domain"),
    "llvmlite": ("BSD-2-Clause AND Apache-2.0 WITH LLVM-exception", "the exception only permits more than Apache-2.0"),
    "pypdfium2": (
        "BSD-3-Clause, Apache-2.0, dependency licenses",
        "PDFium and what it bundles: BSD, MIT, FTL, Zlib and alike",
    ),
    "pyside6-essentials": ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "LGPL: separate, replaceable libraries"),
    "shiboken6": ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "LGPL: separate, replaceable libraries"),
}
"""Distributions whose licence field needs a person: what it said when it was read, and why we may ship it."""


def _names(lock: locks.Lock) -> list[str]:
    return [pin.partition("==")[0] for pin in locks.pins(lock.path(ROOT).read_text(encoding="utf-8"))]


def test_nothing_forbidden_is_in_the_run_lock() -> None:
    assert {name: FORBIDDEN[name] for name in _names(locks.RUN) if name in FORBIDDEN} == {}


@pytest.mark.parametrize("lock", [locks.RUN, locks.TEST, locks.OLD_RUNTIME], ids=lambda lock: lock.name)
def test_no_lock_but_the_export_ones_holds_torch_or_cuda(lock: locks.Lock) -> None:
    assert [name for name in _names(lock) if CONVERSION.match(name)] == []


def test_the_toolkit_stays_at_the_version_that_does_not_abort() -> None:
    # 6.12.0 takes a reference too many from None and ends the process on Python 3.11.
    pins = locks.pins(locks.RUN.path(ROOT).read_text(encoding="utf-8"))
    assert "pyside6-essentials==6.11.3" in pins


def licences(name: str) -> set[str]:
    """The licences that an installed distribution declares."""
    about = importlib.metadata.metadata(name)
    declared = (about.get_all("License-Expression") or about.get_all("License") or [""])[0]
    if not declared or "\n" in declared:  # some put the whole text there
        classifiers = about.get_all("Classifier") or []
        found = {one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")}
        return found or {"none declared"}
    if declared == READ_BY_HAND.get(name, ("",))[0]:
        return set()
    return {part.strip("() ") for part in re.split(r" AND | OR ", declared)}


def test_every_installed_dependency_has_a_licence_that_lets_us_ship_it() -> None:
    wrong, read = {}, 0
    for name in dict.fromkeys(_names(locks.RUN)):
        try:
            declared = licences(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        read += 1
        if bad := sorted(one for one in declared if not SHIPPABLE.match(one)):
            wrong[name] = bad
    assert wrong == {}
    assert read > 20


@pytest.mark.parametrize("package", ["homespun", "models", "engines", "indexer", "desktop", "installer"])
def test_every_package_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_the_entry_point_can_be_called() -> None:
    module, _, name = PROJECT["project"]["scripts"]["homespun"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert "The Homespun authors" in text


def test_pre_commit_uses_the_locked_ruff() -> None:
    pins = locks.pins(locks.TEST.path(ROOT).read_text(encoding="utf-8"))
    ruff = next(pin for pin in pins if pin.startswith("ruff=="))
    asked = re.findall(r'"(ruff==[^"]+)"', (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert set(asked) == {ruff}


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_the_workflows_run_every_platform_that_the_wheels_are_proved_for() -> None:
    text = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    ran = set(re.findall(r'system: ([\w ]+), runner: [\w.-]+, python: "([\d.]+)"', text))
    proved = {(target.title.replace("Win ", "Windows "), target.python) for target in TARGETS}
    assert ran == proved


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_and_may_only_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [action for action in used if not re.search(r"@[0-9a-f]{40}$", action)] == []
    assert "permissions:\n  contents: read\n" in text


def test_ci_runs_all_three_commands_and_can_be_started() -> None:
    path = ROOT / ".ci" / "run"
    text = path.read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m installer (test(?: --\w+)?)(?=$| >| -m)", text, re.MULTILINE)
    assert commands == ["test", "test --devices", "test --export"]
    assert [line for line in text.splitlines() if line.endswith("=$?")] == ["checks=$?", "exports=$?", "devices=$?"]
    assert text.startswith("#!/usr/bin/env bash\n")
