"""A start that went well is told to the launcher of Windows; one that didn't, and was taken back, is told to the person, once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop.words import say
from homespun.errors import HomespunError
from homespun.files import atomic_write
from homespun.folders import folders, make_private
from installer.versions import Installation, Kind, Layout, this_installation

PROVED = 60.0
"""Seconds after which a start has gone well."""


def confirm_start(here: Installation | None = None) -> None:
    """This version works: the launcher need not go back to the one before."""
    this = here or this_installation()
    if this.kind is Kind.WINDOWS:
        Layout(this.root).confirm(this.version)


def taken_back(here: Installation | None = None, memory: Path | None = None) -> str:
    """That a newer version didn't start and this one runs again; "" when nothing happened, or the person knows it."""
    this = here or this_installation()
    if this.kind is not Kind.WINDOWS:
        return ""
    pointer = Layout(this.root).read()
    if pointer is None or pointer.refused is None or pointer.by_hand:
        return ""
    said = memory or folders().data / "app" / "taken-back"
    known = ""
    with suppress(OSError, ValueError):
        known = said.read_text("ascii")
    if known == pointer.refused:
        return ""
    with suppress(HomespunError, OSError):  # a full disk would only have it said once more
        make_private(said.parent)
        with atomic_write(said) as stream:
            stream.write(pointer.refused.encode("ascii"))
    return say("updates.rolled_back", refused=pointer.refused, version=this.version)
