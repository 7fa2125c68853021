"""The understanding set: sentences, and what has to be understood of each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from benchmarks.scratch import Bench
from benchmarks.table import Row
from indexer.query import parse

TODAY = date(2026, 11, 24)
"""The day that the set's expectations count from."""


def understanding(bench: Bench) -> list[Row]:
    """How many sentences are read exactly as expected."""
    path = bench.data("ir", "understanding.json")
    cases = json.loads(path.read_text("utf-8"))["cases"]
    wrong = []
    for case in cases:
        got = parse(case["q"], today=TODAY).as_dict()
        if not same(got, case["expect"]):
            wrong.append(f"{case['q']!r}: expected {case['expect']}, got {got}")
    right = len(cases) - len(wrong)
    peer = dateparser(cases, bench.peer_python) if bench.peers else ""
    return [
        Row(
            "sentences understood",
            f"{right} of {len(cases)}",
            f"≥ 70 of {len(cases)}",
            peer,
            tuple(wrong),
            {"right": right, "cases": len(cases)},
        )
    ]


def same(got: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether two readings are the same, the text case-folded, lists in any order."""

    def plain(value: object) -> object:
        if isinstance(value, str):
            return " ".join(value.casefold().split())
        return sorted(map(str, value)) if isinstance(value, list) else value

    return {key: plain(value) for key, value in got.items()} == {key: plain(value) for key, value in expected.items()}


def dateparser(cases: Sequence[Mapping[str, Any]], python: Path | None) -> str:
    """What dateparser makes of the dates alone: right = a date where one is meant, and it lies in the time meant; else none."""
    asked = json.dumps({"today": TODAY.isoformat(), "sentences": [case["q"] for case in cases]})
    script = ROOT / "benchmarks" / "peers" / "dates.py"
    done = subprocess.run(
        [str(python or sys.executable), str(script)], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return "dateparser not installed" if "ModuleNotFoundError" in done.stderr else "dateparser failed"
    answer = json.loads(done.stdout)
    pairs = list(zip(answer["found"], (case["expect"] for case in cases), strict=True))
    dated = [_dates_right(found, expect) for found, expect in pairs if "after" in expect or "before" in expect]
    traps = [not found for found, expect in pairs if "after" not in expect and "before" not in expect]
    return (
        f"dateparser {answer['version']}: dates right in {sum(dated)} of {len(dated)} sentences with one, "
        f"none seen in {sum(traps)} of {len(traps)} without"
    )


def _dates_right(found: Sequence[str], expect: Mapping[str, str]) -> bool:
    """Leniently: any date that lies in the time meant counts as understood."""
    first, last = expect.get("after", ""), expect.get("before", "")
    if first and last:
        return any(first <= day < last for day in found)
    return any(day == (first or last) for day in found)
