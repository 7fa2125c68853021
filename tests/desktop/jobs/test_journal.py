"""The table on disk, whatever becomes of the file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.jobs.job import Enlarge, Erase, State, choices_from
from desktop.jobs.journal import Journal, loaded, packed
from desktop.jobs.table import Table, compacted, row_told
from homespun.errors import NoSpace

CHOICES = st.sampled_from(
    [
        Enlarge(),
        Enlarge(4.0, "restore"),
        Erase("/mask.png", quality="best"),
        Erase(
            boxes=((1.0, 2.0, 3.0, 4.0),),
            polygons=(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),),
            clicks=((5.0, 6.0),),
            grow=3,
        ),
    ]
)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Records as an app would write them, and some that make no sense."""
    numbers = st.integers(0, 14)
    some = st.lists(numbers, max_size=6)
    acts = draw(
        st.lists(
            st.one_of(
                st.tuples(st.just("add"), CHOICES, st.lists(st.text(max_size=8), max_size=4)),
                st.tuples(st.just("run"), numbers),
                st.tuples(st.just("target"), numbers),
                st.tuples(st.just("wait"), numbers),
                st.tuples(
                    st.just("end"), numbers, st.sampled_from([State.DONE, State.FAILED, State.CANCELLED, State.WAITING])
                ),
                st.tuples(st.sampled_from(["again", "cancel", "remove"]), some),
                st.tuples(st.just("nonsense")),
            ),
            max_size=25,
        )
    )
    records: list[dict[str, Any]] = []
    first, order = 1, 1
    for act in acts:
        match act:
            case ("add", choices, paths):
                records.append({"do": "add", "choices": choices.told(), "order": order, "first": first, "paths": paths})
                first, order = first + len(paths), order + 1
            case ("end", number, state):
                records.append({"do": "end", "id": number, "state": state, "what": "x", "seconds": 1.5})
            case ("run" | "target" | "wait", number):
                records.append({"do": act[0], "id": number, "path": "/t", "tries": 1})
            case (("again" | "cancel" | "remove") as do, ids):
                records.append({"do": do, "ids": ids, "order": order})
                order += do == "again"
            case _:
                records.append({"do": "nonsense"})
    return records


def consistent(table: Table) -> None:
    """Every job is in the list of its state, once; what waits is in order; at most one runs."""
    listed = [number for numbers in table.of.values() for number in numbers]
    assert sorted(listed) == sorted(table.jobs)
    for state, numbers in table.of.items():
        assert all(table.jobs[number].state is state for number in numbers)
    assert len(table.of[State.RUNNING]) <= 1
    waiting = [(-table.jobs[number].order, number) for number in table.of[State.WAITING]]
    assert waiting == sorted(waiting)
    assert all(number < table.next_id for number in table.jobs)


def rows(table: Table) -> list[tuple[Any, ...]]:
    """All that a table holds."""
    return sorted((*row_told(job), job.state, job.choices.told()) for job in table.jobs.values())


@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_every_beginning_of_the_file_is_a_table_that_once_was(
    history: list[dict[str, Any]], data: st.DataObject
) -> None:
    lines = [packed(record) for record in history]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    table = loaded(whole[:cut])

    consistent(table)
    complete, size = 0, 0
    while complete < len(lines) and size + len(lines[complete]) <= cut:
        size += len(lines[complete])
        complete += 1
    assert rows(table) == rows(loaded(b"".join(lines[:complete])))


@settings(max_examples=100, deadline=None)
@given(histories())
def test_a_compacted_table_is_the_same_table(history: list[dict[str, Any]]) -> None:
    table = loaded(b"".join(map(packed, history)))
    again = loaded(b"".join(map(packed, compacted(table))))

    consistent(again)
    assert rows(again) == rows(table)
    assert again.of == table.of
    assert again.choice == table.choice


@settings(max_examples=100, deadline=None)
@given(histories(), st.binary(max_size=40), st.integers(0, 2000))
def test_rubbish_in_the_file_never_breaks_the_table(history: list[dict[str, Any]], rubbish: bytes, place: int) -> None:
    whole = b"".join(map(packed, history))
    place = min(place, len(whole))
    consistent(loaded(whole[:place] + rubbish + whole[place:]))


@given(CHOICES)
def test_choices_come_back_as_they_were(choices: Enlarge | Erase) -> None:
    assert choices_from(json.loads(json.dumps(choices.told()))) == choices


def test_a_name_that_is_no_unicode_stays_what_it_is() -> None:
    name = os.fsdecode(b"/caf\xe9.jpg")
    record = {"do": "add", "choices": Enlarge().told(), "order": 1, "first": 1, "paths": [name]}
    assert loaded(packed(record)).jobs[1].source == name


def add(paths: list[str], first: int = 1) -> dict[str, Any]:
    return {"do": "add", "choices": Enlarge().told(), "order": 1, "first": first, "paths": paths}


def test_what_is_written_is_there_for_another_process_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "app" / "queue.jsonl")
    journal.begin(journal.read())
    journal.write([add(["/a"])])

    assert [job.source for job in Journal(journal.path).read().jobs.values()] == ["/a"]
    journal.close()
    if os.name == "posix":
        assert journal.path.stat().st_mode & 0o777 == 0o600
        assert journal.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_line_without_its_end_is_no_change() -> None:
    assert loaded(packed(add(["/a"])) + packed(add(["/b"], first=2))[:-1]).of[State.WAITING] == [1]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """A disk that takes five more bytes and then no more, while it is on."""
    write = os.write
    on = False

    def limited(handle: int, data: bytes) -> int:
        if on and len(data) <= 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[: len(data) - 5] if on else data)

    def turn(wanted: bool) -> None:
        nonlocal on
        on = wanted

    monkeypatch.setattr(os, "write", limited)
    return turn


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, full: Callable[[bool], None]) -> None:
    journal = Journal(tmp_path / "queue.jsonl")
    journal.begin(Table())
    journal.write([add(["/a"])])
    before = journal.path.read_bytes()
    full(True)
    with pytest.raises(NoSpace):
        journal.write([add(["/b"], first=2)])
    assert journal.path.read_bytes() == before
    full(False)
    journal.write([add(["/c"], first=2)])
    journal.close()
    assert [job.source for job in journal.read().jobs.values()] == ["/a", "/c"]
