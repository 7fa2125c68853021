"""The page Settings as its state sees it: everything is there, changes hold at once, and no file is ever destroyed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.state.preference_parts import LinkRow, PreferenceRow
from desktop.state.preference_rows import SECTIONS, Control
from desktop.state.preferences import PreferencesState
from desktop.words import LANGUAGES, speak
from homespun.settings import Settings, describe, load, rule_of, save_value, value_of
from tests.desktop.main.fakes import KnownDoors


class Page:
    """A state over a file, with what it told others."""

    def __init__(self, file: Path, logs: Path | None = None) -> None:
        self.file, self.doors = file, KnownDoors()
        self.applied: list[str] = []
        self.keys: list[str] = []
        self.taken = {"Ctrl+Alt+F": "Ctrl+Alt+F belongs to another program."}
        self.state = PreferencesState(file, self.doors, applied=self.applied.append, hotkey=self._hotkey, logs=logs)

    def _hotkey(self, key: str) -> str | None:
        self.keys.append(key)
        return self.taken.get(key)

    def row(self, key: str) -> PreferenceRow:
        return next(one for one in self.rows() if one.key == key)

    def rows(self) -> list[PreferenceRow]:
        page = self.state.snapshot()
        return [one for section in page.sections for one in section.rows if isinstance(one, PreferenceRow)]

    def links(self, section: str) -> list[LinkRow]:
        page = self.state.snapshot()
        return [one for part in page.sections if part.name == section for one in part.rows if isinstance(one, LinkRow)]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path / "config" / "homespun.toml", tmp_path / "logs")


@pytest.fixture
def with_file(tmp_path: Path) -> Callable[[str], Page]:
    def write(text: str) -> Page:
        file = tmp_path / "homespun.toml"
        file.write_text(text, encoding="utf-8")
        return Page(file)

    return write


def test_every_setting_is_on_the_page_and_nothing_else(page: Page) -> None:
    assert sorted(one.key for one in page.rows()) == sorted(one.key for one in describe())


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_setting_has_words_and_every_value_that_is_allowed_can_be_chosen(page: Page, spoken: str) -> None:
    speak(spoken)
    for row in page.rows():
        assert row.words
        assert row.note.endswith((".", ":"))
        words = rule_of(row.key).words
        assert {value for value, _ in row.options} == set(words), row.key
        kinds = {bool: {Control.SWITCH}, int: {Control.NUMBER}, tuple: {Control.LIST, Control.FILES}}
        standard = type(value_of(Settings(), row.key))
        text = {Control.CHOICE, Control.MENU} if words else {Control.KEY, Control.FOLDER, Control.TEXT}
        assert row.control in kinds.get(standard, text), row.key


def test_without_a_file_the_defaults_are_shown_and_none_is_made(page: Page) -> None:
    assert all(one.default and one.reset is None for one in page.rows())
    assert not page.file.exists()


def test_a_change_is_in_the_file_at_once_and_told_to_the_app(page: Page) -> None:
    page.state.choose("app.look", "dark")

    assert load(page.file).app.look == "dark"
    assert page.applied == ["app.look"]
    assert page.row("app.look").value == "dark"


def test_choosing_what_holds_already_writes_and_tells_nothing(page: Page) -> None:
    page.state.choose("app.look", "system")

    assert not page.file.exists()
    assert page.applied == []


def test_a_value_that_is_not_allowed_stays_in_the_field_with_the_reason_and_changes_nothing(page: Page) -> None:
    page.state.type("search.limit", "9999")
    row = page.row("search.limit")

    assert (row.shown, row.error, row.value) == ("9999", "Allowed: a whole number from 1 to 1,000.", 20)
    assert not page.file.exists()
    page.state.undo("search.limit")
    assert (page.row("search.limit").shown, page.row("search.limit").error) == ("20", "")
    page.state.type("search.limit", "many")
    assert page.row("search.limit").error
    page.state.type("search.limit", "30")
    assert (page.row("search.limit").value, page.row("search.limit").error) == (30, "")


def test_each_setting_goes_back_to_its_default_and_leaves_the_rest_of_the_file(
    with_file: Callable[[str], Page],
) -> None:
    page = with_file("# mine\n[search]\nlimit = 30 # long\nrecency = false\n")
    reset = page.row("search.limit").reset
    assert reset is not None
    page.state.do(reset.act)

    assert page.row("search.limit").reset is None
    text = page.file.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "recency = false" in text
    assert "limit" not in text
    assert page.applied == ["search.limit"]


def test_a_list_grows_and_shrinks_line_by_line(page: Page) -> None:
    page.state.add("index.exclude", "  *.iso ")
    page.state.add("index.exclude", "node_modules/")
    page.state.add("index.exclude", "*.iso")
    page.state.add("index.exclude", "   ")
    assert load(page.file).index.exclude == ("*.iso", "node_modules/")

    page.state.drop("index.exclude", "*.iso")
    assert load(page.file).index.exclude == ("node_modules/",)


def test_a_key_is_taken_only_if_the_system_gives_it(page: Page) -> None:
    page.state.record("Ctrl+Alt+F")
    assert page.row("app.key").error == "Ctrl+Alt+F belongs to another program."
    assert page.row("app.key").value == "Ctrl+Alt+Space"
    assert not page.file.exists()

    page.state.record("Ctrl+Shift+Space")
    assert (page.row("app.key").value, page.row("app.key").error) == ("Ctrl+Shift+Space", "")
    page.state.record("")
    assert load(page.file).app.key == ""
    assert page.keys == ["Ctrl+Alt+F", "Ctrl+Shift+Space", ""]


def test_going_back_to_the_default_key_asks_the_system_for_it(page: Page) -> None:
    page.state.record("Ctrl+Shift+Space")
    page.taken["Ctrl+Alt+Space"] = "It is taken now."
    page.state.reset("app.key")

    assert page.row("app.key").error == "It is taken now."
    assert load(page.file).app.key == "Ctrl+Shift+Space"


def test_a_key_changed_in_the_file_is_asked_for_when_the_page_is_shown(page: Page) -> None:
    save_value(page.file, "app.key", "Ctrl+Shift+Space")
    page.state.refresh()
    assert page.keys == ["Ctrl+Shift+Space"]

    save_value(page.file, "app.key", "Ctrl+Alt+F")
    page.state.refresh()
    assert page.row("app.key").error == "Ctrl+Alt+F belongs to another program."


def test_a_key_that_could_not_be_written_down_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    page = Page(tmp_path / "config" / "homespun.toml")
    page.state.record("Ctrl+Shift+Space")

    assert page.keys == ["Ctrl+Shift+Space", "Ctrl+Alt+Space"]
    assert page.row("app.key").value == "Ctrl+Alt+Space"


BROKEN = [
    ("[search]\nlimit = 30\n\n[index]\nthreads = 400\n", "Line 5", "index.threads", "from 0 to 256"),
    ("[app]\nlook = 'pink'\n", "Line 2", "app.look", '"system", "light", "dark"'),
    ("[search]\nlimit = = 3\n", "Line 2", "", "delete the line"),
    ("search = 3\n", "Line 1", "search", "section"),
]


@pytest.mark.parametrize(("text", "line", "key", "allowed"), BROKEN)
def test_a_broken_file_is_named_by_line_and_key_with_the_remedy_and_is_never_written(
    with_file: Callable[[str], Page], text: str, line: str, key: str, allowed: str
) -> None:
    page = with_file(text)
    fault = page.state.snapshot().fault

    assert fault is not None
    assert fault.words.startswith(line)
    assert key in fault.words
    assert allowed in fault.more
    assert all(one.default for one in page.rows()), "defaults are shown"
    page.state.choose("app.look", "dark")
    page.state.type("search.limit", "31")
    page.state.reset("search.limit")
    assert page.file.read_text(encoding="utf-8") == text
    assert page.applied == []


def test_a_file_that_breaks_under_our_hands_is_left_alone_too(with_file: Callable[[str], Page]) -> None:
    page = with_file("[search]\nlimit = 30\n")
    page.file.write_text("[search\n", encoding="utf-8")
    page.state.choose("app.look", "dark")

    assert page.file.read_text(encoding="utf-8") == "[search\n"
    assert page.state.snapshot().fault is not None


def test_a_mended_file_is_read_again_and_what_changed_is_told(with_file: Callable[[str], Page]) -> None:
    page = with_file("[search]\nlimit = 0\n")
    page.file.write_text("[search]\nlimit = 40\n", encoding="utf-8")
    page.state.do("again")

    assert page.state.snapshot().fault is None
    assert page.row("search.limit").value == 40
    assert page.applied == ["search.limit"]


def test_a_change_from_outside_is_seen_when_the_page_is_shown_and_told_once(page: Page) -> None:
    save_value(page.file, "app.language", "de")
    save_value(page.file, "models.mirror", "/media/stick")
    page.state.refresh()
    page.state.refresh()

    assert sorted(page.applied) == ["app.language", "models.mirror"]
    assert page.row("models.mirror").shown == "/media/stick"


def test_a_change_from_outside_comes_along_with_a_change_of_ours(page: Page) -> None:
    save_value(page.file, "app.touch", True)
    page.state.choose("app.look", "dark")

    assert sorted(page.applied) == ["app.look", "app.touch"]


def test_keys_that_we_do_not_know_are_told_with_their_line(with_file: Callable[[str], Page]) -> None:
    page = with_file("[search]\nlimitt = 30\n")
    notice = page.state.snapshot().notice

    assert notice is not None
    assert notice.more == "search.limitt in line 2"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no permissions of this kind here")
def test_a_folder_that_takes_no_file_says_so_and_nothing_is_pretended(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    page = Page(tmp_path / "config" / "homespun.toml")
    page.state.choose("app.look", "dark")
    shown = page.state.snapshot()

    assert page.applied == []
    assert page.row("app.look").value == "system"
    assert shown.notice is not None or shown.fault is not None


def test_the_settings_file_is_opened_and_made_if_there_is_none(page: Page) -> None:
    page.state.do("open")

    assert page.doors.asked == [("open_file", page.file)]
    assert page.file.read_text(encoding="utf-8") == ""


def test_sections_lead_to_the_pages_that_belong_to_them(page: Page) -> None:
    for section in ("folders", "devices", "models"):
        (link,) = page.links(section)
        page.state.do(link.actions[0].act)

    assert page.doors.asked == [("show", "folders"), ("show", "devices"), ("show", "models")]


def test_details_are_copied_without_the_persons_name_and_nothing_is_sent(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = tmp_path / "annabel"
    monkeypatch.setattr(Path, "home", lambda: person)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "app.log").write_text(f"opened {person}/Pictures/cat.jpg for annabel\n")
    page.state.choose("app.look", "dark")
    page.state.choose("models.mirror", str(person / "stick"))
    page.state.do("details")

    assert "annabel" not in page.doors.copied
    assert "opened ~/Pictures/cat.jpg for <user>" in page.doors.copied
    assert "app.look = dark" in page.doors.copied
    assert "stick" not in page.doors.copied
    assert page.links("diagnostics")[0].note == "Copied. Nothing was sent."


def test_logs_are_counted_shown_and_deleted_and_other_files_stay(page: Page, tmp_path: Path) -> None:
    assert [do.act for do in page.links("diagnostics")[1].actions] == ["logs"], "there is nothing to delete"
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "app.log").write_bytes(b"x" * 4000)
    (logs / "worker.log.1").write_bytes(b"x" * 1000)
    (logs / "keep.txt").write_text("mine")

    assert page.links("diagnostics")[1].note == "2 files, 5.0 KB. Nothing is sent."
    page.state.do("logs")
    page.state.do("delete_logs")
    assert page.doors.asked == [("show_in_folder", logs)]
    assert [one.name for one in logs.iterdir()] == ["keep.txt"]
    assert page.links("diagnostics")[0].note == "2 files deleted."


def test_each_section_of_the_file_is_where_a_person_looks_for_it() -> None:
    where = {kind.key: name for name, _, kinds in SECTIONS for kind in kinds}

    assert where["app.key"] == "key"
    assert where["index.pause_on_battery"] == "battery"
    assert where["models.allow_downloads"] == "models"
    assert where["app.save"] == "save"
