"""Which networks are run for what a person asks for, and what can't be asked for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.pictures import Box
from engines.upscale.plan import LARGEST, Style, inside, middle, plan
from homespun.errors import UsageError

FAITHFUL, RESTORE = Style.FAITHFUL, Style.RESTORE


@pytest.mark.parametrize(
    ("style", "factor", "scales"),
    [
        (FAITHFUL, 1, []),
        (RESTORE, 1, [2]),
        (FAITHFUL, 1.5, [2]),
        (FAITHFUL, 2, [2]),
        (FAITHFUL, 3, [4]),
        (RESTORE, 4, [4]),
        (FAITHFUL, 5, [2, 4]),
        (RESTORE, 8, [2, 4]),
    ],
)
def test_the_chain_reaches_the_factor_with_as_few_networks_as_can_be(
    style: Style, factor: float, scales: list[int]
) -> None:
    way = plan(120, 80, style, factor=factor)
    assert [one.scale for one in way.networks] == scales
    assert (way.width, way.height) == (round(120 * factor), round(80 * factor))


def test_a_picture_is_restored_once_and_then_only_enlarged() -> None:
    way = plan(100, 100, RESTORE, factor=8)
    assert [one.model for one in way.networks] == ["enlarge-restore", "enlarge-faithful"]


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(1, LARGEST))
def test_the_networks_never_make_less_than_what_is_asked_for(width: int, height: int, factor: float) -> None:
    way = plan(width, height, FAITHFUL, factor=factor)
    assert width * way.scale >= way.width
    assert height * way.scale >= way.height
    assert way.scale <= 2 ** math.ceil(math.log2(LARGEST))


@pytest.mark.parametrize("factor", [0.5, 0, -2, 8.01, math.inf, math.nan])
def test_a_factor_outside_1_to_8_is_refused_with_both_limits(factor: float) -> None:
    with pytest.raises(UsageError, match="from 1 to 8"):
        plan(100, 100, FAITHFUL, factor=factor)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((150, 99), "smaller than the picture"),
        ((1700, 1700), "The largest size is 1600x1200"),
    ],
)
def test_a_size_that_cannot_be_made_is_refused_and_one_that_can_is_named(size: tuple[int, int], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        plan(200, 150, FAITHFUL, size=size)


def test_a_size_is_reached_exactly_whatever_its_proportions() -> None:
    way = plan(200, 150, FAITHFUL, size=(800, 200))
    assert (way.width, way.height, way.scale) == (800, 200, 4)


def test_a_size_may_be_off_by_what_rounding_explains() -> None:
    for given_size, wanted in (((1000, 667), (1920, 1281)), ((3, 2), (4, 3)), ((1000, 563), (1920, 1080))):
        assert inside(*given_size, wanted) == wanted
        assert middle(*given_size, wanted) == Box(0, 0, *given_size)


@pytest.mark.parametrize(
    ("picture", "size", "fits", "piece"),
    [
        ((200, 150), (400, 400), (400, 300), Box(25, 0, 150, 150)),
        ((200, 150), (800, 300), (400, 300), Box(0, 37, 200, 75)),
        ((1, 500), (8, 600), (1, 600), Box(0, 212, 1, 75)),
    ],
)
def test_other_proportions_fit_inside_or_give_the_middle(
    picture: tuple[int, int], size: tuple[int, int], fits: tuple[int, int], piece: Box
) -> None:
    assert inside(*picture, size) == fits
    assert middle(*picture, size) == piece


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(1, 9000), st.integers(1, 9000))
def test_what_fits_inside_touches_a_side_and_the_middle_lies_in_the_picture(
    width: int, height: int, wide: int, high: int
) -> None:
    across, down = inside(width, height, (wide, high))
    assert 1 <= across <= wide
    assert 1 <= down <= high
    assert across == wide or down == high
    piece = middle(width, height, (wide, high))
    assert piece.within(width, height) == piece
    assert piece.width == width or piece.height == height


def test_either_a_factor_or_a_size_is_needed() -> None:
    with pytest.raises(UsageError):
        plan(10, 10, FAITHFUL)
    with pytest.raises(UsageError):
        plan(10, 10, FAITHFUL, factor=2, size=(20, 20))
