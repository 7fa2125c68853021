"""Sentences to vectors: the same ones as the original model's, whatever stands beside them."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.runtime import Mode
from engines.text import Encoder
from engines.text.wordpieces import LONGEST, LOOKED_AT, WordPieces, readable
from homespun.errors import Damaged, NotFound
from homespun.progress import Cancelled, Progress, Report

CANONICAL = json.loads((Path(__file__).parent / "canonical.json").read_text(encoding="utf-8"))
"""Texts with two vectors each, in ten-thousandths: `reference` by sentence-transformers 6.2.0 in float32, `shipped` by
the bundled int8 file."""

TEXTS = [
    "The penguins of the Antarctic live in large colonies near the water.",
    "Invoice 2024-117 for the repair of the heating",
    "A talk about birds that swim, with slides",
    "x",
    "The quick brown fox jumps over the lazy dog. " * 30,
]


@pytest.mark.parametrize("one", CANONICAL, ids=lambda one: one["text"][:20])
def test_a_vector_is_that_of_the_original_model_but_for_int8(encoder: Encoder, one: dict) -> None:  # type: ignore[type-arg]
    reference = np.array(one["reference"]) / 10_000
    assert float(encoder.encode_one(one["text"]) @ reference) >= 0.99


@pytest.mark.parametrize("one", CANONICAL, ids=lambda one: one["text"][:20])
def test_a_vector_is_the_same_on_every_processor(encoder: Encoder, one: dict) -> None:  # type: ignore[type-arg]
    # 0.9995 was the least between AVX-512 VNNI and an emulated Haswell; 8-bit weights gave 0.991 (quantise.py).
    pinned = np.array(one["shipped"]) / 10_000
    assert float(encoder.encode_one(one["text"]) @ pinned) >= 0.999


def test_vectors_have_length_one_and_the_promised_shape(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (encoder.dimensions, encoder.model_id) == (384, "all-minilm-l6-v2")


def test_texts_that_mean_the_same_lie_closer_than_others(encoder: Encoder) -> None:
    penguins, invoice, birds, *_ = encoder.encode(TEXTS)
    assert penguins @ birds > penguins @ invoice + 0.2


def test_a_vector_does_not_depend_on_its_neighbours_or_their_order(encoder: Encoder) -> None:
    alone = np.stack([encoder.encode_one(text) for text in TEXTS])
    np.testing.assert_array_equal(encoder.encode(TEXTS), alone)
    np.testing.assert_array_equal(encoder.encode(TEXTS[::-1] * 3), np.tile(alone[::-1], (3, 1)))


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_beyond_the_limit_counts_up_to_it(encoder: Encoder) -> None:
    long = "word " * (LONGEST - 2)
    np.testing.assert_array_equal(encoder.encode_one(long), encoder.encode_one(long + "penguin " * 500))


def test_a_padded_batch_gives_nearly_the_vectors_of_texts_alone(encoder: Encoder) -> None:
    pieces = [encoder._pieces.of(text) for text in TEXTS]
    ids = np.zeros((len(TEXTS), max(map(len, pieces))), np.int64)
    mask = np.zeros_like(ids)
    for row, piece in enumerate(pieces):
        ids[row, : len(piece)] = piece
        mask[row, : len(piece)] = 1
    batch = encoder._session.run({"input_ids": ids, "attention_mask": mask}).outputs["sentence_vector"]
    assert ((batch * encoder.encode(TEXTS)).sum(axis=1) > 0.99).all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_string_has_a_vector(encoder: Encoder, text: str) -> None:
    vector = encoder.encode_one(text)
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-4


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\0",
        "👩‍👩‍👧‍👦🐧",
        "\ud83d",
        "\udc27 penguin \ud83d",
        "x" * 10_000,
        "🐧" * 10_000,
        "\u202e\u200b\ufeff",
        "a" * 5_000_000,
    ],
    ids=["empty", "blank", "nul", "emoji", "high half", "two halves", "long word", "long emoji", "invisible", "5 MB"],
)
def test_odd_strings_have_vectors_too(encoder: Encoder, text: str) -> None:
    start = time.process_time()
    assert abs(float(np.linalg.norm(encoder.encode_one(text))) - 1) < 1e-4
    assert time.process_time() - start < 2


def test_halves_of_a_surrogate_pair_are_joined_and_lone_ones_replaced() -> None:
    assert readable("\ud83d\udc27") == "🐧"
    assert readable("a\ud83db") == "a\ufffdb"
    assert len(readable("x" * 10 * LOOKED_AT)) == LOOKED_AT


def test_progress_goes_up_to_the_number_of_texts(encoder: Encoder) -> None:
    seen: list[Report] = []
    encoder.encode(TEXTS * 4, progress=Progress(show=seen.append))
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert (seen[-1].done, seen[-1].total) == (20, 20)


def test_cancel_stops_between_two_texts_and_the_encoder_goes_on_after(encoder: Encoder) -> None:
    progress = Progress()
    threading.Timer(0.2, progress.cancel.cancel).start()
    start = time.perf_counter()
    with pytest.raises(Cancelled):
        encoder.encode([TEXTS[4]] * 2_000, progress=progress)
    assert time.perf_counter() - start < 5  # all of them would take half a minute
    assert encoder.encode(TEXTS[:1]).shape == (1, 384)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("homespun-encode")]


def test_what_goes_wrong_in_a_lane_is_raised_to_the_caller(encoder: Encoder) -> None:
    with pytest.raises(TypeError):
        encoder.encode(["fine", None, "fine"])  # type: ignore[list-item]


def test_a_quiet_encoder_reads_one_text_at_a_time() -> None:
    with Encoder.open(mode=Mode.QUIET) as quiet:
        assert (quiet.why().threads, quiet.why().at_once) == (1, 1)
        np.testing.assert_array_equal(quiet.encode(TEXTS[:2]), [quiet.encode_one(text) for text in TEXTS[:2]])


def test_a_missing_or_broken_tokenizer_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not there"):
        WordPieces(tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer.json").write_text('{"model": ')
    with pytest.raises(Damaged, match="is damaged"):
        WordPieces(tmp_path / "tokenizer.json")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system does not fork, or not after threads")
def test_a_forked_child_can_encode_after_its_parent_has(encoder: Encoder) -> None:
    expected = encoder.encode(TEXTS[:2])[0]
    child = os.fork()
    if child == 0:
        ok = np.array_equal(encoder.encode_one(TEXTS[0]), expected)
        os._exit(0 if ok else 1)
    deadline = time.monotonic() + 30
    ended, status = 0, 0
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.02)
    if not ended:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert ended
    assert os.waitstatus_to_exitcode(status) == 0
