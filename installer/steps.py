"""One printed line for each step of the installer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

WIDTH = 18
LIVE_WIDTH = 70


class Steps:
    """Prints the steps as they are done. On a terminal, the line of a long step shows what it is at."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out if out is not None else sys.stdout
        self._live = self.out.isatty()

    def title(self, text: str) -> None:
        """A line that opens or closes a group of steps."""
        self._print(text)

    def done(self, name: str, result: str) -> None:
        """A step that took no time worth telling."""
        self._print(f"  {name:<{WIDTH}} {result}")

    def run(self, name: str, work: Callable[[Callable[[str], None]], str]) -> None:
        """Run `work` and print its answer and its seconds; `work` is given a function to say what it is at."""
        begin = time.monotonic()
        self._show(name, "...")
        try:
            result = work(lambda note: self._show(name, note))
        except BaseException:
            self._print(f"  {name:<{WIDTH}} FAILED")
            raise
        self._print(f"  {name:<{WIDTH}} {result} ({time.monotonic() - begin:.1f} s)")

    def _show(self, name: str, note: str) -> None:
        if self._live:
            self.out.write(f"\r  {name:<{WIDTH}} {note[:LIVE_WIDTH]:<{LIVE_WIDTH}}")
            self.out.flush()

    def _print(self, line: str) -> None:
        if self._live:
            self.out.write("\r" + " " * (WIDTH + LIVE_WIDTH + 3) + "\r")
        self.out.write(line + "\n")
        self.out.flush()
