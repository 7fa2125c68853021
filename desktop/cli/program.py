"""The tree of commands, and the way from a command line to an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from desktop.cli import app as window
from desktop.cli import (
    devices,
    erase,
    fill,
    guard,
    index,
    models,
    palette,
    probe,
    repair,
    search,
    select,
    settings,
    shell,
    update,
    upscale,
)
from desktop.cli.boundary import report
from desktop.cli.command import Debug, Json, Quiet, remember
from desktop.cli.output import Flags, Output
from desktop.cli.streams import make_forgiving, write
from homespun import __version__
from homespun.errors import ExitCode, HomespunError, UsageError

EPILOG = "Nothing leaves this computer. Everything about each command: docs/commands.md"

# No rich markup in help: it would import rich and draw boxes for what is plain text.
program = typer.Typer(
    name="homespun",
    help="Find your files by what they are about; erase things from pictures, and enlarge them.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        write(sys.stdout, f"homespun {__version__}\n")
        raise typer.Exit


@program.callback()
def _root(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    remember(ctx, json, quiet, debug)


search.register(program)
erase.register(program)
fill.register(program)
upscale.register(program)
select.register(program)
probe.register(program)
devices.register(program)
repair.register(program)
program.add_typer(index.commands, name="index")
program.add_typer(models.commands, name="models")
program.add_typer(settings.commands, name="settings")
program.add_typer(guard.commands, name="guard")
program.add_typer(update.commands, name="update")
program.add_typer(shell.commands, name="shell")
window.register(program)
palette.register(program)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (default: the process's) and return the exit code; prints, never raises."""
    make_forgiving()
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = given[: given.index("--")] if "--" in given else given
    # Until a command has its own options, those of the raw line decide how an error is printed.
    out = Output(Flags(json="--json" in options, quiet="--quiet" in options, debug="--debug" in options))
    try:
        code = typer.main.get_command(program).main(given, prog_name="homespun", standalone_mode=False)
    except typer.TyperException as error:
        return report(out, _as_usage(error))
    except (typer.Abort, KeyboardInterrupt):
        return report(out, HomespunError("Stopped.", "", code=ExitCode.CANCELLED))
    except SystemExit as stop:  # shell completion prints its script and leaves this way
        return stop.code if isinstance(stop.code, int) else ExitCode.OK
    return code if isinstance(code, int) else ExitCode.OK


def _as_usage(error: typer.TyperException) -> HomespunError:
    """A word that typer did not understand, said in two lines."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "homespun"
    what = error.format_message().strip().replace("\n\t", " ")
    return UsageError(what if what.endswith((".", "?", "!")) else f"{what}.", f"See: {path} --help")
