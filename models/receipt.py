"""What was fetched: `receipt.json` in a model's folder keeps the hashes that the catalogue doesn't know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from homespun.files import atomic_write

NAME = "receipt.json"


class Witness(StrEnum):
    """Who says what the sha256 of a file is: the catalogue, the hub at the first download, a mirror folder, or the recipe
    that made it here.
    """

    CATALOGUE = "catalogue"
    HUB = "hub"
    MIRROR = "mirror"
    RECIPE = "recipe"


@dataclass(frozen=True)
class Recorded:
    """One file as it was when it was fetched; `size` in bytes."""

    sha256: str
    size: int
    witness: Witness


@dataclass(frozen=True)
class Receipt:
    """`revision` is the commit that the files came from ("" where there was none)."""

    revision: str = ""
    files: Mapping[str, Recorded] = field(default_factory=dict)

    def adding(self, name: str, recorded: Recorded, revision: str = "") -> Receipt:
        """The same with one file more."""
        return Receipt(revision or self.revision, {**self.files, name: recorded})


def read(folder: Path) -> Receipt:
    """The receipt in `folder`; an empty one where there is none or it can't be read: then nothing is vouched for."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {
            str(name): Recorded(str(one["sha256"]), int(one["size"]), Witness(one["witness"]))
            for name, one in data["files"].items()
        }
        return Receipt(str(data["revision"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Receipt()


def write(folder: Path, receipt: Receipt) -> None:
    """Put `receipt` into `folder`, all or nothing."""
    files = {
        name: {"sha256": one.sha256, "size": one.size, "witness": str(one.witness)}
        for name, one in sorted(receipt.files.items())
    }
    text = json.dumps({"revision": receipt.revision, "files": files}, indent=2)
    with atomic_write(folder / NAME) as stream:
        stream.write(f"{text}\n".encode())
