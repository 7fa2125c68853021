"""The devices that run models. The one place that knows ONNX Runtime.

`open_model` gives a `Session` at once; `Session.run` runs it; `Session.why` tells why it runs where it runs.
"""

from engines.runtime.closing import Closing
from engines.runtime.contract import CPU, DeviceName, Explanation, Mode, Port, Reason, Refusal, Result
from engines.runtime.cores import cores_for, fast_cores
from engines.runtime.ports import WrongInput
from engines.runtime.session import Session, open_model

__all__ = [
    "CPU",
    "Closing",
    "DeviceName",
    "Explanation",
    "Mode",
    "Port",
    "Reason",
    "Refusal",
    "Result",
    "Session",
    "WrongInput",
    "cores_for",
    "fast_cores",
    "open_model",
]
