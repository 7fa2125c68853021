"""Intel's GPUs and NPUs by OpenVINO: as a plug-in beside the runtime, or as a runtime of its own in another Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engines.runtime.contract import Kind, Reason, Setup
from engines.runtime.hardware import chips
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider, Place
from engines.runtime.providers.options import simulated_wanted

OPENVINO_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"to_shape was called on a dynamic shape", Reason.UNSUITABLE),
    (r"VCL compiler loading failed|ZE_RESULT_ERROR_MODULE_BUILD_FAILURE", Reason.COMPILE),
    (r"ZE_RESULT_ERROR_DEVICE_LOST|CL_OUT_OF_RESOURCES", Reason.DEVICE_LOST),
    (r"ZE_RESULT_ERROR_OUT_OF|CL_MEM_OBJECT_ALLOCATION_FAILURE", Reason.NO_MEMORY),
    (
        r"Device with .{0,40} name is not registered|No available device|not found in the list of available",
        Reason.NO_DEVICE,
    ),
)

INTEL = 0x8086


class OpenVino(OrtProvider):
    """The NPU needs fixed sizes; the first load compiles, and keeps the processor busy meanwhile."""

    name = "openvino"
    title = "OpenVINO"
    kinds = frozenset({Kind.GPU, Kind.NPU})
    compiles = True
    load_seconds = 600.0
    failures = OPENVINO_FAILURES + COMMON_FAILURES
    execution_provider = "OpenVINOExecutionProvider"
    packages = ("onnxruntime-ep-openvino", "onnxruntime-openvino")
    plug_in = "onnxruntime_ep_openvino"
    comes_with = "the package onnxruntime-ep-openvino, on computers with an Intel GPU or NPU (Windows, Linux)"
    checks = (
        "homespun probe on the GPU and on the NPU: placed, matching, times",
        "the first load of the largest model: seconds, and whether the computer stays pleasant",
        "sleep and wake up while a model is loaded",
    )

    def unlisted(self, runtime: Any) -> Iterator[Place]:
        """Of its own runtime, which lists nothing: Intel's chips as the system knows them, and on request the processor."""
        if self.execution_provider not in runtime.get_available_providers() or self.is_plugged_in():
            return
        library = self.library_version()
        seen: dict[Kind, int] = {}
        for chip in chips():
            if chip.vendor_id == INTEL and chip.kind in self.kinds:
                number = seen[chip.kind] = seen.get(chip.kind, -1) + 1
                which = chip.kind.value.upper() if chip.kind is Kind.NPU else f"GPU.{number}"
                yield Place(
                    self.made(
                        chip.kind,
                        chip=chip.title,
                        library=library,
                        vendor=chip.vendor,
                        vendor_id=chip.vendor_id,
                        device_id=chip.device_id,
                        driver=chip.driver,
                        options={"device_type": which},
                    )
                )
        if simulated_wanted():
            made = self.made(Kind.CPU, chip="This processor", library=library, options={"device_type": "CPU"})
            yield Place(replace(made, simulated=True))

    def options(self, setup: Setup) -> dict[str, str]:
        """Where it computes on the processor, with as many threads as the session may have."""
        chosen = super().options(setup)
        if setup.device.kind is Kind.CPU:
            chosen["num_of_threads"] = str(setup.threads)
        return chosen
