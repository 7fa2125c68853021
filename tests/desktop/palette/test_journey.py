"""In a real window system, with a real index: the palette takes the keys at once and gives the focus back."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import indexer
from homespun.progress import Progress
from tests.index.corpus import mixed_folder

NEEDED = ("Xvfb", "openbox", "xdotool")
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}: a screen, and windows that become active"
)


class Stand:
    """The process with both windows, and a hand at its keyboard."""

    def __init__(self, display: str, home: Path) -> None:
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOMESPUN_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.palette.stand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=self._environment,
            text=True,
        )
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(json.loads(line))

    def hotkey(self) -> None:
        """What the global key does."""
        assert self.process.stdin is not None
        self.process.stdin.write("toggle\n")
        self.process.stdin.flush()

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        subprocess.run(["xdotool", "key", *keys], env=self._environment, check=True)

    def type(self, text: str) -> None:
        """Type as a person does, fast."""
        subprocess.run(["xdotool", "type", "--delay", "15", text], env=self._environment, check=True)

    def wait_for(self, seconds: float = 30, **wanted: object) -> dict[str, Any]:
        """The next thing said that has these values."""
        end = time.monotonic() + seconds
        while True:
            said = self._said.get(timeout=max(0.01, end - time.monotonic()))
            if all(said.get(key) == value for key, value in wanted.items()):
                return said

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """Both windows on a screen of their own, over an index of a dozen files."""
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    with indexer.open_index(create=True) as index:
        index.add(mixed_folder(tmp_path / "Documents"))
        indexer.run(index, progress=Progress())
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL)
    made = Stand(display, tmp_path / "home")
    try:
        made.wait_for(active="Earlier window")
        yield made
    finally:
        made.close()
        for process in (manager, screen):
            process.terminate()
            process.wait(10)


def test_hotkey_type_enter_opens_and_the_earlier_window_has_the_keys_again(stand: Stand) -> None:
    stand.hotkey()
    stand.wait_for(active="Search")
    stand.type("red lentil soup")
    while not stand.wait_for(query="red lentil soup")["rows"]:
        pass
    stand.press("Return")
    said = stand.wait_for()
    while "opened" not in said:
        assert "typed_elsewhere" not in said
        said = stand.wait_for()
    assert said["opened"].endswith("soup.html")
    stand.wait_for(active="Earlier window")
    stand.type("x")
    stand.wait_for(typed_elsewhere="x")


def test_hotkey_escape_gives_the_focus_back_and_the_hotkey_shows_it_again(stand: Stand) -> None:
    for _ in range(3):
        stand.hotkey()
        stand.wait_for(active="Search")
        stand.press("Escape")
        stand.wait_for(active="Earlier window")
        time.sleep(0.5)  # Qt on X11 tells nothing of a window that is shown again within 0.4 s
    stand.hotkey()
    stand.wait_for(active="Search")
    stand.hotkey()
    stand.wait_for(active="Earlier window")
