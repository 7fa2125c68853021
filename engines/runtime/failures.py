"""What ONNX Runtime's exceptions mean, in words for a person."""

from __future__ import annotations

import re
from pathlib import Path

from homespun.errors import Damaged, HomespunError, NotFound
from homespun.progress import Cancelled

STOPPED = "terminate flag"

NO_MEMORY = re.compile(r"bad.?alloc|failed to allocate|out of memory|allocat\w+ failed", re.IGNORECASE)

UNREADABLE = {
    "InvalidProtobuf",
    "InvalidGraph",
    "NoModel",
    "Fail",
    "InvalidArgument",
    "NotImplemented",
    "RuntimeException",
}


def is_runtime_error(error: BaseException) -> bool:
    """Whether `error` comes from ONNX Runtime, in any of its versions (1.32 has classes that 1.24 lacks)."""
    return type(error).__module__.startswith("onnxruntime")


def load_failed(file: Path, error: Exception) -> Exception:
    """What to raise when the model in `file` does not load; `error` itself when it says nothing about the file."""
    if not file.is_file():
        return NotFound(f"The model file {file} is not there.", "Run `homespun models verify` to see what is missing.")
    if not is_runtime_error(error):
        return error
    if NO_MEMORY.search(str(error)):
        return no_memory(file.name)
    if type(error).__name__ in UNREADABLE:
        return Damaged(
            f"The model file {file} is damaged or not a model for this runtime ({first_line(error)}).",
            "Run `homespun models verify`, remove what it names and get it again.",
        )
    return error


def run_failed(model: str, error: Exception) -> Exception:
    """What to raise when a run of `model` ends with `error`."""
    if not is_runtime_error(error):
        return error
    if STOPPED in str(error):
        return Cancelled()
    return no_memory(model) if NO_MEMORY.search(str(error)) else error


def no_memory(model: str) -> HomespunError:
    """There is not enough memory to load or run `model`."""
    return HomespunError(f"There is not enough memory free to run {model}.", "Close other programs and try again.")


def first_line(error: Exception) -> str:
    """The first line of an exception, without the runtime's own prefix and at most 160 characters."""
    text = str(error).strip().partition("\n")[0]
    return re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", text)[:160].rstrip(" .")
