"""What a device of fixed shapes runs, put together, is what one run over the whole would have given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from engines.runtime.contract import Port
from engines.runtime.prepare import (
    Bucket,
    Rules,
    cut_out,
    follows,
    new_outputs,
    pieces,
    put_in,
    runs,
    shown,
    sizes_of,
    smallest,
    windows,
)

PICTURE = (Port("picture", np.dtype(np.float32), (1, 3, "height", "width")),)
LARGE = (Port("large", np.dtype(np.float32), (1, 3, "2*height", "2*width")),)
TEXT = (Port("ids", np.dtype(np.int64), ("batch", "tokens")), Port("mask", np.dtype(np.int64), ("batch", "tokens")))
VECTOR = (Port("vector", np.dtype(np.float32), ("batch", 4)),)
HALO = 2


def enlarged(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """A "network" that sees `HALO` pixels far and doubles: a 5 x 5 mean, zeros around the picture."""
    mean = uniform_filter(arrays["picture"], size=(1, 1, 2 * HALO + 1, 2 * HALO + 1), mode="constant")
    return {"large": mean.repeat(2, axis=2).repeat(2, axis=3)}


def summed(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """A "network" that hides padding by its mask."""
    total = (arrays["ids"] * arrays["mask"]).sum(axis=1, keepdims=True)
    return {"vector": (total * np.arange(1, 5)).astype(np.float32)}


def in_pieces(ports, outputs, network, arrays, bucket: Bucket, rules: Rules):  # type: ignore[no-untyped-def]
    sizes = sizes_of(ports, arrays)
    cut = pieces(sizes, bucket, rules)
    assert cut is not None
    whole = new_outputs(outputs, sizes)
    for window in windows(cut):
        given_in = cut_out(ports, arrays, window, bucket)
        assert all(array.flags.c_contiguous for array in given_in.values())
        assert sizes_of(ports, given_in) == dict(bucket)
        put_in(outputs, whole, network(given_in), window)
    return whole


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(2 * HALO + 1, 70),
    width=st.integers(2 * HALO + 1, 70),
    high=st.integers(2 * HALO + 1, 40),
    wide=st.integers(2 * HALO + 1, 40),
    seed=st.integers(0, 9),
)
def test_a_picture_in_pieces_is_the_picture_inside_its_border(
    height: int, width: int, high: int, wide: int, seed: int
) -> None:
    picture = np.random.default_rng(seed).random((1, 3, height, width), np.float32)
    got = in_pieces(PICTURE, LARGE, enlarged, {"picture": picture}, {"height": high, "width": wide}, Rules(halo=HALO))
    inside = (..., slice(2 * HALO, 2 * (height - HALO)), slice(2 * HALO, 2 * (width - HALO)))
    np.testing.assert_allclose(got["large"][inside], enlarged({"picture": picture})["large"][inside], atol=1e-6)


def test_a_picture_of_the_size_of_a_bucket_is_one_run_and_the_same_up_to_its_border() -> None:
    picture = np.random.default_rng(0).random((1, 3, 16, 24), np.float32)
    got = in_pieces(PICTURE, LARGE, enlarged, {"picture": picture}, {"height": 16, "width": 24}, Rules())
    np.testing.assert_array_equal(got["large"], enlarged({"picture": picture})["large"])


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(1, 5), tokens=st.integers(1, 8), batch=st.integers(1, 3))
def test_words_behind_a_mask_may_be_filled_up_and_rows_cut(rows: int, tokens: int, batch: int) -> None:
    ids = np.arange(1, rows * tokens + 1, dtype=np.int64).reshape(rows, tokens)
    arrays = {"ids": ids, "mask": np.ones_like(ids)}
    bucket = {"batch": batch, "tokens": 8}
    if pieces({"batch": rows, "tokens": tokens}, bucket, Rules(frozenset({"tokens"}))) is None:
        assert rows < batch
        return
    got = in_pieces(TEXT, VECTOR, summed, arrays, bucket, Rules(frozenset({"tokens"})))
    np.testing.assert_array_equal(got["vector"], summed(arrays)["vector"])


@pytest.mark.parametrize(
    ("sizes", "rules"),
    [
        ({"height": 10, "width": 16}, Rules()),
        ({"height": 30, "width": 16}, Rules()),
        ({"height": 17, "width": 16}, Rules(halo=8)),
        ({"height": 17, "width": 16}, Rules(pads=frozenset({"height"}))),
        ({"height": 16}, Rules(halo=2)),
    ],
)
def test_what_would_not_be_exact_is_not_done(sizes: dict[str, int], rules: Rules) -> None:
    assert pieces(sizes, {"height": 16, "width": 16}, rules) is None


def test_the_bucket_with_the_least_work_comes_first() -> None:
    buckets = [{"batch": 1, "tokens": n} for n in (256, 32, 128, 64)]
    rules = Rules(frozenset({"tokens"}))
    assert [one["tokens"] for one in smallest(buckets, {"batch": 1, "tokens": 50}, rules)] == [64, 128, 256]
    assert smallest(buckets, {"batch": 1, "tokens": 300}, rules) == []


def test_a_large_window_prefers_the_large_tile_and_can_do_with_the_small_one() -> None:
    buckets = [{"height": n, "width": n} for n in (128, 256)]
    assert [one["width"] for one in smallest(buckets, {"height": 250, "width": 250}, Rules(halo=8))] == [256, 128]
    cut = pieces({"height": 250, "width": 250}, buckets[0], Rules(halo=8))
    assert cut is not None
    assert runs(cut) == 9


def test_outputs_that_do_not_follow_from_inputs_are_seen() -> None:
    assert follows(LARGE, {"height": 1, "width": 1})
    assert not follows((Port("boxes", np.dtype(np.float32), ("found", 4)),), {"height": 1, "width": 1})


def test_a_bucket_reads_the_same_in_any_order() -> None:
    assert shown({"width": 2, "height": 1}) == shown({"height": 1, "width": 2}) == "height=1 width=2"
