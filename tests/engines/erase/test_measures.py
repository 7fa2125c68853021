"""The measures see what they are for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.erase import measure


def scene() -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    random = np.random.default_rng(7)
    photo = (0.5 + 0.05 * random.standard_normal((200, 200, 3))).clip(0, 1).astype(np.float32)
    hole = np.zeros((200, 200), np.bool_)
    hole[60:140, 60:140] = True
    return photo, hole


def test_the_untouched_photo_is_as_grainy_as_itself() -> None:
    photo, hole = scene()
    told = measure(photo, hole)
    assert 0.9 < told.grain < 1.1
    assert told.seam < 1.3
    assert told.plant < 1


def test_a_smear_has_no_grain() -> None:
    photo, hole = scene()
    smeared = photo.copy()
    smeared[hole] = 0.5
    assert measure(smeared, hole).grain < 0.3


def test_a_cut_shows_in_the_seam() -> None:
    photo, hole = scene()
    cut = photo.copy()
    cut[hole] += np.float32(0.3)
    assert measure(cut.clip(0, 1), hole).seam > 3


def test_a_thing_in_the_middle_is_planted_and_one_that_goes_on_from_the_edge_is_not() -> None:
    photo, hole = scene()
    planted = photo.copy()
    planted[90:110, 90:110] = (0.9, 0.1, 0.1)
    assert measure(planted, hole).plant > 1.5
    line = photo.copy()
    line[98:104] = (0.9, 0.1, 0.1)
    told = measure(line, hole)
    assert told.plant < 0.5
    assert told.striking > 1.5


def test_rank_prefers_the_photo_to_smear_and_cut() -> None:
    photo, hole = scene()
    smeared, cut = photo.copy(), photo.copy()
    smeared[hole] = 0.5
    cut[hole] += np.float32(0.3)
    best = measure(photo, hole).rank
    assert best < measure(smeared, hole).rank
    assert best < measure(cut.clip(0, 1), hole).rank
