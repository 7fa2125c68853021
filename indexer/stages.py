"""An index run: names, then texts, then one vector a file, then all of them.

A stage reads what the one before it left in the store, never in memory: kill a run anywhere and the next goes on.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from homespun.progress import Progress
from indexer.document import Limits, State
from indexer.hits import stem
from indexer.kinds import Kind, kind_of
from indexer.paths import join, shown
from indexer.query.words import split_name
from indexer.readers import Readers, versions
from indexer.report import Stage
from indexer.snippets import one_line
from indexer.store import FIT_SAMPLE, Reading, Settled, Store, Waiting
from indexer.store.files import folder_words, storable
from indexer.vectors import Quantizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engines.text import Encoder
    from indexer.readers import Outcome
    from indexer.store import ToEmbed

BATCH_FILES = 200
BATCH_SECONDS = 1.0
"""A transaction of the text stage: what a crash costs at most."""

EMBED_AT_ONCE = 512
"""Passages between two writes; long enough a pool for batches of like lengths."""

ROUNDS = ((0, 1), (1, 3), (3, 1 << 40))
"""Numbers of the passages embedded in each round: the first of every file, the next two, the rest (search.md §5)."""

QUIET_SECONDS = 2.0
_DATED_BY_CONTENT = {Kind.PICTURE, Kind.SCREENSHOT, Kind.MAIL, Kind.VIDEO}
_SANE = (-2_208_988_800, 7_258_118_400)  # 1900 to 2200


def read_texts(store: Store, progress: Progress, limits: Limits) -> tuple[int, int]:
    """The text stage: read every waiting file, newest first. Returns (files read, files with a problem)."""
    total, done, problems = store.files.count_waiting(), 0, 0
    with store.transaction():
        total += store.contents.outdated(versions())
    if not total:
        return 0, 0
    with Readers(limits, refuse=store.contents.poison()) as readers:
        unsteady: set[int] = set()
        while batch := store.files.waiting(10 * BATCH_FILES, skip=unsteady):
            for part in _batches(readers, batch):
                with store.transaction():
                    for file, outcome in part:
                        if outcome.steady or outcome.gone:
                            problems += _settle(store, file, outcome)
                        else:
                            store.files.unsteady(file.id)
                            unsteady.add(file.id)
                done += len(part)
                progress.report(min(done, total), total, "files read")
            if unsteady and not store.files.waiting(1, skip=unsteady):
                _wait(QUIET_SECONDS, progress)
                unsteady.clear()
    return done, problems


def _batches(readers: Readers, waiting: list[Waiting]) -> Iterator[list[tuple[Waiting, Outcome]]]:
    """Outcomes in groups that are worth a transaction each."""
    part: list[tuple[Waiting, Outcome]] = []
    started = time.monotonic()
    paths = (join(file.folder, file.name) for file in waiting)
    for pair in zip(waiting, readers.read_all(paths), strict=True):
        part.append(pair)
        if len(part) >= BATCH_FILES or time.monotonic() - started > BATCH_SECONDS:
            yield part
            part, started = [], time.monotonic()
    if part:
        yield part


def _settle(store: Store, file: Waiting, outcome: Outcome) -> int:
    """Store one outcome; 1 if it is a problem."""
    now = int(time.time())
    if outcome.gone:
        let_go(store, store.files.remove([file.id]), now)
        return 0
    document = outcome.document
    if not outcome.inode and not outcome.mtime_ns:  # not opened: what the scan saw stands
        outcome = replace(outcome, size=file.size, mtime_ns=file.mtime_ns, inode=file.inode)
    reading = Reading(
        outcome.hash,
        document,
        outcome.reader,
        outcome.version,
        outcome.size,
        outcome.mtime_ns // 10**9,
        poison=outcome.poison,
        refused=outcome.refused,
    )
    content, is_new = store.contents.put(reading, [(shown(file.name), folder_words(shown(file.folder)))])
    before = store.files.settle(
        Settled(
            id=file.id,
            kind=_kind(document.kind, file),
            state=document.state,
            reason=document.reason,
            content=content,
            dated=_dated(document.kind, document.facts.get("created", ""), outcome.mtime_ns // 10**9),
            size=outcome.size,
            mtime_ns=storable(outcome.mtime_ns),
            # Kept as the scan will see it again: on Windows a folder's listing tells no number, and none is compared.
            inode=storable(outcome.inode) if file.inode else 0,
        )
    )
    if before != content:
        if not is_new:
            store.contents.rename(content, store.files.names_of(content))
        if before:
            let_go(store, [before], now)
    return int(document.state is not State.INDEXED)


def let_go(store: Store, contents: list[int], now: int) -> None:
    """Some files of these contents went: note the ones without any, and give the others their remaining names."""
    store.contents.orphan(contents, now)
    for content in contents:
        names = store.files.names_of(content)
        if names:
            store.contents.rename(content, names)


def _kind(read: Kind, file: Waiting) -> Kind:
    """What was read decides, but that a picture is a screenshot only its name can tell."""
    if read is Kind.PICTURE and kind_of(shown(file.name), shown(file.folder)) is Kind.SCREENSHOT:
        return Kind.SCREENSHOT
    return read


def _dated(kind: Kind, created: str, modified: int) -> int:
    """Seconds since 1970 of when a picture was taken or a message sent; for all else, when it was changed."""
    if kind in _DATED_BY_CONTENT and created:
        with suppress(ValueError, OverflowError, OSError):
            moment = datetime.fromisoformat(created)
            seconds = int((moment if moment.tzinfo else moment.astimezone()).timestamp())
            if _SANE[0] < seconds < _SANE[1]:
                return seconds
    return modified


def _wait(seconds: float, progress: Progress) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        progress.cancel.check()
        time.sleep(0.05)


def embed(store: Store, encoder: Encoder, progress: Progress, *, until: Stage, most: int = 1 << 40) -> int:
    """The vector stages: every waiting passage, or about `most`, newest files first. Returns how many were embedded."""
    if store.vectors.model not in ("", encoder.model_id):  # vectors of two models can't be compared
        with store.transaction():
            store.vectors.start_over()
    rounds = ROUNDS[:1] if until is Stage.MEANING else ROUNDS
    total, done = store.vectors.count_waiting(rounds[-1][1]), 0
    for numbers in rounds:
        while done < most and (batch := store.vectors.waiting(numbers, EMBED_AT_ONCE)):

            def show(report: object, done: int = done) -> None:
                progress.report(done + getattr(report, "done", 0), total, "passages understood")

            texts = [_embedded_text(store, passage) for passage in batch]
            vectors = encoder.encode(texts, progress=Progress(show, progress.cancel))
            quantizer = store.vectors.quantizer or Quantizer.fit(vectors)
            with store.transaction():
                if store.vectors.quantizer is None:
                    store.vectors.begin(encoder.model_id, quantizer, len(vectors))
                store.vectors.put([(passage.passage, passage.content) for passage in batch], quantizer.encode(vectors))
            done += len(batch)
    if done and store.vectors.fitted_on() < FIT_SAMPLE <= store.vectors.count():
        with store.transaction():
            store.vectors.fit_again(FIT_SAMPLE)
    return done


def _embedded_text(store: Store, passage: ToEmbed) -> str:
    """A passage with its title, or its file's name, in front: each has to stand for itself (search.md §6)."""
    text = store.contents.text(passage.content, passage.start, passage.stop)
    name = " ".join(split_name(stem(passage.name)))
    title = one_line(passage.title)[:120]
    said = "" if text.lstrip().startswith(title) else title
    return ". ".join(part for part in (name if _says_something(name) else "", said, text) if part)


def _says_something(name: str) -> bool:
    """Whether a file's name is worth reading: 2024-03-15 and IMG 1234 are not."""
    return sum(map(str.isalpha, name)) > 2
