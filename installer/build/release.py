"""Publishing a version: the signed announcement that running programs believe, and the keys that builds carry.

Signing is openssl's work (3.0 or newer: `pkeyutl -rawin`); the private key is a PEM file that only whoever publishes has, and
never lies in the checkout. The successor's key stays offline until the release key is lost or stolen: a manifest signed with
it makes every program that sees it refuse the release key from then on.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from installer import project
from installer.atomic import write_whole
from installer.failure import ExitCode, Failure
from installer.filelist import NAME, SIGNATURE
from installer.versions import is_version, order

if TYPE_CHECKING:
    from installer.environment import Builder

MAGIC = b"homespun-manifest 1 "
ED25519 = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410)."""
CHANNELS = ("stable", "beta")
VALID_DAYS = 90
LANGUAGES = ("en", "de")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,120}")
_AT = "%Y-%m-%dT%H:%M:%SZ"


def build(builder: Builder, words: Sequence[str]) -> int:
    """`build manifest …`: write and sign the announcement of a version; the exit code. Raises `Failure`."""
    options = arguments(project.version(builder.root)).parse_args(words)
    now = _moment(options.issued) if options.issued else datetime.now(UTC).replace(microsecond=0)
    files = [announced(one) for one in options.file]
    notes = {language: _text(path) for language in LANGUAGES if (path := getattr(options, f"notes_{language}"))}
    data = manifest(
        version=options.version,
        channel=options.channel,
        serial=options.serial or int(now.timestamp()),
        issued=now,
        days=options.days,
        min_from=options.min_from,
        files=files,
        notes=notes,
    )
    signed = signed_manifest(data, options.key)
    options.out.mkdir(parents=True, exist_ok=True)
    _refuse_older(options.out / f"{options.channel}.manifest", data["serial"])
    for spec in options.file:
        path = Path(spec.partition("=")[2])
        if path.resolve().parent != options.out.resolve():
            shutil.copyfile(path, options.out / path.name)
    for name in (options.version, options.channel):  # the one that programs ask for comes last
        write_whole(options.out / f"{name}.manifest", signed, 0o644)
    print(f"Signed with the key {public_key(str(options.key))}: serial {data['serial']}, valid until {data['expires']}")
    print(f"Ready to be put on a server: {options.out}")
    return int(ExitCode.OK)


def manifest(
    *,
    version: str,
    channel: str,
    serial: int,
    issued: datetime,
    days: int,
    min_from: str,
    files: Sequence[dict[str, Any]],
    notes: dict[str, str],
) -> dict[str, Any]:
    """The announcement of `version`, valid for `days` days. Raises `Failure` for what no program would believe."""
    if not (is_version(version) and is_version(min_from)) or order(min_from) > order(version) or not 0 < days <= 400:
        raise Failure(ExitCode.USAGE, "Version, oldest version or days make no sense.", "Look at --help.")
    return {
        "schema": 1,
        "channel": channel,
        "version": version,
        "serial": serial,
        "issued": issued.strftime(_AT),
        "expires": (issued + timedelta(days=days)).strftime(_AT),
        "min_from": min_from,
        "files": list(files),
        "notes": notes,
    }


def announced(spec: str) -> dict[str, Any]:
    """What a manifest says of `PLATFORM=PATH`. Raises `Failure`."""
    platform, _, name = spec.partition("=")
    path = Path(name)
    if not platform or not path.is_file() or not _FILE_NAME.fullmatch(path.name):
        raise Failure(
            ExitCode.USAGE, f"{spec!r} names no file to announce.", "Say: --file windows-x64=Homespun-1.2.0.zip"
        )
    sums = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            sums.update(block)
    return {"platform": platform, "name": path.name, "size": path.stat().st_size, "sha256": sums.hexdigest()}


def signed_manifest(data: dict[str, Any], key: Path) -> bytes:
    """`data` as programs read it: a line with the signature, then canonical JSON. Raises `Failure`."""
    body = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return MAGIC + base64.b64encode(sign(body, key)) + b"\n" + body


def sign_list(folder: Path, key: Path) -> Path:
    """Sign the `files.json` of the version in `folder`: `files.json.sig`, 64 bytes. Raises `Failure`."""
    target = folder / SIGNATURE
    write_whole(target, sign((folder / NAME).read_bytes(), key), 0o644)
    return target


def sign(content: bytes, key: Path) -> bytes:
    """The Ed25519 signature (64 bytes) of `content` with the private key in the PEM file `key`. Raises `Failure`."""
    with tempfile.TemporaryDirectory() as folder:
        body, signature = Path(folder) / "body", Path(folder) / "signature"
        body.write_bytes(content)
        words = ["pkeyutl", "-sign", "-rawin", "-inkey", str(key), "-in", str(body), "-out", str(signature)]
        _openssl(words, f"{key} can't sign")
        signed = signature.read_bytes()
        words = ["pkeyutl", "-verify", "-rawin", "-inkey", str(key), "-in", str(body), "-sigfile", str(signature)]
        _openssl(words, f"{key} can't verify what it signed")
    if len(signed) != 64:
        raise Failure(ExitCode.USAGE, f"{key} is no Ed25519 key.", "Make one: openssl genpkey -algorithm ed25519")
    return signed


def public_key(key: str) -> str:
    """The public key (64 hex digits) that `key` says: itself, or the PEM file that it names, private or public.

    Raises `Failure`.
    """
    if re.fullmatch(r"[0-9a-f]{64}", key):
        return key
    path = Path(key)
    kind = ["-pubin"] if path.is_file() and b"PUBLIC KEY" in path.read_bytes() else []
    der = _openssl(
        ["pkey", *kind, "-in", key, *(["-pubout"] if not kind else []), "-outform", "DER"], f"{key} is no key"
    )
    if not der.startswith(ED25519) or len(der) != len(ED25519) + 32:
        raise Failure(ExitCode.USAGE, f"{key} is no Ed25519 key.", "Make one: openssl genpkey -algorithm ed25519")
    return der[len(ED25519) :].hex()


def add_update_options(parser: argparse.ArgumentParser) -> None:
    """The options by which a build is told whom it believes; without them it can't be updated by itself."""
    group = parser.add_argument_group("updates", "whom this build believes; without these it can't update itself")
    group.add_argument("--update-address", metavar="URL", help="the folder where manifests and archives will be")
    group.add_argument(
        "--update-key",
        action="append",
        default=[],
        metavar="KEY",
        help="twice: the release key, then its offline successor; a PEM file, or 64 hex digits",
    )
    group.add_argument("--update-channel", choices=CHANNELS, default=CHANNELS[0])


def update_note(options: argparse.Namespace) -> dict[str, Any] | None:
    """What `homespun-build.json` says under `update`; None for a build without. Raises `Failure`."""
    keys = [public_key(one) for one in options.update_key]
    if not keys and not options.update_address:
        return None
    if len(set(keys)) != 2 or not str(options.update_address or "").startswith("https://"):
        raise Failure(
            ExitCode.USAGE,
            "A build that updates itself needs an address that begins with https://, and two different keys.",
            "Give --update-address once and --update-key twice, or none of them.",
        )
    return {"address": options.update_address, "channel": options.update_channel, "keys": keys}


def arguments(version: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m installer build manifest", description="Announce a version: see docs/updates.md.", allow_abbrev=False
    )  # fmt: skip
    parser.add_argument("--key", type=Path, required=True, metavar="PEM", help="the private key that signs")
    parser.add_argument(
        "--file", action="append", required=True, metavar="PLATFORM=PATH", help="what to announce (repeatable)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="what will be put on the server")
    parser.add_argument("--version", default=version)
    parser.add_argument("--channel", choices=CHANNELS, default=CHANNELS[0])
    parser.add_argument("--serial", type=int, help="grows with each manifest; default: the seconds since 1970")
    parser.add_argument("--issued", metavar="TIME", help="as 2026-11-30T12:00:00Z; default: now")
    parser.add_argument("--days", type=int, default=VALID_DAYS, help="how long it may be believed")
    parser.add_argument(
        "--min-from", default="0.1.0", metavar="VERSION", help="older ones have to run the installer instead"
    )
    for language in LANGUAGES:
        parser.add_argument(f"--notes-{language}", type=Path, metavar="FILE", help="what is new, as plain text")
    return parser


def _refuse_older(path: Path, serial: int) -> None:
    """Raise `Failure` when `path` announces something later already: no program would believe the new one."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        before = json.loads(path.read_bytes().partition(b"\n")[2])["serial"]
        if before >= serial:
            raise Failure(
                ExitCode.USAGE,
                f"{path} has the serial {before} already, and this one would be {serial}.",
                "Give a higher --serial, or leave it out.",
            )


def _openssl(words: Sequence[str], what: str) -> bytes:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise Failure(ExitCode.LIBRARY, "This needs openssl, which is not here.", "Install it: apt install openssl")
    ended = subprocess.run([openssl, *words], capture_output=True, check=False)
    if ended.returncode:
        raise Failure(
            ExitCode.USAGE,
            f"openssl failed: {what}.",
            "Look at its words; it must be 3.0 or newer, and the key Ed25519.",
            detail=ended.stderr.decode("utf-8", "replace"),
        )
    return ended.stdout


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, _AT).replace(tzinfo=UTC)
    except ValueError:
        raise Failure(ExitCode.USAGE, f"{text} is no time.", "Write it as 2026-11-30T12:00:00Z.") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(ExitCode.USAGE, f"{path} can't be read: {error}.", "Name a text file in UTF-8.") from error
