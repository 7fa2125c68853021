"""A page in the preview: whole, sharp, scaled once."""

from __future__ import annotations

import mmap
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from desktop.state.previews import Page, Passage, Preview
from desktop.window.palette.preview import STAGE, Passages, Stage
from desktop.window.theme import Theme
from desktop.window.tokens import DARK, LIGHT
from desktop.workers import Sheet


class NoPictures(QObject):
    """None at all."""

    arrived = Signal()

    def pixmap(self, _path: Path, _size: int, _density: float = 1.0) -> QPixmap | None:
        return None


def page(width: int, height: int) -> Page:
    """A page with a black edge and red inside."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    for x in range(4, width - 4):
        for y in range(4, height - 4):
            image.setPixelColor(x, y, QColor("red"))
    memory = mmap.mmap(-1, image.sizeInBytes())
    memory[:] = bytes(image.constBits())
    return Page(Sheet(Path("none"), memory), width, height, image.bytesPerLine())


def test_a_page_is_shown_whole_in_the_middle_and_outlives_its_memory(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme, NoPictures())
    qtbot.addWidget(stage)
    stage.resize(STAGE)
    shown = page(70, 100)
    stage.show_preview(Preview("page", path=Path("/x.pdf"), page=shown))
    shown.sheet.memory.close()
    image = stage.grab().toImage()
    middle = image.height() // 2
    red = [
        x for x in range(image.width()) if image.pixelColor(x, middle).red() > 200 > image.pixelColor(x, middle).green()
    ]
    assert abs((red[0] + red[-1]) - image.width()) <= 3
    assert abs(len(red) - 0.7 * (STAGE.height() - 24) * 62 / 70) <= 3
    kept = stage._scaled
    stage.grab()
    assert stage._scaled is kept


def test_a_pdf_without_a_page_yet_shows_its_icon(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme, NoPictures())
    qtbot.addWidget(stage)
    stage.resize(STAGE)
    stage.show_preview(Preview("page", path=Path("/x.pdf"), icon="pdf"))
    image = stage.grab().toImage()
    colours = {image.pixelColor(x, 98).name() for x in range(100, 168)}
    assert len(colours) > 2


def test_marks_of_passages_follow_the_theme(theme: Theme, qtbot: QtBot) -> None:
    passages = Passages(theme)
    qtbot.addWidget(passages)
    passages.show_passages((Passage("the cat sat", ((4, 7),)), Passage("on the mat")))
    assert passages.toPlainText() == "the cat sat\n…\non the mat"
    cursor = passages.textCursor()
    cursor.setPosition(6)
    assert cursor.charFormat().foreground().color() == QColor(LIGHT.accent)
    theme.use(DARK)
    cursor = passages.textCursor()
    cursor.setPosition(6)
    assert cursor.charFormat().foreground().color() == QColor(DARK.accent)
