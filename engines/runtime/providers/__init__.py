"""One file per kind of device. A new device is a file here and a row in `PROVIDERS`."""

from __future__ import annotations

from engines.runtime.contract import DeviceName, Provider
from engines.runtime.providers.cpu import Cpu

__all__ = ["PROVIDERS"]

PROVIDERS: dict[DeviceName, Provider] = {provider.device: provider for provider in (Cpu(),)}
"""Every kind of device this version knows, best first. The CPU is last and always there."""
