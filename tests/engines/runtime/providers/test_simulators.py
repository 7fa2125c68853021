"""The adapters on simulated devices, in workers: what they find, where the work goes, and whether the numbers are right."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import models
from engines.runtime.contract import Device, DeviceFailed, Kind, Plan, Reason, Setup
from engines.runtime.discovery import discover
from engines.runtime.providers import PROVIDERS
from engines.runtime.providers.cpu import Cpu
from engines.runtime.workers import Worker
from tests.engines.runtime.providers import loose

pytestmark = pytest.mark.devices

SIDE = 64
SIZES = {"batch": 1, "height": SIDE, "width": SIDE}
SECONDS = 120.0

EXECUTION_PROVIDERS = {
    "qnn": "QNNExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "webgpu": "WebGpuExecutionProvider",
}


@dataclass
class Rig:
    """A worker of a simulated device, and the device."""

    worker: Worker
    device: Device
    file: Path

    def setup(self, **about: object) -> Setup:
        """The enlarging network on the device, at fixed sizes."""
        return replace(Setup(self.device, self.file, SIZES), **about)  # type: ignore[arg-type]


def python_of(name: str) -> str:
    """The Python that has a simulator; skips the test without it."""
    found = os.environ.get(f"HOMESPUN_{name.upper()}_PYTHON", "")
    if not found:
        pytest.skip(f"HOMESPUN_{name.upper()}_PYTHON is not set: python3 -m installer test --devices")
    return found


def rig_of(name: str, row: str | None = None) -> Iterator[Rig]:
    """A worker that has found its device."""
    worker = Worker(row or name, python=python_of(name))
    try:
        (device,) = worker.find(SECONDS)
        yield Rig(worker, device, models.locate("enlarge-faithful").folder / "x2.onnx")
    finally:
        worker.stop()


@pytest.fixture(params=sorted(EXECUTION_PROVIDERS))
def rig(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Each simulated device in turn."""
    monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
    yield from rig_of(request.param)


@pytest.fixture
def hexagon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """The simulated NPU of Qualcomm's."""
    monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
    yield from rig_of("qnn")


@pytest.fixture(scope="module")
def picture() -> NDArray[np.float32]:
    """Something like a photo: soft shapes with a little noise."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    planes = [0.5 + 0.4 * np.sin(6 * x + phase) * np.cos(5 * y) for phase in (0.0, 1.0, 2.0)]
    return np.clip(np.stack(planes)[None] + 0.02 * rng.standard_normal((1, 3, SIDE, SIDE)), 0, 1).astype(np.float32)


def psnr(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Decibels between two pictures of 0 to 1."""
    return float(-10 * np.log10(max(float(np.mean((one - other) ** 2)), 1e-20)))


def on_cpu(file: Path, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the processor makes of a picture."""
    loaded = Cpu().load(file, Plan(1, 1))
    outputs: NDArray[np.float32] = loaded.run({"picture": picture}, None)["large"]
    loaded.close()
    return outputs


def test_a_simulated_device_says_what_it_is(rig: Rig) -> None:
    assert rig.device.simulated
    assert rig.device.library
    assert rig.device.runtime.startswith("onnxruntime")
    assert rig.device.python == rig.worker.python


def test_the_work_is_on_the_device_and_the_numbers_are_the_processors(rig: Rig, picture: NDArray[np.float32]) -> None:
    remote = rig.worker.load(rig.setup(proving=True), deadline=SECONDS)
    got = remote.run({"picture": picture}, deadline=SECONDS)["large"]
    placement = remote.placement()

    own = EXECUTION_PROVIDERS[rig.device.provider]
    assert {node.provider for node in placement.profiled} == {own}
    assert {node.provider for node in placement.assigned} == {own}
    assert psnr(got, on_cpu(rig.file, picture)) > 50


def test_a_size_that_is_left_open_is_refused_before_anything_runs(rig: Rig) -> None:
    with pytest.raises(DeviceFailed) as caught:
        rig.worker.load(rig.setup(shapes={"height": SIDE}), deadline=SECONDS)
    assert caught.value.reason is Reason.UNSUITABLE


def test_discovery_finds_them_all_in_their_own_pythons(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
    pythons = [python_of(name) for name in EXECUTION_PROVIDERS]

    found = discover(pythons=pythons, cache=tmp_path / "devices.json", deadline=60)

    assert {one.provider for one in found.devices} >= set(EXECUTION_PROVIDERS)
    assert all(one.simulated for one in found.devices if one.python)


def test_nothing_simulated_is_offered_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOMESPUN_SIMULATED_DEVICES", raising=False)
    for name in EXECUTION_PROVIDERS:
        worker = Worker(name, python=python_of(name))
        try:
            assert [one for one in worker.find(SECONDS) if one.kind is Kind.CPU or one.simulated] == []
        finally:
            worker.stop()


# QNN


def test_a_compiled_model_gives_the_same_numbers_and_loads_faster_than_it_compiles(
    hexagon: Rig, picture: NDArray[np.float32], tmp_path: Path
) -> None:
    target = tmp_path / "compiled.onnx"
    hexagon.worker.compile(hexagon.setup(), target, deadline=SECONDS)
    plain = hexagon.worker.load(hexagon.setup(), deadline=SECONDS)
    compiled = hexagon.worker.load(hexagon.setup(context=target), deadline=SECONDS)

    want, got = (one.run({"picture": picture}, deadline=SECONDS)["large"] for one in (plain, compiled))

    np.testing.assert_array_equal(got, want)
    assert compiled.seconds < plain.seconds


@pytest.mark.parametrize("damage", ["cut", "other chip"])
def test_a_compiled_model_that_does_not_fit_is_stale(hexagon: Rig, tmp_path: Path, damage: str) -> None:
    target = tmp_path / "compiled.onnx"
    other = replace(hexagon.device, options={"backend_type": "htp", "soc_model": "88", "htp_arch": "81"})
    device = other if damage == "other chip" else hexagon.device
    hexagon.worker.compile(hexagon.setup(device=device), target, deadline=SECONDS)
    if damage == "cut":
        target.write_bytes(target.read_bytes()[:-2000])

    with pytest.raises(DeviceFailed) as caught:
        hexagon.worker.load(hexagon.setup(context=target), deadline=SECONDS)

    assert caught.value.reason is Reason.STALE_CONTEXT


def test_a_model_of_open_sizes_would_run_on_the_processor_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Why sizes are fixed, and why every load looks at the record."""
    monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
    monkeypatch.setitem(PROVIDERS, "loose-qnn", loose.ROW)
    for rig in rig_of("qnn", "loose-qnn"):
        with pytest.raises(DeviceFailed) as caught:
            rig.worker.load(rig.setup(shapes={}), deadline=SECONDS)
        assert caught.value.reason is Reason.SILENT_CPU


LIST = """
import sys, onnxruntime, onnxruntime_qnn
onnxruntime.register_execution_provider_library(onnxruntime_qnn.get_ep_name(), onnxruntime_qnn.get_library_path())
options = onnxruntime.SessionOptions()
options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
options.add_free_dimension_override_by_name("height", 64)
options.add_free_dimension_override_by_name("width", 64)
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["QNNExecutionProvider"])
print({part.ep_name for part in session.get_provider_graph_assignment_info()})
"""


def test_a_list_of_provider_names_would_end_on_the_processor_without_a_word(hexagon: Rig) -> None:
    """Why no product code gives one (dispatch design, D2)."""
    told = subprocess.run(
        [hexagon.worker.python, "-c", LIST, str(hexagon.file)], capture_output=True, text=True, check=True, timeout=120
    )
    assert told.stdout.strip() == "{'CPUExecutionProvider'}"
