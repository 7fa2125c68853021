"""The catalogue of Windows ML: which providers Windows offers for this computer, and bringing one after a person's yes.

`opened` and `state_of` are for worker processes. `offered` and `bring` are for the app: they work in a child process that
may crash when it lets go of the catalogue, and that can be killed at any time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from engines.runtime.contract import DeviceFailed, Reason
from homespun.errors import HomespunError, NetworkError, NoConsent, NotFound
from homespun.progress import Progress

MODULE = "windowsml"

LIST_SECONDS = 30.0
LOOK_EVERY = 0.1

_ROOT = Path(__file__).resolve().parents[3]

_CHILD = """\
import sys
sys.path[0:0] = {paths}
from engines.runtime.providers.catalogue import main
main({words})
"""


class State(StrEnum):
    """What is missing until a provider can be used."""

    READY = "Ready"
    NOT_READY = "NotReady"
    NOT_PRESENT = "NotPresent"


@dataclass(frozen=True)
class Offered:
    """A provider of the catalogue. One that is not `here` would be downloaded."""

    name: str
    version: str
    certified: bool
    ready: bool
    here: bool


# --- in a worker process ---


_KEPT: list[Any] = []


def opened() -> Any:
    """The catalogue, kept for the life of this process: releasing it is what crashes. Raises `DeviceFailed`."""
    if not _KEPT:
        try:
            _KEPT.append(import_module(MODULE).EpCatalog())
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise DeviceFailed(Reason.LIBRARY, f"the catalogue of Windows ML can't be opened: {error}") from error
    return _KEPT[0]


def state_of(one: Any) -> State:
    """The state of a provider of the catalogue."""
    return State(one.ready_state.name)


# --- in the app ---


def offered() -> list[Offered]:
    """What Windows offers for this computer; contacts nobody. Raises `HomespunError`."""
    with _child(["list"]) as (process, _):
        try:
            told, _ = process.communicate(timeout=LIST_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise _silent() from error
    for line in told.splitlines():
        with suppress(ValueError, TypeError):
            return [Offered(**one) for one in json.loads(line)["offered"]]
    raise _silent()


def bring(name: str, *, consent: bool, progress: Progress | None = None) -> None:
    """Have Windows download and prepare the provider `name`; Windows contacts Microsoft for that.

    Raises `NoConsent` without the person's yes, `NotFound` for a name that the catalogue doesn't have, `NetworkError`, and
    `Cancelled` within a second of the cancel.
    """
    if not consent:
        raise NoConsent(
            f"Windows would download {name} from Microsoft. How large it is, nobody says before.", "Agree to go on."
        )
    progress = progress or Progress()
    with _child(["bring", name]) as (process, lines):
        while True:
            line = _next_line(lines, process)
            if line is None:
                break
            if line.get("missing"):
                raise NotFound(f"Windows offers no provider {name} for this computer.", "See: homespun devices --all")
            if line.get("done"):
                return
            if "failed" in line:
                raise NetworkError(
                    f"Windows could not bring {name} ({line['failed']}).",
                    "It needs the internet, and a managed computer may forbid it. Try again later.",
                )
            progress.report(int(float(line.get("share", 0)) * 100), 100, f"Windows brings {name}")
    raise _silent()


def _next_line(lines: _Lines, process: subprocess.Popen[str]) -> dict[str, Any] | None:
    """The next message; `{}` when there is none yet, None when none will come."""
    text = lines.take()
    if text is None:
        return None if process.poll() is not None and lines.ended else {"share": lines.share}
    with suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, dict):
            lines.share = float(found.get("share", lines.share))
            return found
    return {"share": lines.share}


class _Lines:
    """The lines of a child, read by a thread, so that a cancel is heard meanwhile."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        from queue import SimpleQueue

        self.share = 0.0
        self.ended = False
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._process = process
        threading.Thread(target=self._read, daemon=True, name="catalogue").start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):
            for line in self._process.stdout:
                self._queue.put(line)
        self.ended = True

    def take(self) -> str | None:
        """The next line, None if there is none within a moment."""
        from queue import Empty

        try:
            return self._queue.get(timeout=LOOK_EVERY)
        except Empty:
            return None


@contextmanager
def _child(words: list[str]) -> Iterator[tuple[subprocess.Popen[str], _Lines]]:
    code = _CHILD.format(paths=[str(_ROOT), *(path for path in sys.path if path)], words=words)
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield process, _Lines(process) if words[0] == "bring" else _NO_LINES
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


_NO_LINES: Any = None


def _silent() -> HomespunError:
    return HomespunError("The catalogue of Windows ML gave no answer.", "Try again after the next restart of Windows.")


# --- in the child ---


def main(words: list[str]) -> None:
    """List or bring, say so on standard output in lines of JSON, and leave without letting go of anything."""
    try:
        if words[0] == "list":
            _say({"offered": [asdict(one) for one in listed()]})
        else:
            _bring(words[1])
    except (DeviceFailed, OSError, RuntimeError) as error:
        _say({"failed": str(error)})
    os._exit(0)


def listed() -> list[Offered]:
    """What the catalogue has."""
    return [
        Offered(
            str(one.name),
            str(one.version),
            one.certification.name == "Certified",
            state_of(one) is State.READY,
            state_of(one) is not State.NOT_PRESENT,
        )
        for one in opened().find_all_providers()
    ]


def _bring(name: str) -> None:
    found = next((one for one in opened().find_all_providers() if str(one.name) == name), None)
    if found is None:
        _say({"missing": name})
        return
    ended = threading.Event()
    work = found.ensure_ready_async(ended.set, lambda share: _say({"share": share}))
    ended.wait()
    work.get_status()  # raises what went wrong
    _say({"done": True} if state_of(found) is State.READY else {"failed": f"it is {state_of(found)}"})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
