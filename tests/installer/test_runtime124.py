"""The older ONNX Runtime lies beside the environment, not in it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from installer import runtime124
from installer.interpreter import this_interpreter
from installer.locks import OLD_RUNTIME
from installer.runtime124 import ensure_old_runtime

from .conftest import write_wheel

if TYPE_CHECKING:
    from .conftest import TinyProject


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_the_older_runtime_goes_in_front_when_asked_and_is_made_once(
    tiny: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tiny.builder().ensure(tiny.program())
    (tiny.root / OLD_RUNTIME.inputs).write_text("first==1.0\n", encoding="utf-8")
    write_wheel(tiny.wheelhouse, "first", "age = 'old'\n")
    tiny.lock(OLD_RUNTIME, "first")

    folder = ensure_old_runtime(tiny.builder())

    assert folder == tiny.root / runtime124.FOLDER
    look = [str(python), "-c", "import first; print(getattr(first, 'age', 'new'))"]
    ages = [
        subprocess.run(look, env=env, cwd=tiny.root, capture_output=True, text=True, check=True).stdout.strip()
        for env in ({"PYTHONPATH": str(folder)}, {})
    ]
    assert ages == ["old", "new"]
    monkeypatch.setattr(subprocess, "Popen", None)
    assert ensure_old_runtime(tiny.builder()) == folder


def test_windows_x64_has_that_version_already(tiny: TinyProject) -> None:
    windows = replace(this_interpreter(), platform="win-amd64", machine="AMD64")
    assert ensure_old_runtime(replace(tiny.builder(), interpreter=windows)) is None
    assert not (tiny.root / runtime124.FOLDER).exists()
