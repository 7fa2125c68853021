"""The reader process: takes paths, gives documents, and may be killed at any moment.

It is started by `indexer.readers.process`, limits itself before it opens the first file, and sends a file's hash before it
parses it, so that a file that kills it is known by its contents.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from typing import IO, BinaryIO

from homespun.streams import take_streams
from indexer.document import Document, Limits, State, Unreadable
from indexer.kinds import kind_of
from indexer.readers.families import VERSIONS, read_document
from indexer.readers.frames import Header, read_frame, write_frame
from indexer.readers.magic import NAME_ONLY
from indexer.readers.opening import Gone, OpenFile, open_file
from indexer.readers.sandbox import allow_seconds, confine, peak_memory

IN_MEMORY = 32_000_000
"""Files up to this many bytes are read once, into memory; larger ones are hashed first and then read as needed."""

TIRED_AFTER = 500
TIRED_BYTES = 400_000_000
"""A process that has read so many files, or has been so large, is replaced: memory that was broken up stays so."""

HASH_BYTES = 20


@dataclass
class Worker:
    """One conversation with the app."""

    out: IO[bytes]
    limits: Limits
    refused: set[str] = field(default_factory=set)
    files: int = 0

    def serve(self, requests: IO[bytes]) -> None:
        """Answer until the other end closes."""
        while (frame := read_frame(requests)) is not None:
            header, body = frame
            if "refuse" in header:
                self.refused.add(str(header["refuse"]))
            else:
                self.files += 1
                self._answer(body)

    def _answer(self, path: bytes) -> None:
        """Read one file and send what there is to say."""
        started = time.perf_counter()
        folder, name = split(path)
        try:
            file = open_file(path, self.limits.file_bytes)
        except Gone:
            missing = Document(kind_of(name, folder), state=State.SKIPPED, reason="not there any more")
            self._done(missing, NAME_ONLY, started, gone=True)
            return
        except Unreadable as refusal:
            refused = Document(kind_of(name, folder), state=refusal.state, reason=refusal.reason)
            self._done(refused, NAME_ONLY, started)
            return
        try:
            document, family = self._read(file, name, folder)
            steady = file.steady()
        finally:
            file.close()
        self._done(document, family, started, steady=steady)
        if file.stamp.size > 4_000_000:
            gc.collect()

    def _read(self, file: OpenFile, name: str, folder: str) -> tuple[Document, str]:
        """The document of an open file; its hash is sent on the way."""
        size = file.stamp.size
        allow_seconds(120)
        stream = os.fdopen(file.handle, "rb", buffering=65_536, closefd=False)
        try:
            source: BinaryIO
            if size <= IN_MEMORY:
                data = stream.read(IN_MEMORY + 1)
                digest = blake2b(data, digest_size=HASH_BYTES).hexdigest()
                source = BytesIO(data)
            else:
                digest = _hash_of(stream)
                source = stream
        except OSError as error:
            return Document(
                kind_of(name, folder), state=State.ERROR, reason=f"reading failed: {error.strerror}"
            ), NAME_ONLY
        stamp = file.stamp
        said = {"hash": digest, "size": stamp.size, "mtime_ns": stamp.mtime_ns, "inode": stamp.inode}
        # It is on its way before anything is parsed; plain text alone, which kills nobody, sends it with the document.
        head = source.read(64)
        source.seek(0)
        plain = head.isascii() and b"\0" not in head and not head.startswith(b"PK")
        write_frame(self.out, said, now=size > 1_000_000 or not plain)
        if digest in self.refused:
            return Document(kind_of(name, folder), state=State.ERROR, reason="refused"), NAME_ONLY
        try:
            return read_document(source, name, folder, self.limits, self._tell)
        except MemoryError:
            return Document(kind_of(name, folder), state=State.ERROR, reason="needs too much memory"), NAME_ONLY

    def _tell(self, family: str) -> None:
        """Say who is about to read, so that a reader that dies is known by its name. Plain text kills nobody."""
        if family != "text":
            write_frame(self.out, {"family": family})

    def _done(
        self, document: Document, family: str, started: float, *, steady: bool = True, gone: bool = False
    ) -> None:
        """Send the last frame about one file."""
        tired = self.files >= TIRED_AFTER
        if not tired and (len(document.text) > 200_000 or self.files % 32 == 0 or family not in ("text", NAME_ONLY)):
            tired = peak_memory() > TIRED_BYTES
        header: Header = {
            "kind": str(document.kind),
            "title": document.title,
            "facts": dict(document.facts),
            "state": str(document.state),
            "reason": document.reason,
            "reader": family,
            "version": VERSIONS[family],
            "steady": steady,
            "gone": gone,
            "seconds": round(time.perf_counter() - started, 6),
            "tired": tired,
        }
        write_frame(self.out, header, document.text.encode())


def split(path: bytes) -> tuple[str, str]:
    """(folder, name) of a path as text; bytes that are no text stay as lone surrogates."""
    text = os.fsdecode(path)
    separators = "/\\" if os.name == "nt" else "/"
    cut = max(text.rfind(separator) for separator in separators)
    return text[: max(cut, 0)], text[cut + 1 :]


def _hash_of(stream: BinaryIO) -> str:
    """The hash of everything in `stream`, which stands at its beginning before and after."""
    digest = blake2b(digest_size=HASH_BYTES)
    while chunk := stream.read(1_000_000):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def main() -> None:
    """Take the pipes, accept the limits, then serve."""
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the app's to handle
    requests, out = take_streams(prints=False)
    frame = read_frame(requests)
    if frame is None:
        return
    header, _ = frame
    limits = Limits(**header["limits"])
    worker = Worker(out, limits, set(header["refused"]))
    sys.setrecursionlimit(600)
    status = confine(limits, int(header["parent"]))
    gc.freeze()
    write_frame(out, {"ready": True, "sandbox": status})
    with suppress(BrokenPipeError):
        worker.serve(requests)
