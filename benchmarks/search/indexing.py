"""What making an index costs: seconds, passages a second, disk, memory. Everything through the command line, from nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import apsw

from benchmarks.judged import KnownItems, known_items
from benchmarks.machine import Run, homespun
from benchmarks.metrics import median
from benchmarks.peers.recoll import Recoll
from benchmarks.scratch import Bench
from benchmarks.table import Row, Skipped

_PARTS = {
    "keywords": ("fts_data", "fts_idx", "fts_docsize", "fts_config", "word"),
    "text": ("text",),
    "passages": ("passage", "passage_of_content", "passage_waiting"),
    "files and names": ("file", "folder", "content", "names_data", "names_idx", "names_docsize", "file_name"),
}


def _home(bench: Bench) -> Path:
    """Where the last index of the text stage lies."""
    return bench.scratch / "indexing" / "home"


def _text_stage(bench: Bench, items: KnownItems) -> Run:
    """A new index of the known-item corpus up to the text stage."""
    home = bench.fresh("indexing", "home")
    homespun(home, "index", "add", "--no-run", str(items.folder))
    return homespun(home, "index", "run", "--stage", "text", "--json")


def index(bench: Bench) -> list[Row]:
    """Seconds until the known-item corpus can be searched by its words, beside Recoll's."""
    items = known_items(bench)
    runs = [_text_stage(bench, items) for _ in range(bench.runs)]
    seconds, cpu = median(run.seconds for run in runs), median(run.cpu for run in runs)
    peer, sizes = "", ""
    if bench.peers:
        try:
            recoll = Recoll(bench.folder("indexing") / "recoll", items.folder)
        except Skipped as reason:
            peer = str(reason)
        else:
            built = recoll.build()
            peer = f"{recoll.name} {built.seconds:.0f} s ({built.cpu:.0f} s of processor)"
            sizes = f"{recoll.name}: {recoll.disk() / 1e6:.1f} MB"
    return [
        Row(
            f"{items.files:,} files until keyword-searchable",
            f"{seconds:.1f} s ({cpu:.1f} s of processor)",
            "≤ 10 s",
            peer,
            (
                "the command `homespun index run --stage text`, its start and the disk's sync included",
                *filter(None, [sizes]),
            ),
            {"seconds": seconds, "cpu_seconds": cpu},
        )
    ]


def disk(bench: Bench) -> list[Row]:
    """Bytes of the index after the text stage, of the bytes of the files' text."""
    items = known_items(bench)
    home = _home(bench)
    if not (home / "data" / "index.sqlite").exists():
        _text_stage(bench, items)
    with apsw.Connection(str(home / "data" / "index.sqlite"), flags=apsw.SQLITE_OPEN_READONLY) as sql:
        sizes = dict(sql.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall())
    whole = sum(sizes.values())
    text = sum(path.stat().st_size for path in items.folder.rglob("*") if path.is_file())
    parts = {name: sum(sizes.get(table, 0) for table in tables) for name, tables in _PARTS.items()}
    narrow = (parts["keywords"] + parts["text"]) / text
    listed = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in parts.items())
    return [
        Row(
            "disk (keyword + text), of the text's bytes",
            f"{narrow:.2f}× (whole file {whole / text:.2f}×)",
            "≤ 1.0×",
            _recoll_disk(bench, items, text),
            (f"{text / 1e6:.1f} MB of text; {listed}",),
            {"share": narrow, "whole_share": whole / text},
        )
    ]


def _recoll_disk(bench: Bench, items: KnownItems, text: int) -> str:
    if not bench.peers:
        return ""
    try:
        recoll = Recoll(bench.folder("indexing") / "recoll", items.folder)
    except Skipped as reason:
        return str(reason)
    if not recoll.built:
        recoll.build()
    return f"{recoll.name} {recoll.disk() / text:.2f}× ({recoll.disk() / 1e6:.0f} MB)"


def memory(bench: Bench) -> list[Row]:
    """A full run with all stages: the peak of all its processes together, and how fast it embeds."""
    items = known_items(bench)
    home = bench.fresh("memory", "home")
    homespun(home, "index", "add", "--no-run", str(items.folder))
    run = homespun(home, "index", "run", "--json", sample=True)
    report = json.loads(run.out)
    embedding = report["seconds"]["passages"]
    rate = report["embedded"] / embedding
    with sqlite3.connect(home / "data" / "index.sqlite") as sql:
        [(vectors,)] = sql.execute("SELECT sum(length(v)) FROM vec").fetchall()
    sql.close()
    return [
        Row(
            "memory of a full index run",
            f"{run.peak.private / 1e6:.0f} MB ({run.peak.resident / 1e6:.0f} MB with mapped files)",
            "< 600 MB",
            "",
            (
                f"the command and its reader together at their peak; the reader alone {run.child_peak / 1e6:.0f} MB",
                f"looked at every 50 ms; {run.seconds:.0f} s in all",
            ),
            {"private": run.peak.private, "resident": run.peak.resident, "seconds": run.seconds},
        ),
        Row(
            "passages/s embedded, whole run",
            f"{rate:.0f}",
            "≥ 110 at 128 tokens",
            "sentence-transformers: see `python -m benchmarks embed`",
            (
                f"{report['embedded']:,} passages of up to 256 tokens in {embedding:.0f} s; {vectors / 1e6:.1f} MB of vectors",
            ),
            {"passages_a_second": rate},
        ),
    ]
