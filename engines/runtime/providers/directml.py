"""Any graphics chip on Windows by DirectML, which is built into the runtime for Windows x64."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engines.runtime.contract import Kind, Reason, Setup
from engines.runtime.providers.base import COMMON_FAILURES, OrtProvider

if TYPE_CHECKING:
    import onnxruntime

DIRECTML_FAILURES: tuple[tuple[str, Reason], ...] = (
    # Removed, hung, reset, and the one without a name that comes in their place (dispatch.md §4.1).
    (r"887A000[567]|80004005|DXGI_ERROR_DEVICE_(REMOVED|HUNG|RESET)", Reason.DEVICE_LOST),
    (r"8007000E|E_OUTOFMEMORY|not enough memory resources", Reason.NO_MEMORY),
    (r"887A0004|DXGI_ERROR_UNSUPPORTED|No (capable )?GPU", Reason.NO_DEVICE),
)


class DirectMl(OrtProvider):
    """One session a process and one run at a time; a lost device needs a new process, never a new session."""

    name = "directml"
    title = "DirectML"
    kinds = frozenset({Kind.GPU})
    alone = True
    load_seconds = 120.0
    failures = DIRECTML_FAILURES + COMMON_FAILURES
    execution_provider = "DmlExecutionProvider"
    packages = ("onnxruntime-directml", "onnxruntime-windowsml")
    systems = frozenset({"win32"})
    comes_with = "the runtime itself on Windows with an Intel or AMD processor"
    checks = (
        "homespun probe on each GPU: placed, matching, times",
        "restart the display driver (Ctrl+Win+Shift+B) while a model runs",
        "two graphics chips: the one that was named is the one that is busy",
        "sleep and wake up while a model is loaded",
    )

    def picks(self, handle: Any, kind: Kind) -> dict[str, str]:
        """The adapter's number, which the runtime tells."""
        del kind
        told = {**dict(handle.device.metadata), **dict(handle.ep_options)}
        number = told.get("DxgiAdapterNumber", told.get("device_id"))
        return {} if number is None else {"device_id": str(number)}

    def tune(self, options: onnxruntime.SessionOptions, setup: Setup) -> None:
        """It can't work with the memory pattern (dispatch.md §4.1)."""
        del setup
        options.enable_mem_pattern = False
