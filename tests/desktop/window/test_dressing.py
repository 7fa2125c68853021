"""A change of the look: at once where it is seen, before it is seen elsewhere, and nowhere twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.window.dressing import Dressing
from desktop.window.kit import label
from desktop.window.main import MainWindow, Page
from desktop.window.theme import Theme, mark
from desktop.window.tokens import DARK, LIGHT
from tests.desktop.main.fakes import KnownDoors

ROOT = Path(__file__).resolve().parents[3]


class Looks(QObject):
    """What colour a label had whenever its window was painted, and how often widgets were given another style."""

    def __init__(self, window: QWidget, words: QLabel) -> None:
        super().__init__(window)
        self._words = words
        self.painted: list[str] = []
        self.dressed = 0
        words.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note it."""
        if event.type() == QEvent.Type.Paint:
            self.painted.append(ink(self._words))
        elif event.type() == QEvent.Type.StyleChange:
            self.dressed += 1
        return super().eventFilter(watched, event)


def ink(words: QLabel) -> str:
    """The colour that the words have."""
    return words.palette().color(words.foregroundRole()).name().upper()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No change in idle time."""
    monkeypatch.setattr("desktop.window.dressing.PAUSE", 600_000)


def room(theme: Theme, qtbot: QtBot) -> tuple[QWidget, QLabel]:
    """A dressed window with a word in it."""
    window = QWidget()
    words = label(theme, "words", colour="text2")
    QVBoxLayout(window).addWidget(words)
    qtbot.addWidget(window)
    theme.dress(window)
    return window, words


def test_what_is_seen_changes_at_once(theme: Theme, qtbot: QtBot) -> None:
    window, words = room(theme, qtbot)
    window.show()
    assert ink(words) == LIGHT.text2
    theme.use(DARK)
    assert ink(words) == DARK.text2
    assert window not in theme.dressing.late


@pytest.mark.usefixtures("patient")
def test_what_is_hidden_changes_before_it_is_painted(theme: Theme, qtbot: QtBot) -> None:
    fresh = Theme(QApplication.instance(), LIGHT, motion=False)  # type: ignore[arg-type]
    window, words = room(fresh, qtbot)
    with qtbot.waitExposed(window):
        window.show()
    window.hide()
    looks = Looks(window, words)
    fresh.use(DARK)
    assert (ink(words), looks.dressed) == (LIGHT.text2, 0)
    assert window in fresh.dressing.late
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(looks.painted))
    assert set(looks.painted) == {DARK.text2}
    assert window not in fresh.dressing.late
    fresh.deleteLater()


def test_what_stays_hidden_changes_when_there_is_nothing_else_to_do(theme: Theme, qtbot: QtBot) -> None:
    window, words = room(theme, qtbot)
    window.show()
    window.hide()
    theme.use(DARK)
    qtbot.waitUntil(lambda: ink(words) == DARK.text2)
    assert window.isHidden()


def test_a_look_that_comes_back_costs_hidden_windows_nothing(theme: Theme, qtbot: QtBot) -> None:
    window, words = room(theme, qtbot)
    window.show()
    window.hide()
    looks = Looks(window, words)
    theme.use(DARK)
    theme.use(LIGHT)
    assert theme.dressing.late == ()
    assert looks.dressed == 0


def test_a_change_dresses_the_page_that_is_seen_and_no_other(theme: Theme, qtbot: QtBot) -> None:
    pages, words = [], []
    for number in range(6):
        page = QWidget()
        words.append(label(theme, f"page {number}", colour="text2"))
        QVBoxLayout(page).addWidget(words[-1])
        pages.append(Page(str(number), "search", "main.search", page))
    window = MainWindow(theme, pages, KnownDoors())
    qtbot.addWidget(window)
    window.show()
    for number in range(6):  # each was seen
        window.show_page(str(number))
    others = [room(theme, qtbot) for _ in range(5)]
    for other, _ in others:
        other.show()
        other.hide()
    counted = [Looks(one.window(), one) for one in [*words, *(one for _, one in others)]]
    theme.use(DARK)
    assert [bool(one.dressed) for one in counted] == [False] * 5 + [True] + [False] * 5
    window.show_page("0")
    assert [bool(one.dressed) for one in counted] == [True] + [False] * 4 + [True] + [False] * 5
    assert ink(words[0]) == DARK.text2


@pytest.mark.usefixtures("theme")
def test_a_window_that_is_gone_is_forgotten(qapp: QApplication) -> None:
    dressing = Dressing(qapp)
    window = QWidget()
    dressing.add(window)
    dressing.change("QLabel { color: red; }")
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    dressing.change("QLabel { color: blue; }")
    assert dressing.late == ()


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_what_belongs_to_a_dressed_window_wears_the_same(theme: Theme, qtbot: QtBot, tokens: object) -> None:
    window, _ = room(theme, qtbot)
    window.show()
    menu, box = QMenu(window), QMessageBox(window)  # made before the change
    menu.addAction("Open")
    box.setText("Keep it?")
    button = box.addButton("Keep", QMessageBox.ButtonRole.AcceptRole)
    alone = QMenu()
    alone.addAction("Quit")
    qtbot.addWidget(alone)
    theme.dress(alone)
    theme.use(LIGHT if tokens is DARK else DARK)
    theme.use(tokens)  # type: ignore[arg-type]
    for shown in (menu, alone):
        shown.popup(window.mapToGlobal(QPoint(5, 5)))
        picture = shown.grab().toImage()
        assert picture.pixelColor(picture.width() // 2, 3).name().upper() == theme.tokens.surface
        shown.close()
    box.show()
    assert button.sizeHint().height() == theme.target
    box.close()
    QToolTip.showText(window.mapToGlobal(QPoint(5, 5)), "A tip", window)
    [tip] = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
    assert tip.grab().toImage().pixelColor(4, 4).name().upper() == theme.tokens.surface
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not isValid(tip) or not tip.isVisible())


def test_a_property_that_the_stylesheet_asks_for_is_asked_again(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    button = QPushButton("Save", window)
    button.setProperty("quiet", True)
    qtbot.addWidget(window)
    theme.dress(window)
    window.show()
    before = button.sizeHint().width()
    mark(button, "quiet", on=False)
    assert button.sizeHint().width() == before + 12  # 16 pixels at each side, and 10 when it is quiet


WHOLE = """
import json, os
from PySide6.QtWidgets import QWidget
from desktop.instance import become_app
from desktop.window.app import App
from desktop.window.start import make_application
from desktop.window.platform.tray import Tray
qt = make_application()
server = become_app()
app = App(qt, server)
windows = app.windows
tray = Tray(app.theme, app.tray_state, app)
for place in ("search", "pictures", "folders", "devices", "models", "settings"):
    windows.show_main(place)
windows.palette(); windows.show_queue(); windows.show_welcome(); windows.edit(None)
bare = set()
for one in qt.allWidgets():
    up = one
    while up is not None and not up.styleSheet().startswith("\\nQWidget {"):
        up = up.parentWidget()
    if up is None:
        bare.add(type(one).__name__)
print(json.dumps([sorted(bare), len(qt.allWidgets()), [type(one).__name__ for one in qt.topLevelWidgets()]]))
tray.close()
app.close()
server.close()
"""


def test_every_window_and_page_of_the_app_is_dressed(tmp_path: Path) -> None:
    environment = {**os.environ, "HOMESPUN_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WHOLE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    bare, widgets, tops = json.loads(done.stdout.splitlines()[-1])
    assert widgets > 400
    assert {"MainWindow", "PaletteWindow", "QueueWindow", "WelcomeWindow", "EditorWindow", "QMenu"} <= set(tops)
    assert set(bare) <= {"MainWindow", "QStackedWidget", "KeyField", "QWidget", "QPushButton", "KeyCap"}
