"""Requests of one selection become one, and many pictures for editors stand in line."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.handoff import Request
from desktop.state.editor_line import MOST, EditorLine
from desktop.state.gathering import LONGEST, QUIET, Gathering
from tests.desktop.palette.fakes import Clock


class Known:
    """A gathering over a clock of the test's own, and what it passed on: (when, request)."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.taken: list[tuple[float, Request]] = []
        self.gathering = Gathering(
            lambda request: self.taken.append((round(self.clock.now, 3), request)),
            self.clock,
            clock=lambda: self.clock.now,
        )

    def add(self, do: str, *paths: str, token: str = "") -> None:
        """One start of the program."""
        self.gathering.add(Request(do, paths, token))


def test_starts_within_250_ms_are_one_selection_in_the_order_of_arrival_and_without_doubles() -> None:
    known = Known()
    for path in ("/b", "/a", "/b", "/c"):
        known.add("enlarge-2", path, token=f"t{path}")
        known.clock.pass_by(0.2)
    known.clock.pass_by(1)
    assert known.taken == [(0.85, Request("enlarge-2", ("/b", "/a", "/c"), "t/c"))]


def test_the_first_waits_a_second_and_a_half_at_most() -> None:
    known = Known()
    for number in range(20):
        known.add("enlarge-2", f"/{number}")
        known.clock.pass_by(0.1)
    known.clock.pass_by(2)
    assert [when for when, _ in known.taken] == [1.5, 2.15]
    assert sum(len(request.paths) for _, request in known.taken) == 20


def test_each_verb_gathers_for_itself() -> None:
    known = Known()
    known.add("enlarge-2", "/a")
    known.add("enlarge-4", "/b")
    known.clock.pass_by(1)
    assert [request.do for _, request in known.taken] == ["enlarge-2", "enlarge-4"]


def test_what_is_no_selection_is_done_at_once() -> None:
    known = Known()
    for request in (Request("app"), Request("search", ("/a",)), Request("erase", ("/a",)), Request("enlarge")):
        known.gathering.add(request)
    assert [when for when, _ in known.taken] == [0, 0, 0, 0]


def test_leaving_loses_nothing_that_was_asked_before() -> None:
    known = Known()
    known.add("enlarge-2", "/a")
    known.add("quit")
    known.clock.pass_by(5)
    assert [request.do for _, request in known.taken] == ["enlarge-2", "quit"]


@given(st.lists(st.tuples(st.floats(0, 0.6), st.sampled_from("abc"), st.sampled_from(("2", "4"))), max_size=30))
def test_nothing_is_lost_doubled_in_a_selection_or_kept_longer_than_said(
    starts: list[tuple[float, str, str]],
) -> None:
    known, asked = Known(), dict[tuple[str, str], float]()
    for rest, name, factor in starts:
        known.clock.pass_by(rest)
        known.add(f"enlarge-{factor}", f"/{name}")
        asked.setdefault((f"enlarge-{factor}", f"/{name}"), known.clock.now)
    known.clock.pass_by(LONGEST + QUIET)
    assert all(len(set(request.paths)) == len(request.paths) for _, request in known.taken)
    passed = dict[tuple[str, str], float]()
    for when, request in known.taken:
        for path in request.paths:
            passed.setdefault((request.do, path), when)
    assert passed.keys() == asked.keys()
    assert all(passed[one] - asked[one] <= LONGEST + 0.01 for one in asked)


class Desks:
    """Editors that only exist in a list."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.slow = 0.0
        self.open: list[Path] = []
        self.shown: list[tuple[Path, str]] = []
        self.line = EditorLine(
            self.show, lambda: len(self.open), lambda path: path in self.open, self.clock, clock=lambda: self.clock.now
        )

    def show(self, path: Path, tool: str) -> None:
        self.clock.now += self.slow
        self.shown.append((path, tool))
        if path not in self.open:
            self.open.append(path)

    def add(self, *names: str) -> None:
        self.line.add([Path(name) for name in names], "erase")

    def close(self, path: Path) -> None:
        self.open.remove(path)
        self.line.step()
        self.clock.pass_by(0)


MANY = tuple(f"/{number}.jpg" for number in range(40))


def test_of_forty_pictures_eight_are_open_and_the_others_wait_and_follow_one_by_one() -> None:
    desks = Desks()
    desks.add(*MANY)
    assert len(desks.open) == 1  # at once; the others in turns of the event loop
    desks.clock.pass_by(0)
    assert desks.open == [Path(name) for name in MANY[:MOST]]
    assert desks.line.words == "32 more wait"
    for place in range(32):
        desks.close(desks.open[0])
        assert desks.open[-1] == Path(MANY[MOST + place])
    assert desks.line.words == ""
    desks.close(desks.open[0])
    assert len(desks.open) == MOST - 1
    assert len(desks.shown) == 40


def test_pictures_that_come_one_start_after_the_other_stand_in_the_same_line() -> None:
    desks = Desks()
    for name in (*MANY[:10], MANY[3], MANY[9]):
        desks.add(name)
        desks.clock.pass_by(0.1)
    assert desks.open == [Path(name) for name in MANY[:MOST]]
    assert desks.line.waiting == 2


def test_a_computer_that_takes_seconds_to_open_an_editor_keeps_to_the_limit_too() -> None:
    desks = Desks()
    desks.slow = 2.0
    for name in MANY[:12]:
        desks.add(name)
    desks.clock.pass_by(60)
    assert len(desks.open) == MOST
    assert desks.line.waiting == 4


def test_who_asks_for_one_picture_more_gets_it_although_eight_are_open() -> None:
    desks = Desks()
    desks.add(*MANY)
    desks.clock.pass_by(5)
    desks.add("/another.jpg")
    assert desks.shown[-1] == (Path("/another.jpg"), "erase")
    assert desks.line.waiting == 32
    desks.close(Path("/another.jpg"))
    assert desks.line.waiting == 32  # there are eight again, and not seven


def test_those_that_wait_can_be_sent_away() -> None:
    desks = Desks()
    desks.add(*MANY)
    desks.clock.pass_by(0)
    desks.line.stop()
    assert desks.line.words == ""
    desks.close(desks.open[0])
    assert len(desks.open) == MOST - 1


def test_a_picture_that_is_open_comes_to_the_front_and_opens_no_second_time() -> None:
    desks = Desks()
    desks.add("/a.jpg")
    desks.clock.pass_by(1)
    desks.add("/a.jpg")
    assert desks.shown == [(Path("/a.jpg"), "erase")] * 2
    assert desks.open == [Path("/a.jpg")]
