"""The doctor: looks at this computer once, has everything checked, mends what can be made again, and tells an engineer."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime.contexts import contexts
from engines.runtime.contract import Device
from engines.runtime.discovery import discover, packages
from engines.runtime.hardware import chips, machine, native_machine, processor_title
from engines.runtime.owners import installed_owners
from engines.runtime.proof import Ledger, boot_id, cleaned
from engines.runtime.providers import PROVIDERS, provider
from engines.runtime.providers.base import OrtProvider
from homespun.errors import HomespunError
from homespun.files import free_space
from homespun.folders import folders
from homespun.progress import Progress
from homespun.settings import Devices
from homespun.settings import load as load_settings

if TYPE_CHECKING:
    from models import Checked

from engines.runtime.checks import CHECKS
from engines.runtime.surroundings import Finding, Level, Surroundings


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
