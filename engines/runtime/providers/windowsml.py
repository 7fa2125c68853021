"""Providers that Windows itself brings and keeps up to date, by the catalogue of Windows ML.

Only what is ready is used; `catalogue.py` brings more, after a person's yes. The catalogue is used in worker processes
alone, because letting go of it ends some of them in a crash (dispatch.md §4.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engines.runtime.contract import Kind, Reason, Setup
from engines.runtime.hardware import chips
from engines.runtime.providers import catalogue
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider, Place, is_virtual, register_once
from engines.runtime.providers.openvino import OPENVINO_FAILURES
from engines.runtime.providers.qnn import PERFORMANCE, QNN_FAILURES
from engines.runtime.providers.tensorrt_rtx import TENSORRT_FAILURES

VITIS = "VitisAIExecutionProvider"

CATALOGUE_FAILURES: tuple[tuple[str, Reason], ...] = (
    *QNN_FAILURES,
    *OPENVINO_FAILURES,
    *TENSORRT_FAILURES,
    *COMMON_FAILURES,
)


class WindowsMl(OrtProvider):
    """All providers of the catalogue that are ready, but AMD's, which has a row of its own (`vitisai`)."""

    name = "windowsml"
    title = "Windows ML"
    kinds = frozenset({Kind.GPU, Kind.NPU})
    alone = True  # it may be any provider, and some can't hold two sessions
    compiles = True
    load_seconds = 600.0
    failures = CATALOGUE_FAILURES
    execution_provider = ""
    packages = ("windowsml",)
    systems = frozenset({"win32"})
    comes_with = "the package windowsml, on Windows 11; the providers themselves come with Windows"
    checks: tuple[str, ...] = (
        "`homespun devices --all` names what the catalogue offers",
        "bringing a provider: the question, progress, a cancel in the middle, once more",
        "`homespun probe` on what is ready: placed, matching, times",
        "Windows brings a newer provider: it is proved again",
    )

    def __init__(self) -> None:
        self._versions: dict[str, str] = {}

    def wanted(self, name: str) -> bool:
        """Whether this row is about the provider `name` of the catalogue."""
        return name != VITIS

    def register(self, runtime: Any) -> None:
        """Make the runtime know what is ready; the catalogue itself does not (dispatch.md §4.2)."""
        for one in catalogue.opened().find_all_providers():
            name = str(one.name)
            if self.wanted(name) and catalogue.state_of(one) is catalogue.State.READY and one.library_path:
                register_once(runtime, name, str(one.library_path))
                self._versions[name] = str(one.version)

    def listed(self, runtime: Any) -> Iterator[Place]:
        """The devices of every provider that was registered here."""
        known = chips()
        for handle in runtime.get_ep_devices():
            if handle.ep_name in self._versions and not is_virtual(handle):
                device = self.described(handle, known)
                if device is not None:
                    yield Place(device, handle)

    def library_version(self, handle: Any = None) -> str:
        """Name and version of the provider: Windows changes it without asking."""
        return "" if handle is None else f"{handle.ep_name} {self._versions.get(handle.ep_name, '')}".strip()

    def picks(self, handle: Any, kind: Kind) -> dict[str, str]:
        """What a Hexagon NPU is told by its own row."""
        del kind
        return {"backend_type": "htp"} if handle.ep_name == "QNNExecutionProvider" else {}

    def options(self, setup: Setup) -> dict[str, str]:
        """With the clock of a Hexagon NPU."""
        chosen = super().options(setup)
        if chosen.get("backend_type") == "htp":
            chosen["htp_performance_mode"] = PERFORMANCE[setup.mode]
        return chosen
