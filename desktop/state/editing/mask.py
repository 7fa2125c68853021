"""What is painted: one byte a pixel, which the canvas paints into itself, and its parts as undo keeps them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from desktop.state.editing.boxes import Box
from desktop.workers.editing.contract import MARKED

NOTHING = Box(0, 0, 0, 0)

_UNMARKED = bytes(range(MARKED))
_TURNED = bytes(255 - value for value in range(256))

BAND = 64
"""Rows that make one part of a change: a long thin stroke is kept as many small boxes."""

NEAR = 16
"""Pixels by which a part may be wider than what changed."""

Bytes = bytes | bytearray

Part = tuple[Box, bytes, bytes]
"""A box, and what stood and stands in it."""

AT_ONCE = 1 << 17
"""Bytes up to which packing costs less than half a millisecond; more is packed in a thread."""


class Packed:
    """Bytes that take little room, a moment after they were given; packing holds up nobody."""

    __slots__ = ("_packed", "_raw")

    def __init__(self, data: bytes) -> None:
        self._raw: bytes | None = data
        self._packed = b""
        if len(data) <= AT_ONCE:
            self._pack()
        else:
            _packing().submit(self._pack)

    @property
    def data(self) -> bytes:
        """The bytes as they were given."""
        raw = self._raw
        return zlib.decompress(self._packed) if raw is None else raw

    @property
    def size(self) -> int:
        """Bytes in memory."""
        raw = self._raw
        return len(self._packed) if raw is None else len(raw)

    def _pack(self) -> None:
        if self._raw is not None:
            self._packed = zlib.compress(self._raw, 1)
            self._raw = None


@cache
def _packing() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "mask-packing")


class Mask:
    """`memory` holds rows of `stride` bytes (the width rounded up to 4), as `QImage.Format_Alpha8` has them.

    The canvas paints into `memory` and tells the state when a stroke ends; `committed` is what it was before.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.stride = (width + 3) // 4 * 4
        self.memory = bytearray(self.stride * height)
        self.committed = bytearray(self.stride * height)
        self.marked = 0
        """Pixels that are marked, strokes under way left out."""
        self.bounds = NOTHING
        """A box around them, not always the smallest."""

    @property
    def whole(self) -> Box:
        """The box of all pixels."""
        return Box(0, 0, self.width, self.height)

    def painted(self, box: Box) -> list[Part]:
        """Take in what was painted inside `box`: the parts that it changed, with what stood and stands there."""
        box = box.within(self.width, self.height)
        stride, parts = self.stride, []
        for tight in _spans(self.memory, stride, box.left, box.top, self.committed, stride, box.left, box.top, box):
            before, after = self.cut(tight), _rows(self.memory, stride, tight)
            self._count(tight, before, after)
            _write(self.committed, stride, tight, after)
            parts.append((tight, before, after))
        return parts

    def cut(self, box: Box) -> bytes:
        """The bytes inside `box`, row by row, strokes under way left out."""
        return _rows(self.committed, self.stride, box)

    def draw(self, box: Box, data: bytes) -> None:
        """Paint `data` into `box`, as the canvas would; `painted` takes it in."""
        _write(self.memory, self.stride, box, data)

    def put(self, box: Box, data: bytes) -> None:
        """Have `data` stand in `box`, for the canvas too."""
        self._count(box, self.cut(box), data)
        _write(self.committed, self.stride, box, data)
        _write(self.memory, self.stride, box, data)

    def take_out(self, box: Box, marks: bytes) -> list[Part]:
        """Unmark what `marks` has in `box`; a stroke under way elsewhere stays. The parts that this changed."""
        parts = []
        nothing = bytes(box.width * box.height)
        for tight in _spans(marks, box.width, 0, 0, nothing, box.width, 0, 0, box):
            taken = _rows(marks, box.width, tight.moved(-box.left, -box.top))
            before = self.cut(tight)
            after = less(before, taken)
            self._count(tight, before, after)
            _write(self.committed, self.stride, tight, after)
            _write(self.memory, self.stride, tight, less(_rows(self.memory, self.stride, tight), taken))
            parts.append((tight, before, after))
        return parts

    def all_parts(self) -> list[Part]:
        """Everything that is marked, as parts that clearing it would change."""
        box = self.bounds
        nothing = bytes(box.width * box.height)
        spans = _spans(self.committed, self.stride, box.left, box.top, nothing, box.width, 0, 0, box)
        return [(tight, self.cut(tight), bytes(tight.width * tight.height)) for tight in spans]

    def invert(self) -> None:
        """Mark what was not, and unmark what was."""
        self.committed[:] = self.committed.translate(_TURNED)
        self.memory[:] = self.committed
        self.marked = self.width * self.height - self.marked
        self.bounds = self.whole if self.marked else NOTHING

    def _count(self, box: Box, before: bytes, after: bytes) -> None:
        self.marked += count(after) - count(before)
        self.bounds = self.bounds.joined(box) if self.marked else NOTHING


def _spans(
    one: Bytes, one_stride: int, one_left: int, one_top: int,
    other: Bytes, other_stride: int, other_left: int, other_top: int,
    box: Box,
) -> Iterator[Box]:  # fmt: skip
    """Small boxes around what differs between two memories, a few rows at a time; `box` is where they are compared.

    Slices are compared as a whole, which is quick; where a row differs, its ends are looked for by halves.
    """
    width = box.width
    for band in range(box.top, box.bottom, BAND):
        left, right, top, bottom = width, 0, 0, 0
        for row in range(band, min(band + BAND, box.bottom)):
            start = (row - box.top + one_top) * one_stride + one_left
            begin = (row - box.top + other_top) * other_stride + other_left
            a, b = one[start : start + width], other[begin : begin + width]
            if a == b:
                continue
            if not bottom:
                top = row
            bottom = row + 1
            if a[:left] != b[:left]:
                left = _first(a, b)
            if a[right:] != b[right:]:
                right = _last(a, b)
        if bottom:
            yield Box(box.left + left, top, box.left + right, bottom)


def _first(a: Bytes, b: Bytes) -> int:
    """Where two rows begin to differ, or a little before."""
    low, high = 0, len(a)
    while high - low > NEAR:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _last(a: Bytes, b: Bytes) -> int:
    """Where two rows cease to differ, or a little after."""
    low, high = 0, len(a)
    while high - low > NEAR:
        middle = (low + high) // 2
        if a[middle:high] == b[middle:high]:
            high = middle
        else:
            low = middle
    return high


def count(data: bytes) -> int:
    """How many pixels in `data` are marked."""
    return len(data.translate(None, _UNMARKED))


def joined(one: bytes, other: bytes) -> bytes:
    """Marked where either is; bit by bit, which of two smoothed edges makes one as wide."""
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")


def less(one: bytes, other: bytes) -> bytes:
    """`one` without what `other` marks."""
    hard = other.translate(_HARD)
    mask = int.from_bytes(hard, "little")
    return (int.from_bytes(one, "little") & ~mask).to_bytes(len(one), "little")


_HARD = bytes(255 if value else 0 for value in range(256))


def overlaid(box: Box, data: bytes, over: Box, stamp: bytes) -> bytes:
    """`data` of `box` with `stamp` of `over` in the part that both have."""
    both = Box(
        max(box.left, over.left), max(box.top, over.top), min(box.right, over.right), min(box.bottom, over.bottom)
    )
    if both.empty:
        return data
    result = bytearray(data)
    for row in range(both.top, both.bottom):
        into = (row - box.top) * box.width + both.left - box.left
        start = (row - over.top) * over.width + both.left - over.left
        result[into : into + both.width] = stamp[start : start + both.width]
    return bytes(result)


def _rows(memory: Bytes, stride: int, box: Box) -> bytes:
    return b"".join(_slices(memory, stride, box))


def _slices(memory: Bytes, stride: int, box: Box) -> Iterator[memoryview]:
    view = memoryview(memory)
    if box.width == stride:
        yield view[box.top * stride : box.bottom * stride]
        return
    for start in range(box.top * stride + box.left, box.bottom * stride, stride):
        yield view[start : start + box.width]


def _write(memory: bytearray, stride: int, box: Box, data: bytes) -> None:
    view, given = memoryview(memory), memoryview(data)
    if box.width == stride:
        view[box.top * stride : box.bottom * stride] = given
        return
    width, start = box.width, box.top * stride + box.left
    for offset in range(0, len(data), width):
        view[start : start + width] = given[offset : offset + width]
        start += stride
