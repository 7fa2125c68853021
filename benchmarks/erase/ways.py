"""Ours and the peers, all with one face: a case in, its filled crop and the seconds out."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import models
from benchmarks.erase.cases import Case
from engines.erase.exemplar import synthesise
from homespun.progress import Progress

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Filled:
    """What a way made of a case, and how long it took; `strain` is told by ours alone."""

    pixels: Pixels
    seconds: float
    strain: float = 0.0


Way = Callable[[Case], Filled]


def ours(case: Case) -> Filled:
    """The exemplar filler."""
    photo = case.floats
    started = time.perf_counter()
    done = synthesise(photo, case.hole, Progress())
    seconds = time.perf_counter() - started
    return Filled(np.floor(done.photo * 255 + 0.5).astype(np.uint8), seconds, done.strain)


@contextmanager
def peers(python: Path | None, folder: Path) -> Iterator[dict[str, Way]]:
    """The peers that this machine has: G'MIC, OpenCV through `python`, and MI-GAN where its model was downloaded."""
    with ExitStack() as stack:
        found: dict[str, Way] = {}
        if command := shutil.which("gmic"):
            found["G'MIC matchpatch"] = _gmic(command, folder)
        if python is not None:
            opencv = stack.enter_context(_OpenCV(python, folder))
            found |= {f"{name} ({opencv.version})": opencv.way(way) for name, way in _OPENCV.items()}
        if any(located.model.id == "mi-gan" for located in models.installed()):
            from engines.erase.onepass import OnePass

            filler = stack.enter_context(OnePass.open("mi-gan"))

            def network(case: Case) -> Filled:
                photo = case.floats
                started = time.perf_counter()
                filled = filler.fill(photo, case.hole, seed=0, progress=Progress())
                return Filled(np.floor(filled * 255 + 0.5).astype(np.uint8), time.perf_counter() - started)

            found["MI-GAN"] = network
        yield found


_OPENCV = {"Telea": "telea", "Navier-Stokes": "ns", "shift-map": "shift-map"}


def _written(case: Case, folder: Path) -> tuple[Path, Path]:
    photo, mask = folder / "photo.png", folder / "mask.png"
    Image.fromarray(case.photo).save(photo, compress_level=1)
    Image.fromarray(case.hole.astype(np.uint8) * 255).save(mask, compress_level=1)
    return photo, mask


def _read(case: Case, file: Path, seconds: float) -> Filled:
    with Image.open(file) as picture:
        return Filled(case.pasted(np.asarray(picture.convert("RGB"))), seconds)


def _gmic(command: str, folder: Path) -> Way:
    def way(case: Case) -> Filled:
        photo, mask = _written(case, folder)
        out = folder / "gmic.png"
        out.unlink(missing_ok=True)
        started = time.perf_counter()
        subprocess.run(
            [command, str(photo), str(mask), "inpaint_matchpatch[0]", "[1]", "keep[0]", "output", str(out)],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        whole = time.perf_counter() - started
        started = time.perf_counter()
        subprocess.run(
            [command, str(photo), str(mask), "keep[0]", "output", str(folder / "same.png")],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        return _read(case, out, whole - (time.perf_counter() - started))  # without starting, reading and writing

    return way


class _OpenCV:
    def __init__(self, python: Path, folder: Path) -> None:
        script = Path(__file__).parents[1] / "peers" / "opencv_inpaint.py"
        self._folder = folder
        self._process = subprocess.Popen(
            [str(python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
        self.version = str(self._answer()["version"])

    def way(self, how: str) -> Way:
        def fill(case: Case) -> Filled:
            photo, mask = _written(case, self._folder)
            out = self._folder / f"{how}.png"
            asked = cast(IO[str], self._process.stdin)
            asked.write(json.dumps({"photo": str(photo), "mask": str(mask), "way": how, "out": str(out)}) + "\n")
            asked.flush()
            return _read(case, out, float(self._answer()["seconds"]))

        return fill

    def _answer(self) -> dict[str, str]:
        line = cast(IO[str], self._process.stdout).readline()
        if not line:
            raise SystemExit("OpenCV ended without an answer: has the peers' Python opencv-contrib-python-headless?")
        found: dict[str, str] = json.loads(line)
        if "error" in found:
            raise SystemExit(f"OpenCV: {found['error']}")
        return found

    def __enter__(self) -> _OpenCV:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the files that peers read and write."""
    with tempfile.TemporaryDirectory(prefix="homespun-erase-") as folder:
        yield Path(folder)
