"""What is left of a bug or a crash: a log of the person's own, and nothing anywhere else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication

from desktop.window.bound import Poster
from desktop.window.platform import crash
from desktop.window.platform.crash import CrashLog, log_folder
from tests.desktop.platform.conftest import wait_for
from tests.desktop.xserver import ROOT


@pytest.fixture
def shown() -> list[str]:
    """What the bar would say."""
    return []


@pytest.fixture
def log(qapp: QApplication, shown: list[str]) -> Iterator[CrashLog]:
    """A log under way."""
    found = CrashLog(Poster(qapp), shown.append)
    found.install()
    yield found
    found.close()


def test_a_bug_in_a_slot_is_logged_and_shown_and_the_app_goes_on(
    log: CrashLog, shown: list[str], qtbot: object
) -> None:
    def slot() -> None:
        raise ValueError("the saucer broke")

    sys.excepthook = log._uncaught  # pytest-qt puts its own there
    QTimer.singleShot(0, slot)

    assert wait_for(lambda: bool(shown))
    assert "the saucer broke" in shown[0]
    assert "in slot" in log.path.read_text()


def test_a_bug_in_a_thread_is_logged_and_shown(log: CrashLog, shown: list[str]) -> None:
    def work() -> None:
        raise KeyError("thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert wait_for(lambda: bool(shown))
    assert "KeyError" in log.path.read_text()


def test_the_same_bug_at_every_frame_is_said_once_and_logged_each_time(log: CrashLog, shown: list[str]) -> None:
    for _ in range(50):
        log.bug(RuntimeError("again"))

    assert wait_for(lambda: bool(shown))
    QApplication.processEvents()
    assert len(shown) == 1
    assert log.path.read_text().count("RuntimeError: again") == 50


def test_qts_complaints_are_logged_but_the_harmless_one(log: CrashLog) -> None:
    qWarning("a stylesheet is odd")
    qWarning("This plugin does not support propagateSizeHints()")

    text = log.path.read_text()
    assert "a stylesheet is odd" in text
    assert "propagateSizeHints" not in text


def test_the_log_is_the_persons_own_and_stays_small(log: CrashLog) -> None:
    for _ in range(30):
        log.note("x" * 100_000)
    log.note("a name that is no text: \udcff")

    files = list(log_folder().iterdir())
    assert stat.S_IMODE(log_folder().stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert sum(path.stat().st_size for path in files) <= 2 * crash.LARGEST
    assert log.path.read_text().endswith("\\udcff\n")


def test_a_log_that_cannot_be_written_makes_no_second_bug(log: CrashLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crash, "_private", full)

    log.bug(RuntimeError("x"))


CRASHES = """
from desktop.window.platform.crash import CrashLog
log = CrashLog()
log.install()
print(log.crashed, log.crash_words(), sep="|", flush=True)
import sys
if "--well" in sys.argv:
    log.close()
    sys.exit()
import faulthandler
faulthandler._sigsegv()
"""


def crashing(*arguments: str) -> str:
    """What a start finds of the run before; then it crashes, or ends well."""
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout.strip()


def test_a_hard_crash_leaves_its_stack_for_the_next_start_and_three_are_kept() -> None:
    said = "Homespun crashed last time. What happened is in crash-1.log; nothing was sent."
    assert crashing() == "None|None"
    for _ in range(4):
        assert crashing() == f"{log_folder() / 'crash-1.log'}|{said}"
    assert crashing("--well") == f"{log_folder() / 'crash-1.log'}|{said}"
    assert crashing("--well") == "None|None"
    kept = sorted(path.name for path in log_folder().glob("crash*"))
    assert kept == ["crash-1.log", "crash-2.log", "crash-3.log"]
    text = Path(log_folder() / "crash-1.log").read_text()
    assert "Segmentation fault" in text
    assert "<string>" in text
