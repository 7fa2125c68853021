"""The scratch folder: corpora, indexes that are kept while nothing that made them has changed, remembered embeddings."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import models
from benchmarks.machine import ROOT
from benchmarks.table import Skipped
from engines.text import Encoder
from homespun.progress import Progress
from indexer.index import Index

INDEX_SIDE = (
    "indexer/readers/**/*.py",
    "indexer/store/contents.py",
    "indexer/store/files.py",
    "indexer/store/schema.py",
    "indexer/store/vectors.py",
    "indexer/vectors/quantizer.py",
    "indexer/vectors/cache.py",
    "indexer/query/words.py",
    "indexer/document.py",
    "indexer/kinds.py",
    "indexer/passages.py",
    "indexer/scan.py",
    "indexer/stages.py",
    "engines/text/*.py",
    "models/bundled/**/*.onnx",
    "models/bundled/**/tokenizer.json",
)
"""What decides what is in an index; the code that only asks it is left out, so that ranking can be tuned quickly."""


@dataclass(frozen=True)
class Bench:
    """What a section is measured with. `shared` is the folder of evaluation data (None: not there), `peer_python` a Python
    that has peers installed, `runs` how often a time is taken."""

    scratch: Path
    shared: Path | None
    peer_python: Path | None = None
    peers: bool = True
    runs: int = 3

    def data(self, *parts: str) -> Path:
        """A path below the shared data folder. Raises `Skipped` when it is not there."""
        if self.shared is None:
            raise Skipped("the folder of shared evaluation data is not beside this checkout")
        path = self.shared.joinpath("data", *parts)
        if not path.exists():
            raise Skipped(f"{'/'.join(parts)} is not in the shared data folder")
        return path

    def folder(self, *parts: str) -> Path:
        """A folder in the scratch folder, made if need be."""
        path = self.scratch.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def fresh(self, *parts: str) -> Path:
        """An empty folder in the scratch folder."""
        shutil.rmtree(self.scratch.joinpath(*parts), ignore_errors=True)
        return self.folder(*parts)


def fingerprint(files: Sequence[Path], *words: str) -> str:
    """A short hash of the contents of `files` and of `words`."""
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        digest.update(hashlib.blake2b(path.read_bytes()).digest())
    digest.update("\0".join(words).encode())
    return digest.hexdigest()


def index_side() -> str:
    """The fingerprint of the code and the model that decide what is in an index."""
    return fingerprint(sorted({path for pattern in INDEX_SIDE for path in ROOT.glob(pattern)}))


class RememberingEncoder(Encoder):
    """The encoder, with every passage's vector kept in a file: a rebuilt index costs no second embedding.

    For quality alone; whatever is timed uses the plain encoder.
    """

    memory: Path
    key: bytes
    """The hash of the model file: another model's vectors are others."""

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        keys = [hashlib.blake2b(text.encode(), key=self.key, digest_size=20).digest() for text in texts]
        with sqlite3.connect(self.memory) as kept:
            kept.execute("CREATE TABLE IF NOT EXISTS vector(key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
            found = {}
            for key in keys:
                rows = kept.execute("SELECT value FROM vector WHERE key = ?", (key,)).fetchall()
                if rows:
                    found[key] = np.frombuffer(rows[0][0], np.float32)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
            if missing:
                made = super().encode(list(missing.values()), progress=progress)
                found.update(zip(missing, made, strict=True))
                kept.executemany(
                    "INSERT OR REPLACE INTO vector VALUES (?, ?)", [(key, found[key].tobytes()) for key in missing]
                )
        kept.close()
        return np.array([found[key] for key in keys], np.float32).reshape(len(keys), self.dimensions)


def remembering_encoder(bench: Bench) -> RememberingEncoder:
    """The encoder that remembers in the scratch folder."""
    encoder = RememberingEncoder.open()
    assert isinstance(encoder, RememberingEncoder)
    encoder.memory = bench.folder() / "embeddings.sqlite"
    encoder.key = hashlib.blake2b((models.locate(encoder.model_id).folder / "model.onnx").read_bytes()).digest()
    return encoder


class RememberingIndex(Index):
    """An index that embeds with a `RememberingEncoder`."""

    def __init__(self, encoder: RememberingEncoder, *, create: bool = False) -> None:
        super().__init__(create=create)
        self._remembers = encoder

    def encoder(self) -> Encoder:
        """The encoder that remembers."""
        return self._remembers


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """HOMESPUN_HOME is `home` inside."""
    before = os.environ.get("HOMESPUN_HOME")
    os.environ["HOMESPUN_HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ["HOMESPUN_HOME"]
        else:
            os.environ["HOMESPUN_HOME"] = before


@contextmanager
def kept_index(bench: Bench, name: str, corpus: Path, encoder: RememberingEncoder) -> Iterator[Index]:
    """A complete index of `corpus`: the one of an earlier run if all that made it is unchanged, else made anew."""
    home = bench.folder(name, "home")
    mark = home / "made-from.json"
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    wanted = {"code": index_side(), "corpus": fingerprint(files, *(str(path) for path in files))}
    if not mark.exists() or json.loads(mark.read_text("utf-8")) != wanted:
        home = bench.fresh(name, "home")
        with at_home(home), RememberingIndex(encoder, create=True) as index:
            index.add(corpus)
            index.run(progress=Progress())
        mark.write_text(json.dumps(wanted), "utf-8")
    with at_home(home), RememberingIndex(encoder) as index:
        yield index
