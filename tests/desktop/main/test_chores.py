"""The handlers of the chores and of the index process, called as their process calls them, on a real index."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import engines.runtime
import indexer
from desktop.workers import chores, index
from desktop.workers.calls import Call
from homespun.progress import Cancel, Cancelled, Progress
from indexer import Stage

MAY = datetime(2026, 5, 17, 12).astimezone().timestamp()
JULY = datetime(2026, 7, 12, 12).astimezone().timestamp()


def asked(handler: Any, parts: list[Any] | None = None, cancel: Cancel | None = None, **told: Any) -> dict[str, Any]:
    """What a handler answers."""
    call = Call(told, Progress(cancel=cancel or Cancel()), (parts if parts is not None else []).append)
    return dict(handler(call) or {})


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Five pictures of two months, and a text."""
    folder = tmp_path / "Pictures"
    folder.mkdir()
    for number, when in enumerate((MAY, MAY, JULY, JULY, JULY)):
        path = folder / f"photo {number}.png"
        Image.new("RGB", (8, 8), (number * 40, 0, 0)).save(path)
        os.utime(path, (when + number, when + number))
    (folder / "notes.txt").write_text("These are the pictures of the lake.")
    return folder


@pytest.fixture
def added(pictures: Path) -> Path:
    """The same, in an index that has seen their names."""
    asked(index.add, paths=[str(pictures)])
    with indexer.open_index() as opened:
        indexer.run(opened, until=Stage.TEXT, progress=Progress())
    return pictures


def test_without_an_index_there_are_no_pictures_and_no_folders() -> None:
    told = asked(chores.pictures, offset=0, limit=10)
    assert (told["total"], told["pictures"], told["folders"]) == (0, [], False)


def test_pictures_come_newest_first_in_pages_with_their_months(added: Path) -> None:
    first = asked(chores.pictures, offset=0, limit=2)
    assert (first["total"], first["months"]) == (5, [(2026, 7, 3), (2026, 5, 2)])
    assert [name for _, name, _ in first["pictures"]] == ["photo 4.png", "photo 3.png"]
    assert first["pictures"][0][0] == str(added / "photo 4.png")
    rest = asked(chores.pictures, offset=2, limit=10)
    assert [name for _, name, _ in rest["pictures"]] == ["photo 2.png", "photo 1.png", "photo 0.png"]
    assert rest["months"] == []


def test_nothing_is_read_again_while_nobody_wrote(added: Path) -> None:
    stamp = asked(chores.pictures, offset=0, limit=10)["stamp"]
    assert asked(chores.pictures, offset=0, limit=10, unless=stamp) == {"stamp": stamp, "same": True}
    (added / "photo 9.png").write_bytes((added / "photo 0.png").read_bytes())
    with indexer.open_index() as opened:
        indexer.run(opened, until=Stage.NAMES, progress=Progress())
    assert asked(chores.pictures, offset=0, limit=10, unless=stamp)["total"] == 6


def test_folders_are_counted_without_what_is_hidden(pictures: Path) -> None:
    (pictures / ".git").mkdir()
    (pictures / ".git" / "config").write_text("x")
    (pictures / ".hidden").write_text("x")
    (pictures / "below").mkdir()
    (pictures / "below" / "one.txt").write_text("x")
    parts: list[Any] = []
    asked(chores.count_folders, parts, paths=[str(pictures), str(pictures / "gone")])
    assert [(part["files"], part["more"]) for part in parts] == [(7, False), (None, False)]


def test_counting_a_huge_folder_stops_in_time(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "_LONGEST_COUNT", -1.0)
    parts: list[Any] = []
    asked(chores.count_folders, parts, paths=[str(pictures)])
    assert parts[0]["more"]


class Power:
    """A plug that a test pulls: True = on battery."""

    def __init__(self, *states: bool) -> None:
        self.states = list(states)

    def __call__(self) -> bool:
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LOOK_AGAIN", 0.05)
    monkeypatch.setattr(index, "LOOK_AT_POWER", -1.0)


@pytest.mark.usefixtures("quick")
def test_on_battery_words_are_read_and_meanings_wait_for_the_plug(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines.runtime, "on_battery", Power(True, True, True, False), raising=False)
    asked(index.add, paths=[str(pictures)])
    parts: list[Any] = []
    told = asked(index.run, parts)
    assert parts == [{"battery": True}, {"battery": False}]
    assert told["new"] == 6
    overview = asked(index.overview)
    assert (overview["waiting_text"], overview["waiting_vectors"]) == (0, 0)
    assert overview["passages"] > 0


@pytest.mark.usefixtures("quick")
def test_the_plug_pulled_in_the_middle_stops_the_meanings_and_they_go_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Notes"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Note {number} of bees and hives. " * 40)
    monkeypatch.setattr(engines.runtime, "on_battery", Power(False, True, True, False), raising=False)
    asked(index.add, paths=[str(folder)])
    parts: list[Any] = []
    asked(index.run, parts)
    assert parts == [{"battery": True}, {"battery": False}]
    assert asked(index.overview)["waiting_vectors"] == 0


@pytest.mark.usefixtures("quick")
def test_waiting_for_the_plug_can_be_cancelled(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.runtime, "on_battery", Power(True), raising=False)
    asked(index.add, paths=[str(pictures)])
    cancel = Cancel()

    class Stopping(list[Any]):
        def append(self, part: Any) -> None:
            super().append(part)
            cancel.cancel()

    with pytest.raises(Cancelled):
        asked(index.run, Stopping(), cancel)


def test_a_path_is_understood_as_people_paste_it(added: Path) -> None:
    name = added / "notes.txt"
    for typed in (str(name), f'"{name}"', f"'{name}'", f"  {name} ", name.as_uri()):
        told = asked(index.why, path=typed)
        assert (told["path"], told["found"]) == (str(name), True), typed


def test_a_file_with_signs_of_patterns_in_its_name_alone_is_left_out(added: Path) -> None:
    (added / "a[1].txt").write_text("one")
    (added / "a1.txt").write_text("two")
    with indexer.open_index() as opened:
        indexer.run(opened, until=Stage.TEXT, progress=Progress())
    assert asked(index.exclude, path=str(added / "a[1].txt")) == {"files": 1}
    with indexer.open_index() as opened:
        indexer.run(opened, until=Stage.TEXT, progress=Progress())
    assert not asked(index.why, path=str(added / "a[1].txt"))["found"]
    assert asked(index.why, path=str(added / "a1.txt"))["found"]


def test_every_folder_is_judged_alone(pictures: Path) -> None:
    told = asked(index.add, paths=[str(pictures), "/proc", str(pictures / "nowhere")])
    assert [one["path"] for one in told["added"]] == [str(pictures)]
    assert len(told["refused"]) == 2
    assert all(one["what"] and one["todo"] for one in told["refused"])
