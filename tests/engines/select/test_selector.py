"""Clicks, boxes, lassos and scribbles on photos drawn here, and on the shared ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from engines.select import Hints, Selector, WrongHints
from homespun.errors import ExitCode

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

WIDTH, HEIGHT = 300, 240


def iou(a: Mask, b: Mask) -> float:
    """Intersection over union."""
    return float((a & b).sum() / (a | b).sum())


@pytest.fixture(scope="module")
def scene() -> tuple[Floats, Mask, Mask]:
    """A noisy green field with a red disc and a blue square, and the masks of both."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    disc = np.hypot(rows - 90, columns - 90) < 42
    square = (rows > 130) & (rows < 200) & (columns > 190) & (columns < 270)
    photo = np.empty((HEIGHT, WIDTH, 3))
    photo[:] = (0.3, 0.5, 0.25)
    photo[disc] = (0.75, 0.2, 0.15)
    photo[square] = (0.2, 0.3, 0.7)
    photo = ndimage.gaussian_filter(photo, (0.7, 0.7, 0)) + np.random.default_rng(1).normal(0, 0.03, photo.shape)
    return np.clip(photo, 0, 1).astype(np.float32), disc, square


@pytest.fixture(scope="module")
def selector(scene: tuple[Floats, Mask, Mask]) -> Selector:
    return Selector(scene[0])


def test_one_click_selects_the_object_under_it(selector: Selector, scene: tuple[Floats, Mask, Mask]) -> None:
    _, disc, square = scene
    assert iou(selector.select(Hints(include=((90, 90),))), disc) > 0.95
    assert iou(selector.select(Hints(include=((230, 165),))), square) > 0.95


def test_a_box_selects_the_object_in_it_and_nothing_outside(
    selector: Selector, scene: tuple[Floats, Mask, Mask]
) -> None:
    mask = selector.select(Hints(box=(44, 44, 92, 92)))
    assert iou(mask, scene[1]) > 0.95
    outside = np.ones_like(mask)
    outside[44:136, 44:136] = False
    assert not (mask & outside).any()


def test_a_lasso_is_a_box_of_any_shape(selector: Selector, scene: tuple[Floats, Mask, Mask]) -> None:
    mask = selector.select(Hints(lasso=((180, 120), (285, 125), (280, 215), (175, 210))))
    assert iou(mask, scene[2]) > 0.95


def test_a_scribble_selects_all_that_it_touches(selector: Selector, scene: tuple[Floats, Mask, Mask]) -> None:
    mask = selector.select(Hints(scribble=((70, 70), (90, 95), (110, 100))))
    assert iou(mask, scene[1]) > 0.93


def test_a_click_beside_takes_a_second_object_away(selector: Selector, scene: tuple[Floats, Mask, Mask]) -> None:
    box = (30, 30, 260, 190)
    both = selector.select(Hints(box=box))
    only = selector.select(Hints(box=box, include=((90, 90),), exclude=((230, 165),)))
    assert not only[165, 230]
    assert only[90, 90]
    assert (only & scene[2]).sum() < (both & scene[2]).sum() or not (both & scene[2]).any()


def test_the_same_hints_give_the_same_mask(scene: tuple[Floats, Mask, Mask]) -> None:
    hints = Hints(include=((90, 90),), exclude=((10, 10),))
    assert np.array_equal(Selector(scene[0]).select(hints), Selector(scene[0]).select(hints))


@given(
    st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)), min_size=1, max_size=4, unique=True),
    st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)), max_size=3, unique=True),
)
@settings(max_examples=25, deadline=None)
def test_clicks_are_obeyed_wherever_they_are(
    selector: Selector, include: list[tuple[int, int]], exclude: list[tuple[int, int]]
) -> None:
    mask = selector.select(Hints(include=tuple(include), exclude=tuple(exclude)))
    assert mask.shape == (HEIGHT, WIDTH)
    assert mask.dtype == np.bool_
    near = [(x, y) for x, y in include if all(max(abs(x - a), abs(y - b)) > 2 for a, b in exclude)]
    assert all(mask[y, x] for x, y in near)
    assert not any(mask[y, x] for x, y in exclude)


def test_large_photos_are_selected_in_their_own_size() -> None:
    rows, columns = np.mgrid[:1500, :2000]
    disc = np.hypot(rows - 700, columns - 900) < 300
    photo = np.where(disc[..., None], (0.8, 0.3, 0.2), (0.2, 0.4, 0.3))
    mask = Selector(photo.astype(np.float32)).select(Hints(include=((900, 700),)))
    assert mask.shape == (1500, 2000)
    assert iou(mask, disc) > 0.97


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (7, 3), (40, 900)])
def test_photos_of_one_colour_and_of_odd_shapes_give_an_answer(shape: tuple[int, int]) -> None:
    selector = Selector(np.full((*shape, 3), 0.4, np.float32))
    assert selector.select(Hints(include=((0, 0),)))[0, 0]
    assert selector.select(Hints(box=(0, 0, max(2, shape[1]), max(2, shape[0])))).shape == shape


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        (Hints(), "Nothing says where the object is"),
        (Hints(exclude=((1, 1),)), "Nothing says where the object is"),
        (Hints(include=((1, 1),) * 33), "33 clicks on the object; at most 32"),
        (Hints(include=((1, 1),), exclude=((1, 1),) * 40), "40 clicks beside the object; at most 32"),
        (Hints(lasso=((1, 1),) * 33), "33 points of the lasso; at most 32"),
        (Hints(scribble=((1, 1),) * 33), "33 points of the scribble; at most 32"),
        (Hints(include=((300, 5),)), "The point 300,5 lies outside the photo, which is 300 x 240 pixels"),
        (Hints(include=((-1, 5),)), "x from 0 to 299 and y from 0 to 239"),
        (Hints(include=((float("nan"), 5),)), "lies outside the photo"),
        (Hints(box=(5, 5, 0, 9)), "The box is 0 x 9 pixels"),
        (Hints(box=(5, 5, float("nan"), 9)), "The box is nan x 9 pixels"),
        (Hints(box=(400, 5, 20, 20)), "The box 400,5,20,20 lies outside the photo"),
        (Hints(lasso=((1, 1), (5, 5))), "A lasso of 2 points encloses nothing"),
    ],
)
def test_hints_that_make_no_sense_are_named(selector: Selector, hints: Hints, words: str) -> None:
    with pytest.raises(WrongHints, match=words.replace("(", r"\(")) as caught:
        selector.select(hints)
    assert caught.value.code is ExitCode.USAGE


def test_thirty_two_of_each_are_taken(selector: Selector) -> None:
    some = tuple((80 + i % 8, 80 + i // 8) for i in range(32))
    off = tuple((250 + i % 8, 20 + i // 8) for i in range(32))
    mask = selector.select(Hints(include=some, exclude=off, scribble=some))
    assert mask[90, 90]
    assert not mask[20, 250]


def test_a_box_on_the_shared_photos_finds_the_object(shared: Path) -> None:
    cases = {case["id"]: case for case in json.loads((shared / "data/masks/cases.json").read_text("utf-8"))}
    for name, least in (("pillar-box", 0.85), ("fig", 0.9), ("bystanders-0", 0.6)):
        case = cases[name]
        with Image.open(shared / "data/photos" / case["photo"]) as image:
            photo = np.asarray(image.convert("RGB"), np.float32) / np.float32(255)
        wanted = np.asarray(Image.open(shared / "data/masks" / case["object_mask"])) > 127
        left, top, right, bottom = case["box"]
        assert iou(Selector(photo).select(Hints(box=(left, top, right - left, bottom - top))), wanted) > least, name
