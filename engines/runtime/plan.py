"""Which device runs a model: a pure function of what was proved. It starts nothing and asks nobody."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engines.runtime.contract import Device, DeviceName, Kind, Policy, Reason, Refusal
from engines.runtime.proof import Quarantine, Verdict
from engines.runtime.reasons import refusal

PATIENCE = 1.2
"""How many times as long as the processor a device may take when it is to spare the battery (dispatch.md §6.5)."""

PRECISIONS = ("fp32", "fp16", "a16w8", "a8w8", "int8")
"""From the most exact on."""

QUANTISED = frozenset({"int8", "a8w8", "a16w8"})


@dataclass(frozen=True)
class Candidate:
    """One way to run a model: this file, at these sizes, on this device. `fingerprint` names it in the ledger."""

    device: Device
    file: Path
    shapes: Mapping[str, int]
    precision: str
    fingerprint: str

    @property
    def quantised(self) -> bool:
        """Whether its file holds whole numbers, so that it may differ a little more from the processor."""
        return self.precision in QUANTISED


@dataclass(frozen=True)
class Standing:
    """A candidate, and what the ledger knows of it."""

    candidate: Candidate
    verdict: Verdict | None = None
    quarantine: Quarantine | None = None


@dataclass(frozen=True)
class Choice:
    """`best` first, then those that would do, best first; why the others don't; and which would have to be proved."""

    usable: tuple[Candidate, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unproved: tuple[Candidate, ...] = field(default=())

    @property
    def best(self) -> Candidate | None:
        """The candidate to use, None for the processor."""
        return self.usable[0] if self.usable else None


def matches(device: Device, asked: str) -> bool:
    """Whether a person who says `asked` can mean `device`: its name, its kind, or its provider."""
    return asked.lower() in {device.name.lower(), device.kind.lower(), device.provider.lower()}


def choose(standings: Sequence[Standing], policy: Policy, asked: DeviceName | None = None) -> Choice:
    """The order of the candidates that are proved, and a refusal for each of the others.

    With `asked`, only devices of that name, kind or provider count, simulated ones too, and being slower than the
    processor is no reason against them.
    """
    usable: list[Standing] = []
    refusals: list[Refusal] = []
    unproved: list[Candidate] = []
    for standing in standings:
        candidate = standing.candidate
        if not matches(candidate.device, asked) if asked else candidate.device.simulated:
            continue
        reason = against(standing, policy, asked=asked is not None)
        if reason is None:
            usable.append(standing)
            continue
        refusals.append(refusal(reason, candidate.device, standing.verdict, standing.quarantine))
        if reason is Reason.NOT_PROVED:
            unproved.append(candidate)
    usable.sort(key=lambda one: _rank(one, policy))
    return Choice(tuple(one.candidate for one in usable), tuple(refusals), tuple(unproved))


def against(standing: Standing, policy: Policy, *, asked: bool = False) -> Reason | None:
    """What speaks against a candidate, None when it may be used."""
    if standing.quarantine is not None:
        return Reason.QUARANTINED
    verdict = standing.verdict
    if verdict is None:
        return Reason.NOT_PROVED
    if verdict.passed:
        return None
    if verdict.reason is Reason.SLOW and (asked or _spares_battery(standing, policy)):
        return None
    return verdict.reason or Reason.FAILED


def _spares_battery(standing: Standing, policy: Policy) -> bool:
    verdict = standing.verdict
    return (
        policy is Policy.BATTERY
        and verdict is not None
        and standing.candidate.device.kind is Kind.NPU
        and known(verdict.device_ms) <= PATIENCE * (verdict.cpu_ms or 0.0)
        and known(verdict.cpu_seconds) < (verdict.cpu_seconds_on_cpu or 0.0)
    )


def _rank(standing: Standing, policy: Policy) -> tuple[float, ...]:
    verdict, candidate = standing.verdict, standing.candidate
    assert verdict is not None
    if policy is Policy.QUALITY:
        exact = PRECISIONS.index(candidate.precision) if candidate.precision in PRECISIONS else len(PRECISIONS)
        return (exact, known(verdict.device_ms))
    if policy is Policy.BATTERY:
        return (known(verdict.cpu_seconds), known(verdict.device_ms))
    return (known(verdict.device_ms),)


def known(figure: float | None) -> float:
    """A figure; one that was never measured is the worst."""
    return math.inf if figure is None else figure
