"""Lines keep to the terminal's width, obey nothing that a file says, and read the same without colour."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from desktop.cli.page import Ink, Line, Painter, Span, dim, harmless, line, marked, plain, strong

CONTROLS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def painted(row: Line, *, width: int = 80, links: bool = False) -> list[str]:
    """The rows of `row` on a terminal `width` columns wide, with their escape sequences."""
    screen = io.StringIO()
    console = Console(file=screen, width=width, force_terminal=True, color_system="standard", highlight=False)
    Painter(console, links).paint(row)
    return screen.getvalue().splitlines()


def seen(rows: Sequence[str]) -> list[str]:
    """What a person sees of painted rows."""
    return [CONTROLS.sub("", row) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(20, 120), st.integers(0, 8), st.integers(0, 3))
def test_no_row_is_wider_than_the_terminal_and_no_control_gets_through(
    text: str, width: int, indent: int, rows: int
) -> None:
    shown = seen(painted(line(text, indent=indent, lead="1" if indent else "", rows=rows), width=width))

    assert all(cell_len(row) <= width for row in shown)
    assert not rows or len(shown) <= rows
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(shown))


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60))))
def test_marking_never_changes_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(span.text for span in marked(text, [mark for mark in marks if mark[0] >= 0])) == text


def test_marks_are_the_words_that_matched() -> None:
    spans = marked("the rent of the flat", [(16, 20), (4, 8), (5, 7)])

    assert [span.text for span in spans if span.ink is Ink.MARK] == ["rent", "flat"]


@pytest.mark.parametrize(
    "hostile",
    ["\x1b]0;title\x07", "\x1b[2J", "a\rb", "\u202egnp.exe", "\ud800", "\x9b31m", "line\nbreak", "tab\tstop"],
)
def test_text_of_a_file_is_never_obeyed(hostile: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", harmless(hostile))


def test_a_path_too_long_gives_way_in_its_middle() -> None:
    path = "~/Documents/" + "folder/" * 30 + "lease-2019.pdf"

    [row] = seen(painted(line(dim("PDF · "), Span(path, Ink.DIM), indent=4, rows=1, bends=1), width=60))

    assert row.startswith("    PDF · ~/Docu")
    assert row.endswith("lease-2019.pdf")
    assert "…" in row
    assert cell_len(row) <= 60


def test_a_cut_text_ends_in_an_ellipsis_at_the_edge() -> None:
    rows = seen(painted(line("word " * 60, indent=4, rows=2), width=40))

    assert len(rows) == 2
    assert rows[1].endswith("…")
    assert cell_len(rows[1]) >= 35


def test_rows_that_are_cut_have_single_spaces() -> None:
    rows = seen(painted(line("ab " * 60, indent=0, rows=2), width=31))

    assert rows == [" ".join(["ab"] * 10), f"{' '.join(['ab'] * 10)} …"]


def test_in_a_pipe_a_line_has_no_colour_and_any_length() -> None:
    row = line(strong("Lease", "file:///lease.pdf"), dim(" · 2019 " * 40), indent=4, lead="1", rows=1)

    assert plain(row) == "  1 Lease" + " · 2019 " * 39 + " · 2019"


def test_links_are_written_only_for_a_terminal_that_knows_them() -> None:
    row = line(strong("Lease", "file:///home/ann/lease.pdf"))

    assert "file:///home/ann/lease.pdf" in painted(row, links=True)[0]
    assert "file://" not in painted(row, links=False)[0]


def test_a_terminal_as_narrow_as_a_phone_still_works() -> None:
    rows = seen(painted(line(strong("A title of several words"), indent=4, lead="12", rows=1), width=10))

    assert len(rows) == 1
