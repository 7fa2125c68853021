"""Sentences and what they mean: the shared set, and a larger one of our own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.query import parse

TODAY = date(2026, 11, 24)
OWN = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
LEAST_OF_SHARED = 70


def reading(sentence: str) -> dict[str, Any]:
    return parse(sentence, today=TODAY).as_dict()


def one_line(text: str) -> str:
    return " ".join(text.split()).casefold()


def test_at_least_70_of_the_shared_sentences_are_understood(shared: Path) -> None:
    cases = json.loads((shared / "data" / "ir" / "understanding.json").read_text(encoding="utf-8"))["cases"]
    wrong = [(case["q"], case["expect"], reading(case["q"])) for case in cases if reading(case["q"]) != case["expect"]]
    print(f"understood {len(cases) - len(wrong)} of {len(cases)}")
    for sentence, expected, got in wrong:
        print(f"  {sentence!r}\n    expected {expected}\n    got      {got}")
    assert len(cases) - len(wrong) >= LEAST_OF_SHARED


@pytest.mark.parametrize("start", range(0, len(OWN["traps"]), 50))
def test_what_only_looks_like_a_filter_keeps_every_word(start: int) -> None:
    sentences = OWN["traps"][start : start + 50]
    wrong = {sentence: reading(sentence) for sentence in sentences if reading(sentence) != {"text": one_line(sentence)}}
    assert wrong == {}


@pytest.mark.parametrize("start", range(0, len(OWN["everyday"]), 50))
def test_everyday_sentences_are_read_as_people_mean_them(start: int) -> None:
    cases = OWN["everyday"][start : start + 50]
    wrong = {case["q"]: reading(case["q"]) for case in cases if reading(case["q"]) != case["expect"]}
    assert wrong == {}


def test_our_own_set_is_large_and_repeats_nothing() -> None:
    sentences = [*OWN["traps"], *(case["q"] for case in OWN["everyday"])]
    assert len(OWN["traps"]) >= 150
    assert len(OWN["everyday"]) >= 150
    assert len(set(sentences)) == len(sentences)
