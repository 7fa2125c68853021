"""Small real folders, an encoder that costs nothing, and indexes over them."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from desktop import demo_formats as make
from homespun.progress import Cancel, Progress, Report
from indexer.answer import Answer, Hit
from indexer.index import Index
from indexer.report import RunReport, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from engines.text import Encoder

WIDTH = 384

Letter = str | bytes


class HashEncoder:
    """Stands in for the sentence encoder where meaning doesn't matter: the sum of a fixed random vector for each word."""

    model_id = "hashed-words"
    dimensions = WIDTH

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """One vector of length 1 per text."""
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for row, text in enumerate(texts):
            if progress:
                progress.report(row, len(texts), "texts")
            vectors[row] = self.encode_one(text)
        if progress:
            progress.report(len(texts), len(texts), "texts")
        self.encoded += len(texts)
        return vectors

    def encode_one(self, text: str) -> NDArray[np.float32]:
        """The vector of one text."""
        total = np.full(WIDTH, 1e-3, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            total += (
                np.random.default_rng(zlib.crc32(word.encode("utf-8", "replace")))
                .standard_normal(WIDTH)
                .astype(np.float32)
            )
        return (total / np.linalg.norm(total)).astype(np.float32)

    def knows(self, word: str) -> bool:
        """Whether a word is one of the language: none is, so that every typo may be repaired."""
        return False

    def close(self) -> None:
        """Nothing is held."""


def open_index(path: Path | None = None, encoder: object | None = None, *, create: bool = True) -> Index:
    """An index with an encoder that costs nothing, or with the one given."""
    index = Index(path, create=create)
    index._encoder = cast("Encoder", encoder or HashEncoder())
    return index


def write(folder: Path, files: Mapping[str, Letter], *, day: float = 1_700_000_000) -> Path:
    """Write `files` (path below `folder` → text or bytes), each a minute newer than the one before, and give `folder`."""
    for number, (name, data) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        os.utime(path, (day + 60 * number, day + 60 * number))
    return folder


def run(index: Index, until: Stage = Stage.PASSAGES, show: Callable[[Report], None] | None = None) -> RunReport:
    """Bring an index up to date."""
    return index.run(until=until, progress=Progress(show or (lambda _report: None), Cancel()))


def names(answer: Answer) -> list[str]:
    """The file names of an answer, best first."""
    return [name(hit) for hit in answer.hits]


def name(hit: Hit) -> str:
    """The file name of a hit."""
    return os.path.basename(os.fsdecode(hit.path))


_WORDS = """harbour lantern meadow copper violin glacier orchard pepper saddle tunnel window yellow bridge candle dragon
engine forest garden hammer island jacket kettle ladder marble needle oyster pillow quarry ribbon silver timber valley
walnut anchor basket canyon desert falcon guitar helmet insect jungle kitten lizard mirror napkin orange parrot"""
WORDS = tuple(_WORDS.split())


def sentences(seed: int, count: int = 60) -> str:
    """Text of `count` words that a seed decides; no two seeds give the same."""
    chosen = random.Random(seed)
    return f"Entry {seed} of the log. " + " ".join(chosen.choice(WORDS) for _ in range(count)) + "."


def write_logs(folder: Path, count: int, *, words: int = 60) -> Path:
    """`count` small text files in folders of 25."""
    return write(
        folder, {f"part{number // 25:03}/log {number:04}.txt": sentences(number, words) for number in range(count)}
    )


@dataclass(frozen=True)
class State:
    """All of an index that must not depend on how it came about."""

    files: dict[str, tuple[str, str, str]]
    words: dict[str, int]
    keywords: dict[str, list[str]]
    passages: int
    vectors: int


def state_of(index: Index, below: Path) -> State:
    """What an index holds, without numbers that depend on the order of writing."""
    sql = index.store._sql
    rows = sql.execute(
        "SELECT folder.path, name, file.state, file.kind, content FROM file JOIN folder ON folder.id = folder"
    ).fetchall()
    base = os.fsencode(below)
    files = {
        os.fsdecode(folder[len(base) :] + b"/" + own): (state, kind, index.store.contents.text(content or 0))
        for folder, own, state, kind, content in rows
    }
    assert len(files) == len(rows), "a file is in the index twice"
    words = dict(sql.execute("SELECT text, files FROM word").fetchall())
    of_content: dict[int, list[str]] = {}
    for folder, own, _, _, content in rows:
        of_content.setdefault(content, []).append(os.fsdecode(folder[len(base) :] + b"/" + own))
    keywords = {
        word: sorted(
            path for (content,) in sql.execute(
                "SELECT DISTINCT rowid >> 8 FROM fts WHERE fts MATCH ?", (f'"{word}"',)
            ) for path in of_content.get(content, [f"content {content} of no file"])
        )
        for word in (*WORDS, "entry", "log", *(str(number) for number in range(0, 200, 7)))
    }  # fmt: skip
    return State(files, words, keywords, index.store.ask.total("passage"), index.store.vectors.count())


def assert_sound(index: Index) -> None:
    """SQLite finds the file whole, the keyword rows fit, no row hangs in the air, and no file or vector is there twice."""
    index.store.check()
    sql = index.store._sql
    for what, query in {
        "file without folder": "SELECT 1 FROM file LEFT JOIN folder ON folder.id = folder WHERE folder.id IS NULL",
        "file without content": "SELECT 1 FROM file LEFT JOIN content ON content.id = content WHERE content > 0 AND"
        " content.id IS NULL",
        "path twice": "SELECT 1 FROM file GROUP BY folder, name HAVING count(*) > 1",
        "passage without content": "SELECT 1 FROM passage LEFT JOIN content ON content.id = content WHERE content.id IS NULL",
        "text without content": "SELECT 1 FROM text LEFT JOIN content ON content.id = text.id >> 8 WHERE content.id IS NULL",
        "keywords without content": "SELECT 1 FROM fts_docsize LEFT JOIN content ON content.id = fts_docsize.id >> 8"
        " WHERE content.id IS NULL",
        "content without keywords": "SELECT 1 FROM content LEFT JOIN fts_docsize ON fts_docsize.id = content.id << 8 WHERE"
        " fts_docsize.id IS NULL",
        "vector without passage": "SELECT 1 FROM vec LEFT JOIN passage ON passage.id = passage WHERE passage.id IS NULL",
        "embedded without vector": "SELECT 1 FROM passage LEFT JOIN vec ON vec.passage = passage.id WHERE embedded = 1 AND"
        " vec.passage IS NULL",
        "vector of a waiting passage": "SELECT 1 FROM vec JOIN passage ON passage.id = passage WHERE embedded = 0",
        "file without a name row": "SELECT 1 FROM file LEFT JOIN names_docsize ON names_docsize.id = file.id WHERE"
        " names_docsize.id IS NULL",
        "name row without file": "SELECT 1 FROM names_docsize LEFT JOIN file ON file.id = names_docsize.id WHERE"
        " file.id IS NULL",
    }.items():
        assert not sql.execute(query).fetchall(), what


def raw_bytes(folder: Path) -> dict[Path, bytes]:
    """Every file below `folder` with its bytes, small letters throughout."""
    return {path: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}


def stem_of(word: str) -> str:
    """A word as the keyword index stores it: SQLite's own tokenizer says."""
    with sqlite3.connect(":memory:") as scratch:
        scratch.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61 remove_diacritics 2')")
        scratch.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
        scratch.execute("INSERT INTO t VALUES (?)", (word,))
        return str(scratch.execute("SELECT term FROM v").fetchone()[0])


def mixed_folder(folder: Path) -> Path:
    """A dozen files of a dozen formats, as a person might have them."""
    return write(
        folder,
        {
            "Home/Tenancy agreement.docx": make.docx(
                "Tenancy agreement", "Hanna Osei", "2022-03-18",
                [("", "The monthly rent is 870 euros."), ("", "The tenant pays a deposit of two months' rent.")],
            ),
            "Home/Insurance.pdf": make.pdf(
                "Household insurance", "Nordlys Mutual", "2024-01-08",
                [["Your belongings are covered against fire, burst pipes and burglary."]],
            ),
            "Home/room climate.csv": "time,room,temperature\n2026-01-18,kitchen,18.5\n2026-01-18,bedroom,16.0\n",
            "Mail/deposit.eml": make.eml(
                "Hanna Osei <hanna@example.org>", "Clara Winther <clara@example.org>", "Your deposit",
                "Tue, 09 Sep 2025 18:30:00 +0200", "I will pay the deposit back after the handover of the keys.\n",
            ),
            "School/penguins.md": "# Life on the ice\n\nEmperor penguins huddle together to keep warm through the winter.\n",
            "School/volcano.txt": "Volcanoes\n\nLava, ash and gas come up from deep inside the earth when a mountain erupts.\n",
            "Recipes/soup.html": "<html><head><title>Red lentil soup</title></head><body><p>Simmer the lentils with ginger,"
            " cumin and coconut milk for twenty minutes.</p></body></html>",
            "Work/rename_photos.py": '"""Give photographs the names of the days they were taken on."""\n\nprint("done")\n',
            "Work/settings.json": '{"printer": "second floor", "paper": "A4", "duplex": true}',
            "Work/report 2025.txt": "Quarterly report\n\nSales of bicycles rose by a fifth; repairs stayed as they were.\n",
            "Travel/night train.txt": "Night train to Vienna\n\nThe sleeper leaves at 21:04 from track 7, two berths booked.\n",
            "Pictures/Screenshot 2024-05-11.png": make.png(32, 20, (38, 70, 83), {"Title": "Train connection to Vienna"}),
        },
    )  # fmt: skip
