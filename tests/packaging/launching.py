"""A program folder of Windows for the tests of the launchers: the real ones, and versions that only write down what comes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from installer.build.windows_native import compile_native
from installer.failure import Failure
from tests.packaging.windows_python import Unavailable
from tests.packaging.wine import Wine, wait_for

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent / "native"
LIMITS = ("-DGATHER_QUIET=3000", "-DGATHER_MOST=90000", "-DANSWER_PATIENCE=6000", "-DSTART_PATIENCE=60000")
"""Milliseconds, in the place of 200, 1500, 10000 and 30000: a process takes ten times as long to start under wine."""
VERSION = "1.2.0"


def drawn_icons(folder: Path) -> Path:
    """The program's icons, made by the program."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "desktop.window.art", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return folder


def compiled(folder: Path, *also: str, arch: str = "x64") -> dict[str, Path]:
    """The native programs, with `also` for the compiler. Raises `Unavailable`."""
    try:
        return compile_native(folder / "out", arch, VERSION, drawn_icons(folder / "icons"), also=also)
    except Failure as failure:
        if not failure.detail:
            raise Unavailable(f"{failure.what} {failure.todo}") from failure
        raise


@dataclass
class Program:
    """A program folder `root` on drive C:, and a home of the app that its launcher talks to."""

    wine: Wine
    root: Path
    home: Path
    python: Path

    @classmethod
    def make(
        cls, wine: Wine, native: dict[str, Path], python: Path, name: str, files: str = "Progräm files"
    ) -> Program:
        """A new one with the launchers, and no version yet, in a folder called `files`."""
        folder = wine.drive / "tests" / name
        root = folder / files
        root.mkdir(parents=True)
        for file in ("homespun-launch.exe", "homespun.exe"):
            shutil.copy(native[file], root / file)
        return cls(wine, root, folder / "Hömé", python)

    def add_version(self, version: str, main: str = "") -> Path:
        """A version whose app is `native/server.py`, or a program `main` that ends at once."""
        folder = self.root / "versions" / version
        (folder / "lib" / "desktop").mkdir(parents=True)
        if main:
            (folder / "python").mkdir()
            for name in ("python.exe", "pythonw.exe"):
                shutil.copy(main, folder / "python" / name)
            return folder
        shutil.copytree(self.python.parent, folder / "python", copy_function=os.link)
        file = folder / "python" / "python313._pth"
        file.unlink()
        lines = [
            "python313.zip",
            ".",
            r"..\lib",
            self.wine.path(ROOT),
            self.wine.path(Path(platformdirs.__file__).parents[1]),
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        real = self.wine.path(ROOT / "desktop")
        (folder / "lib" / "desktop" / "__init__.py").write_text(f"__path__.append({real!r})\n", encoding="utf-8")
        shutil.copy(HERE / "server.py", folder / "lib" / "desktop" / "__main__.py")
        return folder

    def point(self, text: str) -> None:
        """Write `current.json`."""
        (self.root / "current.json").write_text(text, encoding="utf-8")

    def pointer(self) -> dict[str, Any]:
        """What `current.json` says."""
        return dict(json.loads((self.root / "current.json").read_text(encoding="utf-8")))

    def starts(self, version: str) -> int:
        """How many starts of a version are counted."""
        file = self.root / f"starts-{version}"
        return file.stat().st_size if file.is_file() else 0

    @property
    def app_python(self) -> Path:
        """The Python of the version `VERSION`, which finds our packages."""
        return self.root / "versions" / VERSION / "python" / "python.exe"

    @property
    def log(self) -> Path:
        """What the app writes down."""
        return self.home.parent / "log.jsonl"

    @property
    def environment(self) -> dict[str, str]:
        """For launchers and apps."""
        return {
            "HOMESPUN_HOME": self.wine.path(self.home),
            "HOMESPUN_TEST_LOG": self.wine.path(self.log),
            "PYTHONHOME": r"C:\nowhere",  # of another Python; nothing of it may reach ours
        }

    def noted(self, event: str) -> list[dict[str, Any]]:
        """The notes of one kind."""
        if not self.log.is_file():
            return []
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if line["event"] == event]

    def asked(self) -> list[tuple[str, list[str]]]:
        """What the app was asked."""
        return [(one["do"], one["paths"]) for one in self.noted("asked")]

    def serve(self, mode: str = "listen") -> None:
        """Start the app in `mode` and wait until it stands."""
        script = self.wine.path(HERE / "server.py")
        self.wine.start(self.app_python, script, mode, env=self.environment)
        wait_for(lambda: [one for one in self.noted("up") if one["mode"] == mode], f"the app is not {mode}")

    def launch(self, *words: str, stdin: bytes | None = None) -> int:
        """The launcher's exit code."""
        return self.wine.run(self.root / "homespun-launch.exe", *words, env=self.environment, stdin=stdin).rc

    def launch_many(self, calls: Sequence[Sequence[str]]) -> list[int]:
        """Start one launcher for each of `calls` without waiting, as Explorer does; their exit codes."""
        launcher = self.wine.path(self.root / "homespun-launch.exe")
        file = self.home.parent / "many.json"
        file.write_text(json.dumps([[launcher, *words] for words in calls]), encoding="utf-8")
        ran = self.wine.run(self.python, self.wine.path(HERE / "many.py"), self.wine.path(file), env=self.environment)
        return list(json.loads(ran.output.splitlines()[-1]))

    def quit(self) -> None:
        """End the app."""
        script = "import os; from desktop.instance import hand_over; from desktop.handoff import Request; hand_over(Request('quit'))"
        self.wine.run(self.app_python, "-c", script, env=self.environment)
