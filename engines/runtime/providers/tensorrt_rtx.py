"""NVIDIA's RTX cards by TensorRT for RTX, a plug-in of 200 MB and more: Windows and Linux."""

from __future__ import annotations

from engines.runtime.contract import Kind, Reason
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider

TENSORRT_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"CUDA driver version is insufficient|CUDA_ERROR_NO_DEVICE|no CUDA-capable device", Reason.NO_DEVICE),
    (r"CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|out of memory", Reason.NO_MEMORY),
    (r"cudaErrorDevicesUnavailable|CUDA_ERROR_(ILLEGAL_ADDRESS|LAUNCH_FAILED|DEVICE_UNAVAILABLE)", Reason.DEVICE_LOST),
    (r"failed to (build|create) (the )?engine|could not find any implementation for node", Reason.COMPILE),
    (r"deserializeCudaEngine|engine.{0,40}incompatible", Reason.STALE_CONTEXT),
)


class TensorRtRtx(OrtProvider):
    """For cards from the 30 series on. The first load builds an engine, which is kept."""

    name = "tensorrt-rtx"
    title = "TensorRT RTX"
    kinds = frozenset({Kind.GPU})
    compiles = True
    load_seconds = 600.0
    failures = TENSORRT_FAILURES + COMMON_FAILURES
    execution_provider = "NvTensorRTRTXExecutionProvider"
    packages = ("onnxruntime-ep-nv-tensorrt-rtx-cu13", "onnxruntime-ep-nv-tensorrt-rtx")
    plug_in = "onnxruntime_ep_nv_tensorrt_rtx"
    comes_with = (
        "the package onnxruntime-ep-nv-tensorrt-rtx-cu13, on computers with an NVIDIA RTX card (Windows, Linux)"
    )
    checks = (
        "homespun probe on the GPU: placed, matching, times",
        "an engine that was kept loads in the next process",
        "a game or a video that fills the card's memory while a model runs",
    )
