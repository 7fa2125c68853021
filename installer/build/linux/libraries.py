"""Which packages of Debian a folder of native libraries needs: read from what the libraries are linked to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from installer.build.binaries import needed
from installer.build.parts import LIBRARY
from installer.failure import ExitCode, Failure
from installer.libraries import QT_LIBRARIES

GLIBC = "2.34"
"""The C library that the lock's wheels for Linux x64 are asked for (`tree.LINUX_X64`)."""
BASE = {
    "libX11.so.6": "libx11-6",
    "libc.so.6": "libc6 (>= {glibc})",
    "libdl.so.2": "libc6 (>= {glibc})",
    "libgcc_s.so.1": "libgcc-s1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libm.so.6": "libc6 (>= {glibc})",
    "libpthread.so.0": "libc6 (>= {glibc})",
    "librt.so.1": "libc6 (>= {glibc})",
    "libstdc++.so.6": "libstdc++6 (>= 11)",
    "libutil.so.1": "libc6 (>= {glibc})",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Library → Debian package, beside those of `QT_LIBRARIES`. The loader itself comes with libc6."""
LOADER = re.compile(r"ld-linux.*\.so\.\d")
WAYLAND = re.compile(r"/(wayland-|libQt6(Wayland|WlShell)|platforms/libqwayland)")
"""Parts of Qt that only a session of Wayland loads: what they need is recommended."""
LEFT_ALONE = re.compile(r"/platformthemes/|^numba/np/ufunc/(omp|tbb)pool\.")
"""Parts that are loaded only where the system has what they need: GTK's dialogs, and threads that our kernels don't use."""


@dataclass(frozen=True)
class Needs:
    """Debian packages, sorted."""

    depends: tuple[str, ...]
    recommends: tuple[str, ...]


def needs(lib: Path, glibc: str = GLIBC) -> Needs:
    """What the libraries in `lib` need of the system. Raises `Failure` for a library that no package here is known for."""
    files = [path for path in sorted(lib.rglob("*")) if LIBRARY.search(path.name) and path.is_file()]
    own = {path.name for path in files}
    depends: set[str] = set()
    recommends: set[str] = set()
    for path in files:
        name = path.relative_to(lib).as_posix()
        if LEFT_ALONE.search(name):
            continue
        wanted = {_package(one, name, glibc) for one in needed(path) if one not in own and not LOADER.fullmatch(one)}
        (recommends if WAYLAND.search(name) else depends).update(wanted)
    return Needs(tuple(sorted(depends)), tuple(sorted(recommends - depends)))


def _package(library: str, of: str, glibc: str) -> str:
    found = BASE.get(library) or QT_LIBRARIES.get(library)
    if found is None:
        raise Failure(
            ExitCode.FAILED,
            f"{of} needs {library}, and no Debian package is known for it.",
            "Add it to installer/build/linux/libraries.py, or leave out what needs it in installer/build/trim.py.",
        )
    return found.format(glibc=glibc)
