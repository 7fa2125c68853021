"""The program that really is a Python, for those who start and watch one."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


def program(python: str = "") -> tuple[str, dict[str, str]]:
    """What to start for the interpreter `python` (empty: this one), and what its environment needs besides.

    On Windows the python.exe of a virtual environment only starts another one, and we would watch the wrong process, or
    hold it in a job in which it may start none; so that one is started at once, as `multiprocessing` does.
    """
    asked = python or sys.executable
    if sys.platform == "win32":
        base = _base(Path(python)) if python else getattr(sys, "_base_executable", sys.executable)
        if base != asked:
            return base, {"__PYVENV_LAUNCHER__": asked}
    return asked, {}


def _base(python: Path) -> str:
    """The interpreter behind that of a virtual environment, as its `pyvenv.cfg` says; `python` itself where none says so."""
    for folder in python.parents[:2]:
        with suppress(OSError, UnicodeDecodeError):
            for line in (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                if key.strip().lower() == "executable" and Path(value.strip()).is_file():
                    return value.strip()
    return str(python)
