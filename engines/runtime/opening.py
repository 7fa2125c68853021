"""Opening a model: on the processor at once, with whatever device is asked for or may be proved best."""

from __future__ import annotations

from pathlib import Path

import models
from engines.runtime.broker import Broker, broker
from engines.runtime.contract import CPU, DeviceName, Explanation, Mode, Plan
from engines.runtime.cores import cores_for
from engines.runtime.owners import installed_owners, two_runtimes
from engines.runtime.providers.cpu import Cpu
from engines.runtime.requests import Request
from engines.runtime.session import Session
from homespun.errors import NotFound
from models import Located, ModelId


def open_model(
    model: ModelId,
    *,
    mode: Mode = Mode.BALANCED,
    device: DeviceName | None = None,
    threads: int = 0,
    at_once: int = 1,
    file: str = "model.onnx",
    halo: int = 0,
    located: Located | None = None,
) -> Session:
    """The catalogue's `model`, ready to run: at once on the processor, on a better device once that is proved.

    With `device` (a name, a kind or a provider) on that one alone. `threads` of one run = 0 leaves the number to `mode`;
    `at_once` is how many runs the caller means to have under way at the same time; `file` is for models of several
    graphs, and `located` for one that is in a folder of its own and not in the catalogue. `halo` > 0 is a promise not to
    look at outputs that see less than so many items from the border of a run's inputs: a device of fixed sizes may then
    cut and fill up. Raises `NotFound` for a model or device that is not there, `Damaged` for a model file that is broken.
    """
    if threads < 0 or at_once < 1:
        raise ValueError(f"threads is {threads} and at_once {at_once}; at least 0 and 1 are meant")
    located = located or models.locate(model)
    plan = Plan(threads or cores_for(mode), at_once)
    path: Path = located.folder / file
    own = None if device == CPU else broker()
    if own is not None and own.rule.use == "cpu" and device is None:
        own = None
    if own is not None and device is not None:
        check_asked(own, device)
    cpu = Cpu().load(path, plan)
    request = Request.of(located.model, path, cpu, halo=halo, mode=mode, asked=device)
    return Session(request, cpu, explain(device, mode, plan), own)


def check_asked(own: Broker, device: DeviceName) -> None:
    """Raise `NotFound` when there is no device that a person can mean by `device`."""
    if own.devices(device):
        return
    cause = "".join(f" {one.sentence}" for one in own.refusals())
    there = ", ".join([CPU, *(one.name for one in own.found.devices)])
    raise NotFound(f"There is no device {device!r} here.{cause}", f"There is: {there}.")


def explain(asked: DeviceName | None, mode: Mode, plan: Plan) -> Explanation:
    """Why the processor, at first."""
    cause = "because it was asked for" if asked == CPU else "because it is always there"
    threads = "1 thread" if plan.threads == 1 else f"{plan.threads} threads"
    runs = f"{plan.at_once} runs at a time on {threads} each" if plan.at_once > 1 else f"with {threads}"
    names = installed_owners()
    sentences = (f"Runs on the CPU {cause}, {runs}.", *filter(None, [two_runtimes(names)]))
    return Explanation(CPU, mode, plan.threads, plan.at_once, ", ".join(names), (), sentences)
