"""Every screen in every state: words fit, controls have names, Tab gets everywhere, and there is one next step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.words import speak
from tests.desktop.screens.catalogue import SCREENS
from tests.desktop.screens.rules import accents, broken, clipped, outside, unnamed, unreached
from tests.desktop.screens.show import forget_theme, shown


@pytest.fixture(scope="module", autouse=True)
def _plain_again() -> Iterator[None]:
    yield
    forget_theme()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("spoken", ["en", "de"])
@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication, tmp_path: Path, name: str, spoken: str, look: str
) -> None:
    speak(spoken)
    with shown(qapp, name, look, tmp_path) as window:
        assert window.isVisible()
        assert broken(window) == []


def test_every_screen_has_an_empty_or_typical_state_and_one_that_strains_it() -> None:
    states: dict[str, set[str]] = {}
    for name in SCREENS:
        screen, _, state = name.partition("-")
        states.setdefault(screen, set()).add(state)
    assert {"palette", "search", "pictures", "folders", "devices", "models", "settings", "editor", "queue"} < set(
        states
    )
    for screen, found in states.items():
        assert found & {"empty", "typical", "folders"}, screen
        assert found & {"extreme", "error"}, screen


# the rules themselves: each sees what it is there for


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """An empty window."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    return made


def test_a_cut_word_is_seen(room: QWidget) -> None:
    button = QPushButton("Erase something from this picture", room)
    button.show()
    button.resize(button.sizeHint())
    assert clipped(room) == []
    button.resize(40, 30)
    assert len(clipped(room)) == 1


def test_a_label_that_wraps_needs_the_height_of_its_lines(room: QWidget) -> None:
    label = QLabel("one two three four five six seven eight nine ten", room)
    label.setWordWrap(True)
    label.show()
    label.setGeometry(0, 0, 80, label.heightForWidth(80))
    assert clipped(room) == []
    label.resize(80, 20)
    assert len(clipped(room)) == 1


def test_a_widget_outside_its_parent_is_seen(room: QWidget) -> None:
    label = QLabel("far", room)
    label.show()
    label.move(290, 0)
    assert len(outside(room)) == 1


def test_a_field_without_a_name_is_seen(room: QWidget) -> None:
    field = QLineEdit(room)
    field.show()
    assert len(unnamed(room)) == 1
    field.setAccessibleName("Search")
    assert unnamed(room) == []


def test_a_second_next_step_is_seen(room: QWidget) -> None:
    for place in range(2):
        button = QPushButton("Go", room)
        button.setProperty("accent", True)
        button.move(60 * place, 0)
        button.show()
    assert len(accents(room)) == 2


def test_a_control_that_tab_never_comes_to_is_seen(room: QWidget) -> None:
    text, field = QTextEdit(room), QLineEdit(room)
    layout = QHBoxLayout(room)
    for one in (text, field):
        layout.addWidget(one)
        one.show()
    assert [words.split()[0] for words in unreached(room)] == ["QLineEdit"]
    text.setTabChangesFocus(True)
    assert unreached(room) == []
