"""Long work on the command line: a bar while it runs, and a stop that leaves nothing half-done."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from desktop.cli.output import Output, console
from desktop.cli.page import harmless
from homespun.files import size_text
from homespun.progress import Cancel, Progress, Report

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

SHOWN_AFTER = 0.5
"""Seconds of work before a bar appears: what is done sooner needs none."""


@contextmanager
def stoppable(out: Output, cancel: Cancel) -> Iterator[None]:
    """Within the block, Ctrl-C and a polite kill raise `cancel`; a second one stops at once.

    The work then ends at its next report, between two writes, and not in the middle of one.
    """
    out.keeps_work = True
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def bar(out: Output, label: str, *, sizes: bool = False, share: bool = False) -> Iterator[Progress]:
    """A `Progress` for long work, drawn on standard error where a person looks at it, and stopped by Ctrl-C.

    `label` is shown until the work names what it does. With `sizes` the counts are bytes; with `share` they are steps that
    mean nothing to a person, who sees per cent.
    """
    cancel = Cancel()
    with stoppable(out, cancel):
        if not out.draws:
            yield Progress(cancel=cancel)
            return
        drawing = _Drawing(label, sizes=sizes, share=share)
        try:
            yield Progress(show=drawing.show, cancel=cancel)
        finally:
            drawing.end()


class _Drawing:
    """One bar that appears late and vanishes when the work is done; the result is said in words after it."""

    def __init__(self, label: str, *, sizes: bool, share: bool = False) -> None:
        self._label = label
        self._sizes = sizes
        self._share = share
        self._began = time.monotonic()
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._latest = Report(0, 0, label)

    def show(self, report: Report) -> None:
        if self._bars is None:
            if time.monotonic() - self._began < SHOWN_AFTER:
                return
            self._bars = _bars(with_sizes=self._sizes)
            self._bars.start()
        note = harmless(report.note or self._label)
        # Another total is other work: its speed says nothing about what is left of this.
        new = self._task is None or report.total != self._latest.total or report.done < self._latest.done
        if new:
            if self._task is not None:
                self._bars.remove_task(self._task)
            self._task = self._bars.add_task(note, total=report.total or None, amount="")
        self._latest = report
        if self._task is not None:
            self._bars.update(
                self._task,
                description=note,
                completed=report.done,
                amount=_amount(report, sizes=self._sizes, share=self._share),
            )

    def end(self) -> None:
        if self._bars is not None:
            self._bars.stop()


def _amount(report: Report, *, sizes: bool, share: bool) -> str:
    if share:
        return f"{report.done / report.total:4.0%}" if report.total else ""
    if sizes:
        return f"{size_text(report.done)} of {size_text(report.total)}" if report.total else size_text(report.done)
    return f"{report.done:,} of {report.total:,}" if report.total else f"{report.done:,}"


def _bars(*, with_sizes: bool) -> Bars:
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bars

    speed = (TransferSpeedColumn(),) if with_sizes else ()
    return Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24, complete_style="cyan", finished_style="cyan", pulse_style="cyan"),
        TextColumn("{task.fields[amount]}", markup=False),
        *speed,
        TimeRemainingColumn(compact=True),
        console=console(sys.stderr),
        transient=True,
        redirect_stdout=False,  # results are printed by `Output` alone, to where they belong
        redirect_stderr=False,
    )
