"""Ours and the peers, all with one face: a case in, its filled crop and the seconds out."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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


class TooSlow(Exception):
    """A peer was stopped because it took longer than it was given."""


def ours(case: Case) -> Filled:
    """The exemplar filler."""
    photo = case.floats
    started = time.perf_counter()
    done = synthesise(photo, case.hole, Progress())
    seconds = time.perf_counter() - started
    return Filled(np.floor(done.photo * 255 + 0.5).astype(np.uint8), seconds, done.strain)


@contextmanager
def peers(python: Path | None, folder: Path, limit: float) -> Iterator[dict[str, Way]]:
    """The peers that this machine has: G'MIC, OpenCV through `python`, and MI-GAN where its model was downloaded.

    G'MIC and OpenCV raise `TooSlow` for a case that takes them over `limit` seconds; with the next they begin anew.
    """
    with ExitStack() as stack:
        found: dict[str, Way] = {}
        if command := shutil.which("gmic"):
            found["G'MIC matchpatch"] = _gmic(command, folder, limit)
        if python is not None:
            opencv = stack.enter_context(_OpenCV(python, folder, limit))
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


def _gmic(command: str, folder: Path, limit: float) -> Way:
    def timed(argv: list[str]) -> float:
        started = time.perf_counter()
        try:
            subprocess.run([command, *argv], check=True, capture_output=True, timeout=limit)
        except subprocess.TimeoutExpired as error:
            raise TooSlow from error
        return time.perf_counter() - started

    def way(case: Case) -> Filled:
        photo, mask = _written(case, folder)
        out = folder / "gmic.png"
        out.unlink(missing_ok=True)
        whole = timed([str(photo), str(mask), "inpaint_matchpatch[0]", "[1]", "keep[0]", "output", str(out)])
        idle = timed([str(photo), str(mask), "keep[0]", "output", str(folder / "same.png")])
        return _read(case, out, whole - idle)  # without starting, reading and writing

    return way


class _OpenCV:
    def __init__(self, python: Path, folder: Path, limit: float) -> None:
        self._python = python
        self._folder = folder
        self._limit = limit
        self._reader = ThreadPoolExecutor(1)
        self._process = self._started()
        self.version = str(self._answer(60)["version"])

    def _started(self) -> subprocess.Popen[str]:
        script = Path(__file__).parents[1] / "peers" / "opencv_inpaint.py"
        return subprocess.Popen(
            [str(self._python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip

    def way(self, how: str) -> Way:
        def fill(case: Case) -> Filled:
            photo, mask = _written(case, self._folder)
            out = self._folder / f"{how}.png"
            asked = cast(IO[str], self._process.stdin)
            asked.write(json.dumps({"photo": str(photo), "mask": str(mask), "way": how, "out": str(out)}) + "\n")
            asked.flush()
            try:
                seconds = float(self._answer(self._limit)["seconds"])
            except TooSlow:
                self._end()
                self._process = self._started()
                self._answer(60)
                raise
            return _read(case, out, seconds)

        return fill

    def _answer(self, limit: float) -> dict[str, str]:
        reading = self._reader.submit(cast(IO[str], self._process.stdout).readline)
        try:
            line = reading.result(limit)
        except TimeoutError as error:
            self._process.kill()  # it is deep in OpenCV and hears nothing; the reader wakes up at its end
            reading.result()
            raise TooSlow from error
        if not line:
            raise SystemExit("OpenCV ended without an answer: has the peers' Python opencv-contrib-python-headless?")
        found: dict[str, str] = json.loads(line)
        if "error" in found:
            raise SystemExit(f"OpenCV: {found['error']}")
        return found

    def __enter__(self) -> _OpenCV:
        return self

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def __exit__(self, *_: object) -> None:
        self._end()
        self._reader.shutdown()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the files that peers read and write."""
    with tempfile.TemporaryDirectory(prefix="homespun-erase-") as folder:
        yield Path(folder)
