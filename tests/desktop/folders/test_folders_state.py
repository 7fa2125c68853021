from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.state.folders import FoldersState
from desktop.workers import Ended
from homespun.errors import NotFound
from tests.desktop.main.fakes import KnownDoors, KnownTime, KnownWorker


def overview(*roots: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the index tells of itself."""
    told = {
        "there": True,
        "roots": list(roots),
        "files": sum(root["files"] for root in roots),
        "problems": 0,
        "waiting_text": 0,
        "waiting_vectors": 0,
        "passages": 0,
        "index_bytes": 3_100_000,
        "last_run": "2026-11-30T10:31:00+00:00",
        "writer": None,
        "battery": False,
    }
    return {**told, **more}


def root(path: str, files: int = 10, **more: Any) -> dict[str, Any]:
    """One folder, as the index tells of it."""
    return {"path": path, "shown": path, "state": "here", "files": files, "waiting": 0, "looked": True, **more}


class Page:
    """A state with everything around it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.chores = KnownWorker({"index_overview": told})
        self.index = KnownWorker()
        self.clock = KnownTime()
        self.doors = KnownDoors()
        now = datetime(2026, 11, 30, 12, tzinfo=UTC)
        self.state = FoldersState(self.chores, self.index, self.clock.later, self.doors, now=lambda: now)
        self.state.start()

    @property
    def shown(self) -> Any:
        return self.state.snapshot()


def test_without_a_folder_nothing_is_read() -> None:
    page = Page({"there": False, "roots": []})
    assert page.shown.rows == ()
    assert page.shown.known
    assert page.index.calls == []


def test_the_folders_are_shown_with_what_is_known_of_each() -> None:
    page = Page(
        overview(
            root("/home/ann/Documents", 12_480),
            root("/home/ann/Pictures", 300, waiting=120),
            root("/media/usb", 7, state="away"),
            root("/home/ann/New", 0, looked=False),
        )
    )
    assert [(row.name, row.detail, row.tone) for row in page.shown.rows] == [
        ("Documents", "12,480 files", "text2"),
        ("Pictures", "180 of 300 files read", "text2"),
        ("usb", "Not there now; what is known of it is kept", "warn"),
        ("New", "Waits to be read", "text2"),
    ]
    assert page.shown.facts == "12,787 files · 3.1 MB of index · read last 10:31"
    assert page.index.last.do == "run"


def test_a_refused_folder_is_told_in_the_indexers_words_and_nothing_is_read() -> None:
    page = Page({"there": False, "roots": []})
    refused = {"path": "/", "what": "/ is the whole system.", "todo": "Choose your home folder, or folders in it."}
    page.state.add(["/"])
    page.chores.say(Ended.DONE, added=[], refused=[refused])
    assert page.shown.notice.words == "/ is the whole system. Choose your home folder, or folders in it."
    assert page.index.calls == []


def test_an_added_folder_is_read_at_once() -> None:
    page = Page({"there": False, "roots": []})
    page.state.add([Path("/home/ann/Documents")])
    page.chores.answers["index_overview"] = overview(root("/home/ann/Documents", 0, looked=False))
    asking = page.chores.last
    assert asking.told == {"paths": ["/home/ann/Documents"]}
    page.chores.say(Ended.DONE, added=[{"path": "/home/ann/Documents", "warnings": []}], refused=[])
    assert page.index.last.do == "run"
    assert page.shown.notice is None


def test_removing_asks_once_and_waits_until_nothing_is_written() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.state.ask_to_remove("/home/ann/Documents")
    assert page.shown.notice.words.startswith("“Documents” will no longer be searched")
    assert [words for _, words in page.shown.notice.actions] == ["Stop searching", "Keep it"]
    page.state.act("yes")
    assert page.index.last.cancelled
    assert page.chores.last.do == "index_overview"  # the run has not ended yet
    page.index.say(Ended.CANCELLED)
    assert (page.chores.last.do, page.chores.last.told) == ("index_remove", {"path": "/home/ann/Documents"})
    page.chores.answers["index_overview"] = overview()
    page.chores.say(Ended.DONE, files=10)
    assert page.shown.notice.words == "“Documents” is no longer searched."
    assert page.shown.rows == ()
    assert len(page.index.calls) == 1  # nothing left to read


def test_keeping_a_folder_does_nothing() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.state.ask_to_remove("/home/ann/Documents")
    page.state.act("dismiss")
    assert page.shown.notice is None
    assert not page.index.last.cancelled


def test_nothing_says_that_every_file_was_read_while_some_wait() -> None:
    assert not Page(overview(root("/home/ann/Documents"), waiting_text=4_000)).shown.all_read
    assert not Page(overview(root("/home/ann/Documents", looked=False))).shown.all_read
    assert Page(overview(root("/home/ann/Documents"))).shown.all_read


def test_what_could_not_be_read_is_listed_with_reasons() -> None:
    page = Page(overview(root("/home/ann/Documents"), problems=250))
    assert page.shown.problem_count == 250
    page.state.show_problems(shown=True)
    one = {"path": "/home/ann/Documents/a.pdf", "shown": "", "state": "error", "reason": "it needs a password"}
    page.chores.say(Ended.DONE, problems=[one] * 200, total=250)
    assert page.shown.problems[0].name == "a.pdf"
    assert page.shown.problems[0].reason == "Can't be read: it needs a password"
    assert page.shown.problems_more == "And 50 more"
    page.state.show_problems(shown=False)
    assert page.shown.problems == ()


def test_a_file_that_is_not_found_is_explained_with_what_helps() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.state.ask_why("/home/ann/Desk/a.txt")
    todo = "Add its folder with `homespun index add`."
    page.chores.say(
        Ended.DONE,
        path="/home/ann/Desk/a.txt",
        shown="…",
        found=False,
        sentence="It is in none of your folders.",
        todo=todo,
    )
    why = page.shown.why
    assert (why.head, why.words) == ("Not found", "It is in none of your folders.")
    assert why.action == ("add_why", "Search this folder")
    page.state.act("add_why")
    assert (page.chores.last.do, page.chores.last.told) == ("index_add", {"paths": ["/home/ann/Desk"]})


def test_a_fault_of_ours_can_be_copied_and_nothing_is_sent() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.state.add(["/x"])
    page.chores.say(Ended.FAILED, what="KeyError: 'x'", todo="", code=1, error="KeyError", details="Traceback …")
    assert page.shown.notice.words == "Something went wrong here. Homespun noted it."
    page.state.act("details")
    assert page.doors.asked == [("copy_text", "Traceback …")]


def test_a_door_that_refuses_says_so_in_the_bar() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.doors.fault = NotFound("There is no file manager.", "Open the folder by hand.")
    page.state.show("/home/ann/Documents")
    assert page.shown.notice.words == "There is no file manager. Open the folder by hand."


def test_a_damaged_index_is_repaired_with_one_click() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    page.index.say(Ended.FAILED, what="The index is damaged.", todo="", code=5, error="Damaged")
    assert page.shown.notice.actions == (("repair", "Repair"),)
    page.state.act("repair")
    assert page.chores.last.do == "index_renew"
    page.chores.say(Ended.DONE, aside="/x.damaged", added=[], refused=[])
    assert page.shown.notice.words == "The index is made anew. The old one lies beside it."
    assert page.index.last.do == "run"
    assert len(page.index.calls) == 2


def test_many_reports_ask_the_index_only_now_and_then() -> None:
    page = Page(overview(root("/home/ann/Documents")))
    looks = sum(call.do == "index_overview" for call in page.chores.calls)
    for done in range(1, 500):
        page.index.say(Ended.PROGRESS, done=done, total=500, note="text")
    page.clock.pass_by(10)
    assert sum(call.do == "index_overview" for call in page.chores.calls) == looks + 1
