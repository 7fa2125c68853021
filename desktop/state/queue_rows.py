"""The queue's rows and its head, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.jobs.job import Enlarge, Job, State, Why
from desktop.jobs.work import Current
from desktop.state.sizes import screen_text
from desktop.words import number, say
from desktop.words.reasons import failure, reason

SURE_AFTER = 3.0
"""Seconds of work before a row says how long it still takes."""

SURE_SHARE = 0.04
"""What must be done of a picture before its pace says anything."""


@dataclass(frozen=True)
class Row:
    """One picture as it is painted. `share` is 0 to 1 for the one under way; `icon` and `tone` are names."""

    id: int
    state: State
    picture: Path
    name: str
    step: str
    share: float | None
    left: str
    device: str
    icon: str
    tone: str
    failed: bool
    details: str

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ", ".join(part for part in (self.name, self.step, self.left) if part)


_ICONS = {
    State.WAITING: ("clock", "text3"),
    State.RUNNING: ("play", "accent"),
    State.DONE: ("check", "good"),
    State.FAILED: ("warn", "danger"),
    State.CANCELLED: ("stop", "text3"),
}


def row_of(job: Job, current: Current | None, now: float) -> Row:
    """The row of a job; `current` is the one under way."""
    own = current if current is not None and current.id == job.id else None
    shown = job.result if job.state is State.DONE and job.result else job.source
    icon, tone = _ICONS[job.state]
    left = seconds_left(own, now)
    return Row(
        id=job.id,
        state=job.state,
        picture=Path(shown),
        name=screen_text(Path(shown).name),
        step=_running(job, own) if own is not None else _standing(job),
        share=own.share if own is not None else None,
        left=left_words(left) if left is not None else "",
        device=_device(job.device),
        icon=icon,
        tone=tone,
        failed=job.state is State.FAILED,
        details="\n".join((job.what, *job.notes)) if job.why == Why.BUG else "",
    )


def _running(job: Job, current: Current) -> str:
    if current.stopping:
        return say("queue.row.stopping")
    if isinstance(job.choices, Enlarge):
        factor = factor_words(job.choices.factor)
        if current.note == "tiles" and current.total:
            done = min(current.total, current.done + 1)
            return say("queue.row.tiles", factor=factor, done=done, total=current.total)
        return say("queue.row.enlarging", factor=factor) if current.note else say("queue.row.opening")
    words = {
        "looking": say("queue.row.looking"),
        "filling": say("queue.row.filling"),
        "preparing": say("queue.row.preparing"),
    }
    return words.get(current.note, say("queue.row.opening"))


def _standing(job: Job) -> str:
    """What a job that isn't under way says."""
    factor = factor_words(job.choices.factor) if isinstance(job.choices, Enlarge) else ""
    if job.state is State.FAILED:
        return _reason(job)
    if job.state is State.CANCELLED:
        return say("queue.row.stopped")
    if job.state is State.DONE:
        if not job.result:
            return say("queue.row.nothing")
        seconds = number(round(job.seconds, 1)) if job.seconds < 10 else number(round(job.seconds))
        if factor:
            done = say("queue.row.enlarged", factor=factor, seconds=str(seconds))
        else:
            done = say("queue.row.erased", seconds=str(seconds))
        return " · ".join((done, *map(reason, job.notes[:1])))
    return say("queue.row.enlarge", factor=factor) if factor else say("queue.row.erase")


def _reason(job: Job) -> str:
    if job.why == Why.CRASHED:
        return say("queue.row.crashed")
    if job.why == Why.TWICE:
        return say("queue.row.twice")
    if job.why == Why.BUG:
        return say("common.bug")
    what = job.what.replace(job.source, Path(job.source).name)  # the folders are in the tool tip
    return failure({"what": what, "todo": job.todo})


def _device(name: str) -> str:
    """ "npu" of "npu:0" as people know it."""
    return name.partition(":")[0].upper()


def factor_words(factor: float) -> str:
    """2 or 1.5, as the language writes it."""
    return str(number(int(factor) if factor == int(factor) else factor))


def seconds_left(current: Current | None, now: float) -> float | None:
    """How long the picture under way still takes, from its own pace; None while nobody can tell."""
    pace = seconds_whole(current, now)
    return pace * (1 - current.share) if pace is not None and current is not None else None


def seconds_whole(current: Current | None, now: float) -> float | None:
    """How long a whole picture takes at the pace of the one under way."""
    if current is None or current.stopping or current.paced is None or now - current.began < SURE_AFTER:
        return None
    since, share = current.paced
    if current.share - share < SURE_SHARE:
        return None
    return (now - since) / (current.share - share)


def left_words(seconds: float) -> str:
    """About so long: to five seconds below a minute, to minutes below two hours."""
    if seconds < 57.5:
        return say("queue.left.seconds", max(5, 5 * round(seconds / 5)))
    minutes = max(1, round(seconds / 60))
    if minutes < 120:
        return say("common.minutes", minutes)
    return say("queue.left.hours", hours=round(minutes / 60))
