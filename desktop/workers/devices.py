"""What models run on, for the window: looked at, explained, tried and examined in a process of its own.

It is meant to run in the background: a trial takes a whole core for seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler
from homespun.errors import HomespunError, NotFound
from homespun.folders import folders
from homespun.progress import Progress, Report
from homespun.settings import Devices as Rule
from homespun.settings import load

if TYPE_CHECKING:
    from engines.runtime import Case, Line
    from engines.runtime.contract import Device
    from engines.runtime.proof import Quarantine, Verdict

STEPS = 100
"""What one trial counts for in the progress of all."""


def open_service() -> Mapping[str, Handler]:
    """look, stand, probe, examine, mend, forgive."""
    return {
        "look": _look,
        "stand": _stand,
        "probe": _probe,
        "examine": _examine,
        "mend": _mend,
        "forgive": _forgive,
    }


def _rule() -> Rule:
    try:
        return load(folders().settings).devices
    except HomespunError:
        return Rule()


def _look(call: Call) -> dict[str, Any]:
    """The processor, the devices and what was met on the way; `fresh` looks anew."""
    from engines.runtime import discovery, fast_cores
    from engines.runtime.broker import forget_broker
    from engines.runtime.hardware import processor_title
    from engines.runtime.owners import installed_owners

    rule = _rule()
    found = discovery.discover(pythons=rule.pythons, fresh=bool(call.arguments.get("fresh")))
    forget_broker()  # it would go on with what it saw and with the settings of that time
    return {
        "processor": {
            "title": processor_title(),
            "cores": fast_cores(),
            "runtime": list(installed_owners()),
        },
        "devices": [_device(one) for one in found.devices],
        "refusals": [
            {"device": one.device, "reason": one.reason.value, "sentence": one.sentence} for one in found.refusals
        ],
        "use": rule.use,
    }


def _device(device: Device) -> dict[str, Any]:
    from engines.runtime.providers import provider

    return {
        "name": device.name,
        "title": device.title,
        "kind": device.kind.value,
        "provider": provider(device.provider).title,
        "driver": device.driver,
        "library": device.library,
        "runtime": device.runtime,
        "elsewhere": bool(device.python),
        "simulated": device.simulated,
        "proved": bool(provider(device.provider).proved_on),
    }


def _stand(call: Call) -> dict[str, Any]:
    """How every model that is here stands on every device: a part for each model."""
    import models

    here = models.installed()
    for number, located in enumerate(here):
        call.progress.report(number, len(here), located.model.id)
        with suppress(NotFound):  # it was removed meanwhile
            call.tell(_model(located.model.id, located.model.title))
    return {"models": [one.model.id for one in here]}


def _model(model: str, title: str) -> dict[str, Any]:
    from engines.runtime import cases_of

    return {"model": model, "title": title, "cases": [_case(case) for case in cases_of(model)]}


def _case(case: Case) -> dict[str, Any]:
    return {
        "file": case.request.file.name,
        "sizes": {str(name): int(size) for name, size in case.bucket.items()},
        "chosen": case.chosen,
        "lines": [_line(line) for line in case.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "device": line.device.name,
        "precision": line.candidate.precision,
        "reason": line.reason.value if line.reason else "",
        "sentence": line.sentence,
        "verdict": _verdict(line.verdict) if line.verdict else None,
        "quarantine": _quarantine(line.standing.quarantine) if line.standing.quarantine else None,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    keys = ("at", "passed", "share", "crossings", "measure", "value", "cpu_ms", "device_ms", "first_seconds", "text")
    told = asdict(verdict)
    return {key: told[key] for key in keys} | {"reason": verdict.reason.value if verdict.reason else ""}


def _quarantine(one: Quarantine) -> dict[str, Any]:
    return {"until": one.until, "reason": one.reason.value, "strikes": one.strikes}


def _probe(call: Call) -> dict[str, Any]:
    """Try every model on every device, with `again` also what was tried before; a part for each verdict."""
    from engines.runtime import prove_case
    from engines.runtime.broker import forget_broker

    forget_broker()
    todo = list(_untried(again=bool(call.arguments.get("again"))))
    counts = {"tried": 0, "passed": 0, "total": len(todo)}
    for number, (case, line) in enumerate(todo):
        note = json.dumps([case.request.model.id, line.device.title])

        def show(report: Report, number: int = number, note: str = note) -> None:
            share = report.done / report.total if report.total else 0.0
            call.progress.report(round((number + share) * STEPS), len(todo) * STEPS, note)

        show(Report(0, 1, ""))
        verdict = prove_case(case, line, Progress(show=show, cancel=call.progress.cancel))
        counts["tried"] += 1
        counts["passed"] += int(verdict.passed)
        call.tell(counts)
    return counts


def _untried(*, again: bool) -> Iterator[tuple[Case, Line]]:
    import models
    from engines.runtime import cases_of

    for located in models.installed():
        for case in cases_of(located.model.id):
            for line in case.lines:
                if again or line.verdict is None:
                    yield case, line


def _examine(call: Call) -> dict[str, Any]:
    """What keeps models from running where they would run best; `report` is for whoever helps, without names and paths."""
    from engines.runtime import doctor

    health = doctor.examine(call.progress)
    report = json.dumps(doctor.report(health), indent=2, ensure_ascii=True)
    findings = [
        {"name": one.name, "urgent": one.level.value == "mend", "what": one.what, "todo": one.todo}
        for one in health.findings
    ]
    return {"well": health.well, "findings": findings, "report": report}


def _mend(_call: Call) -> dict[str, Any]:
    """Delete what is damaged and can be made again."""
    from engines.runtime import doctor

    return {"mended": doctor.mend()}


def _forgive(call: Call) -> dict[str, Any]:
    """Let a device that failed try again."""
    from engines.runtime.broker import forget_broker
    from engines.runtime.proof import Ledger

    lifted = []
    if folders().ledger.is_file():
        with Ledger(folders().ledger) as ledger:
            lifted = ledger.forgive(call.arguments["device"])
    forget_broker()
    return {"lifted": len(lifted)}
