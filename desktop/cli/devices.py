"""`homespun devices` and `homespun doctor`: what models can run on, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong
from desktop.cli.wording import count, listed
from homespun.errors import Damaged, HomespunError, NoConsent, NotFound, UsageError

if TYPE_CHECKING:
    from engines.runtime.contract import Device
    from engines.runtime.discovery import Found
    from engines.runtime.doctor import Health
    from engines.runtime.proof import Verdict
    from engines.runtime.providers.catalogue import Offered
    from engines.runtime.surroundings import Finding


@dataclass(frozen=True)
class Absent:
    """A provider that is not installed: what brings it, and whether that exists for this system."""

    provider: str
    title: str
    comes_with: str
    possible: bool


@dataclass(frozen=True)
class Used:
    """What a device was found to do: models that it may run, and models that it may not, with the reason's word."""

    proved: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def register(program: typer.Typer) -> None:
    """Add both commands to the program."""
    command(program, "devices")(devices)
    command(program, "doctor")(doctor)


# --- devices ---


def devices(
    out: Output,
    fresh: Annotated[bool, typer.Option("--fresh", help="Look again, whatever an earlier look found.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Name what is not installed, too.")] = False,
    forgive: Annotated[
        str | None,
        typer.Option("--forgive", metavar="DEVICE", show_default=False, help="Let a device that failed try again."),
    ] = None,
    get: Annotated[
        str | None,
        typer.Option("--get", metavar="PROVIDER", show_default=False, help="Have Windows bring a provider."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to what --get does without being asked.")] = False,
) -> None:
    """List what models can run on, and what was found out about it.

    The CPU is always there. Each other device runs a model only once it was proved with it: `homespun probe` does that,
    and `homespun why MODEL` tells what came out. The list comes from an earlier look while drivers, packages and hardware
    stay as they were.
    """
    if yes and get is None:
        raise UsageError("--yes agrees to --get, and to nothing else.", "See: homespun devices --help")
    if forgive is not None:
        _forgive(out, forgive)
        return
    if get is not None:
        _get(out, get, agreed=yes)
        fresh = True
    found = _found(out, fresh=fresh)
    absent = _absent() if everything else []
    catalogue = _catalogue() if everything else []
    used = _used()
    out.data(_devices_data(found, used, absent, catalogue))
    out.show(_devices_lines(found, used, absent, catalogue))
    if not found.devices:
        out.note([BLANK, line(dim("`homespun doctor` tells whether something is missing."))])


def _found(out: Output, *, fresh: bool) -> Found:
    from engines.runtime.discovery import discover
    from homespun.folders import folders
    from homespun.settings import load

    pythons = load(folders().settings).devices.pythons
    with bar(out, "Looking for devices"):
        return discover(pythons=pythons, fresh=fresh)


def _used() -> Mapping[str, Used]:
    """By device, what the ledger has about models; nothing on a computer where nothing was ever tried."""
    from engines.runtime.proof import Ledger
    from homespun.folders import folders

    file = folders().ledger
    if not file.is_file():
        return {}
    with Ledger(file) as ledger:
        return uses(ledger.verdicts())


def uses(verdicts: Sequence[Verdict]) -> dict[str, Used]:
    """Of verdicts, the newest first: for each device the models that it may run, at one size at least, and the others."""
    proved: dict[str, dict[str, None]] = {}
    refused: dict[str, dict[str, str]] = {}
    for one in verdicts:
        if one.passed:
            proved.setdefault(one.device, {})[one.model] = None
        elif one.reason is not None:
            refused.setdefault(one.device, {}).setdefault(one.model, one.reason.value)
    return {
        name: Used(
            tuple(sorted(proved.get(name, {}))),
            tuple(sorted((m, r) for m, r in refused.get(name, {}).items() if m not in proved.get(name, {}))),
        )
        for name in {*proved, *refused}
    }


def _absent() -> list[Absent]:
    import sys

    from engines.runtime.providers import PROVIDERS, provider
    from engines.runtime.providers.base import OrtProvider

    found = []
    for name in PROVIDERS:
        one = provider(name)
        if isinstance(one, OrtProvider) and not one.installed():
            found.append(Absent(name, one.title, one.comes_with, sys.platform in one.systems))
    return found


def _catalogue() -> list[Offered]:
    """What Windows would bring and has not."""
    from engines.runtime.providers import catalogue, provider

    if not provider("windowsml").installed():
        return []
    return [one for one in catalogue.offered() if not one.ready]


def _forgive(out: Output, name: str) -> None:
    from engines.runtime.proof import Ledger
    from homespun.folders import folders

    file = folders().ledger
    lifted = []
    if file.is_file():
        with Ledger(file) as ledger:
            lifted = ledger.forgive(name)
    if not lifted:
        raise NotFound(f"Nothing is held against {name}.", "`homespun doctor` lists the devices that are left alone.")
    out.data({"device": name, "forgiven": [{"model": one.model, "reason": one.reason} for one in lifted]})
    out.show([line(Span("Forgiven. ", Ink.GOOD), f"{name} is tried again; `homespun probe` does it now.")])


def _get(out: Output, name: str, *, agreed: bool) -> None:
    from engines.runtime.providers import catalogue, provider

    if not provider("windowsml").installed():
        raise HomespunError(
            "There is no catalogue of providers here.", "It needs Windows 11 and the package windowsml."
        )
    if not agreed:
        try:
            catalogue.bring(name, consent=False)
        except NoConsent as refusal:
            out.agree(f"{refusal.what} Go on?", declined="Nothing was downloaded.", unasked=refusal.what)
    with bar(out, f"Windows brings {name}", share=True) as progress:
        catalogue.bring(name, consent=True, progress=progress)
    out.note([line(Span("Ready. ", Ink.GOOD), f"Windows has brought {name}.")])


def _devices_lines(
    found: Found, used: Mapping[str, Used], absent: Sequence[Absent], catalogue: Sequence[Offered]
) -> Iterator[Line]:
    from engines.runtime import fast_cores
    from engines.runtime.hardware import processor_title
    from engines.runtime.owners import installed_owners

    yield line(
        strong("cpu"),
        f"  {processor_title()}",
        dim(f" · {count(fast_cores(), 'fast core')} · {', '.join(installed_owners()) or 'no runtime'}"),
    )
    yield line(dim("always there; every other device is held against it"), indent=2)
    for device in found.devices:
        yield BLANK
        yield from _device_lines(device, used.get(device.name, Used()))
    if found.refusals:
        yield BLANK
        for refusal in found.refusals:
            yield line(refusal.sentence)
    if absent or catalogue:
        yield BLANK
        for offer in catalogue:
            yield line(
                strong(offer.name),
                f"  Windows would bring version {offer.version}: homespun devices --get {offer.name}",
            )
        for one in sorted(absent, key=lambda each: not each.possible):
            ink = Ink.PLAIN if one.possible else Ink.DIM
            elsewhere = "" if one.possible else "; not for this system"
            yield line(Span(f"{one.title}: comes with {one.comes_with}{elsewhere}", ink))


def _device_lines(device: Device, used: Used) -> Iterator[Line]:
    from engines.runtime.providers import provider

    about = [device.kind.value.upper()]
    if device.driver:
        about.append(f"driver {device.driver}")
    if device.library:
        about.append(f"{provider(device.provider).title} {device.library}")
    about.append(f"{device.runtime} in another Python" if device.python else device.runtime)
    yield line(strong(device.name), f"  {device.title}", dim(f" · {' · '.join(filter(None, about))}"))
    proved_on = provider(device.provider).proved_on
    if device.simulated:
        yield line(dim("simulated: it proves the code, is slow, and runs only what asks for it by name"), indent=2)
    elif proved_on:
        yield line(dim(f"proved on {proved_on}"), indent=2)
    else:
        yield line(Span("experimental: ", Ink.WARN), dim("nobody has tried it on such hardware yet"), indent=2)
    if used.proved:
        yield line(Span("runs ", Ink.GOOD), listed(used.proved), indent=2)
    if used.refused:
        yield line(
            "does not run ",
            listed([f"{model} ({reason.replace('-', ' ')})" for model, reason in used.refused]),
            dim(" – homespun why MODEL"),
            indent=2,
        )
    if not used.proved and not used.refused:
        asked = f" --device {device.name}" if device.simulated else ""
        yield line(dim(f"never tried with a model: homespun probe{asked}"), indent=2)


def _devices_data(
    found: Found, used: Mapping[str, Used], absent: Sequence[Absent], catalogue: Sequence[Offered]
) -> dict[str, Any]:
    from engines.runtime import fast_cores
    from engines.runtime.hardware import processor_title
    from engines.runtime.owners import installed_owners
    from engines.runtime.providers import provider

    return {
        "processor": {
            "device": "cpu",
            "title": processor_title(),
            "fast_cores": fast_cores(),
            "runtime": list(installed_owners()),
        },
        "devices": [
            {
                "device": one.name,
                "title": one.title,
                "provider": one.provider,
                "kind": one.kind.value,
                "vendor": one.vendor,
                "driver": one.driver,
                "library": one.library,
                "runtime": one.runtime,
                "python": one.python,
                "simulated": one.simulated,
                "proved_on": provider(one.provider).proved_on,
                "runs": list(used.get(one.name, Used()).proved),
                "refused": [{"model": m, "reason": r} for m, r in used.get(one.name, Used()).refused],
            }
            for one in found.devices
        ],
        "refusals": [
            {"device": one.device, "reason": one.reason.value, "sentence": one.sentence} for one in found.refusals
        ],
        "absent": [asdict(one) for one in absent],
        "catalogue": [asdict(one) for one in catalogue],
        "from_cache": found.from_cache,
        "seconds": round(found.seconds, 3),
    }


# --- doctor ---


def doctor(
    out: Output,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", show_default=False, help="Write everything that tells something."),
    ] = None,
    mend: Annotated[bool, typer.Option("--mend", help="Delete what is damaged and can be made again.")] = False,
) -> None:
    """Say what keeps models from running where they would run best, and how each thing is mended.

    It looks at the runtime, Python, drivers, packages, model files, compiled models and the room on the disk. --report
    writes a file that you can send to somebody: it holds no names and no paths.
    """
    from engines.runtime import doctor as examiner
    from engines.runtime.surroundings import Level
    from homespun.files import atomic_write

    if mend:
        examiner.mend()
    with bar(out, "Examining") as progress:
        health = examiner.examine(progress)
    if report is not None:
        try:
            with atomic_write(report) as stream:
                stream.write(json.dumps(examiner.report(health), indent=2, ensure_ascii=True).encode("ascii"))
        except OSError as error:
            raise UsageError(
                f"{report} can't be written: {error.strerror or error}.", "Name a file in a folder that is there."
            ) from error
    out.data(
        {
            "well": health.well,
            "findings": [asdict(one) for one in health.findings],
            "report": str(report) if report else None,
        }
    )
    out.show(_doctor_lines(health))
    if report is not None:
        out.note([BLANK, line(f"Written to {report}. It holds no names and no paths; look before you send it.")])
    if not health.well:
        out.answered = True
        wrong = [one for one in health.findings if one.level is Level.MEND]
        raise Damaged(f"{count(len(wrong), 'thing')} must be mended.", wrong[0].todo)


def _doctor_lines(health: Health) -> Iterator[Line]:
    from engines.runtime.surroundings import Level

    around = health.surroundings
    if not health.findings:
        yield line(Span("All is well.", Ink.GOOD))
    for number, one in enumerate(health.findings):
        if number:
            yield BLANK
        yield from _finding_lines(one, urgent=one.level is Level.MEND)
    if health.well:
        real = [device.name for device in around.found.devices if not device.simulated]
        joined = f"; on {listed(real)} where that was proved" if real and around.use != "cpu" else ""
        yield BLANK
        yield line(dim(f"Models run on the CPU{joined}."))


def _finding_lines(one: Finding, *, urgent: bool) -> Iterator[Line]:
    yield line(Span("mend: ", Ink.WARN) if urgent else Span("note: ", Ink.ACCENT), one.what)
    yield line(one.todo, indent=2)
