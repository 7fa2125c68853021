"""The package for Windows 11's first menu: its hashes are right, it is the same each time, and it can be signed."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installer.build.msix import block_map, manifest, package_version, subject_of, write_package
from installer.build.windows_native import MENU_CLASS
from installer.verbs import PICTURE_TYPES
from tests.packaging.launching import VERSION, drawn_icons

pytestmark = pytest.mark.packaging

PUBLISHER = 'CN=Homespun & "Söhne", O=Test, C=DE'


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's icons."""
    return drawn_icons(tmp_path_factory.mktemp("icons"))


@pytest.fixture
def package(tmp_path: Path, icons: Path) -> Path:
    """A package that is not signed."""
    return write_package(tmp_path, "x64", VERSION, PUBLISHER, icons)


def test_every_block_of_every_file_has_its_hash_and_every_header_its_size(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        listed = ET.fromstring(archive.read("AppxBlockMap.xml"))
        whole = package.read_bytes()
        names = []
        for file in listed:
            content = archive.read(file.attrib["Name"])
            names.append(file.attrib["Name"])
            blocks = [content[at : at + 65_536] for at in range(0, len(content), 65_536)]
            assert [one.attrib["Hash"] for one in file] == [
                base64.b64encode(hashlib.sha256(block).digest()).decode() for block in blocks
            ]
            start = archive.getinfo(file.attrib["Name"]).header_offset + int(file.attrib["LfhSize"])
            assert whole[start : start + len(content)] == content
        assert {*names, "AppxBlockMap.xml", "[Content_Types].xml"} == set(archive.namelist())


def test_large_files_have_many_blocks() -> None:
    listed = ET.fromstring(block_map({"a": b"x" * 65_536 * 2 + b"y", "empty": b""}))
    assert [len(file) for file in listed] == [3, 0]


def test_the_manifest_names_the_library_and_every_kind_of_picture(package: Path) -> None:
    text = manifest("arm64", VERSION, PUBLISHER)
    root = ET.fromstring(text)
    kinds = [
        one.attrib["Type"]
        for one in root.iter("{http://schemas.microsoft.com/appx/manifest/desktop/windows10/5}ItemType")
    ]
    assert kinds == [*PICTURE_TYPES, "Directory"]
    identity = root[0].attrib
    assert (identity["Publisher"], identity["ProcessorArchitecture"]) == (PUBLISHER, "arm64")
    (library,) = root.iter("{http://schemas.microsoft.com/appx/manifest/com/windows10}Class")
    assert library.attrib["Path"] == rf"versions\{VERSION}\menu\homespunmenu-{VERSION}.dll"
    assert library.attrib["Id"] == str(MENU_CLASS)
    prefixes = set(re.findall(r"xmlns:(\w+)=", text))
    assert set(re.search(r'IgnorableNamespaces="([^"]+)"', text)[1].split()) == prefixes  # type: ignore[index]


def test_packages_grow_as_versions_do() -> None:
    versions = ["0.9", "1.0.0a1", "1.0.0b2", "1.0.0rc1", "1.0.0rc2", "1.0.0", "1.0.1"]
    numbers = [tuple(map(int, package_version(version).split("."))) for version in versions]
    assert numbers == sorted(numbers)
    assert {len(one) for one in numbers} == {4}


def test_two_packages_are_the_same_bytes(package: Path, tmp_path: Path, icons: Path) -> None:
    (tmp_path / "again").mkdir()
    again = write_package(tmp_path / "again", "x64", VERSION, PUBLISHER, icons)
    assert again.read_bytes() == package.read_bytes()


def test_it_can_be_signed_and_a_changed_byte_is_noticed(tmp_path: Path, icons: Path) -> None:
    for tool, debian in (("osslsigncode", "osslsigncode"), ("openssl", "openssl")):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} (Debian: apt-get install {debian})")
    key, certificate, both = tmp_path / "key.pem", tmp_path / "certificate.pem", tmp_path / "both.pfx"
    words = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/C=DE/ST=Nowhere/O=Test/CN=Homespun Test"]
    words += ["-addext", "extendedKeyUsage=codeSigning", "-addext", "basicConstraints=critical,CA:FALSE"]
    run("openssl", "req", "-x509", *words, "-keyout", key, "-out", certificate)
    run("openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", "pass:secret", "-out", both)
    publisher = subject_of(both, "secret")
    assert publisher == "CN=Homespun Test, O=Test, S=Nowhere, C=DE"
    package = write_package(tmp_path, "x64", VERSION, publisher, icons)
    signed = tmp_path / "signed.msix"

    run("osslsigncode", "sign", "-pkcs12", both, "-pass", "secret", "-h", "sha256", "-in", package, "-out", signed)

    assert verified(signed, certificate) == 0
    with zipfile.ZipFile(signed) as archive:
        assert archive.read("AppxSignature.p7x").startswith(b"PKCX")
        at = archive.getinfo("logo-256.png").header_offset + 500
    data = bytearray(signed.read_bytes())
    data[at] ^= 1
    signed.write_bytes(data)
    assert verified(signed, certificate) != 0


def run(*words: str | Path) -> None:
    """Run a program that must succeed."""
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def verified(signed: Path, certificate: Path) -> int:
    """The exit code of `osslsigncode verify`."""
    words = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(signed)]
    return subprocess.run(words, capture_output=True, check=False).returncode
