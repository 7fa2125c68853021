"""Models as a device's compiler left them (EPContext), so that the next start need not compile again.

A compiled file is native input to a driver: only those that were made here, and that are still what they were, are
given back.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from homespun.errors import HomespunError
from homespun.files import atomic_write, sync_folder
from homespun.folders import folders, make_private

MOST_BYTES = 2_000_000_000
"""What all compiled files together may take; the longest unused go first."""

SETTLED = 600.0
"""Seconds after which a half or nameless file is nobody's work any more."""


@dataclass(frozen=True)
class Contexts:
    """The folder of compiled files: `<key>.onnx`, and `<key>.json` with its hash and size."""

    folder: Path
    most_bytes: int = MOST_BYTES

    def find(self, key: str) -> Path | None:
        """The compiled file of `key`, or None. One that isn't what was written is deleted."""
        file, note = self._paths(key)
        try:
            told = json.loads(note.read_text(encoding="utf-8"))
            if file.stat().st_size == told["size"] and sha256(file) == told["sha256"]:
                os.utime(file)
                return file
        except (OSError, ValueError, KeyError, TypeError):
            pass
        self.forget(key)
        return None

    def make(self, key: str, compile_to: Callable[[Path], None]) -> Path | None:
        """Have the compiled file of `key` written; None where it can't be kept. What `compile_to` raises goes up.

        The name comes last: a crash leaves a nameless file, which the next `make` sweeps away.
        """
        try:
            make_private(self.folder)
        except HomespunError:
            return None
        self.sweep()
        file, note = self._paths(key)
        half = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            compile_to(half)
            told = {"size": half.stat().st_size, "sha256": sha256(half)}
            with suppress(OSError, HomespunError):
                os.replace(half, file)
                sync_folder(self.folder)
                with atomic_write(note) as stream:
                    stream.write(json.dumps(told).encode())
                self._shrink(keep=file)
                return file
            return None
        finally:
            half.unlink(missing_ok=True)

    def forget(self, key: str) -> None:
        """Delete the compiled file of `key`, if there is one."""
        for path in self._paths(key):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def clear(self) -> int:
        """Delete all; how many there were."""
        files = self._files()
        for file in files:
            self.forget(file.stem)
        return len(files)

    def damaged(self) -> list[str]:
        """The keys whose files are not what was written. Reads them all."""
        wrong = []
        for file in self._files():
            try:
                told = json.loads(self._paths(file.stem)[1].read_text(encoding="utf-8"))
                if sha256(file) != told["sha256"]:
                    wrong.append(file.stem)
            except (OSError, ValueError, KeyError, TypeError):
                wrong.append(file.stem)
        return wrong

    def sweep(self) -> None:
        """Delete what a crash left: files without a note, notes without a file, halves. Young ones may be under way."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if time.time() - path.stat().st_mtime < SETTLED:
                    continue
                partner = path.with_suffix(".json" if path.suffix == ".onnx" else ".onnx")
                if path.suffix == ".part" or (path.suffix in (".onnx", ".json") and not partner.exists()):
                    path.unlink(missing_ok=True)

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self.folder / f"{key}.onnx", self.folder / f"{key}.json"

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self.folder.glob("*.onnx"))
        return []

    def _shrink(self, keep: Path) -> None:
        files = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in self._files()), reverse=True)
        total = 0
        for _, size, path in files:
            total += size
            if total > self.most_bytes and path != keep:
                self.forget(path.stem)


def contexts() -> Contexts:
    """This person's compiled files."""
    return Contexts(folders().cache / "compiled-models")


def sha256(file: Path) -> str:
    """The hash of a file's bytes, in hex digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
