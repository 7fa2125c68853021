"""What a window leaves behind when it goes: nothing that still listens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.state.observed import Observed
from desktop.window.bound import Bound
from desktop.window.kit import Sign
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT


def let_go(widget: QWidget) -> None:
    """As the app lets go of a window."""
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def test_many_changes_in_a_turn_of_the_loop_are_one_signal(qtbot: QtBot) -> None:
    state, told = Observed(), []
    bound = Bound(state)
    bound.changed.connect(lambda: told.append(1))
    with qtbot.waitSignal(bound.changed):
        for _ in range(5):
            state.changed()
    qtbot.wait(1)

    assert told == [1]


@pytest.mark.usefixtures("qapp")
def test_a_state_forgets_a_window_that_is_gone() -> None:
    state, window = Observed(), QWidget()
    bound = Bound(state, window)
    let_go(window)
    state.changed()

    assert state._subscribers == {}
    assert bound is not None


def test_an_icon_that_is_gone_hears_of_no_theme(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    sign = Sign(theme, "folder", parent=page)
    before = sign.pixmap().toImage()
    theme.use(DARK)
    assert sign.pixmap().toImage() != before
    let_go(page)
    with qtbot.captureExceptions() as raised:
        theme.use(LIGHT)

    assert raised == []
