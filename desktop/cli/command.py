"""How a plain function becomes a command, and the options that all have."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from desktop.cli.boundary import guard
from desktop.cli.output import Flags, Output
from desktop.cli.streams import write
from homespun.errors import ExitCode
from homespun.progress import Cancelled

P = ParamSpec("P")

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, instead of words.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print results and errors only: no progress, no hints.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")]

_COMMON = {"json": Json, "quiet": Quiet, "debug": Debug}


def command(
    app: typer.Typer, name: str, **settings: Any
) -> Callable[[Callable[Concatenate[Output, P], None]], Callable[..., None]]:
    """Register a function as the command `name` of `app`; `settings` are typer's own.

    The function's first argument is its `Output`; the others are typer's arguments and options. `--json`, `--quiet` and
    `--debug` are added, and count whether they stand before or after the command's name.
    """

    def register(function: Callable[Concatenate[Output, P], None]) -> Callable[..., None]:
        @wraps(function)
        def run(ctx: typer.Context, json: bool, quiet: bool, debug: bool, **arguments: Any) -> None:
            before = ctx.obj if isinstance(ctx.obj, Flags) else Flags()
            out = Output(before | Flags(json, quiet, debug))

            def work() -> None:
                try:
                    function(out, **arguments)  # type: ignore[call-arg] # typer gives P by name
                except typer.Abort:
                    raise Cancelled from None

            code = guard(out, work)
            if code != ExitCode.OK:
                raise typer.Exit(code)

        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        keyword = inspect.Parameter.KEYWORD_ONLY
        parameters = [
            inspect.Parameter("ctx", keyword, annotation=typer.Context),
            *(each.replace(kind=keyword) for each in own),
            *(inspect.Parameter(key, keyword, annotation=kind, default=False) for key, kind in _COMMON.items()),
        ]
        # Typer reads both: the signature for defaults, the annotations for types.
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        app.command(name, **settings)(run)
        return run

    return register


def remember(ctx: typer.Context, json: Json = False, quiet: Quiet = False, debug: Debug = False) -> None:
    """Callback of a group: keeps the options given before a command's name for it; without a command prints the help."""
    before = ctx.obj if isinstance(ctx.obj, Flags) else Flags()
    ctx.obj = before | Flags(json, quiet, debug)
    if ctx.invoked_subcommand is None:
        write(sys.stdout, ctx.get_help() + "\n")


def group(name: str, help_text: str) -> typer.Typer:
    """A noun: a group of commands that take the common options before their name too."""
    return typer.Typer(name=name, help=help_text, callback=remember, invoke_without_command=True, rich_markup_mode=None)
