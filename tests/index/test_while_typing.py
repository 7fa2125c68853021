"""While somebody types, the answer by keywords has the processor to itself, and an answer nobody waits for holds up none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from homespun.progress import Cancelled
from indexer.find import Searcher
from tests.index.corpus import HashEncoder, mixed_folder, names, open_index, run, write

PATIENCE = 20.0


class SlowEncoder(HashEncoder):
    """Tells what it was asked; with `held`, an answer takes until `go`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.held = False
        self.begun, self.go = threading.Event(), threading.Event()

    def encode_one(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        if self.held:
            self.begun.set()
            assert self.go.wait(PATIENCE)
        return super().encode_one(text)


@pytest.fixture
def encoder() -> SlowEncoder:
    return SlowEncoder()


@pytest.fixture
def searcher(documents: Path, encoder: SlowEncoder) -> Iterator[Searcher]:
    mixed_folder(documents)
    with open_index() as index:
        index.add(documents)
        run(index)
        made = index.searcher()
        made._load_encoder = lambda: encoder  # type: ignore[assignment,return-value]
        made.vector_of("warm")
        encoder.asked.clear()
        yield made
        encoder.go.set()


def test_what_a_sentence_means_is_worked_out_once_its_first_answer_is_taken(
    searcher: Searcher, encoder: SlowEncoder
) -> None:
    stages = searcher.stages("lentil soup", typing=True)
    assert "soup.html" in names(next(stages))
    assert encoder.asked == []
    next(stages)
    assert encoder.asked == ["lentil soup"]


def test_the_answers_are_those_that_somebody_gets_who_does_not_type(searcher: Searcher) -> None:
    for sentence in ("lentil soup ", "red lentils and onions ", "the ", "files from 2024 ", '"soup" lentil '):
        typed = [names(answer) for answer in searcher.stages(sentence, typing=True)]
        assert typed == [names(answer) for answer in searcher.stages(sentence)]
        assert typed[-1] == names(searcher.search(sentence))


def test_the_first_answer_quotes_what_is_seen_and_the_complete_one_more(documents: Path, searcher: Searcher) -> None:
    write(documents, {f"soup {number}.txt": f"red lentil soup, try number {number}" for number in range(12)})
    with open_index() as index:
        run(index)
        first, complete = index.searcher().stages("lentil soup", limit=9, first=9, first_quoted=2, quoted=6)
    quoted = [[bool(hit.snippet.text) for hit in answer.hits] for answer in (first, complete)]
    assert quoted == [[True] * 2 + [False] * 7, [True] * 6 + [False] * 3]


def test_the_next_letter_waits_for_no_meaning_that_is_being_worked_out(
    searcher: Searcher, encoder: SlowEncoder
) -> None:
    encoder.held = True

    def check() -> None:
        if encoder.begun.is_set():  # somebody typed on
            raise Cancelled

    with pytest.raises(Cancelled):
        list(searcher.stages("lentil", typing=True, check=check))
    stages = searcher.stages("lentil soup", typing=True)
    assert "soup.html" in names(next(stages))
    assert not encoder.go.is_set(), "the one before is still being worked out"
    encoder.go.set()
    assert "soup.html" in names(next(stages))
    assert encoder.asked == ["lentil", "lentil soup"]


def test_vectors_stay_as_they_are_until_nobody_reads_them_any_more(
    documents: Path, searcher: Searcher, encoder: SlowEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = searcher.vectors()
    assert vectors is not None
    encoder.held = True
    stages = searcher.stages("lentil soup")
    next(stages)
    assert encoder.begun.wait(PATIENCE)
    del stages
    write(documents, {"barley.txt": "barley soup with leeks"})
    with open_index() as index:
        run(index)
    order: list[str] = []
    monkeypatch.setattr(encoder, "encode_one", HashEncoder().encode_one)
    refresh, settle = vectors.refresh, searcher._meaning.settle

    def changing() -> None:
        order.append("changed")
        refresh()

    def settled() -> None:
        encoder.go.set()
        settle()
        order.append("at rest")

    monkeypatch.setattr(vectors, "refresh", changing)
    monkeypatch.setattr(searcher._meaning, "settle", settled)
    assert "barley.txt" in names(list(searcher.stages("barley leeks"))[-1])
    assert order[:2] == ["at rest", "changed"]
