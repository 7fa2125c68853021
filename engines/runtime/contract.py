"""The words that sessions, providers, workers and their users share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NewType, Protocol

from homespun.progress import Cancel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DeviceName = NewType("DeviceName", str)
"""What a person calls a device: `cpu`, or provider and kind: `directml:gpu`, `qnn:npu`, `directml:gpu2` for a second."""

CPU = DeviceName("cpu")


class Kind(StrEnum):
    """What a piece of hardware is."""

    CPU = "cpu"
    GPU = "gpu"
    NPU = "npu"


class Mode(StrEnum):
    """How much of the machine a session may take."""

    QUIET = "quiet"
    """Work in the background: one thread."""

    BALANCED = "balanced"
    """The machine stays pleasant to use: on more than two cores, one is left free."""

    EAGER = "eager"
    """A person waits for the answer: every fast core."""


class Policy(StrEnum):
    """What matters when several devices are proved: a setting of the person's, not of the caller's."""

    QUALITY = "quality"
    """The file of the highest precision; the quickest device that runs it."""

    BALANCED = "balanced"
    """The quickest device."""

    BATTERY = "battery"
    """The device that keeps the processor idle the longest, even if it takes up to a fifth longer than the CPU."""


class Reason(StrEnum):
    """Why a device was not used, in one word. `reasons.py` holds the sentences."""

    TWO_RUNTIMES = "two-runtimes"
    LIBRARY = "library"
    NO_DEVICE = "no-device"
    NO_BACKEND = "no-backend"
    UNSUITABLE = "unsuitable"
    SILENT_CPU = "silent-cpu"
    UNKNOWN_PLACEMENT = "unknown-placement"
    PARTIAL = "partial"
    COMPILE = "compile"
    STALE_CONTEXT = "stale-context"
    WRONG = "wrong"
    SLOW = "slow"
    NO_MEMORY = "no-memory"
    DEVICE_LOST = "device-lost"
    CRASH = "crash"
    HANG = "hang"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    NOT_PROVED = "not-proved"


@dataclass(frozen=True)
class Refusal:
    """A device that was not used, and the sentence that tells a person why."""

    device: DeviceName
    reason: Reason
    sentence: str


class DeviceFailed(Exception):
    """A device did not do what it should. `text` is what it said, for the ledger; never shown as it is."""

    def __init__(self, reason: Reason, text: str = "") -> None:
        super().__init__(f"{reason}: {text}" if text else str(reason))
        self.reason = reason
        self.text = text


@dataclass(frozen=True)
class Device:
    """One device as one provider offers it. The same chip may be two devices, of two providers.

    `index` counts the devices of its provider, `options` are the provider options that pick it, `driver` and `library`
    are versions (empty where nobody tells), `python` is the interpreter that has the provider, empty for this one.
    `simulated` devices prove the code, are slow, and are taken only when they are asked for by name.
    """

    name: DeviceName
    provider: str
    kind: Kind
    title: str
    vendor: str = ""
    vendor_id: int = 0
    device_id: int = 0
    index: int = 0
    driver: str = ""
    library: str = ""
    runtime: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    python: str = ""


@dataclass(frozen=True)
class Setup:
    """Everything that decides how a provider runs a file: two equal setups run alike. It travels to a worker as JSON.

    `shapes` fixes free dimensions by name. `context` is a file that was compiled for this device from `file` earlier.
    `proving` asks for the record of where each node went, which costs time.
    """

    device: Device
    file: Path
    shapes: Mapping[str, int] = field(default_factory=dict)
    threads: int = 1
    mode: Mode = Mode.BALANCED
    context: Path | None = None
    proving: bool = False


@dataclass(frozen=True)
class Port:
    """One input or output of a model. A dimension that may vary is its name; a fixed one is its size."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int | str, ...]


@dataclass(frozen=True)
class Node:
    """One node of a graph, and the provider that ran it.

    `work` is its floating point operations where the record holds shapes, else None.
    """

    name: str
    operator: str
    provider: str
    work: int | None = None


@dataclass(frozen=True)
class Placement:
    """Where the nodes of a graph went, by the runtime's assignment record and by its profile; either may be empty.

    `assigned` lists the nodes before fusion; `profiled` what ran, fused, with the copies between devices.
    """

    assigned: tuple[Node, ...]
    profiled: tuple[Node, ...]


@dataclass(frozen=True)
class Result:
    """Outputs by name (own memory, C-contiguous), the device that made them, and the seconds it took.

    `fell_back_from` is the device that should have made them and failed.
    """

    outputs: Mapping[str, NDArray[Any]]
    device: DeviceName
    seconds: float
    fell_back_from: Refusal | None = None


@dataclass(frozen=True)
class Explanation:
    """Why a session runs where it runs: `sentences` for a person, the rest for a program.

    `threads` is what one run uses, `at_once` how many runs are worth starting at the same time.
    """

    device: DeviceName
    mode: Mode
    threads: int
    at_once: int
    runtime: str
    refusals: tuple[Refusal, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What the processor is asked for, both at least 1: threads of one run, and runs at the same time."""

    threads: int
    at_once: int


class Loaded(Protocol):
    """A model on a device, ready to run."""

    @property
    def inputs(self) -> Sequence[Port]:
        """What must be fed."""

    @property
    def outputs(self) -> Sequence[Port]:
        """What comes out."""

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """All outputs for inputs that were checked. Raises `Cancelled` soon after `cancel` is raised.

        On an accelerator it raises `DeviceFailed` for everything else that goes wrong.
        """

    def close(self) -> None:
        """Give back the memory."""


class LoadedInWorker(Loaded, Protocol):
    """As `Loaded`, inside a worker process."""

    def placement(self) -> Placement:
        """Where the nodes went. Only after `Setup.proving`, and after at least one run."""


class Provider(Protocol):
    """One execution provider of ONNX Runtime: one file in `providers/`, one row in `PROVIDERS`.

    `installed` is asked in the app; `find`, `load` and `compile` run in a worker process alone, and raise
    `DeviceFailed` or whatever the runtime raises, which `failures` then sorts.
    """

    name: str
    """As in `Device.provider`."""

    title: str
    """As a person knows it: "DirectML"."""

    kinds: frozenset[Kind]
    """What it is meant for. A device of another kind is dropped: QNN offers a "CPU" on x64."""

    proved_on: str
    """The hardware on which somebody has run the listed checks; empty = experimental, and the product says so."""

    static: bool
    """Whether every dimension must be fixed."""

    alone: bool
    """Whether a process may hold only one session of it."""

    compiles: bool
    """Whether a compiled file can be kept (EPContext)."""

    load_seconds: float
    """Seconds that a first load may take."""

    failures: tuple[tuple[str, Reason], ...]
    """Regular expressions of its error texts, in any case of letters, and what they mean; the first that fits counts."""

    def installed(self) -> bool:
        """Whether its package is here, found without importing the runtime (under 5 ms)."""

    def brought_by(self, packages: Iterable[str]) -> bool:
        """Whether one of these packages, installed for some interpreter, holds it."""

    def find(self) -> list[Device]:
        """Its devices, explicit ones, without the virtual and those of other kinds."""

    def load(self, setup: Setup) -> LoadedInWorker:
        """The model, ready on the device of `setup`."""

    def compile(self, setup: Setup, target: Path) -> None:
        """Write the compiled form of `setup.file` to `target`, which is not there yet."""
