"""Compiling a model for its device ahead of time, and what to do when the device refuses what was compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from engines.runtime.contexts import Contexts
from engines.runtime.contract import Device, DeviceFailed, Setup
from engines.runtime.proof import context_key
from engines.runtime.providers import provider
from engines.runtime.workers import Worker
from homespun.progress import Cancel

T = TypeVar("T")


@contextmanager
def own_worker(device: Device, *, quiet: bool = False) -> Iterator[Worker]:
    """A worker for `device` that is gone at the end of the block, whatever it does."""
    worker = Worker(device.provider, python=device.python, quiet=quiet)
    try:
        yield worker
    finally:
        worker.stop()


def key_of(setup: Setup, model_sha256: str) -> str:
    """What the compiled form of a model is kept under."""
    return context_key(setup, model_sha256, "")


def compiled(
    contexts: Contexts, setup: Setup, key: str, *, quiet: bool = False, cancel: Cancel | None = None
) -> Path | None:
    """The compiled form that is kept under `key`, made now in a worker of its own if there is none.

    None where it can't be kept. Raises `DeviceFailed` where it can't be made.
    """
    found = contexts.find(key)
    if found is not None:
        return found
    deadline = provider(setup.device.provider).load_seconds

    def write(target: Path) -> None:
        with own_worker(setup.device, quiet=quiet) as worker:
            worker.compile(setup, target, deadline=deadline, cancel=cancel)

    return contexts.make(key, write)


def loaded(contexts: Contexts, setup: Setup, load: Callable[[Setup], T], worth: Callable[[DeviceFailed], bool]) -> T:
    """`load(setup)`; where the device refuses the compiled form, that is deleted, and the model itself is loaded.

    `worth` says of a failure whether another try makes sense.
    """
    try:
        return load(setup)
    except DeviceFailed as failure:
        if setup.context is None or not worth(failure):
            raise
        contexts.forget(setup.context.stem)
        return load(replace(setup, context=None))
