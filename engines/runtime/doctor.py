"""What is wrong with this computer's devices, and how each of it is mended.

Every check is a function of what was looked up before (`Surroundings`), so that each can be told without such a computer.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime.contexts import contexts
from engines.runtime.contract import Device, Kind, Refusal
from engines.runtime.discovery import Found, discover, packages
from engines.runtime.hardware import Chip, chips, machine, native_machine, processor_title
from engines.runtime.owners import REPAIR, installed_owners
from engines.runtime.proof import Interrupted, Ledger, Quarantine, Verdict, boot_id, cleaned
from engines.runtime.providers import PROVIDERS, provider
from engines.runtime.providers.base import OrtProvider
from engines.runtime.reasons import SEEN
from homespun.errors import HomespunError
from homespun.files import free_space, size_text
from homespun.folders import folders
from homespun.progress import Progress
from homespun.settings import Devices
from homespun.settings import load as load_settings

if TYPE_CHECKING:
    from models import Checked

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
"""Versions for which every platform has all wheels (dispatch.md §1.1)."""

OLDEST_PYTHON_ARM_WINDOWS = (3, 12)

LEAST_SPACE = 200_000_000
LITTLE_SPACE = 2_000_000_000
"""Bytes free below which work fails, and below which it soon may."""


class Level(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    """Everything works; something could be better, or will mend itself."""

    MEND = "mend"
    """Something doesn't work until it is mended."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found: `what` is so, `todo` mends it; both are whole sentences."""

    name: str
    level: Level
    what: str
    todo: str


@dataclass(frozen=True)
class Surroundings:
    """What the checks are about, looked up once."""

    python: tuple[int, int] = sys.version_info[:2]
    platform: str = sys.platform
    made_for: str = ""
    """The architecture of this Python, and in `native` that of the processor."""

    native: str = ""
    executable: str = sys.executable
    processor: str = ""
    owners: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    chips: tuple[Chip, ...] = ()
    found: Found = field(default_factory=Found)
    use: str = "auto"
    settings_fault: HomespunError | None = None
    free_bytes: int | None = None
    damaged_contexts: tuple[str, ...] = ()
    damaged_models: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ledger_note: str = ""
    verdicts: tuple[Verdict, ...] = ()
    quarantines: tuple[Quarantine, ...] = ()
    interrupted: tuple[Interrupted, ...] = ()
    events: tuple[tuple[float, str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Health:
    """What was looked at, and what was found."""

    surroundings: Surroundings
    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing has to be mended."""
        return all(one.level is Level.NOTE for one in self.findings)


def examine(progress: Progress | None = None) -> Health:
    """Look at everything, anew; takes seconds. Raises `Cancelled`."""
    around = look(progress or Progress())
    return Health(around, tuple(findings(around)))


def findings(around: Surroundings) -> Iterator[Finding]:
    """Everything that is worth telling, what must be mended first."""
    found = [one for check in CHECKS for one in check(around)]
    yield from sorted(found, key=lambda one: one.level is not Level.MEND)


# --- looking ---


def look(progress: Progress) -> Surroundings:
    """The facts of this computer."""
    places = folders()
    rule, fault = Devices(), None
    try:
        rule = load_settings(places.settings).devices
    except HomespunError as error:
        fault = error
    progress.report(0, 3, "Looking for devices")
    found = discover(pythons=rule.pythons, fresh=True)
    progress.report(1, 3, "Checking compiled models")
    damaged = tuple(contexts().damaged())
    progress.report(2, 3, "Checking models")
    models_wrong = damaged_models(progress)
    progress.report(3, 3)
    return Surroundings(
        made_for=machine(platform.machine()),
        native=native_machine(),
        processor=processor_title(),
        owners=installed_owners(),
        packages=dict(packages()),
        chips=chips(),
        found=found,
        use=rule.use,
        settings_fault=fault,
        free_bytes=_free(places.data),
        damaged_contexts=damaged,
        damaged_models=models_wrong,
        **_of_ledger(places.ledger),
    )


def damaged_models(progress: Progress) -> dict[str, tuple[str, ...]]:
    """The files that are not as they should be, of each model that is here or should be."""
    import models

    wrong: dict[str, tuple[str, ...]] = {}
    bad = (models.FileState.MISSING, models.FileState.WRONG_SIZE, models.FileState.WRONG_HASH)
    for each in models.listing():
        if each.source is None and not each.model.bundled:
            continue
        checked: list[Checked] = []
        with suppress(HomespunError):
            checked = models.verify(each.model.id, Progress(cancel=progress.cancel))
        names = tuple(one.name for one in checked if one.state in bad)
        if names or (each.source is None and each.model.bundled):
            wrong[each.model.id] = names
    return wrong


def _free(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        if place.is_dir():
            with suppress(OSError):
                return free_space(place)
    return None


def _of_ledger(file: Path) -> dict[str, Any]:
    """What the ledger knows; a computer without devices has none."""
    if not file.is_file():
        return {}
    with Ledger(file) as ledger:
        return {
            "interrupted": tuple(ledger.interrupted(boot_id())),
            "verdicts": tuple(ledger.verdicts()),
            "quarantines": tuple(ledger.quarantines()),
            "events": tuple(ledger.events()[:50]),
            "ledger_note": ledger.note,
        }


# --- the checks ---


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


# --- mending, and telling somebody ---


def mend() -> int:
    """Delete what is damaged and can be made again; how many compiled models that were."""
    kept = contexts()
    wrong = kept.damaged()
    for key in wrong:
        kept.forget(key)
    kept.sweep()
    return len(wrong)


def report(health: Health) -> dict[str, Any]:
    """Everything that tells an engineer why devices are used or not, without paths, or names of the person or computer."""
    from homespun import __version__

    around = health.surroundings
    told = {
        "homespun": __version__,
        "python": sys.version.partition(" ")[0],
        "system": platform.platform(),
        "made_for": around.made_for,
        "native": around.native,
        "processor": around.processor,
        "runtime": list(around.owners),
        "packages": dict(sorted(around.packages.items())),
        "chips": [asdict(chip) for chip in around.chips],
        "devices": [_device(device) for device in around.found.devices],
        "refusals": [asdict(refusal) for refusal in around.found.refusals],
        "findings": [asdict(finding) for finding in health.findings],
        "verdicts": [asdict(verdict) for verdict in around.verdicts],
        "quarantines": [asdict(one) for one in around.quarantines],
        "events": [list(one) for one in around.events],
        "to_be_checked": to_be_checked(around.found.devices),
    }
    return {name: private(value) for name, value in told.items()}


def to_be_checked(devices: Sequence[Device]) -> list[dict[str, Any]]:
    """For each provider with a real device here that nobody has proved on hardware: what would have to be run."""
    found = []
    for name in dict.fromkeys(device.provider for device in devices if not device.simulated):
        one = provider(name) if name in PROVIDERS else None
        if isinstance(one, OrtProvider) and not one.proved_on:
            found.append({"provider": name, "title": one.title, "checks": list(one.checks)})
    return found


def _device(device: Device) -> dict[str, Any]:
    told = asdict(device)
    return {**told, "options": dict(device.options), "python": "another" if device.python else ""}


def private(value: Any) -> Any:
    """`value` with every text in it cleaned of what is private."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {str(name): private(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [private(one) for one in value]
    return value


def quoted(program: str) -> str:
    """A program as a person types it."""
    return f'"{program}"' if " " in program else program
