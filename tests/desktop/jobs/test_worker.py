"""The whole path with real processes, real engines and real pictures."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.jobs.job import Enlarge, Erase, State, Why
from desktop.jobs.journal import Journal
from desktop.jobs.work import Jobs
from desktop.state.queue import QueueState
from desktop.workers import WorkerProcess
from desktop.workers.calls import Call
from desktop.workers.jobs import DiskFull, open_service
from homespun.errors import NoSpace
from homespun.progress import Progress, Report
from tests.desktop.main.fakes import KnownDoors
from tests.desktop.turns import Turns

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def worker(turns: Turns) -> WorkerProcess:
    return turns.worker("jobs")


@pytest.fixture
def jobs(worker: WorkerProcess, turns: Turns, tmp_path: Path) -> Iterator[Jobs]:
    """The queue as the app opens it."""
    made = Jobs(worker, turns.later, tmp_path / "app")
    yield made
    made.close()


def photo(path: Path, seed: int = 1, size: tuple[int, int] = (48, 36)) -> Path:
    """A small photo of noise."""
    pixels = np.random.default_rng(seed).integers(60, 200, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file and its hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def finished(jobs: Jobs) -> Callable[[], bool]:
    return lambda: not jobs.busy


def test_twenty_photos_with_two_hostile_ones_give_eighteen_results_and_two_reasons(
    turns: Turns, jobs: Jobs, tmp_path: Path
) -> None:
    pictures = tmp_path / "Pictures"
    (pictures / "deeper").mkdir(parents=True)
    for number in range(18):
        photo(
            (pictures / "deeper" if number % 3 else pictures) / f"{number:02}.{'jpg' if number % 2 else 'png'}", number
        )
    (pictures / "04b.png").write_bytes(photo(tmp_path / "x.png").read_bytes()[:90])
    (pictures / "11b.jpg").write_bytes(b"")
    (pictures / "notes.txt").write_text("no picture")
    before = {path: path.read_bytes() for path in pictures.rglob("*") if path.is_file()}
    walker = turns.worker("jobs")
    state = QueueState(jobs, walker, turns.later, KnownDoors())
    state.add([pictures])
    turns.until(lambda: (ask := state.snapshot().ask) is not None and ask.go == "Enlarge 20 pictures")
    walker.kill()
    shares: list[float] = []
    state.subscribe(lambda: shares.append(state.share))

    state.go()
    turns.until(finished(jobs))

    assert state.snapshot().head == "All 18 done; 2 need you"
    assert shares == sorted(shares)
    results = sorted(path for path in pictures.rglob("* (enlarged).*"))
    assert len(results) == 18
    assert all(Image.open(path).size == (96, 72) for path in results)
    assert {path: path.read_bytes() for path in before} == before
    assert not list(pictures.rglob(".*"))
    reasons = {jobs.job(number).path.name: state.row(number).step for number in jobs.table.of[State.FAILED]}
    assert set(reasons) == {"04b.png", "11b.jpg"}
    assert reasons["11b.jpg"].startswith("11b.jpg is empty.")

    (pictures / "11b.jpg").write_bytes(photo(tmp_path / "y.jpg").read_bytes())
    state.retry()
    turns.until(finished(jobs))
    assert state.snapshot().head == "All 19 done; 1 needs you"


def test_a_mask_for_all_erases_from_each_at_its_own_size(turns: Turns, jobs: Jobs, tmp_path: Path) -> None:
    mask = Image.new("L", (48, 36))
    mask.paste(255, (18, 12, 30, 24))
    mask.save(tmp_path / "mask.png")
    sizes = {"a.png": (48, 36), "b.png": (96, 72)}
    for name, size in sizes.items():
        image = Image.new("RGB", size, (40, 120, 60))
        image.paste((250, 0, 0), (size[0] // 2 - 4, size[1] // 2 - 4, size[0] // 2 + 4, size[1] // 2 + 4))
        image.save(tmp_path / name)
    jobs.submit([tmp_path / name for name in sizes], Erase(str(tmp_path / "mask.png")))
    turns.until(finished(jobs), 200)

    for name in sizes:
        with Image.open(tmp_path / name.replace(".png", " (erased).png")) as image:
            assert image.getpixel((image.width // 2, image.height // 2)) == (40, 120, 60)


def test_killing_the_process_costs_its_picture_alone(
    turns: Turns, worker: WorkerProcess, jobs: Jobs, tmp_path: Path
) -> None:
    large = photo(tmp_path / "large.png", size=(1500, 1200))
    small = photo(tmp_path / "small.png")
    before = tree(tmp_path)
    jobs.submit([large, small], Enlarge(4.0))
    turns.until(lambda: jobs.current is not None and jobs.current.share > 0)
    worker.kill()
    turns.until(finished(jobs))

    assert jobs.job(1).why == Why.CRASHED
    assert jobs.job(2).state is State.DONE
    assert {name: tree(tmp_path)[name] for name in before} == before
    assert sorted(tree(tmp_path)) == ["large.png", "small (enlarged).png", "small.png"]


def test_a_cancel_in_the_middle_is_heard_at_once_and_leaves_nothing(turns: Turns, jobs: Jobs, tmp_path: Path) -> None:
    large = photo(tmp_path / "large.png", size=(1500, 1200))
    jobs.submit([large], Enlarge(4.0))
    turns.until(lambda: jobs.current is not None and jobs.current.share > 0)
    began = time.monotonic()
    jobs.cancel()
    turns.until(finished(jobs))
    assert time.monotonic() - began < 3.5
    assert jobs.job(1).state is State.CANCELLED
    assert list(tree(tmp_path)) == ["large.png"]


OWNER = """
import sys
from pathlib import Path
from desktop.jobs.job import Enlarge
from desktop.jobs.work import Jobs
from desktop.workers import WorkerProcess
from tests.desktop.turns import Turns
folder = Path(sys.argv[1])
turns = Turns()
jobs = Jobs(WorkerProcess("jobs", turns.deliver), turns.later, folder / "app")
if len(sys.argv) > 2:
    jobs.submit(sorted(folder.glob("*.png")), Enlarge(2.0))
jobs.start()
jobs.subscribe(lambda: print(len(jobs.table.of["done"]), flush=True))
turns.until(lambda: not jobs.busy, 120)
print("over", flush=True)
"""


def owner(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A process that owns a queue."""
    command = [sys.executable, "-c", OWNER, str(folder), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_killing_the_owner_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for number in range(8):
        photo(tmp_path / f"{number}.png", number, (160, 120))
    process = owner(tmp_path, "submit")
    for wanted in ("2", "4", "5"):
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == wanted or line.strip() == "over":
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
        process = owner(tmp_path)
    out, _ = process.communicate(timeout=120)

    assert out.splitlines()[-1] == "over"
    table = Journal(tmp_path / "app" / "queue.jsonl").read()
    assert [job.state for job in table.jobs.values()] == [State.DONE] * 8
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert names == sorted([f"{n}.png" for n in range(8)] + [f"{n} (enlarged).png" for n in range(8)])


def call(source: Path, tries: int = 1) -> tuple[Call, list[dict[str, object]]]:
    """A call of `run` in this process."""
    told: list[dict[str, object]] = []
    arguments = {"source": str(source), "choices": Enlarge().told(), "tries": tries, "anyway": True}
    return Call(arguments, Progress(), lambda part: told.append(dict(part))), told


def full_disk(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """A disk that takes the bytes and then finds that it has no room for them."""

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    monkeypatch.setattr("desktop.workers.jobs.free_space", lambda _folder: free)


def test_a_full_disk_is_said_and_leaves_the_original_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = photo(tmp_path / "a.png")
    before = tree(tmp_path)
    full_disk(monkeypatch, free=4096)
    asked, told = call(source)
    with pytest.raises(DiskFull, match="The disk is full"):
        open_service()["run"](asked)
    assert tree(tmp_path) == before
    assert told == [{"target": str(tmp_path / "a (enlarged).png")}]


def test_a_picture_too_large_for_the_disk_is_its_own_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = photo(tmp_path / "a.png")
    full_disk(monkeypatch, free=10**9)
    with pytest.raises(NoSpace) as caught:
        open_service()["run"](call(source)[0])
    assert not isinstance(caught.value, DiskFull)


def test_a_real_disk_without_room_pauses_the_queue(turns: Turns, jobs: Jobs, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        source = photo(small / "a.png", size=(100, 80))
        before = tree(small)
        jobs.submit([source], Enlarge(4.0))
        turns.until(lambda: jobs.paused is not None)
        assert jobs.job(1).state is State.WAITING
        assert tree(small) == before
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_what_a_killed_process_had_half_written_goes_when_it_is_tried_again(tmp_path: Path) -> None:
    source = photo(tmp_path / "a [1].png")
    half = tmp_path / ".a [1] (enlarged).png.abc123.part"
    other = tmp_path / ".b (enlarged).png.abc123.part"
    half.write_bytes(b"half")
    other.write_bytes(b"of another")
    open_service()["run"](call(source, tries=2)[0])
    assert not half.exists()
    assert other.exists()
    assert (tmp_path / "a [1] (enlarged).png").exists()


def test_steps_are_told_by_codes_that_the_window_has_words_for(tmp_path: Path) -> None:
    seen: list[Report] = []
    asked, _ = call(photo(tmp_path / "a.png", size=(300, 200)))
    asked.progress.show = seen.append
    open_service()["run"](asked)
    assert seen[-1].note == "tiles"
    assert seen[-1].done == seen[-1].total > 0


def test_folders_are_walked_in_parts_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    for name in ("b.png", "a.JPG", "notes.txt", ".hidden.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "c.png").write_bytes(b"x")
    (tmp_path / "many").mkdir()
    for number in range(1100):
        (tmp_path / "many" / f"{number:04}.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    told: list[list[str]] = []
    asked = Call(
        {"paths": [str(tmp_path), str(tmp_path / "notes.txt")]}, Progress(), lambda part: told.append(part["pictures"])
    )
    answer = open_service()["walk"](asked)
    assert answer == {"count": 1103}
    assert [len(part) for part in told] == [500, 500, 103]
    assert [Path(path).name for path in told[0][:3]] == ["a.JPG", "b.png", "0000.png"]
    assert Path(told[-1][-1]).name == "notes.txt"
