"""The gate: does a smaller file still find what the float32 model finds?

Cosine to float32 hides harm (0.99 still changes one nearest neighbour in eight, diffusion.md §1), so the gate counts what
a person sees: nDCG@10 on two collections with judged answers, which are used for evaluation only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COLLECTIONS = ("cacm", "cranfield")

ALLOWED_LOSS = 0.01
"""Of nDCG@10, relative to float32, on each collection."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class Collection:
    """Documents, questions, and grades (question → document → gain) of which at least one is above 0."""

    name: str
    documents: Mapping[str, str]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Verdict:
    """One collection's nDCG@10 for float32 and for the file on trial, and their vectors' cosine over the documents."""

    collection: str
    reference: float
    found: float
    mean_cosine: float
    least_cosine: float

    @property
    def passed(self) -> bool:
        """Whether at most `ALLOWED_LOSS` was lost."""
        return self.found >= self.reference * (1 - ALLOWED_LOSS)

    def __str__(self) -> str:
        change = self.found / self.reference - 1
        return (
            f"{self.collection}: nDCG@10 {self.found:.4f} against {self.reference:.4f} in float32 ({change:+.2%}), "
            f"cosine mean {self.mean_cosine:.4f}, least {self.least_cosine:.4f}"
        )


def collection(folder: Path) -> Collection:
    """The collection in `folder` (docs.jsonl, queries.jsonl, qrels.tsv). Documents without any text are left out."""
    documents = {d["id"]: f"{d['title']} {d['text']}".strip() for d in lines(folder / "docs.jsonl")}
    questions = {q["id"]: q["text"] for q in lines(folder / "queries.jsonl")}
    grades: dict[str, dict[str, int]] = {}
    for row in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade, *_ = row.split("\t")
        grades.setdefault(question, {})[document] = int(grade)
    judged = {q: g for q, g in grades.items() if any(g.values())}
    return Collection(
        folder.name,
        {i: text for i, text in documents.items() if text},
        {q: text for q, text in questions.items() if q in judged},
        judged,
    )


def lines(file: Path) -> list[dict[str, str]]:
    """One JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def judge(one: Collection, reference: Encode, trial: Encode) -> Verdict:
    """Both encoders on one collection."""
    texts, questions = list(one.documents.values()), list(one.questions.values())
    expected, found = reference(texts), trial(texts)
    cosines = (expected * found).sum(axis=1)
    return Verdict(
        one.name,
        ndcg(one, expected, reference(questions)),
        ndcg(one, found, trial(questions)),
        float(cosines.mean()),
        float(cosines.min()),
    )


def ndcg(one: Collection, documents: NDArray[np.float32], questions: NDArray[np.float32], depth: int = 10) -> float:
    """Mean nDCG@`depth` with linear gain (Järvelin and Kekäläinen 2002) of ranking by cosine.

    Rows are unit vectors in the order of the collection's documents and questions.
    """
    names = list(one.documents)
    discount = 1 / np.log2(np.arange(2, depth + 2))
    scores = []
    for question, cosines in zip(one.questions, questions @ documents.T, strict=True):
        grades = one.grades[question]
        best = np.argsort(-cosines, kind="stable")[:depth]
        gains = [grades.get(names[i], 0) for i in best]
        ideal = sorted(grades.values(), reverse=True)[:depth]
        scores.append(np.dot(gains, discount[: len(gains)]) / np.dot(ideal, discount[: len(ideal)]))
    return float(np.mean(scores))
