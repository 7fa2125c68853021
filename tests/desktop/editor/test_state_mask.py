"""The mask, its history and the paces, without a process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.state.editing.boxes import Box
from desktop.state.editing.estimates import Paces
from desktop.state.editing.mask import AT_ONCE, Mask, Packed, count, joined, less, overlaid


def test_a_stroke_is_taken_in_only_where_it_changed_something() -> None:
    mask = Mask(100, 80)
    mask.memory[3 * 100 + 50] = 255
    [(box, before, after)] = mask.painted(Box(0, 0, 100, 80))
    assert (box.top, box.bottom) == (3, 4)
    assert box.left <= 50 < box.right
    assert box.width <= 16
    assert not any(before)
    assert sum(after) == 255
    assert mask.painted(Box(0, 0, 100, 80)) == []
    assert mask.marked == 1


@given(st.data())
def test_the_parts_of_a_change_hold_all_of_it(data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 70)), data.draw(st.integers(1, 140))
    mask = Mask(width, height)
    for _ in range(2):
        before = mask.cut(mask.whole)
        for _ in range(data.draw(st.integers(1, 5))):
            mask.memory[data.draw(st.integers(0, height - 1)) * mask.stride + data.draw(st.integers(0, width - 1))] ^= (
                255
            )
        wanted = b"".join(bytes(mask.memory[row * mask.stride : row * mask.stride + width]) for row in range(height))
        parts = mask.painted(mask.whole)
        assert mask.cut(mask.whole) == wanted
        assert mask.marked == count(wanted)
        copy = Mask(width, height)
        copy.put(copy.whole, wanted)
        for box, old, _ in parts:
            copy.put(box, old)
        assert copy.cut(copy.whole) == before
        [*cleared] = mask.all_parts()
        assert sum(count(old) for _, old, _ in cleared) == mask.marked


def test_the_canvas_may_hold_the_memory_while_it_changes() -> None:
    mask = Mask(7, 5)
    held = memoryview(mask.memory)
    mask.invert()
    assert held[0] == 255
    mask.put(Box(0, 0, 2, 2), bytes(4))
    assert held[0] == 0
    assert mask.marked == 31


def test_smoothed_edges_count_from_half_on() -> None:
    assert count(bytes([0, 127, 128, 255])) == 2


@given(st.binary(min_size=6, max_size=6), st.binary(min_size=6, max_size=6))
def test_what_is_taken_out_is_gone_and_nothing_else(one: bytes, other: bytes) -> None:
    left = less(one, other)
    assert all(value == (0 if mark else old) for value, old, mark in zip(left, one, other, strict=True))
    assert all(value >= max(a, b) for value, a, b in zip(joined(one, other), one, other, strict=True))


@given(st.data())
def test_a_stamp_lands_where_both_boxes_are(data: st.DataObject) -> None:
    def box() -> Box:
        left, top = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
        return Box(left, top, left + data.draw(st.integers(1, 6)), top + data.draw(st.integers(1, 6)))

    under, over = box(), box()
    result = overlaid(under, bytes(under.width * under.height), over, b"\xff" * over.width * over.height)
    for row in range(under.height):
        for column in range(under.width):
            x, y = under.left + column, under.top + row
            inside = over.left <= x < over.right and over.top <= y < over.bottom
            assert result[row * under.width + column] == (255 if inside else 0)


@pytest.mark.parametrize("size", [10, 3 * AT_ONCE])
def test_packed_bytes_come_back_as_they_were(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    packed = Packed(data)
    assert packed.data == data
    assert packed.data == data


def test_nothing_measured_means_no_time(tmp_path: Path) -> None:
    assert Paces(tmp_path / "app" / "paces.json").seconds("exemplar", "cpu", 1000) is None


def test_times_come_from_runs_on_this_computer_and_grow_with_the_hole(tmp_path: Path) -> None:
    paces = Paces(tmp_path / "app" / "paces.json")
    paces.add("exemplar", "cpu", 1000, 1.0)
    assert paces.seconds("exemplar", "cpu", 1000) == pytest.approx(1.0)
    assert paces.seconds("exemplar", "cpu", 4000) == pytest.approx(4.0)
    paces.add("exemplar", "cpu", 9000, 3.0)
    again = Paces(tmp_path / "app" / "paces.json")
    assert again.seconds("exemplar", "cpu", 5000) == pytest.approx(2.0)
    assert again.device("exemplar") == "cpu"
    assert again.seconds("exemplar", "qnn:npu", 5000) is None


def test_two_windows_do_not_forget_each_others_runs(tmp_path: Path) -> None:
    one, other = Paces(tmp_path / "p.json"), Paces(tmp_path / "p.json")
    one.add("a", "cpu", 100, 1.0)
    other.add("b", "cpu", 100, 2.0)
    assert Paces(tmp_path / "p.json").seconds("a", "cpu", 100) == pytest.approx(1.0)


def test_a_damaged_file_of_paces_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"runs": [1, 2')
    paces = Paces(path)
    paces.add("a", "cpu", 100, 1.0)
    assert json.loads(path.read_text())["devices"] == {"a": "cpu"}


@given(st.lists(st.tuples(st.integers(3, 10**6), st.floats(0.01, 100)), min_size=1, max_size=20), st.integers(1, 10**7))
def test_an_estimate_is_never_negative(runs: list[tuple[int, float]], pixels: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        paces = Paces(Path(folder) / "p.json")
        for size, seconds in runs:
            paces.add("x", "cpu", size, seconds)
        found = paces.seconds("x", "cpu", pixels)
        assert found is not None
        assert found >= 0
