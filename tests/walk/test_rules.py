"""What is left out, and why: on real trees."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.ignore import CACHE_SIGNATURE, Reason, Refusal, Rules
from indexer.walk import why_not
from tests.walk.trees import listed, plant, refusals, root_at


def why(top: Path, name: str, rules: Rules | None = None) -> Refusal:
    """Why `name` below `top` is left out."""
    found = why_not(os.fsencode(top.resolve() / name), [root_at(top)], rules or Rules())
    assert found is not None, f"{name} is not left out"
    return found


def test_what_no_one_looks_for_is_left_out(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {
            "a.txt": "",
            "node_modules/x.js": "",
            "p/__pycache__/x.pyc": "",
            "p/venv/x.py": "",
            "desktop.ini": "",
            "~$letter.docx": "",
            "film.mp4.part": "",
            "my env/pyvenv.cfg": "",
            "my env/lib/x.py": "",
        },
    )
    assert listed(top) == {"a.txt"}
    assert why(top, "my env/lib/x.py").sentence.endswith("it is a Python environment.")


def test_keys_and_passwords_stay_out_whatever_else_is_said(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {
            "a.txt": "",
            ".ssh/config": "",
            "mine.KDBX": "",
            "id_ed25519": "",
            ".config/google-chrome/Default/x.txt": "",
            ".config/notes/x.txt": "",
            ".homespunignore": "!.ssh/\n!*.kdbx\n!id_ed25519\n",
        },
    )
    rules = Rules(exclude=("!.ssh", "!*.kdbx", "!google-chrome"), hidden=True)
    assert listed(top, rules) == {"a.txt", ".config/notes/x.txt", ".homespunignore"}
    assert why(top, ".ssh/config", rules).reason is Reason.PROTECTED
    assert why(top, ".config/google-chrome/Default/x.txt", rules).path.endswith(b"google-chrome")


@pytest.mark.parametrize("name", ["build", "dist", "target", "out"])
def test_a_build_folder_is_left_out_beside_a_recipe_and_kept_without_one(tmp_path: Path, name: str) -> None:
    top = plant(tmp_path / "r", {f"code/{name}/x.txt": "", "code/package.json": "", f"house/{name}/plan.txt": ""})
    assert listed(top) == {"code/package.json", f"house/{name}/plan.txt"}
    refused = why(top, f"code/{name}/x.txt")
    assert refused.reason is Reason.BUILD
    assert "package.json" in refused.sentence
    plant(top, {"code/.homespunignore": f"!{name}\n"})
    assert listed(top) == {"code/package.json", f"code/{name}/x.txt", f"house/{name}/plan.txt"}
    assert f"!{name} into .homespunignore" in refused.todo


def test_gitignore_is_heeded_with_the_line_told(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"p/.gitignore": "# no\n\n*.log\n", "p/q/x.log": "", "p/x.txt": "", "y.log": ""})
    assert listed(top) == {"p/x.txt", "y.log"}
    refused = why(top, "p/q/x.log")
    assert refused.reason is Reason.GITIGNORE
    assert f".gitignore line 3 (*.log) in {top.resolve() / 'p'}" in refused.sentence
    assert listed(top, Rules(gitignore=False)) == {"p/x.txt", "y.log", "p/q/x.log"}


def test_homespunignore_wins_over_gitignore_at_any_depth(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {
            ".homespunignore": "!wanted.log\nunwanted.txt\n",
            "p/.gitignore": "*.log\n!unwanted.txt\n",
            "p/wanted.log": "",
            "p/other.log": "",
            "p/unwanted.txt": "",
            "p/x.txt": "",
        },
    )
    assert listed(top) == {"p/wanted.log", "p/x.txt"}
    assert why(top, "p/unwanted.txt").reason is Reason.HOMESPUNIGNORE


def test_the_settings_win_over_all_files(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {".homespunignore": "a.txt\n!b.txt\n", "a.txt": "", "b.txt": "", "deep/b.txt": "", "node_modules/x.js": ""},
    )
    assert listed(top, Rules(exclude=("!a.txt", "/b.txt", "!node_modules/"))) == {
        "a.txt",
        "deep/b.txt",
        "node_modules/x.js",
    }
    refused = why(top, "b.txt", Rules(exclude=("!a.txt", "/b.txt")))
    assert refused.reason is Reason.EXCLUDED
    assert "pattern 2 of the setting index.exclude (/b.txt)" in refused.sentence


def test_the_settings_take_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = plant(tmp_path / "r", {"tax/2024/a.txt": "", "tax/b.txt": "", "2024/c.txt": ""}).resolve()
    assert listed(top, Rules(exclude=(str(top / "tax" / "2024"),))) == {"tax/b.txt", "2024/c.txt"}
    monkeypatch.setenv("HOME", str(top))
    monkeypatch.setenv("USERPROFILE", str(top))
    assert listed(top, Rules(exclude=("~/tax",))) == {"2024/c.txt"}
    assert listed(top, Rules(exclude=("tax", "!~/tax"))) == {"tax/2024/a.txt", "tax/b.txt", "2024/c.txt"}


def test_hidden_files_are_off_until_switched_on_or_asked_for(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {".notes/a.txt": "", ".b.txt": "", "c.txt": "", ".gitignore": "!.b.txt\n"})
    assert listed(top) == {"c.txt"}
    assert why(top, ".notes/a.txt").reason is Reason.HIDDEN
    assert listed(top, Rules(hidden=True)) == {".notes/a.txt", ".b.txt", "c.txt", ".gitignore"}
    plant(top, {".homespunignore": "!.notes\n"})
    assert listed(top) == {".notes/a.txt", "c.txt"}


def test_a_nosearch_file_leaves_its_folder_out(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a/.nosearch": "", "a/x.txt": "", "a/b/y.txt": "", "z.txt": ""})
    assert listed(top, Rules(hidden=True, exclude=("!a",))) == {"z.txt"}
    refused = why(top, "a/b/y.txt")
    assert (refused.reason, refused.path) == (Reason.NOSEARCH, os.fsencode(top.resolve() / "a"))
    plant(top, {".nosearch": ""})
    assert listed(top) == set()


def test_a_cache_that_says_so_is_left_out(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {
            "c/CACHEDIR.TAG": CACHE_SIGNATURE.decode() + "\n",
            "c/x.txt": "",
            "d/CACHEDIR.TAG": "just a name",
            "d/x.txt": "",
        },
    )
    assert listed(top) == {"d/x.txt", "d/CACHEDIR.TAG"}


def test_a_folder_that_was_chosen_is_not_left_out_for_its_own_name(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "node_modules" / ".cache", {"a.txt": "", "pyvenv.cfg": "", "CACHEDIR.TAG": CACHE_SIGNATURE.decode()}
    )
    assert "a.txt" in listed(top)


def test_our_own_folders_are_left_out_even_below_a_home(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"data/index.sqlite": "", "elsewhere/data/x.txt": "", "a.txt": ""})
    rules = Rules(own=frozenset({os.fsencode(top.resolve() / "data")}))
    assert listed(top, rules) == {"a.txt", "elsewhere/data/x.txt"}
    assert why(top, "data/index.sqlite", rules).reason is Reason.OWN


def test_an_ignore_file_that_cannot_be_used_is_named_and_the_walk_goes_on(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a.txt": "", "b/.gitignore": "x\n" * 600_000, "b/x": "", "c/.gitignore/": ""})
    (top / "d").mkdir()
    (top / "d" / ".homespunignore").symlink_to(top / "a.txt")
    assert listed(top) == {"a.txt", "b/x"}
    named = {os.fsdecode(refused.path) for refused in refusals(root_at(top))}
    assert named == {str(top.resolve() / name) for name in ("b/.gitignore", "c/.gitignore", "d/.homespunignore")}


def test_every_sentence_is_one_line_and_says_what_to_do(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r", {"line\nfeed/.gitignore": "*.x\\\n\n*.log\n", "line\nfeed/a\nb.log": "", ".hid\nden": ""}
    )
    for name in ("line\nfeed/a\nb.log", ".hid\nden", "gone\n", "../\nout"):
        refused = why(top, name)
        assert len(refused.sentence.splitlines()) == len(refused.todo.splitlines()) == 1
        assert refused.sentence.endswith(".")
        assert refused.todo.endswith(".")


def test_a_rule_for_capitals_follows_the_system(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {".gitignore": "*.LOG\n/Private\n", "x.log": "", "private/a.txt": "", "b.txt": ""})
    assert listed(top, Rules(fold=False)) == {"x.log", "private/a.txt", "b.txt"}
    assert listed(top, Rules(fold=True)) == {"b.txt"}
