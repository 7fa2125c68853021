"""What every command writes with: words for a person, or JSON for a program, and errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from desktop.cli.page import Ink, Line, Painter, Span, harmless, line, plain
from desktop.cli.streams import closed_or_full, is_terminal, shows_links, write
from homespun.errors import HomespunError, NoConsent

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Flags:
    """The options that every command has."""

    json: bool = False
    quiet: bool = False
    debug: bool = False

    def __or__(self, other: Flags) -> Flags:
        return Flags(self.json or other.json, self.quiet or other.quiet, self.debug or other.debug)


class Output:
    """One command's output. Results go to standard output, errors and progress to standard error.

    With `flags.json` only `data` prints, one JSON object a line in ASCII; with `flags.quiet` only results and errors.
    """

    def __init__(self, flags: Flags | None = None) -> None:
        self.flags = flags or Flags()
        self.keeps_work = False
        """Whether stopping now leaves finished work behind, as the person is then told."""
        self.answered = False
        """Whether the JSON already printed tells the failure that follows, so that it isn't printed again."""
        self._stdout: Painter | None = None
        self._stderr: Painter | None = None

    @property
    def terminal(self) -> bool:
        """Whether standard output is looked at by a person."""
        return is_terminal(sys.stdout)

    @property
    def draws(self) -> bool:
        """Whether a progress bar may be drawn on standard error."""
        return not (self.flags.json or self.flags.quiet) and is_terminal(sys.stderr)

    def show(self, lines: Iterable[Line]) -> None:
        """Print a result for a person."""
        if not self.flags.json:
            for row in lines:
                self._print(row, sys.stdout)

    def note(self, lines: Iterable[Line]) -> None:
        """Print what helps a person but is not the result: counts, hints. Silent with `--quiet`."""
        if not self.flags.quiet:
            self.show(lines)

    def data(self, value: Mapping[str, Any]) -> None:
        """Print `value` as one line of JSON with `--json`, else nothing.

        ASCII only: a file name that is no text keeps its bytes as lone surrogates, written `\\udcXX`, so that
        `os.fsencode` of the decoded string gives the exact path.
        """
        if self.flags.json:
            write(sys.stdout, json.dumps(value, ensure_ascii=True, allow_nan=False) + "\n")

    def warn(self, sentence: str) -> None:
        """One line on standard error about something that does not stop the work. Silent with `--quiet`."""
        if not self.flags.quiet:
            self._print(line(sentence), sys.stderr)

    def fail(self, error: HomespunError) -> None:
        """Say what happened and what to do: two lines on standard error; with `--json` an object on standard output too."""
        self._print(line(Span(error.what, Ink.STRONG)), sys.stderr)
        if error.todo:
            self._print(line(error.todo), sys.stderr)
        if not self.answered:
            self.data({"error": error.what, "todo": error.todo, "code": int(error.code)})

    def agree(self, question: str, *, declined: str, unasked: str) -> None:
        """Return if the person says yes to `question`; raise `NoConsent` if not, or if nobody is there to be asked.

        `declined` says what was not done after a no; `unasked` what needs a yes that nobody can give.
        """
        if self.flags.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise NoConsent(f"{unasked} It needs your yes, and nobody is there to ask.", "Add --yes to agree.")
        write(sys.stderr, f"{harmless(question)} [y/N] ")
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise NoConsent(declined, "Answer y, or add --yes, to agree.")

    def _print(self, row: Line, stream: TextIO) -> None:
        if not is_terminal(stream):
            write(stream, plain(row) + "\n")
            return
        painter = self._painter(stream)
        try:
            painter.paint(row)
        except OSError as error:
            raise closed_or_full(error) from error

    def _painter(self, stream: TextIO) -> Painter:
        error = stream is sys.stderr
        kept = self._stderr if error else self._stdout
        if kept is None or kept.console.file is not stream:
            kept = Painter(console(stream), shows_links())
            if error:
                self._stderr = kept
            else:
                self._stdout = kept
        return kept


def console(stream: TextIO) -> Console:
    """A rich console on `stream` that leaves words alone and raises on a closed pipe instead of ending the process."""
    from rich.console import Console

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Quiet(file=stream, force_terminal=True, highlight=False, markup=False, emoji=False)
