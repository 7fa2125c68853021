"""What comes in by drag and drop or from the clipboard: files, pixels, or an address that we can't take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from desktop.window.urls import files_in


@dataclass(frozen=True)
class Brought:
    """One of the three is there, or nothing that we know."""

    files: tuple[Path, ...] = ()
    pixels: bytes = field(default=b"", repr=False)
    """A PNG file's bytes."""
    address: str = ""
    """A web address without a picture."""

    @property
    def nothing(self) -> bool:
        """Whether there is none of them."""
        return not (self.files or self.pixels or self.address)


def brings(data: QMimeData) -> bool:
    """Whether it may be dropped here; looks at the kinds alone, because that is asked at every movement."""
    return data.hasUrls() or data.hasImage()


def brought(data: QMimeData | None) -> Brought:
    """What it is. Files go first; a picture from a browser comes with its address, and then its pixels count.

    A clipboard that can't be read (on Wayland without the focus) gives None.
    """
    if data is None:
        return Brought()
    urls = data.urls()
    files = tuple(files_in(data))
    if files:
        return Brought(files=files)
    if data.hasFormat("image/png"):
        return Brought(pixels=bytes(data.data("image/png").data()))
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Brought(pixels=png(image))
    address = next((url.toString() for url in urls), "")
    return Brought(address=address)


def png(image: QImage) -> bytes:
    """The image as a PNG file, not compressed: it only goes to the process next door."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]
    return bytes(held.data())
