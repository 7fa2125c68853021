"""`homespun settings`: one file, read and changed key by key."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from homespun.folders import folders
from homespun.settings import describe, load
from tests.desktop.known_index import Said

Homespun = Callable[..., Said]


def test_the_list_has_every_setting_and_says_which_were_changed(homespun: Homespun) -> None:
    homespun("settings", "set", "search.limit", "7")

    rows = homespun("settings", "list").out.splitlines()

    assert "search.limit = 7 · 20 if not set" in rows
    assert [row.split(" ")[0] for row in rows if row and not row.startswith(" ")] == [each.key for each in describe()]
    listed = json.loads(homespun("settings", "list", "--json").out)
    assert listed["settings"][0]["value"] == 7
    assert listed["unknown"] == []


def test_a_value_goes_round_through_the_file(homespun: Homespun) -> None:
    changed = {
        "search.limit": (["12"], "12"),
        "index.hidden": (["yes"], "true"),
        "index.exclude": (["*.tmp", "old backups/"], "*.tmp, old backups/"),
        "models.allow_downloads": (["never"], "never"),
    }

    for key, (typed, value) in changed.items():
        said = homespun("settings", "set", key, *typed)

        assert said.out == f"{key} is {value} now.\n"
        assert homespun("settings", "get", key).out == f"{value}\n"
    assert load(folders().settings).index.exclude == ("*.tmp", "old backups/")


def test_one_value_with_commas_is_a_list_too(homespun: Homespun) -> None:
    homespun("settings", "set", "index.exclude", "*.tmp, build/")

    assert json.loads(homespun("settings", "get", "index.exclude", "--json").out)["value"] == ["*.tmp", "build/"]


def test_a_reset_gives_the_default_again(homespun: Homespun) -> None:
    homespun("settings", "set", "search.limit", "7")

    assert homespun("settings", "reset", "search.limit").out == "search.limit is 20 again, as it comes.\n"
    assert homespun("settings", "get", "search.limit").out == "20\n"


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["set", "search.limit", "-1"], 2, "from 1 to 1000"),
        (["set", "search.limit", "many"], 2, "whole number"),
        (["set", "search.limit", "1", "2"], 2, "whole number"),
        (["set", "nix", "1"], 3, "search.limit"),
        (["get", "nix"], 3, "search.limit"),
        (["reset", "nix"], 3, "search.limit"),
    ],
)
def test_what_is_not_allowed_is_said(homespun: Homespun, arguments: list[str], code: int, part: str) -> None:
    said = homespun("settings", *arguments)

    assert said.code == code
    assert part in said.err
    assert not folders().settings.exists()


def test_a_mistyped_key_in_the_file_is_named_with_its_line(homespun: Homespun) -> None:
    path = folders().settings
    path.parent.mkdir(parents=True)
    path.write_text("[search]\nlimit = 9\nlimmit = 3\n")

    said = homespun("settings", "list")

    assert said.code == 0
    assert said.err == f"{path}, line 3: there is no setting search.limmit; it has no effect.\n"


def test_a_file_that_is_wrong_stops_a_search_with_its_line(homespun: Homespun) -> None:
    path = folders().settings
    path.parent.mkdir(parents=True)
    path.write_text('[search]\nlimit = "ten"\n')

    said = homespun("search", "lease")

    assert said.code == 2
    assert "line 2, search.limit" in said.err


def test_the_path_is_said_though_there_is_no_file(homespun: Homespun) -> None:
    path = folders().settings

    assert homespun("settings", "path").out == f"{path}\n"
    assert json.loads(homespun("settings", "path", "--json").out) == {"path": str(path), "exists": False}
