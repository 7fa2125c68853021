"""False alarms: what the policy that ships finds in sentences that have nothing to do with it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judged import documents
from engines.concepts import Guard, read_policy

COLLECTIONS = ("cranfield", "cacm")
"""Abstracts on flight and on computing: nobody wrote them as prompts, and nothing in them is explicit."""

SENTENCES = 3


@dataclass(frozen=True)
class Alarms:
    """How many sentences were read, and the words that were taken for something else."""

    read: int
    wrong: tuple[str, ...]


def sentences(shared: Path) -> Iterator[str]:
    """Titles and first sentences of the shared collections, each once."""
    seen = set()
    for name in COLLECTIONS:
        for document in documents(shared / "ir" / name):
            parts = [part for part in re.split(r"(?<=[.!?])\s+", document.text) if 20 < len(part) < 300]
            for text in (document.title, *parts[:SENTENCES]):
                if text.strip() and text not in seen:
                    seen.add(text)
                    yield text


def alarms(shared: Path) -> Alarms:
    """The words stage of the shipped policy over all of them."""
    guard = Guard(read_policy(Path(os.devnull)))
    texts = list(sentences(shared))
    wrong = [word for text in texts for finding in guard.read(text)[1] for word in finding.removed]
    return Alarms(len(texts), tuple(wrong))
