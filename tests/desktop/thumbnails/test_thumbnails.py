"""The state that everybody asks for small pictures."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.state import thumbnails as module
from desktop.state.thumbnails import PATIENCE, WAITING, Thumbnails
from desktop.workers import Ended, Event, WorkerProcess, make_sheet
from tests.desktop.turns import Turns


class Asked:
    """A worker that answers when the test says so, and a clock that the test moves."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Callable[[Event], None]]] = []
        self.killed = 0
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def ask(self, _do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> object:
        self.calls.append((Path(told["path"]).name, then))
        return object()

    def kill(self) -> None:
        self.killed += 1
        self.answer(Ended.DIED)

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        self.timers.append((seconds, function))

    def run(self, upto: float = 1.0) -> None:
        due = [function for seconds, function in self.timers if seconds <= upto]
        self.timers = [(seconds, function) for seconds, function in self.timers if seconds > upto]
        for function in due:
            function()

    def answer(self, how: Ended = Ended.DONE, side: int = 8) -> None:
        _, then = self.calls[-1]
        told: dict[str, Any] = {}
        if how is Ended.DONE and side:
            sheet = make_sheet(4 * side * side)
            sheet.memory[:4] = b"\x01\x02\x03\xff"
            told = {"sheet": str(sheet.path), "width": side, "height": side, "stride": 4 * side}
        then(Event(how, told))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def thumbnails(asked: Asked) -> Thumbnails:
    return Thumbnails(asked, asked.later)  # type: ignore[arg-type]


def path(name: object) -> Path:
    return Path("/pictures") / str(name)


def test_what_was_asked_for_comes_later_and_is_kept(thumbnails: Thumbnails, asked: Asked) -> None:
    told: list[int] = []
    thumbnails.subscribe(lambda: told.append(1))
    assert thumbnails.get(path("a"), 128) is None
    assert thumbnails.get(path("a"), 128) is None
    asked.answer()
    asked.run()

    made = thumbnails.get(path("a"), 128)
    assert made is not None
    assert (made.width, made.height, made.stride) == (8, 8, 32)
    assert made.sheet.memory[:4] == b"\x01\x02\x03\xff"
    assert [name for name, _ in asked.calls] == ["a"]
    assert told == [1]


def test_the_newest_wish_comes_first_and_the_oldest_are_dropped(thumbnails: Thumbnails, asked: Asked) -> None:
    for number in range(WAITING + 20):
        thumbnails.get(path(number), 128)
    for _ in range(WAITING + 1):
        asked.answer()

    names = [name for name, _ in asked.calls]
    assert names[0] == "0"
    assert names[1:] == [str(number) for number in range(WAITING + 19, 19, -1)]


def test_a_batch_of_arrivals_is_told_once(thumbnails: Thumbnails, asked: Asked) -> None:
    told: list[int] = []
    thumbnails.subscribe(lambda: told.append(1))
    for number in range(10):
        thumbnails.get(path(number), 128)
    for _ in range(10):
        asked.answer()
    asked.run()
    assert told == [1]


def test_a_file_without_a_picture_is_asked_for_once(thumbnails: Thumbnails, asked: Asked) -> None:
    thumbnails.get(path("notes.txt"), 128)
    asked.answer(side=0)

    assert thumbnails.get(path("notes.txt"), 128) is None
    assert thumbnails.get(path("notes.txt"), 256) is None
    assert thumbnails.missing(path("notes.txt"))
    assert len(asked.calls) == 1


def test_a_file_that_kills_the_process_has_no_picture_and_the_others_go_on(
    thumbnails: Thumbnails, asked: Asked
) -> None:
    thumbnails.get(path("bad"), 128)
    thumbnails.get(path("good"), 128)
    asked.answer(Ended.DIED)
    asked.answer()

    assert thumbnails.missing(path("bad"))
    assert thumbnails.get(path("good"), 128) is not None


def test_a_file_that_takes_too_long_costs_the_process(thumbnails: Thumbnails, asked: Asked) -> None:
    thumbnails.get(path("slow"), 128)
    asked.answer(Ended.PART)
    asked.run(PATIENCE)

    assert asked.killed == 1
    assert thumbnails.missing(path("slow"))


def test_a_timer_of_an_older_file_does_not_end_a_younger_one(thumbnails: Thumbnails, asked: Asked) -> None:
    thumbnails.get(path("quick"), 128)
    asked.answer(Ended.PART)
    asked.answer()
    thumbnails.get(path("next"), 128)
    asked.run(60)
    assert asked.killed == 1  # by its own timer for the start, and not by the first one's
    thumbnails.get(path("third"), 128)
    asked.answer(Ended.PART)
    asked.answer()
    asked.run(60)
    assert asked.killed == 1


def test_memory_is_bounded_and_what_was_seen_last_stays(
    thumbnails: Thumbnails, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOM", 5 * 4096)
    for number in range(8):
        thumbnails.get(path(number), 128)
        asked.answer(side=32)
        thumbnails.get(path(0), 128)
    asked.run()

    kept = [number for number in range(8) if (path(number), 128) in thumbnails._kept]
    assert kept == [0, 4, 5, 6, 7]
    assert thumbnails._bytes == 5 * 4096


def test_a_changed_file_is_looked_at_again_even_while_it_is_read(thumbnails: Thumbnails, asked: Asked) -> None:
    thumbnails.get(path("a"), 128)
    thumbnails.forget(path("a"))
    asked.answer()
    assert thumbnails.get(path("a"), 128) is None
    asked.answer()
    assert thumbnails.get(path("a"), 128) is not None
    assert len(asked.calls) == 2


@pytest.fixture
def worker(turns: Turns) -> Iterator[WorkerProcess]:
    process = turns.worker("thumbnails")
    yield process
    process.close()
    assert process.wait(10)


def test_a_real_process_makes_them(turns: Turns, worker: WorkerProcess, tmp_path: Path) -> None:
    Image.new("RGB", (400, 100), (255, 128, 0)).save(tmp_path / "a.png")
    thumbnails = Thumbnails(worker, turns.later)

    turns.until(lambda: thumbnails.get(tmp_path / "a.png", 128))

    made = thumbnails.get(tmp_path / "a.png", 128)
    assert made is not None
    assert (made.width, made.height) == (128, 32)
    assert made.sheet.memory[:4] == bytes([0, 128, 255, 255])
    assert not made.sheet.path.exists()


def test_a_killed_process_is_started_again(turns: Turns, worker: WorkerProcess, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        Image.new("RGB", (40, 10), (255, 128, 0)).save(tmp_path / name)
    thumbnails = Thumbnails(worker, turns.later)
    turns.until(lambda: thumbnails.get(tmp_path / "a.png", 128))
    worker.kill()
    assert worker.wait(10)
    turns.until(lambda: not worker.running and worker.pid is None)

    turns.until(lambda: thumbnails.get(tmp_path / "b.png", 128))


def test_every_hostile_file_is_got_over(turns: Turns, worker: WorkerProcess, shared: Path, tmp_path: Path) -> None:
    files = [path for path in sorted((shared / "data" / "torture").rglob("*")) if path.is_file()]
    assert len(files) > 50
    Image.new("RGB", (40, 10), (255, 128, 0)).save(tmp_path / "good.png")
    thumbnails = Thumbnails(worker, turns.later)
    slowest = 0.0
    for one in files:
        began = time.monotonic()
        turns.until(lambda one=one: thumbnails.get(one, 128) or thumbnails.missing(one), 20)  # type: ignore[misc]
        slowest = max(slowest, time.monotonic() - began)
    turns.until(lambda: thumbnails.get(tmp_path / "good.png", 128))
    print(
        f"slowest {slowest:.2f} s, {sum(not thumbnails.missing(one) for one in files)} of {len(files)} have a picture"
    )
    assert not thumbnails.missing(shared / "data" / "torture" / "pdf" / "good.pdf")


def test_a_photo_of_the_demo_is_quick(turns: Turns, worker: WorkerProcess, tmp_path: Path) -> None:
    from desktop.demo_pictures import SAMPLES

    source = next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".jpg")
    thumbnails = Thumbnails(worker, turns.later)
    shutil.copyfile(source, tmp_path / "a.jpg")
    turns.until(lambda: thumbnails.get(tmp_path / "a.jpg", 128))
    made = thumbnails.get(tmp_path / "a.jpg", 128)
    assert made is not None
    assert max(made.width, made.height) == 128
