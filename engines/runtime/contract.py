"""The words that sessions, providers and their users share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType, Protocol

import numpy as np
from numpy.typing import NDArray

from homespun.progress import Cancel

DeviceName = NewType("DeviceName", str)
"""What a person calls a device: `cpu`."""

CPU = DeviceName("cpu")


class Mode(StrEnum):
    """How much of the machine a session may take."""

    QUIET = "quiet"
    """Work in the background: one thread."""

    BALANCED = "balanced"
    """The machine stays pleasant to use: on more than two cores, one is left free."""

    EAGER = "eager"
    """A person waits for the answer: every fast core."""


class Reason(StrEnum):
    """Why a device was not used."""

    TWO_RUNTIMES = "two runtimes"
    """Two packages own the folder `onnxruntime`, so what would run is anybody's guess."""


@dataclass(frozen=True)
class Refusal:
    """A device that was not used, and the sentence that tells a person why."""

    device: DeviceName
    reason: Reason
    sentence: str


@dataclass(frozen=True)
class Port:
    """One input or output of a model. A dimension that may vary is its name; a fixed one is its size."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int | str, ...]


@dataclass(frozen=True)
class Result:
    """Outputs by name (own memory, C-contiguous), the device that made them, and the seconds it took."""

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
    """What a provider is asked for, both at least 1: threads of one run, and runs at the same time."""

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
        """All outputs for inputs that were checked. Raises `Cancelled` soon after `cancel` is raised."""

    def close(self) -> None:
        """Give back the memory."""


class Provider(Protocol):
    """One kind of device. A new one is a file in `providers/` and a row in `providers/__init__.py`."""

    @property
    def device(self) -> DeviceName:
        """Its name."""

    def refusal(self) -> Refusal | None:
        """Why it can't be used on this machine at all, or None."""

    def load(self, file: Path, plan: Plan) -> Loaded:
        """The model in `file`, ready. Raises `NotFound` and `Damaged`."""
