"""`homespun app --terminal`: search as you would in a window, in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.hits import as_object
from desktop.cli.opener import open_file, open_folder
from desktop.cli.output import Output
from desktop.cli.page import BLANK, dim, line
from desktop.cli.search import show_answer
from homespun.errors import HomespunError

if TYPE_CHECKING:
    from indexer.answer import Answer, Hit

LIMIT = 9
"""Hits shown: each can be opened with one digit."""


def converse(out: Output) -> None:
    """Search in the terminal: type a sentence, open a hit with its number, until `q` or the end of input."""
    import indexer

    with indexer.open_index() as index:
        searcher = indexer.searcher(index)
        out.note(
            [
                line("Type what you are looking for. Nothing leaves this computer."),
                line(dim("2 opens hit 2 · f 2 opens its folder · q leaves")),
                BLANK,
            ]
        )
        answer: Answer | None = None
        for typed in _typed():
            if typed in ("q", "quit", "exit"):
                break
            chosen = _chosen(typed, answer)
            if chosen is not None:
                _open(out, *chosen)
                continue
            answer = searcher.search(typed, limit=LIMIT)
            out.data(as_object(answer))
            if not out.flags.json:
                out.show([BLANK])
                show_answer(out, answer, index)
                out.show([BLANK])


def _typed() -> Iterator[str]:
    """What the person types, line by line, until the end of input; empty lines are skipped."""
    asks = sys.stdin.isatty()
    if asks:
        with suppress(
            ImportError
        ):  # gives the arrow keys their meaning; Windows has its own. No history is kept on disk
            import readline  # noqa: F401
    while True:
        try:
            typed = input("› " if asks else "").strip()
        except EOFError:
            if asks:
                sys.stdout.write("\n")
            return
        if typed:
            yield typed


def _chosen(typed: str, answer: Answer | None) -> tuple[Hit, bool] | None:
    """The hit that `typed` names, and whether its folder is meant; None when it is a sentence to search.

    A number that no hit has is a sentence too: "1984" is a book.
    """
    words = typed.split()
    folder = len(words) == 2 and words[0] in ("f", "folder")
    number = words[-1]
    if answer is None or not (folder or len(words) == 1) or not (number.isascii() and number.isdigit()):
        return None
    place = int(number)
    return (answer.hits[place - 1], folder) if 1 <= place <= len(answer.hits) else None


def _open(out: Output, hit: Hit, folder: bool) -> None:
    path = Path(os.fsdecode(hit.path))
    try:
        if folder:
            open_folder(path)
        else:
            open_file(path)
    except HomespunError as error:  # one file that is gone does not end the conversation
        out.fail(error)
        return
    out.note([line(dim(f"Opened {hit.shown}"))])
