"""An installer asks the app to leave, and hears whether it has."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import leave
from desktop.handoff import LEAVING, Answer, Request
from tests.desktop.instance.running import running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a pipe instead: test_pipes.py")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A session's folder of the test's own, short as a real one."""
    with tempfile.TemporaryDirectory(prefix="hs-") as name:
        monkeypatch.setenv("XDG_RUNTIME_DIR", name)
        yield Path(name)


def test_where_no_app_runs_it_is_gone_at_once() -> None:
    assert leave.leave() == leave.GONE


def test_an_app_that_leaves_is_waited_for_and_asked_once() -> None:
    asked: list[str] = []
    over = threading.Event()

    def take(request: Request) -> Answer:
        asked.append(request.do)
        if asked.count("ping") >= 2:
            over.set()
        return Answer(request.do == "quit", "" if request.do == "quit" else LEAVING)

    heard: list[int] = []
    with running(take):
        thread = threading.Thread(target=lambda: heard.append(leave.leave()))
        thread.start()
        assert over.wait(20)
    thread.join()
    assert heard == [leave.GONE]
    assert asked[0] == "quit"
    assert set(asked[1:]) == {"ping"}


def test_an_app_that_stays_is_told_after_the_patience() -> None:
    with running(lambda _request: Answer(True)):
        assert leave.leave(patience=0.3) == leave.STAYS
