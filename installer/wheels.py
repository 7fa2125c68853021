"""Proof that the run-time lock installs from wheels alone on every platform we ship for.

A universal lock that resolves proves nothing per platform (uv writes one for combinations that can't be installed), so
uv is asked to install it, dry, for each platform and Python. Nothing is downloaded but the index pages.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from installer import locks
from installer.failure import ExitCode, Failure
from installer.pip import NETWORK, offline
from installer.uv import clean_environment


@dataclass(frozen=True)
class Target:
    """One column of the table."""

    title: str
    platform: str
    """As uv names it."""
    python: str


PLATFORMS = {
    "Win x64": ("x86_64-pc-windows-msvc", ("3.11", "3.12", "3.13")),
    "Win Arm64": ("aarch64-pc-windows-msvc", ("3.12", "3.13")),
    "Linux x64": ("x86_64-manylinux_2_34", ("3.11", "3.12", "3.13")),
    "macOS arm64": ("aarch64-apple-darwin", ("3.11", "3.12", "3.13")),
}
TARGETS = tuple(
    Target(title, platform, python) for title, (platform, pythons) in PLATFORMS.items() for python in pythons
)
MACOS_FLOOR = "14.0"
"""Without it uv takes an older macOS and reports gaps that are none."""

INSTALLS = re.compile(r"^ \+ ([A-Za-z0-9._-]+)==(\S+)$", re.MULTILINE)
GAP = re.compile(r"([a-z0-9][a-z0-9._-]*)==(\S+?),? has no (?:usable )?wheels|no wheels? .*?for ([a-z0-9._-]+)==(\S+)")
UNREACHED = re.compile(r"error sending request|Failed to fetch|dns error|client error \(Connect\)|Could not connect")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Answer:
    """What uv says about one target: the packages it would install, and those without a wheel (name → version)."""

    installs: Mapping[str, str]
    gaps: Mapping[str, str]


def ask(target: Target, lock: str, uv: Path, run: Run = subprocess.run) -> Answer:
    """Dry-run the text of a lock for one target. Raises `Failure` (13) offline, and (15) for what can't be understood.

    uv stops at the first package without a wheel, so it is asked again without that one until it has named them all.
    """
    gaps: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        while True:
            (Path(folder) / "r.lock").write_text(without(lock, gaps), encoding="utf-8")
            finished = run(
                [
                    str(uv), "pip", "install", "--dry-run", "--python-platform", target.platform,
                    "--python-version", target.python, "--only-binary", ":all:", "--no-deps", "--require-hashes",
                    "--target", "none", "--no-config", "--color", "never", "--requirement", "r.lock",
                ],
                cwd=folder,
                env={**clean_environment(), "MACOSX_DEPLOYMENT_TARGET": MACOS_FLOOR},
                capture_output=True,
                text=True,
                check=False,
            )  # fmt: skip
            words = finished.stdout + finished.stderr
            if finished.returncode == 0:
                return Answer(dict(INSTALLS.findall(words)), gaps)
            gap = find_gap(words)
            if gap is None or gap[0] in gaps:
                raise _not_understood(target, words)
            gaps[gap[0]] = gap[1]


def find_gap(words: str) -> tuple[str, str] | None:
    """The package and version that uv finds no wheel for; None when it complains about something else."""
    flat = " ".join(words.split())  # uv wraps its sentences
    found = GAP.search(flat)
    if found is None:
        return None
    return (found[1] or found[3], (found[2] or found[4]).rstrip(","))


def without(lock: str, names: Mapping[str, str]) -> str:
    """The lock without the entries of `names`."""
    kept: list[str] = []
    inside = False
    for line in lock.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            inside = line.partition("==")[0] in names
        if not inside:
            kept.append(line)
    return "".join(kept)


def table(answers: Mapping[Target, Answer]) -> str:
    """Package by target: `yes`, `GAP`, or a dot where the lock's markers leave the package out."""
    rows = sorted(
        {pair for answer in answers.values() for part in (answer.installs, answer.gaps) for pair in part.items()}
    )
    name_width = max(len(f"{name} {version}") for name, version in rows)
    columns = [(target, f"{target.title} {target.python}") for target in answers]
    lines = [" " * name_width + "  " + "  ".join(title for _, title in columns)]
    for name, version in rows:
        cells = []
        for target, title in columns:
            answer = answers[target]
            word = "yes" if answer.installs.get(name) == version else "GAP" if answer.gaps.get(name) == version else "."
            cells.append(f"{word:^{len(title)}}")
        lines.append(f"{name + ' ' + version:<{name_width}}  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def prove(root: Path, uv: Path, say: Callable[[str], None], run: Run = subprocess.run) -> ExitCode:
    """Print the table for the run-time lock; OK, or FAILED where a wheel is missing. Raises `Failure`."""
    locks.check_current(locks.RUN, root)
    lock = locks.RUN.path(root).read_text(encoding="utf-8")
    answers = {target: ask(target, lock, uv, run) for target in TARGETS}
    say(table(answers))
    gaps = [
        f"{name} {version} has no wheel for {target.title}, Python {target.python}"
        for target, answer in answers.items()
        for name, version in answer.gaps.items()
    ]
    for gap in gaps:
        say(gap)
    say(
        f"{len(answers) - len({id(a) for a in answers.values() if a.gaps})} of {len(answers)} combinations install from wheels alone."
    )
    return ExitCode.FAILED if gaps else ExitCode.OK


def _not_understood(target: Target, words: str) -> Failure:
    if UNREACHED.search(words) or NETWORK.search(words):
        return offline(words)
    return Failure(
        ExitCode.LOCK,
        f"uv could not resolve the lock for {target.title}, Python {target.python}.",
        "Read its words below.",
        detail=words,
    )
