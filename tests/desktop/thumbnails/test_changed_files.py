"""A file that is written anew gets a new thumbnail, whoever wrote it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.state.thumbnails import FRESH, GATHERING, Thumbnail, Thumbnails
from desktop.workers import Ended, Event, WorkerProcess, make_sheet
from desktop.workers.thumbcache import ThumbCache
from homespun.settings import App, Settings
from tests.desktop.editor.desk import HOLE, Desk
from tests.desktop.turns import Turns

CAT = Path("/pictures/cat.jpg")


class Looking:
    """A worker that answers when the test says so, and a clock that the test moves."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Mapping[str, Any], Callable[[Event], None]]] = []
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.now = 0.0
        self.thumbnails = Thumbnails(self, self.later, clock=lambda: self.now)  # type: ignore[arg-type]

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> object:
        self.calls.append((do, told, then))
        return object()

    def kill(self) -> None:
        self.end(Ended.DIED)

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        self.timers.append((self.now + seconds, function))

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        due = [function for when, function in self.timers if when <= self.now]
        self.timers = [(when, function) for when, function in self.timers if when > self.now]
        for function in due:
            function()

    def end(self, how: Ended = Ended.DONE, **told: Any) -> None:
        self.calls[-1][2](Event(how, told))

    def make(self, stamp: str) -> None:
        sheet = make_sheet(256)
        self.end(sheet=str(sheet.path), width=8, height=8, stride=32, stamp=stamp)

    def get(self) -> Thumbnail | None:
        return self.thumbnails.get(CAT, 128)

    @property
    def asked(self) -> list[str]:
        return [do for do, _, _ in self.calls]


@pytest.fixture
def looking() -> Looking:
    made = Looking()
    made.get()
    made.make("1")
    return made


def test_a_file_that_changed_shows_the_old_picture_until_the_new_one_is_there(looking: Looking) -> None:
    old = looking.get()
    looking.thumbnails.forget(CAT)
    assert old is not None
    assert looking.get() is old
    assert looking.asked == ["make", "make"]
    looking.make("2")
    assert looking.get() not in (None, old)
    assert looking.asked == ["make", "make"]


def test_a_file_that_is_gone_loses_its_picture(looking: Looking) -> None:
    looking.thumbnails.forget(CAT)
    looking.get()
    looking.end(stamp="")
    assert looking.get() is None
    assert looking.thumbnails.missing(CAT)


def test_what_is_painted_is_looked_at_again_after_a_while_and_not_more_often(looking: Looking) -> None:
    looking.get()
    looking.pass_by(FRESH / 2)
    looking.get()
    looking.pass_by(FRESH)
    assert looking.asked == ["make"]
    for _ in range(3):
        looking.get()
    looking.pass_by(GATHERING)
    assert looking.asked == ["make", "changed"]
    assert looking.calls[-1][1] == {"files": [[str(CAT), "1"]]}
    looking.end(changed=[])
    looking.get()
    looking.pass_by(GATHERING)
    assert looking.asked == ["make", "changed"]
    looking.pass_by(FRESH)
    looking.get()
    looking.pass_by(GATHERING)
    looking.end(changed=[str(CAT)])
    looking.get()
    assert looking.asked == ["make", "changed", "changed", "make"]


def test_a_file_that_had_no_picture_may_have_one_later(looking: Looking) -> None:
    looking.thumbnails.forget(CAT)
    looking.get()
    looking.end(stamp="2")
    looking.pass_by(FRESH)
    looking.get()
    looking.pass_by(GATHERING)
    looking.end(changed=[str(CAT)])
    assert not looking.thumbnails.missing(CAT)
    looking.get()
    looking.make("3")
    assert looking.get() is not None


def test_a_look_that_ends_the_process_is_not_taken_again(looking: Looking) -> None:
    looking.pass_by(FRESH)
    looking.get()
    looking.pass_by(GATHERING)
    looking.end(Ended.DIED)
    looking.pass_by(2 * FRESH)
    assert looking.get() is not None
    looking.pass_by(GATHERING)
    assert looking.asked == ["make", "changed"]


def test_other_sizes_of_a_file_in_an_older_state_are_made_anew(looking: Looking) -> None:
    looking.thumbnails.get(CAT, 256)
    looking.make("2")
    small = looking.get()
    looking.make("2")
    assert looking.get() is not small


@pytest.fixture
def worker(turns: Turns, home: Path) -> Iterator[WorkerProcess]:
    process = turns.worker("thumbnails")
    yield process
    process.close()
    assert process.wait(10)


def colour(thumbnail: Thumbnail | None) -> tuple[int, ...]:
    assert thumbnail is not None
    return tuple(thumbnail.sheet.memory[:3])[::-1]


def test_what_another_program_writes_is_noticed(turns: Turns, worker: WorkerProcess, tmp_path: Path) -> None:
    now = [0.0]
    photo = tmp_path / "a.png"
    Image.new("RGB", (40, 10), (255, 0, 0)).save(photo)
    thumbnails = Thumbnails(worker, turns.later, clock=lambda: now[0])
    turns.until(lambda: thumbnails.get(photo, 128))
    Image.new("RGB", (40, 10), (0, 0, 255)).save(photo)
    assert colour(thumbnails.get(photo, 128)) == (255, 0, 0)
    now[0] = FRESH
    turns.until(lambda: colour(thumbnails.get(photo, 128)) == (0, 0, 255))


def test_a_file_written_twice_within_a_second_is_not_taken_from_the_cache(tmp_path: Path) -> None:
    cache, photo = ThumbCache(tmp_path / "thumbnails"), tmp_path / "a.png"
    for number, shade in enumerate(((255, 0, 0), (0, 0, 255))):
        Image.new("RGB", (40, 10), shade).save(photo)
        os.utime(photo, ns=(0, 10**18 + 1000 * number))
        assert cache.of(photo, 128).convert("RGB").getpixel((1, 1)) == shade


def test_an_original_that_the_editor_replaces_has_a_new_picture_at_once(
    turns: Turns, worker: WorkerProcess, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.png"
    Image.radial_gradient("L").resize((240, 160)).convert("RGB").save(photo)
    link = tmp_path / "link.png"
    link.symlink_to(photo)
    thumbnails = Thumbnails(worker, turns.later, clock=lambda: 0.0)
    before = {}
    for path in (photo, link):
        turns.until(lambda path=path: thumbnails.get(path, 256))  # type: ignore[misc]
        before[path] = thumbnails.get(path, 256)
    desk = Desk(tmp_path / "data", settings=replace(Settings(), app=App(save="replace")))
    desk.state.on_written = thumbnails.forget
    desk.open(link)
    desk.mark(HOLE)
    desk.act()
    desk.saved()
    desk.close()
    for path in (photo, link):
        turns.until(lambda path=path: thumbnails.get(path, 256) is not before[path])  # type: ignore[misc]
        old, new = before[path], thumbnails.get(path, 256)
        assert old is not None
        assert new is not None
        assert old.sheet.memory[:] != new.sheet.memory[:]


def test_what_nobody_sees_is_let_go_of_and_asked_for_again(looking: Looking) -> None:
    assert looking.get() is not None
    asked = len(looking.calls)
    looking.thumbnails.clear()
    assert looking.get() is None
    assert looking.asked[asked:] == ["make"]
    looking.make("1")
    assert looking.get() is not None
