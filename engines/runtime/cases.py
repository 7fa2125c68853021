"""How a model stands on every device: for the person who asks why, and for the proof that a person starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import models
from engines.runtime.broker import broker
from engines.runtime.contract import CPU, Device, DeviceName, Mode, Plan, Reason
from engines.runtime.opening import check_asked
from engines.runtime.plan import Candidate, Standing, against, choose
from engines.runtime.prepare import Bucket, shown
from engines.runtime.proof import Verdict
from engines.runtime.providers.cpu import Cpu
from engines.runtime.reasons import sentence
from engines.runtime.requests import Request
from homespun.errors import NotFound, UsageError
from homespun.progress import Progress
from models import ModelId


@dataclass(frozen=True)
class Line:
    """One device of a case, and the reason why it isn't used, if there is one, as a word and as a sentence."""

    standing: Standing
    reason: Reason | None
    sentence: str

    @property
    def candidate(self) -> Candidate:
        """The way to run it that this line is about."""
        return self.standing.candidate

    @property
    def device(self) -> Device:
        """Where."""
        return self.candidate.device

    @property
    def verdict(self) -> Verdict | None:
        """What came out when it was tried, None if it never was."""
        return self.standing.verdict


@dataclass(frozen=True)
class Case:
    """One graph of a model at one set of sizes (none where the model itself fixes all): who runs it, and how each stands."""

    request: Request
    bucket: Bucket
    chosen: DeviceName
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """Model, file and sizes: `enlarge-faithful/x2.onnx at height=128 width=128`."""
        name = f"{self.request.model.id}/{self.request.file.name}"
        return f"{name} at {self.shapes}" if self.bucket else name

    @property
    def shapes(self) -> str:
        """The sizes as text."""
        return shown(self.bucket)


def cases_of(model: ModelId, *, device: DeviceName | None = None) -> list[Case]:
    """Every graph of `model` that is here, at every size that a device may run it at.

    With `device` (a name, a kind or a provider) only that one is looked at. Raises `NotFound` for a model or device that
    is not here.
    """
    if device is not None and device != CPU:
        check_asked(broker(), device)
    return [_case(request, bucket, device) for request in requests_of(model) for bucket in request.buckets or ({},)]


def requests_of(model: ModelId) -> Iterator[Request]:
    """The graphs of `model` that are here, each as somebody would open it."""
    located = models.locate(model)
    for graph in located.model.graphs:
        file = located.folder / graph.file
        if not file.is_file() or any(graph.file == variant.file for variant in located.model.variants):
            continue
        with closing(Cpu().load(file, Plan(1, 1))) as loaded:
            yield Request.of(located.model, file, loaded, halo=located.model.limits.get("halo", 0), mode=Mode.BALANCED)


def _case(request: Request, bucket: Bucket, device: DeviceName | None) -> Case:
    own = broker()
    standings = own.standings(request, bucket, device) if request.buckets else []
    best = choose(standings, own.policy, device).best
    lines = []
    for one in standings:
        reason = against(one, own.policy, asked=device is not None)
        said = sentence(reason, one.candidate.device, one.verdict, one.quarantine) if reason else ""
        lines.append(Line(one, reason, said))
    return Case(request, bucket, best.device.name if best else CPU, tuple(lines))


def prove_case(case: Case, line: Line, progress: Progress | None = None) -> Verdict:
    """Prove one device of a case now. Raises `Cancelled`."""
    return broker().prove(case.request, line.candidate, progress)


def refusal_sentence(line: Line, verdict: Verdict) -> str:
    """What a person is told of a device that was tried and is not used."""
    return sentence(verdict.reason or Reason.FAILED, line.device, verdict, None)


def require_devices(device: DeviceName | None) -> tuple[Device, ...]:
    """The devices that a proof may be about. Raises `NotFound` where there are none."""
    if device == CPU:
        raise UsageError("The CPU needs no proof: the others are measured against it.", "Leave --device away.")
    found = broker().devices(device)
    if not found:
        raise NotFound("There is no other device than the CPU here.", "`homespun doctor` tells what is missing.")
    return found
