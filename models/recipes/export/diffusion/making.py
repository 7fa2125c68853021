"""Parts that take long are made once: each is written aside, moved into place whole, and kept while its inputs stay."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.recipes.export.source import sha256
from models.schema import is_safe_name

STATE = "export.json"

RECIPE = 1
"""Changes when the recipe makes other files of the same inputs, so that old ones aren't kept."""

Facts = dict[str, Any]
Say = Callable[[str, str], None]


@dataclass
class Workshop:
    """The folder that is exported to, and what is known of the parts in it."""

    out: Path
    made: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, out: Path) -> Workshop:
        """The folder as it was left, or a new one, which says from the beginning that it is an export's."""
        out.mkdir(parents=True, exist_ok=True)
        shop = cls(out, recorded(out))
        if not (out / STATE).exists():
            shop.save()
        return shop

    def kept(self, name: str, fingerprint: str) -> bool:
        """Whether the part `name` is there, undamaged, and was made of the same inputs."""
        known = self.made.get(name)
        if not known or known["fingerprint"] != fingerprint:
            return False
        files = {self.out / file: digest for file, digest in known["files"].items()}
        return all(file.is_file() and sha256(file) == digest for file, digest in files.items())

    def part(self, name: str, fingerprint: str, make: Callable[[Path], Facts], say: Say) -> Facts:
        """The facts of part `name`, made by `make(file)` unless it is kept.

        `make` writes `file`, and files that begin with its name, into an empty folder; they are moved when all are whole,
        and what the part had before and has no more is deleted.
        `say(name, state)` hears "kept", or "making" and then "made".
        """
        if self.kept(name, fingerprint):
            say(name, "kept")
            return dict(self.made[name]["facts"])
        say(name, "making")
        aside = self.out / f"{name}.part"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            facts = make(aside / name)
            written = sorted(
                aside.iterdir(), key=lambda file: file.name == name
            )  # the file itself last: it is the proof
            digests = {file.name: sha256(file) for file in written}
            for file in written:
                os.replace(file, self.out / file.name)
            before = self.made[name]["files"] if name in self.made else {}
            for left in {*before, f"{name}.data"} - set(digests):
                (self.out / left).unlink(missing_ok=True)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        self.made[name] = {"fingerprint": fingerprint, "files": digests, "facts": facts}
        self.save()
        say(name, "made")
        return facts

    def digests(self, name: str) -> dict[str, str]:
        """The files of a part that was made, with their sha256."""
        return dict(self.made[name]["files"])

    def save(self) -> None:
        """Write down what was made, all or nothing."""
        aside = self.out / f"{STATE}.part"
        aside.write_text(json.dumps({"made": self.made}, indent=1), encoding="utf-8")
        os.replace(aside, self.out / STATE)


def recorded(out: Path) -> dict[str, Any]:
    """The parts that `out` says were made there, by name. What can't be read counts as not made."""
    try:
        found = json.loads((out / STATE).read_text(encoding="utf-8"))["made"]
        return {name: part for name, part in found.items() if _is_record(name, part)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def room(out: Path) -> int:
    """Bytes of the parts that `out` says were made there: a new export makes them anew, or keeps them."""
    files = {out / file for part in recorded(out).values() for file in part["files"]}
    return sum(file.stat().st_size for file in files if file.is_file())


def _is_record(name: str, part: Any) -> bool:
    """Whether this is what is written down of a part. Its files begin with its name: no others are ever touched."""
    if not isinstance(part, dict) or not isinstance(part.get("fingerprint"), str):
        return False
    files, facts = part.get("files"), part.get("facts")
    if not isinstance(files, dict) or not isinstance(facts, dict) or name not in files:
        return False
    named = all(is_safe_name(file) and "/" not in file and file.startswith(name) for file in files)
    counted = all(isinstance(some, list) and all(type(one) is int for one in some) for some in facts.values())
    return named and counted and all(isinstance(digest, str) for digest in files.values())


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """A digest of what a part is made of: plain values, by name."""
    told = json.dumps({"recipe": RECIPE, **inputs}, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
