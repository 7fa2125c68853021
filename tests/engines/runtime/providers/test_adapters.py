"""Which devices each provider takes, and what it asks the runtime for; with a runtime that is none."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engines.runtime.contract import Device, DeviceFailed, Kind, Mode, Reason
from engines.runtime.hardware import Chip
from engines.runtime.providers import PROVIDERS, base, coreml, openvino, provider, qnn, webgpu
from engines.runtime.providers.base import OrtProvider
from engines.runtime.providers.options import SIMULATED
from tests.engines.runtime.providers.made import Options, Runtime, handle, setup_for

MODEL = Path("model.onnx")


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a new process, on a computer without chips and without wishes for simulators."""
    monkeypatch.setattr(base, "_REGISTERED", set())
    monkeypatch.delenv(SIMULATED, raising=False)
    for module in (base, openvino, coreml):
        monkeypatch.setattr(module, "chips", tuple)


def with_chips(monkeypatch: pytest.MonkeyPatch, *chips: Chip) -> None:
    """Put chips into the computer."""
    for module in (base, openvino, coreml):
        monkeypatch.setattr(module, "chips", lambda: chips)


def ort(name: str) -> OrtProvider:
    """The provider of that name."""
    found = provider(name)
    assert isinstance(found, OrtProvider)
    return found


def asked(of: OrtProvider, runtime: Runtime, device: Device, mode: Mode = Mode.BALANCED, **about: Any) -> Options:
    """What the session on a device is asked for."""
    made = of.session_options(runtime, setup_for(device, MODEL, mode, **about))
    assert isinstance(made, Options)
    return made


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_says_what_brings_it_and_what_would_have_to_be_checked(name: str) -> None:
    one = ort(name)

    assert one.name == name
    assert one.title
    assert one.kinds <= {Kind.GPU, Kind.NPU}
    assert one.packages
    assert one.comes_with
    assert len(one.checks) >= 3
    assert one.proved_on == "", "nobody has run the checks on hardware yet"
    assert one.static


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_provider_that_is_not_installed_says_so_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "version_of", lambda _package: "")
    assert not ort(name).installed()


def test_a_provider_is_brought_by_one_of_its_packages_on_its_systems_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert ort("openvino").brought_by({"onnxruntime-openvino", "numpy"})
    assert not ort("openvino").brought_by({"onnxruntime", "numpy"})
    assert not ort("coreml").brought_by({"onnxruntime"})
    monkeypatch.setattr(sys, "platform", "darwin")
    assert ort("coreml").brought_by({"onnxruntime"})


def test_devices_of_other_providers_other_kinds_and_virtual_ones_are_left_out() -> None:
    name = "NvTensorRTRTXExecutionProvider"
    runtime = Runtime(
        [
            handle("CPUExecutionProvider", "cpu"),
            handle(name, "cpu"),
            handle(name, "gpu", ep_metadata={"is_virtual": "1"}),
            handle(name, "gpu", metadata={"is_virtual": "1"}),
            handle(name, "gpu", metadata={"Description": "RTX 4070", "DxgiAdapterNumber": "1"}),
            handle(name, "gpu", device_id=0x2204),
        ]
    )

    places = ort("tensorrt-rtx").places(runtime)

    assert [place.device.name for place in places] == ["tensorrt-rtx:gpu", "tensorrt-rtx:gpu2"]
    assert [place.device.index for place in places] == [0, 1]
    assert places[0].device.title == "RTX 4070 (TensorRT RTX)"
    assert places[1].device.title == "NVIDIA GPU (TensorRT RTX)"


def test_a_session_gets_exactly_one_explicit_device_and_the_sizes_as_overrides() -> None:
    name = "NvTensorRTRTXExecutionProvider"
    runtime = Runtime([handle(name, "gpu"), handle(name, "gpu", device_id=7)])
    one = ort("tensorrt-rtx")
    second = one.places(runtime)[1].device

    options = asked(one, runtime, second, shapes={"height": 256})

    assert [device.device.device_id for device, _ in options.devices] == [7]
    assert options.providers == []
    assert options.sizes == {"height": 256}
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (3, 1)
    assert options.entries["session.intra_op.allow_spinning"] == "0"
    assert options.entries["session.record_ep_graph_assignment_info"] == "1"


def test_a_compiled_file_has_its_sizes_already() -> None:
    runtime = Runtime([handle("NvTensorRTRTXExecutionProvider", "gpu")])
    one = ort("tensorrt-rtx")

    options = asked(one, runtime, one.places(runtime)[0].device, shapes={"height": 256}, context=Path("compiled.onnx"))

    assert options.sizes == {}


def test_a_device_that_is_gone_or_another_now_is_not_replaced_by_its_neighbour() -> None:
    one = ort("tensorrt-rtx")
    before = one.places(Runtime([handle("NvTensorRTRTXExecutionProvider", "gpu")]))[0].device

    for now in (Runtime(), Runtime([handle("NvTensorRTRTXExecutionProvider", "gpu", device_id=1)])):
        with pytest.raises(DeviceFailed) as caught:
            asked(one, now, before)
        assert caught.value.reason is Reason.NO_DEVICE


def test_the_driver_comes_from_the_system_and_the_version_from_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    with_chips(monkeypatch, Chip(Kind.GPU, "GeForce", 0x10DE, 0x2786, "nvidia 580"))
    monkeypatch.setattr(base, "version_of", lambda package: "0.5.0" if package.endswith("cu13") else "")

    device = ort("tensorrt-rtx").places(Runtime([handle("NvTensorRTRTXExecutionProvider", "gpu")]))[0].device

    assert (device.driver, device.library, device.title) == ("nvidia 580", "0.5.0", "GeForce (TensorRT RTX)")


# QNN


@pytest.fixture
def hexagon(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """Windows on Arm with an NPU and a GPU of Qualcomm's."""
    monkeypatch.setattr(qnn, "simulates", lambda: False)
    name = "QNNExecutionProvider"
    return Runtime([handle(name, "gpu", vendor="Qualcomm"), handle(name, "npu", vendor="Qualcomm")])


def test_qnn_takes_the_npu_and_says_which_part_of_it(hexagon: Runtime) -> None:
    one = ort("qnn")
    (place,) = one.places(hexagon)

    assert place.device.kind is Kind.NPU
    assert place.device.options == {"backend_type": "htp"}
    assert not place.device.simulated


@pytest.mark.parametrize(
    ("mode", "clock"), [(Mode.EAGER, "burst"), (Mode.BALANCED, "balanced"), (Mode.QUIET, "balanced")]
)
def test_the_clock_of_the_npu_follows_the_mode_and_is_no_part_of_the_device(
    hexagon: Runtime, mode: Mode, clock: str
) -> None:
    one = ort("qnn")
    device = one.places(hexagon)[0].device

    ((_, options),) = asked(one, hexagon, device, mode).devices

    assert options["htp_performance_mode"] == clock
    assert "htp_performance_mode" not in device.options


def test_the_simulator_is_offered_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qnn, "simulates", lambda: True)
    runtime = Runtime([handle("QNNExecutionProvider", "cpu", vendor="AMD", vendor_id=4130, device_id=0)])

    assert ort("qnn").places(runtime) == []
    monkeypatch.setenv(SIMULATED, "0")
    assert ort("qnn").places(runtime) == []
    monkeypatch.setenv(SIMULATED, "1")
    (place,) = ort("qnn").places(runtime)

    assert place.device.simulated
    assert (place.device.kind, place.device.name) == (Kind.NPU, "qnn:npu")
    assert place.device.options["soc_model"] == "60"


def test_a_plug_in_is_registered_once_and_under_its_own_name(monkeypatch: pytest.MonkeyPatch, hexagon: Runtime) -> None:
    module = SimpleNamespace(get_ep_name=lambda: "QNNExecutionProvider", get_library_path=lambda: "here.so")
    monkeypatch.setitem(sys.modules, "onnxruntime_qnn", module)
    monkeypatch.setattr(base, "find_spec", lambda name: name == "onnxruntime_qnn" or None)

    one = ort("qnn")
    one.places(hexagon)
    one.places(hexagon)

    assert hexagon.registered == [("QNNExecutionProvider", "here.so")]


# OpenVINO and WebGPU, each as a plug-in and as a runtime of its own


def test_the_plug_in_of_openvino_lists_its_devices_itself() -> None:
    runtime = Runtime([handle("OpenVINOExecutionProvider", "npu", vendor="Intel", vendor_id=0x8086)])

    (place,) = ort("openvino").places(runtime)

    assert place.device.name == "openvino:npu"
    assert place.device.options == {}


def test_the_own_runtime_of_openvino_is_told_which_of_intels_chips(monkeypatch: pytest.MonkeyPatch) -> None:
    with_chips(
        monkeypatch,
        Chip(Kind.GPU, "Intel Arc", 0x8086, 1, "xe"),
        Chip(Kind.GPU, "NVIDIA", 0x10DE, 2, "nvidia"),
        Chip(Kind.GPU, "Intel Graphics", 0x8086, 3, "xe"),
        Chip(Kind.NPU, "Intel NPU", 0x8086, 4, "intel_vpu"),
    )
    runtime = Runtime(available=["OpenVINOExecutionProvider", "CPUExecutionProvider"])
    one = ort("openvino")
    devices = [place.device for place in one.places(runtime)]

    assert [device.name for device in devices] == ["openvino:gpu", "openvino:gpu2", "openvino:npu"]
    assert [device.options["device_type"] for device in devices] == ["GPU.0", "GPU.1", "NPU"]
    options = asked(one, runtime, devices[2])
    assert options.providers == [("OpenVINOExecutionProvider", {"device_type": "NPU"})]
    assert options.devices == []


def test_openvino_on_the_processor_is_a_simulated_device_with_the_sessions_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runtime = Runtime(available=["OpenVINOExecutionProvider"])
    one = ort("openvino")
    assert one.places(runtime) == []

    monkeypatch.setenv(SIMULATED, "1")
    (place,) = one.places(runtime)

    assert place.device.simulated
    ((_, options),) = asked(one, runtime, place.device).providers
    assert options == {"device_type": "CPU", "num_of_threads": "3"}


def test_webgpu_offers_one_chip_because_it_takes_the_strongest_whatever_is_asked() -> None:
    name = "WebGpuExecutionProvider"
    runtime = Runtime(
        [
            handle(name, "gpu", device_id=1, metadata={"DxgiHighPerformanceIndex": "1"}),
            handle(name, "gpu", device_id=2, metadata={"DxgiHighPerformanceIndex": "0"}),
        ]
    )

    (place,) = ort("webgpu").places(runtime)

    assert place.device.device_id == 2


def test_software_vulkan_is_offered_when_it_is_asked_for_and_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runtime = Runtime(available=["WebGpuExecutionProvider"])
    one = ort("webgpu")
    driver = tmp_path / "vk_swiftshader_icd.json"
    monkeypatch.setenv(SIMULATED, "1")
    monkeypatch.setenv("VK_ICD_FILENAMES", str(driver))
    monkeypatch.delenv("VK_DRIVER_FILES", raising=False)
    assert one.places(runtime) == []

    driver.write_text("{}")
    (place,) = one.places(runtime)

    assert place.device.simulated
    assert place.device.kind is Kind.GPU
    assert webgpu.software_vulkan()


# DirectML and CoreML


def test_directml_takes_the_adapter_that_was_named_and_no_memory_pattern() -> None:
    name = "DmlExecutionProvider"
    runtime = Runtime(
        [
            handle(name, "gpu", metadata={"DxgiAdapterNumber": "0"}),
            handle(name, "gpu", device_id=9, metadata={"DxgiAdapterNumber": "2"}),
        ]
    )
    one = ort("directml")
    device = one.places(runtime)[1].device

    options = asked(one, runtime, device)

    assert device.options == {"device_id": "2"}
    assert options.devices[0][1] == {"device_id": "2"}
    assert not options.enable_mem_pattern
    assert options.execution_mode == "sequential"
    assert one.alone


def test_coreml_has_a_device_for_each_part_of_the_chip_and_a_folder_for_each_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_chips(monkeypatch, Chip(Kind.GPU, "Apple GPU", 0x106B), Chip(Kind.NPU, "Apple Neural Engine", 0x106B))
    runtime = Runtime(available=["CoreMLExecutionProvider"])
    one = ort("coreml")
    gpu, npu = (place.device for place in one.places(runtime))
    file = tmp_path / "model.onnx"
    file.write_bytes(b"1")

    first = one.options(setup_for(npu, file))
    file.write_bytes(b"12")
    second = one.options(setup_for(npu, file))

    assert gpu.options["MLComputeUnits"] == "CPUAndGPU"
    assert first["MLComputeUnits"] == "CPUAndNeuralEngine"
    assert first["RequireStaticInputShapes"] == "1"
    assert first["ModelCacheDirectory"] != second["ModelCacheDirectory"]
    assert Path(second["ModelCacheDirectory"]).is_dir()
