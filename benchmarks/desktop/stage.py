"""What the figures are taken with: homes, an index of 100,000 passages, a photo of 24 megapixels, and fresh processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT, homespun
from benchmarks.scratch import Bench, index_side, remembering_encoder

PASSAGES = 100_000
WIDTH, HEIGHT = 6000, 4000
SEED = 20_261_130


@dataclass(frozen=True)
class Stage:
    """`scratch` keeps what is slow to make; `environment` has the screen; `runs` fresh processes are asked for a figure."""

    scratch: Path
    environment: dict[str, str]
    runs: int

    def told(self, task: str, given: dict[str, Any] | None = None, home: Path | None = None) -> list[dict[str, Any]]:
        """What each of `runs` fresh apps told of the task; each in the same home, or in a new one of its own."""
        found = []
        done_before = self.scratch / "compiled" / f"{task}.done"
        for run in range(-int(not done_before.exists()), self.runs):
            own = home or self.fresh_home()
            command = [sys.executable, "-m", "benchmarks.desktop.subject", task, json.dumps(given or {})]
            environment = self.with_home(own) | {"HOMESPUN_STARTED": repr(time.monotonic())}
            done = subprocess.run(
                command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
            )
            lines = [line.removeprefix("TOLD ") for line in done.stdout.splitlines() if line.startswith("TOLD ")]
            if not lines:
                raise RuntimeError(f"{task} ended with {done.returncode}:\n{done.stderr[-4000:]}")
            if run >= 0:  # the very first brings Python's compiled files into being
                found.append(json.loads(lines[-1]))
        done_before.parent.mkdir(exist_ok=True)
        done_before.touch()
        return found

    def with_home(self, home: Path) -> dict[str, str]:
        """The environment of an app that lives there."""
        kept = {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", str(self.scratch / "numba"))}
        compiled = {
            "PYTHONPYCACHEPREFIX": str(self.scratch / "compiled"),
            "PYTHONDONTWRITEBYTECODE": "",
        }  # as installed
        return {**self.environment, **kept, **compiled, "HOMESPUN_HOME": str(home), "PYTHONPATH": str(ROOT)}

    def fresh_home(self) -> Path:
        """A home that nobody has lived in."""
        home = self.scratch / "home"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        return home

    def read_home(self) -> Path:
        """A home whose few files are all read."""
        home = self.scratch / "small"
        if not (home / "data").exists():
            homespun(home, "index", "add", str(self.papers(600)))
        return home

    def indexed_home(self) -> Path:
        """A home with the made index of 100,000 passages; built once, and again when what makes an index has changed."""
        from benchmarks.search.synthetic import build

        home = self.scratch / "100k"
        mark = home / "made-by.txt"
        if not mark.exists() or mark.read_text("ascii") != index_side():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            with remembering_encoder(Bench(self.scratch, None)) as encoder:
                build(home, PASSAGES, encoder, write_files=True)
            mark.write_text(index_side(), "ascii")
        return home

    def sentences(self, count: int) -> list[str]:
        """What people would type: real words of the made texts."""
        from benchmarks.search.synthetic import Words, real_passages

        return Words(real_passages()).questions(count, SEED)

    def photo(self) -> Path:
        """A JPEG of 24 megapixels with the grain of a camera; the same pixels every time."""
        path = self.scratch / "24mp.jpg"
        if not path.exists():
            import numpy as np
            from PIL import Image

            rng = np.random.default_rng(SEED)
            small = Image.fromarray(rng.integers(40, 220, (20, 30, 3), np.uint8))
            large = np.asarray(small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.int16)
            grain = rng.normal(0, 6, (HEIGHT, WIDTH, 1)).astype(np.int16)
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8)).save(path, quality=90)
        return path

    def papers(self, count: int) -> Path:
        """A folder of texts that nobody has read yet."""
        from benchmarks.search.synthetic import Words, real_passages

        folder = self.scratch / "papers"
        if not folder.is_dir() or len(list(folder.iterdir())) != count:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            import numpy as np

            words, rng = Words(real_passages()), np.random.default_rng(SEED)
            for number in range(count):
                (folder / f"paper {number}.txt").write_text(words.text(2_000, rng), "utf-8")
        return folder


def spawned(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Another program, quiet."""
    return subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
