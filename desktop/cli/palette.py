"""`homespun palette`: for a desktop that binds keys to commands; the app's own key does the same."""

from __future__ import annotations

import typer

from desktop.cli.command import command
from desktop.cli.launch import start
from desktop.cli.output import Output
from desktop.handoff import asked


def register(program: typer.Typer) -> None:
    """Add the command to `program`."""
    command(program, "palette")(palette)


def palette(out: Output) -> None:
    """Show the search palette, or hide it: bind this to a key where the app can't have one of its own."""
    start(out, asked("palette"))
