from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.state.pictures import Section
from desktop.window.main.sections import EDGE, Layout

LAYOUTS = st.builds(
    lambda counts, width: Layout(tuple(Section(f"Month {n}", count) for n, count in enumerate(counts)), width),
    st.lists(st.integers(1, 40), min_size=1, max_size=6),
    st.integers(576, 3000),
)


@given(LAYOUTS)
def test_no_two_pictures_overlap_and_none_leaves_the_page(layout: Layout) -> None:
    total = layout.firsts[-1]
    places = [layout.place(row) for row in range(total)]
    assert len(set(places)) == total
    for left, top in places:
        assert EDGE <= left <= layout.width - EDGE - layout.side
        assert 0 <= top <= layout.tops[-1] - layout.side
    assert 160 <= layout.side <= 270  # as wide as two columns are before there is room for a third


@given(LAYOUTS)
def test_what_is_seen_at_a_height_is_found_by_that_height(layout: Layout) -> None:
    for row in range(layout.firsts[-1]):
        middle = layout.place(row)[1] + layout.side // 2
        assert row in layout.rows_between(middle, middle)


@given(LAYOUTS, st.data())
def test_down_and_up_again_leads_back_from_a_full_line(layout: Layout, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, layout.firsts[-1] - 1))
    below = layout.beside(row, 1)
    assert below >= row
    left, top = layout.place(row)
    if below != row and layout.place(below)[0] == left:
        assert layout.place(below)[1] > top
        assert layout.beside(below, -1) == row
    assert 0 <= layout.beside(row, -1) <= row


def test_an_empty_page_has_no_rows() -> None:
    layout = Layout((), 800)
    assert list(layout.rows_between(0, 600)) == []
    assert layout.place(0) == (0, 0)
