"""The hard lines of docs/architecture.md: who may import what, and what a start must not load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from installer.checks import export_files

from .imports import PRODUCT, ROOT, YARD, imported, importers, sources, tree

QT = frozenset({"PySide6", "shiboken6", "PyQt5", "PyQt6", "PySide2"})
TRAINING = frozenset({"torch", "torchvision", "transformers", "diffusers", "optimum", "sentence_transformers"})
NETWORK = frozenset(
    {
        "socket", "ssl", "socketserver", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "imaplib",
        "poplib", "telnetlib", "nntplib", "xmlrpc", "httpx", "httpx2", "huggingface_hub", "requests", "urllib3", "aiohttp",
        "websockets", "PySide6.QtNetwork",
    }
)  # fmt: skip
DATABASE = frozenset({"apsw", "sqlite3"})
NATIVE_COMPILER = frozenset({"numba", "llvmlite"})

DATABASES = ("indexer/store/", "engines/runtime/proof/ledger.py", "engines/runtime/proof/rows.py")
"""The index, and what devices were found to do: each speaks SQL to a file of its own."""

LINES = {
    "the window's toolkit": (QT, ("desktop/window/",)),
    # The recipes run in the export environments, where onnxruntime is the tool that quantises.
    "the model runtime": (frozenset({"onnxruntime"}), ("engines/runtime/", "models/recipes/")),
    "what trains and converts models": (TRAINING, ("models/recipes/",)),
    "the network": (NETWORK, ("models/store.py", "models/fetch.py", "desktop/instance.py")),
    "the database": (DATABASE, DATABASES),
    "the compiler of the picture workers": (NATIVE_COMPILER, ("engines/",)),
}
"""What is imported, and the only places of the product that may."""


@pytest.mark.parametrize("line", LINES)
def test_each_heavy_or_risky_package_is_imported_in_its_place_alone(line: str) -> None:
    packages, places = LINES[line]
    strangers = {
        path: sorted(names) for path, names in importers(packages, *PRODUCT).items() if not path.startswith(places)
    }
    assert strangers == {}


def test_the_scan_itself_finds_what_it_looks_for() -> None:
    assert "indexer/store/__init__.py" in importers(DATABASE, *PRODUCT)
    assert any(path.startswith("engines/runtime/") for path in importers(frozenset({"onnxruntime"}), *PRODUCT))
    assert len(sources(*PRODUCT)) > 20


def test_training_packages_are_used_in_tests_marked_export_alone() -> None:
    assert set(importers(TRAINING, "tests")) - set(export_files(ROOT)) == set()


def test_the_installer_stands_on_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"installer"}
    strangers = {
        path.as_posix(): sorted(found)
        for path in sources("installer")
        if (found := {name for name in imported(path) if name.partition(".")[0] not in allowed})
    }
    assert strangers == {}


STAYS = frozenset({"installer.verbs", "installer.shell", "installer.versions", "installer.filelist"})
"""The rooms of the installer that go along with the program: it takes its place in menus, and knows its own version."""


def test_the_command_line_and_the_app_alone_know_what_the_installer_left_with_them() -> None:
    found = importers(frozenset(YARD), *PRODUCT)
    assert all(path.startswith("desktop/") for path in found)
    strangers = {name for names in found.values() for name in names if not name.startswith(tuple(STAYS))}
    assert strangers == set()


SQL = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s"
    r"|create\s+(virtual\s+|unique\s+)?(table|index|trigger|view)\s|pragma\s+\w+|alter\s+table\s|drop\s+table\s)",
    re.IGNORECASE | re.DOTALL,
)


def _sentences(path: Path) -> list[str]:
    return [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]


def test_sql_is_written_in_the_store_and_the_ledger_alone() -> None:
    outside = [path for path in sources(*PRODUCT) if not path.as_posix().startswith(DATABASES)]
    assert {path.as_posix(): found for path in outside if (found := _sentences(path))} == {}
    for place in ("indexer/store", "engines/runtime/proof"):
        assert any(_sentences(path) for path in sources(place)), f"the scan does not see the SQL of {place} any more"


def _newly_loaded(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {statement}; print('\\n'.join(set(sys.modules) - before))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_importing_homespun_loads_nothing_but_itself() -> None:
    assert _newly_loaded("import homespun") == {"homespun"}


@pytest.mark.parametrize("name", ["errors", "progress", "folders", "files"])
def test_the_ground_floor_loads_the_standard_library_alone(name: str) -> None:
    loaded = {module.partition(".")[0] for module in _newly_loaded(f"import homespun.{name}")}
    assert loaded - sys.stdlib_module_names - {"homespun"} == set()


@pytest.mark.parametrize("statement", ["import desktop.cli", "import indexer", "import models", "import engines.text"])
def test_a_start_loads_no_window_no_runtime_and_no_compiler(statement: str) -> None:
    heavy = QT | TRAINING | NATIVE_COMPILER | {"onnxruntime", "scipy", "skimage", "httpx", "huggingface_hub", "PIL"}
    assert {module.partition(".")[0] for module in _newly_loaded(statement)} & heavy == set()


def test_the_command_line_starts_without_arrays_and_database() -> None:
    loaded = {module.partition(".")[0] for module in _newly_loaded("import desktop.cli")}
    assert loaded & {"numpy", "apsw", "sqlite3", "lxml", "tokenizers"} == set()
