"""The cache file: int8 rows sorted by content, mapped into memory. Disposable: what does not fit is made anew."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from homespun.errors import HomespunError
from homespun.files import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_MAGIC = b"HSVEC\x00\x00\x02"
_HEADER = np.dtype([
    ("magic", "S8"), ("model", "S32"), ("quantizer", "S32"), ("rows", "<i8"), ("width", "<i8"), ("newest", "<i8"),
    ("gone", "<i8"), ("digest", "S32"),
])  # fmt: skip


@dataclass(frozen=True)
class Base:
    """Rows sorted by content: passages and contents int64 [n], int8 [n, d]; what of the source they cover."""

    passages: NDArray[np.int64]
    contents: NDArray[np.int64]
    rows: NDArray[np.int8]
    newest: int
    gone: int


def empty(width: int) -> Base:
    """No rows at all."""
    return Base(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, width), np.int8), 0, 0)


def write(path: Path, base: Base, model: str, quantizer: bytes) -> bool:
    """Write the cache so that a crash leaves the old one; False when it can't be written (it is only a cache).

    The order is: header, contents, passages, rows.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as stream:
            stream.write(_header(base, model, quantizer).tobytes())
            stream.write(np.ascontiguousarray(base.contents, "<i8").tobytes())
            stream.write(np.ascontiguousarray(base.passages, "<i8").tobytes())
            for start in range(0, len(base.rows), 65_536):
                stream.write(np.ascontiguousarray(base.rows[start : start + 65_536]).tobytes())
    except (OSError, HomespunError):
        return False
    return True


def read(path: Path, model: str, quantizer: bytes, newest: int, gone: int) -> Base | None:
    """Map the cache; None when it is not there, not whole, of another model, or ahead of the source."""
    with suppress(OSError, ValueError):
        size = os.stat(path).st_size
        if size < _HEADER.itemsize:
            return None
        header = np.fromfile(path, _HEADER, 1)[0]
        count, width = int(header["rows"]), int(header["width"])
        if count <= 0 or not 0 < width < 1 << 16 or size != _HEADER.itemsize + count * (16 + width):
            return None
        start = _HEADER.itemsize
        base = Base(
            np.memmap(path, np.int64, "r", start + 8 * count, (count,)),
            np.memmap(path, np.int64, "r", start, (count,)),
            np.memmap(path, np.int8, "r", start + 16 * count, (count, width)),
            int(header["newest"]),
            int(header["gone"]),
        )
        sound = header.tobytes() == _header(base, model, quantizer).tobytes()
        return base if sound and base.newest <= newest and base.gone <= gone else None
    return None


def _header(base: Base, model: str, quantizer: bytes) -> NDArray[np.void]:
    """The header that belongs to these rows; its digest covers the ids and a sample of the rows."""
    digest = hashlib.blake2b(digest_size=32)
    digest.update(np.ascontiguousarray(base.contents, "<i8").data)
    digest.update(np.ascontiguousarray(base.passages, "<i8").data)
    digest.update(np.ascontiguousarray(base.rows[:: max(1, len(base.rows) // 200)]).tobytes())
    header = np.zeros((), _HEADER)
    header["magic"] = _MAGIC
    header["model"] = hashlib.blake2b(model.encode(), digest_size=31).digest() + b"."  # no NUL at the end
    header["quantizer"] = hashlib.blake2b(quantizer, digest_size=31).digest() + b"."
    header["rows"], header["width"] = base.rows.shape
    header["newest"], header["gone"] = base.newest, base.gone
    digest.update(header.tobytes())
    header["digest"] = digest.digest()[:31] + b"."
    return header
