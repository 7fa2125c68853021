"""One file per execution provider. A new one is a file here and a row in `PROVIDERS`."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from engines.runtime.contract import Provider

__all__ = ["PROVIDERS", "provider"]

PROVIDERS: dict[str, str] = {
    "qnn": "engines.runtime.providers.qnn:Qnn",
    "windowsml": "engines.runtime.providers.windowsml:WindowsMl",
    "vitisai": "engines.runtime.providers.vitisai:VitisAi",
    "tensorrt-rtx": "engines.runtime.providers.tensorrt_rtx:TensorRtRtx",
    "openvino": "engines.runtime.providers.openvino:OpenVino",
    "directml": "engines.runtime.providers.directml:DirectMl",
    "coreml": "engines.runtime.providers.coreml:CoreMl",
    "webgpu": "engines.runtime.providers.webgpu:WebGpu",
}
"""Every accelerator provider this version knows: module and class, imported when it is needed.

The processor is not among them: it needs no proof and no worker (`providers/cpu.py`).
"""


def provider(name: str) -> Provider:
    """The provider called `name`. Raises `KeyError` for one that this version does not know."""
    module, _, attribute = PROVIDERS[name].partition(":")
    return cast(Provider, getattr(import_module(module), attribute)())
