"""AMD's XDNA NPU by VitisAI, which Windows brings (see `windowsml`)."""

from __future__ import annotations

from engines.runtime.contract import Kind, Reason
from engines.runtime.providers.base import COMMON_FAILURES
from engines.runtime.providers.windowsml import VITIS, WindowsMl

VITISAI_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"vaip.{0,80}(compile|xcompiler)|xclbin.{0,40}(not found|mismatch)", Reason.COMPILE),
    (r"No such device|XRT.{0,40}(device|driver)", Reason.NO_DEVICE),
)


class VitisAi(WindowsMl):
    """One session a process: several crash. The first compilation takes minutes, without a word."""

    name = "vitisai"
    title = "VitisAI"
    kinds = frozenset({Kind.NPU})
    load_seconds = 600.0
    failures = VITISAI_FAILURES + COMMON_FAILURES
    comes_with = "the package windowsml, on Windows 11 with a Ryzen AI processor; the provider comes with Windows"
    checks = (
        "homespun probe on the NPU: placed and not silently on the CPU, matching, times",
        "the first compilation: seconds, and cancelling it",
        "sleep and wake up while a model is loaded",
    )

    def wanted(self, name: str) -> bool:
        """AMD's alone."""
        return name == VITIS
