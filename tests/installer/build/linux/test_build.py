"""`build linux`: its words, the Python it is for, and the package file that comes out of a folder."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from installer.build import linux
from installer.build.linux import deb, wheel
from installer.failure import ExitCode, Failure

TIME = 1_700_000_000


@pytest.mark.parametrize(
    ("words", "formats"), [("deb,wheel", ("deb", "wheel")), ("wheel", ("wheel",)), (" deb , deb", ("deb",))]
)
def test_formats_are_named_with_commas(words: str, formats: tuple[str, ...]) -> None:
    assert linux.chosen(words) == formats


@pytest.mark.parametrize(
    ("words", "said"), [("rpm", "no format .rpm"), ("", "no format"), ("deb,appimage", "No AppImage")]
)
def test_what_is_not_made_is_said(words: str, said: str) -> None:
    with pytest.raises(Failure, match=said) as failed:
        linux.chosen(words)
    assert failed.value.code is ExitCode.USAGE


def test_the_python_is_asked_for_its_version(tmp_path: Path) -> None:
    assert linux.python_version(sys.executable) == "{}.{}".format(*sys.version_info[:2])
    with pytest.raises(Failure, match="no Python that starts"):
        linux.python_version(str(tmp_path / "absent"))
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\necho 3.10\n")
    old.chmod(0o755)
    with pytest.raises(Failure, match=r"Python 3\.10") as failed:
        linux.python_version(str(old))
    assert failed.value.code is ExitCode.PYTHON


def _stage(folder: Path, when: int) -> Path:
    for name, text in {
        "usr/bin/homespun": deb.LAUNCHER,
        "opt/homespun/lib/a.py": "a",
        "DEBIAN/control": CONTROL,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        os.utime(path, (when, when))
    deb.settle(folder, TIME)
    return folder


CONTROL = "Package: homespun\nVersion: 1-1\nArchitecture: all\nMaintainer: A <a@b.example>\nDescription: x\n"


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb (Debian's dpkg)")
def test_the_same_files_give_the_same_package_whenever_and_with_whatever_rights_they_were_made(tmp_path: Path) -> None:
    first = deb.pack(_stage(tmp_path / "one", 1_000), tmp_path / "one.deb", TIME)
    second = deb.pack(_stage(tmp_path / "two", 2_000_000_000), tmp_path / "two.deb", TIME)
    assert first.read_bytes() == second.read_bytes()
    listed = subprocess.run(
        ["dpkg-deb", "-c", str(first)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    modes = {row.split()[-1]: (row.split()[0], row.split()[1]) for row in listed}
    assert modes["./usr/bin/homespun"] == ("-rwxr-xr-x", "root/root")
    assert modes["./opt/homespun/lib/a.py"] == ("-rw-r--r--", "root/root")


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb (Debian's dpkg)")
def test_a_package_that_fails_leaves_no_half_of_it(tmp_path: Path) -> None:
    stage = _stage(tmp_path / "one", 1_000)
    (stage / "DEBIAN" / "control").write_text("nonsense\n")
    with pytest.raises(Failure, match="could not make"):
        deb.pack(stage, tmp_path / "out.deb", TIME)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_the_launcher_believes_no_setting_for_python_and_takes_our_packages_first(tmp_path: Path) -> None:
    lib = tmp_path / "lib" / "desktop"
    (lib / "cli").mkdir(parents=True)
    (lib / "__init__.py").write_text("")
    (lib / "cli" / "__init__.py").write_text(
        "import os, sys\ndef leave():\n    print(sys.path[0], [n for n in os.environ if n.startswith('PYTHON')], sys.argv[1:])\n"
    )
    launcher = tmp_path / "homespun"
    launcher.write_text(deb.LAUNCHER.replace("/opt/homespun/lib", str(tmp_path / "lib")))
    (tmp_path / "foreign" / "desktop").mkdir(parents=True)
    ran = subprocess.run(
        [sys.executable, "-I", str(launcher), "a b"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "foreign"), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == f"{tmp_path / 'lib'} [] ['a b']"


def test_a_source_archive_is_the_same_whoever_packed_it_and_when() -> None:
    def packed(when: int, names: tuple[str, ...]) -> bytes:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name in names:
                entry = tarfile.TarInfo(name)
                entry.size, entry.mtime, entry.uid, entry.uname, entry.mode = 3, when, when % 1000, "ann", 0o600
                archive.addfile(entry, io.BytesIO(b"abc"))
        return buffer.getvalue()

    first = wheel.settled(packed(1_600_000_000, ("a", "b")), TIME)
    assert first == wheel.settled(packed(1_700_000_001, ("b", "a")), TIME)
    with tarfile.open(fileobj=io.BytesIO(first)) as archive:
        assert [(one.name, one.mtime, one.uid, one.mode) for one in archive] == [
            ("a", TIME, 0, 0o644),
            ("b", TIME, 0, 0o644),
        ]
