"""One theme for the app: larger targets, focus that is drawn where a key brought it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.kit import Segmented, Switch, button, label
from desktop.window.theme import Theme, shows_focus
from desktop.window.tokens import DARK, LIGHT


def test_targets_are_as_large_as_the_setting_says(theme: Theme, qtbot: QtBot) -> None:
    for touch, least in ((False, 32), (True, 44)):
        theme.use(LIGHT, touch=touch)
        made: list[QWidget] = [button("Save"), Switch(theme, "On"), Segmented(theme, [("a", "A"), ("b", "B")])]
        for one in made:
            qtbot.addWidget(one)
            theme.dress(one)
            one.ensurePolished()
            assert one.sizeHint().height() >= least


def test_focus_is_drawn_after_a_key_and_not_after_a_click(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    first, second = QPushButton("first"), QPushButton("second")
    layout.addWidget(first)
    layout.addWidget(second)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.hasFocus()
    assert not shows_focus(first)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert shows_focus(second)


def test_a_label_has_the_colour_of_its_token_in_each_scheme(theme: Theme, qtbot: QtBot) -> None:
    words = label(theme, "words", colour="text2", size=24, weight=600)
    qtbot.addWidget(words)
    theme.dress(words)
    words.show()
    for tokens in (LIGHT, DARK):
        theme.use(tokens)
        assert words.palette().color(words.foregroundRole()).name().upper() == tokens.text2
    assert words.font().pixelSize() == theme.font(24).pixelSize()
    assert words.font().weight() == 600
