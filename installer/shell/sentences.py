"""What is said about menus, each a whole sentence. The window says them too: `desktop/words/reasons.*.ts` has them all."""

from __future__ import annotations

from os import PathLike

Name = str | PathLike[str]


def present(title: str) -> str:
    """All is there."""
    return f"{title} has Homespun's entries."


def packaged(title: str) -> str:
    """Nothing of the person's own is needed."""
    return f"{title} has Homespun's entries from the system's package."


def absent(title: str) -> str:
    """Nothing is there."""
    return f"{title} has no entries of Homespun."


def not_here(title: str) -> str:
    """The file manager is not installed."""
    return f"{title} is not on this computer."


def gone(path: Name) -> str:
    """A file of ours was deleted."""
    return f"{path} is gone."


def changed(path: Name) -> str:
    """A file of ours was edited, and nothing was done to it."""
    return f"{path} was changed since Homespun wrote it."


def foreign(path: Name) -> str:
    """A name that we would need is taken."""
    return f"{path} was there before and is not Homespun's, so it was left alone."


def edited(path: Name) -> str:
    """A file of ours was edited, and stays."""
    return f"{path} was changed since Homespun wrote it, so it was left alone."


def no_command(command: Name) -> str:
    """What the entries start is not there."""
    return f"The entries start {command}, which is not there."


def malformed(path: Name) -> str:
    """Thunar's own file can't be read."""
    return f"{path} can't be read as Thunar's list of actions, so it was left alone."


def not_written(path: Name, reason: str) -> str:
    """The system refused."""
    return f"{path} can't be written: {reason}."


def some_missing(path: Name) -> str:
    """Not all of ours are in a merged file."""
    return f"{path} lacks some of Homespun's entries."


def mend() -> str:
    """What to do about anything broken."""
    return "Install the entries again."


def mend_by_hand() -> str:
    """What to do about a file that was changed."""
    return "Delete or rename it, then install the entries again."


def repair_by_hand() -> str:
    """What to do about a malformed file."""
    return "Mend or rename it, then install the entries again."
