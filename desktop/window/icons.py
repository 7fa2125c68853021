"""Icons of our own drawing: SVG on a grid of 24, lines of 1.6, tinted with a token's colour."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent / "icons"


class Icons:
    """Drawn once for each name, colour, size and density."""

    def __init__(self) -> None:
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int = 20, density: float | None = None) -> QPixmap:
        """The icon `size` logical pixels large in `colour` ("#RRGGBB"). Raises `FileNotFoundError`."""
        ratio = density if density is not None else _density()
        key = (name, colour, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._drawn(name, colour, size, ratio)
        return found

    def icon(self, name: str, colour: str, size: int = 20) -> QIcon:
        """The same as a QIcon, sharp at one and two times the density."""
        icon = QIcon()
        for ratio in {1.0, 2.0, _density()}:
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
        return icon

    def _drawn(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        source = self._sources.get(name)
        if source is None:
            source = self._sources[name] = (FOLDER / f"{name}.svg").read_bytes()
        renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
        pixels = round(size * ratio)
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def clear_pixmap(width: float, height: float, density: float) -> QPixmap:
    """So many logical pixels with nothing on them yet."""
    pixmap = QPixmap(round(width * density), round(height * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _density() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0
