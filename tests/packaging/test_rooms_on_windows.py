"""Our own tests, run by Windows' Python with Windows' wheels, under wine: what breaks there breaks for people on Windows.

A window is not among them; `test_windows_program.py` opens one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.build.tree import cut
from installer.uv import find_uv
from tests.packaging.wine import Wine

pytestmark = pytest.mark.packaging
ROOT = Path(__file__).resolve().parents[2]
TESTING = ("hypothesis", "iniconfig", "pluggy", "pytest", "pytest-qt", "pytest-timeout", "sortedcontainers")
ROOMS: dict[str, tuple[str, ...]] = {
    "tests/homespun": (),
    "tests/query": (),
    "tests/vectors": (),
    "tests/index/test_journey.py": (),
    "tests/engines/concepts": (),
    "tests/engines/select": (),
    "tests/engines/upscale": (),
    "tests/desktop/instance/test_pipes.py": (
        "test_only_one_listens_and_nobody_answers_where_none_does",  # wine 8 lets a pipe have two first instances
    ),
}
"""The rooms, and the tests in them that are not for wine."""
WITHOUT = (
    "import _winapi\nif hasattr(_winapi, 'CopyFile2'):\n    del _winapi.CopyFile2  # wine 8 lacks what is behind it\n"
)
LONG = 900.0


@pytest.fixture(scope="module")
def python(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Windows' Python with the wheels of the lock, those for testing, and this checkout."""
    folder = tmp_path_factory.mktemp("rooms")
    wanted = folder / "wanted.txt"
    lock = (ROOT / "requirements-test.lock").read_text("utf-8")
    versions = {name: version for name, version in _locked(lock).items() if name in TESTING}
    assert set(versions) == set(TESTING)
    wanted.write_text("\n".join(cut(lock, versions)) + "\n", "utf-8")
    for file in (ROOT / "requirements.lock", wanted):
        command = [str(find_uv(Path(sys.executable).parent)), "pip", "install", "--target", str(folder / "lib")]
        command += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13", "--only-binary", ":all:"]
        command += ["--no-deps", "--require-hashes", "-r", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"the wheels can't be fetched: {done.stderr.strip()[-300:]}")
    (folder / "lib" / "sitecustomize.py").write_text(WITHOUT, "utf-8")
    return wine.python(folder / "python", r"..\lib", wine.path(ROOT), "import site")


@pytest.mark.skipif(shutil.which("x86_64-w64-mingw32-gcc") is None, reason="no compiler (Debian: gcc-mingw-w64-x86-64)")
@pytest.mark.parametrize("room", ROOMS)
def test_a_room_works_on_windows(wine: Wine, python: Path, room: str) -> None:
    left_out = [f"--deselect={room}::{name}" for name in ROOMS[room]]
    marks = "not export and not devices and not packaging and not slow"
    words = [
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-q",
        "--tb=short",
        "--timeout",
        "300",
        "-m",
        marks,
        *left_out,
        room,
    ]
    ran = wine.run(python, *words, cwd=ROOT, env={"QT_QPA_PLATFORM": "offscreen"}, timeout=LONG)
    last = ran.output.strip().splitlines()[-1]
    print(last)
    assert ran.rc == 0, ran.output[-4000:]
    assert " passed" in last


def _locked(lock: str) -> dict[str, str]:
    pinned = (line.partition(" ")[0] for line in lock.splitlines() if line[:1].isalpha())
    return {name: version for name, _, version in (one.partition("==") for one in pinned)}
