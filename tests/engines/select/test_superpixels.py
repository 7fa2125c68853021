"""Superpixels and the looks that they are made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from engines.select.colours import Words, features
from engines.select.superpixels import superpixels


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 200), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_each_pixel_is_in_one_connected_superpixel(height: int, width: int, count: int, seed: int) -> None:
    photo = np.random.default_rng(seed).random((height, width, 3), np.float32)
    found = superpixels(features(photo), count)
    assert np.array_equal(np.unique(found.labels), np.arange(found.count))
    assert found.sizes.sum() == height * width
    for label in range(found.count):
        assert ndimage.label(found.labels == label)[1] == 1


def test_superpixels_stop_at_edges_and_know_how_strong_they_are() -> None:
    photo = np.full((60, 90, 3), 0.2, np.float32)
    photo[:, 41:] = 0.8
    found = superpixels(features(photo), 60)
    sides = [set(np.unique(photo[found.labels == k, 0]).tolist()) for k in range(found.count)]
    assert all(len(side) == 1 for side in sides)
    dark = np.array([side == {np.float32(0.2).item()} for side in sides])
    across = dark[found.pairs[:, 0]] != dark[found.pairs[:, 1]]
    assert found.borders[across].sum() == 60
    assert found.steps[across].min() > 40
    assert found.steps[~across].max() < 5


def test_lab_is_that_of_cie() -> None:
    colours = np.array([[[1, 1, 1], [0, 0, 0], [1, 0, 0], [0, 0, 1], [0.5, 0.5, 0.5]]], np.float32)
    lab = features(colours)[0, :, :3]
    expected = [[100, 0, 0], [0, 0, 0], [53.2, 80.1, 67.2], [32.3, 79.2, -107.9], [53.4, 0, 0]]
    assert np.abs(lab - np.array(expected)).max() < 0.6


def test_texture_tells_stripes_from_flat_grey_of_the_same_mean() -> None:
    photo = np.full((40, 80, 3), 0.5, np.float32)
    photo[:, 40::2], photo[:, 41::2] = 0.45, 0.55
    looks = features(photo)
    assert looks[20, 10, 3] < 0.5
    assert looks[20, 60, 3] > 10
    assert looks[20, 60, 4] < 0.5


def test_likelihood_is_high_for_looks_that_were_shown_and_even_for_none() -> None:
    means = np.array([[20, 0, 0, 0, 0]] * 5 + [[80, 0, 0, 0, 0]] * 5, np.float32)
    words = Words(means, np.ones(10, np.float32))
    shown = words.likelihood(np.array([1] * 3 + [0] * 7, np.float32))
    assert shown[:5].min() > 0.9
    assert shown[5:].max() < 0.01
    assert np.ptp(words.likelihood(np.zeros(10, np.float32))) == 0
