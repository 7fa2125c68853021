"""Compiling: in advance with the signatures that real work has, and not in silence."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import numba
import numpy as np
import pytest

from engines.compiled import told
from homespun.progress import REPORT_EVERY, Cancelled, Progress, Report

ROOT = Path(__file__).resolve().parents[3]

REAL_WORK = """
import sys
from pathlib import Path
import numba, numpy as np
from numba.core import event
from engines.compiled.prepare import prepare
prepare()

def signatures():
    return {
        (name, key): set(value.signatures)
        for name, module in list(sys.modules.items()) if name.startswith("engines.")
        for key, value in list(vars(module).items()) if isinstance(value, numba.core.dispatcher.Dispatcher)
    }

prepared = signatures()
from engines.erase import erase
from engines.pictures import Picture
from engines.select import Hints, Selector
for pixels in (
    np.random.default_rng(2).integers(0, 256, (200, 260, 3)).astype(np.uint8),
    np.random.default_rng(2).integers(0, 256, (900, 1300, 1)).astype(np.uint8),
    np.random.default_rng(2).integers(0, 60000, (150, 190, 4)).astype(np.uint16),
):
    pixels[50:90, 60:110] = np.iinfo(pixels.dtype).max
    picture = Picture.open(Picture.new(pixels).save(Path(sys.argv[1]) / f"{pixels.shape[0]}.png"))
    selector = Selector(picture.photo())
    loop = ((50, 40), (125, 40), (125, 100), (50, 100))
    for hints in (Hints(include=((80, 70),)), Hints(box=(50, 40, 75, 60)), Hints(lasso=loop), Hints(scribble=((70, 60), (90, 80)))):
        mask = selector.select(hints)
    erase(picture, mask)
late = {"%s.%s %s" % (*key, found - prepared[key]) for key, found in signatures().items() if found - prepared[key]}
assert not late, late
print(sum(bool(found) for found in prepared.values()))
"""


def test_real_work_meets_no_signature_that_was_not_prepared(tmp_path: Path) -> None:
    environment = {**os.environ, "HOMESPUN_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", REAL_WORK, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 15


def test_it_is_a_program_of_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "HOMESPUN_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "engines.compiled"], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_kernel_that_is_compiled_is_told_until_it_is_done() -> None:
    seen: list[tuple[float, Report]] = []
    progress = Progress(show=lambda report: seen.append((time.monotonic(), report)))
    with told(progress, "once"):
        begin = time.monotonic()
        assert slow_to_compile(3.0) == 3
        end = time.monotonic()
    assert {report for _when, report in seen} == {Report(0, 0, "once")}
    times = [begin, *(when for when, _report in seen), end]
    assert max(later - earlier for earlier, later in pairwise(times)) < REPORT_EVERY + 3  # a busy machine
    assert "homespun-compiling" not in {thread.name for thread in threading.enumerate()}


def test_a_kernel_that_is_there_is_not_told() -> None:
    seen: list[Report] = []
    quick = numba.njit(lambda number: number)
    quick(1)
    with told(Progress(show=seen.append), "once"):
        assert quick(2) == 2
    assert seen == []


def test_a_cancel_ends_the_compiling_before_the_next_kernel_and_spoils_nothing() -> None:
    progress = Progress()
    kernel = numba.njit(lambda number: number + 1)
    progress.cancel.cancel()
    with pytest.raises(Cancelled), told(progress, "once"):
        kernel(1)
    assert kernel(1) == 2


def slow_to_compile(number: float) -> float:
    """Compiles a kernel that calls others of NumPy, each of which is compiled for itself."""
    kernel = numba.njit(lambda x: np.sort(np.full(3, x)).sum() / 3)
    return float(kernel(number))
