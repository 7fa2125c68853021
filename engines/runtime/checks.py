"""What can be wrong with this computer's devices, and how each of it is mended: every check is a function of `Surroundings`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engines.runtime.contract import Kind, Refusal
from engines.runtime.hardware import Chip
from engines.runtime.owners import REPAIR
from engines.runtime.providers import PROVIDERS, provider
from engines.runtime.providers.base import OrtProvider
from engines.runtime.reasons import SEEN
from homespun.files import size_text

if TYPE_CHECKING:
    pass

from engines.runtime.surroundings import Finding, Level, Surroundings

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
"""Versions for which every platform has all wheels (dispatch.md §1.1)."""

OLDEST_PYTHON_ARM_WINDOWS = (3, 12)

LEAST_SPACE = 200_000_000
LITTLE_SPACE = 2_000_000_000
"""Bytes free below which work fails, and below which it soon may."""


def of_runtime(around: Surroundings) -> Iterator[Finding]:
    """One runtime, and only one."""
    if len(around.owners) > 1:
        yield Finding(
            "two-runtimes",
            Level.MEND,
            f"Two runtimes are installed over each other: {', '.join(around.owners)}. Only the CPU is used.",
            REPAIR,
        )
    elif not around.owners and not getattr(sys, "frozen", False):
        yield Finding("no-runtime", Level.MEND, "ONNX Runtime is not installed, so no model can run.", REPAIR)


def of_settings(around: Surroundings) -> Iterator[Finding]:
    """Settings that can be read."""
    if around.settings_fault is not None:
        yield Finding("settings", Level.MEND, around.settings_fault.what, around.settings_fault.todo)


def of_architecture(around: Surroundings) -> Iterator[Finding]:
    """A Python that was made for this processor."""
    if around.native and around.made_for and around.native != around.made_for:
        yield Finding(
            "emulated",
            Level.NOTE,
            f"This Python was made for {around.made_for} and runs by emulation on a processor of kind {around.native}: "
            "everything is slower, and the NPU can't be reached.",
            f"Install Python for {around.native}, then run `python3 -m installer setup` with it.",
        )


def of_python(around: Surroundings) -> Iterator[Finding]:
    """A Python for which there are packages."""
    oldest = OLDEST_PYTHON_ARM_WINDOWS if (around.platform, around.native) == ("win32", "arm64") else OLDEST_PYTHON
    if not oldest <= around.python <= NEWEST_PYTHON:
        version, first, last = (".".join(map(str, one)) for one in (around.python, oldest, NEWEST_PYTHON))
        yield Finding(
            "python",
            Level.NOTE,
            f"Homespun was not made for Python {version}: some of its packages don't exist for it.",
            f"Take one from {first} to {last}, and run `python3 -m installer setup` with it.",
        )


def of_switch(around: Surroundings) -> Iterator[Finding]:
    """Devices that are switched on."""
    if around.use == "cpu" and around.found.devices:
        yield Finding(
            "switched-off",
            Level.NOTE,
            "Every model runs on the CPU, because the setting `devices.use` says so.",
            "`homespun settings reset devices.use` lets models run where that is proved best.",
        )


def of_drivers(around: Surroundings) -> Iterator[Finding]:
    """For each chip that computes: a driver, and a provider that uses it."""
    used = {(device.kind, device.vendor_id) for device in around.found.devices if not device.simulated}
    for chip in around.chips:
        if not chip.vendor or (chip.kind, chip.vendor_id) in used:
            continue
        if not chip.driver:
            yield Finding(
                "no-driver",
                Level.NOTE,
                f"There is a chip that could help, {chip.title}, but no driver for it.",
                f"Install the newest driver of {chip.vendor}, then run `homespun devices --fresh`.",
            )
        elif package := package_for(chip, around):
            yield Finding(
                "no-package",
                Level.NOTE,
                f"There is a chip that could help, {chip.title}, but no package that uses it.",
                f"`{quoted(around.executable)} -m pip install {package}` brings one; "
                "then run `homespun devices --fresh`.",
            )


def package_for(chip: Chip, around: Surroundings) -> str:
    """The package that would use a chip on this system; nothing where there is none, or where it is here already."""
    here = {name.lower() for name in around.packages}
    by_maker = {
        ("Intel", Kind.GPU): "onnxruntime-ep-openvino",
        ("Intel", Kind.NPU): "onnxruntime-ep-openvino",
        ("NVIDIA", Kind.GPU): "onnxruntime-ep-nv-tensorrt-rtx-cu13",
        ("Qualcomm", Kind.NPU): "onnxruntime-qnn" if around.platform == "win32" else "",
        ("AMD", Kind.NPU): "windowsml" if around.platform == "win32" else "",
    }
    own = by_maker.get((chip.vendor, chip.kind), "")
    general = "onnxruntime-ep-webgpu" if chip.kind is Kind.GPU else ""
    if around.platform == "darwin" or (around.native == "arm64" and own.startswith("onnxruntime-ep-openvino")):
        own = ""
    wanted = [one for one in (own, general) if one]
    return "" if any(one in here for one in wanted) else next(iter(wanted), "")


def of_providers(around: Surroundings) -> Iterator[Finding]:
    """Packages that fit the runtime, and libraries that find their hardware."""
    runtime = next(iter(around.owners), "").rpartition(" ")[2]
    for name in PROVIDERS:
        one = provider(name)
        if not isinstance(one, OrtProvider):
            continue
        package = next((each for each in one.packages if each in around.packages), "")
        if package and runtime and one.least_runtime and numbers(runtime) < numbers(one.least_runtime):
            yield Finding(
                "runtime-too-old",
                Level.NOTE,
                f"{package} {around.packages[package]} needs ONNX Runtime {one.least_runtime}; {runtime} is installed.",
                REPAIR,
            )
    for refusal in around.found.refusals:
        what, todo = _split(refusal)
        yield Finding(f"provider-{refusal.reason}", Level.NOTE, what, todo)


def _split(refusal: Refusal) -> tuple[str, str]:
    """A refusal's sentences: the first, and the others."""
    found = re.match(r"(.+?[.!?]) (?=[A-Z`])(.+)", refusal.sentence, re.DOTALL)
    return (found[1], found[2]) if found else (refusal.sentence, "`homespun devices --fresh` looks once more.")


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared: `1.24.4` → (1, 24, 4)."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def of_ledger(around: Surroundings) -> Iterator[Finding]:
    """A ledger that can be read, and what it has put aside."""
    if around.ledger_note:
        what, _, todo = around.ledger_note.partition(". ")
        yield Finding(
            "ledger", Level.NOTE, f"{what.rstrip('.')}.", todo or "Nothing has to be done: `homespun probe` fills it."
        )
    for cut in around.interrupted:
        counted = "That counts as a crash of its driver" if cut.struck else "It is tried again later"
        yield Finding(
            "interrupted",
            Level.NOTE,
            f"A trial of {cut.model} on {cut.device.title} was cut off. {counted}.",
            f"`homespun probe {cut.model} --device {cut.device.name} --again` tries it now.",
        )
    for one in around.quarantines:
        model = f" with {one.model}" if one.model else ""
        times = "once" if one.strikes == 1 else f"{one.strikes} times"
        yield Finding(
            "quarantine",
            Level.NOTE,
            f"{one.device} is left alone{model}: {SEEN[one.reason]} ({times}).",
            f"A newer driver may help. `homespun devices --forgive {one.device}` lets it try again.",
        )


def of_contexts(around: Surroundings) -> Iterator[Finding]:
    """Compiled models that are what was written."""
    if around.damaged_contexts:
        many = len(around.damaged_contexts)
        files = "1 compiled model is" if many == 1 else f"{many} compiled models are"
        yield Finding(
            "compiled-cache",
            Level.NOTE,
            f"{files} damaged, and will not be loaded.",
            "`homespun doctor --mend` deletes that; it is compiled anew when it is needed.",
        )


def of_models(around: Surroundings) -> Iterator[Finding]:
    """Model files that are as they should be."""
    for name, files in around.damaged_models.items():
        told = f": {', '.join(files)}" if files else ""
        yield Finding(
            "model",
            Level.MEND,
            f"The model {name} is damaged or not complete{told}.",
            f"`homespun models get {name}` brings it again; what comes with Homespun, `python3 -m installer setup`.",
        )


def of_space(around: Surroundings) -> Iterator[Finding]:
    """Room on the disk."""
    if around.free_bytes is not None and around.free_bytes < LITTLE_SPACE:
        level = Level.MEND if around.free_bytes < LEAST_SPACE else Level.NOTE
        yield Finding(
            "space",
            level,
            f"There is little room left on the disk: {size_text(around.free_bytes)}.",
            "`homespun models list` shows what models take, `homespun models remove MODEL` deletes one.",
        )


CHECKS = (
    of_runtime,
    of_models,
    of_settings,
    of_space,
    of_architecture,
    of_python,
    of_drivers,
    of_providers,
    of_ledger,
    of_contexts,
    of_switch,
)


def quoted(program: str) -> str:
    """A program as a person types it."""
    return f'"{program}"' if " " in program else program
