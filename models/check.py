"""Whether a folder holds a model's files: quickly by size, thoroughly by hash."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from homespun.progress import Progress
from models import receipt as receipts
from models.catalog import Model, ModelFile
from models.fetch import blocks
from models.receipt import Receipt, Witness

COMMIT = re.compile(r"[0-9a-f]{40}")


class FileState(StrEnum):
    """What `verify` finds."""

    OK = "ok"
    MISSING = "missing"
    WRONG_SIZE = "wrong size"
    WRONG_HASH = "wrong hash"
    UNKNOWN = "unknown hash"


@dataclass(frozen=True)
class Checked:
    """One file after `verify`: sha256 as it should be and as it is ("" = not known, or not there), and who says so."""

    name: str
    state: FileState
    expected: str
    found: str
    witness: Witness | None


def receipt_of(model: Model, folder: Path) -> Receipt:
    """The receipt in `folder`, if it is of the revision that the catalogue names; else an empty one."""
    receipt = receipts.read(folder)
    stale = COMMIT.fullmatch(model.revision) and receipt.revision and receipt.revision != model.revision
    return Receipt() if stale else receipt


def expected(file: ModelFile, receipt: Receipt) -> tuple[str, int, Witness | None]:
    """sha256 and size (bytes) that `file` must have, and who says so; "", 0 and None where nobody does."""
    recorded = receipt.files.get(file.name)
    if file.pinned:
        return file.sha256, file.size, Witness.CATALOGUE
    if recorded:
        return recorded.sha256, recorded.size, recorded.witness
    return "", file.size, None


def is_complete(model: Model, folder: Path, receipt: Receipt) -> bool:
    """Whether every file is there, of the right size and vouched for. Reads no file, so it costs a few stat calls."""
    for file in model.files:
        sha256, size, _ = expected(file, receipt)
        recorded = receipt.files.get(file.name)
        if not sha256 or (recorded and recorded.sha256 != sha256):
            return False
        try:
            found = (folder / file.name).stat().st_size
        except OSError:
            return False
        if size and found != size:
            return False
    return True


def check(model: Model, folder: Path, progress: Progress) -> list[Checked]:
    """Every file of `model` in `folder` compared with its sha256. Raises `Cancelled`."""
    receipt = receipt_of(model, folder)
    there = {file.name: folder / file.name for file in model.files if (folder / file.name).is_file()}
    total = sum(path.stat().st_size for path in there.values())
    done = 0
    found = []
    for file in model.files:
        sha256, size, witness = expected(file, receipt)
        if file.name not in there:
            found.append(Checked(file.name, FileState.MISSING, sha256, "", witness))
            continue
        path = there[file.name]
        sums = hashlib.sha256()
        for block in blocks(path):
            sums.update(block)
            done += len(block)
            progress.report(min(done, total), total, file.name)
        digest = sums.hexdigest()
        if not sha256:
            state = FileState.UNKNOWN
        elif size and path.stat().st_size != size:
            state = FileState.WRONG_SIZE
        else:
            state = FileState.OK if digest == sha256 else FileState.WRONG_HASH
        found.append(Checked(file.name, state, sha256, digest, witness))
    return found
