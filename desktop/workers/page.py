"""One page of a PDF as pixels, drawn by a process that gave up all rights but reading that file.

A PDF is a stranger's program for PDFium; one that kills it, or draws for ever, costs that process alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

from desktop.workers.calls import Call
from desktop.workers.client import ROOT
from desktop.workers.sheets import sheet_of

SECONDS = 4.0
"""A page that takes longer is not shown."""

LOOKED_AT = 60
"""Pages in which the words are looked for."""

MOST_PIXELS = 4_000_000


def render(call: Call) -> dict[str, Any]:
    """{path, width, height, words} → {sheet, width, height, stride, page, pages}; B, G, R and an unused byte each pixel.

    The page is the one that holds most of the words, the first where none does; it is drawn to fit width × height pixels.
    {} where there is nothing to show.
    """
    told = call.arguments
    wish = {
        "width": int(told["width"]),
        "height": int(told["height"]),
        "words": [str(word).lower() for word in told.get("words", ())][:20],
        "parent": os.getpid(),
    }
    from indexer.document import Limits, Unreadable
    from indexer.readers.opening import Gone, open_file

    try:
        file = open_file(os.fsencode(told["path"]), Limits().file_bytes)  # no link, and nothing that lies in a cloud
    except (Gone, Unreadable):
        return {}
    try:
        drawn = _drawn(call, file.handle, wish)
    finally:
        file.close()
    head, _, pixels = drawn.partition(b"\n")
    try:
        about = json.loads(head)
        width, height, stride = int(about["width"]), int(about["height"]), int(about["stride"])
    except (ValueError, KeyError, TypeError):
        return {}
    if not 0 < width * height <= MOST_PIXELS or stride < width * 4 or len(pixels) != stride * height:
        return {}
    about["sheet"] = str(sheet_of(pixels))
    return {key: about[key] for key in ("sheet", "width", "height", "stride", "page", "pages")}


def _drawn(call: Call, handle: int, wish: dict[str, Any]) -> bytes:
    """What the drawing process wrote; b"" where it died or was too slow. Raises `Cancelled`."""
    command = [sys.executable, "-m", "desktop.workers.page", json.dumps(wish)]
    process = subprocess.Popen(
        command,
        stdin=handle,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        with call.progress.cancel.calling(process.kill):
            out, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return b""
    finally:
        process.kill()
        process.wait()
    call.progress.cancel.check()
    return out if process.returncode == 0 else b""


def main(argument: str) -> int:
    """In the drawing process: the file is the standard input, the page goes to the standard output."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    from indexer.document import Limits
    from indexer.readers.sandbox import confine

    wish = json.loads(argument)
    out = os.fdopen(os.dup(1), "wb")
    source = os.fdopen(os.dup(0), "rb")
    confine(Limits(), int(wish["parent"]))
    try:
        file = pdfium.PdfDocument(source)
        number = _matching(file, wish["words"])
        page = file[number]
        width, height = page.get_size()
        scale = min(wish["width"] / max(1.0, width), wish["height"] / max(1.0, height), 4.0)
        bitmap = page.render(scale=scale, prefer_bgrx=True, draw_annots=False)
    except (pdfium.PdfiumError, ValueError):
        return 1
    if bitmap.format not in (raw.FPDFBitmap_BGRx, raw.FPDFBitmap_BGRA) or bitmap.width * bitmap.height > MOST_PIXELS:
        return 1
    about = {
        "width": bitmap.width,
        "height": bitmap.height,
        "stride": bitmap.stride,
        "page": number,
        "pages": len(file),
    }
    with suppress(BrokenPipeError):
        out.write(json.dumps(about).encode() + b"\n")
        out.write(memoryview(bitmap.buffer).cast("B")[: bitmap.stride * bitmap.height])
        out.flush()
    return 0


def _matching(file: Any, words: list[str]) -> int:
    """The first page that holds most of the words."""
    import pypdfium2 as pdfium

    best, most = 0, 0
    for number in range(min(len(file), LOOKED_AT) if words else 0):
        with suppress(pdfium.PdfiumError):
            page = file[number]
            text = page.get_textpage().get_text_range().lower()
            count = sum(word in text for word in words)
            if count > most:
                best, most = number, count
            if most == len(words):
                break
    return best


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
