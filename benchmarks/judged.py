"""The judged collections: documents, questions, and which document answers which question."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scratch import Bench, fingerprint

MOMENT = 1_600_000_000
"""When every document was changed, in seconds since 1970: all the same, so that recency plays no part."""

SOURCE_PAPER = "-1"
"""Cranfield's code of the paper that a question was asked from (search.md §6: the trap)."""


@dataclass(frozen=True)
class Document:
    """One document of a collection."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question with the grade of each judged document; `source` are those with code −1."""

    id: str
    text: str
    grades: dict[str, float]
    source: frozenset[str]


def documents(folder: Path) -> list[Document]:
    """The documents of the collection in `folder`."""
    return [Document(str(one["id"]), one["title"], one["text"]) for one in _lines(folder / "docs.jsonl")]


def questions(folder: Path) -> list[Question]:
    """The questions that have judgements, in order."""
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    source: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        question, document, grade, *code = line.split("\t")
        judged[question][document] = float(grade)
        if code == [SOURCE_PAPER]:
            source[question].add(document)
    return [
        Question(str(one["id"]), one["text"], judged[str(one["id"])], frozenset(source[str(one["id"])]))
        for one in _lines(folder / "queries.jsonl")
        if str(one["id"]) in judged
    ]


def as_files(bench: Bench, name: str, texts: list[Document]) -> Path:
    """Each document as a file `<id>.txt` (title, empty line, text) in the scratch folder."""
    folder = bench.folder(name, "files")
    if len(list(folder.iterdir())) != len(texts):
        shutil.rmtree(folder)
        folder.mkdir()
        for one in texts:
            path = folder / f"{one.id}.txt"
            path.write_text(f"{one.title}\n\n{one.text}\n", "utf-8")
            os.utime(path, (MOMENT, MOMENT))
    return folder


@dataclass(frozen=True)
class KnownItems:
    """Real files of this machine, and questions that each have one of them as their answer. `absent` targets are not here."""

    folder: Path
    questions: list[dict[str, str]]
    files: int
    absent: int


def known_items(bench: Bench) -> KnownItems:
    """The known-item corpus, made once from this machine's manual pages and documents. Raises `Skipped`."""
    source = bench.data("ir", "knownitem")
    script = source / "make_corpus.py"
    folder, mark = bench.folder("known") / "files", bench.folder("known") / "made-from.txt"
    if not mark.exists() or mark.read_text("ascii") != fingerprint([script]):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, str(script), str(folder)], check=True, stdout=subprocess.DEVNULL)
        for path in folder.rglob("*.*"):
            os.utime(path, (MOMENT, MOMENT))
        mark.write_text(fingerprint([script]), "ascii")
    asked = _lines(source / "queries.jsonl")
    here = [one for one in asked if (folder / one["target"]).is_file()]
    count = sum(path.is_file() for path in folder.rglob("*"))
    return KnownItems(folder, here, count, len(asked) - len(here))


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
