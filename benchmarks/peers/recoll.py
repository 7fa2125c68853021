"""Recoll as a peer: its own index in its own configuration folder, asked through `recollq`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from benchmarks.machine import Run, run
from benchmarks.table import Skipped


def version() -> str:
    """As "Recoll 1.34.3"; raises `Skipped` when it is not installed."""
    if not shutil.which("recollindex") or not shutil.which("recollq"):
        raise Skipped("Recoll is not installed")
    said = subprocess.run(["recollq", "-v"], capture_output=True, text=True, check=False)
    found = re.search(r"Recoll (\d[\w.]*)", said.stdout + said.stderr)
    return f"Recoll {found.group(1)}" if found else "Recoll"


class Recoll:
    """Recoll over one folder. `configuration` is made anew by `build`."""

    def __init__(self, configuration: Path, folder: Path) -> None:
        self.configuration = configuration
        self._folder = folder
        self.name = version()

    @property
    def _env(self) -> dict[str, str]:
        return {"RECOLL_CONFDIR": str(self.configuration), "HOME": str(self.configuration)}

    def build(self, *, limit: float = 3600) -> Run:
        """Index the folder from nothing; the run says what it took."""
        shutil.rmtree(self.configuration, ignore_errors=True)
        self.configuration.mkdir(parents=True)
        (self.configuration / "recoll.conf").write_text(f'topdirs = "{self._folder}"\nloglevel = 1\n', "utf-8")
        return run(["recollindex", "-c", str(self.configuration)], env=self._env, limit=limit)

    @property
    def built(self) -> bool:
        """Whether there is an index."""
        return (self.configuration / "xapiandb").is_dir()

    def disk(self) -> int:
        """Bytes of its index."""
        total = 0
        for path in (self.configuration / "xapiandb").rglob("*"):
            with suppress(OSError):
                total += path.stat().st_size
        return total

    def search(self, sentence: str, limit: int, *, all_terms: bool = False) -> list[str]:
        """The paths of the best files, below the folder; any word of the sentence counts, or with `all_terms` all do."""
        mode = "-a" if all_terms else "-o"
        argv = ["recollq", "-c", str(self.configuration), mode, "-b", "-n", str(limit), "-q", sentence]
        said = subprocess.run(argv, capture_output=True, check=False, env={**os.environ, **self._env})
        urls = [line for line in said.stdout.decode("utf-8", "replace").splitlines() if line.startswith("file://")]
        return [os.path.relpath(url.removeprefix("file://"), self._folder) for url in urls]
