"""What a person is told when a picture or a mask can't be used."""

from __future__ import annotations

from homespun.errors import ExitCode, HomespunError, UsageError


class BadPicture(HomespunError):
    """The file says that it is a picture, and is damaged or cut off."""

    code = ExitCode.DAMAGED


class UnknownPicture(UsageError):
    """Not a picture, or of a kind that Homespun does not read or write."""


class NameTaken(UsageError):
    """There is a file of that name, and nobody allowed to replace it."""


class PictureTooLarge(UsageError):
    """More pixels than Homespun opens: a decompression bomb, or a picture for another tool."""


class WrongMask(UsageError):
    """A mask that does not fit the picture, or leaves nothing to fill from."""
