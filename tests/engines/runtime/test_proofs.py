"""The whole proof on simulated devices: real providers in workers, real models, the verdicts that a person would read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.runtime import probe
from engines.runtime.broker import Broker
from engines.runtime.cases import requests_of
from engines.runtime.contexts import Contexts
from engines.runtime.contract import Device, DeviceName, Mode, Plan, Reason, Setup
from engines.runtime.discovery import discover
from engines.runtime.opening import explain
from engines.runtime.prepare import Rules
from engines.runtime.proof import Ledger, Verdict, context_key, file_sha256
from engines.runtime.providers.cpu import Cpu
from engines.runtime.requests import Request
from engines.runtime.session import Session
from homespun.settings import Devices
from models import Graph, Tensor
from tests.engines.runtime.conftest import chain_model

pytestmark = [pytest.mark.devices, pytest.mark.timeout(600)]

TINY = Path(__file__).with_name("models")

Simulator = Callable[[str], tuple[Broker, Device]]


@pytest.fixture
def simulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """A machine whose only device is the simulation of one provider."""
    monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
    # A simulator takes seconds for what a device does in milliseconds: a few samples instead of all.
    monkeypatch.setattr(probe, "PARITY_SECONDS", 15.0)
    monkeypatch.setattr(probe, "ENOUGH_SECONDS", 1.0)
    brokers: list[Broker] = []

    def made(name: str) -> tuple[Broker, Device]:
        python = os.environ.get(f"HOMESPUN_{name.upper()}_PYTHON", "")
        if not python:
            pytest.skip(f"HOMESPUN_{name.upper()}_PYTHON is not set: python3 -m installer test --devices sets it")
        found = discover(pythons=[python], cache=tmp_path / "devices.json")
        broker = Broker(
            lambda: Ledger(tmp_path / "devices.sqlite"),
            Contexts(tmp_path / "compiled"),
            Devices(prove="ask"),
            look=lambda: found,
        )
        brokers.append(broker)
        (device,) = found.devices
        return broker, device

    yield made
    for broker in brokers:
        broker.close()


def bundled(model: str, file: str, **shapes: int) -> tuple[Request, dict[str, int]]:
    """A graph of a bundled model, and one of the sizes that devices run it at."""
    request = next(one for one in requests_of(model) if one.file.name == file)
    assert shapes in request.buckets
    return request, shapes


def tiny(name: str) -> Request:
    """One of the small files, which fix their sizes themselves."""
    file = TINY / name
    loaded = Cpu().load(file, Plan(1, 1))
    told = [
        tuple(Tensor(port.name, port.dtype.name, port.shape) for port in ports)
        for ports in (loaded.inputs, loaded.outputs)
    ]
    model = replace(chain_model(file, ()), graphs=(Graph(name, told[0], told[1]),), precisions=("qdq",))
    request = Request(model, file, loaded.inputs, loaded.outputs, Rules(), 1, Mode.BALANCED)
    loaded.close()
    return request


def proved(broker: Broker, device: Device, request: Request, shapes: dict[str, int]) -> Verdict:
    """What comes out when `device` tries `request`."""
    return broker.prove(request, broker.candidate(request, shapes, device))


def right_and_placed(verdict: Verdict, least: float) -> None:
    """Everything but speed, of which a simulator says nothing."""
    assert verdict.reason in (None, Reason.SLOW), verdict
    assert (verdict.share or 0) >= 0.95
    assert (verdict.value or 0) >= least


@pytest.mark.parametrize("file", ["x2-int8.onnx", "x4-int8.onnx"])
def test_the_enlarger_is_right_and_wholly_placed_on_the_simulated_npu(simulator: Simulator, file: str) -> None:
    broker, device = simulator("qnn")
    request, shapes = bundled("enlarge-faithful", file, height=128, width=128)
    candidate = broker.candidate(request, shapes, device)
    assert candidate.file.name == file.replace("int8", "npu"), "an NPU gets the file that was made for it"
    right_and_placed(broker.prove(request, candidate), 45)


def test_the_sentence_encoder_is_right_and_wholly_placed_on_the_simulated_npu(simulator: Simulator) -> None:
    broker, device = simulator("qnn")
    request, shapes = bundled("all-minilm-l6-v2", "model.onnx", batch=1, tokens=32)
    right_and_placed(proved(broker, device, request, shapes), 0.999)


def test_a_file_with_the_generic_quantisers_scale_is_caught_and_its_right_twin_is_not(simulator: Simulator) -> None:
    broker, device = simulator("qnn")
    wrong = proved(broker, device, tiny("wrong-scale.onnx"), {})
    assert (wrong.passed, wrong.reason) == (False, Reason.WRONG)
    assert (wrong.value or 99) < 30
    right_and_placed(proved(broker, device, tiny("right-scale.onnx"), {}), 45)


def test_a_graph_of_open_sizes_stays_on_the_cpu_and_is_not_even_tried(simulator: Simulator) -> None:
    broker, device = simulator("qnn")
    request = tiny("open-sizes.onnx")
    assert request.buckets == ()
    assert broker.devices(device.name) == (device,)
    x = np.zeros((1, 3, 8, 8), np.float32)
    with Session(
        request, Cpu().load(request.file, Plan(1, 1)), explain(None, Mode.BALANCED, Plan(1, 1)), broker
    ) as one:
        assert one.run({"x": x}).device == "cpu"
        assert one.unproved() == []


def test_a_run_by_name_goes_to_the_simulated_npu_and_compiles_once(simulator: Simulator, tmp_path: Path) -> None:
    broker, device = simulator("qnn")
    request, shapes = bundled("enlarge-faithful", "x2-int8.onnx", height=128, width=128)
    asked = replace(request, asked=DeviceName("qnn"), rules=Rules(halo=8))
    picture = np.random.default_rng(4).random((1, 3, 128, 128), np.float32)
    with Session(
        asked, Cpu().load(request.file, Plan(1, 1)), explain(asked.asked, Mode.BALANCED, Plan(1, 1)), broker
    ) as session:
        first = session.run({"picture": picture})
    assert first.device == device.name
    on_cpu = Cpu().load(request.file.with_name("x2-npu.onnx"), Plan(1, 1)).run({"picture": picture}, None)["large"]
    assert float(np.abs(first.outputs["large"] - on_cpu).max()) < 0.01

    candidate = broker.candidate(request, shapes, device)
    setup = Setup(device, candidate.file, shapes)
    key = context_key(setup, file_sha256(candidate.file), "")
    kept = broker.contexts.find(key)
    assert kept is not None
    assert [one.name for one in (tmp_path / "compiled").glob("*.onnx")] == [kept.name]
    before = kept.stat().st_mtime_ns
    again = broker.load(request, candidate)
    np.testing.assert_allclose(again.run({"picture": picture}, None)["large"], first.outputs["large"], atol=1e-6)
    again.close()
    assert kept.stat().st_size > 0
    newer = replace(device, driver="another")
    assert context_key(Setup(newer, candidate.file, shapes), file_sha256(candidate.file), "") != key
    # What is not what was compiled here is thrown away, and made again.
    kept.write_bytes(kept.read_bytes()[:-100])
    mended = broker.load(request, candidate)
    np.testing.assert_allclose(mended.run({"picture": picture}, None)["large"], first.outputs["large"], atol=1e-6)
    found = broker.contexts.find(key)
    assert found is not None
    assert found.stat().st_mtime_ns > before


def test_webgpu_is_right_and_wholly_placed_on_software_vulkan(simulator: Simulator) -> None:
    broker, device = simulator("webgpu")
    request, shapes = bundled("enlarge-faithful", "x2.onnx", height=128, width=128)
    right_and_placed(proved(broker, device, request, shapes), 50)


@pytest.mark.parametrize("side", [128, 256])
def test_openvino_is_proved_where_it_is_quicker_and_else_called_slow(simulator: Simulator, side: int) -> None:
    broker, device = simulator("openvino")
    request, shapes = bundled("enlarge-faithful", "x2-int8.onnx", height=side, width=side)
    verdict = proved(broker, device, request, shapes)
    right_and_placed(verdict, 45)
    quicker = (verdict.device_ms or 0) <= probe.FASTER * (verdict.cpu_ms or 0)
    steady = (verdict.device_p95_ms or 0) <= probe.STEADY * (verdict.cpu_p95_ms or 0)
    assert verdict.passed == (quicker and steady)


def test_an_encoder_that_was_quantised_for_the_cpu_is_not_believed_on_openvino(simulator: Simulator) -> None:
    broker, device = simulator("openvino")
    request, shapes = bundled("all-minilm-l6-v2", "model.onnx", batch=1, tokens=128)
    verdict = proved(broker, device, request, shapes)
    # How far the int8 arithmetic of both is apart depends on the processor; the gate must not.
    assert (verdict.reason is Reason.WRONG) or (verdict.value or 0) >= 0.999
