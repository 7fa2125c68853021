"""A made index of any size: seeded text with the word frequencies of English, real sentence vectors repeated with noise.

Built through `indexer.store`, as an index run builds it; only reading and embedding are left out. It can be interrupted:
every batch is one transaction, made from its own number alone.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scratch import RememberingEncoder, at_home
from homespun.folders import folders
from indexer.document import Document
from indexer.kinds import Kind
from indexer.passages import OVERLAP, WORDS
from indexer.store import NewFile, Reading, Settled, Store
from indexer.vectors import Quantizer, Vectors

SEED = 20_261_124
BATCH = 400
"""Files of a transaction."""

CHUNK = 20_000
"""Vectors that are made together, from the chunk's number."""

VOCABULARY = 200_000
REAL_PASSAGES = 3_000
PER_FILE = 11.0
"""Passages of a file on average; the lengths are log-normal with a spread of `SPREAD`."""

HEADS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
)
TAILS = (
    "a",
    "e",
    "i",
    "o",
    "u",
    "ai",
    "ea",
    "ou",
    "an",
    "en",
    "in",
    "on",
    "ar",
    "er",
    "or",
    "al",
    "el",
    "at",
    "et",
    "is",
)
"""Halves of the syllables that made words are made of."""

SPREAD = 0.8
LONGEST = 200
OWN_WORDS = 0.4
"""Share of a text's words that repeat one of its own, as real texts do."""

MOMENT = 1_700_000_000


def real_passages() -> list[str]:
    """Real English of any Python installation: the longer docstrings of the standard library, each once, in fixed order."""
    found: dict[str, None] = {}
    library = Path(sysconfig.get_path("stdlib"))
    for path in sorted(library.rglob("*.py")):
        if {"test", "tests", "site-packages", "idlelib", "lib2to3"} & set(path.relative_to(library).parts):
            continue
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = " ".join((ast.get_docstring(node) or "").split())
                if len(text.split()) >= 25:
                    found[text] = None
    return list(found)


def vocabulary(texts: list[str]) -> NDArray[np.object_]:
    """`VOCABULARY` words, most frequent first: those of `texts`, then made ones that look like words."""
    words = dict.fromkeys(word for word, _ in _counted(texts).most_common())
    rng = np.random.default_rng(SEED)
    while len(words) < VOCABULARY:
        count = int(rng.integers(2, 5))
        heads_of, tails_of = rng.integers(0, len(HEADS), count), rng.integers(0, len(TAILS), count)
        words["".join(HEADS[h] + TAILS[t] for h, t in zip(heads_of, tails_of, strict=True))] = None
    return np.array(list(words)[:VOCABULARY], dtype=object)


def _counted(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\b[a-z]{2,20}\b", text.lower()))


class Words:
    """Draws words by the Zipf–Mandelbrot law, and makes texts and questions of them."""

    def __init__(self, texts: list[str]) -> None:
        self.known = vocabulary(texts)
        self.real = len(_counted(texts))
        shares = np.cumsum((np.arange(VOCABULARY) + 2.7) ** -1.05)
        draws = np.random.default_rng(SEED).random(1 << 22) * shares[-1]
        self._pool = np.searchsorted(shares, draws).astype(np.int32)  # drawing from a pool is ten times as fast

    def text(self, count: int, rng: np.random.Generator) -> str:
        """`count` words, some of them repeated."""
        drawn = self._pool[rng.integers(0, len(self._pool), count)]
        again = rng.random(count) < OWN_WORDS
        drawn[again] = drawn[(rng.random(int(again.sum())) * np.flatnonzero(again)).astype(np.int64)]
        return " ".join(self.known[drawn].tolist())

    def questions(self, count: int, seed: int, *, commonest: int = 100) -> list[str]:
        """Sentences of two to six different real words, drawn as in the texts but for the `commonest`."""
        rng = np.random.default_rng(seed)
        pool = self._pool[(self._pool >= commonest) & (self._pool < self.real)]
        sentences = []
        for _ in range(count):
            wanted = int(rng.integers(2, 7))
            drawn = dict.fromkeys(pool[rng.integers(0, len(pool), 3 * wanted)].tolist())
            sentences.append(" ".join(str(self.known[at]) for at in list(drawn)[:wanted]))
        return sentences


@dataclass(frozen=True)
class VectorMaker:
    """Vector k of an index: a blend of two real ones with noise, of length 1; the same for the same k."""

    real: NDArray[np.float32]

    def chunk(self, number: int) -> NDArray[np.float32]:
        """Vectors `number` · CHUNK and those after it, float32 [CHUNK, d]."""
        rng = np.random.default_rng((SEED, number))
        first, second = (self.real[rng.integers(0, len(self.real), CHUNK)] for _ in range(2))
        share = rng.uniform(0.5, 1.0, (CHUNK, 1)).astype(np.float32)
        made: NDArray[np.float32] = share * first + (1 - share) * second
        made += np.float32(0.02) * rng.standard_normal(made.shape, dtype=np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made

    def rows(self, first: int, count: int) -> NDArray[np.float32]:
        """Vectors `first` to `first + count`."""
        last = first + count
        chunks = [self._kept(number) for number in range(first // CHUNK, (last - 1) // CHUNK + 1)]
        start = first - first // CHUNK * CHUNK
        return np.concatenate(chunks)[start : start + count]

    def _kept(self, number: int) -> NDArray[np.float32]:
        if number not in _CHUNKS:
            while len(_CHUNKS) > 1:
                del _CHUNKS[min(_CHUNKS)]
            _CHUNKS[number] = self.chunk(number)
        return _CHUNKS[number]


_CHUNKS: dict[int, NDArray[np.float32]] = {}


@dataclass(frozen=True)
class Made:
    """A made index: its HOMESPUN_HOME, the folder that its files would be in, counts, and the vectors in it."""

    home: Path
    files_folder: Path
    files: int
    passages: int
    vectors: VectorMaker
    words: Words


def build(home: Path, passages: int, encoder: RememberingEncoder, *, write_files: bool) -> Made:
    """An index of at least `passages` passages at `home`, going on where an earlier call stopped.

    With `write_files` the texts also lie in a folder as files, for peers.
    """
    texts = real_passages()
    words = Words(texts)
    step = max(1, len(texts) // REAL_PASSAGES)
    vectors = VectorMaker(encoder.encode(texts[::step][:REAL_PASSAGES]))
    folder = home / "files"
    folder.mkdir(parents=True, exist_ok=True)
    with at_home(home), Store(folders().index, create=True) as store:
        count = store.ask.total("passage")
        if count < passages:
            for done in _batches(store, folder, passages, words, vectors, write_files=write_files):
                print(f"\r{done:,} of {passages:,} passages made", end="", file=sys.stderr, flush=True)
            print(file=sys.stderr)
            store.checkpoint()
        ready = Vectors.open(folders().cache / "vectors.cache", store.vectors)
        if ready.needs_compaction:
            ready.compact()
        return Made(home, folder, store.ask.total("file"), store.ask.total("passage"), vectors, words)


def _batches(
    store: Store, folder: Path, passages: int, words: Words, vectors: VectorMaker, *, write_files: bool
) -> Iterator[int]:
    """Batch after batch until there are enough passages; yields how many there are."""
    first = vectors.chunk(0)
    with store.transaction():
        if not store.files.roots():
            status = folder.stat()
            store.files.add_root(str(folder).encode(), status.st_dev, status.st_ino, "made", mounted=False)
            store.vectors.begin("all-minilm-l6-v2", Quantizer.fit(first), len(first))
    root, quantizer = store.files.roots()[0].id, store.vectors.quantizer
    assert quantizer is not None
    done = store.ask.total("passage")
    batch = store.ask.total("file") // BATCH
    while done < passages:
        with store.transaction():
            pairs = _one_batch(store, folder / f"{batch:05}", root, batch, words, write_files=write_files)
            store.vectors.put(pairs, quantizer.encode(vectors.rows(done, len(pairs))))
        done += len(pairs)
        batch += 1
        yield done


def _one_batch(
    store: Store, folder: Path, root: int, batch: int, words: Words, *, write_files: bool
) -> list[tuple[int, int]]:
    """Store the files of one batch; returns (passage, content) of all their passages, in order."""
    rng = np.random.default_rng((SEED, batch, 1))
    number = store.files.folder(root, str(folder).encode(), str(folder))
    texts: dict[bytes, tuple[str, str]] = {}
    for at in range(BATCH):
        count = int(np.clip(rng.lognormal(np.log(PER_FILE) - SPREAD**2 / 2, SPREAD), 1, LONGEST))
        text = words.text(WORDS + (WORDS - OVERLAP) * (count - 1), rng)
        title = words.text(5, rng)
        texts[f"{title.replace(' ', '-')}-{batch}-{at}.txt".encode()] = (title, text)
    if write_files:
        folder.mkdir(exist_ok=True)
        for name, (title, text) in texts.items():
            (folder / name.decode()).write_text(f"{title}\n\n{text}\n", "utf-8")
    store.files.upsert(
        NewFile(0, number, name, name.decode(), len(text), MOMENT * 10**9, 0, False, Kind.TEXT)
        for name, (_, text) in texts.items()
    )
    pairs: list[tuple[int, int]] = []
    for file in store.files.waiting(BATCH):
        title, text = texts[file.name]
        digest = hashlib.blake2b(file.name, digest_size=20).digest()
        reading = Reading(digest, Document(Kind.TEXT, title, text), "plain", 1, len(text), MOMENT)
        content, _ = store.contents.put(reading, [(file.name.decode(), folder.name)])
        store.files.settle(Settled(file.id, Kind.TEXT, "indexed", "", content, MOMENT, file.size, file.mtime_ns, 0))
        pairs += [(passage, content) for passage, _, _ in store.contents.passages(content)]
    return pairs
