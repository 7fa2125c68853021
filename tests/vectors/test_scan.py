"""Search over vectors: as good as looking at every one, through every change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import indexer.vectors.scan as scan_module
from indexer.vectors import Near, Quantizer, Vectors
from indexer.vectors.codes import distances, pack, pack_query
from tests.vectors.source import WIDTH, ListSource, clustered, filled


def exact(source: ListSource, query: NDArray[np.float32], k: int, contents: set[int] | None = None) -> list[int]:
    """The passages that looking at each stored row would give."""
    passages, owners, vectors = source.all_rows()
    inside = np.ones(len(passages), np.bool_) if contents is None else np.isin(owners, list(contents))
    scores = np.where(inside, vectors @ query, -np.inf)
    best = np.argsort(-scores, kind="stable")[: min(k, int(inside.sum()))]
    return [int(passages[place]) for place in best]


def assert_same_answers(vectors: Vectors, source: ListSource, seed: int = 5) -> None:
    """All that a search can ask gives what the source's rows give."""
    for query in clustered(4, seed):
        near = vectors.search(query, k=20)
        assert set(near.passages.tolist()) == set(exact(source, query, 20))
        assert near.scores.tolist() == sorted(near.scores.tolist(), reverse=True)
        _, owners, stored = source.all_rows()
        asked = np.array(sorted({*owners.tolist()[:50], 10**9}), np.int64)
        scores, best = vectors.best_of(query, asked)
        brute = np.array([max((stored[owners == one] @ query).tolist(), default=-np.inf) for one in asked], np.float32)
        np.testing.assert_allclose(scores, brute, atol=1e-4)
        assert ((best == -1) == np.isneginf(brute)).all()
    assert len(vectors) == len(source.rows)


@pytest.fixture(scope="module")
def many() -> tuple[ListSource, NDArray[np.float32]]:
    return filled(10_000)


def recall(
    vectors: Vectors, source: ListSource, queries: NDArray[np.float32], contents: set[int] | None = None
) -> float:
    allowed = np.array(sorted(contents), np.int64) if contents is not None else None
    found = wanted = 0
    for query in queries:
        true = set(exact(source, query, 10, contents))
        found += len(true & set(vectors.search(query, k=1_000, contents=allowed).passages[:10].tolist()))
        wanted += len(true)
    return found / wanted


def test_small_sets_are_searched_exactly(many: tuple[ListSource, NDArray[np.float32]]) -> None:
    source, _ = many
    assert len(source.rows) < scan_module.EXACT
    assert recall(Vectors.open(None, source), source, clustered(40, 99)) == 1


def test_codes_alone_lose_hardly_any_of_the_nearest(
    many: tuple[ListSource, NDArray[np.float32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, _ = many
    monkeypatch.setattr(scan_module, "EXACT", 0)
    vectors = Vectors.open(None, source)
    found = recall(vectors, source, clustered(100, 99))
    print(f"recall@10 of 1-bit codes with rescoring of 1,000: {found:.3f}")
    assert found >= 0.97


def test_int8_rows_lose_hardly_any_of_the_nearest(many: tuple[ListSource, NDArray[np.float32]]) -> None:
    source, originals = many
    vectors = Vectors.open(None, source)
    hits = 0
    for query in clustered(100, 98):
        true = np.argsort(-(originals @ query), kind="stable")[:10] + 1
        near = vectors.search(query, k=10)
        hits += len(set(near.passages.tolist()) & set(true.tolist()))
        np.testing.assert_allclose(near.scores, originals[near.passages - 1] @ query, atol=0.02)
    assert hits / 1_000 >= 0.97


@pytest.mark.parametrize("threshold", [0, scan_module.EXACT], ids=["by codes", "exactly"])
def test_a_filter_gives_the_best_of_the_subset_and_nothing_else(
    many: tuple[ListSource, NDArray[np.float32]], monkeypatch: pytest.MonkeyPatch, threshold: int
) -> None:
    source, _ = many
    monkeypatch.setattr(scan_module, "EXACT", threshold)
    vectors = Vectors.open(None, source)
    chance = np.random.default_rng(3)
    for size in (0, 1, 30, 800):
        contents = set((1 + chance.choice(2_500, size, replace=False)).tolist())
        allowed = np.array(sorted(contents), np.int64)
        for query in clustered(5, 7):
            near = vectors.search(query, k=1_000, contents=allowed)
            assert set(near.contents.tolist()) <= contents
            assert len(near.passages) == min(1_000, 4 * size)
        if size:
            assert recall(vectors, source, clustered(20, 8), contents) >= 0.97


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 1_000), st.lists(st.sampled_from(["add", "drop", "refresh", "compact", "reopen"]), max_size=14))
def test_any_order_of_changes_answers_like_a_fresh_look(seed: int, steps: list[str]) -> None:
    chance = np.random.default_rng(seed)
    sample = clustered(500, seed)
    source = ListSource(Quantizer.fit(sample), block=37)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan_module, "_TAIL", 60)
        vectors = Vectors.open(None, source)
        content = 0
        for step in steps:
            if step == "add":
                count = int(chance.integers(1, 90))
                owners = content + 1 + np.arange(count) // 3
                content = int(owners[-1])
                chance.shuffle(owners)
                start = source.newest()
                source.add(
                    np.arange(start + 1, start + 1 + count), owners, clustered(count, int(chance.integers(1_000_000)))
                )
            elif step == "drop":
                held = sorted({owner for _, owner, _ in source.rows.values()})
                source.drop(set(chance.choice(held, min(len(held), 9), replace=False).tolist()) if held else set())
            elif step == "compact":
                vectors.compact()
            elif step == "reopen":
                vectors = Vectors.open(None, source)
            if step == "refresh":
                vectors.refresh()
                assert_same_answers(vectors, source)
        vectors.refresh()
        assert_same_answers(vectors, source)
        assert_same_answers(Vectors.open(None, source), source)


def test_a_row_that_went_never_appears_again() -> None:
    source, originals = filled(3_000)
    vectors = Vectors.open(None, source)
    for round_ in range(5):
        query = originals[round_ * 40]
        first = vectors.search(query, k=5)
        assert first.passages[0] == round_ * 40 + 1
        source.drop(set(first.contents.tolist()))
        vectors.refresh()
        again = vectors.search(query, k=3_000)
        assert not set(again.passages.tolist()) & set(source.gone)
        assert (vectors.best_of(query, first.contents)[1] == -1).all()
        assert len(vectors.group(first.contents).of(first.passages)) == 0
        if round_ == 2:
            vectors.compact()


def test_the_best_passage_of_each_content_is_what_looking_at_all_gives() -> None:
    source, _ = filled(2_000, per_content=7)
    vectors = Vectors.open(None, source)
    source.add(
        np.array([5_001, 5_002]), np.array([3, 900]), clustered(2, 44)
    )  # the tail holds rows of an old content too
    vectors.refresh()
    passages, owners, stored = source.all_rows()
    asked = np.array([900, 3, 77, 10_000, 5, 286], np.int64)  # in no order, one that is not there
    for query in clustered(10, 45):
        scores, best = vectors.best_of(query, asked)
        for place, one in enumerate(asked.tolist()):
            mine = np.flatnonzero(owners == one)
            if not len(mine):
                assert (scores[place], best[place]) == (-np.inf, -1)
                continue
            top = mine[np.argmax(stored[mine] @ query)]
            assert best[place] == passages[top]
            assert scores[place] == pytest.approx(float(stored[top] @ query), abs=1e-4)


def test_no_contents_have_no_best_passage() -> None:
    source, _ = filled(100)
    scores, best = Vectors.open(None, source).best_of(clustered(1, 1)[0], np.empty(0, np.int64))
    assert (len(scores), len(best)) == (0, 0)


def test_the_vectors_of_passages_are_those_that_were_stored() -> None:
    source, originals = filled(200)
    found = Vectors.open(None, source).group(np.array([1, 3, 555])).of(np.array([9, 3, 777]))
    assert found.shape == (2, WIDTH)
    np.testing.assert_allclose(found, originals[[8, 2]], atol=0.01)


def test_vectors_without_rows_answer_nothing() -> None:
    source = ListSource(Quantizer.fit(clustered(10, 1)))
    vectors = Vectors.open(None, source)
    near = vectors.search(clustered(1, 2)[0])
    assert isinstance(near, Near)
    assert (len(vectors), len(near.passages)) == (0, 0)
    source.quantizer = None
    with pytest.raises(ValueError, match="no vectors yet"):
        Vectors.open(None, source)


def test_a_mean_that_was_fixed_anew_is_taken_over(tmp_path: Path) -> None:
    source, _ = filled(1_000)
    vectors = Vectors.open(tmp_path / "v.cache", source)
    vectors.compact()
    old = source.quantizer
    assert old is not None
    source.quantizer = Quantizer(old.mean + 0.01, old.scale)
    vectors.refresh()
    assert_same_answers(vectors, source)
    vectors.compact()
    assert_same_answers(Vectors.open(tmp_path / "v.cache", source), source)


# codes and bytes


@given(st.integers(1, 300), st.integers(0, 10_000))
@settings(deadline=None, max_examples=30)
def test_distances_count_the_signs_that_differ(count: int, seed: int) -> None:
    vectors = clustered(count, seed)
    quantizer = Quantizer.fit(vectors)
    rows = quantizer.encode(vectors)
    query = clustered(1, seed + 1)[0]
    found = distances(pack(rows, quantizer.mean, quantizer.scale), pack_query(query, quantizer.mean))
    threshold = (quantizer.mean * np.float32(quantizer.scale)).astype(np.float32)
    expected = ((rows > threshold) != (query > quantizer.mean)).sum(axis=1)
    assert found.dtype == np.uint16
    np.testing.assert_array_equal(found, expected)


def test_codes_of_more_than_one_block_are_those_of_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = clustered(1_000, 3)
    quantizer = Quantizer.fit(vectors)
    rows = quantizer.encode(vectors)
    code = pack_query(vectors[0], quantizer.mean)
    whole = pack(rows, quantizer.mean, quantizer.scale)
    monkeypatch.setattr("indexer.vectors.codes.BLOCK", 64)
    np.testing.assert_array_equal(pack(rows, quantizer.mean, quantizer.scale), whole)
    np.testing.assert_array_equal(distances(whole, code)[:1], distances(whole[:, :1], code))


def test_a_quantizer_comes_back_from_its_bytes_and_loses_little() -> None:
    vectors = clustered(3_000, 11)
    quantizer = Quantizer.fit(vectors)
    again = Quantizer.from_bytes(quantizer.to_bytes())
    assert again.scale == quantizer.scale
    np.testing.assert_array_equal(again.mean, quantizer.mean)
    decoded = quantizer.decode(quantizer.encode(vectors))
    assert float((decoded * vectors).sum(axis=1).min()) > 0.98
    assert quantizer.encode(np.full((1, WIDTH), 9.0, np.float32)).max() == 127
