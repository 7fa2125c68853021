"""Cranfield and CACM through the whole product: files on disk, one index, sentences in, files out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from benchmarks.judged import Document, Question, as_files, documents, questions
from benchmarks.metrics import CUT, mean, ndcg
from benchmarks.peers import bm25, meaning
from benchmarks.scratch import Bench, RememberingEncoder, kept_index, remembering_encoder
from benchmarks.search.understanding import TODAY
from benchmarks.table import Row
from indexer.index import Index
from indexer.query import parse

Search = Callable[[str, int], list[str]]
"""A question and how many → ids, best first."""


def quality(bench: Bench) -> list[Row]:
    """nDCG@10 of both collections."""
    with remembering_encoder(bench) as encoder:
        return [*_cranfield(bench, encoder), *_cacm(bench, encoder)]


def _cranfield(bench: Bench, encoder: RememberingEncoder) -> list[Row]:
    folder = bench.data("ir", "cranfield")
    texts, asked = documents(folder), questions(folder)
    with kept_index(bench, "cranfield", as_files(bench, "cranfield", texts), encoder) as index:
        ours = _Scores(asked, _product(index))
        filtered = _filtered(index, asked)
    peers = {name: _Scores(asked, search) for name, search in _peers(bench, texts, encoder).items()}

    def row(what: str, target: str, pick: Callable[[_Scores], float], notes: tuple[str, ...]) -> Row:
        named = ", ".join(f"{name} {pick(scores):.3f}" for name, scores in peers.items())
        return Row(what, f"{pick(ours):.3f}", target, named, notes, {"ndcg10": pick(ours)})

    about = (
        f"{len(texts)} documents, {len(asked)} questions (± 0.02), linear gain",
        f"binary nDCG@10 (grade ≥ 1): {ours.binary:.3f}",
        *filtered,
    )
    return [
        row("nDCG@10 Cranfield, keep", "≥ 0.43, stretch 0.44", lambda scores: scores.keep, about),
        row(
            "nDCG@10 Cranfield, drop",
            "≥ 0.49, stretch 0.50",
            lambda scores: scores.drop,
            ("drop: each question's own source paper (code −1) is taken out of the ranking",),
        ),
    ]


def _cacm(bench: Bench, encoder: RememberingEncoder) -> list[Row]:
    folder = bench.data("ir", "cacm")
    texts, asked = documents(folder), questions(folder)
    with kept_index(bench, "cacm", as_files(bench, "cacm", texts), encoder) as index:
        ours = _Scores(asked, _product(index))
        filtered = _filtered(index, asked)
    peers = {name: _Scores(asked, search) for name, search in _peers(bench, texts, encoder).items()}
    named = ", ".join(f"{name} {scores.keep:.3f}" for name, scores in peers.items())
    about = (f"{len(texts)} documents, {len(asked)} judged questions (± 0.04)", *filtered)
    return [Row("nDCG@10 CACM", f"{ours.keep:.3f}", "≥ 0.575", named, about, {"ndcg10": ours.keep})]


class _Scores:
    """What one engine scores: `keep` and `drop` (search.md §6), and binary gain."""

    def __init__(self, asked: list[Question], search: Search) -> None:
        rankings = [search(one.text, CUT + 1) for one in asked]  # one more, so that ten are left when one is dropped
        pairs = list(zip(rankings, asked, strict=True))
        self.keep = mean(ndcg(ranking, one.grades) for ranking, one in pairs)
        self.drop = mean(
            ndcg([document for document in ranking if document not in one.source], one.grades) for ranking, one in pairs
        )
        self.binary = mean(
            ndcg(ranking, {document: float(grade > 0) for document, grade in one.grades.items()})
            for ranking, one in pairs
        )


def _product(index: Index) -> Search:
    searcher = index.searcher()

    def search(question: str, limit: int) -> list[str]:
        hits = searcher.search(question, limit=limit).hits
        return [PurePath(hit.shown).stem for hit in hits]

    return search


def _filtered(index: Index, asked: list[Question]) -> tuple[str, ...]:
    """The questions that the product took as having more than words: each costs points here if it is wrong."""
    lines = []
    for one in asked:
        read = parse(one.text, today=TODAY, is_folder=index.store.ask.is_folder).as_dict()
        more = {key: value for key, value in read.items() if key != "text"}
        if more:
            lines.append(f"question {one.id} was read as having {more}")
    return tuple(lines)


def _peers(bench: Bench, texts: list[Document], encoder: RememberingEncoder) -> dict[str, Search]:
    if not bench.peers:
        return {}
    plain = [(one.id, one.title, one.text) for one in texts]
    return {
        f"BM25 ({bm25.VERSION})": bm25.Bm25(plain).search,
        f"MiniLM alone ({meaning.VERSION})": meaning.Meaning(plain, encoder).search,
    }
