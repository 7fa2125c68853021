"""The app's icon and the verbs' icons as files, for packages and menus: `python -m desktop.window.art OUT`.

Writes below OUT, the same bytes every time:

    homespun.svg  homespun.ico  homespun-16.png … homespun-512.png
    verbs/homespun-<icon>.svg  verbs/homespun-<icon>.ico  verbs/homespun-<icon>-16.png … -48.png

with <icon> as in `installer.verbs`. No screen is needed.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.window.icons import FOLDER
from homespun.files import atomic_write
from installer.verbs import VERBS

EMBLEM = Path(__file__).parent / "emblem"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
"""Pixels: what hicolor knows, and 96 for Windows at 200 %."""
SMALL = 24
"""Up to this size the simpler drawing is taken: two windings and a fine gradient are a smudge there."""
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
VERB_SIZES = (16, 24, 32, 48)
VERB_COLOUR = "#159882"
"""The accent, between its light and its dark tone: a menu's ground may be either (contrast 3.6 on white, 4.5 on #202020)."""
PNG_FROM = 64
"""Pixels. Smaller pictures in an .ico are bitmaps, which every reader knows."""


def rendered(source: bytes, size: int) -> QImage:
    """The drawing, `size` pixels wide and high, on a clear ground. Raises `ValueError` for what is no SVG."""
    renderer = QSvgRenderer(QByteArray(source))
    if not renderer.isValid():
        raise ValueError("This is no SVG drawing.")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def app_icon(size: int) -> QImage:
    """The app's icon in the drawing that is right for `size` pixels."""
    return rendered((EMBLEM / ("app-small.svg" if size <= SMALL else "app.svg")).read_bytes(), size)


def emblem() -> QIcon:
    """The app's icon for windows and task bars, in the sizes that they ask for."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        icon.addPixmap(QPixmap.fromImage(app_icon(size)))
    return icon


def verb_drawing(icon: str) -> bytes:
    """The icon of a verb as SVG, in a colour for menus. Raises `FileNotFoundError`."""
    return (FOLDER / f"{icon}.svg").read_bytes().replace(b"currentColor", VERB_COLOUR.encode())


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload] # the stubs want bytes, Qt a str
        raise OSError("Qt could not write a PNG picture.")
    return bytes(stored.data())


def ico(images: Sequence[QImage]) -> bytes:
    """The pictures, each at most 256 pixels, as one Windows icon."""
    bodies = [png(image) if image.width() >= PNG_FROM else bitmap(image) for image in images]
    head = struct.pack("<HHH", 0, 1, len(bodies))
    at = len(head) + 16 * len(bodies)
    for image, body in zip(images, bodies, strict=True):
        side = image.width() % 256  # 0 stands for 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(body), at)
        at += len(body)
    return head + b"".join(bodies)


def bitmap(image: QImage) -> bytes:
    """The picture as an icon's bitmap: 32 bits, bottom row first, then a mask of one bit where it is clear."""
    side = image.width()
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    data = bytes(plain.constBits())  # rows of 32-bit pixels have no padding
    rows = [data[y * side * 4 : (y + 1) * side * 4] for y in reversed(range(side))]
    mask_row = (side + 31) // 32 * 4
    mask = b""
    for row in rows:
        bits = 0
        for x in range(side):
            bits = bits << 1 | (row[x * 4 + 3] == 0)
        mask += (bits << (mask_row * 8 - side)).to_bytes(mask_row, "big")
    pixels = b"".join(rows)
    return (
        struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0) + pixels + mask
    )


def write(out: Path) -> list[Path]:
    """Write every file below `out`; their paths. Raises `OSError`."""
    (out / "verbs").mkdir(parents=True, exist_ok=True)
    files: dict[Path, bytes] = {
        out / "homespun.svg": (EMBLEM / "app.svg").read_bytes(),
        out / "homespun.ico": ico([app_icon(size) for size in ICO_SIZES]),
        **{out / f"homespun-{size}.png": png(app_icon(size)) for size in SIZES},
    }
    for icon in sorted({verb.icon for verb in VERBS}):
        drawing = verb_drawing(icon)
        base = out / "verbs" / f"homespun-{icon}"
        images = [rendered(drawing, size) for size in VERB_SIZES]
        files[base.with_suffix(".svg")] = drawing
        files[base.with_suffix(".ico")] = ico(images)
        files.update({base.with_name(f"{base.name}-{one.width()}.png"): png(one) for one in images})
    for path, data in files.items():
        with atomic_write(path) as stream:
            stream.write(data)
    return sorted(files)


def main(words: Sequence[str]) -> int:
    """`OUT`: the folder to fill; the exit code."""
    if len(words) != 1:
        sys.stderr.write("usage: python -m desktop.window.art OUT\n")
        return 2
    write(Path(words[0]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
