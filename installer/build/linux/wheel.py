"""The wheel and the source archive, for pip and pipx: made by the build backend that pyproject.toml names, in a folder aside.

They hold what every package of ours holds (`tree.program_files`): the six packages with samples, bundled models, words and
icons; of `installer` only what stays with the program.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

from installer.build import tree
from installer.failure import ExitCode, Failure
from installer.pip import Pip, python_environment

BACKEND = """\
setuptools==84.2.1 --hash=sha256:ca140b45d5325a9478f880e351484f62fef15f336462e449ca0c03c873d589c2
"""
"""pip would fetch the newest that pyproject.toml allows, unseen. This one is checked like everything in the locks."""
_BUILD = """\
import sys
_, backend, out = sys.argv
sys.path.insert(0, backend)
from setuptools import build_meta
build_meta.build_sdist(out)
build_meta.build_wheel(out)
"""
PAPERS = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


def make(
    root: Path, python: Path, pip: Pip, time: int, work: Path, out: Path, note: Callable[[str], None]
) -> list[Path]:
    """Build both into `out` with `python`, whose `pip` fetches the backend; `work` is an empty folder. Their paths.

    The same sources and `time` give the same bytes. Raises `Failure` (1, 11, 13, 14).
    """
    backend, source, made = work / "backend", work / "source", work / "made"
    made.mkdir(parents=True)
    note("the build backend")
    lock = work / "backend.lock"
    lock.write_text(BACKEND, encoding="utf-8")
    words = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--target", str(backend)]
    pip.install([*words, "--requirement", str(lock)], note)
    copy_source(root, source, time)
    note("the wheel")
    finished = subprocess.run(
        [str(python), "-I", "-c", _BUILD, str(backend), str(made)],
        cwd=source,
        env={**python_environment(), "SOURCE_DATE_EPOCH": str(time)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if finished.returncode:
        raise Failure(
            ExitCode.FAILED, "The wheel could not be built.", "Read the words below.", detail=finished.stdout[-4000:]
        )
    out.mkdir(parents=True, exist_ok=True)
    (wheel,) = made.glob("*.whl")
    (archive,) = made.glob("*.tar.gz")
    shutil.copyfile(wheel, out / wheel.name)
    (out / archive.name).write_bytes(settled(archive.read_bytes(), time))
    return [out / wheel.name, out / archive.name]


def copy_source(root: Path, source: Path, time: int) -> None:
    """Copy what the wheel is made of from the checkout `root` to `source`, so that nothing is written into the checkout."""
    files = [root / name for name in PAPERS]
    files += [path for package in tree.PACKAGES for path in tree.program_files(root / package)]
    for path in files:
        target = source / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o644)
        os.utime(target, (time, time))


def settled(archive: bytes, time: int) -> bytes:
    """A .tar.gz with sorted entries that belong to nobody and are all of `time`: the same bytes on every computer."""
    buffer = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as source,
        tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as target,
    ):
        for entry in sorted(source.getmembers(), key=lambda one: one.name):
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname, entry.pax_headers = time, 0, 0, "", "", {}
            entry.mode = 0o755 if entry.isdir() else 0o644
            target.addfile(entry, source.extractfile(entry) if entry.isfile() else None)
    return gzip.compress(buffer.getvalue(), 9, mtime=0)
