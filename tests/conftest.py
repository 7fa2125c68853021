"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Each test has a home of its own, and would compile the picture workers anew in it: ten seconds every time.
os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".pytest_cache" / "numba"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: two processes share the files, and one would wait for the other's last."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A HOMESPUN_HOME of its own for each test, so that no test sees or touches a person's index."""
    folder = tmp_path / "homespun-home"
    monkeypatch.setenv("HOMESPUN_HOME", str(folder))
    return folder
