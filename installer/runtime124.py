"""ONNX Runtime 1.24.4 laid over the test environment.

DirectML, which Windows x64 uses, is frozen at that version, so the engines' tests run on it everywhere. Two ONNX
Runtimes can't share one environment (they own the same folder), so the older one lies in a folder of its own that goes
in front on PYTHONPATH.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from installer.environment import STAMP, Builder, pip_for, remove, require_room
from installer.interpreter import Interpreter, this_interpreter
from installer.locks import OLD_RUNTIME, check_current, file_digest

FOLDER = ".venv-onnxruntime-1.24"
SIZE = 80_000_000


def ensure_old_runtime(builder: Builder) -> Path | None:
    """The folder to put on PYTHONPATH; None where the environment itself holds 1.24 (Windows x64). Raises `Failure`."""
    python = builder.interpreter or this_interpreter()
    if python.platform == "win-amd64":
        return None
    check_current(OLD_RUNTIME, builder.root)
    folder = builder.root / FOLDER
    lock = OLD_RUNTIME.path(builder.root)
    stamp = _stamp(lock, python)
    marker = folder / STAMP
    if marker.is_file() and marker.read_text(encoding="utf-8") == stamp:
        return folder
    require_room(builder.root, SIZE)
    remove(folder)
    pip = pip_for(builder.root / ".venv", builder.wheelhouse)
    arguments = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--target", str(folder), "-r", str(lock)]

    def lay(note: Callable[[str], None]) -> str:
        pip.install(arguments, note)
        return f"{lock.name} in {FOLDER}, hashes checked"

    builder.steps.run("Packages", lay)
    marker.write_text(stamp, encoding="utf-8")
    return folder


def _stamp(lock: Path, python: Interpreter) -> str:
    return json.dumps([file_digest(lock), python.release, python.platform])
