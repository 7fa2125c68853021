"""What runs here, how newer versions come to it, and what the launcher did: all without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.updates.keys import trust
from desktop.updates.memory import recall
from homespun.errors import UsageError
from installer.versions import Installation, Kind, Layout, this_installation

_WAYS = {
    Kind.WINDOWS: "It can become a newer version by itself: homespun update install.",
    Kind.DEB: "A newer version is a newer package: sudo apt install ./homespun_VERSION.deb.",
    Kind.WHEEL: "A newer version comes the way this one came: pipx upgrade homespun, or pip.",
    Kind.CHECKOUT: "A newer version comes with git: git pull, then python3 -m installer setup.",
}
_BY_INSTALLER = "A newer version comes with its installer, which keeps your settings and your index."


@dataclass(frozen=True)
class Standing:
    """This installation.

    `way` says in words how newer versions come here. `why_not` says why the server can't be asked, empty when it can; `server`
    is the address that would be asked. `previous` can be gone back to; `refused` was taken back, by the launcher when it
    `failed`; `next` starts the next time.
    """

    kind: Kind
    version: str
    platform: str
    way: str
    why_not: str
    server: str
    previous: str | None
    refused: str | None
    failed: bool
    next: str
    checked: datetime | None
    newest: str

    @property
    def notice(self) -> str:
        """A sentence for the person when something happened to the program behind their back, else empty."""
        if self.refused and self.failed:
            return f"Homespun {self.refused} did not start, so this is {self.version} again."
        return ""


def standing(installation: Installation | None = None, *, server: str = "", memory: Path | None = None) -> Standing:
    """How things stand; `memory` is the file of earlier checks. Asks nobody."""
    here = installation or this_installation()
    why_not = address = ""
    try:
        address = trust(here, server=server).manifest
    except UsageError as error:
        why_not = error.what
    pointer = Layout(here.root).read() if here.kind is Kind.WINDOWS else None
    known = recall(memory) if memory else None
    there = Layout(here.root).installed() if pointer else ()
    return Standing(
        kind=here.kind,
        version=here.version,
        platform=here.platform,
        way=_BY_INSTALLER if why_not and here.kind is Kind.WINDOWS else _WAYS[here.kind],
        why_not=why_not,
        server=address,
        previous=pointer.previous if pointer and pointer.previous in there else None,
        refused=pointer.refused if pointer else None,
        failed=bool(pointer and pointer.refused and not pointer.by_hand),
        next=pointer.version if pointer else here.version,
        checked=known.checked if known else None,
        newest=known.newest if known else "",
    )
