"""Which devices this machine has, asked in child processes: a provider that hangs or crashes while it looks harms nobody."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engines.runtime.contract import Device, DeviceFailed, DeviceName, Kind, Reason, Refusal
from engines.runtime.hardware import chips
from engines.runtime.proof import boot_id
from engines.runtime.providers import PROVIDERS, provider
from engines.runtime.providers.base import version_of
from engines.runtime.providers.options import SIMULATED
from engines.runtime.reasons import SEEN, TODO
from engines.runtime.workers import Worker
from homespun.errors import HomespunError
from homespun.files import atomic_write
from homespun.folders import folders, make_private

SECONDS = 20.0
"""What one provider may take to look."""

AT_ONCE = 4
"""Providers that look at the same time: each is a process that loads a runtime."""

VERSION = 2
"""Raised when what is kept changes its form."""

RUNTIMES = ("onnxruntime", "onnxruntime-gpu")
"""Runtimes that bring no provider of ours."""

MARKERS = (Path("/dev/dri"), Path("/dev/accel"), Path("/dev/nvidiactl"), Path("/dev/dxg"))
"""What a driver on Linux makes when it works."""

_LIST = "import importlib.metadata as m, json; print(json.dumps([[d.name, d.version] for d in m.distributions() if d.name]))"


@dataclass(frozen=True)
class Found:
    """Devices, and why a provider that is installed offers none; `seconds` of the look, and whether it was an earlier one."""

    devices: tuple[Device, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    seconds: float = 0.0
    from_cache: bool = False


def discover(
    *,
    pythons: Sequence[str] = (),
    deadline: float = SECONDS,
    fresh: bool = False,
    cached_only: bool = False,
    cache: Path | None = None,
) -> Found:
    """The devices of every provider that is installed here, and in the interpreters `pythons`.

    An earlier look counts until packages, drivers, system start or hardware change, unless `fresh`. With `cached_only`
    nothing is started: what an earlier look knows, or nothing. Never raises for what a provider does.
    """
    start = time.perf_counter()
    kept = cache or folders().cache / "devices.json"
    here = [name for name in PROVIDERS if provider(name).installed()]
    key = _key(here, pythons)
    if not fresh and (known := _read(kept, key)) is not None:
        return replace(known, seconds=time.perf_counter() - start)
    if cached_only:
        return Found(seconds=time.perf_counter() - start)
    asked = [(name, "") for name in here] + [(name, python) for python in pythons for name in able(python)]
    results: list[tuple[list[Device], Refusal | None]] = []
    if asked:
        with ThreadPoolExecutor(min(len(asked), AT_ONCE), "homespun-discover") as looks:
            results = list(looks.map(lambda one: _look(one[0], one[1], deadline), asked))
    devices = named_apart(device for found, _ in results for device in found)
    refusals = tuple(refusal for _, refusal in results if refusal is not None)
    found = Found(devices, refusals + _strangers(pythons), time.perf_counter() - start)
    _write(kept, key, found)
    return found


def _look(name: str, python: str, deadline: float) -> tuple[list[Device], Refusal | None]:
    """What one provider finds, or why it finds nothing."""
    worker = Worker(name, python=python)
    try:
        devices = worker.find(deadline)
    except DeviceFailed as failure:
        return [], _refusal(name, failure.reason)
    except HomespunError as error:
        return [], Refusal(DeviceName(name), Reason.FAILED, f"{error.what} {error.todo}")
    finally:
        worker.stop()
    return devices, None if devices else _refusal(name, Reason.NO_DEVICE)


def _refusal(name: str, reason: Reason) -> Refusal:
    told = f"{provider(name).title} offers no device: {SEEN[reason]}."
    return Refusal(DeviceName(name), reason, " ".join(filter(None, [told, TODO.get(reason, "")])))


def able(python: str) -> list[str]:
    """The providers whose packages another interpreter has; none for one that can't be started."""
    names = packages_of(python)
    return [] if names is None else [name for name in PROVIDERS if provider(name).brought_by(names)]


def packages_of(python: str) -> set[str] | None:
    """The distributions of another interpreter; None when it can't be asked."""
    with suppress(OSError, subprocess.SubprocessError, ValueError):
        told = subprocess.run([python, "-I", "-c", _LIST], capture_output=True, timeout=SECONDS, check=True).stdout
        return {str(name).lower() for name, _ in json.loads(told)}
    return None


def _strangers(pythons: Sequence[str]) -> tuple[Refusal, ...]:
    """A refusal for each interpreter of the settings that is none."""
    return tuple(
        Refusal(
            DeviceName(python),
            Reason.LIBRARY,
            f"{python} is not a Python that can be started. Correct `devices.pythons` in the settings.",
        )
        for python in pythons
        if not Path(python).is_file()
    )


def named_apart(devices: Any) -> tuple[Device, ...]:
    """Each name once: the second of a provider and kind, whichever interpreter has it, gets a 2."""
    seen: dict[str, int] = {}
    found = []
    for device in devices:
        name = f"{device.provider}:{device.kind.value}"
        number = seen[name] = seen.get(name, 0) + 1
        found.append(replace(device, name=DeviceName(f"{name}{number if number > 1 else ''}")))
    return tuple(found)


# --- what an earlier look depends on ---


def _key(here: Sequence[str], pythons: Sequence[str]) -> dict[str, Any]:
    return {
        "version": VERSION,
        "providers": [list(PROVIDERS), list(here)],
        "packages": sorted(f"{name} {version}" for name, version in packages()),
        "pythons": [[python, *_stamps(Path(python))] for python in pythons],
        "boot": boot_id(),
        "chips": [asdict(chip) for chip in chips()],
        "drivers": [sorted(os.listdir(one)) if one.is_dir() else one.exists() for one in MARKERS],
        "simulated": os.environ.get(SIMULATED, ""),
    }


def packages() -> list[tuple[str, str]]:
    """Names and versions of the distributions here that devices depend on, looked up by name: reading all takes 50 ms."""
    names = {*RUNTIMES, *(package for name in PROVIDERS for package in getattr(provider(name), "packages", ()))}
    return [(name, version) for name in sorted(names) if (version := version_of(name))]


def _stamps(python: Path) -> list[list[float]]:
    """What changes when an interpreter's packages do."""
    root = python.parent.parent
    places = [python, *sorted(root.glob("lib/python3*/site-packages")), root / "Lib" / "site-packages"]
    found = []
    for place in places:
        with suppress(OSError):
            told = place.stat()
            found.append([float(told.st_size), told.st_mtime])
    return found


def _read(kept: Path, key: dict[str, Any]) -> Found | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["key"] == json.loads(json.dumps(key)):
            return Found(
                tuple(Device(**{**one, "kind": Kind(one["kind"])}) for one in told["devices"]),
                tuple(Refusal(DeviceName(d), Reason(r), s) for d, r, s in told["refusals"]),
                from_cache=True,
            )
    return None


def _write(kept: Path, key: dict[str, Any], found: Found) -> None:
    """Remember a look. A cache that can't be written costs a second, nothing else."""
    told = {
        "key": key,
        "devices": [asdict(replace(device, options=dict(device.options))) for device in found.devices],
        "refusals": [[r.device, r.reason, r.sentence] for r in found.refusals],
    }
    with suppress(OSError, HomespunError):
        make_private(kept.parent)
        with atomic_write(kept) as stream:
            stream.write(json.dumps(told).encode())
