"""The words of the installer's command line, and what each does."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import interpreter, locks, wheels
from installer.checks import run_devices, run_exports, run_packaging, run_tests
from installer.environment import EXPORT_OPTIMUM, EXPORT_TORCH, RUN, Builder, scripts_of
from installer.failure import ExitCode, Failure
from installer.pip import python_environment
from installer.steps import Steps
from installer.uv import find_uv

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. What a person can mend is told in two lines, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a path with signs that the terminal's code page lacks
    options, rest = parser().parse_known_args(arguments)
    try:
        if rest and not options.passes_on:
            parser().error(f"unknown words: {' '.join(rest)}")
        options.rest = [word for word in rest if word != "--"]
        interpreter.check(interpreter.this_interpreter())
        return int(options.work(options))
    except Failure as failure:
        tell(failure)
        return int(failure.code)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command goes on where this one left off.\n")
        return int(ExitCode.CANCELLED)


def tell(failure: Failure) -> None:
    """Print a failure: the foreign program's words first, so that ours are the last."""
    if failure.detail.strip():
        sys.stderr.write(f"\n{failure.detail.strip()}\n")
    sys.stderr.write(f"\nerror: {failure.what}\ndo:    {failure.todo}\n")
    sys.stderr.flush()


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python3 -m installer", description="Sets up, tests and shows Homespun. Exit codes: docs/install.md."
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, work: Callable[[argparse.Namespace], int], text: str, *, passes_on: bool = False
    ) -> argparse.ArgumentParser:
        # What `build` makes explains itself: its --help is passed on with the rest.
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False, add_help=name != "build")
        added.set_defaults(work=work, passes_on=passes_on)
        if name not in ("lock", "wheels"):
            added.add_argument(
                "--wheelhouse", type=Path, metavar="DIR", help="install from a folder of wheels, offline"
            )
            added.add_argument("--no-window", action="store_true", help="do not ask for the libraries that Qt needs")
        return added

    command("setup", setup, "make .venv and everything that the program needs")
    command("demo", demo, "set up, then erase, enlarge and search on samples", passes_on=True)
    testing = command("test", test, "set up, then run every check; further words go to pytest", passes_on=True)
    instead = testing.add_mutually_exclusive_group()
    instead.add_argument("--export", action="store_true", help="run the export environments' tests instead")
    instead.add_argument("--devices", action="store_true", help="run the tests on simulated devices instead")
    instead.add_argument("--packaging", action="store_true", help="run the tests of installers and menus instead")
    testing.add_argument(
        "--only", action="append", default=[], metavar="CHECK", help="run this check alone (repeatable)"
    )
    command("app", app, "set up, then start the program", passes_on=True)
    command("build", build, "make the installers and packages: windows, linux", passes_on=True)
    command("export-env", export_env, "make the two environments that convert models")
    command("wheels", prove_wheels, "prove that the lock installs from wheels alone on every platform")
    locking = command("lock", make_locks, "make the locks again after a change of requirements")
    locking.add_argument("--upgrade", action="store_true", help="take the newest versions that the requirements allow")
    return top


def setup(options: argparse.Namespace) -> int:
    """`setup`: the environment alone."""
    python = _builder(options).ensure(RUN)
    print(f"Ready: {python.with_name('homespun')}")
    return 0


def demo(options: argparse.Namespace) -> int:
    """`demo`: set up, then show what the program does."""
    return _module(_builder(options).ensure(RUN), "desktop.demo", *options.rest)


def app(options: argparse.Namespace) -> int:
    """`app`: set up, then start the program."""
    return _module(_builder(options).ensure(RUN), "desktop", "app", *options.rest)


def test(options: argparse.Namespace) -> int:
    """`test`: every check, or the tests of the export environments, of simulated devices, of installers and menus."""
    builder = _builder(options)
    if options.export:
        return run_exports(builder, options.rest)
    if options.devices:
        return run_devices(builder, options.rest)
    if options.packaging:
        return run_packaging(builder, options.rest)
    return run_tests(builder, options.only, options.rest)


def build(options: argparse.Namespace) -> int:
    """`build`: what people download."""
    from installer.build import run

    return run(_builder(options), options.rest)


def export_env(options: argparse.Namespace) -> int:
    """`export-env`: both environments for converting models."""
    builder = _builder(options)
    for wanted in (EXPORT_OPTIMUM, EXPORT_TORCH):
        print(f"Ready: {builder.ensure(wanted)}")
    return 0


def prove_wheels(_options: argparse.Namespace) -> int:
    """`wheels`: the table of packages and platforms."""
    return wheels.prove(ROOT, find_uv(scripts_of(ROOT / ".venv")), print)


def make_locks(options: argparse.Namespace) -> int:
    """`lock`: make all locks with uv."""
    uv = find_uv(scripts_of(ROOT / ".venv"))
    for lock in locks.LOCKS:
        changed = locks.make(lock, ROOT, uv, upgrade=options.upgrade)
        print(f"  {lock.path(ROOT).name:<36} {'changed' if changed else 'as it was'}")
    return 0


def _builder(options: argparse.Namespace) -> Builder:
    wheelhouse = options.wheelhouse.resolve() if options.wheelhouse else None
    if wheelhouse is not None and not wheelhouse.is_dir():
        raise Failure(ExitCode.USAGE, f"There is no folder {wheelhouse}.", "Give --wheelhouse a folder of wheels.")
    return Builder(ROOT, Steps(), wheelhouse=wheelhouse, window=not options.no_window)


def _module(python: Path, module: str, *arguments: str) -> int:
    return subprocess.run(
        [str(python), "-m", module, *arguments], cwd=ROOT, env=python_environment(), check=False
    ).returncode
