"""`docs/query.md` says what the grammar does: its examples are read as it claims."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from indexer.query import parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 24)
FOLDERS = frozenset(("downloads", "tax 2024", "music"))


def examples(heading: str, column: int) -> list[str]:
    """The sentences in code in one column of the table below a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("| ")]
    return [sentence for row in rows[1:] for sentence in re.findall(r"`([^`]+)`", row[column])]


@pytest.mark.parametrize("heading", ["Filters in plain words", "Signs and operators"])
def test_every_example_of_a_filter_is_one(heading: str) -> None:
    sentences = examples(heading, 1)
    assert len(sentences) > 10
    for sentence in sentences:
        said = [
            parse(text, today=TODAY, is_folder=lambda name: name.lower() in FOLDERS).chips()
            for text in (sentence, f"lease {sentence}", f"files {sentence}")
        ]
        assert any(said), sentence


def test_every_example_of_words_stays_words() -> None:
    sentences = examples("What stays words, and why", 0)
    assert len(sentences) > 20
    for sentence in sentences:
        query = parse(sentence, today=TODAY, is_folder=lambda name: name.lower() in FOLDERS)
        assert query.after is None, sentence
        assert query.before is None, sentence
        assert query.folder is None, sentence
        assert query.size_min is None, sentence
        assert query.excluded == (), sentence
