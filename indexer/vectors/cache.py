"""The cache file: rows sorted by content, mapped into memory, and their codes. Disposable: what does not fit is made anew.

A mapped file can't be replaced on Windows, not even by the process that mapped it. Where the name is taken in this way,
the file goes under the next of a few names beside it; the newest counts, and the others go when they can.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np

from homespun.errors import HomespunError, NoPermission
from homespun.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from numpy.typing import NDArray

_MAGIC = b"HSVEC\x00\x00\x03"
_HEADER = np.dtype([
    ("magic", "S8"), ("model", "S32"), ("quantizer", "S32"), ("rows", "<i8"), ("width", "<i8"), ("newest", "<i8"),
    ("gone", "<i8"), ("digest", "S32"),
])  # fmt: skip
_NAMES = 4
_SAMPLE = 200
_FREE_FIRST = os.name == "nt"  # the name in use is mapped by ourselves: don't write it all only to be refused


@dataclass(frozen=True)
class Cover:
    """Whose rows a cache holds, and what of their source: up to which sequence number and which number of the gone."""

    model: str
    quantizer: bytes
    newest: int
    gone: int


@dataclass(frozen=True)
class Base:
    """Rows sorted by content: passages and contents int64 [n], rows int8 [n, d] (mapped), codes uint64 [d / 64, n]."""

    passages: NDArray[np.int64]
    contents: NDArray[np.int64]
    rows: NDArray[np.int8]
    codes: NDArray[np.uint64]
    cover: Cover


class Stamp(NamedTuple):
    """Tells one cache file from another. `inode` stays the same only when the file was wiped where it is."""

    inode: int
    written_ns: int
    size: int


def names(path: Path) -> list[Path]:
    """The names that the cache may have: `path` itself, and those for when that one can't be replaced."""
    return [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, _NAMES))]


def newest(path: Path) -> tuple[Path, Stamp] | None:
    """The cache file written last, None if there is none."""
    found = []
    for name in names(path):
        with suppress(OSError):
            status = os.stat(name)
            found.append((Stamp(status.st_ino, status.st_mtime_ns, status.st_size), name))
    if not found:
        return None
    stamp, name = max(found, key=lambda one: one[0].written_ns)
    return name, stamp


def remove(path: Path) -> None:
    """Take the cache away under all its names. What can't be unlinked because it is mapped is overwritten with zeros."""
    for name in names(path):
        try:
            name.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                _wipe(name)


def tidy(path: Path) -> None:
    """Take away what a rewriting had to leave under its other names because it was mapped; what still is stays."""
    found = newest(path)
    for name in names(path):
        if found is not None and name != found[0]:
            with suppress(OSError):
                name.unlink(missing_ok=True)


def _wipe(path: Path) -> None:
    left = os.stat(path).st_size
    with path.open("r+b") as stream:
        while left > 0:
            left -= stream.write(bytes(min(left, 1 << 20)))
        stream.flush()
        os.fsync(stream.fileno())


def write(
    path: Path,
    passages: NDArray[np.int64],
    contents: NDArray[np.int64],
    chunks: Callable[[], Iterable[tuple[NDArray[np.int8], NDArray[np.uint64]]]],
    width: int,
    cover: Cover,
) -> bool:
    """Write the cache so that a crash leaves the old one; False when it can't be written (it is only a cache).

    `chunks` gives the rows in the order of the ids, some at a time, with their codes.
    """
    everywhere = names(path)
    if _FREE_FIRST:
        everywhere.sort(key=lambda name: name.exists())
    for name in everywhere:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(name) as stream:
                _fill(stream, passages, contents, chunks(), width, cover)
        except NoPermission:
            continue  # somebody has it mapped
        except (OSError, HomespunError):
            return False
        for other in everywhere:
            if other != name:
                with suppress(OSError):
                    other.unlink(missing_ok=True)
        return True
    return False


def _fill(
    stream: BinaryIO,
    passages: NDArray[np.int64],
    contents: NDArray[np.int64],
    chunks: Iterable[tuple[NDArray[np.int8], NDArray[np.uint64]]],
    width: int,
    cover: Cover,
) -> None:
    """Header, contents, passages, rows, codes; the header last, since it vouches for the rest."""
    stream.write(bytes(_HEADER.itemsize))
    stream.write(np.ascontiguousarray(contents, "<i8").data)
    stream.write(np.ascontiguousarray(passages, "<i8").data)
    codes = np.empty((width // 64, len(passages)), "<u8")
    every, start, samples = _step(len(passages)), 0, []
    for rows, some in chunks:
        stream.write(rows.data)
        samples.append(rows[-start % every :: every].copy())
        codes[:, start : start + len(rows)] = some
        start += len(rows)
    stream.write(codes.data)
    stream.seek(0)
    stream.write(_header(contents, passages, np.concatenate(samples), codes, cover).tobytes())


def read(path: Path, cover: Cover) -> Base | None:
    """Map the newest cache; None when it is not there, not whole, of another model, or ahead of `cover`."""
    found = newest(path)
    if found is None:
        return None
    with suppress(OSError, ValueError), found[0].open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size < _HEADER.itemsize:
            return None
        header = np.fromfile(stream, _HEADER, 1)[0]
        count, width = int(header["rows"]), int(header["width"])
        if count <= 0 or not 0 < width < 1 << 16 or width % 64 or size != _size(count, width):
            return None
        start = _HEADER.itemsize
        held = Cover(cover.model, cover.quantizer, int(header["newest"]), int(header["gone"]))
        contents = np.memmap(stream, np.int64, "r", start, (count,))
        passages = np.memmap(stream, np.int64, "r", start + 8 * count, (count,))
        rows = np.memmap(stream, np.int8, "r", start + 16 * count, (count, width))
        stream.seek(start + 16 * count + count * width)
        codes = np.fromfile(stream, np.uint64, count * width // 64).reshape(width // 64, count)
        sound = header.tobytes() == _header(contents, passages, rows[:: _step(count)], codes, held).tobytes()
        if sound and held.newest <= cover.newest and held.gone <= cover.gone:
            return Base(passages, contents, rows, codes, held)
    return None


def _size(count: int, width: int) -> int:
    return int(_HEADER.itemsize) + count * (16 + width + width // 8)


def _step(count: int) -> int:
    return max(1, count // _SAMPLE)


def _header(
    contents: NDArray[np.int64],
    passages: NDArray[np.int64],
    sample: NDArray[np.int8],
    codes: NDArray[np.uint64],
    cover: Cover,
) -> NDArray[np.void]:
    """The header that belongs to all this; its digest covers the ids, the codes and a sample of the rows."""
    digest = hashlib.blake2b(digest_size=32)
    digest.update(np.ascontiguousarray(contents, "<i8").data)
    digest.update(np.ascontiguousarray(passages, "<i8").data)
    digest.update(np.ascontiguousarray(sample).data)
    digest.update(zlib.crc32(codes.data).to_bytes(4, "little"))  # 48 MB at a million rows: 12 ms
    header = np.zeros((), _HEADER)
    header["magic"] = _MAGIC
    header["model"] = hashlib.blake2b(cover.model.encode(), digest_size=31).digest() + b"."  # no NUL at the end
    header["quantizer"] = hashlib.blake2b(cover.quantizer, digest_size=31).digest() + b"."
    header["rows"], header["width"] = len(passages), 64 * len(codes)
    header["newest"], header["gone"] = cover.newest, cover.gone
    digest.update(header.tobytes())
    header["digest"] = digest.digest()[:31] + b"."
    return header
