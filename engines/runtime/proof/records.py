"""What the ledger holds, as frozen dataclasses, and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from engines.runtime.contract import Device, DeviceName, Kind, Reason


@dataclass(frozen=True)
class Verdict:
    """What one proof found. `at` is in seconds since 1970, `*_ms` are milliseconds of one call, `*_seconds` seconds.

    `shapes` is a text such as `tokens=128`. `cpu_seconds` is processor time per call on the device,
    `cpu_seconds_on_cpu` the same on the processor. What the proof did not come to is None; of times of a call and of bytes, 0.
    """

    fingerprint: str
    at: float
    model: str
    file: str
    shapes: str
    device: DeviceName
    provider: str
    passed: bool
    reason: Reason | None = None
    share: float | None = None
    crossings: int | None = None
    measure: str = ""
    value: float | None = None
    cpu_ms: float = 0.0
    device_ms: float = 0.0
    cpu_p95_ms: float = 0.0
    device_p95_ms: float = 0.0
    cpu_seconds: float = 0.0
    cpu_seconds_on_cpu: float = 0.0
    first_seconds: float | None = None
    load_seconds: float | None = None
    peak_bytes: int = 0
    text: str = ""


@dataclass(frozen=True)
class Quarantine:
    """A device that may not run one model (`fingerprint`), or any (empty), until `until`; None: until its driver changes.

    `strikes` is how many failures led to it.
    """

    key: str
    device: DeviceName
    reason: Reason
    until: float | None
    text: str
    strikes: int
    fingerprint: str = ""
    model: str = ""


@dataclass(frozen=True)
class Interrupted:
    """A probe whose process is gone. `struck` says whether it counts as a crash; `quarantine` is what came of that."""

    fingerprint: str
    device: Device
    model: str
    struck: bool
    quarantine: Quarantine | None


def driver_key(device: Device) -> str:
    """What goes into quarantine as a whole: a provider with its library, the maker of the chip, and the driver."""
    return "|".join((device.provider, f"{device.vendor_id:x}", device.driver, device.library))


def verdict_of(body: str) -> Verdict:
    """A verdict that was kept as JSON. Raises `ValueError` and `TypeError`."""
    known = {field.name for field in fields(Verdict)}
    told: dict[str, Any] = {name: value for name, value in json.loads(body).items() if name in known}
    told["reason"] = Reason(told["reason"]) if told.get("reason") else None
    return Verdict(**told)


def quarantine_of(row: tuple[Any, ...]) -> Quarantine:
    """A row of the ledger. Raises `ValueError`."""
    key, device, reason, until, text, strikes, fingerprint, model = row
    return Quarantine(key, DeviceName(device), Reason(reason), until, text, strikes, fingerprint, model)


def device_text(device: Device) -> str:
    """A device as JSON."""
    told: Mapping[str, Any] = {f.name: getattr(device, f.name) for f in fields(Device)}
    return json.dumps(dict(told) | {"options": dict(device.options)})


def device_of(text: str) -> Device:
    """A device that was kept as JSON. Raises `ValueError`, `KeyError` and `TypeError`."""
    known = {field.name for field in fields(Device)}
    told: dict[str, Any] = {name: value for name, value in json.loads(text).items() if name in known}
    told["kind"] = Kind(told["kind"])
    return Device(**told)
