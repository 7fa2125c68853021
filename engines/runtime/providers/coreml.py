"""Apple's GPU and Neural Engine by CoreML, which is built into the runtime for macOS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engines.runtime.contract import Kind, Reason, Setup
from engines.runtime.hardware import chips
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider, Place
from homespun.folders import folders, make_private

COREML_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"Error compiling model|Unable to load model:|Failed to (create|build) (the )?MLModel", Reason.COMPILE),
    (r"Unable to compute the prediction|E5RT|Espresso exception", Reason.FAILED),
)

UNITS = {Kind.GPU: "CPUAndGPU", Kind.NPU: "CPUAndNeuralEngine"}
"""What CoreML may use; there is no way to forbid it the processor, so that placement is only what it takes as a whole."""


class CoreMl(OrtProvider):
    """Its own compiler; fixed sizes, since others end on the processor. Wrong numbers on macOS 15 were reported."""

    name = "coreml"
    title = "CoreML"
    kinds = frozenset({Kind.GPU, Kind.NPU})
    load_seconds = 300.0
    failures = COREML_FAILURES + COMMON_FAILURES
    execution_provider = "CoreMLExecutionProvider"
    packages = ("onnxruntime",)
    systems = frozenset({"darwin"})
    comes_with = "the runtime itself on a Mac with an Apple processor"
    checks = (
        "homespun probe on the GPU and on the NPU: placed, matching (fp16!), times",
        "powermetrics shows the Neural Engine busy during `homespun models bench`",
        "sleep and wake up while a model is loaded",
    )

    def unlisted(self, runtime: Any) -> Iterator[Place]:
        """The runtime lists no device for it: the chips of this Mac."""
        if self.execution_provider not in runtime.get_available_providers():
            return
        for chip in chips():
            yield Place(
                self.made(
                    chip.kind,
                    chip=chip.title,
                    library=self.library_version(),
                    vendor=chip.vendor,
                    vendor_id=chip.vendor_id,
                    device_id=chip.device_id,
                    driver=chip.driver,
                    options={
                        "ModelFormat": "MLProgram",
                        "MLComputeUnits": UNITS[chip.kind],
                        "RequireStaticInputShapes": "1",
                    },
                )
            )

    def options(self, setup: Setup) -> dict[str, str]:
        """With a folder for what it compiles, of this very file: it goes by the path alone."""
        return {**super().options(setup), "ModelCacheDirectory": str(kept_for(setup))}


def kept_for(setup: Setup) -> Path:
    """Where CoreML may keep the compiled form of a file, at these sizes; made if need be."""
    about = setup.file.stat()
    stamp = f"{setup.file.absolute()}\0{about.st_size}\0{about.st_mtime_ns}\0{sorted(setup.shapes.items())}"
    name = hashlib.sha256(stamp.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return make_private(folders().cache / "coreml" / name)
