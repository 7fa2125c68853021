from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop.state.folders import FoldersState
from desktop.state.menus import MenusState
from desktop.state.welcome import FOLDERS, KEY, TRY, WelcomeState, usual_places
from desktop.state.welcome_parts import WelcomeSnapshot
from desktop.workers import Ended
from homespun.settings import Settings
from tests.desktop.main.fakes import Asking, KnownDoors, KnownTime, KnownWorker
from tests.desktop.preferences.parts import MENUS

SHEET = {"path": "/dev/shm/x", "width": 10, "height": 10, "stride": 40}


@dataclass
class Keeping:
    """Settings that remember what was chosen."""

    settings: Settings = field(default_factory=Settings)

    def choose(self, key: str, value: str) -> None:
        assert key == "app.key"
        self.settings = replace(self.settings, app=replace(self.settings.app, key=value))


class Run:
    """A first run and everything around it."""

    def __init__(self) -> None:
        self.chores, self.index = KnownWorker({"index_overview": {"there": False, "roots": []}}), KnownWorker()
        self.clock, self.doors, self.kept = KnownTime(), KnownDoors(), Keeping()
        self.taken: dict[str, str] = {}
        self.searched = FoldersState(self.chores, self.index, self.clock.later, self.doors)
        self.state = WelcomeState(
            self.chores,
            self.searched,
            self.kept,
            self.clock.later,
            self.doors,
            hotkey=self.taken.get,
            places=lambda: [("/home/ann/Documents", "Documents"), ("/home/ann/Pictures", "Pictures")],
            menus=MenusState(self.chores),
        )
        self.state.begin()

    @property
    def shown(self) -> WelcomeSnapshot:
        return self.state.snapshot()

    def asked(self, do: str) -> Asking:
        """The last call of that name."""
        return next(call for call in reversed(self.chores.calls) if call.do == do)

    def to_the_photo(self) -> None:
        self.state.skip()
        self.state.skip()
        self.asked("sample").then(_event(Ended.DONE, picture=SHEET, mask=SHEET))


def _event(how: Ended, **told: object):  # type: ignore[no-untyped-def]
    from desktop.workers import Event

    return Event(how, told)


@pytest.fixture
def run() -> Run:
    return Run()


def test_nothing_is_ticked_before_the_person_ticks(run: Run) -> None:
    assert [one.ticked for one in run.shown.choices] == [False, False]
    assert run.shown.next == ("Search this folder", False)
    assert run.shown.skip == "Skip"


def test_folders_are_counted_one_by_one_and_what_is_not_there_is_left_out(run: Run) -> None:
    assert [one.count for one in run.shown.choices] == ["Counting…", "Counting…"]
    counting = run.asked("count_folders")
    counting.then(_event(Ended.PART, path="/home/ann/Documents", files=12_480, more=False))
    assert [one.count for one in run.shown.choices] == ["12,480 files", "Counting…"]
    counting.then(_event(Ended.PART, path="/home/ann/Pictures", files=None, more=False))
    assert [one.name for one in run.shown.choices] == ["Documents"]
    counting.then(_event(Ended.PART, path="/home/ann/Documents", files=90_000, more=True))
    assert run.shown.choices[0].count == "over 90,000 files"


def test_ticked_folders_are_added_and_read_behind_the_second_step(run: Run) -> None:
    run.state.tick("/home/ann/Pictures", on=True)
    run.state.add("/home/ann/Work")
    assert run.shown.next == ("Search 2 folders", True)
    run.state.next()
    assert run.shown.step == KEY
    adding = run.asked("index_add")
    assert adding.told == {"paths": ["/home/ann/Pictures", "/home/ann/Work"]}
    roots = [{"path": "/home/ann/Work", "state": "here", "files": 0, "waiting": 0, "looked": False}]
    told = {"there": True, "roots": roots, "files": 0, "problems": 0, "index_bytes": 0, "last_run": ""}
    run.chores.answers["index_overview"] = told
    adding.then(_event(Ended.DONE, added=[{"path": "/home/ann/Work", "warnings": []}], refused=[]))
    assert run.index.last.do == "run"


def test_skipping_the_folders_searches_none(run: Run) -> None:
    run.state.tick("/home/ann/Pictures", on=True)
    run.state.skip()
    assert run.shown.step == KEY
    assert not [call for call in run.chores.calls if call.do == "index_add"]
    assert run.asked("count_folders").cancelled


def test_a_key_that_is_taken_says_so_and_is_not_kept(run: Run) -> None:
    run.taken["Ctrl+Alt+K"] = "Ctrl+Alt+K belongs to another program."
    run.state.skip()
    assert run.shown.key_words == "Press it now to try it."
    run.state.record("Ctrl+Alt+K")
    assert (run.shown.key, run.shown.key_words) == ("Ctrl+Alt+Space", "Ctrl+Alt+K belongs to another program.")
    run.state.record("Ctrl+Shift+Space")
    assert (run.shown.key, run.shown.key_tone) == ("Ctrl+Shift+Space", "text2")
    run.state.pressed()
    assert (run.shown.key_words, run.shown.key_tone) == ("That works.", "good")
    run.state.record("")
    assert run.shown.key_words.startswith("Without a key")


def test_the_first_erasing_shows_before_and_after_and_leads_to_the_search(run: Run) -> None:
    run.to_the_photo()
    assert (run.shown.step, run.shown.next) == (TRY, ("Erase it", True))
    run.state.next()
    erasing = run.asked("erase_sample")
    assert (run.shown.stage, run.shown.next) == ("working", ("Stop", True))
    erasing.then(_event(Ended.PROGRESS, done=1, total=4, note=""))
    assert run.shown.share == 0.25
    erasing.then(_event(Ended.DONE, picture=SHEET, seconds=1.64))
    assert (run.shown.words, run.shown.sheets.after) == ("Gone in 1.6 s, on this computer.", SHEET)
    assert run.shown.skip == ""
    run.state.next()
    assert run.shown.left
    assert run.doors.asked == [("show", "palette")]


def test_erasing_can_be_stopped_and_done_again(run: Run) -> None:
    run.to_the_photo()
    run.state.next()
    run.state.next()
    erasing = run.asked("erase_sample")
    assert erasing.cancelled
    erasing.then(_event(Ended.CANCELLED))
    assert run.shown.next == ("Erase it", True)
    assert run.shown.notice is None


def test_a_worker_that_dies_while_erasing_can_be_tried_again(run: Run) -> None:
    run.to_the_photo()
    run.state.next()
    run.asked("erase_sample").then(_event(Ended.DIED))
    notice = run.shown.notice
    assert notice is not None
    assert notice.actions == (("again", "Try again"),)
    run.state.act("again")
    assert (run.shown.stage, run.shown.notice) == ("working", None)


def test_however_it_ends_it_does_not_come_by_itself_again(run: Run) -> None:
    assert not run.state.seen
    run.state.finish()
    assert str(run.state.seen) == "True"  # mypy believes the line above for good
    run.state.begin()  # the person may ask for it
    assert (run.shown.step, run.shown.left) == (FOLDERS, False)


def test_the_usual_places_are_real_folders_and_never_the_whole_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DOCUMENTS", "PICTURES", "DESKTOP", "DOWNLOAD"):
        monkeypatch.setenv(f"XDG_{name}_DIR", str(tmp_path))
    assert usual_places() == []
    (tmp_path / "Papers").mkdir()
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "Papers"))
    assert usual_places() == [(str(tmp_path / "Papers"), "Documents")]


def test_skipping_the_last_step_shows_the_search_so_that_the_app_is_found(run: Run) -> None:
    run.to_the_photo()
    run.state.skip()
    assert run.shown.left
    assert run.doors.asked == [("show", "search")]


# the right-click menus


def offered(run: Run) -> Run:
    """At the step of the key, with two file managers that have no entries."""
    run.asked("menus").then(_event(Ended.DONE, **MENUS))
    run.state.skip()
    return run


def written(run: Run) -> list[object]:
    """What was asked to be written."""
    return [call.told for call in run.chores.calls if call.do == "menus_add"]


def test_the_menus_are_offered_with_what_would_be_written_and_off(run: Run) -> None:
    offer = offered(run).shown.menus
    assert offer is not None
    assert not offer.ticked
    assert offer.note.startswith("Writes entries for Nautilus (Files), Dolphin into your own settings.")
    run.state.next()
    assert written(run) == []


def test_entries_are_written_only_once_the_person_has_ticked_and_goes_on(run: Run) -> None:
    offered(run).state.tick_menus(on=True)
    assert written(run) == []
    run.state.next()
    assert written(run) == [{"names": None, "language": "en"}]
    run.state.back()
    run.state.next()
    assert len(written(run)) == 1


def test_who_skips_gets_no_entries_although_the_box_was_ticked(run: Run) -> None:
    offered(run).state.tick_menus(on=True)
    run.state.skip()
    assert written(run) == []


def test_where_there_is_no_file_manager_or_all_have_entries_nothing_is_offered(run: Run) -> None:
    assert run.shown.menus is None
    run.asked("menus").then(_event(Ended.DONE, targets=MENUS["targets"][:1], autostart=False))
    assert run.shown.menus is None
