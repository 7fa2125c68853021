"""What a person is told when something can't be done, and the exit code that goes with it."""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line. `docs/commands.md` explains each; a test holds the two together."""

    OK = 0
    BUG = 1
    USAGE = 2
    NOT_FOUND = 3
    BUSY = 4
    DAMAGED = 5
    NO_SPACE = 6
    NO_PERMISSION = 7
    NETWORK = 8
    NO_CONSENT = 9
    DEVICE = 10
    CANCELLED = 130


class HomespunError(Exception):
    """Something a person can meet. `what` says what happened, `todo` what to do about it.

    Both are whole sentences. Everything that is not a `HomespunError` is a bug and keeps its traceback.
    """

    code: ExitCode = ExitCode.BUG

    def __init__(self, what: str, todo: str, *, code: ExitCode | None = None) -> None:
        super().__init__(f"{what} {todo}".strip())
        self.what = what
        self.todo = todo
        if code is not None:
            self.code = code


class UsageError(HomespunError):
    """The words of a command or a setting are off."""

    code = ExitCode.USAGE


class NotFound(HomespunError):
    """A path, root, model or setting that isn't there."""

    code = ExitCode.NOT_FOUND


class Busy(HomespunError):
    """Another process is doing this now."""

    code = ExitCode.BUSY


class Damaged(HomespunError):
    """A file of ours does not hold what it should."""

    code = ExitCode.DAMAGED


class NoSpace(HomespunError):
    """The disk is full, or would be."""

    code = ExitCode.NO_SPACE


class NoPermission(HomespunError):
    """The system does not let us read or write there."""

    code = ExitCode.NO_PERMISSION


class NetworkError(HomespunError):
    """A download that the person agreed to did not go through."""

    code = ExitCode.NETWORK


class NoConsent(HomespunError):
    """It needs the person's yes, and there is none."""

    code = ExitCode.NO_CONSENT


def is_disk_full(error: OSError) -> bool:
    """Whether the system refused to write because there is no room, or none for this person."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
