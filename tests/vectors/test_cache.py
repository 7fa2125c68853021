"""The cache file is disposable: broken, foreign or old, it is made anew and nobody notices."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import indexer.vectors.cache as cache_module
from indexer.vectors import Quantizer, Vectors
from indexer.vectors.cache import names
from tests.vectors.source import ListSource, clustered, filled
from tests.vectors.test_scan import assert_same_answers
from tests.walk.trees import as_nobody

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.cache"


@pytest.fixture
def source() -> ListSource:
    return filled(1_200)[0]


def cached(path: Path, source: ListSource) -> Vectors:
    vectors = Vectors.open(path, source)
    assert vectors.compact()
    return vectors


def is_used(path: Path, source: ListSource) -> bool:
    """Whether opening takes rows from the cache file."""
    return len(Vectors.open(path, source)._base.rows) > 0


def is_due(vectors: Vectors) -> bool:
    """Whether it should be written anew."""
    return vectors.needs_compaction


def test_a_sound_cache_is_used_and_gives_the_same_answers(path: Path, source: ListSource) -> None:
    cached(path, source)
    assert is_used(path, source)
    assert_same_answers(Vectors.open(path, source), source)


def test_what_came_and_went_since_it_was_written_is_taken_in(path: Path, source: ListSource) -> None:
    cached(path, source)
    source.add(np.arange(5_001, 5_101), np.arange(5_001, 5_101), clustered(100, 8))
    source.drop({1, 2, 3, 5_007})
    assert is_used(path, source)
    assert_same_answers(Vectors.open(path, source), source)


def test_it_is_still_used_after_the_newest_vectors_went(path: Path, source: ListSource) -> None:
    cached(path, source)
    source.drop({max(owner for _, owner, _ in source.rows.values())})
    assert is_used(path, source)
    assert_same_answers(Vectors.open(path, source), source)


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "a header alone": lambda data: data[:168],
    "cut in the header": lambda data: data[:50],
    "cut by one byte": lambda data: data[:-1],
    "cut in half": lambda data: data[: len(data) // 2],
    "one byte too long": lambda data: data + b"\0",
    "another file": lambda data: b"%PDF-1.7 " + data[9:],
    "zeros": lambda data: bytes(len(data)),
    "a wrong count": lambda data: data[:72] + b"\xff" * 8 + data[80:],
    "ids turned round": lambda data: data[:168] + data[168 : 168 + 9_600][::-1] + data[168 + 9_600 :],
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_cache_is_made_anew(path: Path, source: ListSource, how: str) -> None:
    cached(path, source)
    path.write_bytes(SPOILED[how](path.read_bytes()))
    assert not is_used(path, source)
    vectors = Vectors.open(path, source)
    assert_same_answers(vectors, source)
    assert vectors.compact()
    assert is_used(path, source)


def test_a_flipped_byte_in_header_or_ids_is_noticed(path: Path, source: ListSource) -> None:
    cached(path, source)
    sound = path.read_bytes()
    ids_end = cache_module._HEADER.itemsize + 16 * len(source.rows)
    chance = random.Random(4)
    for _ in range(60):
        at = chance.randrange(ids_end)
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :])
        assert not is_used(path, source), at


def test_a_flipped_byte_in_a_row_never_brings_up_what_is_not_there(path: Path, source: ListSource) -> None:
    cached(path, source)
    sound = bytearray(path.read_bytes())
    chance = random.Random(4)
    for _ in range(2_000):
        sound[chance.randrange(cache_module._HEADER.itemsize + 16 * len(source.rows), len(sound))] ^= 0x80
    path.write_bytes(sound)
    near = Vectors.open(path, source).search(clustered(1, 3)[0], k=1_200)
    assert set(near.passages.tolist()) == {passage for passage, _, _ in source.rows.values()}


def test_the_cache_of_another_model_index_or_quantizer_is_not_used(path: Path, source: ListSource) -> None:
    cached(path, source)
    others = [filled(1_200)[0] for _ in range(2)]
    others[0].identity = "another index"
    old = others[1].quantizer
    assert old is not None
    others[1].quantizer = Quantizer(old.mean, old.scale * 1.01)
    for other in others:
        assert not is_used(path, other)
        assert_same_answers(Vectors.open(path, other), other)


def test_a_cache_that_is_ahead_of_its_index_is_not_used(path: Path, source: ListSource) -> None:
    cached(path, source)
    younger = filled(1_000)[0]
    younger.quantizer = source.quantizer
    assert not is_used(path, younger)
    other = filled(1_200)[0]
    other.drop({7})
    cached(path, other)
    assert not is_used(path, source)


def test_large_sets_write_their_cache_when_first_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.vectors.scan._TAIL", 500)
    small, large = filled(400)[0], filled(600)[0]
    Vectors.open(path, small)
    assert not path.exists()
    Vectors.open(path, large)
    assert is_used(path, large)


def test_much_that_came_or_went_asks_for_compaction(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.vectors.scan._TAIL", 50)
    source = filled(1_000)[0]
    vectors = cached(path, source)
    assert not is_due(vectors)
    source.add(np.arange(5_001, 5_102), np.arange(5_001, 5_102), clustered(101, 8))
    vectors.refresh()
    assert is_due(vectors)
    vectors.compact()
    assert not is_due(vectors)
    source.drop(set(range(1, 40)))
    vectors.refresh()
    assert is_due(vectors)
    vectors.compact()
    assert not is_due(vectors)
    assert_same_answers(vectors, source)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, source: ListSource) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    with as_nobody():
        vectors = Vectors.open(locked / "vectors.cache", source)
        assert not vectors.compact()
    assert_same_answers(vectors, source)
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("not a folder")
    vectors = Vectors.open(in_the_way / "vectors.cache", source)
    assert not vectors.compact()
    assert_same_answers(vectors, source)


def test_nothing_half_written_is_left_beside_it(path: Path, source: ListSource) -> None:
    vectors = cached(path, source)
    vectors.compact()
    (left,) = path.parent.iterdir()
    assert left in names(path)
    if os.name == "posix":
        assert left.stat().st_mode & 0o077 == 0


COMPACTS = """
import sys
from pathlib import Path
from indexer.vectors import Vectors
from tests.vectors.source import filled
vectors = Vectors.open(Path(sys.argv[1]), filled(1_200)[0])
print("ready", flush=True)
for _ in range(30):
    vectors.compact()
"""


def test_another_process_may_write_it_anew_while_this_one_reads(path: Path, source: ListSource) -> None:
    cached(path, source)
    process = subprocess.Popen(
        [sys.executable, "-c", COMPACTS, path],
        cwd=REPOSITORY,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    held = Vectors.open(path, source)
    looks = 0
    while process.poll() is None:
        assert_same_answers(held, source, seed=looks)
        assert_same_answers(Vectors.open(path, source), source, seed=looks)
        looks += 1
    assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert looks >= 1


def test_readers_in_threads_of_their_own_may_share_it(path: Path, source: ListSource) -> None:
    cached(path, source)
    with ThreadPoolExecutor(3) as pool:
        looks = [pool.submit(assert_same_answers, Vectors.open(path, source), source, seed) for seed in range(6)]
    for look in looks:
        look.result()
