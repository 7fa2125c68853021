"""Devices, setups and verdicts as the tests of the proof need them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from engines.runtime.contract import Device, DeviceName, Kind, Reason, Setup
from engines.runtime.proof import Ledger, Verdict

NPU = Device(
    DeviceName("qnn:npu"),
    "qnn",
    Kind.NPU,
    "An NPU",
    vendor="Maker",
    vendor_id=0x4D4F,
    device_id=7,
    driver="31.0.1",
    library="2.7.0",
    runtime="onnxruntime 1.32.0",
    options={"backend_type": "htp", "soc_model": "60"},
)


def device(**changed: Any) -> Device:
    """An NPU, with some of it changed."""
    return replace(NPU, **changed)


def setup(**changed: Any) -> Setup:
    """A setup of that NPU, with some of it changed."""
    return replace(Setup(NPU, Path("model.onnx"), {"batch": 1, "tokens": 128}), **changed)


def verdict(fingerprint: str = "f", **changed: Any) -> Verdict:
    """A verdict that passed, with some of it changed."""
    passed = Verdict(fingerprint, 1_000.0, "a-model", "model.onnx", "tokens=128", NPU.name, "qnn", True, share=1.0)
    return replace(passed, **changed)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def strike(ledger: Ledger, fingerprint: str, reason: Reason, *, probing: bool = False, **changed: Any) -> Any:
    """A failure of a device, `changed` from the NPU, that the ledger is told of."""
    return ledger.strike(fingerprint, device(**changed), reason, "it broke", probing=probing)
