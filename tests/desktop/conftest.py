"""A known index behind the indexer's own door, and the command line run against it inside this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import indexer
from desktop.cli import main
from homespun.errors import NotFound
from homespun.progress import Cancel, Progress
from indexer.answer import Answer
from indexer.report import RunReport, Stage
from tests.desktop.known_index import KnownIndex, Said


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> KnownIndex:
    """Put a `KnownIndex` behind the indexer's door for one test."""
    index = KnownIndex()

    def run(opened: KnownIndex, *, until: Stage = Stage.PASSAGES, progress: Progress) -> RunReport:
        opened.ran.append(until)
        if opened.fault is not None:
            raise opened.fault
        opened.during_run(progress)
        return opened.report

    def watch(_opened: KnownIndex, *, cancel: Cancel, tell: Callable[[str], None]) -> None:
        tell("lease-2019.pdf changed; searchable now")
        cancel.cancel()

    class Warm:
        def __init__(self, opened: KnownIndex) -> None:
            self.opened = opened

        def search(self, sentence: str, *, limit: int = 20, today: date | None = None) -> Answer:
            return self.opened.answer(sentence, limit, today)

    doors: dict[str, object] = {
        "open_index": lambda _path=None, *, create=False: index,
        "searcher": Warm,
        "run": run,
        "watch": watch,
    }
    for name, door in doors.items():
        monkeypatch.setattr(indexer, name, door)
    return index


@pytest.fixture
def nothing_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An indexer's door behind which there is no index yet."""

    def missing(_path: Path | None = None, *, create: bool = False) -> KnownIndex:
        raise NotFound("There is no index yet.", "Add a folder: homespun index add FOLDER")

    monkeypatch.setattr(indexer, "open_index", missing)


@pytest.fixture
def homespun(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command line inside this process: `homespun("search", "lease")`."""

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture(autouse=True)
def _no_dialog_left() -> Iterator[None]:
    """A test that fails with a question on the screen must not fail those after it in the same process."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        while (dialog := widgets.QApplication.activeModalWidget()) is not None:
            dialog.hide()
            dialog.deleteLater()
