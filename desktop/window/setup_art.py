"""The two pictures of Windows' installer: `python -m desktop.window.setup_art OUT` writes side.bmp and header.bmp.

The side is 164 × 314 pixels and stands on the first and the last page; the header, 150 × 57, on those between. No words are in
them, so that they are right in every language. No screen is needed; the bytes are the same every time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.window.art import EMBLEM

SIDE, HEADER = (164, 314), (150, 57)
_GROUND = '<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#138673"/><stop offset="1" stop-color="#063F36"/></linearGradient></defs>'
_SPIRAL = (
    '<path d="M30 14.5a19.5 19.5 0 1 0 19.5 19.5"/><path d="M30 24.250A9.750 9.750 0 1 0 37.990 39.590"/>'
    '<path d="M30 34c9-2.500 15.500-8.500 18.800-17.600"/>'
)
"""The thread of the app's icon (`emblem/app.svg`)."""


def side() -> QImage:
    """The thread, once large and faint and once as in the icon, on the icon's green."""
    drawing = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 164 314">{_GROUND}
<rect width="164" height="314" fill="url(#g)"/>
<g fill="none" stroke="#FFFFFF" stroke-opacity="0.09" stroke-width="2.6" stroke-linecap="round"
 transform="translate(-46 120) scale(5)">{_SPIRAL}</g>
<g transform="translate(38 44) scale(1.4)" fill="none" stroke="#FFFFFF" stroke-width="3.8" stroke-linecap="round"
 stroke-linejoin="round">{_SPIRAL}<circle cx="49.8" cy="14" r="4.4" fill="#F4BC52" stroke="none"/></g></svg>"""
    return _drawn(drawing.encode(), SIDE)


def header() -> QImage:
    """The app's icon at the right end, on the white of the installer's head."""
    image = _ground(HEADER)
    height = HEADER[1] - 13
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(HEADER[0] - height - 6, 6, height, height)
    QSvgRenderer(QByteArray((EMBLEM / "app.svg").read_bytes())).render(painter, place)
    painter.end()
    return image


def _drawn(drawing: bytes, size: tuple[int, int]) -> QImage:
    image = _ground(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, *size))
    painter.end()
    return image


def _ground(size: tuple[int, int]) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB888)  # 24 bits: all that the installer's pages understand
    image.fill(Qt.GlobalColor.white)
    return image


def main(words: Sequence[str]) -> int:
    """Write both into the folder that is named; 0, or 1 where it can't be written."""
    (folder,) = words
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    return 0 if side().save(str(out / "side.bmp")) and header().save(str(out / "header.bmp")) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
