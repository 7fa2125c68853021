"""Filling a document by words: several results of one step, with what the guard did, and how each was painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.workers.editing.document import Document, Mask
from desktop.workers.editing.steps import Made, cut
from homespun.errors import HomespunError
from homespun.progress import Progress

if TYPE_CHECKING:
    from engines.concepts import Finding
    from models.pipelines import Pipeline


@dataclass(frozen=True)
class Asked:
    """What the person wants to see: in words, so many results, the first from this seed.

    With `more` they join the results of the last step, which stay to be chosen from.
    """

    prompt: str
    negative: str = ""
    candidates: int = 1
    seed: int = 0
    more: bool = False


def fill(document: Document, mask: Mask, asked: Asked, progress: Progress) -> dict[str, Any]:
    """Paint what `mask` marks. Raises what `engines.diffusion.fill`, `pipeline_here` and `read_policy` raise."""
    from engines.concepts import Guard, read_policy
    from engines.diffusion import Wish, pipeline_here
    from engines.diffusion import fill as painted

    pipeline = pipeline_here()
    guard = Guard(read_policy(), model=pipeline.id)
    picture = document.picture
    if asked.more:
        picture = picture.with_pixels(document.steps.pixels_before())
    wish = Wish(asked.prompt, asked.negative, seed=asked.seed, candidates=asked.candidates)
    done = painted(picture, mask, wish, pipeline=pipeline, guard=guard, progress=progress)
    progress.cancel.check()
    boxes = list(done.boxes)
    tries = [cut(one.pixels, boxes) for one in done.pictures]
    made = [_made(asked, pipeline, seed) for seed in done.seeds]
    steps = document.steps
    if asked.more:
        first = len(steps[steps.position - 1].results)
        kept = [steps.add_result(rows, boxes, one) for rows, one in zip(tries, made, strict=True)]
        steps.choose(first)
        safe = all(kept)
    else:
        safe = steps.add_tries("fill", boxes, tries, made)
    step = steps[steps.position - 1]
    facts = {
        "seconds": done.seconds,
        "device": done.device,
        "results": len(step.results),
        "current": step.current,
        "notes": list(done.notes),
        "guard": [_told(one) for one in done.findings if one.acted],
        "places": len(boxes),
        "safe": safe,
    }
    return {**document.changed(step), **facts, "steps": len(steps)}


def painter() -> dict[str, Any] | None:
    """What fills by words here; None where nothing does, or what there is can't be read."""
    from engines.diffusion import pipeline_here

    try:
        pipeline = pipeline_here()
    except HomespunError:
        return None
    return {"name": pipeline.id, "pixels": pipeline.width * pipeline.height}


def _made(asked: Asked, pipeline: Pipeline, seed: int) -> Made:
    """What the document keeps of a result: enough to say in the file how it was made, and to make it again."""
    return {
        "prompt": asked.prompt,
        "negative": asked.negative,
        "seed": seed,
        "pipeline": pipeline.id,
        "title": pipeline.title,
    }


def _told(finding: Finding) -> dict[str, Any]:
    return {"concept": finding.concept, "stage": str(finding.stage), "removed": list(finding.removed)}
