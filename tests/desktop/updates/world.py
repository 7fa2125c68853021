"""A small program folder with versions that really start, archives of others, and announcements signed by keys of the test."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from desktop.updates.keys import Trust, trust
from desktop.updates.manifest import MAGIC, canonical
from installer import filelist
from installer.versions import Installation, Layout, Pointer, this_installation
from models.fetch import Wire

QUICK = Wire(silence=3.0, pauses=(0.01,), strict=True)
RELEASE, SUCCESSOR, STRANGER = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
PLATFORM = "windows-x64"
NOW = datetime.now(UTC).replace(microsecond=0)
PYTHON = """#!/bin/sh
# Stands for python.exe: says what `-m desktop --version` says.
echo "homespun {version}"
"""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_version(folder: Path, version: str, build: Mapping[str, Any], *, starts: bool = True) -> Path:
    """A version with a few files, its list among them."""
    python = folder / "python" / "python.exe"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON.format(version=version) if starts else "#!/bin/sh\necho broken >&2\nexit 3\n")
    python.chmod(0o755)
    lib = folder / "lib"
    (lib / "desktop").mkdir(parents=True)
    (lib / "desktop" / "__init__.py").write_text(f"# of {version}\n")
    (lib / "big.bin").write_bytes(random.Random(version).randbytes(400_000))
    (lib / "shared.txt").write_text("the same in all versions\n")
    told = {"schema": 1, "kind": "windows", "platform": PLATFORM, "version": version, **build}
    (lib / "homespun-build.json").write_text(json.dumps(told))
    filelist.write(folder, version, PLATFORM)
    return folder


def archive_of(folder: Path, version: str) -> bytes:
    """The portable zip of a version."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("homespun-launch.exe", "homespun.exe"):
            archive.writestr(f"Homespun/{name}", b"MZ launcher")
        archive.writestr("Homespun/current.json", json.dumps({"schema": 1, "version": version, "previous": None}))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"Homespun/versions/{version}/{path.relative_to(folder).as_posix()}")
    return made.getvalue()


def signed(data: Mapping[str, Any] | bytes, key: SigningKey = RELEASE) -> bytes:
    """A manifest as the server has it."""
    body = data if isinstance(data, bytes) else canonical(data)
    return MAGIC + base64.b64encode(key.sign(body).signature) + b"\n" + body


@dataclass
class World:
    """The installed 1.0.0 in `root`, and 1.1.0 on a server at `address`."""

    root: Path
    address: str
    home: Path
    archive: bytes = b""
    serial: int = 5
    keys: tuple[SigningKey, SigningKey] = (RELEASE, SUCCESSOR)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        return Layout(self.root)

    @property
    def note(self) -> dict[str, Any]:
        """What builds say of updates."""
        keys = [bytes(key.verify_key).hex() for key in self.keys]
        return {"update": {"address": self.address, "channel": "stable", "keys": keys}}

    @property
    def installation(self) -> Installation:
        """The running version."""
        return this_installation(self.root / "versions" / "1.0.0" / "lib")

    @property
    def trust(self) -> Trust:
        return trust(self.installation)

    @property
    def memory(self) -> Path:
        return self.home / "data" / "update.json"

    @property
    def cache(self) -> Path:
        return self.home / "cache" / "updates"

    def build(self, tmp: Path, *, starts: bool = True) -> None:
        """Install 1.0.0 and make the archive of 1.1.0."""
        self.root.mkdir()
        make_version(self.root / "versions" / "1.0.0", "1.0.0", self.note)
        for name in ("homespun-launch.exe", "homespun.exe"):
            (self.root / name).write_bytes(b"MZ launcher")
        self.layout.write(Pointer("1.0.0"))
        made = make_version(tmp / "made" / "1.1.0", "1.1.0", self.note, starts=starts)
        self.archive = archive_of(made, "1.1.0")

    def manifest(self, **changed: Any) -> dict[str, Any]:
        """The announcement of 1.1.0."""
        at = "%Y-%m-%dT%H:%M:%SZ"
        return {
            "schema": 1,
            "channel": "stable",
            "version": "1.1.0",
            "serial": self.serial,
            "issued": (NOW - timedelta(hours=1)).strftime(at),
            "expires": (NOW + timedelta(days=30)).strftime(at),
            "min_from": "1.0.0",
            "files": [
                {
                    "platform": PLATFORM,
                    "name": "Homespun-1.1.0-windows-x64.zip",
                    "size": len(self.archive),
                    "sha256": sha256(self.archive),
                }
            ],
            "notes": {"en": "Better.", "de": "Besser."},
            **changed,
        }

    def works(self) -> str:
        """The version that the launcher would start, which is whole and starts."""
        from desktop.updates.apply import trial

        chosen = self.layout.choose()
        assert chosen is not None
        folder = self.layout.folder(chosen)
        assert filelist.verify(folder).whole
        assert trial(folder) == f"homespun {chosen}"
        return chosen
