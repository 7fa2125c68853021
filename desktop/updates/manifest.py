"""The announcement of a version: a line with the signature, then canonical JSON.

    homespun-manifest 1 <Ed25519 signature, base64>\\n
    {"channel":"stable","expires":…}

One file and not two: a signature fetched by itself may be of another minute than what it signs. The signature is of all bytes
after the first line, and checked before any of them is understood.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from homespun.errors import Damaged, UsageError
from installer.versions import is_version

SCHEMA = 1
MAGIC = b"homespun-manifest 1 "
MOST = 262_144
"""Bytes of a manifest."""
LARGEST = 4 * 1024**3
"""Bytes of a file that a manifest may announce."""
MOST_FILES = 64
LONGEST_NOTE = 8_000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,120}")
"""A file beside the manifest: no folder, no query, no other server."""
_AT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Offer:
    """One file of a version: `name` beside the manifest, `size` in bytes, `sha256` in hex."""

    platform: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is announced. `serial` grows with every announcement; below `min_from` the installer has to be run.

    `signer` is 0 for the release key, 1 for its successor.
    """

    channel: str
    version: str
    serial: int
    issued: datetime
    expires: datetime
    min_from: str
    files: tuple[Offer, ...]
    notes: Mapping[str, str]
    signer: int

    def file_for(self, platform: str) -> Offer | None:
        """The archive that a running `platform` becomes this version with."""
        fitting = [one for one in self.files if one.platform == platform]
        archives = [one for one in fitting if one.name.endswith(".zip")]
        return next(iter(archives or fitting), None)


def canonical(data: Mapping[str, Any]) -> bytes:
    """The one way to write `data`: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def opened(signed: bytes, keys: Sequence[bytes]) -> Manifest:
    """The manifest in `signed`. Raises `Damaged` when no key of ours signed it or it isn't one, `UsageError` for one that a
    later Homespun wrote."""
    body, signer = verified(signed, keys)
    try:
        return _read(_parsed(body), signer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(
            "The announcement of the new version is signed, and yet makes no sense.", "Please report it."
        ) from error


def verified(signed: bytes, keys: Sequence[bytes]) -> tuple[bytes, int]:
    """The bytes that are signed, and the number of the key. Raises `Damaged`."""
    head, newline, body = signed.partition(b"\n")
    try:
        signature = base64.b64decode(head.removeprefix(MAGIC), validate=True)
    except (binascii.Error, ValueError):
        signature = b""
    if newline and head.startswith(MAGIC) and body and len(signed) <= MOST:
        for number, key in enumerate(keys):
            if is_signed(body, signature, key):
                return body, number
    raise Damaged(
        "What the server answers is not signed by Homespun's key. Nothing was taken from it.",
        "Try again later, and from another network. If it stays, please report it.",
    )


def is_signed(body: bytes, signature: bytes, key: bytes) -> bool:
    """Whether `signature` (64 bytes) is of `body` by the Ed25519 `key` (32 bytes)."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    if len(signature) != 64:
        return False
    try:
        VerifyKey(key).verify(body, signature)
    except BadSignatureError:
        return False
    return True


def _parsed(body: bytes) -> dict[str, Any]:
    """The object that `body` is, when it is written in the one way; so no name can stand in it twice."""
    data = json.loads(body)
    if not isinstance(data, dict) or canonical(data) != body:
        raise ValueError("not canonical")
    if data["schema"] != SCHEMA:
        raise UsageError(
            "The announcement of the new version is in a form that this Homespun doesn't know.",
            "Install the new version the way this one was installed.",
        )
    return data


def _read(data: Mapping[str, Any], signer: int) -> Manifest:
    """The manifest that `data` says; `ValueError` and its like for what it may not say."""
    serial, files, notes = data["serial"], data["files"], data["notes"]
    texts = [data["channel"], data["version"], data["min_from"], *notes, *notes.values()]
    if not all(isinstance(one, str) for one in texts) or not (is_version(data["version"]) and is_version(texts[2])):
        raise ValueError("texts")
    if type(serial) is not int or not 0 < serial < 2**53 or len(files) > MOST_FILES:
        raise ValueError("serial")
    if any(len(one) > LONGEST_NOTE for one in notes.values()):
        raise ValueError("notes")
    return Manifest(
        channel=data["channel"],
        version=data["version"],
        serial=serial,
        issued=_moment(data["issued"]),
        expires=_moment(data["expires"]),
        min_from=data["min_from"],
        files=tuple(_offer(one) for one in files),
        notes=dict(notes),
        signer=signer,
    )


def _offer(data: Mapping[str, Any]) -> Offer:
    found = Offer(data["platform"], data["name"], data["size"], data["sha256"])
    good = (
        isinstance(found.platform, str)
        and NAME.fullmatch(found.name)
        and type(found.size) is int
        and 0 < found.size <= LARGEST
        and re.fullmatch(r"[0-9a-f]{64}", found.sha256)
    )
    if not good:
        raise ValueError("file")
    return found


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _AT).replace(tzinfo=UTC)
