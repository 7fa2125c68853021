"""Other programs for the same things, where they are installed, on the same screen in the same minutes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from statistics import median

import psutil

from benchmarks.desktop.stage import Stage, spawned
from benchmarks.table import Row, Skipped

STILL = 2.5
"""Seconds without another pixel after which a screen counts as finished."""

PATIENCE = 40.0


def launcher(stage: Stage) -> list[Row]:
    """A launcher is started for every use: from its start to its window, and what it holds."""
    if shutil.which("rofi") is None:
        raise Skipped("rofi is not installed (apt-get install rofi)")
    ours = [
        _until_mapped(stage, [sys.executable, "-m", "desktop", "app", "--palette"], _home(stage)) for _ in _runs(stage)
    ]
    theirs = [_until_mapped(stage, ["rofi", "-show", "drun", "-normal-window"], {}) for _ in _runs(stage)]
    version = subprocess.run(["rofi", "-version"], capture_output=True, text=True, check=False).stdout.strip()
    seconds, held = (median(column) for column in zip(*ours, strict=True))
    peer, peer_held = (median(column) for column in zip(*theirs, strict=True))
    return [
        Row(
            "cold start to a window on the screen, as xdotool sees it",
            f"{seconds:.2f} s",
            "",
            f"rofi {peer:.2f} s",
            (
                f"resident {held / 1e6:.0f} MB against {peer_held / 1e6:.0f} MB; {version}",
                "rofi is C, lists programs alone and is started for every use; ours stays, and its warm show is above",
                "xdotool takes some 20 ms itself, for both",
            ),
            {"ours_s": seconds, "rofi_s": peer, "ours_rss": held, "rofi_rss": peer_held},
        )
    ]


def viewer(stage: Stage) -> list[Row]:
    """The same JPEG opened cold, until the screen no longer changes."""
    if shutil.which("xwd") is None:
        raise Skipped("xwd is not installed (apt-get install x11-apps): a screen can't be read")
    programs = {
        "gpicview": ["gpicview"],
        "eog": ["eog", "--new-instance"],
    }
    there = {name: words for name, words in programs.items() if shutil.which(name) is not None}
    if not there:
        raise Skipped("neither gpicview nor eog is installed")
    photo = str(stage.photo())
    command = [sys.executable, "-m", "desktop", "app", photo]
    ours = median(_until_still(stage, command, _home(stage)) for _ in _runs(stage))
    peers = {
        name: median(_until_still(stage, [*words, photo], {}) for _ in _runs(stage)) for name, words in there.items()
    }
    return [
        Row(
            "start with the 24 MP JPEG until the screen no longer changes",
            f"{ours:.2f} s",
            "",
            ", ".join(f"{name} {seconds:.2f} s" for name, seconds in peers.items()),
            (
                "the root window is read again and again by xwd; the time is that of the last change, to some 30 ms",
                "viewers that only show; ours also makes the levels and the mask that an editor needs, in another process",
            ),
            {"ours_s": ours, **{f"{name}_s": seconds for name, seconds in peers.items()}},
        )
    ]


def _runs(stage: Stage) -> range:
    return range(stage.runs)


def _home(stage: Stage) -> dict[str, str]:
    return stage.with_home(stage.fresh_home())


def _until_mapped(stage: Stage, command: Sequence[str], more: dict[str, str]) -> tuple[float, float]:
    """Seconds to a visible window of that process, and its memory then."""
    environment = {**stage.environment, **more}
    began = time.monotonic()
    process = spawned(command, environment)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "."]

        def mapped() -> bool:
            return bool(subprocess.run(search, env=environment, capture_output=True, check=False).stdout.strip())

        return _moment(mapped, process) - began, psutil.Process(process.pid).memory_info().rss
    finally:
        _end(process)


def _moment(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> float:
    while not true():
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        time.sleep(0.005)
    return time.monotonic()


def _until_still(stage: Stage, command: Sequence[str], more: dict[str, str]) -> float:
    """Seconds to the last change of the screen."""
    environment = {**stage.environment, **more}
    before = _look(environment)
    began = time.monotonic()
    process = spawned(command, environment)
    try:
        last, seen, changed = before, began, False
        while not changed or time.monotonic() - seen < STILL:
            now = _look(environment)
            if now != last:
                last, seen, changed = now, time.monotonic(), True
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError(f"{command[0]} does not come to rest")
            time.sleep(0.02)
        return seen - began
    finally:
        _end(process)
        time.sleep(0.5)


def _look(environment: dict[str, str]) -> int:
    """A number for all that is on the screen."""
    return zlib.crc32(
        subprocess.run(["xwd", "-root", "-silent"], env=environment, capture_output=True, check=True).stdout
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The app ends on SIGTERM by itself; who doesn't is killed."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
