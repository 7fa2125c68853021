"""What the palette decides of the file that is chosen, without a window: what can be done with it, and its preview."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.words import speak
from homespun.errors import NotFound
from tests.desktop.palette.fakes import Desk, answer, hit

DATE = {"part": "date", "label": "x", "start": 4, "end": 20, "after": "2026-06-01", "before": "2026-09-01"}
CATS = (hit("cat one.txt"), hit("cat two.txt"), hit("cat three.txt"))


# files


def test_a_file_that_is_gone_stays_dimmed_and_is_looked_for(desk: Desk) -> None:
    desk.search("cat", hit("cat one.txt", gone=True))
    row = desk.state.snapshot().rows[0]
    assert (row.gone, row.detail) == (True, "Moved or deleted")
    assert desk.state.snapshot().actions[0].words == "Look for it"
    desk.state.enter()
    assert desk.doors.done == []
    assert desk.state.snapshot().text == "cat one"


def test_a_file_found_missing_by_its_preview_is_dimmed(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.clock.pass_by(0.1)
    desk.worker.last("text").done({"there": False, "facts": {}, "excerpts": []})
    assert desk.state.snapshot().rows[0].gone
    assert desk.state.snapshot().preview.sort == "gone"


def test_what_can_not_be_opened_says_why_in_place(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.doors.fault = NotFound("It is not there.", "Look for it.")
    desk.state.enter()
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert notice.words == "It is not there. Look for it."
    assert desk.state.snapshot().left == 0


def test_what_can_not_be_opened_says_so_in_the_language_spoken(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.doors.fault = NotFound("cat.jpg is empty.", "Check the path.")
    speak("de")
    desk.state.enter()
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert notice.words == "cat.jpg ist leer. Prüfe den Pfad."


def test_only_pictures_can_be_erased_in(desk: Desk) -> None:
    desk.search("cat", hit("cat.png", kind="picture"), hit("cat.txt"))
    assert "erase" in [action.name for action in desk.state.snapshot().actions]
    desk.state.do("erase")
    assert desk.doors.done == [("edit", "erase", Path("/home/clara/Documents/cat.png"))]
    desk.state.move(1)
    assert "erase" not in [action.name for action in desk.state.snapshot().actions]
    desk.state.do("erase")
    assert len(desk.doors.done) == 1


def test_filling_is_offered_where_something_fills_and_for_pictures_alone(desk: Desk) -> None:
    def offered() -> list[str]:
        return [action.name for action in desk.state.snapshot().actions]

    desk.search("cat", hit("cat.png", kind="picture"), hit("cat.txt"))
    assert "fill" not in offered()
    desk.state.do("fill")
    assert desk.doors.done == []
    desk.state.escape()
    desk.worker.last("recent").done({"index": "ready", "hits": [hit("cat.png", kind="picture")], "fills": True})
    assert "Fill a place in a picture by words…" in [row.title for row in desk.state.snapshot().rows]
    desk.search("cat", hit("cat.png", kind="picture"), hit("cat.txt"))
    assert offered().index("fill") == offered().index("erase") + 1
    desk.state.do("fill")
    assert desk.doors.done == [("edit", "fill", Path("/home/clara/Documents/cat.png"))]
    desk.state.move(1)
    assert "fill" not in offered()


def test_copying_says_so_for_a_moment_and_stays(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.do("copy")
    desk.state.do("copy_path")
    assert desk.doors.done == [
        ("copy", Path("/home/clara/Documents/cat one.txt")),
        ("copy_text", "/home/clara/Documents/cat one.txt"),
    ]
    assert desk.state.snapshot().footer == "Path copied"
    assert desk.state.snapshot().left == 0
    desk.clock.pass_by(3)
    assert desk.state.snapshot().footer.startswith("3 results")


def test_similar_files_are_asked_for_and_the_chip_leads_back(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.do("similar")
    assert desk.worker.last("similar").told == {"path": "/home/clara/Documents/cat one.txt"}
    desk.worker.last("similar").done(answer(hit("kitten.txt", why=[["meaning", "61% alike"]])))
    assert [chip.words for chip in desk.state.snapshot().chips] == ["Like “cat one.txt”"]
    assert desk.names() == ["kitten.txt"]
    desk.state.remove_last_chip()
    assert desk.worker.last("ask").told["sentence"] == "cat"


def test_a_folder_is_left_out_and_taken_back(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.do("leave_out")
    assert desk.worker.last("leave_out").told == {"path": "/home/clara/Documents"}
    desk.worker.last("leave_out").done({"files": 3})
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert notice.words == "“Documents” is not searched any more."
    assert desk.worker.count("ask") == 2
    desk.state.answer_notice("undo")
    assert desk.worker.last("take_back").told == {"path": "/home/clara/Documents"}


def test_a_folder_whose_name_is_no_text_is_left_out_under_a_name_that_can_be_shown(desk: Desk) -> None:
    folder = os.fsdecode(b"caf\xe9\xe2\x80\xaegpj")
    desk.search("cat", hit("cat.txt", path=f"/home/clara/{folder}/cat.txt"))
    desk.state.do("leave_out")
    desk.worker.last("leave_out").done({"files": 3})
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert notice.words == "“caf\\xe9\\u202egpj” is not searched any more."
    desk.state.answer_notice("undo")
    desk.worker.last("take_back").done({"files": 3})
    notice = desk.state.snapshot().notice
    assert notice is not None
    assert "caf\\xe9\\u202egpj" in notice.words


# the list of actions, Esc


def test_enter_in_the_list_of_actions_does_the_chosen_one(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.open_actions()
    desk.state.move(1)
    desk.state.move(1)
    assert desk.state.snapshot().selected == 0
    desk.state.enter()
    assert desk.doors.done == [("show_in_folder", Path("/home/clara/Documents/cat one.txt"))]


def test_escape_closes_then_clears_then_goes(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.state.open_actions()
    desk.state.escape()
    assert (desk.state.snapshot().acting, desk.state.snapshot().text) == (-1, "cat")
    desk.state.escape()
    assert (desk.state.snapshot().text, desk.state.snapshot().left) == ("", 0)
    desk.state.escape()
    assert desk.state.snapshot().left == 1


# the preview


def test_rows_that_are_passed_quickly_are_not_looked_into(desk: Desk) -> None:
    desk.search("cat", *CATS)
    for _ in range(2):
        desk.clock.pass_by(0.02)
        desk.state.move(1)
    desk.clock.pass_by(0.1)
    assert [asked.told["path"] for asked in desk.worker.asked if asked.do == "text"] == [
        "/home/clara/Documents/cat three.txt"
    ]


def test_passages_and_facts_of_the_chosen_file_are_shown(desk: Desk) -> None:
    desk.search("cat", *CATS)
    desk.clock.pass_by(0.1)
    told = {"there": True, "size": 2_500, "modified": "2026-07-12T18:42:00", "facts": {"author": "Clara", "pages": "3"}}
    desk.worker.last("text").done({**told, "excerpts": [{"start": 0, "text": "the cat sat", "marks": [[4, 7]]}]})
    preview = desk.state.snapshot().preview
    assert preview.sort == "text"
    assert preview.passages[0].marks == ((4, 7),)
    assert dict(preview.facts) == {
        "By": "Clara",
        "Changed": "12 July 2026, 18:42",
        "Size": "3 pages, 2.5 KB",
        "Folder": "Documents",
        "Found by": "words",
    }


def test_the_facts_say_every_way_in_which_the_fuller_answer_found_the_file(desk: Desk) -> None:
    desk.state.type("otters")
    asked = desk.worker.last("ask")
    asked.part(answer(hit("otters.jpg", kind="picture", why=[["name", "otters"]]), complete=False))
    desk.clock.pass_by(0.1)
    told = {"there": True, "facts": {"width": "4", "height": "3"}, "excerpts": []}
    desk.worker.last("text").done(told)
    assert dict(desk.state.snapshot().preview.facts)["Found by"] == "name"
    asked.done(answer(hit("otters.jpg", kind="picture", why=[["name", "otters"], ["meaning", "otters"]])))
    facts = dict(desk.state.snapshot().preview.facts)
    assert facts["Found by"] == "name, meaning"
    assert facts["Size"].startswith("4 × 3")
    assert desk.worker.count("text") == 1


def test_typing_cancels_a_preview_so_that_the_search_goes_first(desk: Desk) -> None:
    desk.search("cat", hit("cat.pdf", kind="pdf"))
    desk.clock.pass_by(0.1)
    page = desk.worker.last("page")
    desk.state.type("cats")
    assert page.cancelled


def test_a_pdf_shows_its_page_and_its_passages_only_where_there_is_none(desk: Desk) -> None:
    desk.search("cat", hit("cat.pdf", kind="pdf"))
    desk.clock.pass_by(0.1)
    told = {"there": True, "facts": {}, "excerpts": [{"start": 0, "text": "the cat sat", "marks": [[4, 7]]}]}
    desk.worker.last("text").done(told)
    assert desk.state.snapshot().preview.sort == "page"
    desk.worker.last("page").done({})
    assert desk.state.snapshot().preview.sort == "text"


def test_the_preview_of_the_same_file_does_not_flicker_while_one_types_on(desk: Desk) -> None:
    desk.search("ca", *CATS)
    desk.clock.pass_by(0.1)
    told = {"there": True, "facts": {}, "excerpts": [{"start": 0, "text": "the cat sat", "marks": []}]}
    desk.worker.last("text").done(told)
    desk.search("cat", *CATS)
    assert desk.state.snapshot().preview.sort == "text"
    desk.clock.pass_by(0.1)
    assert desk.worker.count("text") == 2
    marked = {**told, "excerpts": [{"start": 0, "text": "the cat sat", "marks": [[4, 7]]}]}
    desk.worker.last("text").done(marked)
    assert desk.state.snapshot().preview.passages[0].marks == ((4, 7),)
