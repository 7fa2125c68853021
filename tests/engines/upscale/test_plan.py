"""Which networks are run for what a person asks for, and what can't be asked for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.upscale.plan import LARGEST, Style, plan
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
        ((400, 400), "400x300 would fit"),
    ],
)
def test_a_size_that_cannot_be_made_is_refused_and_one_that_can_is_named(size: tuple[int, int], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        plan(200, 150, FAITHFUL, size=size)


def test_a_size_may_be_off_by_what_rounding_explains() -> None:
    assert plan(1000, 667, FAITHFUL, size=(1920, 1281)).height == 1281
    assert plan(3, 2, FAITHFUL, size=(4, 3)).width == 4


def test_either_a_factor_or_a_size_is_needed() -> None:
    with pytest.raises(UsageError):
        plan(10, 10, FAITHFUL)
    with pytest.raises(UsageError):
        plan(10, 10, FAITHFUL, factor=2, size=(20, 20))
