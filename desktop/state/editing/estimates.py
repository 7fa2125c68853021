"""How long things took on this computer, and so how long the next one will take."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from homespun.folders import make_private

KEPT = 12
"""Runs of one kind that are remembered."""

LEAST = 3
"""Pixels under which a run tells nothing."""

Run = tuple[float, float]
"""Pixels and seconds."""


class Paces:
    """Measured runs, by what ran and on which device; kept in one small file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs: dict[str, list[Run]] = {}
        self._devices: dict[str, str] = {}
        self._read()

    def device(self, what: str) -> str:
        """The device that ran it last; "" before the first time."""
        return self._devices.get(what, "")

    def seconds(self, what: str, device: str, pixels: int) -> float | None:
        """About how long `what` takes for so many pixels; None where it never ran here."""
        runs = self._runs.get(f"{what}@{device}", [])
        return None if not runs else _line(runs, pixels)

    def add(self, what: str, device: str, pixels: int, seconds: float) -> None:
        """A run ended; another window's runs since then are kept."""
        self._read()
        self._devices[what] = device
        if pixels >= LEAST and seconds > 0:
            runs = self._runs.setdefault(f"{what}@{device}", [])
            runs.append((float(pixels), seconds))
            del runs[:-KEPT]
        self._write()

    def _read(self) -> None:
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            told = json.loads(self._path.read_bytes())
            runs = {
                str(name): [(float(pixels), float(seconds)) for pixels, seconds in one]
                for name, one in told["runs"].items()
            }
            devices = {str(name): str(device) for name, device in told["devices"].items()}
            self._runs, self._devices = runs, devices

    def _write(self) -> None:
        data = json.dumps({"runs": self._runs, "devices": self._devices}).encode()
        with suppress(OSError):  # an estimate is not worth a message
            make_private(self._path.parent)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".", suffix=".part")
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(self._path)


def _line(runs: list[Run], pixels: int) -> float:
    """A start and a pace, both not below 0, through the runs; from one run alone, its own pace for more pixels."""
    mean_pixels = sum(one for one, _ in runs) / len(runs)
    mean_seconds = sum(one for _, one in runs) / len(runs)
    spread = sum((one - mean_pixels) ** 2 for one, _ in runs)
    pace = 0.0
    if spread > (0.1 * mean_pixels) ** 2:
        pace = sum((one - mean_pixels) * (seconds - mean_seconds) for one, seconds in runs) / spread
    if pace <= 0:
        return mean_seconds * max(1.0, pixels / mean_pixels)
    pace = min(pace, mean_seconds / mean_pixels)
    return mean_seconds + pace * (pixels - mean_pixels)
