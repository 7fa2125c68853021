"""The one place where errors become words and an exit code. Imports no typer: the start of the window comes by here."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from desktop.cli.output import Output
from desktop.cli.streams import PipeClosed, abandon_stdout
from homespun.errors import ExitCode, HomespunError, NoSpace, is_disk_full
from homespun.progress import Cancelled


def guard(out: Output, work: Callable[[], None]) -> ExitCode:
    """Do `work` and return its exit code; every error is said through `out`. This is the job boundary."""
    try:
        try:
            work()
        except OSError as error:
            # A full disk can show up anywhere below; it is nobody's bug.
            if not is_disk_full(error):
                raise
            raise NoSpace("The disk is full.", "Make room and run it again.") from error
    except (PipeClosed, BrokenPipeError):
        abandon_stdout()
        return ExitCode.OK
    except HomespunError as error:
        code = report(out, error)
        if isinstance(error, NoSpace):
            abandon_stdout()  # what a full disk did not take would be tried again at the end, and change the exit code
        return code
    except (Cancelled, KeyboardInterrupt, EOFError):
        kept = "What was done so far is kept." if out.keeps_work else ""
        return report(out, HomespunError("Stopped.", kept, code=ExitCode.CANCELLED))
    except Exception as error:  # noqa: BLE001 - the job boundary: a bug becomes a sentence, and a traceback on request
        return report(out, _bug(error), origin=error)
    return ExitCode.OK


def report(out: Output, error: HomespunError, *, origin: Exception | None = None) -> ExitCode:
    """Say `error`, under `--debug` with its traceback or that of its `origin`, and return its exit code."""
    try:
        if out.flags.debug:
            traceback.print_exception(origin or error)
        out.fail(error)
    except (PipeClosed, HomespunError):
        # Nobody listens any more, or the disk under the output is full: the exit code still tells.
        abandon_stdout()
    return error.code


def _bug(error: Exception) -> HomespunError:
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return HomespunError(
        f"Something went wrong inside Homespun ({told}).",
        "Your files were not changed. Run the command again with --debug and send us what it prints.",
    )
