"""The photo of the third step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.state.welcome_parts import Sheets
from desktop.window.theme import Theme
from desktop.window.welcome_parts import Photo
from desktop.workers import make_sheet
from tests.desktop.welcome.test_welcome_state import Run


def told(path: Path) -> dict[str, object]:
    return {"path": str(path), "width": 10, "height": 10, "stride": 40}


@pytest.mark.usefixtures("qapp")
def test_a_second_window_does_without_the_sheets_that_the_first_has_read(theme: Theme, qtbot: QtBot) -> None:
    sheet = make_sheet(400)
    shown = replace(Run().shown, sheets=Sheets(before=told(sheet.path)))
    first, second = Photo(theme), Photo(theme)
    for photo in (first, second):
        qtbot.addWidget(photo)
        photo.show_sheets(shown)

    assert "before" in first._pixmaps
    assert second._pixmaps == {}
    second.repaint()
