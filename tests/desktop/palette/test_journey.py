"""In a real window system, with a real index: the palette takes the keys at once and gives the focus back."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from homespun.progress import Progress
from tests.desktop.xserver import Program
from tests.index.corpus import mixed_folder


class Stand(Program):
    """The process with both windows, and a hand at its keyboard."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(environment, "tests.desktop.palette.stand")
        self._environment = environment

    def hotkey(self) -> None:
        """What the global key does."""
        self.say("toggle")

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        subprocess.run(["xdotool", "key", *keys], env=self._environment, check=True)

    def type(self, text: str) -> None:
        """Type as a person does, fast."""
        subprocess.run(["xdotool", "type", "--delay", "15", text], env=self._environment, check=True)


@pytest.fixture
def stand(screen: dict[str, str], home: Path, tmp_path: Path) -> Iterator[Stand]:
    """Both windows on a screen, over an index of a dozen files."""
    with indexer.open_index(create=True) as index:
        index.add(mixed_folder(tmp_path / "Documents"))
        indexer.run(index, progress=Progress())
    made = Stand({**screen, "HOMESPUN_HOME": str(home)})
    try:
        made.wait_for(active="Earlier window")
        yield made
    finally:
        made.close()


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
