"""`homespun search`: a sentence in, files out."""

from __future__ import annotations

import difflib
import locale
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.command import command
from desktop.cli.hits import as_object, foot_lines, head_lines, hit_lines, nothing_lines
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line
from desktop.cli.wording import count
from homespun.errors import HomespunError, UsageError

if TYPE_CHECKING:
    from indexer.answer import Answer
    from indexer.index import Index

MOST = 1000
OPTIONS = ("--limit", "--today", "--json", "--quiet", "--debug", "--help")

Sentence = Annotated[
    list[str] | None,
    typer.Argument(metavar="SENTENCE", hidden=True),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        max=MOST,
        show_default=False,
        help="Hits at most; as the setting search.limit says if not given.",
    ),
]
Today = Annotated[
    str,
    typer.Option(
        "--today",
        metavar="DATE",
        show_default=False,
        help="Understand “yesterday” and “last summer” as of this day (2026-11-24).",
    ),
]


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    # An unknown option is taken as a word, so that `lease -draft` leaves drafts out without quotes; `_sentence` refuses
    # those that look like a mistyped option. For the same reason the command has no one-letter options, not even -h.
    command(
        program,
        "search",
        context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
        epilog='Say kind, time, folder in the sentence: homespun search "photos from summer 2019 in Downloads"',
    )(search)


def search(out: Output, sentence: Sentence = None, limit: Limit = None, today: Today = "") -> None:
    """Find files by what they are about.

    Say what you are looking for in plain words; quotes around the SENTENCE are needed only for signs that the shell takes
    for itself. A single - in its place reads one sentence a line from standard input.
    """
    import indexer
    from homespun.folders import folders
    from homespun.settings import load

    day = _day(today)
    most = limit if limit is not None else load(folders().settings).search.limit
    words = sentence or []
    if words == ["-"]:
        with indexer.open_index() as index:
            _answer_lines(out, index, most, day)
        return
    question = _sentence(words)
    with indexer.open_index() as index:
        answer = indexer.searcher(index).search(question, limit=most, today=day)
        out.data(as_object(answer))
        if not out.flags.json:
            show_answer(out, answer, index)


def _answer_lines(out: Output, index: Index, limit: int, today: date | None) -> None:
    """Answer each line of standard input as it comes, from one warm searcher."""
    import indexer

    searcher = indexer.searcher(index)
    for number, question in enumerate(_questions()):
        try:
            answer = searcher.search(question, limit=limit, today=today)
        except HomespunError as error:
            out.data({"query": question, "error": error.what, "todo": error.todo, "code": int(error.code)})
            out.answered = True
            raise
        out.data(as_object(answer))
        if not out.flags.json:
            if number:
                out.show([BLANK])
            out.note([line(Span(f"› {question}", Ink.ACCENT)), BLANK])
            show_answer(out, answer, index)


def _questions() -> Iterator[str]:
    """The lines of standard input as text: UTF-8, with or without a mark in front, else in the system's own encoding."""
    for number, raw in enumerate(sys.stdin.buffer):
        body = raw.removeprefix(b"\xef\xbb\xbf") if number == 0 else raw
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            text = body.decode(locale.getpreferredencoding(do_setlocale=False), "replace")
        yield text.rstrip("\r\n")


def show_answer(out: Output, answer: Answer, index: Index) -> None:
    """Print `answer` for a person: what was understood, the hits, and what helps."""
    out.note(head_lines(answer))
    out.show(hit_lines(answer, exact=not out.terminal))
    if not answer.hits:
        out.note(nothing_lines(answer))
    out.note(foot_lines(answer))
    if answer.partial or not answer.hits:
        out.note(_waiting_lines(index))


def _waiting_lines(index: Index) -> Iterator[Line]:
    """Why a file may be missing from the answer: nothing indexed, or not all of it yet."""
    status = index.status()
    if not status.roots:
        yield line("No folder is searched yet. Add one: homespun index add FOLDER")
    elif status.waiting_text:
        read = status.files - status.waiting_text
        how = "They are being read now." if status.writer else "Read the rest: homespun index run"
        yield line(dim(f"{read:,} of {count(status.files, 'file')} read; results may be missing. {how}"))
    elif status.waiting_vectors:
        how = "It is catching up now." if status.writer else "Catch up: homespun index run"
        yield line(dim(f"Found by words so far; meaning is known of a part of your files only. {how}"))
    elif not status.files:
        yield line("The folders are added, but no file is read yet: homespun index run")
    for root in status.roots:
        if root.state == "away":
            yield line(dim(f"{root.path} is not there now; its files are kept."))


def _sentence(words: list[str]) -> str:
    for word in words:
        if word.startswith("--") and len(word) > 2 and not any(character.isspace() for character in word):
            near = difflib.get_close_matches(word.partition("=")[0], OPTIONS, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise UsageError(
                f"There is no option {word}.", f"{hint}To search for it as a word, quote it twice: search '\"{word}\"'"
            )
    sentence = " ".join(words)
    if not sentence.strip():
        raise UsageError(
            "There is nothing to search for.", 'Say what you look for: homespun search "the lease of the flat"'
        )
    return sentence


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is not a date.", "Write it as year-month-day: --today 2026-11-24") from None
