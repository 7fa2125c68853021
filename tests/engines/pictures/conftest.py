"""Small real pictures of every format, and fillers that show where they were."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engines.pictures import Box
from homespun.progress import Progress

XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="Grandma\'s album"/></rdf:RDF></x:xmpmeta>'
    b'<?xpacket end="w"?>'
)


class Noise:
    """Fills the whole crop with noise from its seed, known pixels too: what is outside the hole must not come back."""

    name = "noise"

    def __init__(self, *channels: int, margin: int = 10) -> None:
        self.channels = frozenset(channels or (1, 2, 3, 4))
        self.margin = margin
        self.seeds: list[int] = []
        self.photos: list[NDArray[np.float32]] = []
        self.holes: list[NDArray[np.bool_]] = []

    def crop(self, box: Box, size: tuple[int, int]) -> Box:
        return box.grown(self.margin).within(*size)

    def fill(
        self, photo: NDArray[np.float32], hole: NDArray[np.bool_], *, seed: int, progress: Progress
    ) -> NDArray[np.float32]:
        assert photo.dtype == np.float32
        assert photo.flags.c_contiguous
        assert photo.shape[2] in self.channels
        assert photo[~hole].min(initial=0) >= 0
        assert photo[~hole].max(initial=0) <= 1
        self.seeds.append(seed)
        self.photos.append(photo.copy())
        self.holes.append(hole)
        for step in range(5):
            progress.report(step + 1, 5, "noise")
        return np.random.default_rng(seed).random(photo.shape, dtype=np.float32)


@pytest.fixture(scope="session")
def scene() -> NDArray[np.uint8]:
    """uint8 (37, 53, 3): a gradient with a little texture, odd in both sides."""
    y, x = np.mgrid[0:37, 0:53]
    waves = np.stack([4 * x, 6 * y, 120 + 60 * np.sin(x / 5) * np.cos(y / 4)], axis=2)
    return (waves + np.random.default_rng(5).integers(0, 12, waves.shape)).clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def profile() -> bytes:
    """A real colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(path: Path, pixels: NDArray[Any], form: str, **how: Any) -> Path:
    """Write a picture with Pillow."""
    Image.fromarray(pixels).save(path, form, **how)
    return path


def exif_block(scene: NDArray[np.uint8], *, orientation: int = 6) -> bytes:
    """An EXIF block, after its name, as a camera writes it: maker, orientation, size in the inner directory, a maker note, a thumbnail."""
    exif = Image.Exif()
    exif[0x010F] = "Homespun Camera"
    exif[0x0112] = orientation
    inner = exif.get_ifd(0x8769)
    inner[0xA002], inner[0xA003] = scene.shape[1], scene.shape[0]
    inner[0x927C] = bytes(range(64))
    thumbnail = io.BytesIO()
    Image.new("RGB", (160, 112), (200, 30, 30)).save(thumbnail, "JPEG", quality=95)
    block = bytearray(exif.tobytes().removeprefix(b"Exif\0\0"))
    return b"Exif\0\0" + bytes(_with_thumbnail(block, thumbnail.getvalue()))


def _with_thumbnail(block: bytearray, jpeg: bytes) -> bytearray:
    """Append a second directory that leads to the thumbnail (Pillow writes none)."""
    order: Literal["little", "big"] = "little" if block[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(block[at : at + size], order)

    first = number(4, 4)
    link = first + 2 + 12 * number(first, 2)
    place = len(block)
    block[link : link + 4] = place.to_bytes(4, order)
    entries = ((0x0103, 3, 6), (0x0201, 4, place + 2 + 3 * 12 + 4), (0x0202, 4, len(jpeg)))
    block += (3).to_bytes(2, order)
    for tag, kind, value in entries:
        width = 2 if kind == 3 else 4
        block += tag.to_bytes(2, order) + kind.to_bytes(2, order) + (1).to_bytes(4, order)
        block += (value.to_bytes(width, order)).ljust(4, b"\0")
    return block + bytes(4) + jpeg
