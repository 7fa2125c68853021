"""What the screens show: made-up photos, and files with the names that people give them."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPixmap

from tests.desktop.palette.fakes import hit

HOME = Path("/home/clara")
LONG = "Minutes of the meeting about the new heating of the house in the back courtyard, second draft with remarks"
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def scene(width: int, height: int, seed: int = 0) -> QImage:
    """A landscape: sky, sun, hills, and a thing in front that somebody wants gone."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    hue = (205 + 37 * seed) % 360
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor.fromHsv(hue, 110, 225))
    sky.setColorAt(0.7, QColor.fromHsv((hue + 150) % 360, 40, 250))
    painter.fillRect(0, 0, width, height, QBrush(sky))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 240, 200))
    painter.drawEllipse(QPointF(width * (0.2 + 0.07 * (seed % 8)), height * 0.3), height * 0.09, height * 0.09)
    for step in range(3):
        hill = QPainterPath(QPointF(0, height * (0.62 + 0.12 * step)))
        for part in range(5):
            left = width * part / 4
            swing = height * 0.1 * (1 if (part + step + seed) % 2 else -1)
            base = height * (0.62 + 0.12 * step)
            hill.quadTo(QPointF(left + width / 8, base + swing), QPointF(left + width / 4, base))
        hill.lineTo(width, height)
        hill.lineTo(0, height)
        painter.setBrush(QColor.fromHsv((hue + 270) % 360, 90, 170 - 40 * step))
        painter.drawPath(hill)
    painter.setBrush(QColor(190, 60, 50))
    painter.drawRoundedRect(QRectF(width * 0.56, height * 0.6, width * 0.1, height * 0.2), 6, 6)
    painter.end()
    return image


class Scenes(QObject):
    """Stands where `Pixmaps` would: a scene for every path, drawn once."""

    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[int, int, float], QPixmap] = {}

    def pixmap(self, path: Path, size: int, density: float = 1.0) -> QPixmap | None:
        """The scene of that path."""
        seed = zlib.crc32(path.name.encode()) % 24
        key = (seed, size, density)
        if key not in self._kept:
            upright = seed % 5 == 0
            long, short = round(size * density), round(size * density * 0.68)
            made = QPixmap.fromImage(scene(*((short, long) if upright else (long, short)), seed))
            made.setDevicePixelRatio(density)
            self._kept[key] = made
        return self._kept[key]

    def missing(self, _path: Path) -> bool:
        """None is."""
        return False


def photo(name: str, folder: str = "Pictures", **more: Any) -> dict[str, Any]:
    """A picture among the hits."""
    told = {"kind": "picture", "why": [["picture", "cat"]], "folder": [folder, "2026"], "size": 4_200_000}
    return hit(name, path=str(HOME / folder / "2026" / name), **(told | more))


CATS = (
    photo("IMG_2048 cat on blanket.jpg", marks=[[9, 12]]),
    hit(
        "Vet invoice cat.pdf",
        kind="document",
        marks=[[12, 15]],
        snippet="The yearly check-up for the cat was done on 12 July; the next vaccination is due in a year.",
        snippet_marks=[[28, 31]],
        folder=["Documents", "Bills", "2026"],
        why=[["words", "cat"], ["date", "July 2026"]],
    ),
    photo("balcony.jpg", date="2026-07-02T09:10:00+02:00"),
    hit("Letter to the landlord.odt", kind="document", snippet="… because of the cat, which is old …"),
    hit("Whiskers.mp3", kind="audio", size=3_400_000),
    hit("cat-flap measurements.xlsx", kind="spreadsheet", date="2025-01-20T10:00:00+01:00"),
    photo("sleeping.png", folder="Desktop"),
    hit("Old scan.pdf", kind="document", gone=True),
)
CHIPS = [
    {"part": "kind", "label": "picture", "start": 0, "end": 6, "kinds": ["picture"]},
    {"part": "date", "label": "x", "start": 18, "end": 29, "after": "2026-06-01", "before": "2026-09-01"},
]
EXTREME = tuple(
    hit(
        f"{LONG if number % 2 else WORD} {number}.pdf",
        kind="document",
        snippet=f"{LONG}. {LONG}.",
        folder=["Documents", *[f"A folder with a long name, part {part}" for part in range(1, 7)]],
        size=10**13 + number,
    )
    for number in range(200)
)
