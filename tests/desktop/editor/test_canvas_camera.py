"""Where the picture lies: about the pointer, in whole pixels, never out of view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.window.editor.camera import MOST, STEP, Camera, Insets

INSETS = Insets(24, 24, 24, 152)
sides = some.integers(1, 30_000)
views = some.tuples(some.integers(260, 4000), some.integers(260, 2400))
moves = some.lists(
    some.one_of(
        some.tuples(some.just("pan"), some.floats(-5000, 5000), some.floats(-5000, 5000)),
        some.tuples(some.just("zoom"), some.floats(-6, 6), some.floats(0, 1)),
        some.tuples(some.just("look"), some.integers(260, 4000), some.integers(260, 2400)),
        some.tuples(some.just("fit"), some.just(0), some.just(0)),
    ),
    max_size=20,
)


def camera(picture: tuple[int, int], view: tuple[int, int] = (1080, 648)) -> Camera:
    made = Camera()
    made.look(*view, INSETS)
    made.show(*picture)
    return made


def moved(made: Camera, move: tuple[str, float, float]) -> None:
    kind, one, other = move
    if kind == "pan":
        made.pan(one, other)
    elif kind == "zoom":
        made.step(one, made.view[0] * other, made.view[1] * other)
    elif kind == "look":
        made.look(int(one), int(other), INSETS)
    else:
        made.to_fit()


def area(made: Camera) -> tuple[float, float, float, float]:
    left, top, right, bottom = made.insets
    return left, top, max(left + 64, made.view[0] - right), max(top + 64, made.view[1] - bottom)


@given(sides, sides, views, moves)
def test_whatever_is_done_the_picture_fills_the_free_area_or_lies_in_its_middle(
    width: int, height: int, view: tuple[int, int], done: list[tuple[str, float, float]]
) -> None:
    made = camera((width, height), view)
    for move in done:
        moved(made, move)
        left, top, right, bottom = area(made)
        for at, size, start, end in (
            (made.origin[0], width * made.zoom, left, right),
            (made.origin[1], height * made.zoom, top, bottom),
        ):
            if size <= end - start:
                assert abs(at + size / 2 - (start + end) / 2) <= 1
            else:
                assert at <= start + 1
                assert at + size >= end - 1
        assert made.least - 1e-9 <= made.zoom <= MOST


@given(sides, sides, views, some.floats(0.05, 0.95), some.floats(0.05, 0.95), some.floats(-8, 8))
def test_the_point_under_the_pointer_stays_unless_an_edge_would_come_into_view(
    width: int, height: int, view: tuple[int, int], across: float, down: float, steps: float
) -> None:
    made = camera((width, height), view)
    made.step(5, view[0] / 2, view[1] / 2)
    x, y = view[0] * across, view[1] * down
    before = made.to_picture(x, y)
    made.step(steps, x, y)
    now = made.to_view(*before)
    left, top, right, bottom = area(made)
    held_x = made._x in (left, right - width * made.zoom) or width * made.zoom <= right - left
    held_y = made._y in (top, bottom - height * made.zoom) or height * made.zoom <= bottom - top
    slack = 1.0 + made.zoom  # half a device pixel before and after, the first of them magnified
    assert held_x or abs(now[0] - x) <= max(slack, STEP ** abs(steps))
    assert held_y or abs(now[1] - y) <= max(slack, STEP ** abs(steps))


@given(sides, sides, views)
def test_fit_shows_all_of_it_and_never_more_than_100_percent(width: int, height: int, view: tuple[int, int]) -> None:
    made = camera((width, height), view)
    left, top, right, bottom = area(made)
    assert made.zoom <= 1
    if made.zoom > 1e-4:
        assert width * made.zoom <= right - left + 1e-6
        assert height * made.zoom <= bottom - top + 1e-6


def test_the_limits_are_half_of_fit_and_3200_percent() -> None:
    made = camera((6000, 4000))
    fit = made.fit
    made.step(-100, 10, 10)
    assert made.zoom == pytest.approx(fit / 2)
    made.step(100, 10, 10)
    assert made.zoom == 32


def test_a_fitted_picture_stays_fitted_when_the_window_grows() -> None:
    made = camera((6000, 4000))
    made.look(2000, 1400, INSETS)
    assert made.fitted
    assert made.zoom == made.fit


def test_a_picture_that_became_larger_keeps_what_was_looked_at() -> None:
    made = camera((1000, 800))
    made.zoom_to(4, 500, 300)
    before = made.to_picture(500, 300)
    made.show(2000, 1600)
    assert made.zoom == 2
    now = made.to_picture(500, 300)
    assert (now[0] / 2, now[1] / 2) == pytest.approx(before, abs=1)
