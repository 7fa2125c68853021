"""How large a picture may be, and how a broken one is told from a bug."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from PIL import Image, UnidentifiedImageError

from engines.pictures.errors import BadPicture, PictureTooLarge, UnknownPicture
from homespun.errors import HomespunError, NoSpace
from homespun.files import size_text

MAX_PIXELS = 300_000_000
"""A 200-megapixel phone photo fits, with room; a bomb of 60,000 × 60,000 does not."""
MAX_BYTES = 2_500_000_000
"""Of pixels in memory: what MAX_PIXELS is for a picture of 8 bytes a pixel."""

_pillow_guard = RLock()

BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What decoders raise for a file that isn't what it says; a decoder has no other way of telling."""


def check_size(path: Path, width: int, height: int, bytes_per_pixel: int = 4) -> None:
    """Raise `PictureTooLarge` for more pixels than are opened, `BadPicture` for none."""
    if width <= 0 or height <= 0:
        raise BadPicture(
            f"{path} says that it is {width} × {height} pixels.", "The file is damaged: take another copy."
        )
    if width * height > MAX_PIXELS or width * height * bytes_per_pixel > MAX_BYTES:
        raise PictureTooLarge(
            f"{path} says that it is {width} × {height} pixels, which would take "
            f"{size_text(width * height * bytes_per_pixel)} of memory.",
            f"Homespun opens pictures of up to {MAX_PIXELS // 1_000_000} megapixels: make it smaller, or check where it comes from.",
        )


@contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Everything that a decoder raises inside becomes `BadPicture` with the path and the reason."""
    with _pillow_guard:
        limit, Image.MAX_IMAGE_PIXELS = (
            Image.MAX_IMAGE_PIXELS,
            None,
        )  # its limit is below 200 megapixels; check_size is ours
        try:
            yield
        except HomespunError:
            raise
        except UnidentifiedImageError as error:
            raise UnknownPicture(
                f"{path} can't be read as a picture.", "The file is damaged, or no picture."
            ) from error
        except MemoryError as error:
            raise NoSpace(
                f"There is not enough memory to open {path}.", "Close other programs and try again."
            ) from error
        except BROKEN as error:
            raise BadPicture(f"{path} is damaged: {_reason(error)}.", "Take another copy of the file.") from error
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _reason(error: BaseException) -> str:
    text = str(error).strip().rstrip(".")
    if "truncated" in text:  # Pillow's word, with a count of bytes that helps nobody
        return "it is cut off"
    return text.splitlines()[0][:200] if text else type(error).__name__
