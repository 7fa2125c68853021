"""`homespun settings`: the one settings file, read and changed key by key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command, group
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Line, dim, line, strong

if TYPE_CHECKING:
    from homespun.settings import Described, Settings, Value

commands = group("settings", "See and change the settings.")


def _known_keys(incomplete: str) -> list[tuple[str, str]]:
    """What the shell offers for KEY."""
    from homespun.settings import describe

    return [(each.key, each.explanation) for each in describe() if each.key.startswith(incomplete)]


Key = Annotated[str, typer.Argument(metavar="KEY", hidden=True, autocompletion=_known_keys)]
Values = Annotated[list[str], typer.Argument(metavar="VALUE", hidden=True)]


@command(commands, "list")
def list_settings(out: Output) -> None:
    """List every setting with its value, its default, and what it does."""
    from homespun.folders import folders
    from homespun.settings import describe, load, unknown_keys

    path = folders().settings
    settings, unknown = load(path), unknown_keys(path)
    out.data(
        {
            "path": os.fspath(path),
            "settings": [_object(settings, each) for each in describe()],
            "unknown": [{"line": each.line, "key": each.key} for each in unknown],
        }
    )
    out.show(_list_lines(settings, describe()))
    for each in unknown:
        out.warn(f"{path}, line {each.line}: there is no setting {each.key}; it has no effect.")


@command(commands, "get")
def get(out: Output, key: Key) -> None:
    """Print the value of the setting KEY."""
    from homespun.folders import folders
    from homespun.settings import describe, load, value_of

    settings = load(folders().settings)
    value = value_of(settings, key)
    described = next(each for each in describe() if each.key == key)
    out.data(_object(settings, described))
    out.show([line(_text(value))])


@command(commands, "set", context_settings={"ignore_unknown_options": True})
def set_value(out: Output, key: Key, values: Values) -> None:
    """Set KEY to VALUE, and keep it in the settings file.

    A list takes several values, or one with commas. Comments and the order of the file stay.
    """
    from homespun.folders import folders
    from homespun.settings import describe, from_text, load, save_value, value_of

    path = folders().settings
    save_value(path, key, tuple(values) if len(values) > 1 else from_text(key, values[0]))
    settings = load(path)
    out.data(_object(settings, next(each for each in describe() if each.key == key)))
    out.note([line(strong(key), f" is {_text(value_of(settings, key)) or 'empty'} now.")])


@command(commands, "reset")
def reset(out: Output, key: Key) -> None:
    """Give KEY its default again, by taking it out of the settings file."""
    from homespun.folders import folders
    from homespun.settings import describe, load, reset_value, value_of

    path = folders().settings
    reset_value(path, key)
    settings = load(path)
    out.data(_object(settings, next(each for each in describe() if each.key == key)))
    out.note([line(strong(key), f" is {_text(value_of(settings, key)) or 'empty'} again, as it comes.")])


@command(commands, "path")
def path_of_file(out: Output) -> None:
    """Print where the settings file is; it is made when a setting is changed."""
    from homespun.folders import folders

    path = folders().settings
    out.data({"path": os.fspath(path), "exists": path.is_file()})
    out.show([line(os.fspath(path))])


def _object(settings: Settings, each: Described) -> dict[str, Any]:
    from homespun.settings import value_of

    value = value_of(settings, each.key)
    return {
        "key": each.key,
        "value": list(value) if isinstance(value, tuple) else value,
        "default": each.default,
        "type": each.type,
        "explanation": each.explanation,
    }


def _text(value: Value) -> str:
    """A value as `homespun settings set` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _list_lines(settings: Settings, described: list[Described]) -> Iterator[Line]:
    from homespun.settings import Settings, value_of

    for number, each in enumerate(described):
        if number:
            yield BLANK
        value = value_of(settings, each.key)
        default = value_of(Settings(), each.key)
        came = "" if value == default else f" · {_text(default) or 'empty'} if not set"
        yield line(strong(each.key), f" = {_text(value)}", dim(came))
        yield line(each.explanation, indent=2)
        yield line(dim(each.type), indent=2)
