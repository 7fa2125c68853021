"""`docs/commands.md` names every command, argument, option and exit code, and nothing that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from desktop.cli.program import program
from homespun.errors import ExitCode
from homespun.settings import describe

DOCS = Path(__file__).resolve().parents[2] / "docs"
COMMON = {"--json", "--quiet", "--debug", "--help", "-h"}


def commands() -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Every command by its whole name: `homespun index add`."""
    pending = [("homespun", typer.main.get_command(program))]
    while pending:
        name, one = pending.pop()
        if isinstance(one, typer.core.TyperGroup):
            pending += [(f"{name} {word}", inner) for word, inner in one.commands.items()]
        elif isinstance(one, typer.core.TyperCommand):
            yield name, one


COMMANDS = dict(commands())


def options_of(one: typer.core.TyperCommand) -> set[str]:
    """The options of a command as typed, the negative forms too."""
    return {
        word
        for each in one.params
        if isinstance(each, typer.core.TyperOption)
        for word in (*each.opts, *each.secondary_opts)
    }


@pytest.fixture(scope="module")
def page() -> str:
    """The page as text."""
    return (DOCS / "commands.md").read_text("utf-8")


def section(page: str, name: str) -> str:
    """The part of the page below the heading `name`, to the next heading."""
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no heading “## {name}”"
    return found[1]


def in_table(text: str) -> set[str]:
    """The options that the tables of `text` explain: those that begin a row."""
    return {
        word for row in re.findall(r"^\| (`-[^|]*) \|", text, re.MULTILINE) for word in re.findall(r"`(-+[\w-]+)", row)
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_heading_usage_and_options(page: str, name: str) -> None:
    one = COMMANDS[name]
    text = section(page, name)

    usage = re.search(r"^    (homespun .*)$", text, re.MULTILINE)
    assert usage, f"{name} has no usage line"
    assert usage[1].startswith(name)
    for each in one.params:
        if isinstance(each, typer.core.TyperArgument) and each.required:
            assert str(each.metavar) in usage[1]
    assert in_table(text) == options_of(one) - COMMON


def test_every_heading_of_a_command_is_a_command(page: str) -> None:
    assert set(re.findall(r"^## (homespun .*)$", page, re.MULTILINE)) == set(COMMANDS)


def test_the_list_at_the_top_names_every_command_and_its_place(page: str) -> None:
    listed = re.findall(r"^\| \[`(homespun .*?)`\]\(#(.*?)\) \|", page, re.MULTILINE)

    assert {name for name, _ in listed} == set(COMMANDS)
    assert all(place == name.replace(" ", "-") for name, place in listed)


def test_the_options_of_every_command_are_explained(page: str) -> None:
    root = typer.main.get_command(program)
    own = {word for each in root.params for word in each.opts}

    explained = in_table(section(page, "Options of every command"))

    assert explained == own | COMMON
    assert all(COMMON - {"-h"} <= options_of(one) | {"--help"} for one in COMMANDS.values())


def test_every_exit_code_is_explained_by_number_and_name(page: str) -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.+?) \|", section(page, "Exit codes"), re.MULTILINE)

    assert [(int(number), name) for number, name, _ in rows] == [(code.value, code.name) for code in ExitCode]


def test_every_setting_is_explained_with_its_default() -> None:
    page = (DOCS / "settings.md").read_text("utf-8")

    for each in describe():
        name = each.key.partition(".")[2]
        row = re.search(rf"^.*(`{re.escape(each.key)}`|`{re.escape(name)}`).*$", page, re.MULTILINE)
        assert row, f"docs/settings.md does not name {each.key}"
        assert each.default in row[0], f"docs/settings.md does not say the default of {each.key}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_examples_use_options_that_exist(page: str, name: str) -> None:
    for example in re.findall(r"^    (.*homespun .*)$", section(page, name), re.MULTILINE):
        assert name in example
        words = set(re.findall(r"(?<=\s)--[a-z-]+", example))
        assert words <= options_of(COMMANDS[name]) | COMMON
