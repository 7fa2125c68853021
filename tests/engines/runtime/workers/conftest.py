"""A provider without hardware in the app's table, and what the tests of the workers make with it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from engines.runtime.contract import Kind, Setup
from engines.runtime.providers import PROVIDERS
from engines.runtime.workers import Pool, Worker
from tests.engines.runtime import fake_provider
from tests.engines.runtime.fake_provider import Fault, device

Start = Callable[..., Worker]
MakePool = Callable[..., Pool]

posix = pytest.mark.skipif(os.name != "posix", reason="sends signals")


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both fakes are in the table."""
    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)
    monkeypatch.setitem(PROVIDERS, "fake-alone", fake_provider.ALONE_ROW)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts workers that are gone at the end of the test."""
    started: list[Worker] = []

    def new(provider: str = "fake", *, python: str = "", quiet: bool = False, limit_bytes: int = 0) -> Worker:
        started.append(Worker(provider, python=python, quiet=quiet, limit_bytes=limit_bytes))
        return started[-1]

    yield new
    for worker in started:
        worker.stop(0)


@pytest.fixture
def make_pool() -> Iterator[MakePool]:
    """Makes pools that are closed at the end of the test. They don't wait between restarts unless they are told to."""
    made: list[Pool] = []

    def new(
        limit_bytes: int | None = None,
        idle_seconds: float = 60.0,
        worker_bytes: int | None = None,
        back_off: tuple[float, ...] = (),
    ) -> Pool:
        made.append(Pool(limit_bytes, idle_seconds, worker_bytes=worker_bytes, back_off=back_off))
        return made[-1]

    yield new
    for pool in made:
        pool.close()


def job(fault: Fault = Fault.OK, *, provider: str = "fake", proving: bool = False, **options: str) -> Setup:
    """A model that doubles, on a device that does `fault`."""
    return Setup(
        device(fault, name="fake:npu", kind=Kind.NPU, provider=provider, **options), Path("model.onnx"), proving=proving
    )


def of(value: float, shape: tuple[int, ...] = (1, 1)) -> dict[str, NDArray[np.float32]]:
    """The inputs of that model."""
    return {"x": np.full(shape, value, np.float32)}


def soon(seconds: float, work: Callable[[], object]) -> None:
    """Do `work` in a while, in a thread."""
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


def gone(pid: int, within: float) -> bool:
    """Whether the process `pid` ends within so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False
