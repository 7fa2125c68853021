"""What no file of the repository may hold: the places of one machine, and the addresses of package indexes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "homespun",
    "models",
    "engines",
    "indexer",
    "desktop",
    "installer",
    "benchmarks",
    "tests",
    "docs",
    ".github",
    ".ci",
)
TEXT = {".py", ".toml", ".md", ".yml", ".yaml", ".txt", ".in", ".lock", ".json", ".cfg", ""}
# Put together here, so that this file does not hold them itself.
INDEX_HOSTS = ("py" + "pi.org", "files.python" + "hosted.org", "download.py" + "torch.org", "registry.npm" + "js.org")
MACHINE = re.compile(r"(?<![\w.-])/(?:work|tmp/w)/")


def _texts() -> list[Path]:
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    made = {"__pycache__", "out"}  # git ignores them
    return [path for path in [*top, *below] if path.suffix in TEXT and not made & set(path.parts)]


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    """Every line of every text of the repository, with the file's name."""
    return [
        (path.relative_to(ROOT).as_posix(), line)
        for path in _texts()
        if not path.name.startswith(".coverage")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    ]


def test_no_file_names_a_package_index(lines: list[tuple[str, str]]) -> None:
    assert [(name, line.strip()) for name, line in lines if any(host in line for host in INDEX_HOSTS)] == []


def test_no_file_names_a_folder_of_the_machine_where_it_was_written(lines: list[tuple[str, str]]) -> None:
    mine = Path(__file__).relative_to(ROOT).as_posix()
    assert [(name, line.strip()) for name, line in lines if name != mine and MACHINE.search(line)] == []


def test_the_scan_reads_the_whole_house(lines: list[tuple[str, str]]) -> None:
    read = {name for name, _ in lines}
    assert {"pyproject.toml", "requirements.lock", "homespun/errors.py", ".ci/run", "docs/install.md"} <= read


def test_no_file_of_code_holds_a_note_to_do_later(lines: list[tuple[str, str]]) -> None:
    note = re.compile(r"#\s*(TO" + r"DO|FIX" + r"ME|XXX)\b")
    assert [(name, line.strip()) for name, line in lines if name.endswith(".py") and note.search(line)] == []
