from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.main import MainWindow, Page
from desktop.window.main.rail import NARROW, WIDE
from desktop.window.theme import Theme
from desktop.window.tokens import DARK
from tests.desktop.main.fakes import KnownDoors

NAMES = ("search", "pictures", "folders", "devices", "models", "settings")
ICONS = ("search", "picture", "folder", "chip", "cube", "settings")


class Told(QLabel):
    """A page that notes what it is told."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.told: list[str] = []

    def shown(self) -> None:
        self.told.append("shown")

    def hidden(self) -> None:
        self.told.append("hidden")


def pages() -> list[Page]:
    return [Page(name, icon, f"main.{name}", Told(name)) for name, icon in zip(NAMES, ICONS, strict=True)]


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> MainWindow:
    made = MainWindow(theme, pages(), KnownDoors())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_click_in_the_rail_shows_its_page(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page == "search"
    for button, name in zip(window.rail.buttons, NAMES, strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.page == name


def test_control_and_a_number_shows_a_page_and_gives_it_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for number, name in enumerate(NAMES, start=1):
        qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
        assert window.page == name
        focused = QApplication.focusWidget()
        assert isinstance(focused, Told)
        assert focused.text() == name


def test_arrows_move_in_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    window.rail.buttons[0].setFocus()
    qtbot.keyClick(window.rail.buttons[0], Qt.Key.Key_Down)
    assert window.page == "pictures"
    assert window.rail.buttons[1].hasFocus()


def test_a_narrow_window_keeps_the_icons_and_says_the_words_as_tips(window: MainWindow, qtbot: QtBot) -> None:
    assert window.rail.width() == WIDE
    window.resize(899, 700)
    qtbot.waitUntil(lambda: window.rail.width() == NARROW)
    assert [one.toolTip() for one in window.rail.buttons][:2] == ["Search (Ctrl+1)", "Pictures (Ctrl+2)"]
    window.resize(900, 700)
    qtbot.waitUntil(lambda: window.rail.width() == WIDE)


def test_only_the_page_that_is_seen_is_told_so(theme: Theme, qtbot: QtBot) -> None:
    made = pages()
    window = MainWindow(theme, made, KnownDoors())
    qtbot.addWidget(window)
    told = [one.widget.told for one in made if isinstance(one.widget, Told)]
    window.show_page("pictures")
    assert told[1] == []  # nobody sees the window yet
    window.show()
    assert told[1] == ["shown"]
    window.show_page("folders")
    assert (told[1], told[2]) == (["shown", "hidden"], ["shown"])
    window.hide()
    assert told[2] == ["shown", "hidden"]
    assert told[0] == []


@pytest.mark.parametrize("closes", [True, False])
def test_the_app_decides_whether_closing_ends_or_hides(theme: Theme, qtbot: QtBot, closes: bool) -> None:
    asked: list[bool] = []

    def on_close() -> bool:
        asked.append(closes)
        return closes

    window = MainWindow(theme, pages(), KnownDoors(), on_close=on_close)
    qtbot.addWidget(window)
    window.show()
    assert window.close() is closes
    assert asked == [closes]
    assert not window.isVisible()


def test_what_belongs_to_no_page_is_said_above_it_and_can_be_closed(window: MainWindow, qtbot: QtBot) -> None:
    window.say("Something went wrong here. Homespun noted it.", "Traceback …")
    assert window._bar.isVisible()
    [copy, close] = window._bar._buttons
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert window._doors.asked == [("copy_text", "Traceback …")]  # type: ignore[attr-defined]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window._bar.isVisible()


def test_every_place_can_be_read_aloud(window: MainWindow) -> None:
    assert [one.accessibleName() for one in window.rail.buttons] == [
        "Search",
        "Pictures",
        "Folders",
        "Devices",
        "Models",
        "Settings",
    ]


def test_a_change_of_the_theme_repaints_the_rail(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    light = window.rail.grab().toImage().pixelColor(5, 300)
    theme.use(DARK)
    qtbot.waitUntil(lambda: window.rail.grab().toImage().pixelColor(5, 300) != light)


def test_an_unknown_page_is_a_mistake_of_ours(window: MainWindow) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        window.show_page("nowhere")


def test_a_page_may_be_any_widget(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(theme, [Page("search", "search", "main.search", QWidget()), *pages()[1:]], KnownDoors())
    qtbot.addWidget(window)
    window.show()
    window.show_page("settings")
    assert window.page == "settings"
