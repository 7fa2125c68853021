"""Nemo, Nautilus, Dolphin, Caja and PCManFM, each driven for real: what is chosen reaches the command word by word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer.shell import Did, State, install, remove, status
from tests.packaging.desk import HOSTILE, Desk, desk, need, pictures, places_of

pytestmark = pytest.mark.packaging


@dataclass(frozen=True)
class Driven:
    """How one file manager is started and driven to our first entry, which asks for `first` when pictures are chosen."""

    name: str
    words: tuple[str, ...]
    package: str
    open_pictures: Callable[[Desk], None]
    open_folder: Callable[[Desk], None]
    first: tuple[str, ...] = ("--erase",)


def cascade(desk: Desk) -> None:
    """Our entry is the one above the last; its menu opens to the right."""
    desk.menu("Menu")
    desk.keys("Up", "Up")
    desk.menu("Right")
    desk.keys("Return")


def flat(place: int) -> Callable[[Desk], None]:
    """Our entry is at `place` in the menu itself."""

    def choose(desk: Desk) -> None:
        desk.menu("Menu")
        desk.keys(*["Down"] * place, "Return")

    return choose


def sliding(desk: Desk) -> None:
    """As `cascade`, but the inner menu slides over the outer one, under a line that leads back."""
    desk.menu("Menu")
    desk.keys("Up", "Up", "Right")
    desk.settle()
    desk.keys("Down", "Return")


MANAGERS = (
    Driven("nemo", ("nemo",), "nemo", flat(3), flat(5)),
    Driven("nautilus", ("nautilus",), "python3-nautilus", sliding, sliding),
    # Dolphin puts a menu's entries in the order of the alphabet.
    Driven("dolphin", ("dolphin",), "dolphin", cascade, cascade, ("--enlarge", "--by", "2")),
    Driven("caja", ("caja", "--no-desktop"), "python3-caja", cascade, cascade),
    Driven("pcmanfm", ("pcmanfm",), "pcmanfm", cascade, cascade),
)


def opened(desk: Desk, one: Driven, folder: Path) -> None:
    """The window of `folder`, with all that is in it chosen."""
    desk.start(*one.words, str(folder))
    window = desk.window(folder.name)
    desk.settle()
    place = dict(row.split("=") for row in desk.xdotool("getwindowgeometry", "--shell", window).split())
    # A click on the ground gives the list of files the keyboard; then the pointer leaves, or it would choose entries too.
    right = int(place["X"]) + int(place["WIDTH"]) * 3 // 4
    lower = int(place["Y"]) + int(place["HEIGHT"]) * 4 // 5
    desk.xdotool("mousemove", str(right), str(lower), "click", "1", "mousemove", "1", "1")
    desk.keys("ctrl+a")
    desk.settle()


@pytest.mark.parametrize("one", MANAGERS, ids=lambda one: one.name)
def test_two_pictures_reach_the_command_whatever_they_are_called(one: Driven, tmp_path: Path) -> None:
    need(**{one.words[0]: one.package})
    with desk(tmp_path / "home") as mine:
        chosen = pictures(mine.home / "Pictures", ["a.png", HOSTILE])
        places = places_of(mine)
        (outcome,) = install([one.name], command=mine.recorder, places=places)
        assert outcome.did is Did.WRITTEN
        if one.name in ("nautilus", "caja") and outcome.paths[0].suffix != ".py":
            pytest.skip(f"needs Debian's {one.package}")

        try:
            opened(mine, one, mine.home / "Pictures")
            one.open_pictures(mine)
            asked = mine.words_asked()
        finally:
            mine.photograph(tmp_path / f"{one.name}.png")

        assert asked == ["app", *one.first, "--", *map(str, chosen)]
        assert not list(mine.home.rglob("pwned"))
        assert status([one.name], places)[0].state is State.PRESENT
        assert remove([one.name], places)[0].did is Did.REMOVED
        assert not [path for path in mine.home.rglob("*homespun*") if path != mine.home / "homespun"]


@pytest.mark.parametrize("one", MANAGERS, ids=lambda one: one.name)
def test_a_folder_is_searched_from_its_own_menu(one: Driven, tmp_path: Path) -> None:
    need(**{one.words[0]: one.package})
    with desk(tmp_path / "home") as mine:
        inner = mine.home / "Outer" / "In here %f"
        inner.mkdir(parents=True)
        (outcome,) = install([one.name], command=mine.recorder, places=places_of(mine))
        if one.name in ("nautilus", "caja") and outcome.paths[0].suffix != ".py":
            pytest.skip(f"needs Debian's {one.package}")

        try:
            opened(mine, one, mine.home / "Outer")
            one.open_folder(mine)
            asked = mine.words_asked()
        finally:
            mine.photograph(tmp_path / f"{one.name}.png")

        assert asked == ["app", "--search", "--", str(inner)]
