"""A model that is open: which device runs it, why, and the run itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

import models
from engines.runtime.closing import Closing
from engines.runtime.contract import (
    CPU,
    DeviceName,
    Explanation,
    Loaded,
    Mode,
    Plan,
    Port,
    Provider,
    Reason,
    Refusal,
    Result,
)
from engines.runtime.cores import cores_for
from engines.runtime.owners import installed_owners, two_runtimes
from engines.runtime.ports import check_inputs
from engines.runtime.providers import PROVIDERS
from homespun.errors import NotFound
from homespun.progress import Cancel
from models import ModelId


class Session(Closing):
    """A model on a device. Use it as a context manager, or `close` it.

    Several threads may call `run` at once.
    """

    def __init__(self, loaded: Loaded, explanation: Explanation) -> None:
        self._loaded = loaded
        self._explanation = explanation

    @property
    def inputs(self) -> Sequence[Port]:
        """What `run` takes."""
        return self._loaded.inputs

    @property
    def outputs(self) -> Sequence[Port]:
        """What `run` gives."""
        return self._loaded.outputs

    def run(self, inputs: Mapping[str, NDArray[Any]], *, cancel: Cancel | None = None) -> Result:
        """Every output for `inputs` (dtypes and shapes as `inputs` of the session says).

        Raises `WrongInput` for anything else, and `Cancelled` soon after `cancel` is raised.
        """
        checked = check_inputs(self._loaded.inputs, inputs)
        start = time.perf_counter()
        outputs = self._loaded.run(checked, cancel)
        return Result(outputs, self._explanation.device, time.perf_counter() - start)

    def why(self) -> Explanation:
        """Why this device, in sentences for a person."""
        return self._explanation

    def close(self) -> None:
        """Give back the model's memory. A later `run` is a bug and raises `ValueError`."""
        self._loaded.close()


def open_model(
    model: ModelId,
    *,
    mode: Mode = Mode.BALANCED,
    device: DeviceName | None = None,
    threads: int = 0,
    at_once: int = 1,
    file: str = "model.onnx",
) -> Session:
    """The catalogue's `model`, ready to run on `device`, or on the best one when None.

    `threads` of one run = 0 leaves the number to `mode`; `at_once` is how many runs the caller means to have under way
    at the same time; `file` is for models of several graphs. Raises `NotFound` for a model or device that is not there,
    `Damaged` for a model file that is broken.
    """
    if threads < 0 or at_once < 1:
        raise ValueError(f"threads is {threads} and at_once {at_once}; at least 0 and 1 are meant")
    provider, refusals = choose(device)
    plan = Plan(threads or cores_for(mode), at_once)
    loaded = provider.load(models.locate(model).folder / file, plan)
    return Session(loaded, explain(provider.device, device, mode, plan, refusals))


def choose(device: DeviceName | None) -> tuple[Provider, tuple[Refusal, ...]]:
    """The provider to use, and the refusals met on the way. Raises `NotFound` for a named device that is not there."""
    mixed = two_runtimes(installed_owners())
    usable: dict[DeviceName, Provider] = {}
    refusals: dict[DeviceName, Refusal] = {}
    for name, provider in PROVIDERS.items():
        refusal = Refusal(name, Reason.TWO_RUNTIMES, mixed) if mixed and name != CPU else provider.refusal()
        if refusal is None:
            usable[name] = provider
        else:
            refusals[name] = refusal
    if device is None:
        return next(iter(usable.values())), tuple(refusals.values())
    if device in usable:
        return usable[device], ()
    cause = f" {refusals[device].sentence}" if device in refusals else ""
    raise NotFound(f"There is no device {device!r} here.{cause}", f"There is: {', '.join(usable)}.")


def explain(
    device: DeviceName, asked: DeviceName | None, mode: Mode, plan: Plan, refusals: tuple[Refusal, ...]
) -> Explanation:
    """Why `device` was taken."""
    cause = "because it was asked for" if asked else "because it is always there"
    threads = "1 thread" if plan.threads == 1 else f"{plan.threads} threads"
    runs = f"{plan.at_once} runs at a time on {threads} each" if plan.at_once > 1 else f"with {threads}"
    names = installed_owners()
    told = [f"Runs on the {device.upper()} {cause}, {runs}.", two_runtimes(names), *(r.sentence for r in refusals)]
    sentences = tuple(dict.fromkeys(filter(None, told)))
    runtime = ", ".join(names)
    return Explanation(device, mode, plan.threads, plan.at_once, runtime, refusals, sentences)
