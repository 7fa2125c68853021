"""Writing the cache anew: names that are taken, readers that go over to it, and bytes that must not stay in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.vectors import Vectors, cache
from indexer.vectors.codes import closest, distances, pack, pack_query
from tests.vectors.source import Block, ListSource, clustered, filled
from tests.vectors.test_scan import assert_same_answers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.cache"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Names that can be neither replaced nor unlinked, as Windows refuses it for a mapped file."""
    names: set[Path] = set()

    def refusing(call: Callable[..., None], which: int) -> Callable[..., None]:
        def instead(*arguments: object, **options: object) -> None:
            if Path(str(arguments[which])) in names:
                raise PermissionError(13, "mapped")
            call(*arguments, **options)

        return instead

    monkeypatch.setattr(os, "replace", refusing(os.replace, 1))
    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, 0))
    return names


@pytest.mark.parametrize("free_first", [False, True], ids=["refused", "avoided"])
def test_a_name_that_is_mapped_makes_way_for_the_next_and_the_newest_counts(
    path: Path, taken: set[Path], monkeypatch: pytest.MonkeyPatch, free_first: bool
) -> None:
    monkeypatch.setattr(cache, "_FREE_FIRST", free_first)
    source, _ = filled(900)
    vectors = Vectors.open(path, source)
    assert vectors.compact()
    taken.add(path)
    source.drop({3})
    vectors.refresh()
    assert vectors.compact()
    assert sorted(one.name for one in path.parent.glob("vectors.cache*")) == ["vectors.cache", "vectors.cache.1"]
    again = Vectors.open(path, source)
    assert again._base.count == 896
    assert_same_answers(again, source)
    taken.clear()
    del vectors  # Windows lets nobody take away what it has mapped
    assert again.compact()
    assert len(list(path.parent.glob("vectors.cache*"))) == 1


def test_a_cache_that_cannot_be_unlinked_is_wiped_and_its_readers_start_anew(path: Path, taken: set[Path]) -> None:
    source, _ = filled(900)
    vectors = Vectors.open(path, source)
    assert vectors.compact()
    taken.add(path)
    cache.remove(path)
    assert not path.read_bytes().strip(b"\0")
    vectors.refresh()
    assert_same_answers(vectors, source)
    taken.clear()
    cache.remove(path)
    assert not path.exists()


def test_a_reader_goes_over_to_what_another_wrote_and_lets_its_tail_go(path: Path) -> None:
    source, _ = filled(900)
    writer = Vectors.open(path, source)
    assert writer.compact()
    reader = Vectors.open(path, source)
    source.add(np.arange(2_001, 2_301), np.arange(2_001, 2_301), clustered(300, 8))
    source.drop({4, 2_005})
    reader.refresh()
    assert (reader._tail.count, reader._base.lost) == (299, 4)
    writer.refresh()
    assert writer.compact()
    reader.refresh()
    assert (reader._tail.count, reader._base.lost) == (0, 0)
    assert_same_answers(reader, source)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can put another file in the place of a mapped one")
def test_a_foreign_cache_that_turns_up_is_passed_over(path: Path) -> None:
    source, _ = filled(900)
    vectors = Vectors.open(path, source)
    assert vectors.compact()
    path.unlink()
    path.write_bytes(b"of a later version")
    vectors.refresh()
    assert vectors._base.count == 900
    assert_same_answers(vectors, source)


class Forgetful(ListSource):
    """Drops a content while it is being read for the cache."""

    def rows_after(self, sequence: int) -> Iterator[Block]:
        yield from super().rows_after(sequence)
        if sequence == 0:
            self.drop({7})


def test_what_is_forgotten_while_the_cache_is_written_does_not_stay_in_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.vectors.scan._TAIL", 100)
    plain, _ = filled(900)
    assert plain.quantizer is not None
    source = Forgetful(plain.quantizer)
    source.rows, source._sequence = plain.rows, plain._sequence
    secret = [row.tobytes() for _, owner, row in source.rows.values() if owner == 7]
    vectors = Vectors.open(path, source)
    (left,) = path.parent.glob("vectors.cache*")
    data = left.read_bytes()
    assert len(secret) == 4
    assert not any(one in data for one in secret)
    assert vectors._base.count == 896
    assert_same_answers(vectors, source)


def test_a_large_source_is_read_the_same_with_and_without_a_place_for_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.vectors.scan._TAIL", 100)
    monkeypatch.setattr("indexer.vectors.scan._AT_ONCE", 64)
    source, _ = filled(900)
    assert_same_answers(Vectors.open(path, source), source)
    in_the_way = path.with_name("a file")
    in_the_way.write_text("not a folder")
    assert_same_answers(Vectors.open(in_the_way / "vectors.cache", source), source)
    assert {one.name for one in path.parent.iterdir()} - {"homespun-home"} == {"a file", "vectors.cache"}


def test_copies_of_a_text_tie_and_come_in_the_order_of_their_passages(path: Path) -> None:
    source, vectors = filled(3_000)
    chance = np.random.default_rng(1)
    copies = 10_000 + chance.permutation(60)
    source.add(copies, chance.integers(1, 700, 60), np.repeat(vectors[:1], 60, axis=0))
    near = Vectors.open(path, source).search(clustered(1, 5)[0], k=4_000)
    ours = near.passages >= 10_000
    assert len(set(near.scores[ours].tolist())) == 1
    assert near.passages[ours].tolist() == sorted(copies.tolist())


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 1_000), st.sampled_from([1, 3, 400]))
def test_the_closest_codes_are_the_closest_with_their_ties(count: int, k: int, seed: int, distinct: int) -> None:
    chance = np.random.default_rng(seed)
    source, vectors = filled(distinct, seed)
    assert source.quantizer is not None
    mean, scale = source.quantizer.mean, source.quantizer.scale
    picked: NDArray[np.int64] = chance.integers(0, distinct, count)
    codes = pack(source.quantizer.encode(vectors)[picked], mean, scale)
    query = pack_query(clustered(1, seed + 1)[0], mean)
    out = chance.random(count) < 0.3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.vectors.codes.BLOCK", 64)  # several blocks
        for barred in (None, out):
            found = closest(codes, query, k, barred)
            allowed = np.flatnonzero(~out) if barred is not None else np.arange(count)
            far = distances(codes, query)
            assert set(found.tolist()) <= set(allowed.tolist())
            assert found.tolist() == sorted(set(found.tolist()))
            assert min(k, len(allowed)) <= len(found) <= 2 * k
            missed = np.setdiff1d(allowed, found)
            assert not len(missed) or far[missed].min() >= far[found].max()
