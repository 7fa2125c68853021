"""Thumbnails as pixmaps."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.state.observed import Observed
from desktop.state.thumbnails import Thumbnail
from desktop.window import thumbnails as module
from desktop.window.thumbnails import Pixmaps, paint_cover, paint_whole
from desktop.workers import Sheet


class KnownThumbnails(Observed):
    """Every file has a picture of this size: red on the left, blue on the right."""

    def __init__(self, width: int = 128, height: int = 64) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.here = True
        self._size = width, height
        self._made: dict[tuple[Path, int], Thumbnail] = {}

    def get(self, path: Path, size: int) -> Thumbnail | None:
        self.asked.append(size)
        if not self.here:
            return None
        if (path, size) not in self._made:
            width, height = self._size
            row = b"\x00\x00\xff\xff" * (width // 2) + b"\xff\x00\x00\xff" * (width // 2)
            memory = mmap.mmap(-1, 4 * width * height)
            memory[:] = row * height
            self._made[path, size] = Thumbnail(path, Sheet(Path("/none"), memory), width, height, 4 * width)
        return self._made[path, size]

    def missing(self, _path: Path) -> bool:
        return not self.here


@pytest.fixture
def known(qapp: QApplication) -> KnownThumbnails:
    return KnownThumbnails()


@pytest.fixture
def pixmaps(known: KnownThumbnails) -> Pixmaps:
    return Pixmaps(known)  # type: ignore[arg-type]


def colour(pixmap: QPixmap, x: int, y: int) -> str:
    return pixmap.toImage().pixelColor(x, y).name()


def test_a_pixmap_has_the_colours_and_the_density(pixmaps: Pixmaps) -> None:
    pixmap = pixmaps.pixmap(Path("/a"), 40, 2.0)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (128, 64, 2.0)
    assert (colour(pixmap, 5, 5), colour(pixmap, 120, 5)) == ("#ff0000", "#0000ff")


@pytest.mark.parametrize(
    ("size", "density", "asked"), [(40, 1.0, 128), (40, 3.5, 256), (200, 1.5, 512), (900, 2.0, 1024)]
)
def test_few_sizes_are_asked_for(
    pixmaps: Pixmaps, known: KnownThumbnails, size: int, density: float, asked: int
) -> None:
    pixmaps.pixmap(Path("/a"), size, density)
    assert known.asked == [asked]


def test_a_pixmap_is_made_once_and_memory_is_bounded(pixmaps: Pixmaps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 3 * 128 * 64 * 4)
    assert pixmaps.pixmap(Path("/a"), 40) is pixmaps.pixmap(Path("/a"), 40)
    for number in range(10):
        pixmaps.pixmap(Path(f"/{number}"), 40)
    assert len(pixmaps._kept) == 3


def test_what_is_not_there_yet_is_told_when_it_is(pixmaps: Pixmaps, known: KnownThumbnails, qtbot: QtBot) -> None:
    known.here = False
    assert pixmaps.pixmap(Path("/a"), 40) is None
    assert pixmaps.missing(Path("/a"))
    known.here = True
    with qtbot.waitSignal(pixmaps.arrived, timeout=1000):
        known.changed()
    assert pixmaps.pixmap(Path("/a"), 40) is not None


def canvas() -> QPixmap:
    made = QPixmap(100, 100)
    made.fill(Qt.GlobalColor.white)
    return made


def test_cover_fills_the_square_with_the_middle_and_rounds_its_corners(pixmaps: Pixmaps) -> None:
    picture, ground = pixmaps.pixmap(Path("/a"), 40), canvas()
    assert picture is not None
    painter = QPainter(ground)
    paint_cover(painter, QRectF(20, 20, 60, 60), picture, 10)
    painter.end()
    assert colour(ground, 20, 20) == "#ffffff"
    assert (colour(ground, 25, 50), colour(ground, 75, 50)) == ("#ff0000", "#0000ff")
    assert (colour(ground, 50, 10), colour(ground, 50, 90)) == ("#ffffff", "#ffffff")


def test_whole_shows_all_of_it_and_never_larger_than_it_is(pixmaps: Pixmaps) -> None:
    picture, ground = pixmaps.pixmap(Path("/a"), 40), canvas()
    assert picture is not None
    painter = QPainter(ground)
    assert paint_whole(painter, QRectF(0, 0, 64, 64), picture, 0) == QRectF(0, 16, 64, 32)
    assert paint_whole(painter, QRectF(0, 0, 1000, 1000), picture, 0).width() == 128
    painter.end()
