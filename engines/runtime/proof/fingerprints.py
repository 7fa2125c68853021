"""What a proof belongs to: change any of it, and the device has to prove itself again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from engines.runtime.contract import Setup
from engines.runtime.owners import installed_owners

RECIPE = 1
"""Raised when providers set other options, or files are prepared in another way."""

GATES = 1
"""Raised when a threshold of placement, parity or speed changes, or the samples do."""

EXTERNAL = (".onnx.data", ".data", ".onnx_data")
"""How the weights beside a model are called when they are too large to be inside."""


class Hashes(Protocol):
    """Where hashes of files are remembered from one start to the next."""

    def known_hash(self, stamp: str) -> str | None:
        """The sha256 that was kept for a file of that stamp."""

    def keep_hash(self, stamp: str, sha256: str) -> None:
        """Remember it."""


def fingerprint(setup: Setup, model_sha256: str) -> str:
    """A sha256 over all that a verdict depends on (dispatch design, §6).

    That is the model, its shapes, the device with its options, driver and library, the runtime, the system, the recipe
    and the gates. Not threads and mode, which decide how busy the machine is, and not where files are.
    """
    return _digest({**_facts(setup, model_sha256), "gates": GATES})


def context_key(setup: Setup, model_sha256: str, compatibility: str) -> str:
    """A sha256 over all that a compiled file depends on; `compatibility` is what the provider says that it fits."""
    return _digest({**_facts(setup, model_sha256), "compatibility": compatibility})


def _facts(setup: Setup, model_sha256: str) -> dict[str, Any]:
    device = setup.device
    return {
        "model": model_sha256,
        "shapes": dict(setup.shapes),
        "provider": device.provider,
        "kind": str(device.kind),
        "options": {str(name): str(value) for name, value in device.options.items()},
        "library": device.library,
        "runtime": device.runtime or ", ".join(installed_owners()),
        "vendor": [device.vendor, device.vendor_id],
        "device": device.device_id,
        "driver": device.driver,
        "simulated": device.simulated,
        "recipe": RECIPE,
        **system(),
    }


@cache
def system() -> Mapping[str, str]:
    """This system's build and the architecture that this Python was made for."""
    if sys.platform == "win32":
        build = ".".join(map(str, sys.getwindowsversion().platform_version))
    else:
        told = os.uname()
        build = f"{told.sysname} {told.release} {told.version}"
    return {"system": build, "machine": platform.machine()}


def _digest(facts: Mapping[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


_known: dict[str, str] = {}
_lock = threading.Lock()


def file_sha256(file: Path, hashes: Hashes | None = None) -> str:
    """The sha256 of a model's file and, when it has weights beside it, of those too.

    Read once for as long as path, size, time of change and inode stay; `hashes` remembers it across starts. Raises
    `OSError`.
    """
    parts = [_one_sha256(part, hashes) for part in (file, *external(file))]
    return parts[0] if len(parts) == 1 else hashlib.sha256("".join(parts).encode("ascii")).hexdigest()


def external(file: Path) -> list[Path]:
    """The files of weights beside a model: those named after it."""
    names = sorted({f"{stem}{ending}" for stem in (file.stem, file.name) for ending in EXTERNAL})
    return [path for name in names if (path := file.with_name(name)).is_file()]


def _one_sha256(file: Path, hashes: Hashes | None) -> str:
    about = file.stat()
    place = f"{os.path.abspath(file)}\0{about.st_size}\0{about.st_mtime_ns}\0{about.st_ino}"
    stamp = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()
    with _lock:
        known = _known.get(stamp)
    if known is None and hashes is not None:
        known = hashes.known_hash(stamp)
    if known is None:
        with file.open("rb") as stream:
            known = hashlib.file_digest(stream, "sha256").hexdigest()
        if hashes is not None:
            hashes.keep_hash(stamp, known)
    with _lock:
        _known[stamp] = known
    return known
