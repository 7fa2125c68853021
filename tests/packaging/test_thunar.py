"""Thunar, driven as a person drives it: files chosen, the menu opened, our entry taken; what starts is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.shell import Did, State, install, remove, status
from tests.packaging.desk import HOSTILE, PATIENCE, Desk, desk, need, pictures, places_of, wait_for

pytestmark = pytest.mark.packaging

THEIRS = """\
<?xml version="1.0" encoding="UTF-8"?>
<actions>
<!-- mine -->
<action>
	<icon>utilities-terminal</icon>
	<name>Count words</name>
	<unique-id>1700000000000000-1</unique-id>
	<command>wc %f</command>
	<patterns>*.txt</patterns>
	<text-files/>
</action>
</actions>
"""


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our icons, rendered as a build does."""
    folder = tmp_path_factory.mktemp("icons")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-m", "desktop.window.art", str(folder)], env=environment, check=True, timeout=60)
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    """A desktop with a Thunar whose person has an action of their own."""
    need(thunar="thunar")
    with desk(tmp_path / "home") as found:
        folder = found.home / ".config" / "Thunar"
        folder.mkdir()
        (folder / "uca.xml").write_text(THEIRS, encoding="utf-8")
        yield found


def open_menu(desk: Desk, folder: Path, patience: float = PATIENCE) -> None:
    """Open `folder` in Thunar, choose everything in it, and open the menu and our cascade in it."""
    desk.start("thunar", str(folder))
    desk.window(f"{folder.name} - Thunar")
    desk.settle()
    desk.keys("ctrl+a")
    desk.menu("Menu")
    desk.keys("Up", "Up")  # the last entry is Thunar's own, ours is above it
    desk.menu("Right", patience=patience)


def test_two_pictures_reach_the_command_with_names_that_would_break_any_shell(mine: Desk, icons: Path) -> None:
    chosen = pictures(mine.home / "Pictures", ["a.png", HOSTILE])
    places = places_of(mine)
    (outcome,) = install(["thunar"], command=mine.recorder, places=places, icons=icons)
    assert outcome.did is Did.WRITTEN

    open_menu(mine, mine.home / "Pictures")
    mine.photograph(mine.home.parent / "thunar.png")
    mine.keys("Return")

    assert mine.words_asked() == ["app", "--erase", "--", *map(str, chosen)]
    assert not list(mine.home.rglob("pwned"))
    assert status(["thunar"], places)[0].state is State.PRESENT

    remove(["thunar"], places)
    assert (places.config_home / "Thunar" / "uca.xml").read_text(encoding="utf-8") == THEIRS


def test_three_hundred_pictures_reach_one_command_together(mine: Desk) -> None:
    chosen = pictures(mine.home / "Many", [f"picture {number:03}.png" for number in range(300)])
    install(["thunar"], command=mine.recorder, places=places_of(mine))

    open_menu(mine, mine.home / "Many")
    mine.keys("Down", "Down", "Return")

    assert mine.words_asked() == ["app", "--enlarge", "--by", "4", "--", *map(str, chosen)]


def test_a_folder_is_searched_from_its_own_menu_beside_what_thunar_offers_by_itself(mine: Desk) -> None:
    inner = mine.home / "Outer" / "In here %f"
    inner.mkdir(parents=True)
    (mine.home / ".config" / "Thunar" / "uca.xml").unlink()
    install(["thunar"], command=mine.recorder, places=places_of(mine))

    open_menu(mine, mine.home / "Outer")
    mine.photograph(mine.home.parent / "folder.png")
    mine.keys("Return")

    assert mine.words_asked() == ["app", "--search", "--", str(inner)]


def test_a_choice_that_is_not_of_pictures_alone_has_no_entry_of_ours(mine: Desk) -> None:
    pictures(mine.home / "Mixed", ["a.png"])
    (mine.home / "Mixed" / "notes.txt").write_text("plain", encoding="utf-8")
    install(["thunar"], command=mine.recorder, places=places_of(mine))

    with pytest.raises(TimeoutError, match="no menu"):
        open_menu(mine, mine.home / "Mixed", patience=3)
    mine.photograph(mine.home.parent / "mixed.png")

    assert not mine.asked.exists()


def test_the_entries_work_in_the_real_program_whether_it_runs_or_not(mine: Desk) -> None:
    folder = mine.home / "Pictures"
    pictures(folder, ["first.png", HOSTILE])
    install(["thunar"], command=(sys.executable, "-m", "desktop"), places=places_of(mine))
    try:
        open_menu(mine, folder)
        mine.keys("Return")
        wait_for("editors", lambda: len(editors(mine)) == 2, 90)
        assert {mine.kind_of(window) for window in editors(mine)} == {"Homespun"}  # as our desktop entry says
        mine.settle()
        mine.photograph(mine.home.parent / "editors.png")

        # The program runs by now, so the next start hands over to it; this time without an editor, in the queue.
        mine.window(f"{folder.name} - Thunar")
        mine.menu("Menu")
        mine.keys("Up", "Up")
        mine.menu("Right")
        mine.keys("Down", "Return")
        wait_for("enlarged pictures", lambda: len(list(folder.iterdir())) == 4, 120)
        mine.settle()
        mine.photograph(mine.home.parent / "queue.png")
    finally:
        subprocess.run([sys.executable, "-c", QUIT], env=mine.environment, check=False, timeout=60)
    assert not list(mine.home.rglob("pwned"))


def editors(desk: Desk) -> list[str]:
    """The windows of the program's editors, each called as its picture."""
    return [one for name in (r"^first\.png", r"^b \$\(touch pwned\)") for one in desk.windows(name)]


QUIT = "from desktop.handoff import asked; from desktop.instance import hand_over; hand_over(asked('quit'))"
