"""What lies in a root: names, links, depth, trouble."""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homespun.files import size_text
from homespun.progress import Cancel, Cancelled
from indexer.document import Limits
from indexer.ignore import CACHE_SIGNATURE, Reason, Refusal, Rules
from indexer.paths import open_file
from indexer.places import Mount, marks
from indexer.roots import RootAway, RootState
from indexer.walk import Folder, Found, Seen, look, name_only, walk, walk_folders, why_not
from tests.walk.trees import as_nobody, listed, listed_paths, make_pipe, plant, refusals, root_at

walk_module = importlib.import_module("indexer.walk")  # the door of `indexer` may hold something of the same name

posix = pytest.mark.skipif(os.name != "posix", reason="names, links and pipes of POSIX")


@pytest.fixture(scope="module")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The torture set's names, links, pipes and depths, made anew."""
    script = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "torture" / "make_torture.py"
    if not script.is_file():
        pytest.skip("the shared data folder is not beside this checkout")
    top = tmp_path_factory.mktemp("torture")
    made = subprocess.run([sys.executable, str(script), "dynamic", str(top)], capture_output=True, check=True)
    assert "names/invalid-bytes" in json.loads(made.stdout)["made"] or os.name != "posix"
    yield top
    shutil.rmtree(top, ignore_errors=True)  # pytest's own clean-up gives up on paths this long
    subprocess.run(["rm", "-rf", str(top)], check=False)


def test_a_file_is_listed_with_what_its_folder_says_of_it(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a.txt": "twelve bytes"})
    os.utime(top / "a.txt", ns=(0, -86_400_000_000_123))
    (folder,) = walk(root_at(top), Rules())
    assert isinstance(folder, Folder)
    found = os.stat(top / "a.txt")
    assert folder.path == os.fsencode(top.resolve())
    assert folder.files == [(b"a.txt", 12, found.st_mtime_ns, found.st_ino if os.name == "posix" else 0, False)]


@posix
def test_the_torture_set_is_listed_as_its_manifest_says(torture: Path) -> None:
    root = root_at(torture)
    paths = listed_paths(root, Rules())
    names = {os.path.basename(path) for path in paths if path.startswith(b"names/")}
    made = set(os.listdir(os.fsencode(torture / "names")))
    assert names == {name for name in made if not name.startswith(b".")}
    assert len(made) > 14
    assert listed_paths(root, Rules(hidden=True)) - paths == {b"names/.hidden osprey.txt"}
    assert {path for path in paths if path.startswith(b"links/")} == {b"links/real.txt", b"links/hard-1.txt"}
    special = {os.path.basename(path) for path in paths if path.startswith(b"special/") and path.count(b"/") == 1}
    assert special == {
        b"sparse-10g.txt", b"no-permission.txt", b"future.txt", b"past.txt", b"changing.txt",
    }  # fmt: skip


@posix
def test_a_path_of_over_four_thousand_bytes_is_listed_explained_and_opened(torture: Path) -> None:
    root = root_at(torture)
    (below,) = (path for path in listed_paths(root, Rules()) if path.endswith(b"osprey-deep.txt"))
    assert below.count(b"/") == 301
    path = os.path.join(root.path, below)
    assert len(path) > 4096
    found = look(path, [root], Rules())
    assert isinstance(found, Found)
    assert found.seen is not None
    assert found.seen.size == 17
    with open_file(root.path, path) as stream:
        assert stream.read() == b"osprey far below\n"


@posix
def test_twins_in_two_spellings_of_unicode_stay_two_files(torture: Path) -> None:
    paths = listed_paths(root_at(torture), Rules())
    assert {"names/osprey café nfc.txt".encode(), "names/osprey cafe\u0301 nfd.txt".encode()} <= paths


@posix
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("links/loop-self", Reason.LINK),
        ("links/loop-self/real.txt", Reason.LINK),
        ("links/loop-parent/links/real.txt", Reason.LINK),
        ("links/loop-a", Reason.LINK),
        ("links/loop-dangling", Reason.LINK),
        ("links/loop-out/passwd", Reason.LINK),
        ("special/fifo", Reason.SPECIAL),
        ("special/socket", Reason.SPECIAL),
        ("special/vanished.txt", Reason.MISSING),
        ("special/past.txt/x", Reason.MISSING),
        ("names/.hidden osprey.txt", Reason.HIDDEN),
        ("..", Reason.OUTSIDE),
    ],
)
def test_what_is_not_listed_is_explained(torture: Path, name: str, reason: Reason) -> None:
    refused = why_not(os.fsencode(torture) + b"/" + name.encode(), [root_at(torture)], Rules())
    assert refused is not None
    assert refused.reason is reason


@posix
def test_what_is_too_large_is_listed_and_read_by_name_alone(torture: Path) -> None:
    root = root_at(torture)
    for name, reason in (("sparse-10g.txt", Reason.TOO_LARGE), ("future.txt", None)):
        path = os.path.join(root.path, b"special", name.encode())
        found = look(path, [root], Rules())
        assert isinstance(found, Found)
        assert found.seen is not None
        refused = name_only(path, found.seen)
        assert (refused and refused.reason) is reason
    assert name_only(b"/x", Seen(b"x", 10, 0, 0, cloud=True)) is not None
    at_the_limit = Seen(b"x", Limits().file_bytes, 0, 0, cloud=False)
    assert name_only(b"/x", at_the_limit) is None, size_text(at_the_limit.size)


def some_tree(top: Path, seed: random.Random) -> None:
    """A random tree with everything in it that rules and types decide about."""
    folders = [top]
    names = ["a", "b", "notes", "build", "node_modules", ".git", ".config", "venv", "x.app", "out", "Ä", "line\nfeed"]
    for _ in range(14):
        folder = seed.choice(folders) / seed.choice(names)
        if not folder.exists() and len(folder.parts) - len(top.parts) < 5:
            folder.mkdir()
            folders.append(folder)
    lines = [
        "*.log",
        "!*.log",
        "b/",
        "/a",
        "notes/*.txt",
        "**/b/x.txt",
        "!node_modules",
        "!.config",
        "!build",
        "x.*",
        "!.git/",
    ]
    for folder in folders:
        for name in seed.sample(["x.txt", "y.log", ".dot", "id_rsa", "package.json", "k.kdbx", "x.md", "~$x"], 4):
            (folder / name).write_text("x")
        for name in (".gitignore", ".homespunignore"):
            if seed.random() < 0.25:
                (folder / name).write_text("\n".join(seed.sample(lines, 3)))
        for name, chance in ((".nosearch", 0.04), ("pyvenv.cfg", 0.04), ("CACHEDIR.TAG", 0.06)):
            if seed.random() < chance:
                (folder / name).write_text(CACHE_SIGNATURE.decode())
        if seed.random() < 0.2:
            (folder / "link").symlink_to(seed.choice(["x.txt", "..", "/etc", "nowhere"]))
        if seed.random() < 0.1:
            make_pipe(folder / "pipe")


@posix
@pytest.mark.parametrize("number", range(40))
def test_a_path_is_listed_if_and_only_if_there_is_no_reason_why_not(tmp_path: Path, number: int) -> None:
    seed = random.Random(number)
    top = tmp_path / "r"
    top.mkdir()
    some_tree(top, seed)
    root = root_at(top)
    rules = Rules(
        exclude=tuple(seed.sample(["*.md", "!build", "/b/a", "!.dot", "notes"], seed.randrange(3))),
        hidden=seed.random() < 0.3,
        gitignore=seed.random() < 0.8,
    )
    files, folders = listed_paths(root, rules), {scope.folder for scope in walk_folders(root, rules)}
    asked = 0
    for here, below, names in os.walk(root.path):
        assert (why_not(here, [root], rules) is None) == (here in folders), here
        for name in names + [name for name in below if Path(os.fsdecode(os.path.join(here, name))).is_symlink()]:
            path = os.path.join(here, name)
            assert (why_not(path, [root], rules) is None) == (os.path.relpath(path, root.path) in files), path
            asked += 1
    assert asked >= len(files) > 0 or root.path not in folders


def test_a_walk_of_a_part_lists_what_the_whole_walk_lists_there(tmp_path: Path) -> None:
    top = plant(
        tmp_path / "r",
        {".gitignore": "*.log\n", "a/b/x.txt": "", "a/b/y.log": "", "a/c/z.txt": "", "node_modules/a/x.js": ""},
    )
    root = root_at(top)

    def part(name: str) -> set[bytes]:
        below = os.path.join(root.path, os.fsencode(name.replace("/", os.sep)))
        steps = [step for step in walk(root, Rules(), below=below) if isinstance(step, Folder)]
        return {os.path.relpath(os.path.join(step.path, seen.name), root.path) for step in steps for seen in step.files}

    assert {path.replace(b"\\", b"/") for path in part("a/b")} == {b"a/b/x.txt"}
    assert len(part("a")) == 2
    assert part("node_modules/a") == part("gone") == part("a/b/x.txt") == set()
    with pytest.raises(ValueError, match="is not in"):
        list(walk(root, Rules(), below=os.path.dirname(root.path)))


@posix
def test_a_folder_that_may_not_be_read_is_named_and_the_walk_goes_on(tmp_path: Path) -> None:
    top = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    plant(top, {"a/x.txt": "", "locked/y.txt": "", "list only/z.txt": "", "b/z.txt": ""})
    for folder, mode in ((top, 0o755), (top / "locked", 0o000), (top / "list only", 0o744)):
        folder.chmod(mode)
    try:
        with as_nobody():
            root, rules = root_at(top), Rules(own=frozenset())
            assert listed(top, rules) == {"a/x.txt", "b/z.txt"}
            named = {refused.path: refused.reason for refused in refusals(root, rules)}
            assert named == dict.fromkeys((root.path + b"/locked", root.path + b"/list only"), Reason.UNREADABLE)
            for name in (b"/locked", b"/locked/y.txt", b"/list only/z.txt"):
                refused = why_not(root.path + name, [root], rules)
                assert refused is not None
                assert refused.reason is Reason.UNREADABLE
                assert "permission denied" in refused.sentence
    finally:
        (top / "locked").chmod(0o755)
        (top / "list only").chmod(0o755)
        shutil.rmtree(top)


def test_what_vanishes_during_the_walk_is_not_an_error(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {f"{name}/x{number}.txt": "" for name in "abc" for number in range(3)})
    seen = []
    for step in walk(root_at(top), Rules()):
        assert isinstance(step, Folder)
        seen.append(os.path.basename(step.path))
        if len(seen) == 2:
            for name in {b"a", b"b", b"c"} - set(seen):
                shutil.rmtree(os.path.join(os.fsencode(top), name))
    assert len(seen) == 2


def test_a_root_that_leaves_during_the_walk_is_never_taken_for_an_empty_one(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"a/x.txt": "", "b/x.txt": ""})
    root = root_at(top)
    steps = walk(root, Rules())
    next(steps)
    top.rename(tmp_path / "unplugged")
    with pytest.raises(RootAway, match="is kept") as error:
        list(steps)
    assert error.value.state is RootState.AWAY
    with pytest.raises(RootAway):
        list(walk(root, Rules()))
    refused = why_not(os.path.join(root.path, b"a"), [root], Rules())
    assert refused is not None
    assert refused.reason is Reason.AWAY


def test_a_walk_stops_when_asked(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {f"{number}/x.txt": "" for number in range(20)})
    cancel = Cancel()
    steps = walk(root_at(top), Rules(), cancel=cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)


@posix
def test_shares_and_kernel_file_systems_inside_a_root_are_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = plant(tmp_path / "r", {"nas/x.txt": "", "proc/x.txt": "", "disk/x.txt": "", "a.txt": ""}).resolve()
    kinds = {"nas": Mount("nfs4", "nas:/films"), "proc": Mount("proc", "proc"), "disk": Mount("ext4", "/dev/sdb1")}
    hung = {os.fsencode(top / name): mount for name, mount in kinds.items()}
    monkeypatch.setattr(walk_module, "mounts", lambda: hung)
    assert listed(top) == {"disk/x.txt", "a.txt"}
    (named,) = refusals(root_at(top))
    assert (named.path, named.reason) == (os.fsencode(top / "nas"), Reason.NETWORK)
    refused = why_not(os.fsencode(top / "proc" / "x.txt"), [root_at(top)], Rules())
    assert refused is not None
    assert refused.reason is Reason.SYSTEM


def test_marks_of_windows_and_macos_decide_where_there_are_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = plant(
        tmp_path / "r", {"plain.txt": "", "cloud.txt": "", "hidden.txt": "", "junction/x.txt": "", "far/x.txt": ""}
    )
    marked = {
        os.stat(top / name).st_ino: marks(values)
        for name, values in {
            "cloud.txt": Attributes(st_file_attributes=0x400000),
            "hidden.txt": Attributes(st_flags=0x8000),
            "junction": Attributes(st_reparse_tag=0xA0000003),
            "far": Attributes(st_flags=0x40000000),
        }.items()
    }
    plain = marks(Attributes())
    monkeypatch.setattr(walk_module, "HAS_MARKS", True)
    monkeypatch.setattr(walk_module, "marks", lambda found: marked.get(found.st_ino, plain))
    (folder, named) = sorted(walk(root_at(top), Rules()), key=lambda step: isinstance(step, Refusal))
    assert isinstance(folder, Folder)
    assert {(seen.name, seen.cloud) for seen in folder.files} == {(b"plain.txt", False), (b"cloud.txt", True)}
    assert isinstance(named, Refusal)
    assert (named.reason, os.path.basename(named.path)) == (Reason.CLOUD, b"far")
    refused = why_not(os.fsencode(top.resolve() / "junction" / "x.txt"), [root_at(top)], Rules())
    assert refused is not None
    assert refused.reason is Reason.LINK


class Attributes:
    """A stand-in for the parts of a stat result that only other systems have."""

    def __init__(self, **values: int) -> None:
        self.__dict__.update(values)


def test_where_capitals_do_not_count_a_path_is_found_however_it_is_written(tmp_path: Path) -> None:
    top = plant(tmp_path / "r", {"Täx/Plan.txt": ""})
    root = root_at(top)
    asked = os.path.join(root.path, "tA\u0308X".encode(), b"pLAN.TXT")
    found = look(asked, [root], Rules(fold=True))
    assert isinstance(found, Found)
    assert found.path == os.path.join(root.path, "Täx".encode(), b"Plan.txt")
    assert why_not(asked, [root], Rules(fold=False)) is not None
