"""Vector libraries as peers, run by the Python that has them: exact int8 search over the same rows.

`PYTHON nearest.py ROWS.npy QUERIES.npy` prints JSON: for each library its version, milliseconds a query and the ids found.
This file is a script of its own, so that the peers need nothing of ours. Rows and queries are int8 [n, 384].
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

K = 10


def timed(search: Callable[[Any], list[int]], queries: Any) -> tuple[list[float], list[list[int]]]:
    """Milliseconds and findings of each query, after three to warm up."""
    for query in queries[:3]:
        search(query)
    times, found = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(search(query))
        times.append((time.perf_counter() - started) * 1000)
    return times, found


def usearch(rows: Any, queries: Any) -> tuple[list[float], list[list[int]]]:
    """usearch's exact search over int8 cosines."""
    from usearch.index import search  # type: ignore[import-not-found,unused-ignore]  # the peers' own Python

    def one(query: Any) -> list[int]:
        return [int(key) for key in search(rows, query, K, "cos", exact=True).keys]

    return timed(one, queries)


def sqlite_vec(rows: Any, queries: Any) -> tuple[list[float], list[list[int]]]:
    """sqlite-vec's brute force over int8 cosines, in memory."""
    import sqlite_vec as extension  # type: ignore[import-not-found,import-untyped,unused-ignore]  # the same

    sql = _connection()
    sql.enable_load_extension(True)
    load = getattr(sql, "load_extension", None) or sql.loadextension
    load(extension.loadable_path())
    sql.execute(f"CREATE VIRTUAL TABLE v USING vec0(e int8[{rows.shape[1]}] distance_metric=cosine)")
    sql.executemany(
        "INSERT INTO v(rowid, e) VALUES (?, vec_int8(?))", ((at, row.tobytes()) for at, row in enumerate(rows))
    )

    def one(query: Any) -> list[int]:
        found = sql.execute(
            "SELECT rowid FROM v WHERE e MATCH vec_int8(?) ORDER BY distance LIMIT ?", (query.tobytes(), K)
        )
        return [row[0] for row in found]

    return timed(one, queries)


def _connection() -> Any:
    """SQLite in memory that can load extensions: many a Python's own can't, apsw's can."""
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3.connect(":memory:")
    import apsw

    return apsw.Connection(":memory:")


def main() -> None:
    """Measure each library that is there."""
    rows, queries = np.load(sys.argv[1], mmap_mode="r"), np.load(sys.argv[2])
    answer: dict[str, Any] = {}
    for name, measure in (("usearch", usearch), ("sqlite-vec", sqlite_vec)):
        try:
            times, found = measure(np.ascontiguousarray(rows), queries)
        except (
            ImportError,
            AttributeError,
            sqlite3.Error,
        ) as error:  # an sqlite3 without extensions has no such method
            answer[name] = {"missing": repr(error)}
        else:
            answer[name] = {"version": version(name), "ms": times, "found": found}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
