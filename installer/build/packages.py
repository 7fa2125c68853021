"""What the wheels in a folder say of themselves: names, versions, licences, what they need, what lies inside them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

from installer.build import spdx

READ_BY_US = {
    "apsw": "Zlib",  # it says "any-OSI"; its words are the zlib licence
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # it says "BSD-3-Clause, Apache-2.0, dependency licenses"
    "scipy": "BSD-3-Clause",  # it says whose copyright it is
}
"""Packages that don't name their licence in a form that can be read, and what their licence files hold."""
LICENCE_FILE = re.compile(r"(licen[cs]es?|copying|notices?|authors|thirdpartynotices)([.\-_].*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Package:
    """One wheel, unpacked."""

    name: str
    """In lower case, with dashes, as in the lock."""
    version: str
    licence: str
    """An SPDX expression; empty where the package says nothing that we understand."""
    said: str
    """The words of the package itself, for messages."""
    summary: str
    needs: tuple[str, ...]
    """The names of the packages that it may need (extras left out)."""
    files: tuple[str, ...]
    """What it brought, relative to the folder of all packages, with `/`, sorted; some may have been trimmed."""
    info: Path
    """Its `.dist-info`."""

    def licence_files(self) -> dict[str, Path]:
        """Its licences and notices: a short relative name → where it is."""
        lib = self.info.parent
        found: dict[str, Path] = {}
        for name in self.files:
            path = lib / name
            parts = name.split("/")
            if parts[0] == self.info.name and len(parts) > 2 and parts[1].lower() in ("licenses", "license_files"):
                found["/".join(parts[2:])] = path
            elif len(parts) == 2 and LICENCE_FILE.fullmatch(parts[1]):
                found[parts[1]] = path
        return {short: path for short, path in sorted(found.items()) if path.is_file()}

    def own_lists(self) -> list[Mapping[str, Any]]:
        """The SBOMs that it brings of what is inside it."""
        found: list[Mapping[str, Any]] = []
        for path in sorted((self.info / "sboms").glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(data, dict) and data.get("bomFormat") == "CycloneDX":
                found.append(data)
        return found


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages(lib: Path) -> tuple[Package, ...]:
    """The wheels unpacked in `lib`, by name."""
    return tuple(sorted((_package(info) for info in lib.glob("*.dist-info")), key=lambda one: one.name))


def _package(info: Path) -> Package:
    told = Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"), headersonly=True)
    name = plain(str(told["Name"]))
    said = str(told.get("License-Expression") or told.get("License") or "").strip()
    return Package(
        name,
        str(told["Version"]),
        READ_BY_US.get(name) or _licence(told),
        said.partition("\n")[0][:80],
        str(told.get("Summary") or ""),
        _needs(told),
        _files(info),
        info,
    )


def _licence(told: Message) -> str:
    for header in ("License-Expression", "License"):
        if found := spdx.named(str(told.get(header) or "")):
            return found
    classifiers = [str(one) for one in told.get_all("Classifier", [])]
    spoken = {spdx.named(one.rpartition("::")[2].strip()) for one in classifiers if one.startswith("License ::")} - {""}
    return " AND ".join(sorted(spoken))  # several may mean either; only "and" is never too kind


def _needs(told: Message) -> tuple[str, ...]:
    found = set()
    for one in told.get_all("Requires-Dist", []):
        name = re.match(r"[A-Za-z0-9._-]+", str(one).strip())
        if name and not re.search(r"\bextra\b\s*==", str(one)):
            found.add(plain(name[0]))
    return tuple(sorted(found))


def _files(info: Path) -> tuple[str, ...]:
    rows = csv.reader(io.StringIO((info / "RECORD").read_text(encoding="utf-8")))
    return tuple(sorted(row[0] for row in rows if row and not row[0].startswith(("/", ".."))))
