"""How a model stands on every device: for the person who asks why, and for the proof that a person starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import models
from engines.runtime.contract import CPU, Device, DeviceName, Mode, Plan, Reason
from engines.runtime.cores import cores_for
from engines.runtime.plan import against, choose
from engines.runtime.prepare import Bucket, Rules, shown
from engines.runtime.providers.cpu import Cpu
from homespun.errors import NotFound, UsageError
from homespun.progress import Progress
from models import ModelId

if TYPE_CHECKING:
    from engines.runtime.broker import Request
    from engines.runtime.plan import Candidate
    from engines.runtime.proof import Verdict


@dataclass(frozen=True)
class Line:
    """One device of a case: its verdict, if it was ever tried, and the reason why it isn't used, if there is one."""

    device: Device
    file: str
    precision: str
    verdict: Verdict | None
    reason: Reason | None
    sentence: str
    candidate: Candidate


@dataclass(frozen=True)
class Case:
    """One graph of a model at one set of sizes: who runs it, and how every device stands.

    `shapes` is text like `tokens=128`, empty where the model itself fixes all sizes.
    """

    model: ModelId
    file: str
    shapes: str
    chosen: DeviceName
    lines: tuple[Line, ...]
    request: Request


def cases_of(model: ModelId, *, device: DeviceName | None = None) -> list[Case]:
    """Every graph of `model` that is here, at every size that a device may run it at.

    With `device` (a name, a kind or a provider) only that one is looked at. Raises `NotFound` for a model or device that
    is not here.
    """
    from engines.runtime.broker import broker
    from engines.runtime.session import check_asked

    own = broker()
    if device is not None and device != CPU:
        check_asked(own, device)
    return [_case(request, bucket, device) for request in requests_of(model) for bucket in request.buckets or ({},)]


def requests_of(model: ModelId) -> Iterator[Request]:
    """The graphs of `model` that are here, each as somebody would open it."""
    from engines.runtime.broker import Request
    from engines.runtime.session import padded

    located = models.locate(model)
    threads = cores_for(Mode.BALANCED)
    for graph in located.model.graphs:
        file = located.folder / graph.file
        if not file.is_file() or any(graph.file == variant.file for variant in located.model.variants):
            continue
        loaded = Cpu().load(file, Plan(threads, 1))
        rules = Rules(padded(located.model, loaded.inputs), located.model.limits.get("halo", 0))
        yield Request(located.model, file, loaded.inputs, loaded.outputs, rules, threads, Mode.BALANCED)
        loaded.close()


def _case(request: Request, bucket: Bucket, device: DeviceName | None) -> Case:
    from engines.runtime.broker import broker
    from engines.runtime.reasons import sentence

    own = broker()
    able = bool(request.buckets)
    standings = own.standings(request, bucket, device) if able else []
    choice = choose(standings, own.policy, device)
    lines = []
    for one in standings:
        reason = against(one, own.policy, asked=device is not None)
        said = sentence(reason, one.candidate.device, one.verdict, one.quarantine) if reason else ""
        lines.append(
            Line(
                one.candidate.device,
                one.candidate.file.name,
                one.candidate.precision,
                one.verdict,
                reason,
                said,
                one.candidate,
            )
        )
    chosen = choice.best.device.name if choice.best else CPU
    return Case(request.model.id, request.file.name, shown(bucket), chosen, tuple(lines), request)


def prove_case(case: Case, line: Line, progress: Progress | None = None) -> Verdict:
    """Prove one device of a case now. Raises `Cancelled`."""
    from engines.runtime.broker import broker

    return broker().prove(case.request, line.candidate, progress)


def refusal_sentence(line: Line, verdict: Verdict) -> str:
    """What a person is told of a device that was tried and is not used."""
    from engines.runtime.reasons import sentence

    return sentence(verdict.reason or Reason.FAILED, line.device, verdict, None)


def require_devices(device: DeviceName | None) -> tuple[Device, ...]:
    """The devices that a proof may be about. Raises `NotFound` where there are none."""
    from engines.runtime.broker import broker

    if device == CPU:
        raise UsageError("The CPU needs no proof: the others are measured against it.", "Leave --device away.")
    found = broker().devices(device)
    if not found:
        raise NotFound("There is no other device than the CPU here.", "`homespun doctor` tells what is missing.")
    return found
