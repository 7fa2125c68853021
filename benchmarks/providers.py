"""Providers that only benchmarks use, in worker processes: the processor itself, and one that crashes."""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engines.runtime.contract import Device, DeviceName, Kind, Placement, Plan, Reason, Setup
from engines.runtime.providers.cpu import Cpu, LoadedOnCpu
from homespun.progress import Cancel

ROWS = {
    "benchmark-cpu": "benchmarks.providers:CpuInWorker",
    "benchmark-crash": "benchmarks.providers:Crashing",
}
"""For `engines.runtime.providers.PROVIDERS`, while a benchmark runs."""


class CpuInWorker:
    """The processor, as if it were a device that needs a worker: what a worker costs is then the difference."""

    name = "benchmark-cpu"
    title = "the processor in a worker"
    kinds = frozenset({Kind.CPU})
    proved_on = ""
    static = False
    alone = False
    compiles = False
    load_seconds = 60.0
    failures: tuple[tuple[str, Reason], ...] = ()

    def installed(self) -> bool:
        """The processor is."""
        return True

    def find(self) -> list[Device]:
        """One."""
        return [Device(DeviceName(self.name), self.name, Kind.CPU, self.title)]

    def load(self, setup: Setup) -> Placed:
        """The model on the processor, as in the app."""
        return Placed(Cpu().load(setup.file, Plan(setup.threads, 1)))

    def compile(self, setup: Setup, target: Path) -> None:
        """Nothing is compiled."""
        raise NotImplementedError


class Crashing(CpuInWorker):
    """The processor, but every run writes the moment into the file that the option `moment` names, and crashes."""

    name = "benchmark-crash"

    def load(self, setup: Setup) -> Placed:
        """A model that can't be run."""
        return Doomed(Cpu().load(setup.file, Plan(setup.threads, 1)), Path(setup.device.options["moment"]))


class Placed:
    """A model on the processor with the one method more that a worker asks for."""

    def __init__(self, loaded: LoadedOnCpu) -> None:
        self._loaded = loaded
        self.inputs, self.outputs = loaded.inputs, loaded.outputs

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """As every provider in a worker does: the worker copies the outputs into shared memory."""
        return self._loaded.borrowed(inputs, cancel)

    def placement(self) -> Placement:
        """Nobody asks."""
        return Placement((), ())

    def close(self) -> None:
        """Give back the memory."""
        self._loaded.close()


class Doomed(Placed):
    """Crashes when it is run."""

    def __init__(self, loaded: LoadedOnCpu, moment: Path) -> None:
        super().__init__(loaded)
        self._moment = moment

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """Read at address 0. The clock is one that two processes share."""
        del inputs, cancel
        file = os.open(self._moment, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(file, repr(time.time()).encode())
        os.close(file)
        faulthandler._sigsegv()  # type: ignore[attr-defined]  # noqa: SLF001  no other way works on all systems
        raise AssertionError
