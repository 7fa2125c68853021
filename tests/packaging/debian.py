"""A clean Debian in a folder, made once, copied for each use, and entered without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
ANN = 1000
"""The number of the ordinary person in it."""
MOVING = (
    "etc/ld.so.cache", "etc/resolv.conf", "home", "proc", "root", "run", "tmp", "var/cache", "var/lib/apt", "var/lib/dpkg",
    "var/lib/systemd", "var/log",
)  # fmt: skip
"""What apt and dpkg write about themselves."""
_ENTER = """\
root=$1; shift
mount -t proc proc "$root/proc"
exec "$@"
"""


class Unavailable(Exception):
    """No clean Debian can be had here; the words say why."""


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and all that it printed."""

    rc: int
    output: str


@dataclass(frozen=True)
class Debian:
    """A root folder."""

    root: Path

    def as_root(self, *command: str, timeout: float = 1500) -> Ran:
        """Run a command as root, with the network, in mounts of its own."""
        inside = ["chroot", str(self.root), "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
        inside += ["DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", *command]
        return self._enter(["unshare", "--mount", "--propagation", "private"], inside, timeout)

    def as_ann(self, *command: str, timeout: float = 1500, **variables: str) -> Ran:
        """Run a command as an ordinary person, in her home, without any network."""
        told = [f"{name}={value}" for name, value in variables.items()]
        inside = ["chroot", f"--userspec={ANN}:{ANN}", str(self.root), "/usr/bin/env", "-i", "--chdir=/home/ann"]
        inside += ["HOME=/home/ann", "USER=ann", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", *told, *command]
        apart = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        return self._enter(apart, inside, timeout)

    def _enter(self, apart: Sequence[str], inside: Sequence[str], timeout: float) -> Ran:
        command = [*apart, "bash", "-e", "-c", _ENTER, "_", str(self.root), *inside]
        finished = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
        return Ran(finished.returncode, finished.stdout)

    def files(self) -> set[str]:
        """Every file and folder, but for what apt and dpkg write about themselves."""
        found = set()
        for folder, folders, names in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            folders[:] = [one for one in folders if (here / one).as_posix() not in MOVING]
            found |= {(here / one).as_posix() for one in (*folders, *names) if (here / one).as_posix() not in MOVING}
        return found

    def diverge(self, target: Path) -> Debian:
        """A copy of it."""
        subprocess.run(["cp", "--archive", "--reflink=auto", str(self.root), str(target)], check=True)
        return Debian(target)


def clean_debian(folder: Path) -> Debian:
    """A minimal Debian: `folder`/root, or the one in HOMESPUN_DEBIAN_CACHE, made once. Raises `Unavailable`."""
    cache = os.environ.get("HOMESPUN_DEBIAN_CACHE")
    base = Path(cache) if cache else folder
    root = base / f"{SUITE}-minbase"
    if root.is_dir():
        return Debian(root)
    if os.geteuid() != 0:
        raise Unavailable("only root can make a root folder of Debian")
    for tool, package in (("debootstrap", "debootstrap"), ("unshare", "util-linux"), ("chroot", "coreutils")):
        if shutil.which(tool) is None:
            raise Unavailable(f"there is no {tool} here (Debian's {package})")
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base) as part:
        command = ["debootstrap", "--variant=minbase", SUITE, f"{part}/root", MIRROR]
        made = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=900
        )
        if made.returncode:
            raise Unavailable(f"debootstrap could not make a Debian: {made.stdout[-300:]}")
        shutil.copyfile("/etc/resolv.conf", f"{part}/root/etc/resolv.conf")
        subprocess.run(["chroot", f"{part}/root", "useradd", "--create-home", "--uid", str(ANN), "ann"], check=True)
        Path(part, "root").rename(root)
    return Debian(root)


def give(debian: Debian, files: Iterable[Path]) -> None:
    """Put files into Ann's home."""
    for path in files:
        target = debian.root / "home" / "ann" / path.name
        shutil.copyfile(path, target)
        os.chown(target, ANN, ANN)
