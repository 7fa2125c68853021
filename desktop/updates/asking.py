"""Asking whether there is a newer version: one GET, and every way in which the answer may not be believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desktop.updates.keys import Trust
from desktop.updates.manifest import MOST, Manifest, Offer, opened
from desktop.updates.memory import Memory, recall, remember
from homespun.errors import Damaged, NetworkError
from homespun.progress import Progress
from installer.versions import Installation, Kind, Layout, order
from models.fetch import Wire, host, small_file

STRICT = Wire(strict=True)
LATER = "Try again later. If it stays, please report it."
SLACK = timedelta(days=1)
"""So far a clock may be off."""


class Verdict(StrEnum):
    """What the newest version is to this installation."""

    NEWEST = "newest"
    """This one is as new."""
    NEWER = "newer"
    """It can become that one by itself."""
    BY_HAND = "by hand"
    """It is newer, and comes the way this one came: as a package, by pip, by git."""
    INSTALLER = "installer"
    """It is newer, and this one is too old for a step that small: the installer has to be run."""
    ELSEWHERE = "elsewhere"
    """It is newer, and has no file for this system."""
    REFUSED = "refused"
    """It was here, and was taken back."""


@dataclass(frozen=True)
class Found:
    """The answer: what is announced, the file for this system, and what that means here."""

    manifest: Manifest
    file: Offer | None
    verdict: Verdict
    url: str
    """Where the file is; empty without one."""


def check(
    installation: Installation,
    trust: Trust,
    memory: Path,
    progress: Progress,
    *,
    wire: Wire = STRICT,
    now: datetime | None = None,
) -> Found:
    """Ask the server of `trust` what the newest version is. The person has agreed.

    `memory` is the file that remembers what the server said before. Raises `NetworkError` (no answer, or one that is too old
    to be believed), `Damaged` (not signed by us), `UsageError` (a later form), `NoSpace`, `NoPermission`, `Cancelled`.
    """
    moment = now or datetime.now(UTC)
    known = recall(memory)
    manifest = opened(answer(trust.manifest, wire, progress), trust.keys)
    believe(manifest, trust, known, moment)
    remember(memory, _after(known, manifest, trust, moment))
    file = manifest.file_for(installation.platform)
    url = f"{trust.address}{file.name}" if file else ""
    return Found(manifest, file, verdict(manifest, file, installation), url)


def answer(url: str, wire: Wire, progress: Progress) -> bytes:
    """The bytes of a manifest; what goes wrong is said as of updates, not of models."""
    try:
        return small_file(url, MOST, wire, progress)
    except NetworkError as error:
        raise NetworkError(
            f"It can't be found out whether there is a newer version: {error.what}",
            "Try again later. What is installed goes on working.",
        ) from error


def believe(manifest: Manifest, trust: Trust, known: Memory, now: datetime) -> None:
    """Raise `NetworkError` or `Damaged` unless `manifest`, which is signed, is also of today and of this channel."""
    server = host(trust.address)
    if manifest.channel != trust.channel:
        raise Damaged(f"{server} answers with the versions of another channel.", LATER)
    if manifest.signer == 0 and trust.keys[1].hex() in known.serials:
        raise Damaged(f"{server} answers with something signed by a key that is no longer valid.", LATER)
    if manifest.serial < known.serials.get(trust.keys[manifest.signer].hex(), 0):
        raise NetworkError(f"{server} shows an older day than before, so its answer is not used.", LATER)
    if known.seen and now < known.seen - SLACK:
        raise NetworkError(
            f"The clock of this computer is wrong: it says {now:%Y-%m-%d}, and it was {known.seen:%Y-%m-%d} already.",
            "Set it right and try again.",
        )
    if now < manifest.issued - SLACK:
        raise NetworkError(
            f"The clock of this computer is wrong, or that of {server}: its answer is of {manifest.issued:%Y-%m-%d}.",
            "Set it right and try again.",
        )
    if now > manifest.expires:
        raise NetworkError(
            f"It can't be found out whether there is a newer version: what {server} says was valid until "
            f"{manifest.expires:%Y-%m-%d}.",
            LATER,
        )


def verdict(manifest: Manifest, file: Offer | None, installation: Installation) -> Verdict:
    """What `manifest` means to `installation`. An older version is never newer, whoever signed it."""
    if order(manifest.version) <= order(installation.version):
        return Verdict.NEWEST
    if installation.kind is not Kind.WINDOWS:
        return Verdict.BY_HAND
    if file is None:
        return Verdict.ELSEWHERE
    if order(installation.version) < order(manifest.min_from):
        return Verdict.INSTALLER
    pointer = Layout(installation.root).read()
    if pointer and pointer.refused == manifest.version:
        return Verdict.REFUSED
    return Verdict.NEWER


def _after(known: Memory, manifest: Manifest, trust: Trust, now: datetime) -> Memory:
    serials = {**known.serials, trust.keys[manifest.signer].hex(): manifest.serial}
    return replace(
        known,
        serials=serials,
        seen=max(now, manifest.issued, known.seen or now),
        checked=now,
        newest=manifest.version,
    )
