"""Files on disk → passages → one index → answers. The door of the search.

`open_index` gives an `Index`; `run` brings it up to date, `watch` keeps it so, `search` asks it. Importing this room costs
nothing: its parts are loaded when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.report import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from homespun.progress import Cancel, Progress
    from indexer.answer import Answer
    from indexer.find import Searcher
    from indexer.index import Index
    from indexer.report import RunReport

__all__ = ["Stage", "open_index", "run", "search", "searcher", "watch"]


def open_index(path: Path | None = None, *, create: bool = False) -> Index:
    """The index at `path`, or the person's own. Raises `NotFound` when there is none and `create` is False."""
    from indexer.index import Index

    return Index(path, create=create)


def run(index: Index, *, until: Stage = Stage.PASSAGES, progress: Progress) -> RunReport:
    """Bring the index up to date, stage by stage up to `until`. Raises `Busy`, `Cancelled`, `NoSpace`."""
    return index.run(until=until, progress=progress)


def watch(index: Index, *, cancel: Cancel, tell: Callable[[str], None]) -> None:
    """Keep the index up to date until cancelled; `tell` gets a line for each thing done."""
    from indexer.live import keep_up

    keep_up(index, cancel=cancel, tell=tell)


def searcher(index: Index) -> Searcher:
    """Warm search: the first answer loads the model, the next ones take milliseconds."""
    return index.searcher()


def search(index: Index, sentence: str, *, limit: int = 20, today: date | None = None) -> Answer:
    """One answer. For many sentences keep a `searcher`."""
    return index.searcher().search(sentence, limit=limit, today=today)
