"""What the figures stand on: the plain BM25 peer, the judging of readings and questions, the made texts and vectors."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.__main__ import benchmarks, main
from benchmarks.judged import documents, questions
from benchmarks.peers.bm25 import Bm25
from benchmarks.search import SECTIONS
from benchmarks.search.synthetic import CHUNK, VectorMaker, Words
from benchmarks.search.understanding import same


def test_every_benchmark_is_listed_with_a_line_about_it() -> None:
    listed = benchmarks()
    assert {"search", "kill"} <= listed.keys()
    assert all(listed.values())


def test_an_unknown_benchmark_is_refused_with_the_names_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speedd"]) == 2
    assert "search" in capsys.readouterr().err


def test_an_unknown_section_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--only", "qualty", "--scratch", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in SECTIONS)


def test_a_section_without_its_data_is_skipped_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--only", "quality", "--scratch", str(tmp_path), "--shared", str(tmp_path)]) == 0
    assert "not run: the folder of shared evaluation data" in capsys.readouterr().out


def test_plain_bm25_counts_the_title_twice_and_knows_stems_but_no_stop_words() -> None:
    peer = Bm25(
        [("1", "wings", "of birds"), ("2", "birds", "have a wing"), ("3", "fish", "the the the"), ("4", "a", "b")]
    )
    assert peer.search("the winged ones", 5) == ["1", "2"]
    assert peer.search("the", 5) == []


def test_a_reading_is_the_same_whatever_the_case_of_its_text_and_the_order_of_its_lists() -> None:
    assert same({"text": "Tax  2024", "kinds": ["text", "note"]}, {"text": "tax 2024", "kinds": ["note", "text"]})
    assert not same({"text": "tax"}, {"text": "tax", "after": "2024-01-01"})
    assert not same({"text": "tax", "folder": "a"}, {"text": "tax", "folder": "b"})


def test_questions_are_those_with_judgements_and_know_their_source_paper(tmp_path: Path) -> None:
    lines = [{"id": 1, "text": "lift"}, {"id": 2, "text": "drag"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "qrels.tsv").write_text("query_id\tdoc_id\tgrade\tcode\n1\t7\t3\t2\n1\t8\t0\t-1\n", "utf-8")
    (tmp_path / "docs.jsonl").write_text(json.dumps({"id": "7", "title": "Lift", "text": "of wings"}), "utf-8")
    [question] = questions(tmp_path)
    assert (question.id, question.grades, question.source) == ("1", {"7": 3.0, "8": 0.0}, frozenset({"8"}))
    assert documents(tmp_path)[0].title == "Lift"


def test_made_vectors_are_unit_length_and_the_same_wherever_they_are_asked_for() -> None:
    real = np.random.default_rng(0).standard_normal((50, 16)).astype(np.float32)
    maker = VectorMaker(real / np.linalg.norm(real, axis=1, keepdims=True))
    across = maker.rows(CHUNK - 3, 6)
    assert np.allclose(np.linalg.norm(across, axis=1), 1, atol=1e-5)
    assert np.array_equal(across[:3], maker.rows(0, CHUNK)[-3:])
    assert np.array_equal(across[3:], maker.chunk(1)[:3])


def test_made_texts_repeat_for_a_seed_and_questions_hold_different_real_words() -> None:
    real = [f"word{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}" for a in range(8) for b in range(8) for c in range(8)]
    words = Words([" ".join(real)])
    first, again = (words.text(200, np.random.default_rng(5)) for _ in range(2))
    assert first == again
    assert len(first.split()) == 200
    for question in words.questions(20, 3):
        asked = question.split()
        assert len(set(asked)) == len(asked) <= 6
        assert set(asked) <= set(real)
