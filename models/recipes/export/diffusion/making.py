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
        """The folder as it was left. What can't be read counts as not made."""
        out.mkdir(parents=True, exist_ok=True)
        try:
            found = json.loads((out / STATE).read_text(encoding="utf-8"))
            return cls(out, dict(found["made"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(out)

    def kept(self, name: str, fingerprint: str) -> bool:
        """Whether the part `name` is there, undamaged, and was made of the same inputs."""
        known = self.made.get(name)
        if not known or known["fingerprint"] != fingerprint:
            return False
        files = {self.out / file: digest for file, digest in known["files"].items()}
        return all(file.is_file() and sha256(file) == digest for file, digest in files.items())

    def part(self, name: str, fingerprint: str, make: Callable[[Path], Facts], say: Say) -> Facts:
        """The facts of part `name`, made by `make(file)` unless it is kept.

        `make` writes `file`, and files that begin with its name, into an empty folder; they are moved when all are whole.
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
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        self.made[name] = {"fingerprint": fingerprint, "files": digests, "facts": facts}
        self._save()
        say(name, "made")
        return facts

    def digests(self, name: str) -> dict[str, str]:
        """The files of a part that was made, with their sha256."""
        return dict(self.made[name]["files"])

    def _save(self) -> None:
        aside = self.out / f"{STATE}.part"
        aside.write_text(json.dumps({"made": self.made}, indent=1), encoding="utf-8")
        os.replace(aside, self.out / STATE)


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """A digest of what a part is made of: plain values, by name."""
    told = json.dumps({"recipe": RECIPE, **inputs}, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
