"""The settings file: read, checked, changed without losing what a person wrote."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from homespun.errors import ExitCode, NoPermission, NotFound, UsageError
from homespun.settings import (
    Search,
    Settings,
    describe,
    from_text,
    load,
    reset_value,
    save_value,
    unknown_keys,
    value_of,
)

ROOT = Path(__file__).resolve().parents[2]
KEYS = [one.key for one in describe()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "homespun.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_no_file_means_the_defaults(file: Path) -> None:
    settings = load(file)
    assert settings == Settings()
    assert settings.search.limit == 20
    assert settings.index.exclude == ()
    assert settings.models.allow_downloads == "ask"
    assert not file.exists()


def test_what_the_file_says_holds_and_the_rest_keeps_its_default(file: Path) -> None:
    written(file, '[search]\nlimit = 5\n[index]\nexclude = ["*.log", "/tmp"]\n')
    assert load(file) == replace(
        Settings(), search=Search(limit=5), index=replace(Settings().index, exclude=("*.log", "/tmp"))
    )


def test_settings_cannot_be_changed_in_memory() -> None:
    with pytest.raises(AttributeError):
        Settings().search.limit = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "line", "key", "allowed"),
    [
        ("[search]\nlimit = 0\n", 2, "search.limit", "from 1 to 1000"),
        ("[search]\nlimit = true\n", 2, "search.limit", "a whole number"),
        ('[search]\n\n# how many\nlimit = "9"\n', 4, "search.limit", "a whole number"),
        ("[search]\nlimit = 1.5\n", 2, "search.limit", "a whole number"),
        ("search.limit = -1", 1, "search.limit", "a whole number"),
        ("# first\nsearch = { recency = true, limit = 0 }\n", 2, "search.limit", "a whole number"),
        ('["search"]\n"limit" = 0\n', 2, "search.limit", "a whole number"),
        ("[index]\nhidden = 1\n", 2, "index.hidden", "true or false"),
        ('[index]\nthreads = 2\nexclude = [\n  "*.log",\n  7,\n]\n', 3, "index.exclude", "a list of texts"),
        ('[index]\nexclude = "*.log"\n', 2, "index.exclude", "a list of texts"),
        ('[models]\nmirror = "/m"\nallow_downloads = "yes"\n', 3, "models.allow_downloads", '"ask" or "never"'),
        ("[models]\nmirror = 4\n", 2, "models.mirror", "a text in quotes"),
        ("search = 5\n", 1, "search", r"\[search\]"),
        ('note = """\n[search]\nlimit = 0\n"""\n[search]\nlimit = 0\n', 6, "search.limit", "a whole number"),
    ],
)
def test_a_bad_value_is_named_by_line_and_key_with_what_is_allowed(
    file: Path, text: str, line: int, key: str, allowed: str
) -> None:
    with pytest.raises(UsageError, match=allowed) as caught:
        load(written(file, text))
    assert f"line {line}, {key}:" in caught.value.what
    assert caught.value.code is ExitCode.USAGE


def test_a_file_that_is_no_toml_is_named_by_line(file: Path) -> None:
    with pytest.raises(UsageError, match="line 2"):
        load(written(file, "[search]\nlimit = = 3\n"))


def test_a_file_that_notepad_wrote_is_read(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf[search]\r\nlimit = 7\r\n")
    assert load(file).search.limit == 7
    save_value(file, "search.limit", 8)
    assert file.read_bytes() == b"[search]\r\nlimit = 8\r\n"


def test_a_file_in_another_encoding_is_told(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes("[search]\nlimit = 7\n".encode("utf-16"))
    with pytest.raises(UsageError, match="not UTF-8"):
        load(file)


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(NoPermission, match="can't be read"):
        load(file)


def test_unknown_keys_are_listed_with_their_lines(file: Path) -> None:
    written(file, '[search]\nlimmit = 3\n[colours]\nink = "red"\n')
    assert [tuple(one) for one in unknown_keys(file)] == [(2, "search.limmit"), (3, "colours")]
    assert load(file) == Settings()


MINE = """# my settings
[search]
limit = 5   # enough for me
limmit = 3

[index]
exclude = [
  "*.log",  # noise
]

[plugin]
x = { y = 1 }
"""


def test_saving_changes_one_value_and_keeps_comments_and_unknown_keys(file: Path) -> None:
    save_value(written(file, MINE), "search.limit", 9)
    assert file.read_text() == MINE.replace("limit = 5 ", "limit = 9 ")


def test_saving_adds_what_is_not_there(file: Path) -> None:
    written(file, MINE)
    save_value(file, "models.mirror", "/media/stick")
    save_value(file, "search.recency", False)
    assert file.read_text().startswith("# my settings\n[search]\nlimit = 5   # enough for me")
    assert "[plugin]\nx = { y = 1 }" in file.read_text()
    settings = load(file)
    assert (settings.models.mirror, settings.search.recency) == ("/media/stick", False)


@pytest.mark.parametrize("text", ["search.limit = 5\n", "search = { limit = 5 }\n", "[search]\nlimit = 5"])
def test_saving_works_however_the_file_is_written(file: Path, text: str) -> None:
    save_value(written(file, text), "search.limit", 6)
    save_value(file, "search.recency", False)
    assert load(file).search == Search(limit=6, recency=False)


def test_saving_makes_a_file_that_its_owner_alone_may_read(file: Path) -> None:
    save_value(file, "index.exclude", ["*.iso", "node_modules/"])
    assert load(file).index.exclude == ("*.iso", "node_modules/")
    assert file.read_text() == '[index]\nexclude = ["*.iso", "node_modules/"]\n'
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="links that everybody may make")
def test_saving_goes_through_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("[search]\nlimit = 5\n")
    file.parent.mkdir()
    file.symlink_to(real)
    save_value(file, "search.limit", 6)
    assert file.is_symlink()
    assert load(real).search.limit == 6


def test_a_value_that_is_not_allowed_is_not_saved(file: Path) -> None:
    written(file, MINE)
    for key, value in (("search.limit", 0), ("search.limit", True), ("index.exclude", [""]), ("models.mirror", 3)):
        with pytest.raises(UsageError, match=key):
            save_value(file, key, value)
    assert file.read_text() == MINE


def test_a_file_that_is_broken_is_not_overwritten(file: Path) -> None:
    for broken in ("[search]\nlimit = = 3\n", "[search]\nlimit = 0\n"):
        with pytest.raises(UsageError):
            save_value(written(file, broken), "search.recency", False)
        assert file.read_text() == broken


def test_resetting_takes_the_line_out(file: Path) -> None:
    reset_value(written(file, MINE), "search.limit")
    assert load(file).search.limit == 20
    assert "limmit = 3" in file.read_text()
    reset_value(file, "search.recency")
    reset_value(file, "models.mirror")
    assert "recency" not in file.read_text()


@pytest.mark.parametrize("key", ["search.limmit", "limit", "", "search", "search.limit.x", "colours.ink"])
def test_a_setting_that_does_not_exist_is_told_with_those_that_do(file: Path, key: str) -> None:
    acts = (
        lambda: save_value(file, key, 1),
        lambda: reset_value(file, key),
        lambda: from_text(key, "1"),
        lambda: value_of(Settings(), key),
    )
    for act in acts:
        with pytest.raises(NotFound) as caught:
            act()
        assert "search.limit" in caught.value.todo


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("search.limit", "30", 30),
        ("search.recency", "no", False),
        ("search.recency", "True", True),
        ("search.recency", "ON", True),
        ("index.exclude", "*.log, /tmp ,", ("*.log", "/tmp")),
        ("index.exclude", "", ()),
        ("models.mirror", "/media/stick", "/media/stick"),
        ("models.mirror", "", ""),
        ("models.allow_downloads", "never", "never"),
    ],
)
def test_what_a_person_types_becomes_a_value(key: str, text: str, value: object) -> None:
    assert from_text(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [("search.limit", "many"), ("search.limit", "-3"), ("search.recency", "perhaps"), ("models.allow_downloads", "")],
)
def test_what_makes_no_sense_is_told_with_what_does(key: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"{key}.*is not"):
        from_text(key, text)


@rules(deadline=None, max_examples=60)  # each example writes files and waits for the disk
@given(st.data())
def test_every_value_that_is_saved_is_read_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = tmp_path_factory.mktemp("settings") / "homespun.toml"
    printable = st.text(st.characters(codec="utf-8"), max_size=20)
    kinds: dict[type, st.SearchStrategy[object]] = {
        bool: st.booleans(),
        int: st.integers(1, 200),
        tuple: st.lists(printable.filter(bool), max_size=4).map(tuple),
    }
    allowed = {one.key: one.type for one in describe()}
    for key in data.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5)):
        default = value_of(Settings(), key)
        value = data.draw(kinds.get(type(default), printable))
        if (words := re.findall(r'"(\w+)"', allowed[key])) and isinstance(default, str):
            value = data.draw(st.sampled_from(words))
        assert isinstance(value, bool | int | str | tuple)
        save_value(file, key, value)
        assert value_of(load(file), key) == value


def test_every_setting_stands_in_the_docs_with_its_default_and_meaning() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip(): [cell.strip() for cell in cells[2:5]]
        for line in text.splitlines()
        if len(cells := line.split("|")) == 6
    }
    described = {f"`{one.key}`": [one.type, f"`{one.default}`", one.explanation] for one in describe()}
    assert {key: row for key, row in rows.items() if key.startswith("`")} == described


def test_describing_names_each_setting_once() -> None:
    assert len(set(KEYS)) == len(KEYS) == 26
    assert ("search.limit", "a whole number from 1 to 1000", "20") in [one[:3] for one in describe()]


def test_reading_settings_does_not_import_the_writer() -> None:
    code = "import sys; from pathlib import Path; from homespun.settings import load; load(Path('x')); print('tomlkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
