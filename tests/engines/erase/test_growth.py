"""Growing a mask over what its object leaves beside it."""

from __future__ import annotations

import numpy as np

from engines.erase import grown_by_content


def wall(height: int = 300, width: int = 400) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    random = np.random.default_rng(5)
    return (0.6 + 0.004 * random.standard_normal((height, width, 3))).astype(np.float32)


def block(height: int = 300, width: int = 400) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros((height, width), np.bool_)
    mask[100:200, 150:250] = True
    return mask


def test_a_soft_shadow_beside_the_mask_is_taken_in() -> None:
    photo, mask = wall(), block()
    photo[mask] = 0.1
    for step in range(8):  # a shadow below, from dark to the wall's own light
        photo[200 + step, 150:250] -= 0.016 * (8 - step)
    grown = grown_by_content(photo, mask)
    assert grown[mask].all()
    assert grown[200:205, 160:240].mean() > 0.9
    assert not grown[:90].any()


def test_a_plain_wall_grows_nothing() -> None:
    photo, mask = wall(), block()
    photo[mask] = 0.1
    assert grown_by_content(photo, mask).sum() < 1.02 * mask.sum()


def test_a_part_that_sticks_out_is_taken_in() -> None:
    photo, mask = wall(), block()
    photo[mask] = (0.9, 0.8, 0.1)
    photo[150:156, 250:253] = (0.9, 0.8, 0.1)
    grown = grown_by_content(photo, mask)
    assert grown[150:156, 250:253].all()
    assert grown.sum() < mask.sum() + 400


def test_texture_grows_nothing() -> None:
    random = np.random.default_rng(6)
    photo = random.random((300, 400, 3), dtype=np.float32)
    mask = block()
    assert np.array_equal(grown_by_content(photo, mask), mask)


def test_empty_and_full_masks_stay_as_they_are() -> None:
    for mask in (np.zeros((300, 400), np.bool_), np.ones((300, 400), np.bool_)):
        assert np.array_equal(grown_by_content(wall(), mask), mask)


def test_growing_never_goes_further_than_promised() -> None:
    photo, mask = wall(), block()
    photo[:] = np.linspace(0, 1, 400, dtype=np.float32)[None, :, None]
    grown = grown_by_content(photo, mask)
    assert not grown[:, 250 + 12 + 16 :].any()
    assert not grown[:70].any()
