"""Whom this build believes, and where it asks: both were put into it when it was built.

`homespun-build.json` holds, under `update`, the address of a folder, the channel, and two public keys: of the release key,
and of its successor, which is kept offline until the first is lost or stolen. A build without them can't be updated by
itself, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from homespun.errors import UsageError
from installer.versions import Installation, this_installation
from models.fetch import LOOPBACK

KEY_BYTES = 32
CHANNELS = ("stable", "beta")


@dataclass(frozen=True)
class Trust:
    """`address` ends with a slash; `keys` are Ed25519, the release key's first, its successor's second."""

    address: str
    channel: str
    keys: tuple[bytes, bytes]

    @property
    def manifest(self) -> str:
        """Where the newest version is announced."""
        return f"{self.address}{self.channel}.manifest"

    def manifest_of(self, version: str) -> str:
        """Where `version` was announced: the same bytes, kept for repair."""
        return f"{self.address}{version}.manifest"


def trust(installation: Installation | None = None, *, server: str = "") -> Trust:
    """What this build believes; `server` (setting updates.server) takes the place of its address.

    Raises `UsageError` when the build has no keys, or no address, or when an address is not encrypted.
    """
    here = installation or this_installation()
    keys = keys_of(here)
    told = here.build["update"]
    address = server or told.get("address")
    if not isinstance(address, str) or not address:
        raise UsageError(
            "This build doesn't know where updates are.", "Tell it: homespun settings set updates.server ADDRESS."
        )
    channel = told.get("channel")
    return Trust(checked_address(address), channel if channel in CHANNELS else CHANNELS[0], keys)


def keys_of(installation: Installation) -> tuple[bytes, bytes]:
    """The release key and its successor, as this build has them. Raises `UsageError` when it has none."""
    told = installation.build.get("update")
    if not isinstance(told, Mapping) or not told.get("keys"):
        raise UsageError(
            "This build can't be updated by itself: no key was put into it that would vouch for a newer version.",
            "Install the new version the way this one was installed.",
        )
    return _keys(told)


def checked_address(address: str) -> str:
    """`address` with a slash at its end. Raises `UsageError` unless it is encrypted, or this computer, and nothing more."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - it is parsed when it is looked at
    except ValueError:
        parts = urlsplit("")
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or parts.username or parts.query or parts.fragment or not address.isascii():
        raise UsageError(f"{address} is no address for updates.", "Use one like https://example.com/homespun/.")
    return address if address.endswith("/") else f"{address}/"


def _keys(told: Mapping[str, Any]) -> tuple[bytes, bytes]:
    keys = told.get("keys")
    try:
        release, successor = (bytes.fromhex(one) for one in keys or ())
    except (TypeError, ValueError):
        release = successor = b""
    if len(release) != KEY_BYTES or len(successor) != KEY_BYTES or release == successor:
        raise UsageError(
            "The keys in this build are damaged, so no newer version can be believed.",
            "Install the new version the way this one was installed.",
        )
    return release, successor
