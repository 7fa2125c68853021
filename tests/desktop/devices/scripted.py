"""A worker that a test answers for, and children that know a test's models."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop.workers.client import Ended, Event

ROOT = Path(__file__).resolve().parents[3]


class Call:
    """One call; `say` tells what the worker would."""

    def __init__(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> None:
        self.do, self.told, self._then = do, dict(told), then
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def say(self, how: Ended, told: Mapping[str, Any] | None = None) -> None:
        self._then(Event(how, told or {}))


class ScriptedWorker:
    """Keeps every call; those in `answers` are answered at once with a list of events."""

    def __init__(self, **answers: Sequence[tuple[Ended, Mapping[str, Any]]]) -> None:
        self.answers = dict(answers)
        self.calls: list[Call] = []

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None], /) -> Call:
        call = Call(do, told, then)
        self.calls.append(call)
        for how, what in self.answers.get(do, ()):
            call.say(how, what)
        return call

    @property
    def last(self) -> Call:
        return self.calls[-1]

    def count(self, do: str) -> int:
        return sum(call.do == do for call in self.calls)


def in_every_child(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run `code` at the start of every Python that this test starts: how a worker process gets a test's own models."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(folder), str(ROOT))))
