"""A machine with fake devices: a broker of its own, a model that the catalogue doesn't have, and sessions on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import models
from engines.runtime.broker import Broker
from engines.runtime.contexts import Contexts
from engines.runtime.contract import Device, DeviceName, Mode, Plan
from engines.runtime.discovery import Found
from engines.runtime.opening import explain
from engines.runtime.prepare import Rules
from engines.runtime.proof import Ledger
from engines.runtime.providers import PROVIDERS
from engines.runtime.providers.cpu import Cpu
from engines.runtime.requests import Request
from engines.runtime.session import Session
from engines.runtime.workers import Pool
from homespun.settings import Devices
from models import Form, Graph, Model, ModelFile, Ship, Task, Tensor
from tests.engines.onnx_file import matmul_chain
from tests.engines.runtime import fake_provider

ROWS = 48
"""Rows of the one bucket of the chain: its work then is that of the fake placement's convolutions."""


def chain_model(file: Path, static: tuple[dict[str, int], ...]) -> Model:
    """A catalogue entry for the chain of matrices."""
    x = Tensor("x", "float32", ("rows", 64))
    y = Tensor("y", "float32", ("rows", 64))
    return Model(
        id="chain",
        title="A chain",
        task=Task.FILL,
        licence="CC0-1.0",
        ship=Ship.YES,
        form=Form.ONNX,
        origin="here",
        files=(ModelFile(file.name, "0" * 64, 1),),
        bundled=True,
        graphs=(Graph(file.name, (x,), (y,), static),),
        precisions=("fp32",),
    )


@dataclass
class Machine:
    """Fake devices and what knows of them."""

    folder: Path
    devices: list[Device] = field(default_factory=list)
    rule: Devices = field(default_factory=lambda: Devices(prove="ask"))
    back_off: Sequence[float] = (0.0, 0.1, 0.2)
    brokers: list[Broker] = field(default_factory=list)
    clock: Callable[[], float] = time.time

    def broker(self) -> Broker:
        """A broker as a new process would have it: the ledger is the same file."""
        made = Broker(
            lambda: Ledger(self.folder / "devices.sqlite", clock=self.clock),
            Contexts(self.folder / "compiled"),
            self.rule,
            pool=Pool(back_off=self.back_off),
            look=lambda: Found(tuple(self.devices)),
        )
        self.brokers.append(made)
        return made

    def request(
        self, *, asked: str | None = None, static: tuple[dict[str, int], ...] = ({"rows": ROWS},), depth: int = 40
    ) -> Request:
        """A chain of `depth` halvings as somebody opens it."""
        file = self.folder / f"model{depth}.onnx"
        if not file.exists():
            file.write_bytes(matmul_chain(width=64, depth=depth))
        loaded = Cpu().load(file, Plan(1, 1))
        named = DeviceName(asked) if asked else None
        model = chain_model(file, static)
        return Request(model, file, loaded.inputs, loaded.outputs, Rules(), 1, Mode.BALANCED, named)

    def session(self, broker: Broker, request: Request | None = None) -> Session:
        """A session that would upgrade itself."""
        request = request or self.request()
        cpu = Cpu().load(request.file, Plan(1, 1))
        return Session(request, cpu, explain(request.asked, Mode.BALANCED, Plan(1, 1)), broker)

    def close(self) -> None:
        """End everything."""
        for one in self.brokers:
            one.close()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A machine without devices yet; the test adds them."""
    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)
    made = Machine(tmp_path)
    yield made
    made.close()


@pytest.fixture
def rows() -> NDArray[np.float32]:
    """Inputs of the chain that fill its bucket."""
    return np.random.default_rng(3).random((ROWS, 64), np.float32) * np.float32(2.0**40)


def wait_for(what: Callable[[], object], seconds: float = 20.0, *, every: float = 0.02) -> None:
    """Wait until `what` is true."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(every)


__all__ = ["Machine", "models", "wait_for"]
