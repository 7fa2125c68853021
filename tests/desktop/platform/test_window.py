"""The window's thread: its stalls are seen, its bindings keep their count, signals and later starts reach it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from desktop.handoff import Answer, Request, packed_request
from desktop.instance import Server, become_app, hand_over
from desktop.pipes import PipeServer, pipe_hand_over
from desktop.window.bound import Poster
from desktop.window.platform.ending import Ending
from desktop.window.platform.gaps import GapMeter
from desktop.window.platform.handoff import Handoff
from tests.desktop.platform.conftest import wait_for
from tests.desktop.xserver import ROOT


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there, and the count says nothing")
@pytest.mark.parametrize("call", ["processEvents", "paint", "setText"])
def test_calls_that_return_nothing_take_no_reference_from_none(qapp: QApplication, call: str) -> None:
    # PySide6 6.12.0 takes one too many on Python 3.11 and ends the process after some thousand calls.
    label = QLabel()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    colour = QColor("#123456")
    before = sys.getrefcount(None)
    for _ in range(1000):
        if call == "processEvents":
            QCoreApplication.processEvents()
        elif call == "setText":
            label.setText("x")
        else:
            painter.setPen(colour)
            painter.fillRect(0, 0, 4, 4, colour)
    after = sys.getrefcount(None)
    painter.end()

    assert abs(after - before) < 500


def test_the_meter_sees_a_stall_and_what_made_it(qapp: QApplication) -> None:
    meter = GapMeter()
    meter.start()
    wait_for(lambda: False, 0.1)

    def the_culprit() -> None:
        time.sleep(0.4)

    the_culprit()
    wait_for(lambda: False, 0.1)
    meter.stop()

    assert 0.39 < meter.longest.seconds < 2
    assert "the_culprit" in meter.longest.stack
    assert meter.stalls[0] == meter.longest or len(meter.stalls) > 1
    assert meter.percentile(0.5) < 0.03
    meter.start()
    assert meter.longest.seconds == 0.0
    meter.stop()


def test_work_in_another_process_makes_no_stall(qapp: QApplication) -> None:
    script = "import time; end = time.monotonic() + 0.5\nwhile time.monotonic() < end: sum(range(1000))"
    meter = GapMeter()
    meter.start()
    busy = subprocess.Popen([sys.executable, "-c", script])
    wait_for(lambda: busy.poll() is not None, 20)
    meter.stop()

    assert meter.percentile(0.99) < 0.1


@pytest.fixture
def poster(qapp: QApplication) -> Poster:
    """Posts into the test's own event loop."""
    return Poster(qapp)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session's folder of the test's own."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))


@pytest.fixture
def server(session: None) -> Iterator[Server]:
    """We are the app."""
    found = become_app()
    assert found is not None
    yield found
    found.close()


def in_thread(request: Request) -> tuple[threading.Thread, list[Answer | None]]:
    """A later start, while this thread turns the event loop."""
    answers: list[Answer | None] = []
    thread = threading.Thread(target=lambda: answers.append(hand_over(request)))
    thread.start()
    return thread, answers


def test_a_later_start_reaches_the_window_through_its_event_loop(server: Server, poster: Poster) -> None:
    taken: list[Request] = []
    handoff = Handoff(server, poster, taken.append)
    request = Request("edit", (os.path.abspath("a.png"),))

    thread, answers = in_thread(request)
    assert wait_for(lambda: bool(taken) and bool(answers))
    thread.join()
    ping, answered = in_thread(Request("ping"))
    assert wait_for(lambda: bool(answered))
    ping.join()

    assert (answers, answered) == ([Answer(True)], [Answer(True)])
    assert taken == [request]
    handoff.close()


def test_what_was_asked_while_the_app_started_is_taken_then(server: Server, poster: Poster) -> None:
    thread, answers = in_thread(Request("palette"))
    time.sleep(0.3)  # Qt is imported meanwhile
    taken: list[Request] = []
    handoff = Handoff(server, poster, taken.append)

    assert wait_for(lambda: bool(taken))
    thread.join()
    assert answers == [Answer(True)]
    handoff.close()


def test_an_app_that_leaves_takes_nothing_more(server: Server, poster: Poster) -> None:
    taken: list[Request] = []
    handoff = Handoff(server, poster, taken.append)
    handoff.leave()

    thread, answers = in_thread(Request("palette"))
    assert wait_for(lambda: bool(answers))
    thread.join()
    QApplication.processEvents()

    assert answers == [Answer(False, "it is leaving")]
    assert taken == []
    handoff.close()


def test_the_pipes_thread_posts_into_the_window(poster: Poster, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("its addresses are pipes")
    pipe = PipeServer.listen(str(tmp_path / "pipe"), b"k" * 32)
    assert pipe is not None
    seen: list[int] = []
    handoff = Handoff(pipe, poster, lambda _request: seen.append(threading.get_ident()))

    assert pipe_hand_over(str(tmp_path / "pipe"), b"k" * 32, packed_request(Request("palette")), 5) == Answer(True)
    assert wait_for(lambda: bool(seen))

    assert seen == [threading.get_ident()]
    handoff.close()
    pipe.close()


LEAVES = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.window.platform.ending import Ending
app = QCoreApplication([])
ending = Ending(lambda: (print("left", flush=True), app.quit() if "--stuck" not in sys.argv else None))
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_kill_leaves_as_quit_does_and_a_second_one_ends_it(number: signal.Signals) -> None:
    for arguments, code in ((), 0), (("--stuck",), -number):
        process = subprocess.Popen(
            [sys.executable, "-c", LEAVES, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.stdout.readline() == "left\n"
        if code:
            process.send_signal(number)
        assert process.wait(10) == code
        process.stdout.close()


def test_the_signals_are_given_back(qapp: QApplication) -> None:
    before = signal.getsignal(signal.SIGTERM)
    ending = Ending(lambda: None)
    assert signal.getsignal(signal.SIGTERM) != before
    ending.close()
    assert signal.getsignal(signal.SIGTERM) == before
