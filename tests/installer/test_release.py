"""Publishing: what openssl signs is what the running program believes, and what nobody would believe isn't written."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from desktop.updates.manifest import is_signed, opened
from installer import filelist
from installer.build import release, run
from installer.build.tree import copy_program
from installer.failure import ExitCode, Failure

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs Debian's package openssl")
ROOT = Path(__file__).resolve().parents[2]


class Here:
    """As much of a Builder as publishing needs."""

    root = ROOT


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The release key and its successor, as openssl makes them."""
    folder = tmp_path_factory.mktemp("keys")
    made = []
    for name in ("release", "successor"):
        path = folder / f"{name}.pem"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True, capture_output=True
        )
        made.append(path)
    return made[0], made[1]


def publish(tmp_path: Path, key: Path, *more: str) -> Path:
    archive = tmp_path / "Homespun-1.2.0-windows-x64.zip"
    archive.write_bytes(b"an archive")
    (tmp_path / "new.txt").write_text("It is quicker.\n")
    out = tmp_path / "server"
    words = ["manifest", "--key", str(key), "--file", f"windows-x64={archive}", "--out", str(out), "--version", "1.2.0"]
    builder: Any = Here()
    assert run(builder, [*words, "--notes-en", str(tmp_path / "new.txt"), *more]) == ExitCode.OK
    return out


def test_what_is_published_is_believed(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    out = publish(tmp_path, keys[0])
    believed = tuple(bytes.fromhex(release.public_key(str(key))) for key in keys)
    found = opened((out / "stable.manifest").read_bytes(), believed)
    assert (found.version, found.signer, found.notes) == ("1.2.0", 0, {"en": "It is quicker."})
    assert found.files[0].size == len(b"an archive")
    assert (found.expires - found.issued).days == release.VALID_DAYS
    assert (out / "1.2.0.manifest").read_bytes() == (out / "stable.manifest").read_bytes()
    assert (out / found.files[0].name).read_bytes() == b"an archive"


def test_the_successor_is_the_second_signer(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    out = publish(tmp_path, keys[1], "--channel", "beta", "--serial", "7", "--issued", "2026-11-30T12:00:00Z")
    believed = tuple(bytes.fromhex(release.public_key(str(key))) for key in keys)
    found = opened((out / "beta.manifest").read_bytes(), believed)
    assert (found.signer, found.serial, found.channel) == (1, 7, "beta")


def test_a_serial_that_no_program_would_believe_is_refused(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    publish(tmp_path, keys[0], "--serial", "8")
    with pytest.raises(Failure, match="has the serial 8 already"):
        publish(tmp_path, keys[0], "--serial", "8")
    publish(tmp_path, keys[0], "--serial", "9")


@pytest.mark.parametrize(
    "more",
    [("--version", "x"), ("--min-from", "2.0.0"), ("--days", "0"), ("--days", "9000"), ("--issued", "today"),
     ("--file", "windows-x64"), ("--file", "windows-x64=nowhere.zip"), ("--notes-de", "nowhere.txt")],
)  # fmt: skip
def test_what_makes_no_sense_is_not_published(tmp_path: Path, keys: tuple[Path, Path], more: tuple[str, ...]) -> None:
    with pytest.raises(Failure):
        publish(tmp_path, keys[0], *more)
    assert not (tmp_path / "server" / "stable.manifest").exists()


def test_a_key_of_another_kind_signs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rsa.pem"
    words = ["openssl", "genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(path)]
    subprocess.run(words, check=True, capture_output=True)
    with pytest.raises(Failure, match=r"Ed25519|openssl failed"):
        release.sign(b"x", path)
    with pytest.raises(Failure, match="no Ed25519 key"):
        release.public_key(str(path))
    with pytest.raises(Failure, match="openssl failed"):
        release.public_key(str(tmp_path / "none.pem"))


def test_public_keys_are_read_from_either_half(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    public = tmp_path / "public.pem"
    subprocess.run(["openssl", "pkey", "-in", str(keys[0]), "-pubout", "-out", str(public)], check=True)
    assert release.public_key(str(public)) == release.public_key(str(keys[0]))
    assert release.public_key("ab" * 32) == "ab" * 32


def test_a_list_of_files_is_signed(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    folder = tmp_path / "1.2.0"
    folder.mkdir()
    (folder / "a").write_text("a")
    filelist.write(folder, "1.2.0", "windows-x64")
    signature = release.sign_list(folder, keys[0]).read_bytes()
    key = bytes.fromhex(release.public_key(str(keys[0])))
    assert is_signed((folder / "files.json").read_bytes(), signature, key)
    assert not is_signed((folder / "files.json").read_bytes() + b" ", signature, key)


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    release.add_update_options(parser)
    return parser.parse_args(words)


def test_a_build_is_told_whom_it_believes(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    words = ["--update-address", "https://example.com/h/", "--update-key", str(keys[0]), "--update-key", str(keys[1])]
    note = release.update_note(options(*words))
    assert note == {
        "address": "https://example.com/h/",
        "channel": "stable",
        "keys": [release.public_key(str(keys[0])), release.public_key(str(keys[1]))],
    }
    copy_program(ROOT, tmp_path / "lib", "windows", "windows-x64", update=note)
    assert json.loads((tmp_path / "lib" / "homespun-build.json").read_text())["update"] == note


def test_a_build_without_keys_has_no_note(tmp_path: Path) -> None:
    assert release.update_note(options()) is None


@pytest.mark.parametrize(
    "words",
    [("--update-address", "https://example.com/"), ("--update-key", "ab" * 32), ("--update-key", "zz"),
     ("--update-address", "https://example.com/", "--update-key", "ab" * 32, "--update-key", "ab" * 32),
     ("--update-address", "http://example.com/", "--update-key", "ab" * 32, "--update-key", "cd" * 32)],
)  # fmt: skip
def test_half_a_note_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(Failure):
        release.update_note(options(*words))
