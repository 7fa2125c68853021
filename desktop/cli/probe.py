"""`homespun why` and `homespun probe`: what runs a model, for which reasons, and trying it on a device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong

if TYPE_CHECKING:
    from engines.runtime import Case, DeviceName
    from engines.runtime import Line as Standing
    from engines.runtime.proof import Verdict


def _known(incomplete: str) -> list[tuple[str, str]]:
    """What the shell offers for MODEL: the models that are here."""
    import models

    return [(one.model.id, one.model.title) for one in models.installed() if one.model.id.startswith(incomplete)]


One = Annotated[str, typer.Argument(metavar="MODEL", hidden=True, autocompletion=_known)]
Maybe = Annotated[str | None, typer.Argument(metavar="[MODEL]", hidden=True, autocompletion=_known)]
On = Annotated[
    str | None,
    typer.Option(
        "--device", metavar="DEVICE", show_default=False, help="Only this one: a name, gpu, npu or a provider."
    ),
]


def register(program: typer.Typer) -> None:
    """Add both commands to the program."""

    @command(program, "why")
    def why(out: Output, model: One, device: On = None) -> None:
        """Tell what runs MODEL, at which sizes, and why not something else.

        For each size that devices run it at: who was chosen, and for every other device the reason, with the figures that
        were measured. A device that was never tried says so; `homespun probe MODEL` tries it.
        """
        from engines.runtime import cases_of

        cases = cases_of(model, device=_named(device))
        out.data({"model": model, "cases": [_case_data(case) for case in cases]})
        out.show(_why_lines(model, cases))

    @command(program, "probe")
    def probe(
        out: Output,
        model: Maybe = None,
        device: On = None,
        again: Annotated[bool, typer.Option("--again", help="Try what was tried before too.")] = False,
    ) -> None:
        """Try MODEL, or every model that is here, on each device, and remember what came out.

        A model is loaded in a process of its own, so that a bad driver harms nothing; then it must run on the device and
        not secretly on the CPU, give the same results as the CPU, and be quicker. What was tried is not tried again until
        the driver, the runtime or the model changes.
        """
        import models
        from engines.runtime import cases_of, require_devices

        wanted = _named(device)
        require_devices(wanted)
        names = [model] if model else [one.model.id for one in models.installed()]
        with bar(out, "Looking for devices"):
            todo = [
                (case, standing)
                for name in names
                for case in cases_of(name, device=wanted)
                for standing in case.lines
                if again or standing.verdict is None
            ]
        if not todo:
            out.data({"proved": []})
            out.show(
                [line("Everything was tried before. `homespun why MODEL` tells what came out; --again tries anew.")]
            )
            return
        for case, standing in todo:
            verdict = _prove(out, case, standing)
            out.data(_verdict_data(case, standing, verdict))
            out.show(_verdict_lines(case, standing, verdict))


def _prove(out: Output, case: Case, standing: Standing) -> Verdict:
    from engines.runtime import prove_case

    with bar(out, f"Trying {case.request.model.id} on {standing.device.title}", share=True) as progress:
        return prove_case(case, standing, progress)


def _named(device: str | None) -> DeviceName | None:
    from engines.runtime import DeviceName

    return DeviceName(device) if device else None


def _why_lines(model: str, cases: list[Case]) -> Iterator[Line]:
    if not any(case.lines for case in cases):
        yield line(strong(model), " runs on the ", Span("CPU", Ink.GOOD), ": there is no other device for it here.")
        yield line(dim("`homespun devices` lists what there is, `homespun doctor` what is missing."), indent=2)
        return
    for number, case in enumerate(cases):
        if number:
            yield BLANK
        chosen = next((one.device.title for one in case.lines if one.device.name == case.chosen), "CPU")
        yield line(strong(case.title), " runs on ", Span(chosen, Ink.GOOD))
        for standing in case.lines:
            yield from _standing_lines(standing, used=standing.device.name == case.chosen)


def _standing_lines(standing: Standing, *, used: bool) -> Iterator[Line]:
    figures = _figures(standing.verdict)
    if used and standing.verdict is not None and not standing.verdict.passed:
        yield line(f"{standing.device.title}: because you ask for it; it is not the better one. {figures}", indent=2)
    elif used:
        yield line(Span(f"{standing.device.title}: proved. ", Ink.GOOD), figures, indent=2)
    elif standing.reason is None:
        yield line(f"{standing.device.title}: proved, and not needed. {figures}", indent=2)
    else:
        yield line(standing.sentence, indent=2)
        yield from _besides(standing.verdict)


def _besides(verdict: Verdict | None) -> Iterator[Line]:
    """What was measured of a device that is not used, without what the sentence above has told already."""
    figures = _figures(verdict, timed=verdict is not None and verdict.reason != "slow")
    if figures:
        yield line(dim(figures), indent=4)


def _figures(verdict: Verdict | None, *, timed: bool = True) -> str:
    """What was measured, in one line; only what was. Without the times where a sentence has told them (not `timed`)."""
    if verdict is None:
        return ""
    parts = []
    if verdict.share is not None:
        parts.append(f"{verdict.share:.0%} of the work on it")
    if verdict.value is not None and verdict.measure:
        name, _, unit = verdict.measure.partition(" ")
        parts.append(f"{name} {verdict.value:.5g} {unit}".rstrip())
    if timed and verdict.device_ms and verdict.cpu_ms:
        parts.append(f"{verdict.device_ms:.3g} ms where the CPU takes {verdict.cpu_ms:.3g}")
    return ", ".join(parts) + ("." if parts else "")


def _verdict_lines(case: Case, standing: Standing, verdict: Verdict) -> Iterator[Line]:
    from engines.runtime import refusal_sentence

    if verdict.passed:
        yield line(Span("proved ", Ink.GOOD), strong(case.title), f" on {standing.device.title}. {_figures(verdict)}")
        return
    yield line(Span("not used ", Ink.WARN), strong(case.title), f" on {standing.device.title}")
    yield line(refusal_sentence(standing, verdict), indent=2)
    yield from _besides(verdict)


def _verdict_data(case: Case, standing: Standing, verdict: Verdict) -> dict[str, Any]:
    from dataclasses import asdict

    return {"case": case.title, "title": standing.device.title, **asdict(verdict)}


def _case_data(case: Case) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "file": case.request.file.name,
        "shapes": case.shapes,
        "chosen": case.chosen,
        "devices": [
            {
                "device": one.device.name,
                "title": one.device.title,
                "provider": one.device.provider,
                "file": one.candidate.file.name,
                "precision": one.candidate.precision,
                "reason": one.reason,
                "sentence": one.sentence,
                "verdict": asdict(one.verdict) if one.verdict else None,
            }
            for one in case.lines
        ],
    }
