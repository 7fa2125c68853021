"""Devices as the worker tells of them, made up: an Intel computer with a graphics chip and an NPU."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.workers.client import Ended
from tests.desktop.devices.scripted import ScriptedWorker

GPU, NPU = "openvino:gpu", "openvino:npu"
MORNING = datetime(2026, 11, 30, 8, 0).timestamp()  # noqa: DTZ001 - this computer's own day
PROCESSOR = {"title": "Intel Core Ultra 7", "cores": 6, "runtime": ["onnxruntime 1.24.4"]}


def device(name: str, title: str, kind: str, **told: Any) -> dict[str, Any]:
    standard = {
        "name": name,
        "title": title,
        "kind": kind,
        "provider": "OpenVINO",
        "driver": "32.0",
        "library": "",
        "runtime": "",
        "elsewhere": False,
        "simulated": False,
        "proved": True,
    }
    return {**standard, **told}


ARC = device(GPU, "Intel Arc", "gpu")
BOOST = device(NPU, "Intel AI Boost", "npu", proved=False)


def verdict(*, passed: bool, reason: str = "", **told: Any) -> dict[str, Any]:
    standard = {
        "at": MORNING,
        "passed": passed,
        "reason": reason,
        "share": 1.0,
        "crossings": 0,
        "measure": "PSNR dB",
        "value": 64.678,
        "cpu_ms": 8.0,
        "device_ms": 2.5,
        "first_seconds": 1.0,
        "text": "",
    }
    return {**standard, **told}


def line(name: str, reason: str = "", found: Any = None, quarantine: Any = None) -> dict[str, Any]:
    return {
        "device": name,
        "precision": "fp32",
        "reason": reason,
        "sentence": "",
        "verdict": found,
        "quarantine": quarantine,
    }


def case(file: str, lines: list[dict[str, Any]], chosen: str = "cpu", **sizes: int) -> dict[str, Any]:
    return {"file": file, "sizes": sizes, "chosen": chosen, "lines": lines}


def model(name: str, *cases: dict[str, Any]) -> dict[str, Any]:
    return {"model": name, "title": f"Title of {name}", "cases": list(cases)}


ENLARGER = model(
    "enlarge-faithful",
    case("x2.onnx", [line(GPU, "", verdict(passed=True)), line(NPU, "crash", verdict(passed=False, reason="crash"))]),
    case("x4.onnx", [line(GPU, "", verdict(passed=True)), line(NPU, "not-proved")]),
)
"""One that the graphics chip does well, and the NPU once not and once not yet."""


def knowing(
    devices: Sequence[dict[str, Any]], models: Sequence[dict[str, Any]] = (), use: str = "auto"
) -> ScriptedWorker:
    """A worker that has looked at these."""
    parts = [(Ended.PART, one) for one in models]
    return ScriptedWorker(
        look=[(Ended.DONE, {"processor": PROCESSOR, "devices": list(devices), "refusals": [], "use": use})],
        stand=[*parts, (Ended.DONE, {"models": [one["model"] for one in models]})],
    )
