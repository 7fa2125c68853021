"""Starting a worker process, in this Python or in another that holds another runtime."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from homespun.interpreters import program

if TYPE_CHECKING:
    from homespun.jobobject import Job

ROOT = Path(__file__).resolve().parents[3]
"""The folder that holds our packages."""

ROOMS = ("homespun", "engines", "engines.runtime", "engines.runtime.proof", "engines.runtime.workers")

RUN = """\
import sys, types
sys.path[len(sys.path) if {last} else 0:0] = {paths}
for name, folder in {rooms}.items():
    room = sys.modules[name] = types.ModuleType(name)
    room.__path__ = [folder]
from engines.runtime.workers.main import main
main()
"""
"""What a worker runs. The doors of our rooms are left shut: they import what the app needs and a worker's Python may lack.
"""


def start(python: str, files: Sequence[int], *, quiet: bool) -> subprocess.Popen[bytes]:
    """A new worker in `python` (empty: this one) that waits for its first message; raises `OSError`.

    It inherits `files`, and speaks through its standard input and output. On Linux it dies with the thread that calls.
    """
    rooms = {name: str(ROOT.joinpath(*name.split("."))) for name in ROOMS}
    # Another Python's own packages come first: that it has others than ours is why it was chosen.
    paths = [str(ROOT)] if python else [str(ROOT), *(path for path in sys.path if path)]
    code = RUN.format(paths=paths, last=bool(python), rooms=rooms)
    executable, besides = program(python)
    # The drivers' own variables are part of it.
    environment = {name: value for name, value in os.environ.items() if name != "__PYVENV_LAUNCHER__"} | besides
    lowered = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if quiet else 0
    # Isolated (-I): the current folder and PYTHONPATH could hold a module of any name. A temporary folder to be in, since
    # some providers write their notes where they happen to be.
    return subprocess.Popen(
        [executable, "-I", "-B", "-X", "utf8", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        close_fds=True,
        pass_fds=tuple(files) if os.name == "posix" else (),
        cwd=tempfile.gettempdir(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | lowered,
    )


def boxed(process: subprocess.Popen[bytes]) -> Job | None:
    """On Windows the job object around the process; None where the system refuses one, and elsewhere."""
    if sys.platform == "win32":
        from homespun.jobobject import Job

        with suppress(OSError):
            # There is no public name for the handle.
            return Job(int(process._handle))  # noqa: SLF001
    return None
