"""The pages are true: links lead somewhere, the README's commands exist, and the table of rooms is the house."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from benchmarks.__main__ import benchmarks
from desktop.cli.program import program
from installer.commands import parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FLOORS = ("homespun", "models", "engines", "indexer", "desktop")
YARD = ("installer", "benchmarks", "tests", "docs")

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def prose(page: Path) -> str:
    """A page without its fenced blocks and code spans, in which brackets are no links."""
    return re.sub(r"`[^`\n]*`", lambda span: "x" * len(span[0]), _FENCE.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """The places that a link may name: a page's headings in the spelling of its web view."""
    headings = re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{target} does not exist"
        assert found.is_relative_to(ROOT), f"{target} leads out of the project"
        if anchor:
            assert anchor in anchors(found), f"{found.name} has no heading for #{anchor}"


def test_the_readme_leads_to_every_page_by_way_of_the_list_of_pages() -> None:
    listed = set(_LINK.findall(prose(ROOT / "docs" / "README.md")))

    assert "docs/README.md" in _LINK.findall(prose(ROOT / "README.md"))
    assert listed == {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}


# the commands of the README


def typed() -> Iterator[list[str]]:
    """What the README tells a person to type, word by word, without the comments behind it."""
    text = (ROOT / "README.md").read_text("utf-8")
    lines = re.findall(r"^(?:    |\$ )(.+)$", text, re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    for line in (*lines, *spans):
        if re.match(r"(?:\.venv/bin/)?homespun |(?:python3?|py -3) -m ", line):
            yield shlex.split(line, comments=True)


TYPED = [words for words in typed() if words]


def check_homespun(words: list[str]) -> None:
    """The command and each of its options are in the command line's own tree."""
    one: object = typer.main.get_command(program)
    while isinstance(one, typer.core.TyperGroup):
        assert words, "a command is cut short"
        assert words[0] in one.commands, f"there is no command {words[0]}"
        one, words = one.commands[words[0]], words[1:]
    assert isinstance(one, typer.core.TyperCommand)
    known = {word for each in one.params for word in each.opts}
    assert {word for word in words if re.match(r"--?[a-z]", word)} <= known


def check_installer(words: list[str]) -> None:
    """The installer takes these words, and all of them."""
    options, unknown = parser().parse_known_args(words)
    if options.passes_on and words[0] == "build":
        system, *rest = words[1:]
        importlib.import_module(f"installer.build.{system}").arguments().parse_args(rest)
        return
    assert unknown == []


def check_benchmarks(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark is there, and its own help names each option."""
    assert words[0] in benchmarks()
    main = importlib.import_module(f"benchmarks.{words[0]}").main
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(word in shown for word in words[1:])


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_every_command_line_of_the_readme_exists(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if words[0].endswith("homespun"):
        check_homespun(words[1:])
        return
    module, rest = words[words.index("-m") + 1], words[words.index("-m") + 2 :]
    if module == "installer":
        check_installer(rest)
    elif module == "benchmarks":
        check_benchmarks(rest, capsys)
    else:
        assert importlib.util.find_spec(module), f"there is no module {module}"


def test_the_readme_shows_the_two_commands_and_where_the_figures_come_from() -> None:
    lines = [" ".join(words) for words in TYPED]

    assert {"python3 -m installer demo", "python3 -m installer test"} <= set(lines)
    assert "python -m benchmarks search --markdown" in lines or "<!-- figures:search -->\n|" in readme()
    assert readme().count("<!-- figures:search -->") == readme().count("<!-- /figures:search -->") == 1


@pytest.mark.parametrize("wrong", [["serch", "x"], ["index", "why", "x", "--loud"], ["index"]])
def test_a_command_that_does_not_exist_would_be_noticed(wrong: list[str]) -> None:
    with pytest.raises(AssertionError):
        check_homespun(wrong)


def readme() -> str:
    """The README as text."""
    return (ROOT / "README.md").read_text("utf-8")


# the rooms of the house


def rooms() -> dict[str, str]:
    """Room → what its row of the table says, as docs/architecture.md has them."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = re.search(r"^## Rooms\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    assert section
    return dict(re.findall(r"^\| `([\w/]+)/` \| (.+) \|$", section[1], re.MULTILINE))


def test_the_table_of_rooms_names_every_room_and_no_other() -> None:
    inner = {
        f"{floor}/{folder.name}"
        for floor in FLOORS
        for folder in (ROOT / floor).iterdir()
        if folder.is_dir() and any(path.is_file() and "__pycache__" not in path.parts for path in folder.rglob("*"))
    } - {f"{floor}/__pycache__" for floor in FLOORS}

    assert set(rooms()) == inner | set(FLOORS) | set(YARD)


@pytest.mark.parametrize("room", sorted(rooms()))
def test_every_file_that_the_table_of_rooms_names_is_in_its_room(room: str) -> None:
    named = re.findall(r"`([\w./-]+(?:\.py|\.toml|/))`", rooms()[room])

    assert [name for name in named if not (ROOT / room / name).exists()] == []


def test_every_file_that_the_architecture_names_elsewhere_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    top = {path.name for path in ROOT.iterdir() if path.is_dir()}
    named = {name for name in re.findall(r"`([\w/-]+/[\w./-]+)`", page) if name.partition("/")[0] in top}
    planned = {"desktop/window/", "desktop/instance.py", "indexer/search.py"}

    assert {name for name in named if not (ROOT / name).exists()} <= planned
    assert len(named) > 10
