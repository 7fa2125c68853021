"""The big button: erase or enlarge, other tries, and taking back what was done."""

from __future__ import annotations

from dataclasses import replace

from desktop.state.editing.base import Job, Told, box_of
from desktop.state.editing.boxes import Box
from desktop.state.editing.choices import below
from desktop.state.editing.history import Edit, Inverted, Stroke
from desktop.state.editing.mask import NOTHING, Mask, Packed
from desktop.state.editing.opening import Opening
from desktop.state.editing.snapshot import Done, Working
from desktop.state.editing.wording import done_words, filler_words, in_sentence, painting_words
from desktop.words import say
from desktop.words.reasons import failure, reason
from homespun.errors import ExitCode

MOST_RESULTS = 8
"""Tries for one place that are kept to choose from."""

MOST_OF_PICTURE = 0.6
"""Share of the picture over which a hole leaves little to go by."""

LONG = 20.0
"""Seconds over which the queue is offered."""


class Making(Opening):
    """What changes the picture."""

    _turning = False
    """An undo or redo of an edit is on its way."""
    _turns: tuple[str, ...] = ()
    """Further ones that were asked for meanwhile."""

    def act(self) -> None:
        """Do it; or stop it."""
        if self.job is not None:
            self.stop()
        elif self.stage == "ready" and not self.rebuilding:
            if self.choices.tool == "enlarge":
                self._enlarge()
            elif self.choices.tool == "fill":
                self._fill()
            else:
                self._erase()
            self.changed()

    def stop(self) -> None:
        """Have the work end; picture and mask stay as they are."""
        if self.job is not None and self.job.ticket is not None and not self.job.stopping:
            self.job.stopping = True
            self.working = Working(say("editor.stopping"), None, self.job.box)
            self.job.ticket.cancel()
            self.changed()

    def again(self) -> None:
        """Another try at the same place."""
        if self.can_try():
            self._try(None)

    def other_way(self, name: str) -> None:
        """The same place by another filler."""
        if self.can_try() and name in self.choices.fillers:
            self._try(name)

    def previous_variant(self) -> None:
        """Show the result before."""
        self._choose(-1)

    def next_variant(self) -> None:
        """Show the result after."""
        self._choose(1)

    # Erasing

    def _erase(self) -> None:
        mask = self.mask
        if mask is None or not mask.marked:
            return
        self._run_erase(self.job_at_mask("erase", mask))

    def job_at_mask(self, kind: str, mask: Mask) -> Job:
        """A job for what is marked; the person is told where that is nearly everything."""
        self.notice = None
        if mask.marked > MOST_OF_PICTURE * self.width * self.height:
            self.bar("info", say("editor.mostly"))
        return Job(kind, mask.bounds, mask.cut(mask.bounds), 0, self.history.position)

    def _try(self, filler: str | None) -> None:
        edit = self.done_edit
        assert edit is not None
        box, marks = self.made_at
        self.notice = None
        job = Job(edit.kind, box, marks.data, edit.results, self.history.position, filler)
        if edit.kind == "fill":
            self._run_fill(job)
        else:
            self._run_erase(job)
        self.changed()

    made_at = (NOTHING, Packed(b""))
    """What the last erase or fill was asked for, to try it again."""

    def _fill(self) -> None:
        """Fill by words; `filling` overrides this."""
        raise NotImplementedError

    def _run_fill(self, job: Job) -> None:
        """The same."""
        raise NotImplementedError

    def _run_erase(self, job: Job) -> None:
        told = self.sheet_for(job.box, job.marks)
        if told is None:
            return
        quality = self.choices.effective_quality
        told |= {"quality": quality, "filler": job.filler, "attempt": job.attempt}
        self.begin_job(job)

        def erased(answer: Told) -> None:
            self._erased(job, answer)

        def failed(answer: Told) -> None:
            self._erase_failed(answer, quality)

        job.ticket = self.ask(
            "erase", told, erased, failed=failed, over=self.job_over, progress=lambda report: self.report(job, report)
        )

    def _erased(self, job: Job, answer: Told) -> None:
        self.deaths = 0
        box = box_of(answer["box"]) or job.box
        filler, device, seconds = str(answer["filler"]), str(answer["device"]), float(answer["seconds"])
        self.place_is_made(job, answer, box)
        self.show_done(done_words(device, seconds), box, " ".join(map(reason, answer.get("notes", ()))))
        if not job.prepared and not answer["failed"]:
            self.paces.add(filler, device, int(answer["pixels"]), seconds)
        if answer["failed"]:
            words = say("editor.device_failed", device=in_sentence(str(answer["failed"])), seconds=round(seconds, 1))
            self.bar("warning", words)
        self.tell_unsafe(answer)

    def place_is_made(self, job: Job, answer: Told, box: Box) -> None:
        """A marked place is another in the picture: the first time an edit, then a further result of it."""
        assert self.mask is not None
        if job.attempt == 0:
            edit = Edit(job.kind, box, Stroke.of(self.mask.take_out(job.box, job.marks)))
            self.made_at = (job.box, Packed(job.marks))
            self.edited_anew(edit)
            self.done_edit = edit
            self.mask_moved(job.box)
        edit_now = self.done_edit
        if edit_now is not None:
            edit_now.results, edit_now.current, edit_now.box = int(answer["results"]), int(answer["current"]), box
        self.touch(box)

    def _erase_failed(self, answer: Told, quality: str) -> None:
        if int(answer.get("code", ExitCode.BUG)) == ExitCode.NO_SPACE:
            lower = below(quality)
            if lower != quality and lower not in self.choices.qualities_off:
                words = say("editor.no_memory", quality=quality_words(quality), lower=quality_words(lower))
                self.bar("danger", words, (("lower", quality_words(lower)),))
                return
        self.tell_failure(answer, actions=(("retry", say("common.retry")),))

    # Enlarging

    def _enlarge(self) -> None:
        device = self.paces.device(self._enlarger)
        seconds = self.paces.seconds(self._enlarger, device, self.width * self.height)
        self.notice = None
        if seconds is not None and seconds > LONG and self.path:
            self.bar("info", say("editor.long"), (("enqueue", say("editor.to_queue")),))
        job = Job("enlarge", Box(0, 0, self.width, self.height), b"", 0, self.history.position)
        self.begin_job(job)
        told = {"factor": self.choices.factor, "style": self.choices.style}
        job.ticket = self.ask(
            "enlarge",
            told,
            self._enlarged,
            over=self.job_over,
            progress=lambda report: self.report(job, report),
        )

    @property
    def _enlarger(self) -> str:
        """What the paces call the network."""
        return f"{self.choices.style} ×{self.choices.factor}"

    def _enlarged(self, answer: Told) -> None:
        self.deaths = 0
        pixels = self.width * self.height
        device, seconds = str(answer["device"]), float(answer["seconds"])
        assert self.mask is not None
        edit = Edit("enlarge", None, Stroke.of(self.mask.all_parts()))
        self.edited_anew(edit)
        self.done_edit = edit
        self.size_from(answer)
        self.show_display(answer["display"])
        self.show_done(done_words(device, seconds), Box(0, 0, self.width, self.height))
        self.paces.add(self._enlarger, device, pixels, seconds)
        if answer["failed"]:
            self.bar("warning", failure({"what": answer["failed"]}))
        self.tell_unsafe(answer)

    # A job's life

    def begin_job(self, job: Job) -> None:
        """It runs from now on."""
        self.job = job
        self.done = None
        self.working = Working("", None, job.box)

    def report(self, job: Job, report: Told) -> None:
        """How far it is."""
        if self.job is not job or job.stopping:
            return
        total, note = int(report["total"]), str(report["note"])
        share = min(1.0, int(report["done"]) / total) if total else None
        last = self.working.share if self.working is not None else None
        if share is not None and last is not None:
            share = max(share, last)  # a bar that goes back helps nobody
        preparing = note.startswith("preparing")
        job.prepared |= preparing
        words = say("editor.preparing") if preparing else painting_words(note)
        self.working = Working(words, share, job.box)

    def job_over(self) -> None:
        """It ended, however."""
        self.job = None
        self.working = None

    def worker_lost(self) -> None:
        """As the part below says, and turns that were waiting are forgotten."""
        super().worker_lost()
        self._turning = False
        self._turns = ()

    # Other results

    def _told_edit(self) -> Edit | None:
        """The edit that `done` tells of, as long as it is the last one and nothing runs."""
        if self.done is None or self.job is not None:
            return None
        edit, edits = self.done_edit, self.history.edits
        return edit if edits and edits[-1] is edit else None

    def can_try(self) -> bool:
        """Whether the last edit can have another result."""
        edit = self._told_edit()
        return (
            edit is not None
            and edit.kind in ("erase", "fill")
            and edit.stroke is not None
            and edit.results < MOST_RESULTS
            and not self.rebuilding
        )

    def _choose(self, step: int) -> None:
        edit = self._told_edit()
        if edit is None or self.done is None:
            return
        current = edit.current + step
        if not 0 <= current < edit.results:
            return
        words, note = self.done.words, self.done.note

        def shown(answer: Told) -> None:
            edit.current = int(answer["current"])
            self.history.forget_undone()
            box = box_of(answer["box"])
            assert box is not None
            self.touch(box)
            self.show_done(words, box, note)

        self.ask("choose", {"current": current}, shown)

    def show_done(self, words: str, box: Box, note: str = "") -> None:
        """Say that something was made, and what else could be."""
        edit = self.done_edit
        assert edit is not None
        variants = tuple(str(number + 1) for number in range(edit.results)) if edit.results > 1 else ()
        self.done = Done(words, box, False, variants, edit.current, note=note)
        if self.can_try():
            used = self.choices.filler
            ways: tuple[tuple[str, str], ...] = ()
            if edit.kind == "erase":
                ways = tuple((name, filler_words(name)) for name in self.choices.fillers if name != used)
            self.done = replace(self.done, again=True, other_ways=ways)

    # Undo and redo

    @property
    def can_undo(self) -> bool:
        """While something runs, only strokes that came after its start can be taken back."""
        last = self.history.last
        if last is None or self.stage == "empty":
            return False
        if self.job is not None:
            return not isinstance(last, Edit) and self.history.position > self.job.floor
        return not self.rebuilding or not isinstance(last, Edit)

    @property
    def can_redo(self) -> bool:
        """What was taken back can be done again until something new is done."""
        following = self.history.next
        if following is None:
            return False
        return not isinstance(following, Edit) or (self.job is None and not self.rebuilding)

    def undo(self) -> None:
        """Take the last change back."""
        self._turn("undo")

    def redo(self) -> None:
        """Do it again."""
        self._turn("redo")

    def _turn(self, way: str) -> None:
        if self.closed:
            return
        if self._turning:
            self._turns += (way,)
            return
        if not (self.can_undo if way == "undo" else self.can_redo):
            return
        change = self.history.last if way == "undo" else self.history.next
        self.done = None
        if isinstance(change, Edit):
            self._turn_edit(way, change)
        elif isinstance(change, Stroke):
            self.restore(change, before=way == "undo")
            self._moved(way)
        elif isinstance(change, Inverted) and self.mask is not None:
            self.mask.invert()
            self.mask_moved(None)
            self._moved(way)
        self.changed()

    def _turn_edit(self, way: str, edit: Edit) -> None:
        self._turning = True

        def turned(answer: Told) -> None:
            resized = self.size_from(answer)
            if answer["box"] is None:
                self.show_display(answer["display"])
            else:
                self.touch(box_of(answer["box"]))
            self._turn_mask(way, edit, resized=resized)
            self._moved(way)

        self.ask(way, {}, turned, over=self._turned)

    def _turn_mask(self, way: str, edit: Edit, *, resized: bool) -> None:
        stroke = edit.stroke
        if stroke is not None and stroke.parts and (way == "undo" or not resized):
            self.restore(stroke, before=way == "undo")

    def _turned(self) -> None:
        self._turning = False
        waiting, self._turns = self._turns, ()
        if waiting:
            self.later(0.0, lambda: self._go_on(waiting))

    def _go_on(self, waiting: tuple[str, ...]) -> None:
        for way in waiting:
            self._turn(way)

    def _moved(self, way: str) -> None:
        if way == "undo":
            self.history.back()
        else:
            self.history.forth()


def quality_words(quality: str) -> str:
    """The quality's name."""
    return {
        "instant": say("editor.quality.instant"),
        "balanced": say("editor.quality.balanced"),
        "best": say("editor.quality.best"),
    }[quality]
