"""Any graphics chip by WebGPU (Direct3D 12, Vulkan, Metal): as a plug-in, or as a runtime of its own in another Python."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from engines.runtime.contract import Kind, Reason
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider, Place
from engines.runtime.providers.options import simulated_wanted

WEBGPU_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"Failed to get a WebGPU adapter|No supported adapters|Failed to get a WebGPU device", Reason.NO_DEVICE),
    (r"can only serve a compile-only session", Reason.NO_DEVICE),
    (r"WebGPU.{0,40}device.{0,20}lost|VK_ERROR_DEVICE_LOST|DXGI_ERROR_DEVICE_(REMOVED|HUNG|RESET)", Reason.DEVICE_LOST),
    (r"VK_ERROR_OUT_OF_(DEVICE|HOST)_MEMORY", Reason.NO_MEMORY),
)


class WebGpu(OrtProvider):
    """One run at a time in a process, which a worker keeps anyway. The first run compiles the shaders."""

    name = "webgpu"
    title = "WebGPU"
    kinds = frozenset({Kind.GPU})
    load_seconds = 120.0
    failures = WEBGPU_FAILURES + COMMON_FAILURES
    execution_provider = "WebGpuExecutionProvider"
    packages = ("onnxruntime-ep-webgpu", "onnxruntime-webgpu")
    systems = frozenset({"win32", "linux", "darwin"})
    plug_in = "onnxruntime_ep_webgpu"
    least_runtime = "1.24.4"
    comes_with = "the package onnxruntime-ep-webgpu, on any computer with a graphics chip"
    checks = (
        "homespun probe on the GPU: placed, matching, times",
        "restart the display driver while a model runs",
        "sleep and wake up while a model is loaded",
    )

    def listed(self, runtime: Any) -> Iterator[Place]:
        """One chip: no option tells the provider which, it takes the strongest."""
        yield from sorted(super().listed(runtime), key=lambda place: strength(place.handle))[:1]

    def unlisted(self, runtime: Any) -> Iterator[Place]:
        """SwiftShader, which is Vulkan on the processor: no graphics card, so no list has it."""
        if not simulated_wanted() or not software_vulkan():
            return
        if self.execution_provider not in runtime.get_available_providers() or self.is_plugged_in():
            return
        made = self.made(Kind.GPU, chip="Software Vulkan", library=self.library_version())
        yield Place(replace(made, simulated=True))


def strength(handle: Any) -> tuple[int, int]:
    """The order in which a provider that asks for the strongest chip gets them, as far as the runtime tells."""
    told = dict(handle.device.metadata)
    rank = str(told.get("DxgiHighPerformanceIndex", ""))
    return (int(rank) if rank.isdigit() else 99, 0 if told.get("Discrete") == "1" else 1)


def software_vulkan() -> bool:
    """Whether the Vulkan loader was told to take a driver that computes on the processor."""
    told = os.environ.get("VK_DRIVER_FILES") or os.environ.get("VK_ICD_FILENAMES") or ""
    files = [Path(part) for part in told.split(os.pathsep) if part]
    return any(file.is_file() and ("swiftshader" in file.name or "lvp" in file.name) for file in files)
