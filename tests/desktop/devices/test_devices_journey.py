"""The page Devices in a window, with a real worker process, the real engines, and an NPU that computes as the processor."""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from desktop.state.devices import DevicesState
from desktop.window.bound import Poster
from desktop.window.main.devices_page import DevicesPage
from desktop.window.theme import Theme
from desktop.workers.client import WorkerProcess
from engines.runtime.contract import Kind
from engines.runtime.proof import Ledger
from homespun.settings import save_value
from tests.desktop.devices.scripted import in_every_child
from tests.desktop.main.fakes import KnownDoors
from tests.desktop.turns import end
from tests.engines.runtime import fake_provider

OURS = """
import sys
if "desktop.workers" in " ".join(sys.orig_argv):
    from engines.runtime.providers import PROVIDERS
    from tests.engines.runtime import fake_provider
    PROVIDERS.clear()
    PROVIDERS["fake"] = fake_provider.ROW
"""


class Journey:
    """The page with its worker."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.qtbot, self.doors = qtbot, KnownDoors()
        self._poster = Poster()
        self.worker = WorkerProcess("devices", self._poster.post, background=True)
        self.state = DevicesState(self.worker, self.doors)
        self.page = DevicesPage(theme, self.state)
        qtbot.addWidget(self.page)
        self.page.resize(700, 800)
        self.page.show()
        self.page.shown()
        self.until(lambda: self.page.devices and not self.state.busy)

    def until(self, wanted: Callable[[], object], seconds: int = 120) -> None:
        self.qtbot.waitUntil(lambda: bool(wanted()), timeout=seconds * 1000)

    def press(self, act: str) -> None:
        self.until(lambda: act in self.page.main.buttons)
        button = self.page.main.buttons[act]
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)


def begun(qtbot: QtBot, theme: Theme) -> Iterator[Journey]:
    made = Journey(qtbot, theme)
    yield made
    made.state.close()
    end(made.worker)


@pytest.fixture
def alone(qtbot: QtBot, theme: Theme) -> Iterator[Journey]:
    """This computer as it is: nothing but a processor, in the tests' environments."""
    yield from begun(qtbot, theme)


@pytest.fixture
def with_npu(qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    """The same with a fake NPU."""
    npu = fake_provider.device(name="fake:npu", kind=Kind.NPU, compute="cpu")
    monkeypatch.setenv(fake_provider.DEVICES, fake_provider.list_devices([npu]))
    in_every_child(OURS, tmp_path / "children", monkeypatch)
    yield from begun(qtbot, theme)


def test_the_processor_is_named_with_what_it_runs(alone: Journey) -> None:
    card = alone.page.devices["cpu"]

    assert card.pill.accessibleName() in ("Runs everything", "Always there")
    assert "Search by meaning, English" in card.note
    assert "Enlarge, true to the picture" in card.note


def test_the_examination_ends_and_its_report_is_copied_without_names_or_paths(alone: Journey, home: Path) -> None:
    alone.state.do("report")
    alone.until(lambda: alone.doors.asked)
    report = json.loads(alone.doors.copied)

    assert report["python"] == sys.version.partition(" ")[0]
    assert str(home) not in alone.doors.copied
    alone.until(lambda: alone.page.doctor.well or alone.page.doctor.findings)


def test_a_device_is_tried_explained_and_stopped_while_the_window_answers(with_npu: Journey, home: Path) -> None:
    card = with_npu.page.devices["fake:npu"]
    assert {one.words for one in card.standings} == {"Not tried yet"}
    assert card.pill.accessibleName() == "Not tried yet"

    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    with_npu.press("probe")
    with_npu.until(lambda: ", 2 of " in with_npu.page.progress.words)
    timer.stop()
    stop = with_npu.page.progress.stop.buttons["stop"]
    stop.setFocus()
    with_npu.qtbot.keyClick(stop, Qt.Key.Key_Space)
    with_npu.until(lambda: with_npu.page.notice.startswith("Stopped. "))
    with_npu.until(lambda: not with_npu.state.busy)

    gaps = sorted(after - before for before, after in itertools.pairwise(ticks))
    assert gaps[-2] < 0.1, f"the window stood still for {gaps[-1]:.3f} s"
    tried = [one for one in card.standings if one.words != "Not tried yet"]
    assert tried, "what was found before the stop is shown"
    assert tried[0].words.startswith(("Not used: ", "1.", "Same", "2.", "3."))
    tried[0].why.setFocus()
    with_npu.qtbot.keyClick(tried[0].why, Qt.Key.Key_Space)
    assert tried[0].unfolded
    with Ledger(home / "data" / "devices.sqlite") as ledger:
        assert ledger.verdicts(), "and kept for the command line and the engines"


def test_a_setting_that_changes_is_heard_at_the_next_look(with_npu: Journey, home: Path) -> None:
    save_value(home / "config" / "homespun.toml", "devices.use", "cpu")
    with_npu.page.shown()
    with_npu.until(lambda: with_npu.page.devices["fake:npu"].pill.accessibleName() == "Switched off")

    assert "because Settings say so" in with_npu.page.calm.words
