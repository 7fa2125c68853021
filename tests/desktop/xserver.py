"""A real X server with a window manager, and programs on it that say what happens to them; skipped where they are missing."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.xvfb import own_screen, without_screen

ROOT = Path(__file__).resolve().parents[2]


def need(*programs: str) -> None:
    """Skip the test unless all `programs` are here."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


@contextmanager
def x_server() -> Iterator[dict[str, str]]:
    """An X server with openbox; the environment of programs that are to run on it."""
    need("Xvfb", "openbox", "xdotool")
    if sys.platform == "win32":
        pytest.skip("there is no X11 on Windows")
    more = {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    with own_screen("1280x800x24", without_screen() | more) as environment:
        yield environment


class Program:
    """A program of the tests under way: it says a JSON object a line, hears lines, and goes when its input ends."""

    def __init__(self, environment: Mapping[str, str], module: str, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as said:
            for line in said:
                self._said.put(json.loads(line))

    def wait_for(self, seconds: float = 30, **wanted: object) -> dict[str, Any]:
        """The next thing said that has these values; those before it are passed over."""
        end = time.monotonic() + seconds
        while True:
            said = self._said.get(timeout=max(0.01, end - time.monotonic()))
            if all(said.get(key) == value for key, value in wanted.items()):
                return said

    def rest(self) -> list[dict[str, Any]]:
        """What was said and not waited for."""
        found = []
        while not self._said.empty():
            found.append(self._said.get())
        return found

    def say(self, line: str) -> None:
        """Have it hear a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
