"""`python -m tests.desktop.screens [NAME…]`: every screen as a picture, and all on sheets, in tests/out/screens.

Each language and density is a process of its own, because Qt reads its scale once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

OUT = Path(__file__).resolve().parents[2] / "out" / "screens"
WIDTH = 360
"""Of a picture on a sheet."""

COLUMNS = 5


def main(argv: list[str]) -> int:
    """Render; 1 when a rule is broken somewhere."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.screens", description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of screens' names (default: all)")
    parser.add_argument("--languages", default="en,de,xx")
    parser.add_argument("--scales", default="1,1.5")
    parser.add_argument("--looks", default="light,dark")
    parser.add_argument("--here", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.here:
        spoken, scale = given.here.split()
        return render(given.names, spoken, scale, given.looks.split(","))
    OUT.mkdir(parents=True, exist_ok=True)
    code = 0
    for scale in given.scales.split(","):
        for spoken in given.languages.split(","):
            command = [sys.executable, "-m", "tests.desktop.screens", "--here", f"{spoken} {scale}"]
            command += ["--looks", given.looks, *given.names]
            environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
            code |= subprocess.run(command, check=False, env=environment).returncode
    return code


def render(names: list[str], spoken: str, scale: str, looks: list[str]) -> int:
    """The pictures of one language and density."""
    from PySide6.QtWidgets import QApplication

    from desktop.words import speak
    from tests.desktop.screens.catalogue import SCREENS
    from tests.desktop.screens.rules import broken
    from tests.desktop.screens.show import shown

    qt = QApplication([])
    speak(spoken)
    code = 0
    for look in looks:
        made: list[tuple[str, QPixmap]] = []
        for name in SCREENS:
            if names and not name.startswith(tuple(names)):
                continue
            with tempfile.TemporaryDirectory() as folder, shown(qt, name, look, Path(folder)) as window:
                picture = window.grab()
                faults = broken(window)
            picture.save(str(OUT / f"{name}-{spoken}-{look}-{scale}.png"))
            made.append((name, picture))
            for fault in faults:
                code = 1
                print(f"{name} {spoken} {look} {scale}: {fault}", flush=True)
        sheet(made).save(str(OUT / f"sheet-{spoken}-{look}-{scale}.png"))
    return code


def sheet(pictures: list[tuple[str, QPixmap]]) -> QPixmap:
    """All of them small on one picture, with their names."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QColor, QPainter, QPixmap

    cells = []
    for name, picture in pictures:
        small = picture.copy()
        small.setDevicePixelRatio(1)
        small = small.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        cells.append((name, small.copy(0, 0, WIDTH, min(small.height(), WIDTH))))
    rows = [cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)]
    heights = [max(small.height() for _, small in row) + 28 for row in rows]
    whole = QPixmap(COLUMNS * (WIDTH + 12) + 12, sum(heights) + 12)
    whole.fill(QColor("#888"))
    painter = QPainter(whole)
    top = 6
    for row, height in zip(rows, heights, strict=True):
        for place, (name, small) in enumerate(row):
            left = 12 + place * (WIDTH + 12)
            painter.drawText(QRect(left, top, WIDTH, 18), Qt.AlignmentFlag.AlignLeft, name)
            painter.drawPixmap(left, top + 20, small)
        top += height
    painter.end()
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
