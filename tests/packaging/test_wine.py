"""That what the other tests stand on holds: the real Python runs under wine, and the registry is read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.windows_python import VERSION
from tests.packaging.wine import Wine

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def python(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Windows' Python, which finds what lies in the folder `more` beside it."""
    return wine.python(tmp_path_factory.mktemp("python") / "python", r"..\more")


def test_the_real_python_of_windows_runs_and_finds_modules(wine: Wine, python: Path) -> None:
    (python.parent.parent / "more").mkdir()
    (python.parent.parent / "more" / "found.py").write_text("import sys; print('found', ascii(sys.argv[1:]))")

    ran = wine.run(python, "-c", "import sys, ssl, ctypes; print(sys.version, sys.platform)")
    found = wine.run(python, "-m", "found", "a b", "é 日本", 'q"x')

    assert ran.rc == 0
    assert ran.output.startswith(VERSION)
    assert "win32" in ran.output
    assert "found " + ascii(["a b", "é 日本", 'q"x']) in found.output


def test_exit_codes_and_input_go_through(wine: Wine, python: Path) -> None:
    ran = wine.run(python, "-c", "import sys; print(sys.stdin.read()); sys.exit(7)", stdin=b"heard")
    assert ran.rc == 7
    assert "heard" in ran.output


def test_the_registry_is_read_as_it_was_written(wine: Wine, python: Path) -> None:
    script = r"""
import winreg
with winreg.CreateKey(winreg.HKEY_CURRENT_USER, r"Software\Homespun-test\Ä [b]") as key:
    winreg.SetValueEx(key, "", 0, winreg.REG_SZ, 'C:\\é "q" 日本')
    winreg.SetValueEx(key, 'n"a\\me', 0, winreg.REG_EXPAND_SZ, "%TEMP%")
    winreg.SetValueEx(key, "number", 0, winreg.REG_DWORD, 4097)
"""
    assert wine.run(python, "-c", script).rc == 0

    found = wine.registry(r"HKCU\Software\Homespun-test")

    assert found["HKEY_CURRENT_USER\\Software\\Homespun-test\\Ä [b]"] == {
        "": 'C:\\é "q" 日本',
        'n"a\\me': "%TEMP%",
        "number": 4097,
    }
    wine.remove_key(r"HKCU\Software\Homespun-test")
    assert wine.registry(r"HKCU\Software\Homespun-test") == {}


def test_names_go_between_the_systems(wine: Wine) -> None:
    assert wine.path(wine.drive / "windows" / "x") == r"C:\windows\x"
    assert wine.path(Path("/tmp/a b")) == r"Z:\tmp\a b"
    assert wine.profile.is_dir()
