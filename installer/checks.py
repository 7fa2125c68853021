"""`installer test`: every check in order, each with its seconds, and one summary at the end."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from installer.devices import ensure_devices
from installer.environment import EXPORT_OPTIMUM, EXPORT_TORCH, TEST, Builder, scripts_of
from installer.failure import ExitCode, Failure
from installer.pip import python_environment
from installer.runtime124 import ensure_old_runtime
from installer.screen import ensure_screen

Run = Callable[[Sequence[str], Mapping[str, str], Path], int]
ORDINARY = ("-m", "not export and not devices and not packaging")
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Two processes share the files of the tests: most wait for a process or a window, and one core would stand still.
Needs `PYTHONHASHSEED`: both must find the same tests."""
DEVICE_SETTING = re.compile(r"HOMESPUN_(SIMULATED_DEVICES|[A-Z]+_PYTHON)$|VK_")
ON_BOTH_RUNTIMES = (
    "tests/engines",
    *(f"--ignore=tests/engines/{room}" for room in ("compiled", "erase", "pictures", "select", "runtime/workers")),
    "--ignore=tests/engines/runtime/test_fuzz.py",
)
"""The engines' tests, without those of rooms that never see the runtime, or see it through other rooms alone."""

NO_TESTS = 5  # pytest's exit code when it collected none


@dataclass(frozen=True)
class Check:
    """One command whose exit code says whether it passed."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    skips: Mapping[int, str]
    """Exit codes that mean "could not be tried here", with the reason to print."""


@dataclass(frozen=True)
class Outcome:
    """How one check ended."""

    name: str
    verdict: str
    seconds: float
    reason: str = ""


def run_tests(builder: Builder, only: Sequence[str] = (), pytest_arguments: Sequence[str] = ()) -> int:
    """Set up the test environment, run the checks (or those named in `only`), print the summary; the exit code."""
    python = builder.ensure(TEST)
    root = builder.root
    if not only or "pytest" in only:
        builder.steps.done("Screen", ensure_screen())
    old_runtime = ensure_old_runtime(builder) if not only or "onnxruntime-1.24" in only else None
    return run_checks(checks(python, old_runtime, pytest_arguments), root, only)


def checks(python: Path, old_runtime: Path | None, pytest_arguments: Sequence[str]) -> list[Check]:
    """The checks of `installer test`. `old_runtime` is None where the environment already holds ONNX Runtime 1.24."""
    environment = {**python_environment(), "QT_QPA_PLATFORM": "offscreen"}
    run = (str(python), "-m")
    import_linter = str(scripts_of(python.parent.parent) / "lint-imports")

    def check(name: str, *command: str, **more: str) -> Check:
        return Check(name, command, {**environment, **more}, {})

    found = [
        check("ruff", *run, "ruff", "check", "."),
        check("ruff-format", *run, "ruff", "format", "--check", "."),
        check("mypy", *run, "mypy"),
        check("lint-imports", import_linter),
        Check(
            "wheels",
            (*run, "installer", "wheels"),
            environment,
            {int(ExitCode.NETWORK): "there is no network to ask the package index"},
        ),
    ]
    if old_runtime is not None:
        found.append(
            check(
                "onnxruntime-1.24",
                *run,
                *("pytest", *ON_BOTH_RUNTIMES, "-q", *SIDE_BY_SIDE, *ORDINARY),
                PYTHONPATH=str(old_runtime),
                PYTHONHASHSEED="0",
            ),
        )
    # pytest is the last, so that its closing line stands at the end of the output, above the summary.
    found.append(check("pytest", *run, "pytest", *SIDE_BY_SIDE, *ORDINARY, *pytest_arguments, PYTHONHASHSEED="0"))
    return found


def run_exports(builder: Builder, pytest_arguments: Sequence[str] = ()) -> int:
    """Set up both export environments and run the tests marked `export` in each; the exit code.

    Only the files that hold such tests are collected: the others import packages that no export environment has.
    """
    pythons = {wanted.folder: builder.ensure(wanted) for wanted in (EXPORT_OPTIMUM, EXPORT_TORCH)}
    files = _some(export_files(builder.root), "export")
    environment = {**python_environment(), "HF_HUB_OFFLINE": "1"}
    found = [
        Check(
            f"pytest {folder}",
            (str(python), "-m", "pytest", "-m", "export", *files, *pytest_arguments),
            {**environment, "HOMESPUN_EXPORT": folder.removeprefix(".export-")},
            {},
        )
        for folder, python in pythons.items()
    ]
    return run_checks(found, builder.root, at_once=True)


def run_devices(builder: Builder, pytest_arguments: Sequence[str] = ()) -> int:
    """Set up the simulated devices that can be had here and run the tests marked `devices`; the exit code.

    A device that can't be had is a line of the summary and no failure, even when there is none at all.
    """
    files = _some(device_files(builder.root), "devices")
    # Settings of the person's own would point to other devices than the ones that are told in the summary.
    have = {name: value for name, value in python_environment().items() if not DEVICE_SETTING.match(name)}
    devices = ensure_devices(builder, have)
    without = [Outcome(folder, "skipped", 0.0, reason) for folder, reason in devices.skipped.items()]
    if not devices.variables:
        return run_checks([], builder.root, without=without)
    python = builder.ensure(TEST)
    environment = {**have, "QT_QPA_PLATFORM": "offscreen", **devices.variables}
    command = (str(python), "-m", "pytest", "-m", "devices", *files, *pytest_arguments)
    return run_checks([Check("pytest devices", command, environment, {})], builder.root, without=without)


def run_packaging(builder: Builder, pytest_arguments: Sequence[str] = ()) -> int:
    """Set up the test environment and run the tests marked `packaging`; the exit code.

    What they need of the system (wine, compilers, file managers) is Debian's; a test that lacks something is skipped, and
    its reason names the package.
    """
    python = builder.ensure(TEST)
    builder.steps.done("Screen", ensure_screen())
    files = _some(_marked(builder.root, "packaging"), "packaging")
    environment = {**python_environment(), "QT_QPA_PLATFORM": "offscreen"}
    command = (str(python), "-m", "pytest", "-m", "packaging", "--timeout", "1200", *files, *pytest_arguments)
    return run_checks([Check("pytest packaging", command, environment, {})], builder.root)


def export_files(root: Path) -> list[str]:
    """The test files that hold tests marked `export`, relative to `root`."""
    return _marked(root, "export")


def device_files(root: Path) -> list[str]:
    """The test files that hold tests marked `devices`, relative to `root`."""
    return _marked(root, "devices")


def _marked(root: Path, mark: str) -> list[str]:
    found = re.compile(rf"^(\s*@|pytestmark\s*=[^\]]*)pytest\.mark\.{mark}\b", re.MULTILINE)
    return [
        path.relative_to(root).as_posix()
        for path in sorted((root / "tests").rglob("test_*.py"))
        if found.search(path.read_text(encoding="utf-8"))
    ]


def _some(files: list[str], mark: str) -> list[str]:
    if not files:
        raise Failure(
            ExitCode.FAILED, f"No test is marked `{mark}`.", "Add one, or run python3 -m installer test alone."
        )
    return files


def run_checks(
    found: Sequence[Check],
    root: Path,
    only: Sequence[str] = (),
    run: Run | None = None,
    *,
    without: Sequence[Outcome] = (),
    at_once: bool = False,
) -> int:
    """Run `found` in order whatever fails, then print a line for each, after those of `without`; 0 when none failed.

    `at_once` runs them side by side; what each prints comes when it has ended.
    """
    unknown = set(only) - {check.name for check in found}
    if unknown:
        names = ", ".join(check.name for check in found)
        raise Failure(ExitCode.USAGE, f"There is no check {', '.join(sorted(unknown))}.", f"The checks are: {names}.")
    outcomes = list(without)
    chosen = [check for check in found if not only or check.name in only]
    if at_once:
        outcomes += _all_at_once(chosen, root)
    else:
        for check in chosen:
            print(f"\n== {check.name}", flush=True)
            outcomes.append(_outcome(check, root, run or _start))
    print("\nSummary")
    for outcome in outcomes:
        print(f"  {outcome.name:<24} {outcome.verdict:<8} {outcome.seconds:7.1f} s  {outcome.reason}".rstrip())
    failed = [outcome.name for outcome in outcomes if outcome.verdict == "FAILED"]
    skipped = sum(outcome.verdict == "skipped" for outcome in outcomes)
    well = f"{len(outcomes) - skipped} checks passed" + (f", {skipped} skipped." if skipped else ".")
    print(f"FAILED: {', '.join(failed)}" if failed else well, flush=True)
    return int(ExitCode.FAILED if failed else ExitCode.OK)


def _outcome(check: Check, root: Path, run: Run) -> Outcome:
    begin = time.monotonic()
    code = run(check.command, check.environment, root)
    seconds = time.monotonic() - begin
    if code == 0:
        return Outcome(check.name, "passed", seconds)
    if code in check.skips:
        return Outcome(check.name, "skipped", seconds, check.skips[code])
    reason = "it collected no test" if code == NO_TESTS and "pytest" in check.command else f"exit code {code}"
    return Outcome(check.name, "FAILED", seconds, reason)


def _all_at_once(found: Sequence[Check], root: Path) -> Iterator[Outcome]:
    """Each in a process of its own, and what it printed when it is its turn to be told."""

    def outcome(check: Check) -> tuple[Outcome, str]:
        with tempfile.TemporaryFile() as printed:

            def start(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
                return subprocess.run(
                    command,
                    env=dict(environment),
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=printed,
                    stderr=subprocess.STDOUT,
                    check=False,
                ).returncode

            made = _outcome(check, root, start)
            printed.seek(0)
            return made, printed.read().decode("utf-8", "replace")

    with ThreadPoolExecutor(max(1, len(found))) as pool:
        for made, text in pool.map(outcome, found):
            print(f"\n== {made.name}\n{text}", flush=True)
            yield made


def _start(command: Sequence[str], environment: Mapping[str, str], root: Path) -> int:
    sys.stdout.flush()
    return subprocess.run(command, env=dict(environment), cwd=root, stdin=subprocess.DEVNULL, check=False).returncode
