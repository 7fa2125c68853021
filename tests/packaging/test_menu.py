"""The library of Windows 11's first menu, loaded under wine by a program that does what Explorer does."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer.verbs import PROGRAM, VERBS, On
from tests.packaging.launching import HERE, VERSION, Program
from tests.packaging.wine import Wine, wait_for

pytestmark = pytest.mark.packaging

ENABLED, HIDDEN = 0, 2


@pytest.fixture(scope="module")
def program(wine: Wine, native: dict[str, Path], python: Path) -> Iterator[Program]:
    """A program with the menu's library, whose app runs."""
    found = Program.make(wine, native, python, "menu", files="Program files")
    # All in ASCII: in a language that Debian has not installed, wine knows no other file names.
    (found.add_version(VERSION) / "menu").mkdir()
    shutil.copy(native[f"homespunmenu-{VERSION}.dll"], library(found))
    found.point(json.dumps({"schema": 1, "version": VERSION, "previous": None}))
    found.serve()
    yield found
    found.quit()


def library(program: Program) -> Path:
    """Where the library belongs."""
    return program.root / "versions" / VERSION / "menu" / f"homespunmenu-{VERSION}.dll"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in Explorer's place."""
    target = tmp_path_factory.mktemp("host") / "host.exe"
    words = ["-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-D_WIN32_WINNT=0x0A00"]
    libraries = ["-lole32", "-lshell32", "-luuid"]
    command: list[str | Path] = ["x86_64-w64-mingw32-g++", *words, "-o", target, HERE / "host.cpp", *libraries]
    subprocess.run(command, check=True)
    return target


@pytest.fixture(scope="module")
def files(program: Program) -> Path:
    """A folder with pictures, a text, a zip archive and a folder."""
    folder = program.home.parent / "Bilder & mehr"
    (folder / "Ein Ordner").mkdir(parents=True)
    (folder / "pictures.jpg").mkdir()
    for number in range(300):
        (folder / f"ä {number}.JPG").write_bytes(b"x")
    for name in ("b %PATH%.png", "日本.webp", "notes.txt"):
        (folder / name).write_bytes(b"x")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("a.jpg", "x")
    return folder


def menu(
    program: Program, host: Path, chosen: list[Path], locale: str = "C.UTF-8", invoke: int | None = None
) -> dict[str, Any]:
    """What the menu offers for `chosen`; with `invoke`, that entry is chosen as well."""
    listed = program.home.parent / "chosen.list"
    listed.write_bytes("".join(f"{program.wine.path(path)}\0" for path in chosen).encode("utf-16-le"))
    words = [program.wine.path(library(program)), program.wine.path(listed)]
    environment = {**program.environment, "LC_ALL": locale}
    ran = program.wine.run(host, *words, *([] if invoke is None else [str(invoke)]), env=environment)
    assert ran.rc == 0, ran.output
    return dict(json.loads(ran.output))


@pytest.mark.parametrize(("locale", "spoken"), [("en_GB.UTF-8", "en"), ("de_AT.UTF-8", "de"), ("fr_FR.UTF-8", "en")])
def test_the_entries_are_those_of_the_verbs_in_the_persons_language(
    program: Program, host: Path, files: Path, locale: str, spoken: str
) -> None:
    found = menu(program, host, [files / "b %PATH%.png"], locale)

    assert found["root"]["title"] == PROGRAM
    assert found["root"]["flags"] == 1
    assert [one["title"] for one in found["entries"]] == [verb.words[spoken] for verb in VERBS]
    assert [one["tip"] for one in found["entries"]] == [verb.about[spoken] for verb in VERBS]
    launcher = program.wine.path(program.root / "homespun-launch.exe")
    assert [one["icon"].removeprefix(launcher) for one in found["entries"]] == [",-2", ",-3", ",-3", ",-4"]
    assert found["root"]["icon"] == f"{launcher},-1"


def offered(found: dict[str, Any]) -> list[str]:
    """The verbs that are not hidden."""
    pairs = zip(VERBS, found["entries"], strict=True)
    assert {one["state"] for one in found["entries"]} <= {ENABLED, HIDDEN}
    return [verb.name for verb, entry in pairs if entry["state"] == ENABLED]


PICTURE_VERBS = [verb.name for verb in VERBS if verb.on is On.PICTURES]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["ä 0.JPG"], PICTURE_VERBS),
        (["ä 0.JPG", "b %PATH%.png", "日本.webp"], PICTURE_VERBS),
        (["ä 0.JPG", "notes.txt"], []),
        (["ä 0.JPG", "Ein Ordner"], []),
        (["Ein Ordner"], ["search"]),
        (["pictures.jpg"], ["search"]),
        (["Ein Ordner", "pictures.jpg"], []),
        (["notes.txt"], []),
        (["archive.zip"], []),
    ],
)
def test_each_entry_shows_for_what_it_can_do(
    program: Program, host: Path, files: Path, names: list[str], expected: list[str]
) -> None:
    found = menu(program, host, [files / name for name in names])
    assert offered(found) == expected
    assert found["root"]["state"] == (ENABLED if expected else HIDDEN)


def test_erase_with_two_files_reaches_the_app_with_both(program: Program, host: Path, files: Path) -> None:
    chosen = [files / "b %PATH%.png", files / "日本.webp"]
    before = len(program.asked())
    found = menu(program, host, chosen, invoke=0)
    assert found["invoked"] == 0
    expect(program, before, "erase", chosen)


def test_three_hundred_files_are_one_request_and_hold_explorer_up_for_a_moment_only(
    program: Program, host: Path, files: Path
) -> None:
    chosen = [files / f"ä {number}.JPG" for number in range(300)]
    before = len(program.asked())
    found = menu(program, host, chosen, invoke=1)
    assert (found["invoked"], offered(found)) == (0, PICTURE_VERBS)
    assert found["invoking"] < 5000  # milliseconds; the app has longer
    expect(program, before, "enlarge-2", chosen)


def test_the_first_sixty_four_of_a_large_choice_decide_so_that_the_menu_does_not_wait(
    program: Program, host: Path, files: Path
) -> None:
    pictures = [files / f"ä {number}.JPG" for number in range(64)]
    assert offered(menu(program, host, [*pictures, files / "notes.txt"])) == PICTURE_VERBS
    assert offered(menu(program, host, [*pictures[:63], files / "notes.txt"])) == []


def test_a_folder_is_searched(program: Program, host: Path, files: Path) -> None:
    before = len(program.asked())
    assert menu(program, host, [files / "Ein Ordner"], invoke=3)["invoked"] == 0
    expect(program, before, "search", [files / "Ein Ordner"])


def expect(program: Program, before: int, do: str, chosen: list[Path]) -> None:
    """The app was asked once more, for these."""
    wait_for(lambda: len(program.asked()) > before, "nothing was asked")
    assert program.asked()[before:] == [(do, [program.wine.path(path) for path in chosen])]
