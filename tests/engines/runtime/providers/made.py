"""A runtime that is none: it lists the devices that a test wants, and remembers what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from engines.runtime.contract import Device, Mode, Setup


def handle(
    provider: str,
    kind: str,
    *,
    vendor_id: int = 0x10DE,
    device_id: int = 0x2786,
    vendor: str = "NVIDIA",
    metadata: dict[str, str] | None = None,
    ep_metadata: dict[str, str] | None = None,
    ep_options: dict[str, str] | None = None,
) -> Any:
    """An `OrtEpDevice` as the runtime would give it."""
    hardware = SimpleNamespace(
        type=SimpleNamespace(name=kind.upper()),
        vendor=vendor,
        vendor_id=vendor_id,
        device_id=device_id,
        metadata=metadata or {},
    )
    return SimpleNamespace(
        ep_name=provider,
        ep_vendor=vendor,
        ep_metadata=ep_metadata or {"version": "9.9"},
        ep_options=ep_options or {},
        device=hardware,
    )


@dataclass
class Options:
    """Session options that remember."""

    entries: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    devices: list[tuple[Any, dict[str, str]]] = field(default_factory=list)
    providers: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    enable_mem_pattern: bool = True
    intra_op_num_threads: int = 0
    inter_op_num_threads: int = 0
    execution_mode: str = ""
    log_severity_level: int = 0

    def add_session_config_entry(self, key: str, value: str) -> None:
        """Remember an entry."""
        self.entries[key] = value

    def add_free_dimension_override_by_name(self, name: str, size: int) -> None:
        """Remember a size."""
        self.sizes[name] = size

    def add_provider_for_devices(self, devices: list[Any], options: dict[str, str]) -> None:
        """Remember explicit devices."""
        self.devices += [(device, options) for device in devices]

    def add_provider(self, name: str, options: dict[str, str]) -> None:
        """Remember a provider."""
        self.providers.append((name, options))


@dataclass
class Runtime:
    """What `import onnxruntime` would give."""

    handles: list[Any] = field(default_factory=list)
    available: list[str] = field(default_factory=lambda: ["CPUExecutionProvider"])
    registered: list[tuple[str, str]] = field(default_factory=list)
    SessionOptions: type[Options] = Options
    ExecutionMode: Any = field(default_factory=lambda: SimpleNamespace(ORT_SEQUENTIAL="sequential"))

    def get_ep_devices(self) -> list[Any]:
        """The devices."""
        return self.handles

    def get_available_providers(self) -> list[str]:
        """What it was built with."""
        return self.available

    def register_execution_provider_library(self, name: str, path: str) -> None:
        """Remember a library; twice is an error, as it is of the real one."""
        if name in dict(self.registered):
            raise RuntimeError(f"EP library is already registered under {name}")
        self.registered.append((name, path))


def setup_for(device: Device, file: Any, mode: Mode = Mode.BALANCED, **about: Any) -> Setup:
    """A setup of 3 threads on `device`."""
    return Setup(device, file, threads=3, mode=mode, **about)
