"""`homespun index`: which folders are searched, and what is known of them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.command import command, group
from desktop.cli.longwork import bar, stoppable
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong
from desktop.cli.wording import count, from_home, kind_text, kinds_text, moment_text, seconds_text
from homespun.errors import UsageError
from homespun.files import size_text

if TYPE_CHECKING:
    from indexer.index import Index
    from indexer.report import RootStatus, RunReport, Status

commands = group("index", "Choose the folders to search, and see what is known of them.")


class Until(StrEnum):
    """The stages of a run, as an option says them; the same words as `indexer.Stage`, which is not imported for help."""

    NAMES = "names"
    TEXT = "text"
    MEANING = "meaning"
    PASSAGES = "passages"


# Arguments are hidden in the list of options, where typer would add "<list[Path]>"; the usage line and the text name them.
Folders = Annotated[list[Path], typer.Argument(metavar="FOLDER", hidden=True)]
One = Annotated[Path, typer.Argument(metavar="PATH", hidden=True)]


@command(commands, "add")
def add(
    out: Output,
    folders: Folders,
    no_run: Annotated[bool, typer.Option("--no-run", help="Only note the folders; read them at the next run.")] = False,
) -> None:
    """Search these folders from now on, and read them now.

    Homespun reads the folders added here and no others. Ignored files, hidden and system folders, and files that are
    only in the cloud are left out; `homespun index why PATH` says so for each.
    """
    import indexer

    with indexer.open_index(create=True) as index:
        added = []
        for folder in folders:
            taken = index.add(_absolute(folder))
            added.append({"path": str(taken.path), "warning": " ".join(taken.warnings)})
            out.note([line("Added ", strong(from_home(str(taken.path))))])
            if taken.warnings:
                out.warn(" ".join(taken.warnings))
        report = None if no_run else _run(out, index, Until.PASSAGES)
        out.data({"added": added, "run": dataclasses.asdict(report) if report else None})
    if no_run:
        out.note([line(dim("Nothing is read yet: homespun index run"))])


@command(commands, "remove")
def remove(out: Output, folders: Folders) -> None:
    """Stop searching these folders, and drop what is known of them.

    The files themselves are not touched.
    """
    import indexer

    with indexer.open_index() as index:
        removed = []
        for folder in folders:
            path = _absolute(folder)
            dropped = index.remove(path)
            removed.append({"path": os.fspath(path), "files": dropped})
            out.show([line("Removed ", strong(from_home(str(path))), dim(f" · {count(dropped, 'file')} dropped"))])
        out.data({"removed": removed})


@command(commands, "list")
def list_folders(out: Output) -> None:
    """List the folders that are searched."""
    import indexer

    with indexer.open_index() as index:
        roots = index.roots()
    out.data({"roots": [dataclasses.asdict(root) for root in roots]})
    out.show(_root_lines(roots))
    if not roots:
        out.note([line("No folder is searched. Add one: homespun index add FOLDER")])


@command(commands, "run")
def run(
    out: Output,
    stage: Annotated[
        Until,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help="Stop after this stage: names, text (words), meaning (one vector a file), passages (all).",
        ),
    ] = Until.PASSAGES,
) -> None:
    """Bring the index up to date, and wait until it is.

    Only what changed is read. Ctrl-C stops between two files; the next run goes on from there.
    """
    import indexer

    with indexer.open_index() as index:
        report = _run(out, index, stage)
    out.data(dataclasses.asdict(report))


@command(commands, "watch")
def watch(out: Output) -> None:
    """Keep the index up to date as files change, until Ctrl-C.

    A saved file can be found by its words about two seconds later.
    """
    import indexer
    from homespun.progress import Cancel, Cancelled

    def tell(event: str) -> None:
        out.data({"event": event})
        out.note([line(event)])

    cancel = Cancel()
    with indexer.open_index() as index, stoppable(out, cancel):
        indexer.watch(index, cancel=cancel, tell=tell)
    if cancel.cancelled:
        raise Cancelled


@command(commands, "status")
def status(out: Output) -> None:
    """Show how much is indexed, how much waits, and how much room it takes."""
    import indexer

    with indexer.open_index() as index:
        now = index.status()
    out.data(dataclasses.asdict(now))
    out.show(_status_lines(now))


@command(commands, "problems")
def problems(out: Output) -> None:
    """List the files that could not be read, or not wholly, and why.

    They can still be found by name. A file is tried again when it changes, or when its reader gets better.
    """
    import indexer

    with indexer.open_index() as index:
        found = index.problems()
    out.data(
        {
            "problems": [
                {
                    "path": os.fsdecode(each.path),
                    "state": str(each.state),
                    "reason": each.reason,
                    "reader": each.reader,
                    "version": each.version,
                }
                for each in found
            ]
        }
    )
    exact = not out.terminal
    for each in found:
        shown = each.shown if exact else from_home(each.shown)
        out.show([line(shown, rows=0 if exact else 1, bends=0)])
        out.show([line(dim(f"{_state_text(str(each.state))}: {each.reason}"), indent=2)])
    if found:
        out.note([BLANK, line(dim(f"{count(len(found), 'file')}; found by name all the same."))])
    else:
        out.note([line("Every file was read.")])


@command(commands, "why")
def why(out: Output, path: One) -> None:
    """Say why a file is found, or why it is not."""
    import indexer

    with indexer.open_index() as index:
        answer = index.why(_absolute(path))
    out.data(dataclasses.asdict(answer))
    out.show(
        [
            line(strong(answer.shown)),
            line(
                Span("Found. " if answer.found else "Not found. ", Ink.GOOD if answer.found else Ink.WARN),
                answer.sentence,
            ),
        ]
    )
    if answer.todo:
        out.show([line(dim(answer.todo))])


@command(commands, "forget")
def forget(
    out: Output,
    path: One,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Remove every trace of a file or folder from the index.

    Names, words, vectors and snippets are overwritten on the disk. The files themselves are not touched: what still lies
    in a searched folder is read again at the next run, unless a rule leaves it out (setting index.exclude).
    """
    import indexer

    exact = _absolute(path)
    with indexer.open_index() as index:
        if not yes:
            question = f"Forget everything about {exact}? The file itself stays."
            out.agree(question, declined="Nothing was forgotten.", unasked="Nothing was forgotten.")
        gone = index.forget(exact)
    out.data(dataclasses.asdict(gone))
    out.show([line(f"Forgot {count(gone.files, 'file')} and {count(gone.passages, 'passage')}.")])
    if os.path.lexists(exact):
        keep_out = f"homespun settings set index.exclude {exact.name}"
        out.note([line(dim(f"It is still in its folder, and read again at the next run. To leave it out: {keep_out}"))])


def _absolute(path: Path) -> Path:
    """`path` from the root of the disk, without following links: a link is not the folder that the person named."""
    text = os.fspath(path)
    if not text:
        raise UsageError("The path is empty.", "Name a file or a folder.")
    return Path(os.path.abspath(path.expanduser()))


def _run(out: Output, index: Index, stage: Until) -> RunReport:
    import indexer

    with bar(out, "Looking for changes") as progress:
        report = indexer.run(index, until=indexer.Stage(stage.value), progress=progress)
    out.note(_report_lines(report))
    return report


def _report_lines(report: RunReport) -> Iterator[Line]:
    changes = [
        f"{number:,} {word}"
        for number, word in ((report.new, "new"), (report.changed, "changed"), (report.removed, "gone"))
        if number
    ]
    total = report.new + report.changed + report.unchanged
    told = ", ".join(changes) if changes else "nothing changed"
    parts = [f"{count(total, 'file')}: {told}"]
    if report.embedded:
        parts.append(f"meaning of {count(report.embedded, 'passage')}")
    parts.append(seconds_text(sum(report.seconds.values())))
    yield line(Span("Up to date. ", Ink.GOOD), " · ".join(parts))
    if report.problems:
        yield line(dim(f"{count(report.problems, 'file')} could not be read wholly: homespun index problems"))
    for root in report.away:
        yield line(dim(f"{from_home(root)} is not there now; what is known of it is kept."))


def _root_lines(roots: tuple[RootStatus, ...]) -> Iterator[Line]:
    for root in roots:
        away = Span(" · not there now", Ink.WARN) if root.state == "away" else Span("")
        yield line(strong(from_home(root.path)), dim(f" · {count(root.files, 'file')}"), away)


def _status_lines(now: Status) -> Iterator[Line]:
    yield from _root_lines(now.roots)
    if not now.roots:
        yield line("No folder is searched. Add one: homespun index add FOLDER")
    yield BLANK
    yield _fact("Files", _files_text(now))
    if now.kinds:
        largest = sorted(now.kinds.items(), key=lambda item: (-item[1], item[0]))
        named = [
            f"{number:,} {kind_text(kind) if number == 1 else kinds_text(kind)}" for kind, number in largest if number
        ]
        yield _fact("Kinds", ", ".join(named))
    yield _fact("Meaning", f"{now.vectors:,} of {count(now.passages, 'passage')}")
    waiting = []
    if now.waiting_text:
        waiting.append(f"{count(now.waiting_text, 'file')} to read")
    if now.waiting_vectors:
        waiting.append(f"{count(now.waiting_vectors, 'passage')} to understand")
    yield _fact("Waiting", ", ".join(waiting) or "nothing")
    room = f"{size_text(now.index_bytes)} for {size_text(now.text_bytes)} of text"
    yield _fact("Room", f"{room}, and {size_text(now.cache_bytes)} of cache")
    yield _fact("Last run", moment_text(now.last_run) if now.last_run else "never")
    if now.writer is not None:
        yield _fact("Running", f"process {now.writer} is indexing now")


def _files_text(now: Status) -> str:
    words = {"indexed": "read", "partial": "read in part", "skipped": "by name only", "error": "unreadable"}
    states = [f"{number:,} {words.get(state, state)}" for state, number in now.states.items() if number]
    return f"{now.files:,}" + (f": {', '.join(states)}" if states else "")


def _fact(name: str, value: str) -> Line:
    return line(dim(f"{name:<10}"), value)


def _state_text(state: str) -> str:
    return {"partial": "Read in part", "skipped": "Not read", "error": "Can't be read"}.get(state, state)
