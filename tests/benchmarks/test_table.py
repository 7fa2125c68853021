"""The table that goes into the README."""

from __future__ import annotations

import json

from benchmarks.table import Row, as_json, as_markdown, as_text

ROWS = [
    Row("nDCG@10 CACM", "0.580", "≥ 0.575", "BM25 0.502", ("52 questions",), {"ndcg10": 0.58}),
    Row("p50 | p99", "1 ms"),
]


def test_the_text_table_aligns_its_columns_and_puts_the_notes_below() -> None:
    lines = as_text(ROWS).splitlines()
    assert (
        len({line.index(word) for line, word in zip(lines[:1] + lines[2:4], ("ours", "0.580", "1 ms"), strict=True)})
        == 1
    )
    assert lines[4:] == ["", "nDCG@10 CACM", "  52 questions"]


def test_markdown_escapes_bars_and_shows_a_dash_for_an_empty_cell() -> None:
    lines = as_markdown(ROWS, ["2 cores"]).splitlines()
    assert lines[1] == "| --- | --- | --- | --- |"
    assert lines[2] == "| nDCG@10 CACM | 0.580 | ≥ 0.575 | BM25 0.502 |"
    assert lines[3] == "| p50 \\| p99 | 1 ms | – | – |"
    assert lines[-1] == "2 cores"


def test_json_holds_the_figures_as_numbers() -> None:
    shown = json.loads(as_json(ROWS, ["2 cores"]))
    assert shown["rows"][0]["figures"] == {"ndcg10": 0.58}
    assert shown["machine"] == ["2 cores"]
