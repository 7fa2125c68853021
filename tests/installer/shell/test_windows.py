"""The menus of Explorer: what is written, that it is told truly, and that exactly that is taken back."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as some

from installer.shell.outcome import Did, State
from installer.shell.registry import Remembered, current_user
from installer.shell.windows import (
    CLASSES,
    NOT_ALWAYS_PICTURES,
    WRITTEN,
    entries,
    install,
    remove,
    status,
    written,
)
from installer.verbs import LANGUAGES, PICTURE_TYPES, VERBS

ROOT = r"C:\Users\Zoë Q\AppData\Local\Programs\Homespun"
_WORD = re.compile(r'"([^"]*)"|(\S+)')


def words(line: str) -> list[str]:
    """A command line without backslashes before quotes, parted as Windows parts it."""
    return [quoted or plain for quoted, plain in _WORD.findall(line)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_the_launcher_a_request_and_one_path(language: str) -> None:
    commands = [one for one in entries(ROOT, language) if one.key.endswith("\\command")]
    requests = {one.request for one in VERBS} | {"edit"}
    assert len(commands) == 3 * (1 + len(NOT_ALWAYS_PICTURES)) + 2 + 2
    for one in commands:
        launcher, request, path = words(str(one.value))
        assert launcher == rf"{ROOT}\homespun-launch.exe"
        assert request in requests
        assert path in ("%1", "%V\\.")
        assert not str(one.value).endswith('\\"')  # the quote would be part of the path


def test_every_verb_takes_many_pictures_or_one_folder_and_has_words_and_an_icon() -> None:
    found = entries(ROOT, "de")
    values = {(one.key, one.name): one.value for one in found}
    keys = {one.key.rpartition("\\")[0] for one in found if one.key.endswith("\\command") and "\\open\\" not in one.key}
    assert len(keys) == 3 * (1 + len(NOT_ALWAYS_PICTURES)) + 2
    for key in keys:
        assert values[key, "MultiSelectModel"] == ("Single" if "Directory" in key else "Player")
        assert values[key, "MUIVerb"] in {one.words["de"] for one in VERBS}
        assert re.fullmatch(r'".+\\homespun-launch\.exe",-[234]', str(values[key, "Icon"]))


def test_nothing_is_written_outside_classes_or_for_all_files_or_as_a_types_own_choice() -> None:
    for one in entries(ROOT, "en"):
        assert one.key.startswith(f"{CLASSES}\\")
        assert not one.key.startswith(f"{CLASSES}\\*")
        ending = one.key.removeprefix(f"{CLASSES}\\").partition("\\")[0]
        assert not (ending in PICTURE_TYPES and not one.key.endswith("\\OpenWithProgids"))


def test_no_value_is_written_twice() -> None:
    pairs = [(one.key.lower(), one.name.lower()) for one in entries(ROOT, "en")]
    assert len(pairs) == len(set(pairs))


def test_writing_twice_is_writing_once_and_what_is_there_is_told() -> None:
    registry = Remembered()
    assert status(ROOT, "en", registry).state is State.ABSENT
    assert install(ROOT, "en", registry).did is Did.WRITTEN
    assert install(ROOT, "en", registry).did is Did.UNCHANGED
    assert status(ROOT, "en", registry).state is State.PRESENT
    assert status(r"C:\elsewhere", "en", registry).state is State.BROKEN


def test_a_deleted_value_is_broken_and_writing_mends_it() -> None:
    registry = Remembered()
    install(ROOT, "en", registry)
    registry.delete(rf"{CLASSES}\Directory\shell\Homespun", "MUIVerb")
    assert status(ROOT, "en", registry).state is State.BROKEN
    assert install(ROOT, "en", registry).did is Did.WRITTEN
    assert status(ROOT, "en", registry).state is State.PRESENT


def test_what_an_earlier_version_wrote_and_this_one_does_not_goes() -> None:
    registry = Remembered()
    install(ROOT, "en", registry)
    old = rf"{CLASSES}\SystemFileAssociations\.old\shell\Homespun"
    registry.set(old, "MUIVerb", "Homespun")
    registry.set(WRITTEN, f"{len(written(registry)):04}", f"{old}|MUIVerb")
    install(ROOT, "en", registry)
    assert registry.names(old) == ()
    assert not any(".old" in key for key in registry.keys)


def test_removing_leaves_strangers_and_nothing_of_ours() -> None:
    registry = Remembered()
    theirs = {
        (rf"{CLASSES}\.png\OpenWithProgids", "Other.Program"): "",
        (rf"{CLASSES}\SystemFileAssociations\image\shell\Other", "MUIVerb"): "Other",
        (rf"{CLASSES}\SystemFileAssociations\image\shell\Homespun", "TheirOwn"): "mine",
        (r"Software\Homespun", "Folder"): ROOT,
    }
    for (key, name), value in theirs.items():
        registry.set(key, name, value)
    install(ROOT, "de", registry)
    assert remove(registry).did is Did.REMOVED
    assert remove(registry).did is Did.ABSENT
    left = {(key, name): value for key, values in registry.keys.items() for name, value in values.items()}
    assert left == theirs
    assert all(registry.names(key) or registry.below(key) for key in registry.keys)


def test_a_note_that_leads_elsewhere_is_not_followed() -> None:
    registry = Remembered()
    registry.set(r"Software\Microsoft\Important", "a", "b")
    registry.set(WRITTEN, "0000", r"Software\Microsoft\Important|a")
    remove(registry)
    assert registry.get(r"Software\Microsoft\Important", "a") == "b"


KEYS = some.lists(some.sampled_from(["a", "b", "C", "d e"]), min_size=1, max_size=4).map("\\".join)


@given(some.lists(some.tuples(KEYS, some.sampled_from(["", "x", "Y"]), some.text(max_size=3)), max_size=12))
def test_the_registry_in_memory_does_not_mind_case_and_never_loses_a_value(
    steps: list[tuple[str, str, str]],
) -> None:
    registry = Remembered()
    known: dict[tuple[str, str], str] = {}
    for key, name, value in steps:
        registry.set(key, name, value)
        known[key.lower(), name.lower()] = value
    assert all(registry.get(key.upper(), name.upper()) == value for (key, name), value in known.items())


def test_a_key_with_others_below_is_not_deleted() -> None:
    registry = Remembered()
    registry.set(r"a\b", "x", 1)
    with pytest.raises(PermissionError):
        registry.delete_key("a")


@pytest.mark.skipif(sys.platform == "win32", reason="there is one")
def test_there_is_no_registry_elsewhere() -> None:
    with pytest.raises(OSError, match="only Windows"):
        current_user()
