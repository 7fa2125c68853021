"""Filling by words: what should be there, how many results, and more of them for the same place."""

from __future__ import annotations

from desktop.state.editing.base import Job, Told, box_of
from desktop.state.editing.making import MOST_RESULTS, Making
from desktop.state.editing.wording import done_words, guard_words
from desktop.words import say
from desktop.words.reasons import reason


class Filling(Making):
    """The tool that paints what the person says."""

    @property
    def missing(self) -> str:
        """What filling still needs, as a sentence; "" where it can begin."""
        if (self.mask is None or not self.mask.marked) and not self.fills_again:
            return say("editor.fill.mark_first")
        return "" if self.choices.prompt.strip() else say("editor.fill.words_first")

    @property
    def fills_again(self) -> bool:
        """Whether the place that was just filled would be filled once more: nothing else is marked."""
        edit = self.done_edit
        marked = self.mask is not None and self.mask.marked
        return not marked and edit is not None and edit.kind == "fill" and self.can_try()

    @property
    def fill_pace(self) -> tuple[str, int]:
        """What the paces call filling, and the pixels that are painted for what is wished now."""
        painter = self.choices.painter
        return ("", 0) if painter is None else (painter.pace, painter.pixels * self.choices.variants)

    def _fill(self) -> None:
        if self.missing:
            self.bar("info", self.missing)
        elif self.fills_again:
            self._try(None)
        elif self.mask is not None:
            self._run_fill(self.job_at_mask("fill", self.mask))

    def _run_fill(self, job: Job) -> None:
        if not self.choices.prompt.strip():
            self.bar("info", say("editor.fill.words_first"))
            return
        told = self.sheet_for(job.box, job.marks)
        if told is None:
            return
        choices = self.choices
        count = min(choices.variants, MOST_RESULTS - job.attempt)
        told |= {
            "prompt": choices.prompt.strip(),
            "negative": choices.negative.strip() if choices.negative_shown else "",
            "candidates": count,
            "seed": choices.seed,
            "more": job.attempt > 0,
        }
        self.begin_job(job)

        def filled(answer: Told) -> None:
            self._filled(job, answer, count)

        job.ticket = self.ask(
            "fill",
            told,
            filled,
            failed=self._fill_failed,
            over=self.job_over,
            progress=lambda report: self.report(job, report),
        )

    def _filled(self, job: Job, answer: Told, count: int) -> None:
        self.deaths = 0
        self.choices.seed += count
        box = box_of(answer["box"]) or job.box
        device, seconds = str(answer["device"]), float(answer["seconds"])
        self.place_is_made(job, answer, box)
        notes = [*map(guard_words, answer["guard"]), *map(reason, answer["notes"])]
        self.show_done(done_words(device, seconds), box, " ".join(dict.fromkeys(notes)))
        painter = self.choices.painter
        if painter is not None:
            self.paces.add(painter.pace, device, painter.pixels * count * int(answer["places"]), seconds)
        self.tell_unsafe(answer)

    def _fill_failed(self, answer: Told) -> None:
        self.tell_failure(answer, actions=(("retry", say("common.retry")),))
        self.look_at_models()  # it may have failed because what fills is not here any more
