"""What the tests of the app share: its language, its look, its loop, a screen, and what ends with each test.

And a known index behind the indexer's own door, with the command line run against it inside this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import indexer
from desktop.cli import main
from desktop.words import speak
from homespun.errors import NotFound
from homespun.progress import Cancel, Progress
from indexer.answer import Answer
from indexer.report import RunReport, Stage
from tests.desktop.known_index import KnownIndex, Said
from tests.desktop.turns import Turns
from tests.desktop.xserver import x_server

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.window.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # what needs a real screen runs in a process of its own


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins and ends in English: what is said is compared with it."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(autouse=True)
def _windows_gone() -> Iterator[None]:
    """What a test let go of is gone before the next one, its dialogs with it: Qt would wait for an event loop to begin."""
    yield
    _delete_what_was_let_go()


def _delete_what_was_let_go() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look, without motion."""
    from desktop.window.theme import Theme
    from desktop.window.tokens import LIGHT

    made = Theme(qapp, LIGHT, motion=False)
    yield made
    made.deleteLater()
    _delete_what_was_let_go()  # what is gone needs no other look


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """A real screen with a window manager; the environment of programs that are to run on it."""
    with x_server() as environment:
        yield environment


@pytest.fixture
def turns() -> Iterator[Turns]:
    """The test's own loop; its processes end with it."""
    made = Turns()
    yield made
    made.close()


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
