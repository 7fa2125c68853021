"""What the dispatcher costs: a worker beside the same model in this process, a crash, the first answer, an idle pool.

    python -m benchmarks dispatch

A worker runs the processor here ("benchmark-cpu"), so that the difference to a run in this process is the worker's own: the
way of the tensors through shared memory, two messages, and the change from process to process. Runs alternate between the
two, so that whatever else the machine does meets both. The small model adds a megabyte of floats to itself; the tile is
one of 512 x 512 pixels through the bundled network that enlarges twofold.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import ROOT, describe, load, run
from benchmarks.providers import ROWS
from benchmarks.table import Row, as_json, as_markdown, as_text
from engines.runtime.contract import Device, DeviceFailed, DeviceName, Kind, Loaded, Plan, Setup
from engines.runtime.cores import fast_cores
from engines.runtime.providers import PROVIDERS
from engines.runtime.providers.cpu import Cpu
from engines.runtime.workers import Pool
from tests.engines.onnx_file import model, node, port

TILE = ROOT / "models" / "bundled" / "enlarge-faithful" / "x2.onnx"
SIDE = 512
MEGABYTE = (2**18 // 64, 64)
"""Rows and columns of a megabyte of float32."""

Inputs = Mapping[str, NDArray[Any]]

FIRST_ANSWER = """
import sys, time
began = time.perf_counter()
import numpy as np
from engines.runtime import open_model
opening = time.perf_counter()
with open_model("all-minilm-l6-v2") as session:
    ids = np.full((1, 12), 2773, np.int64)
    session.run({port.name: ids if port.name != "attention_mask" else np.ones_like(ids) for port in session.inputs})
    now = time.perf_counter()
    print(now - opening, now - began)
"""
"""The encoder gets a sentence of ten word-pieces; what a tokenizer costs is the encoder's, not the dispatcher's."""

IDLE = """
import time, psutil
import numpy as np
import engines.runtime
me = psutil.Process()
before = me.memory_info().rss
from pathlib import Path
from engines.runtime.contract import Device, DeviceName, Kind, Setup
from engines.runtime.providers import PROVIDERS
from engines.runtime.workers import Pool
from benchmarks.providers import ROWS
PROVIDERS.update(ROWS)
pool = Pool(idle_seconds={idle})
file = Path({file!r})
remote = pool.load(Setup(Device(DeviceName("benchmark-cpu"), "benchmark-cpu", Kind.CPU, ""), file), deadline=60)
remote.run({{"x": np.ones({shape}, np.float32)}})
held, worker = me.memory_info().rss, pool.memory
switches, cpu = me.num_ctx_switches().voluntary, time.process_time()
time.sleep(3)
woken, burned = me.num_ctx_switches().voluntary - switches, time.process_time() - cpu
while pool.workers:
    time.sleep(0.1)
time.sleep(0.5)
print(held - before, worker, me.memory_info().rss - before, woken, burned)
"""


def main(argv: Sequence[str]) -> int:
    """Print the table; always 0."""
    given = arguments(argv)
    with tempfile.TemporaryDirectory() as folder, registered():
        file = Path(folder) / "model.onnx"
        file.write_bytes(doubling())
        rows = [
            *overhead(file, given.runs),
            *crashes(file, Path(folder), given.crashes),
            *first_answer(Path(folder), given.starts),
            *idle(file),
        ]
    foot = [describe(), f"load {load()}"]
    if given.json:
        print(as_json(rows, foot))
    elif given.markdown:
        print(as_markdown(rows, foot))
    else:
        print(as_text(rows))
        print("\n" + "\n".join(foot))
    return 0


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks dispatch", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runs", type=int, default=300, help="runs of the small model each way; a tenth of it for the tile"
    )
    parser.add_argument("--crashes", type=int, default=15)
    parser.add_argument("--starts", type=int, default=5, help="fresh processes for the first answer")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args(argv)


@contextmanager
def registered() -> Iterator[None]:
    """The providers of this benchmark are in the app's table."""
    PROVIDERS.update(ROWS)
    try:
        yield
    finally:
        for name in ROWS:
            del PROVIDERS[name]


def doubling() -> bytes:
    """y = x + x for float32 [rows, 64]."""
    shape = ("rows", MEGABYTE[1])
    return model([node("Add", ["x", "x"], "y")], [port("x", shape)], [port("y", shape)], [])


def setup(provider: str, file: Path, **options: str) -> Setup:
    """`file` on the only device of a provider of this benchmark."""
    return Setup(Device(DeviceName(provider), provider, Kind.CPU, "", options=options), file, threads=fast_cores())


# --- overhead ---


def overhead(file: Path, runs: int) -> list[Row]:
    """What a worker adds to a run."""
    pixels = np.random.default_rng(1).random((1, 3, SIDE, SIDE), np.float32)
    with ExitStack() as opened:
        pool = opened.enter_context(Pool())

        def both(one: Path) -> tuple[Loaded, Loaded]:
            here = Cpu().load(one, Plan(fast_cores(), 1))
            opened.callback(here.close)
            return here, pool.load(setup("benchmark-cpu", one), deadline=60)

        small = {"x": np.ones(MEGABYTE, np.float32)}
        here, there = turns(*both(file), small, runs)
        rows = [compared("1 MB each way", here, there, "< 0.5 ms", relative=False)]
        tile = both(TILE)
        here, there = turns(*tile, {tile[0].inputs[0].name: pixels}, max(10, runs // 10))
        rows.append(compared(f"{SIDE}² tile, twofold", here, there, "< 3 %", relative=True))
    return rows


def turns(here: Loaded, there: Loaded, inputs: Inputs, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds of `runs` runs in this process and in a worker, one after the other, after three that don't count."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 3):
        for times, loaded in zip(took, (here, there), strict=True):
            milliseconds = timed(lambda loaded=loaded: loaded.run(inputs, None)) * 1000  # type: ignore[misc]
            if number >= 3:
                times.append(milliseconds)
    return took


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compared(what: str, here: list[float], there: list[float], target: str, *, relative: bool) -> Row:
    """A worker's runs beside those in this process. The difference is the median of the pairs' differences."""
    more = statistics.median(b - a for a, b in zip(here, there, strict=True))
    middle = statistics.median(here)
    share = 100 * more / middle
    return Row(
        f"a worker beside this process, {what}",
        f"+{share:.1f} %" if relative else f"+{more:.2f} ms",
        target,
        notes=(
            f"in this process {middle:.2f} ms in the middle, {np.percentile(here, 95):.2f} ms in 95 of 100 runs",
            f"in a worker {statistics.median(there):.2f} and {np.percentile(there, 95):.2f} ms; {len(here)} runs each, in turns",
        ),
        figures={"milliseconds": more, "percent": share, "here_ms": middle, "worker_ms": statistics.median(there)},
    )


# --- crashes ---


def crashes(file: Path, folder: Path, count: int) -> list[Row]:
    """How soon a crash is seen, and how soon the same run is done by the processor and by a new worker."""
    moment = folder / "moment"
    inputs = {"x": np.ones(MEGABYTE, np.float32)}
    seen, elsewhere, anew = [], [], []
    doomed = setup("benchmark-crash", file, moment=str(moment))
    here = Cpu().load(file, Plan(fast_cores(), 1))
    own = statistics.median(timed(lambda: here.run(inputs, None)) for _ in range(20))
    with Pool(back_off=()) as pool:
        for _ in range(count):
            remote = pool.load(doomed, deadline=60)
            try:
                remote.run(inputs, None, deadline=60)
            except DeviceFailed:
                noticed = time.time()
            crashed = float(moment.read_text())
            here.run(inputs, None)
            elsewhere.append(time.time() - crashed)
            seen.append(noticed - crashed)
            anew.append(timed(lambda: pool.load(doomed, deadline=60)))
    here.close()
    return [
        Row(
            "a crash is seen after",
            f"{1000 * statistics.median(seen):.1f} ms",
            "< 20 ms",
            notes=(f"{1000 * max(seen):.1f} ms at most of {count}; from the bad read to the exception in the app",),
            figures={"median_ms": 1000 * statistics.median(seen), "most_ms": 1000 * max(seen)},
        ),
        Row(
            "the run is done elsewhere after",
            f"{1000 * statistics.median(elsewhere):.1f} ms",
            "< 1 s + its own time",
            notes=(
                f"{1000 * max(elsewhere):.1f} ms at most; its own time on the processor is {1000 * own:.1f} ms",
                f"a new worker with the model loaded takes {1000 * statistics.median(anew):.0f} ms",
            ),
            figures={"median_ms": 1000 * statistics.median(elsewhere), "new_worker_ms": 1000 * statistics.median(anew)},
        ),
    ]


# --- the first answer, and rest ---


def first_answer(home: Path, starts: int) -> list[Row]:
    """From `open_model` to the first answer in a process that has just begun."""
    found = [[float(word) for word in python(FIRST_ANSWER, home).split()] for _ in range(starts)]
    opened, whole = (statistics.median(column) for column in zip(*found, strict=True))
    return [
        Row(
            "cold open_model to the first answer, sentence encoder",
            f"{opened:.2f} s",
            "< 0.6 s",
            notes=(f"{whole:.2f} s with the imports of NumPy and the room; median of {starts} fresh processes",),
            figures={"seconds": opened, "with_imports": whole},
        )
    ]


def idle(file: Path) -> list[Row]:
    """What a pool costs when nothing runs."""
    told = python(IDLE.format(idle=6, file=str(file), shape=MEGABYTE), file.parent)
    held, worker, left, woken, burned = (float(word) for word in told.split())
    return [
        Row(
            "memory of an idle pool in the app",
            f"{max(0.0, left) / 1e6:.1f} MB",
            "< 20 MB",
            notes=(
                f"{held / 1e6:.1f} MB while the worker lives, shared tensors included; the worker itself {worker / 1e6:.0f} MB",
                f"in 3 s of waiting with a live worker the app woke up {woken:.0f} times and took {1000 * burned:.1f} ms",
            ),
            figures={"idle_bytes": left, "held_bytes": held, "worker_bytes": worker, "wake_ups": woken},
        )
    ]


def python(code: str, home: Path) -> str:
    """What `code` prints in a process of its own."""
    done = run([sys.executable, "-c", code], env={"HOMESPUN_HOME": str(home), "PYTHONPATH": str(ROOT)}, limit=300)
    if done.code:
        raise RuntimeError(done.err.strip()[-2000:])
    return done.out
