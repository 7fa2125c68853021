"""Thunar's entries in the list of a person who has one, has none, keeps it elsewhere, or has broken it."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installer.shell import Did, Outcome, Places, State, install, remove, status
from installer.shell.thunar import backup_of, list_of_actions
from installer.verbs import VERBS
from tests.installer.shell.conftest import STANDARD, command_of, everything, written

MINE = STANDARD.replace(b"Open Terminal Here", b"Count words").replace(
    b"\n</actions>", b"\n<!-- and more -->\n</actions>"
)
IDS = [f"homespun-{verb.name}" for verb in VERBS]


def add(person: Places, language: str | None = None) -> Outcome:
    (outcome,) = install(["thunar"], command=command_of(person), places=person, language=language)
    return outcome


def take(person: Places) -> Outcome:
    (outcome,) = remove(["thunar"], person)
    return outcome


def actions(person: Places) -> list[ET.Element]:
    return ET.fromstring(list_of_actions(person).read_bytes()).findall("action")


def test_a_person_without_a_list_keeps_what_thunar_offers_by_itself(person: Places) -> None:
    before = everything(person.home)

    assert add(person).did is Did.WRITTEN

    assert [one.findtext("unique-id") for one in actions(person)] == [None, *IDS]
    assert actions(person)[0].findtext("name") == "Open Terminal Here"
    assert take(person).did is Did.REMOVED
    assert everything(person.home) == before


def test_a_persons_own_list_comes_back_to_the_byte(person: Places) -> None:
    path = written(list_of_actions(person), MINE)
    path.chmod(0o640)
    before = everything(person.home)

    assert add(person).did is Did.WRITTEN
    assert backup_of(path).read_bytes() == MINE
    assert path.stat().st_mode & 0o777 == 0o640
    assert add(person).did is Did.UNCHANGED

    assert take(person).did is Did.REMOVED
    assert everything(person.home) == before
    assert take(person).did is Did.ABSENT


def test_a_list_in_one_empty_tag_comes_back_too(person: Places) -> None:
    path = written(list_of_actions(person), b"<actions/>\n")

    add(person)
    assert len(actions(person)) == len(VERBS)
    take(person)

    assert path.read_bytes() == b"<actions/>\n"


def test_what_the_person_adds_afterwards_stays(person: Places) -> None:
    path = written(list_of_actions(person), MINE)
    add(person)
    later = b"<action><name>Later</name><unique-id>1-1</unique-id></action>\n"
    path.write_bytes(path.read_bytes().replace(b"</actions>", later + b"</actions>"))

    assert add(person).did is Did.UNCHANGED
    assert take(person).did is Did.REMOVED

    assert path.read_bytes() == MINE.replace(b"</actions>", later + b"</actions>")
    assert not backup_of(path).exists()


def test_a_list_that_thunars_own_dialog_wrote_anew_is_understood(person: Places) -> None:
    written(list_of_actions(person), MINE)
    add(person)
    path = list_of_actions(person)
    path.write_bytes(ET.tostring(ET.fromstring(path.read_bytes()), encoding="utf-8", xml_declaration=True))

    assert status(["thunar"], person)[0].state is State.PRESENT
    assert take(person).did is Did.REMOVED

    assert [one.findtext("name") for one in actions(person)] == ["Count words"]


def test_without_the_record_our_entries_are_known_by_their_ids(person: Places) -> None:
    path = written(list_of_actions(person), MINE)
    add(person)
    person.record.unlink()

    assert status(["thunar"], person)[0].state is State.PRESENT
    assert take(person).did is Did.REMOVED

    assert path.read_bytes() == MINE
    assert not backup_of(path).exists()


@pytest.mark.parametrize("content", [b"", b"<actions><action></actions>", b"\xff", b"<menu/>"])
def test_a_malformed_list_is_left_alone_and_said(person: Places, content: bytes) -> None:
    path = written(list_of_actions(person), content)

    outcome = add(person)

    assert outcome.did is Did.KEPT
    assert "can't be read as Thunar's list" in outcome.why
    assert path.read_bytes() == content
    assert status(["thunar"], person)[0].state is State.BROKEN
    assert take(person).did is Did.ABSENT
    assert path.read_bytes() == content


def test_a_list_that_is_a_link_stays_one(person: Places) -> None:
    real = written(person.home / "dotfiles" / "uca.xml", MINE)
    path = list_of_actions(person)
    path.parent.mkdir(parents=True)
    path.symlink_to(real)
    before = everything(person.home)

    add(person)
    assert path.is_symlink()
    assert b"homespun-erase" in real.read_bytes()

    take(person)
    assert everything(person.home) == before


def test_a_link_that_leads_nowhere_leads_nowhere_again(person: Places) -> None:
    path = list_of_actions(person)
    path.parent.mkdir(parents=True)
    path.symlink_to(person.home / "away.xml")
    before = everything(person.home)

    assert add(person).did is Did.WRITTEN
    take(person)

    assert everything(person.home) == before


def test_a_place_that_can_t_be_written_is_said(person: Places) -> None:
    written(person.config_home / "Thunar", b"a file where the folder should be")

    outcome = add(person)

    assert outcome.did is Did.FAILED
    assert "uca.xml can't be written" in outcome.why


def test_a_folder_where_the_list_should_be_is_left_alone(person: Places) -> None:
    list_of_actions(person).mkdir(parents=True)
    assert add(person).did is Did.KEPT


def test_an_older_thunar_that_rejects_what_it_does_not_know_gets_entries_without_it(
    person: Places, tmp_path: Path
) -> None:
    written(tmp_path / "old" / "thunarx-3" / "thunar-uca.so", b"\0unique-id\0")
    person = replace(person, libraries=(tmp_path / "old",))

    add(person)

    ours = actions(person)[1:]
    assert [one.find("submenu") for one in ours] + [one.find("range") for one in ours] == [None] * 2 * len(VERBS)
    assert ours[0].findtext("name") == "Homespun: Erase…"


def test_both_languages_are_there_and_one_alone_when_asked_for(person: Places) -> None:
    german = "{http://www.w3.org/XML/1998/namespace}lang"
    add(person)
    assert {name.get(german): name.text for name in actions(person)[1].findall("name")} == {
        None: "Erase…",
        "de": "Entfernen …",
    }

    add(person, "de")
    assert [name.text for name in actions(person)[1].findall("name")] == ["Entfernen …"]


def test_a_command_comes_out_of_the_list_word_by_word(person: Places, tmp_path: Path) -> None:
    words = (str(tmp_path / 'My Program\'s %f & <b> "$(x)"'), "-m", "desktop")

    install(["thunar"], command=words, places=person)

    command = actions(person)[1].findtext("command") or ""
    assert [word.replace("%%", "%") for word in shlex.split(command)] == [*words, "app", "--erase", "--", "%F"]


def test_the_status_says_what_is_wrong_and_what_mends_it(person: Places) -> None:
    assert status(["thunar"], person)[0].state is State.ABSENT
    add(person)
    assert status(["thunar"], person)[0].state is State.PRESENT

    Path(command_of(person)[0]).unlink()
    gone = status(["thunar"], person)[0]
    assert gone.state is State.BROKEN
    assert "which is not there. Install the entries again." in gone.words

    path = list_of_actions(person)
    path.write_bytes(path.read_bytes().replace(b"homespun-erase", b"other-erase"))
    assert "lacks some of Homespun's entries" in status(["thunar"], person)[0].words
    assert status(["thunar"], replace(person, programs=(), config_home=person.home / "x"))[0].state is State.UNSUPPORTED
