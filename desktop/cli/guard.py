"""`homespun guard`: what a prompt speaks of, and what the concept guard would take out of it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command, group
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong
from desktop.cli.wording import listed
from homespun.errors import NotFound

if TYPE_CHECKING:
    from engines.concepts import Calibration, Concept, Finding, Policy
    from models.pipelines import Pipeline

commands = group("guard", "See what a prompt speaks of, and what would be taken out of it.")

WORDS_ONLY = (
    "Only the words were checked: what a prompt implies without naming it needs a text encoder, and none is here."
)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--model", metavar="FOLDER", show_default=False, help="Use the text encoder of the exported pipeline there."
    ),
]


@command(commands, "check")
def check(
    out: Output, prompt: Annotated[str, typer.Argument(metavar="PROMPT", hidden=True)], model: Folder = None
) -> None:
    """Say which concepts of your policy PROMPT speaks of, how strongly, and what would be done about each.

    Nothing is drawn. With a pipeline the prompt's encoding is looked at too; without one only its words are, however they
    are spelt.
    """
    from engines.concepts import Guard, read_policy

    policy = read_policy()
    pipeline = _pipeline(model)
    guard = Guard(policy, model=pipeline.id if pipeline else "")
    if pipeline is None:
        left, found = guard.read(prompt)
        told: tuple[Finding, ...] = _with_silent(policy, found)
    else:
        from engines.diffusion import Parts

        with Parts(pipeline) as parts:
            guarded, told = guard.check(
                prompt,
                text=parts.said,
                keys_values=parts.keys_values,
                widths=pipeline.widths,
                words=parts.tokenizer.chunks,
            )
        left = guarded.prompt
    encoder = pipeline.id if pipeline else None
    out.data(
        {
            "prompt": prompt,
            "left": left,
            "encoder": encoder,
            "concepts": [_object(one, scored=pipeline is not None) for one in told],
        }
    )
    out.show(_check_lines(prompt, left, told, scored=pipeline is not None))
    if pipeline is None:
        out.note([BLANK, line(dim(WORDS_ONLY))])


@command(commands, "calibrate")
def calibrate(
    out: Output,
    model: Folder = None,
    concept: Annotated[
        str | None,
        typer.Option(
            "--concept", metavar="NAME", show_default=False, help="Measure this concept of your policy alone."
        ),
    ] = None,
    no_save: Annotated[bool, typer.Option("--no-save", help="Leave the policy as it is; only tell.")] = False,
) -> None:
    """Measure, for each concept of your policy, from which score on a prompt speaks of it to this text encoder.

    A hundred prompts each with the concept, with other words for it, and without. A threshold that tells with from without
    goes into your policy, and so does a gate for values where they are cleaned; where none does, nothing is changed.
    """
    from engines.concepts import Guard, read_policy, save_measured
    from engines.concepts import calibrate as measured
    from engines.diffusion import Parts

    policy = read_policy()
    chosen = _chosen(policy, concept)
    pipeline = _required(model)
    guard = Guard(policy, model=pipeline.id)
    found: list[tuple[Calibration, Calibration | None]] = []
    saved: Path | None = None
    with Parts(pipeline) as parts, bar(out, "Measuring") as progress:
        side: dict[str, Any] = {
            "text": lru_cache(None)(parts.said),  # a gate asks for the prompts of the threshold again
            "keys_values": parts.keys_values,
            "widths": pipeline.widths,
            "words": parts.tokenizer.chunks,
        }
        for one in chosen:
            score, near = partial(guard.presence, one, **side), partial(guard.nearness, one, **side)
            threshold = measured(one, score, progress)
            gate = measured(one, near, progress) if one.method.cleans else None
            found.append((threshold, gate))
            values = threshold.threshold, gate.threshold if gate else None
            if values != (None, None) and not no_save:
                saved = save_measured(pipeline.id, one.name, threshold=values[0], gate=values[1])
    out.data(
        {
            "encoder": pipeline.id,
            "saved": os.fspath(saved) if saved else None,
            "concepts": [
                {"concept": one.concept, "score": _measured_object(one), "values": _measured_object(gate)}
                for one, gate in found
            ],
        }
    )
    out.show(row for one, gate in found for row in _measured_lines(one, gate))
    if saved:
        out.note([line(dim(f"Written into {saved}."))])


@command(commands, "policy")
def policy(out: Output) -> None:
    """Print where your policy is, and the whole of what counts: yours over the one that ships.

    What is printed may be put into that file and changed there. docs/concepts.md explains each key.
    """
    from engines.concepts import as_toml, policy_path, read_policy

    path, decided = policy_path(), read_policy()
    text = as_toml(decided)
    out.data({"path": os.fspath(path), "exists": path.is_file(), "policy": text})
    out.show([line(f"# {path}" + ("" if path.is_file() else " (not there yet: this is what ships)"))])
    out.show(line(row) for row in text.splitlines())


def _pipeline(folder: Path | None) -> Pipeline | None:
    """The pipeline in `folder`, or the one that is on this computer; None when none is."""
    try:
        return _required(folder)
    except NotFound:
        if folder is not None:
            raise
        return None


def _required(folder: Path | None) -> Pipeline:
    from engines.diffusion import pipeline_here

    return pipeline_here(Path(os.path.abspath(folder.expanduser())) if folder else None)


def _chosen(policy: Policy, name: str | None) -> list[Concept]:
    if name is None:
        if not policy.active:
            raise NotFound("Your policy names no concept that is on.", "See: homespun guard policy")
        return list(policy.active)
    chosen = [concept for concept in policy.active if concept.name == name]
    if not chosen:
        names = ", ".join(concept.name for concept in policy.active) or "none"
        raise NotFound(f"Your policy has no concept {name} that is on.", f"These are: {names}.")
    return chosen


def _with_silent(policy: Policy, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A finding for every concept: those that are not named have nothing to tell."""
    from engines.concepts import Finding, Stage

    named = {one.concept: one for one in found}
    return tuple(
        named.get(concept.name, Finding(concept.name, 0.0, concept.threshold, Stage.NONE)) for concept in policy.active
    )


def _object(one: Finding, *, scored: bool) -> dict[str, Any]:
    return {
        "concept": one.concept,
        "acts": one.acted,
        "score": one.score if scored else None,
        "threshold": one.threshold if scored else None,
        "stage": str(one.stage),
        "how": one.how,
        "removed": list(one.removed),
        "strength": one.strength,
    }


_DOES = {
    "words": "{removed} ({how}); taken out of the prompt",
    "surgery": "implied; {removed} is subtracted from the encoding, at strength {strength:.2f}",
    "closed form": "implied; {removed} is led to its guide in keys and values",
    "values": "near in value space; {removed} is taken out of the values",
    "none": "not spoken of",
}


def _check_lines(prompt: str, left: str, told: tuple[Finding, ...], *, scored: bool) -> Iterator[Line]:
    if not told:
        yield line("Your policy names no concept that is on.")
        return
    for one in told:
        removed = listed([f"“{each}”" for each in one.removed])
        does = _DOES[str(one.stage)].format(how=one.how, removed=removed, strength=one.strength)
        yield line(strong(one.concept), ": ", Span(does, Ink.WARN if one.acted else Ink.GOOD))
        if scored:
            yield line(dim(f"score {one.score:.3f}, counts from {one.threshold:.3f}"), indent=2)
    if left != prompt:
        yield line("What is left: ", strong(left) if left else dim("nothing"))


def _measured_object(one: Calibration | None) -> dict[str, Any] | None:
    if one is None:
        return None
    present, absent = (value if math.isfinite(value) else None for value in (one.present, one.absent))
    return {"present": present, "absent": absent, "threshold": one.threshold, "variants": one.variants}


def _measured_lines(score: Calibration, gate: Calibration | None) -> Iterator[Line]:
    for name, one in (("threshold", score), ("gate for values", gate)):
        if one is None:
            continue
        span = f"95 of 100 without stay under {one.absent:.3f}, 95 of 100 with reach {one.present:.3f}"
        if not math.isfinite(one.present + one.absent):
            told = Span(f"no {name} could be measured; nothing is changed.", Ink.WARN)
            span = (
                "the text encoder gave something that is no number, or every prompt to compare with names the concept"
            )
        elif one.threshold is None:
            told = Span(f"no {name} tells with from without; nothing is changed.", Ink.WARN)
        else:
            told = Span(f"{name} {one.threshold:.3f}", Ink.GOOD)
            span += f"; it catches {round(100 * (one.variants or 0.0))} of 100 with other words"
        yield line(strong(one.concept), ": ", told)
        yield line(dim(span), indent=2)
