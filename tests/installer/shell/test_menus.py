"""Menus of files of our own: there once, gone without a trace, and nothing of the person's touched."""

from __future__ import annotations

import configparser
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from installer import shell
from installer.shell import Did, Failure, Places, State, Wish, install, plan, remove, status, targets
from installer.shell.record import Record
from installer.verbs import VERBS
from tests.installer.shell.conftest import MANAGERS, command_of, everything, executable, written

FILES = ("nautilus", "nemo", "dolphin", "caja", "pcmanfm", "desktop")


def did(outcomes: tuple[shell.Outcome, ...]) -> set[Did]:
    return {one.did for one in outcomes}


@pytest.fixture
def icons(tmp_path: Path) -> Path:
    """A folder as `desktop.window.art` fills it, with pictures that are none."""
    for name in ("homespun.svg", "homespun-16.png", "homespun-256.png", "verbs/homespun-erase.svg"):
        written(tmp_path / "icons" / name, name.encode())
    written(tmp_path / "icons" / "verbs" / "homespun-erase-24.png", b"small")
    return tmp_path / "icons"


def test_everything_is_written_once_and_goes_without_a_trace(person: Places, icons: Path) -> None:
    before = everything(person.home)

    assert did(install(command=command_of(person), places=person, icons=icons)) == {Did.WRITTEN}
    after = everything(person.home)
    assert {one.state for one in status(places=person)} == {State.PRESENT}
    assert did(install(command=command_of(person), places=person, icons=icons)) == {Did.UNCHANGED}
    assert everything(person.home) == after
    assert len(after) > 30

    assert did(remove(places=person)) == {Did.REMOVED}
    assert everything(person.home) == before
    assert did(remove(places=person)) == {Did.ABSENT}


def test_without_names_only_the_file_managers_that_are_here_get_entries(person: Places) -> None:
    (person.programs[0] / "nemo").unlink()
    (person.programs[0] / "caja").unlink()

    written_for = {one.target for one in install(command=command_of(person), places=person)}

    assert written_for == {*MANAGERS, "desktop"} - {"nemo", "caja"}
    assert {one.name for one in targets(person) if not one.here} == {"nemo", "caja"}
    states = {one.target: one.state for one in status(places=person)}
    assert states["nemo"] is State.UNSUPPORTED
    assert {one.target for one in install(["nemo"], command=command_of(person), places=person)} == {"nemo"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_the_person_changed_is_left_alone_and_said(person: Places, name: str) -> None:
    install([name], command=command_of(person), places=person)
    path = Path(next(iter(Record.read(person.record).entries)))
    path.write_bytes(path.read_bytes() + b"# mine\n")
    changed = path.read_bytes()

    broken = status([name], person)[0]
    assert broken.state is State.BROKEN
    assert f"{path} was changed since Homespun wrote it." in broken.words
    (again,) = install([name], command=("/other/homespun",), places=person)
    assert again.did is Did.KEPT
    assert path.read_bytes() == changed

    (outcome,) = remove([name], person)
    assert outcome.did is Did.KEPT
    assert outcome.why == f"{path} was changed since Homespun wrote it, so it was left alone."
    assert [one for one in person.home.rglob("*") if one.is_file()] == [path]
    assert path.read_bytes() == changed


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_there_before_is_nobodys_but_the_persons(person: Places, name: str) -> None:
    path = plan(name, Wish(person, ("homespun",)))[0].path
    written(path, b"mine\n")

    (outcome,) = install([name], command=command_of(person), places=person)

    assert outcome.did is Did.KEPT
    assert f"{path} was there before and is not Homespun's" in outcome.why
    remove([name], person)
    assert [one for one in person.home.rglob("*") if one.is_file()] == [path]
    assert path.read_bytes() == b"mine\n"


@pytest.mark.parametrize("name", FILES)
def test_without_the_record_our_files_prove_themselves(person: Places, name: str) -> None:
    install([name], command=command_of(person), places=person)
    person.record.unlink()

    assert status([name], person)[0].state is State.PRESENT
    assert remove([name], person)[0].did is Did.REMOVED
    assert [one for one in person.home.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("name", FILES)
def test_another_command_renews_the_entries(person: Places, name: str, tmp_path: Path) -> None:
    install([name], command=command_of(person), places=person)
    newer = (str(executable(tmp_path / "new bin" / "homespun")),)

    assert install([name], command=newer, places=person)[0].did is Did.WRITTEN
    Path(command_of(person)[0]).unlink()
    assert status([name], person)[0].state is State.PRESENT

    Path(newer[0]).unlink()
    broken = status([name], person)[0]
    assert broken.state is State.BROKEN
    assert f"The entries start {newer[0]}, which is not there. Install the entries again." in broken.words


def test_a_missing_file_is_told_and_comes_back(person: Places) -> None:
    install(["nemo"], command=command_of(person), places=person)
    path = person.data_home / "nemo" / "actions" / "homespun-0-erase.nemo_action"
    path.unlink()

    assert status(["nemo"], person)[0].words == f"{path} is gone. Install the entries again."
    assert install(["nemo"], command=command_of(person), places=person)[0].did is Did.WRITTEN
    assert path.is_file()


def test_a_service_menu_of_dolphin_may_be_executed_else_kde_would_not_run_it(person: Places) -> None:
    (outcome,) = install(["dolphin"], command=command_of(person), places=person)
    assert {path.stat().st_mode & 0o777 for path in outcome.paths} == {0o755}

    outcome.paths[0].chmod(0o644)
    assert install(["dolphin"], command=command_of(person), places=person)[0].did is Did.WRITTEN
    assert outcome.paths[0].stat().st_mode & 0o777 == 0o755


def test_a_place_that_can_t_be_written_is_said_and_the_others_go_on(person: Places) -> None:
    written(person.data_home / "nemo", b"a file where the folder should be")

    found = {one.target: one for one in install(command=command_of(person), places=person)}

    assert found["nemo"].did is Did.FAILED
    assert "can't be written" in found["nemo"].why
    assert found["dolphin"].did is Did.WRITTEN


def test_a_menu_that_a_package_brings_is_not_written_twice(person: Places) -> None:
    install(["nemo"], command=command_of(person), places=person)
    for one in plan("nemo", Wish(person, ("/usr/bin/homespun",))):
        written(person.data_dirs[0] / one.path.relative_to(person.data_home), one.content)

    (outcome,) = install(["nemo"], command=("/usr/bin/homespun",), places=person)

    assert outcome.did is Did.UNCHANGED
    assert not (person.data_home / "nemo").exists() or not list((person.data_home / "nemo" / "actions").iterdir())
    assert status(["nemo"], person)[0].state is State.PRESENT
    assert "system's package" in status(["nemo"], person)[0].words


@pytest.mark.parametrize(("name", "trace"), [("nautilus", "scripts"), ("caja", "scripts")])
def test_where_no_python_runs_inside_it_scripts_take_the_extensions_place(
    person: Places, name: str, trace: str
) -> None:
    install([name], command=command_of(person), places=person)
    bare = replace(person, libraries=())

    (outcome,) = install([name], command=command_of(person), places=bare, language="de")

    assert {path.name for path in outcome.paths} == {verb.words["de"] for verb in VERBS}
    assert all(trace in path.parts and os.access(path, os.X_OK) for path in outcome.paths)
    assert not list(person.home.rglob("homespun.py"))
    install([name], command=command_of(person), places=person)
    assert not list(person.home.rglob("Homespun/*"))
    install([name], command=command_of(person), places=bare)
    person.record.unlink()
    remove([name], person)
    assert [one for one in person.home.rglob("*") if one.is_file()] == []


def test_what_a_file_manager_compiled_of_our_extension_goes_with_it(person: Places) -> None:
    install(["nautilus"], command=command_of(person), places=person)
    folder = person.data_home / "nautilus-python" / "extensions" / "__pycache__"
    written(folder / "homespun.cpython-311.pyc", b"")

    remove(["nautilus"], person)

    assert not folder.exists()
    assert not (person.data_home / "nautilus-python").exists()


def test_folders_that_somebody_else_uses_meanwhile_stay(person: Places) -> None:
    install(["nemo"], command=command_of(person), places=person)
    theirs = written(person.data_home / "nemo" / "actions" / "mine.nemo_action", b"")

    remove(["nemo"], person)

    assert [one for one in person.home.rglob("*") if one.is_file()] == [theirs]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": 1}', b'{"schema": 2, "written": []}', b"\xff" * 9])
def test_a_damaged_record_counts_as_lost(person: Places, content: bytes) -> None:
    written(person.record, content)

    assert did(install(command=command_of(person), places=person)) == {Did.WRITTEN}
    assert json.loads(person.record.read_text("utf-8"))["schema"] == 1


def test_a_record_that_can_t_be_written_is_a_failure_in_words(person: Places) -> None:
    written(person.data_home / "homespun", b"a file where the folder should be")
    with pytest.raises(Failure, match=r"shell\.json can't be written"):
        install(["nemo"], command=command_of(person), places=person)


@pytest.mark.parametrize("words", [(), ("/a\nb/homespun",), ("/caf\udce9/homespun",), ("",)])
def test_a_command_that_no_menu_can_hold_is_refused(person: Places, words: tuple[str, ...]) -> None:
    with pytest.raises(Failure, match="signs that menus can't"):
        install(command=words, places=person)
    assert everything(person.home) == {}


def test_an_unknown_name_is_refused_before_anything_is_done(person: Places) -> None:
    with pytest.raises(Failure, match="There is no menu called explorer"):
        install(["nemo", "explorer"], command=command_of(person), places=person)
    assert everything(person.home) == {}


def entry(path: Path) -> configparser.ConfigParser:
    """A key file as its readers see it."""
    found = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",), strict=True)
    found.optionxform = str  # type: ignore[method-assign,assignment]
    found.read_string(path.read_text("utf-8").replace("SelectionCount==1", "SelectionCount=1"))
    return found


@pytest.mark.parametrize("name", ["nemo", "dolphin", "pcmanfm", "desktop"])
def test_key_files_speak_both_languages_and_one_alone_when_asked_for(person: Places, name: str) -> None:
    (outcome,) = install([name], command=command_of(person), places=person)
    words = {
        text
        for path in outcome.paths
        for one in [entry(path)]
        for part in one.sections()
        for text in one[part].values()
    }
    told = {text.removeprefix("Homespun: ") for text in words}
    if name == "desktop":
        assert {"Search", "Suchen"} <= told
    else:
        assert {each for verb in VERBS for each in verb.words.values()} <= told

    (outcome,) = install([name], command=command_of(person), places=person, language="de")
    assert not any("[de]" in path.read_text("utf-8") for path in outcome.paths)
    assert any("uchen" in path.read_text("utf-8") for path in outcome.paths)


def test_the_entry_of_the_program_opens_pictures_and_takes_no_default(person: Places) -> None:
    install(["desktop"], command=command_of(person), places=person)
    main = entry(person.data_home / "applications" / "homespun.desktop")["Desktop Entry"]

    assert main["Exec"].endswith("/homespun app -- %F")
    assert "image/png" in main["MimeType"].split(";")
    assert main["Icon"] == "image-x-generic"  # there were no icons of ours
    assert not list(person.config_home.rglob("mimeapps.list"))


def test_entries_name_our_icons_once_they_are_there(person: Places, icons: Path) -> None:
    install(["nemo", "desktop"], command=command_of(person), places=person, icons=icons)

    assert "Icon-Name=homespun-erase\n" in (person.data_home / "nemo/actions/homespun-0-erase.nemo_action").read_text(
        "utf-8"
    )
    assert "Icon-Name=zoom-in\n" in (person.data_home / "nemo/actions/homespun-1-enlarge-2.nemo_action").read_text(
        "utf-8"
    )
    remove(["nemo"], person)
    assert (person.data_home / "icons/hicolor/256x256/apps/homespun.png").is_file()
    remove(["desktop"], person)
    assert [one for one in person.home.rglob("*") if one.is_file()] == []
