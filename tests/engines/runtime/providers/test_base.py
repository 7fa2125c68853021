"""What the providers share, on the real runtime: with the processor as the device, which every runtime lists."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.runtime.contract import Device, DeviceFailed, Kind, Reason, Setup
from engines.runtime.providers import base
from engines.runtime.providers.base import OrtProvider
from engines.runtime.providers.cpu import imported
from engines.runtime.providers.loaded import LoadedOnDevice
from homespun.errors import Damaged, NotFound
from homespun.progress import Cancel, Cancelled
from tests.engines.onnx_file import matmul_chain

RUNTIME = imported()
NEWER = hasattr(RUNTIME.capi._pybind_state, "get_hardware_devices")
"""Whether the runtime's record of placement is whole (1.32)."""


class Processor(OrtProvider):
    """The runtime's own processor, as if it were an accelerator."""

    name = "processor"
    title = "Processor"
    kinds = frozenset({Kind.CPU})
    execution_provider = "CPUExecutionProvider"
    packages = ("onnxruntime",)


@pytest.fixture
def device() -> Device:
    """The processor as a device."""
    (found,) = Processor().find()
    return found


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    """x @ W @ W …, whose number of rows is free."""
    file = tmp_path / "model.onnx"
    file.write_bytes(matmul_chain(width=64, depth=6))
    return file


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loads are not refused for ending on the processor."""
    monkeypatch.setattr(LoadedOnDevice, "require_device", lambda _self: None)


def load(setup: Setup) -> LoadedOnDevice:
    """A load of the processor's."""
    return Processor().load(setup)


ROWS = {"rows": 8}


def test_a_device_carries_provider_runtime_and_versions(device: Device) -> None:
    assert device.name == "processor:cpu"
    assert device.kind is Kind.CPU
    assert "onnxruntime" in device.runtime
    assert device.library


@pytest.mark.usefixtures("silent")
def test_a_loaded_model_has_fixed_sizes_and_runs_until_it_is_closed(device: Device, chain: Path) -> None:
    loaded = load(Setup(device, chain, ROWS))
    x = np.ones((8, 64), np.float32)

    assert [port.shape for port in loaded.inputs] == [(8, 64)]
    outputs = loaded.run({"x": x}, None)
    np.testing.assert_allclose(outputs["y"], x / 2**6)
    assert outputs["y"].flags.c_contiguous
    del outputs  # they are the runtime's, and end with it

    loaded.close()
    with pytest.raises(ValueError, match="closed"):
        loaded.run({"x": x}, None)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("shapes", [{}, {"row": 8}, {"Rows": 8}])
def test_a_size_that_nothing_fixes_or_that_is_misspelt_is_found(
    device: Device, chain: Path, shapes: dict[str, int]
) -> None:
    with pytest.raises(DeviceFailed, match="rows") as caught:
        load(Setup(device, chain, shapes))
    assert caught.value.reason is Reason.UNSUITABLE


@pytest.mark.skipif(not NEWER, reason="this runtime leaves kernels out of its record")
def test_a_model_that_ends_wholly_on_the_processor_is_refused(device: Device, chain: Path) -> None:
    with pytest.raises(DeviceFailed) as caught:
        load(Setup(device, chain, ROWS))
    assert caught.value.reason is Reason.SILENT_CPU


@pytest.mark.skipif(NEWER, reason="this runtime's record is whole")
def test_an_older_runtime_proves_nothing_by_its_record(device: Device, chain: Path) -> None:
    load(Setup(device, chain, ROWS)).close()


def test_the_placement_comes_by_record_and_by_profile_with_the_work_of_each_node(device: Device, chain: Path) -> None:
    loaded = load(Setup(device, chain, ROWS, proving=True))
    loaded.run({"x": np.ones((8, 64), np.float32)}, None)

    placement = loaded.placement()

    assert [node.operator for node in placement.profiled] == ["MatMul"] * 6
    assert {node.provider for node in placement.profiled} == {"CPUExecutionProvider"}
    assert {node.work for node in placement.profiled} == {2 * 8 * 64 * 64}
    assert [node.operator for node in placement.assigned] == ["MatMul"] * 6
    assert loaded.placement() == placement
    folder = loaded._profile
    assert folder is not None
    assert not Path(folder.name).exists()
    loaded.close()


def test_nothing_is_profiled_that_is_not_proved(device: Device, chain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoadedOnDevice, "require_device", lambda _self: None)
    loaded = load(Setup(device, chain, ROWS))
    loaded.run({"x": np.ones((8, 64), np.float32)}, None)

    assert loaded.placement().profiled == ()
    loaded.close()


@pytest.mark.usefixtures("silent")
def test_a_run_ends_soon_after_the_cancel(device: Device, tmp_path: Path) -> None:
    file = tmp_path / "long.onnx"
    file.write_bytes(matmul_chain(width=512, depth=400))
    loaded = load(Setup(device, file, {"rows": 512}))
    cancel = Cancel()
    threading.Timer(0.2, cancel.cancel).start()
    start = time.monotonic()

    with pytest.raises(Cancelled):
        loaded.run({"x": np.ones((512, 512), np.float32)}, cancel)

    assert time.monotonic() - start < 5
    np.testing.assert_equal(loaded.run({"x": np.zeros((512, 512), np.float32)}, Cancel())["y"], 0)


def test_a_provider_that_the_runtime_does_not_have_is_an_error_and_not_the_processor(
    device: Device, chain: Path
) -> None:
    class Nobody(Processor):
        execution_provider = "NobodyExecutionProvider"

        def places(self, runtime: Any) -> list[base.Place]:
            return [base.Place(device)]

    with pytest.raises(Exception, match=r"Unknown Provider|not supported"):
        Nobody().load(Setup(device, chain, ROWS))


@pytest.mark.usefixtures("silent")
def test_a_file_that_is_missing_or_no_model_is_said_in_a_sentence(device: Device, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load(Setup(device, tmp_path / "none.onnx", ROWS))
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"this is no model")
    with pytest.raises(Damaged):
        load(Setup(device, broken, ROWS))


@pytest.mark.usefixtures("silent")
def test_a_compiled_file_that_is_missing_or_broken_is_stale(device: Device, chain: Path, tmp_path: Path) -> None:
    broken = tmp_path / "compiled.onnx"
    for write in (False, True):
        if write:
            broken.write_bytes(b"this is no model")
        with pytest.raises(DeviceFailed) as caught:
            load(Setup(device, chain, ROWS, context=broken))
        assert caught.value.reason is Reason.STALE_CONTEXT


def test_compiling_where_nothing_is_compiled_is_an_error_and_leaves_no_file(
    device: Device, chain: Path, tmp_path: Path
) -> None:
    target = tmp_path / "compiled.onnx"
    with pytest.raises(Exception, match="Unable to compile any nodes"):
        Processor().compile(Setup(device, chain, ROWS), target)
    assert not target.exists()


def test_compiling_never_writes_over_a_file(device: Device, chain: Path, tmp_path: Path) -> None:
    target = tmp_path / "compiled.onnx"
    target.write_bytes(b"mine")
    with pytest.raises(Exception, match=r"exists|Unable to compile"):
        Processor().compile(Setup(device, chain, ROWS), target)
    assert target.read_bytes() == b"mine"


def test_a_device_is_known_again_by_place_maker_and_chip(device: Device) -> None:
    provider = Processor()
    assert provider.place_of(RUNTIME, device).device == device
    for other in (replace(device, device_id=77), replace(device, index=5), replace(device, kind=Kind.NPU)):
        with pytest.raises(DeviceFailed):
            provider.place_of(RUNTIME, other)


def test_the_runtime_raises_for_a_placement_that_was_not_asked_for(chain: Path) -> None:
    """Why `Key.RECORD_PLACEMENT` is set for every load."""
    session = RUNTIME.InferenceSession(str(chain), providers=["CPUExecutionProvider"])
    with pytest.raises(Exception, match="record_ep_graph_assignment_info"):
        session.get_provider_graph_assignment_info()
