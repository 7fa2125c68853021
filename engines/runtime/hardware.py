"""Which accelerator chips this computer has, and their drivers, as the system lists them: without any runtime.

Linux is read from /sys, Windows from the registry and its list of display adapters, macOS from the processor's name. It
takes milliseconds. Nothing here says that a chip can be used.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engines.runtime import sysctl
from engines.runtime.contract import Kind

SYSTEM = Path("/sys")

NAMES = (Path("/usr/share/hwdata/pci.ids"), Path("/usr/share/misc/pci.ids"))
"""Where Linux keeps the names of chips, if it does."""

VENDORS: Mapping[int, str] = {
    0x8086: "Intel",
    0x10DE: "NVIDIA",
    0x1002: "AMD",
    0x1022: "AMD",
    0x5143: "Qualcomm",
    0x17CB: "Qualcomm",
    0x4D4F4351: "Qualcomm",
    0x106B: "Apple",
    0x13B5: "Arm",
}
"""Makers of chips that compute, by their PCI or ACPI number."""

DISPLAY = "{4d36e968-e325-11ce-bfc1-08002be10318}"
ACCELERATOR = "{f01a9d53-3ff6-48d2-9f97-c8a7004be10c}"
"""The classes of display adapters and of compute accelerators in the registry."""


@dataclass(frozen=True)
class Chip:
    """One chip. `driver` is what names its driver and version, empty where there is none."""

    kind: Kind
    title: str
    vendor_id: int = 0
    device_id: int = 0
    driver: str = ""

    @property
    def vendor(self) -> str:
        """Its maker, empty for one that makes no chips that compute."""
        return VENDORS.get(self.vendor_id, "")


def chips() -> tuple[Chip, ...]:
    """The graphics chips and NPUs of this computer; never raises."""
    with suppress(OSError):
        if sys.platform == "win32":
            return tuple(_of_windows())
        if sys.platform == "darwin":
            return tuple(_of_mac())
        return tuple(of_linux(SYSTEM))
    return ()


def driver_of(kind: Kind, vendor_id: int, device_id: int, known: Iterable[Chip] | None = None) -> str:
    """The driver of one chip; where the numbers don't tell, that of the only chip of its kind; else empty."""
    alike = [chip for chip in (chips() if known is None else known) if chip.kind == kind]
    exact = [chip for chip in alike if (chip.vendor_id, chip.device_id) == (vendor_id, device_id)]
    found = {chip.driver for chip in (exact or alike)}
    return next(iter(found)) if len(found) == 1 else ""


# --- Linux ---


def of_linux(system: Path) -> Iterable[Chip]:
    """The chips in the folder that Linux mounts at /sys."""
    for folder, pattern, kind in (("drm", r"card\d+", Kind.GPU), ("accel", r"accel\d+", Kind.NPU)):
        place = system / "class" / folder
        for entry in sorted(place.iterdir()) if place.is_dir() else ():
            if re.fullmatch(pattern, entry.name):
                vendor, device = (_number(entry / "device" / name) for name in ("vendor", "device"))
                title = _name(vendor, device) or f"{VENDORS.get(vendor, 'Unknown')} {kind.value.upper()}"
                yield Chip(kind, title, vendor, device, _module(entry / "device", system))


def _number(file: Path) -> int:
    with suppress(OSError, ValueError):
        return int(file.read_text(encoding="ascii").strip(), 16)
    return 0


def _module(device: Path, system: Path) -> str:
    """The kernel's module for a device, with its version where it says one: `nvidia 580.65.06`, `xe`."""
    with suppress(OSError):
        name = (device / "driver").resolve(strict=True).name
        version = ""
        with suppress(OSError):
            version = (system / "module" / name / "version").read_text(encoding="ascii").strip()
        return f"{name} {version}".strip()
    return ""


def _name(vendor: int, device: int, lists: Iterable[Path] = NAMES) -> str:
    """The name of a chip in the system's list of PCI names: `NVIDIA AD104 [GeForce RTX 4070]`."""
    for file in lists:
        with suppress(OSError):
            text = file.read_text(encoding="utf-8", errors="replace")
            start = text.find(f"\n{vendor:04x}  ")
            part = text[start + 1 :] if start >= 0 else ""
            end = re.search(r"\n[0-9a-f]{4}  ", part)
            found = re.search(rf"\n\t{device:04x}  (.+)", part[: end.start()] if end else part)
            if found:
                return f"{VENDORS.get(vendor, part.partition(chr(10))[0][6:])} {found[1].strip()}"
    return ""


# --- Windows ---


def _of_windows() -> Iterable[Chip]:
    """Display adapters that are there now, and compute accelerators that a driver is installed for."""
    drivers = [*_drivers(DISPLAY), *_drivers(ACCELERATOR)]
    for title, identity in _adapters():
        vendor, device = numbers(identity)
        version = next((v for i, _, v in drivers if numbers(i) == (vendor, device)), "")
        yield Chip(Kind.GPU, title, vendor, device, version)
    for identity, title, version in _drivers(ACCELERATOR):
        vendor, device = numbers(identity)
        yield Chip(Kind.NPU, title, vendor, device, version)


def numbers(identity: str) -> tuple[int, int]:
    """Maker and chip in a hardware id of Windows: `PCI\\VEN_10DE&DEV_2786&…` → (0x10de, 0x2786)."""
    found = [re.search(rf"{key}_([0-9a-f]{{4}})", identity, re.IGNORECASE) for key in ("VEN", "DEV")]
    vendor, device = (int(one[1], 16) if one else 0 for one in found)
    return vendor, device


def _drivers(group: str) -> list[tuple[str, str, str]]:
    """Hardware id, title and version of the drivers of a class."""
    found: list[tuple[str, str, str]] = []
    if sys.platform == "win32":
        import winreg

        place = rf"SYSTEM\CurrentControlSet\Control\Class\{group}"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            for index in range(winreg.QueryInfoKey(key)[0]):
                with suppress(OSError), winreg.OpenKey(key, winreg.EnumKey(key, index)) as one:
                    texts = [
                        str(winreg.QueryValueEx(one, name)[0])
                        for name in ("MatchingDeviceId", "DriverDesc", "DriverVersion")
                    ]
                    found.append((texts[0], texts[1], texts[2]))
    return found


def _adapters() -> list[tuple[str, str]]:
    """Title and hardware id of the display adapters that are plugged in, each once."""
    found: dict[tuple[str, str], None] = {}
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Adapter(ctypes.Structure):
            _fields_ = [
                ("size", wintypes.DWORD),
                ("name", wintypes.WCHAR * 32),
                ("title", wintypes.WCHAR * 128),
                ("flags", wintypes.DWORD),
                ("identity", wintypes.WCHAR * 128),
                ("key", wintypes.WCHAR * 128),
            ]

        adapter = Adapter()
        adapter.size = ctypes.sizeof(Adapter)
        listed = ctypes.WinDLL("user32").EnumDisplayDevicesW
        index = 0
        while listed(None, index, ctypes.byref(adapter), 0):
            if numbers(adapter.identity)[0]:
                found[adapter.title, adapter.identity] = None
            index += 1
    return list(found)


# --- macOS ---


def _of_mac() -> Iterable[Chip]:
    """Apple's own processors hold both; their drivers come with the system."""
    if platform.machine() == "arm64" or is_translated():
        driver = f"macOS {platform.mac_ver()[0]}"
        yield Chip(Kind.GPU, "Apple GPU", 0x106B, 0, driver)
        yield Chip(Kind.NPU, "Apple Neural Engine", 0x106B, 0, driver)


def is_translated() -> bool:
    """Whether this process runs by translation: made for Intel, on an Apple processor."""
    if platform.system() != "Darwin":
        return False
    return sysctl.number("sysctl.proc_translated") == 1


def native_machine() -> str:
    """What the processor is, whatever this Python was made for: `arm64`, `x86_64`."""
    if is_translated():
        return "arm64"
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        own, native = wintypes.USHORT(), wintypes.USHORT()
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.IsWow64Process2.argtypes = [
            wintypes.HANDLE,
            ctypes.POINTER(wintypes.USHORT),
            ctypes.POINTER(wintypes.USHORT),
        ]
        with suppress(AttributeError, OSError):
            if kernel.IsWow64Process2(kernel.GetCurrentProcess(), ctypes.byref(own), ctypes.byref(native)):
                return {0xAA64: "arm64", 0x8664: "x86_64"}.get(native.value, platform.machine().lower())
    return machine(platform.machine())


def machine(name: str) -> str:
    """One name for each architecture: `AMD64` → `x86_64`, `aarch64` → `arm64`."""
    return {"amd64": "x86_64", "aarch64": "arm64"}.get(name.lower(), name.lower())


def processor_title(system: Path = SYSTEM) -> str:
    """What the processor calls itself: `AMD EPYC 7B13`, `Apple M2`, else its architecture."""
    with suppress(OSError, IndexError):
        if sys.platform == "win32":
            import winreg

            place = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
        if platform.system() == "Darwin":
            return sysctl.text("machdep.cpu.brand_string") or platform.machine()
        told = (system.parent / "proc" / "cpuinfo").read_text(encoding="utf-8", errors="replace")
        named = re.search(r"^(?:model name|Hardware)\s*:\s*(.+)$", told, re.MULTILINE)
        if named:
            return re.sub(r"\(R\)|\(TM\)| CPU\b| Processor$", "", named[1]).strip()
    return platform.machine()
