"""The devices that run models. The one place that knows ONNX Runtime.

`open_model` gives a `Session` at once; `Session.run` runs it; `Session.why` tells why it runs where it runs. `cases_of`
tells of a model how it stands on every device, `prove_case` proves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from homespun.doors import lazily

if TYPE_CHECKING:
    from engines.runtime.cases import Case, Line, cases_of, prove_case, refusal_sentence, require_devices
    from engines.runtime.closing import Closing
    from engines.runtime.contract import (
        CPU,
        Device,
        DeviceName,
        Explanation,
        Kind,
        Mode,
        Policy,
        Port,
        Reason,
        Refusal,
        Result,
    )
    from engines.runtime.cores import cores_for, fast_cores
    from engines.runtime.opening import open_model
    from engines.runtime.ports import WrongInput
    from engines.runtime.power import on_battery
    from engines.runtime.session import DeviceRefused, Session
    from engines.runtime.timing import Timed, bench

__all__ = [
    "CPU",
    "Case",
    "Closing",
    "Device",
    "DeviceName",
    "DeviceRefused",
    "Explanation",
    "Kind",
    "Line",
    "Mode",
    "Policy",
    "Port",
    "Reason",
    "Refusal",
    "Result",
    "Session",
    "Timed",
    "WrongInput",
    "bench",
    "cases_of",
    "cores_for",
    "fast_cores",
    "on_battery",
    "open_model",
    "prove_case",
    "refusal_sentence",
    "require_devices",
]

_WHERE = {
    "CPU": "engines.runtime.contract",
    "Case": "engines.runtime.cases",
    "Closing": "engines.runtime.closing",
    "Device": "engines.runtime.contract",
    "DeviceName": "engines.runtime.contract",
    "DeviceRefused": "engines.runtime.session",
    "Explanation": "engines.runtime.contract",
    "Kind": "engines.runtime.contract",
    "Line": "engines.runtime.cases",
    "Mode": "engines.runtime.contract",
    "Policy": "engines.runtime.contract",
    "Port": "engines.runtime.contract",
    "Reason": "engines.runtime.contract",
    "Refusal": "engines.runtime.contract",
    "Result": "engines.runtime.contract",
    "Session": "engines.runtime.session",
    "Timed": "engines.runtime.timing",
    "WrongInput": "engines.runtime.ports",
    "bench": "engines.runtime.timing",
    "cases_of": "engines.runtime.cases",
    "cores_for": "engines.runtime.cores",
    "fast_cores": "engines.runtime.cores",
    "on_battery": "engines.runtime.power",
    "open_model": "engines.runtime.opening",
    "prove_case": "engines.runtime.cases",
    "refusal_sentence": "engines.runtime.cases",
    "require_devices": "engines.runtime.cases",
}
"""Where each name is. It is imported when somebody asks for it: a command about devices needs no arrays, and a worker no app."""

__getattr__ = lazily(__name__, _WHERE)
