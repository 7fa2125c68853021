"""Warm search in a process of its own, so that its times and memory are search's alone: JSON in, JSON out.

`python -m benchmarks.search.answering`, with HOMESPUN_HOME set; standard input holds {"warm": [...], "asked": [...]}.
"""

from __future__ import annotations

import json
import sys
import time

import psutil

from benchmarks.machine import memory_of
from indexer.index import Index

LIMIT = 20


def main() -> None:
    """Print the milliseconds of the keyword answer, the complete one and the vector part, and the memory at the end."""
    asked = json.load(sys.stdin)
    with Index() as index:
        started = time.perf_counter()
        searcher = index.searcher()
        for sentence in asked["warm"]:
            list(searcher.stages(sentence, limit=LIMIT))
        first = time.perf_counter() - started
        keyword, complete = [], []
        for sentence in asked["asked"]:
            *early, answer = searcher.stages(sentence, limit=LIMIT)
            complete.append(answer.took_ms)
            keyword.append(early[0].took_ms if early else answer.took_ms)
        memory = memory_of(psutil.Process())
    json.dump(
        {
            "keyword": keyword,
            "complete": complete,
            "warm_up": first,
            "resident": memory.resident,
            "private": memory.private,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
