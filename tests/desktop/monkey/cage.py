"""Where the monkey lives: a home with a few photos and papers, and an app whose doors to the outside are closed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.instance import Server
from desktop.window.app import App

ROOT = Path(__file__).resolve().parents[3]
PHOTOS = 12
PAPERS = 30
_WORDS = "lease river cat invoice summer harbour recipe bread dentist train garden letter winter school music photo"
WORDS = _WORDS.split()


@dataclass(frozen=True)
class Home:
    """The folder that is searched, its pictures, and one that is none."""

    folder: Path
    photos: tuple[Path, ...]
    papers: tuple[Path, ...]


def furnish(home: Path) -> Home:
    """Fill `home`, and have it read. In processes of their own: the window's process stays as small as a person's."""
    folder = home / "Documents"
    if not folder.is_dir():
        code = f"from tests.desktop.monkey.cage import fill; from pathlib import Path; fill(Path({str(folder)!r}))"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
        command = [sys.executable, "-m", "desktop", "index", "add", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    photos = tuple(sorted((folder / "photos").glob("p*.*")))
    return Home(folder, photos, tuple(sorted(folder.glob("*.txt"))))


def fill(folder: Path) -> None:
    """Small photos of shapes, texts of a few words, and two pictures that are none."""
    from PIL import Image, ImageDraw

    (folder / "photos").mkdir(parents=True)
    for number in range(PHOTOS):
        size = (160 + 37 * number, 120 + 29 * number)
        image = Image.linear_gradient("L").resize(size).convert("RGB")
        draw = ImageDraw.Draw(image)
        draw.ellipse((40, 30, 40 + 6 * number + 20, 80), fill=(200, 40 + 10 * number, 60))
        image.save(folder / "photos" / f"p{number:02}.{'png' if number % 3 else 'jpg'}")
    (folder / "photos" / "p-empty.jpg").write_bytes(b"")
    (folder / "photos" / "p-torn.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    for number in range(PAPERS):
        words = [WORDS[(number * 7 + step * (1 + number % 5)) % len(WORDS)] for step in range(120)]
        (folder / f"{words[0]}-{number:02}.txt").write_text(" ".join(words) + ".\n", "utf-8")


class CagedApp(App):
    """The real app; what would leave it, or end it, is only counted."""

    def __init__(self, *given: object) -> None:
        self.outside = 0
        super().__init__(*given)  # type: ignore[arg-type]

    def open_file(self, path: Path) -> None:
        """See `Doors`."""
        self.outside += 1

    open_with = show_in_folder = open_file

    def copy_files(self, paths: Sequence[Path]) -> None:
        """See `Doors`."""
        self.outside += 1

    def copy_text(self, text: str) -> None:
        """See `Doors`."""
        self.outside += 1

    def notify(self, title: str, words: str) -> None:
        """See `Doors`."""
        self.outside += 1

    def leave(self) -> None:
        """Stay."""
        self.outside += 1


def caged(server: Server) -> tuple[object, CagedApp]:
    """The QApplication and the app, with its dialogs answered by nobody and its drags let go at once."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QDrag
    from PySide6.QtWidgets import QFileDialog

    from desktop.window.start import make_application

    qt = make_application()
    QFileDialog.open = lambda dialog, *_: dialog.reject()  # type: ignore[method-assign]
    QFileDialog.getOpenFileName = staticmethod(lambda *_, **__: ("", ""))  # type: ignore[method-assign]
    QFileDialog.getOpenFileNames = staticmethod(lambda *_, **__: ([], ""))  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_, **__: "")  # type: ignore[method-assign]
    QDrag.exec = lambda *_: Qt.DropAction.IgnoreAction  # type: ignore[method-assign]
    return qt, CagedApp(qt, server)
