"""Bytes → text, by the order that was measured: mark, UTF-8, UTF-16 by its NULs, statistics, Windows-1252."""

from __future__ import annotations

import codecs
import re

SAMPLE = 65_536
"""Bytes that are looked at to tell text from noise and to guess an encoding."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Everything below the space but tab, line feed, vertical tab, form feed, carriage return and escape (ISO-2022, colours).
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27)) + b"\x7f"
_NOT_CONTROL = bytes(byte for byte in range(256) if byte not in _CONTROL_BYTES)


def decode(data: bytes) -> str | None:
    """The text that `data` holds, or None if it is not text. `data` may be the beginning of more.

    Text in UTF-8 or UTF-16 is exact; other encodings are a guess over at most `SAMPLE` bytes, in which no character is
    lost that Windows-1252 has.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:SAMPLE]
    controls = _controls(sample)
    if controls > 0.02 and (wide := _utf16_by_nul(sample)):
        return data.decode(wide, "replace")
    if controls > 0.30:
        return None
    text = _strict_utf8(data)
    if text is not None:
        return text
    return None if controls > 0.03 else _by_statistics(data)


def is_text(data: bytes) -> bool:
    """Whether `data`, the beginning of a file, is text: what `decode` would say, without guessing an encoding."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    sample = data[:SAMPLE]
    controls = _controls(sample)
    if controls > 0.02 and _utf16_by_nul(sample):
        return True
    if controls > 0.30:
        return False
    # Old 8-bit texts hold no controls; noise holds one byte in ten.
    return controls <= 0.03 or _strict_utf8(sample) is not None


def _controls(sample: bytes) -> float:
    """The share of control bytes in `sample`."""
    return len(sample.translate(None, _NOT_CONTROL)) / max(1, len(sample))


def _strict_utf8(data: bytes) -> str | None:
    """`data` as UTF-8 if all of it is; a character cut by the end of `data` is left out."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return data[: error.start].decode()
        return None


def _utf16_by_nul(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: mostly Latin text has its NULs on one side only."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _by_statistics(data: bytes) -> str:
    """`data` in the encoding that charset-normalizer finds likeliest, or in Windows-1252."""
    from charset_normalizer import from_bytes

    sample = _telling(data)
    # `data`, or the sample of it, may end inside a character of several bytes.
    for end in (len(sample), len(sample) - 1):
        best = from_bytes(sample[:end], steps=5, chunk_size=512, threshold=0.2).best()
        if best is not None and best.encoding not in ("utf_8", "ascii"):
            text = codecs.getincrementaldecoder(best.encoding)("replace").decode(data)
            if text.count("\ufffd") <= len(text) // 100:
                return text
    return data.decode("cp1252", "replace")


def _telling(data: bytes) -> bytes:
    """At most `SAMPLE` bytes of `data`: lines that hold something besides ASCII say more than the rest."""
    if len(data) <= SAMPLE:
        return data
    lines, size = [], 0
    for match in re.finditer(rb"[^\n]{0,400}[\x80-\xff][^\n]{0,400}\n?", data):
        lines.append(match[0])
        size += len(match[0])
        if size >= SAMPLE:
            break
    return b"".join(lines)[:SAMPLE]
