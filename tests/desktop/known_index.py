"""An index whose every answer a test can set, and what a command line said about it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from homespun.progress import Progress
from indexer.answer import Answer, Hit, Snippet
from indexer.kinds import Kind
from indexer.report import Forgotten, Problem, RootStatus, RunReport, Stage, Status, Why

LEASE = Hit(
    path=b"/home/ann/Documents/lease-2019.pdf",
    shown="/home/ann/Documents/lease-2019.pdf",
    title="Lease of the flat in Mill Road",
    kind=Kind.PDF,
    modified="2019-06-12T09:30:00",
    score=1.25,
    why=("words: lease, flat", "means the same"),
    snippet=Snippet("The tenant pays the rent of the flat in advance; this lease ends in May.", ((32, 36), (54, 59))),
)
HOUSE = Hit(
    path=b"/home/ann/Pictures/2019/house.jpg",
    shown="/home/ann/Pictures/2019/house.jpg",
    title="",
    kind=Kind.PICTURE,
    modified="2019-07-01T18:00:00",
    score=0.75,
    why=("name: house",),
    snippet=Snippet(""),
)
READ = Why("/home/ann/Documents/lease-2019.pdf", True, "It is indexed with all its text.", "")
TWELVE_NEW = RunReport(new=12, embedded=40, seconds={"names": 0.2, "text": 1.1})


@dataclass(frozen=True)
class Taken:
    """What adding a folder gives back."""

    path: str
    warnings: tuple[str, ...] = ()


@dataclass
class KnownIndex:
    """An index whose every answer a test can set."""

    hits: tuple[Hit, ...] = (LEASE, HOUSE)
    understood: dict[str, Any] = field(default_factory=lambda: {"text": "lease flat"})
    repaired: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    folders: tuple[RootStatus, ...] = (RootStatus("/home/ann/Documents", "here", 12),)
    found_problems: tuple[Problem, ...] = ()
    reason: Why = READ
    report: RunReport = TWELVE_NEW
    waiting_text: int = 0
    waiting_vectors: int = 0
    asked: list[tuple[str, int, date | None]] = field(default_factory=list)
    ran: list[Stage] = field(default_factory=list)
    added: list[Path] = field(default_factory=list)
    forgotten: list[Path] = field(default_factory=list)
    fault: BaseException | None = None
    during_run: Callable[[Progress], None] = lambda _progress: None

    def __enter__(self) -> KnownIndex:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def answer(self, sentence: str, limit: int, today: date | None) -> Answer:
        self.asked.append((sentence, limit, today))
        if self.fault is not None:
            raise self.fault
        return Answer(sentence, self.understood, self.hits[:limit], 17.6, self.repaired, self.partial)

    def roots(self) -> tuple[RootStatus, ...]:
        return self.folders

    def add(self, folder: Path) -> Taken:
        self.added.append(folder)
        warnings = ("It holds 3 more folders that are added already.",) if folder.name == "wide" else ()
        return Taken(os.fspath(folder), warnings)

    def remove(self, _folder: Path) -> int:
        return 12

    def forget(self, path: Path) -> Forgotten:
        self.forgotten.append(path)
        return Forgotten(files=1, passages=7)

    def status(self) -> Status:
        return Status(
            roots=self.folders,
            files=48_000,
            states={"indexed": 47_990, "partial": 2, "error": 8},
            kinds={"pdf": 1, "picture": 30_000, "text": 17_999},
            passages=100_000,
            vectors=100_000 - self.waiting_vectors,
            waiting_text=self.waiting_text,
            waiting_vectors=self.waiting_vectors,
            index_bytes=64_000_000,
            cache_bytes=12_000_000,
            text_bytes=90_000_000,
            writer=None,
            last_run="2026-11-20T08:00:00",
        )

    def problems(self) -> tuple[Problem, ...]:
        return self.found_problems

    def why(self, path: Path) -> Why:
        self.asked.append((os.fspath(path), 0, None))
        return self.reason


@dataclass(frozen=True)
class Said:
    """What one command line printed, and its exit code."""

    code: int
    out: str
    err: str
