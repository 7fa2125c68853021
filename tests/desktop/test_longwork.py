"""Long work draws a bar where a person looks, and stops where it is told."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import threading

import pytest

from desktop.cli import longwork
from desktop.cli.longwork import bar, stoppable
from desktop.cli.output import Flags, Output
from homespun.progress import Cancel, Cancelled


class Screen(io.StringIO):
    """A terminal that remembers what was drawn."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal as standard error, and no patience. Not a fixture: pytest sets the streams anew after those."""
    drawn = Screen()
    monkeypatch.setattr(sys, "stderr", drawn)
    monkeypatch.setattr(longwork, "SHOWN_AFTER", 0.0)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")
    return drawn


def seen(screen: Screen) -> str:
    """What was drawn, without escape sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())


def test_the_bar_says_what_is_done_of_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(), "Looking for changes") as progress:
        progress.report(12_480, 48_000, "Reading files")
        progress.report(48_000, 48_000, "Reading files")

    assert "Reading files" in seen(screen)
    assert "48,000 of 48,000" in seen(screen)


def test_sizes_are_said_in_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(), "Getting lama", sizes=True) as progress:
        progress.report(100_000_000, 208_000_000)

    assert "Getting lama" in seen(screen)
    assert "100.0 MB of 208.0 MB" in seen(screen)


def test_steps_that_mean_nothing_to_a_person_are_said_in_per_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(), "Erasing", share=True) as progress:
        progress.report(0, 0)
        progress.report(1_000, 1_000)

    assert "100%" in seen(screen)
    assert "1,000" not in seen(screen)


def test_work_of_unknown_length_counts_up(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(), "Looking for changes") as progress:
        progress.report(1234, 0)

    assert "1,234" in seen(screen)


def test_a_note_cannot_draw_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(), "x") as progress:
        progress.report(1, 2, "\x1b[2Jevil [red]name[/red]")

    assert "\x1b[2J" not in screen.getvalue()
    assert "[red]name[/red]" in seen(screen)


@pytest.mark.parametrize("flags", [Flags(quiet=True), Flags(json=True)])
def test_no_bar_with_quiet_or_json(monkeypatch: pytest.MonkeyPatch, flags: Flags) -> None:
    screen = terminal(monkeypatch)
    with bar(Output(flags), "x") as progress:
        progress.report(1, 2, "note")

    assert screen.getvalue() == ""


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)

    with bar(Output(), "x") as progress:
        progress.report(1, 2, "note")

    assert log.getvalue() == ""


def test_no_bar_for_what_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(longwork, "SHOWN_AFTER", 60.0)

    with bar(Output(), "x") as progress:
        progress.report(2, 2, "note")

    assert screen.getvalue() == ""


def test_the_bar_leaves_a_clean_line_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)

    def work() -> None:
        with bar(Output(), "x") as progress:
            progress.report(1, 2, "note")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        work()

    # The cursor is shown again, and the bar's line erased.
    assert "\x1b[?25h" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process at once on Windows")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_the_first_signal_asks_and_the_second_insists(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    cancel = Cancel()

    def work() -> None:
        with stoppable(Output(), cancel):
            os.kill(os.getpid(), number)
            assert cancel.cancelled
            os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        work()

    assert signal.getsignal(number) is before


def test_stopping_ends_the_work_at_its_next_report() -> None:
    done: list[int] = []

    def work() -> None:
        with bar(Output(), "x") as progress:
            for number in range(10):
                progress.report(number, 10)
                done.append(number)
                if number == 4:
                    progress.cancel.cancel()

    with pytest.raises(Cancelled):
        work()

    assert done == [0, 1, 2, 3, 4]


def test_work_in_another_thread_leaves_the_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    found: list[object] = []

    def work() -> None:
        with stoppable(Output(), Cancel()):
            found.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == [before]
