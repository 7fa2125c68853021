"""The chips of a computer, read from a made-up /sys and from ids as Windows writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.runtime import hardware
from engines.runtime.contract import Kind
from engines.runtime.hardware import Chip, driver_of, machine, numbers, of_linux, processor_title


def put(
    folder: Path, vendor: str, device: str, module: str = "", version: str = "", system: Path | None = None
) -> None:
    """A device's folder in /sys."""
    (folder / "device").mkdir(parents=True)
    (folder / "device" / "vendor").write_text(f"{vendor}\n")
    (folder / "device" / "device").write_text(f"{device}\n")
    if module and system is not None:
        driver = system / "bus" / "pci" / "drivers" / module
        driver.mkdir(parents=True, exist_ok=True)
        (folder / "device" / "driver").symlink_to(driver)
        if version:
            (system / "module" / module).mkdir(parents=True, exist_ok=True)
            (system / "module" / module / "version").write_text(f"{version}\n")


def test_cards_and_npus_are_read_with_their_drivers_and_outputs_of_cards_are_not(tmp_path: Path) -> None:
    drm, accel = tmp_path / "class" / "drm", tmp_path / "class" / "accel"
    put(drm / "card0", "0x10de", "0x2786", "nvidia", "580.65", tmp_path)
    put(drm / "card0-HDMI-A-1", "0x10de", "0x2786")
    put(drm / "renderD128", "0x10de", "0x2786")
    put(accel / "accel0", "0x8086", "0x7d1d", "intel_vpu", "", tmp_path)

    gpu, npu = of_linux(tmp_path)

    assert (gpu.kind, gpu.vendor, gpu.device_id, gpu.driver) == (Kind.GPU, "NVIDIA", 0x2786, "nvidia 580.65")
    assert (npu.kind, npu.vendor, npu.driver) == (Kind.NPU, "Intel", "intel_vpu")


def test_a_card_without_a_driver_and_one_of_a_virtual_machine_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path / "class" / "drm" / "card0", "0x1002", "0x744c")
    put(tmp_path / "class" / "drm" / "card1", "0x1234", "0x1111", "bochs", "", tmp_path)

    amd, virtual = of_linux(tmp_path)

    assert (amd.vendor, amd.driver) == ("AMD", "")
    assert virtual.vendor == ""


def test_a_computer_without_any_of_it_has_no_chips(tmp_path: Path) -> None:
    assert list(of_linux(tmp_path)) == []


def test_the_name_of_a_chip_comes_from_the_systems_list(tmp_path: Path) -> None:
    names = tmp_path / "pci.ids"
    names.write_text("# names\n10de  NVIDIA Corporation\n\t2786  AD104\n8086  Intel Corporation\n\t2786  Another\n")

    assert hardware._name(0x8086, 0x2786, [names]) == "Intel Another"
    assert hardware._name(0x10DE, 0x2786, [names]) == "NVIDIA AD104"
    assert hardware._name(0x10DE, 0x9999, [names]) == ""
    assert hardware._name(0x10DE, 0x2786, [tmp_path / "none"]) == ""


@pytest.mark.parametrize(
    ("identity", "found"),
    [
        ("PCI\\VEN_10DE&DEV_2786&SUBSYS_00000000", (0x10DE, 0x2786)),
        ("pci\\ven_8086&dev_7d1d", (0x8086, 0x7D1D)),
        ("ACPI\\QCOM0D0A", (0, 0)),
        ("ROOT\\BasicDisplay", (0, 0)),
    ],
)
def test_the_ids_of_windows_are_read(identity: str, found: tuple[int, int]) -> None:
    assert numbers(identity) == found


def test_a_driver_is_found_by_numbers_or_by_being_the_only_one_of_its_kind() -> None:
    known = [Chip(Kind.GPU, "a", 1, 2, "A 1"), Chip(Kind.GPU, "b", 1, 3, "B 2"), Chip(Kind.NPU, "c", 9, 9, "C 3")]

    assert driver_of(Kind.GPU, 1, 3, known) == "B 2"
    assert driver_of(Kind.NPU, 0, 0, known) == "C 3"
    assert driver_of(Kind.GPU, 7, 7, known) == ""


@pytest.mark.parametrize(
    ("name", "one"), [("AMD64", "x86_64"), ("x86_64", "x86_64"), ("aarch64", "arm64"), ("ARM64", "arm64")]
)
def test_an_architecture_has_one_name(name: str, one: str) -> None:
    assert machine(name) == one


def test_the_processor_says_its_name() -> None:
    assert processor_title()
