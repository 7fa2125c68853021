"""Qualcomm's Hexagon NPU, by the plug-in `onnxruntime-qnn`: Windows on Arm, and a slow but exact simulator on Linux x64."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engines.runtime.contract import Device, Kind, Mode, Reason, Setup
from engines.runtime.hardware import Chip, machine
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider
from engines.runtime.providers.options import simulated_wanted

QNN_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"CREATE_FROM_BINARY", Reason.STALE_CONTEXT),
    (
        r"default backend path|SetupBackend failed|Unable to load backend|Qnn\w+\.(so|dll): cannot open",
        Reason.NO_BACKEND,
    ),
    (r"Failed to finalize QNN graph|QNN_COMMON_ERROR_MEM_ALLOC", Reason.COMPILE),
)

PERFORMANCE = {Mode.QUIET: "balanced", Mode.BALANCED: "balanced", Mode.EAGER: "burst"}
"""The clock of the NPU: full while a person waits."""

SNAPDRAGON_X = {"soc_model": "60", "htp_arch": "73"}
"""What the simulator plays. The number of the chip is from memory of the vendor's table (dispatch.md §3)."""


class Qnn(OrtProvider):
    """Runs fixed sizes only; its quantised files must be made with its own recipe, or their numbers are silently wrong."""

    name = "qnn"
    title = "QNN"
    kinds = frozenset({Kind.NPU})
    compiles = True
    load_seconds = 600.0  # the first load compiles
    failures = QNN_FAILURES + COMMON_FAILURES
    execution_provider = "QNNExecutionProvider"
    packages = ("onnxruntime-qnn",)
    plug_in = "onnxruntime_qnn"
    least_runtime = "1.24.2"
    comes_with = "the package onnxruntime-qnn, on Windows on Arm (Snapdragon X)"
    checks = (
        "homespun probe: the sentence encoder and both enlarging networks are placed and match",
        "a file that was compiled on another computer is refused or loads",
        "sleep and wake up while a model is loaded",
    )

    def described(self, handle: Any, known: Sequence[Chip]) -> Device | None:
        """The NPU; on Linux x64, where the plug-in takes the processor for one, its simulator, if that is asked for."""
        if not simulates():
            return super().described(handle, known)
        if not simulated_wanted():
            return None
        device = self.made(
            Kind.NPU,
            chip="Simulated Hexagon NPU",
            library=self.library_version(handle),
            vendor=str(handle.ep_vendor),
            vendor_id=int(handle.device.vendor_id),
            device_id=int(handle.device.device_id),
            options=self.picks(handle, Kind.NPU),
        )
        return replace(device, simulated=True)

    def picks(self, handle: Any, kind: Kind) -> dict[str, str]:
        """The part of the NPU that multiplies matrices; x64 has no default, and must be told which chip to play."""
        del handle, kind
        return {"backend_type": "htp", **(SNAPDRAGON_X if simulates() else {})}

    def options(self, setup: Setup) -> dict[str, str]:
        """With the clock, which changes no number."""
        return {**super().options(setup), "htp_performance_mode": PERFORMANCE[setup.mode]}


def simulates() -> bool:
    """Whether the plug-in for this system holds the simulator and not the driver."""
    return sys.platform == "linux" and machine(platform.machine()) == "x86_64"
