"""The Python for Windows that goes into the package: somebody brings it, and here it is looked at before it is believed.

It is an unpacked folder: python.org's "embeddable package", or any relocatable build with `python.exe` and the standard
library beside it. What it says of itself is read from its own bytes, because it can't be started here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from installer.build.binaries import PE, NoBinary
from installer.failure import ExitCode, Failure

OLDEST: Mapping[str, tuple[int, int]] = {"x64": (3, 11), "arm64": (3, 12)}
NEWEST = (3, 13)
"""What the lock has wheels for: `python3 -m installer wheels`."""
FINAL = 15
"""The release level of a Python that is no test version, in the third number of its version resource."""
LEFT_OUT: Mapping[str, str] = {
    "_wmi.pyd": "without it `platform` doesn't ask Windows' WMI, which takes seconds on some computers",
    "winsound.pyd": "the program makes no sounds",
    "python.cat": "a list of hashes for Windows' installer of Python",
    "_test*": "for the tests of Python",
    "_ctypes_test*": "for the tests of Python",
    "xxlimited*": "an example",
    "Lib/test": "for the tests of Python",
    "Lib/ensurepip": "nothing is installed into this Python",
    "Lib/venv": "it makes no environments",
    "Lib/idlelib": "an editor",
    "Lib/lib2to3": "for Python 2",
    "Lib/turtledemo": "drawings",
    "Lib/tkinter": "the window is Qt's",
    "Lib/site-packages": "packages come from the lock alone",
    "Scripts": "programs of those packages",
    "tcl": "for tkinter",
    "include": "for compilers",
    "libs": "for compilers",
    "Doc": "documentation",
    "**/__pycache__": "made again",
    "**/*.pdb": "for debuggers",
}
"""What is not taken along, and why."""
NEEDED = ("python.exe", "pythonw.exe", "python3.dll", "vcruntime140.dll")
MODULES = (
    "_ctypes.pyd",
    "_socket.pyd",
    "_ssl.pyd",
    "_sqlite3.pyd",
    "_hashlib.pyd",
    "_bz2.pyd",
    "_lzma.pyd",
    "unicodedata.pyd",
)


@dataclass(frozen=True)
class Runtime:
    """A Python for Windows in `folder`: its `version` (3, 13, 2) and `arch` (x64, arm64)."""

    folder: Path
    version: tuple[int, int, int]
    arch: str

    @property
    def short(self) -> str:
        """The version as locks and wheels name it: "3.13"."""
        return f"{self.version[0]}.{self.version[1]}"

    @property
    def stem(self) -> str:
        """How its own files begin: "python313"."""
        return f"python{self.version[0]}{self.version[1]}"

    @property
    def standard_library(self) -> tuple[str, ...]:
        """Where its modules are, relative to `python.exe`, as a `_pth` file says it."""
        return (f"{self.stem}.zip",) if (self.folder / f"{self.stem}.zip").is_file() else ("Lib", "DLLs")


def read_runtime(folder: Path, arch: str) -> Runtime:
    """The Python in `folder`, which must be for `arch`. Raises `Failure` (10) for everything else, in words."""
    found = sorted(path for path in folder.glob("python3*.dll") if re.fullmatch(r"python3\d+\.dll", path.name))
    if len(found) != 1:
        raise _refused(
            f"{folder} holds no Python for Windows." if not found else f"{folder} holds more than one Python.",
            "Give --python-runtime the folder that python.org's “Windows embeddable package” was unpacked into.",
        )
    told = _pe(found[0])
    if told.machine != arch:
        raise _refused(f"This Python is for {told.machine} processors, not for {arch}.", f"Give one for {arch}.")
    version = _version(found[0], told)
    if not OLDEST[arch] <= version[:2] <= NEWEST:
        oldest, newest = (".".join(map(str, one)) for one in (OLDEST[arch], NEWEST))
        raise _refused(
            f"This is Python {version[0]}.{version[1]}; the lock's packages are for {oldest} to {newest} on {arch}.",
            f"Give one of {newest}.",
        )
    runtime = Runtime(folder, version, arch)
    _check_whole(runtime)
    return runtime


def copy_runtime(runtime: Runtime, target: Path, lib: str = "..\\lib") -> None:
    r"""Copy the Python to `target`, without `LEFT_OUT`, with a `_pth` file that makes it find `lib`.

    With a `_pth` file it reads no environment variable (PYTHONHOME, PYTHONPATH) and no registry. `import site` is left out: it
    would read the person's own packages.
    """
    shutil.copytree(runtime.folder, target, copy_function=shutil.copyfile)
    for pattern in LEFT_OUT:
        for path in sorted(target.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in target.glob("*._pth"):
        path.unlink()
    lines = (*runtime.standard_library, ".", lib)
    (target / f"{runtime.stem}._pth").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")


def _version(path: Path, told: PE) -> tuple[int, int, int]:
    """What the resource says, which must agree with the file's name."""
    version = told.version
    if version is None or path.stem != f"python{version[0]}{version[1]}":
        raise _refused(f"{path.name} does not say which Python it is.", "Take an unchanged one from python.org.")
    micro, level = divmod(version[2], 1000)
    if level // 10 != FINAL:
        raise _refused("This Python is a test version.", "Take a final one.")
    return version[0], version[1], micro


def _check_whole(runtime: Runtime) -> None:
    folder = runtime.folder
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    lacking += [name for name in MODULES if not ((folder / name).is_file() or (folder / "DLLs" / name).is_file())]
    if not (folder / f"{runtime.stem}.zip").is_file() and not (folder / "Lib" / "os.py").is_file():
        lacking.append(f"{runtime.stem}.zip")
    if lacking:
        raise _refused(f"This Python is not whole: {lacking[0]} is missing.", "Unpack it again, all of it.")
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".exe", ".dll", ".pyd") and _pe(path).machine != runtime.arch:
            raise _refused(
                f"{path.name} in this Python is for another processor than {runtime.arch}.", "Unpack it again, alone."
            )


def _pe(path: Path) -> PE:
    try:
        return PE(path.read_bytes())
    except NoBinary as error:
        raise _refused(f"{path.name} can't be read: {error}.", "Unpack the Python again.") from error


def _refused(what: str, todo: str) -> Failure:
    return Failure(ExitCode.PYTHON, what, todo)
