"""What a person is told when a step can't be done, and the exit code that goes with it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the installer; `docs/install.md` explains each."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PYTHON = 10
    DISK = 11
    LIBRARY = 12
    NETWORK = 13
    HASH = 14
    LOCK = 15
    CANCELLED = 130


class Failure(Exception):
    """A step that can't be done: `what` happened and what to do (`todo`), both whole sentences.

    `detail` holds the words of the program that failed, for those who want to look closer.
    """

    def __init__(self, code: ExitCode, what: str, todo: str, *, detail: str = "") -> None:
        super().__init__(f"{what} {todo}")
        self.code = code
        self.what = what
        self.todo = todo
        self.detail = detail
