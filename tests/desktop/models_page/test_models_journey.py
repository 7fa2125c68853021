"""The page Models in a window, with real worker processes, a real models folder and a server on loopback."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.state.models import ModelsState
from desktop.window.bound import Poster
from desktop.window.main.models_page import ModelsPage
from desktop.window.theme import Theme
from desktop.workers.client import WorkerProcess
from homespun.settings import save_value
from tests.desktop.devices.scripted import in_every_child
from tests.desktop.main.fakes import KnownDoors
from tests.desktop.turns import end
from tests.models import conftest as servers

OURS = """
from pathlib import Path
import models, models.schema
from models.fetch import Wire

CATALOG = models.schema.parse(Path({catalog!r}).read_text())
models.shipped = models.schema.shipped = lambda: CATALOG
models.store = lambda: models.Store(CATALOG, models.folders().models, Path({bundled!r}), Wire(hub="http://127.0.0.1:9", silence=5.0, pauses=(0.01,)))
"""


server = servers.server


class Journey:
    """The page, the server, and where the model lands."""

    def __init__(self, qtbot: QtBot, theme: Theme, home: Path, server: servers.Server, body: bytes) -> None:
        self.qtbot, self.home, self.server, self.body = qtbot, home, server, body
        self.doors, self.changes = KnownDoors(), 0
        poster = Poster()
        self._kept = poster
        quick, slow = self.workers = [WorkerProcess("models", poster.post) for _ in range(2)]
        self.state = ModelsState(quick, slow, self.doors, on_change=self._changed)
        self.page = ModelsPage(theme, self.state)
        qtbot.addWidget(self.page)
        self.page.resize(700, 800)
        self.page.show()
        self.page.shown()
        self.until(lambda: "thing" in self.page.cards or self._later())

    def _changed(self) -> None:
        self.changes += 1

    def _later(self) -> bool:
        """A model that nothing uses stands behind a button."""
        toggle = next((one for one in self.page.findChildren(QPushButton) if one.text() == "Show 1 more"), None)
        if toggle is not None:
            toggle.click()
        return False

    @property
    def folder(self) -> Path:
        return self.home / "models" / "thing"

    @property
    def notice(self) -> str:
        return self.page.cards["thing"].notice

    def until(self, wanted: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(wanted()), timeout=30_000)

    def buttons(self) -> dict[str, QPushButton]:
        card = self.page.cards["thing"]
        return {**card.buttons.buttons, **card.answers.buttons, **card.said.actions_row.buttons}

    def press(self, act: str) -> None:
        """By the keyboard, as soon as the button is there."""
        self.until(lambda: act in self.buttons())
        button = self.buttons()[act]
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)


@pytest.fixture
def content() -> bytes:
    return b"weights " * 400_000


@pytest.fixture
def journey(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    home: Path,
    server: servers.Server,
    content: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Journey]:
    server.serve("/model.onnx", content)
    catalog = tmp_path / "catalog.toml"
    file = f"""
        [[model.file]]
        name = "model.onnx"
        url = "{server.url}/model.onnx"
        sha256 = "{servers.sha256(content)}"
        size = {len(content)}
    """
    catalog.write_text(servers.entry(file))
    code = OURS.format(catalog=str(catalog), bundled=str(tmp_path / "bundled"))
    in_every_child(code, tmp_path / "children", monkeypatch)
    made = Journey(qtbot, theme, home, server, content)
    yield made
    made.state.close()
    end(*made.workers)


def test_a_model_is_asked_for_downloaded_checked_and_removed(journey: Journey) -> None:
    journey.press("ask")
    journey.until(lambda: "download" in journey.buttons())
    assert journey.buttons()["download"].hasFocus(), "the keyboard goes on where the question is"
    assert journey.server.seen == [], "nothing is asked of a server before the yes"
    assert not journey.folder.exists()

    journey.press("download")
    journey.until(lambda: journey.notice.startswith("Ready."))
    assert (journey.folder / "model.onnx").read_bytes() == journey.body
    assert journey.changes == 1

    journey.press("verify")
    journey.until(lambda: journey.notice == "Checked just now: the file is as it should be.")

    journey.press("ask_remove")
    journey.press("remove")
    journey.until(lambda: journey.notice == "Removed. 3.2 MB are free again.")
    assert not journey.folder.exists()
    assert journey.changes == 2


def test_a_pause_keeps_the_part_and_the_next_download_goes_on_from_there(journey: Journey) -> None:
    journey.server.files["/model.onnx"].pause = 0.05
    journey.press("ask")
    journey.press("download")
    part = journey.folder / "model.onnx.part"
    journey.until(lambda: part.exists() and part.stat().st_size > 200_000)
    journey.press("pause")
    journey.until(lambda: journey.notice.startswith("Paused: "))
    assert 0 < part.stat().st_size < len(journey.body)

    journey.server.files["/model.onnx"].pause = 0.0
    journey.press("download")
    journey.until(lambda: journey.notice.startswith("Ready."))
    assert (journey.folder / "model.onnx").read_bytes() == journey.body
    assert [one.partition(" ")[2][:6] for one in journey.server.gets()] == ["", "bytes="]


def test_a_cancel_leaves_nothing_behind(journey: Journey) -> None:
    journey.server.files["/model.onnx"].pause = 0.05
    journey.press("ask")
    journey.press("download")
    journey.until((journey.folder / "model.onnx.part").exists)
    journey.press("cancel")
    journey.until(lambda: "ask" in journey.buttons())

    assert not journey.folder.exists()


def test_a_file_that_is_not_the_promised_one_is_deleted_and_said_so(journey: Journey) -> None:
    journey.server.serve("/model.onnx", b"forged! " * 400_000)
    journey.press("ask")
    journey.press("download")
    journey.until(lambda: journey.notice)

    assert journey.notice.startswith("The file that came is not the one promised.")
    assert list(journey.folder.glob("model*")) == []
    assert journey.changes == 0


def test_without_a_network_the_card_says_so_and_another_try_works(journey: Journey) -> None:
    served = journey.server.files.pop("/model.onnx")
    served.status = 503
    journey.server.files["/model.onnx"] = served
    journey.press("ask")
    journey.press("download")
    journey.until(lambda: journey.notice.startswith("The download broke off."))

    served.status = 200
    journey.press("download")
    journey.until(lambda: journey.notice.startswith("Ready."))


def test_a_folder_of_another_computer_brings_the_model_without_a_network(journey: Journey, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "thing"
    stick.mkdir(parents=True)
    (stick / "model.onnx").write_bytes(journey.body)
    journey.state.add_from(stick.parent)
    journey.until(lambda: journey.notice.startswith("Ready."))

    assert journey.server.seen == []
    assert (journey.folder / "model.onnx").read_bytes() == journey.body


def test_downloads_switched_off_in_the_file_are_heard_by_the_page_and_by_the_worker(
    journey: Journey, home: Path
) -> None:
    journey.press("ask")
    save_value(home / "config" / "homespun.toml", "models.allow_downloads", "never")
    journey.press("download")  # the question was older than the setting
    journey.until(lambda: journey.notice == "Nothing was downloaded.")
    assert journey.server.seen == []
    journey.until(lambda: journey.page.notice == "Downloads are switched off in Settings.")
    assert "ask" not in journey.buttons()


def test_the_window_answers_while_a_download_runs(journey: Journey) -> None:
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    journey.server.files["/model.onnx"].pause = 0.02
    journey.press("ask")
    timer.start(5)
    journey.press("download")
    journey.until(lambda: journey.notice.startswith("Ready."))
    timer.stop()

    gaps = sorted(after - before for before, after in itertools.pairwise(ticks))
    assert len(gaps) > 50
    assert gaps[-2] < 0.1, f"the window stood still for {gaps[-1]:.3f} s"  # one may be the machine's
