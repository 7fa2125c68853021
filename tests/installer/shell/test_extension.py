"""What runs inside Nautilus and Caja, and what stands in for it in Scripts; run for real, with a file manager that is none."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from installer.shell import Places, Wish, plan
from installer.verbs import VERBS, On, verbs_on
from tests.installer.shell.conftest import written


@dataclass
class Item:
    """An entry of a menu, as the file manager's library makes it."""

    name: str
    label: str
    tip: str
    icon: str
    inner: list[Item] = field(default_factory=list)
    chosen: Callable[[], None] | None = None

    def set_submenu(self, menu: Menu) -> None:
        self.inner = menu.items

    def connect(self, signal: str, call: Callable[..., None], *more: Any) -> None:
        assert signal == "activate"
        self.chosen = lambda: call(self, *more)


@dataclass
class Menu:
    """A menu in a menu."""

    items: list[Item] = field(default_factory=list)

    def append_item(self, item: Item) -> None:
        self.items.append(item)


@dataclass(frozen=True)
class Chosen:
    """A file that is chosen; `path` is None on another computer."""

    path: str | None
    kind: str = "image/png"

    def get_location(self) -> Chosen:
        return self

    def get_path(self) -> str | None:
        return self.path

    def get_mime_type(self) -> str | None:
        return self.kind

    def is_directory(self) -> bool:
        return self.kind == "inode/directory"


@pytest.fixture
def recorder(tmp_path: Path) -> tuple[str, ...]:
    """A command that writes its words into asked.json."""
    script = written(
        tmp_path / "my recorder.py",
        b"import json, os, sys, pathlib\n"
        b"path = pathlib.Path(__file__).with_name('asked.json')\n"
        b"path.with_suffix('.part').write_text(json.dumps([os.getcwd(), *sys.argv[1:]]))\n"
        b"os.replace(path.with_suffix('.part'), path)\n",
    )
    return (sys.executable, "-I", str(script))


@pytest.fixture(params=["nautilus", "caja"])
def extension(request: pytest.FixtureRequest, person: Places, recorder: tuple[str, ...]) -> Any:
    """The extension, loaded as the file manager loads it, with its library played by ours."""
    return loaded(request.param, Wish(person, recorder))


def loaded(name: str, wish: Wish) -> Any:
    module = name.capitalize()
    (file,) = plan(name, wish)
    library = types.SimpleNamespace(MenuProvider=object, MenuItem=Item, Menu=Menu)
    gi = types.ModuleType("gi")
    gi.repository = types.ModuleType("gi.repository")  # type: ignore[attr-defined]
    gi.repository.GObject = types.SimpleNamespace(GObject=type("GObject", (), {}))
    setattr(gi.repository, module, library)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "gi", gi)
        patch.setitem(sys.modules, "gi.repository", gi.repository)
        space: dict[str, Any] = {"__name__": "homespun"}
        exec(compile(file.content, str(file.path), "exec"), space)
    space["HomespunMenu"].space = space
    return space["HomespunMenu"]()


@pytest.mark.parametrize("window", [(), (object(),)], ids=["interface 4.0", "interface 3.0"])
def test_pictures_get_their_verbs_in_both_versions_of_the_interface(extension: Any, window: tuple[object, ...]) -> None:
    (top,) = extension.get_file_items(*window, [Chosen("/p/a.png"), Chosen("/p/b.jpg", "image/jpeg")])

    assert top.label == "Homespun"
    assert len(top.inner) == len(verbs_on(On.PICTURES))
    (top,) = extension.get_background_items(*window, Chosen("/p", "inode/directory"))
    assert len(top.inner) == 1


@pytest.mark.parametrize(
    "files",
    [
        [],
        [Chosen("/p/a.png"), Chosen("/p/a.txt", "text/plain")],
        [Chosen(None)],
        [Chosen("/p/a.png"), Chosen(None)],
        [Chosen("/p", "inode/directory"), Chosen("/q", "inode/directory")],
        [Chosen("/p/a", "")],
    ],
    ids=["nothing", "mixed", "elsewhere", "partly elsewhere", "two folders", "unknown"],
)
def test_what_no_verb_is_for_gets_no_entry(extension: Any, files: list[Chosen]) -> None:
    assert extension.get_file_items(files) == []


def test_chosen_names_reach_the_command_word_by_word(extension: Any, tmp_path: Path) -> None:
    names = ["/p/-a --help.png", "/p/$(touch x) `y` \"q\" 's' %f\nnew.png", "/p/caf\udce9.png"]
    (top,) = extension.get_file_items([Chosen(name) for name in names])
    top.inner[2].chosen()

    assert asked(extension, tmp_path)[1:] == ["app", "--enlarge", "--by", "4", "--", *names]


def asked(extension: Any, tmp_path: Path) -> list[str]:
    for thread in extension.space["threading"].enumerate():
        if thread.daemon and thread.name.endswith("(wait)"):
            thread.join(30)
    told: list[str] = json.loads((tmp_path / "asked.json").read_text("utf-8"))
    return told


def test_the_entries_for_what_is_chosen_and_for_the_open_folder_share_no_name(extension: Any) -> None:
    folder = Chosen("/p", "inode/directory")
    found = [extension.get_file_items([folder])[0], extension.get_background_items(folder)[0]]

    assert len({item.name for top in found for item in (top, *top.inner)}) == 4  # Nautilus would take one for the other


@pytest.mark.parametrize(
    ("setting", "language"),
    [("de_AT.UTF-8", "de"), ("fr_FR.UTF-8", "en"), ("C.UTF-8", "en"), ("de", "de"), ("", "en")],
)
def test_it_speaks_the_desktops_language(
    person: Places, setting: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", setting)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))

    for wish, spoken in ((Wish(person, ("homespun",)), language), (Wish(person, ("homespun",), "de"), "de")):
        (top,) = loaded("nautilus", wish).get_file_items([Chosen("/p/a.png")])
        assert [item.label for item in top.inner] == [verb.words[spoken] for verb in verbs_on(On.PICTURES)]


def test_a_command_with_any_letters_is_still_a_program_of_python(person: Places) -> None:
    words = ('/opt/@VERBS@/"é\\', "-m", "'''")
    assert loaded("nautilus", Wish(person, words)).space["COMMAND"] == list(words)


def test_a_script_passes_on_the_names_that_it_gets(person: Places, recorder: tuple[str, ...], tmp_path: Path) -> None:
    files = plan("nautilus", Wish(replace(person, libraries=()), recorder))
    paths = []
    for file in files:
        paths.append(written(file.path, file.content))
        paths[-1].chmod(file.mode)
    names = ["-a.png", "$(touch x)\nb.png", "caf\udce9.png"]

    subprocess.run([str(paths[0]), *names], cwd=person.home, check=True, timeout=60)
    told = json.loads((tmp_path / "asked.json").read_text("utf-8"))
    assert told == [str(person.home), "app", "--erase", "--", *names]

    (tmp_path / "asked.json").unlink()
    subprocess.run([str(paths[0])], cwd=person.home, check=True, timeout=60)
    assert not (tmp_path / "asked.json").exists()  # nothing is chosen, so nothing is erased

    subprocess.run([str(paths[-1])], cwd=person.home, check=True, timeout=60)
    assert json.loads((tmp_path / "asked.json").read_text("utf-8"))[1:] == ["app", "--search", "--", "."]
    assert [path.name for path in paths] == [verb.words["en"] for verb in VERBS]
