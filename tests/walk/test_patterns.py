"""The language of .gitignore, beside git itself."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from indexer.patterns import parse

GIT = shutil.which("git")

Verdict = tuple[bytes, int, bytes] | None
"""The ignore file, its line, and the pattern that decided."""


def git_says(tree: Path, paths: list[bytes], *, ignore_case: bool = False) -> list[Verdict]:
    """What `git check-ignore` answers for `paths` (relative to `tree`)."""
    assert GIT is not None
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": str(tree)}
    case = ["-c", "core.ignorecase=" + str(ignore_case).lower(), "-c", "core.excludesFile="]
    answer = subprocess.run(
        [GIT, *case, "check-ignore", "--no-index", "--verbose", "--non-matching", "--stdin", "-z"],
        cwd=tree,
        env=environment,
        input=b"\0".join(paths) + b"\0",
        capture_output=True,
        check=False,
    )
    assert answer.returncode in (0, 1), answer.stderr
    fields = answer.stdout.split(b"\0")
    assert fields[3:-1:4] == paths
    return [
        (source, int(line), pattern) if source else None
        for source, line, pattern in zip(fields[0:-1:4], fields[1:-1:4], fields[2:-1:4], strict=True)
    ]


def we_say(files: dict[bytes, bytes], path: bytes, *, is_folder: bool, fold: bool = False) -> Verdict:
    """The same from our patterns: the first folder on the way down that is left out decides, then the path itself."""
    parts = path.split(b"/")
    for depth in range(1, len(parts) + 1):
        verdict = last_word(files, parts[:depth], is_folder or depth < len(parts), fold)
        if depth == len(parts) or (verdict is not None and not verdict[2].startswith(b"!")):
            return verdict
    raise AssertionError


def last_word(files: dict[bytes, bytes], parts: list[bytes], is_folder: bool, fold: bool) -> Verdict:
    """The deepest ignore file with an opinion about the path itself."""
    for above in range(len(parts) - 1, -1, -1):
        base = b"".join(part + b"/" for part in parts[:above])
        if base + b".gitignore" in files:
            prefix = b"".join(part + b"/" for part in parts[above:-1])
            pattern = parse(files[base + b".gitignore"], fold=fold).last_match(prefix, parts[-1], is_folder)
            if pattern is not None:
                return base + b".gitignore", pattern.line, pattern.text
    return None


NAMES = [
    b"a",
    b"b",
    b"ab",
    b"a.txt",
    b"b.log",
    b"x",
    b"build",
    b"A",
    b"a b",
    b"[a]",
    b"c\xc3\xa9",
    b"y\xff",
    b"#h",
    b"!n",
]
PARTS = [
    *NAMES,
    b"*",
    b"**",
    b"?",
    b"a*",
    b"*b",
    b"*.txt",
    b"*.*",
    b"[ab]",
    b"[!a]",
    b"[^b]",
    b"[a-c]*",
    b"\\a",
    b"\\[a\\]",
]
PARTS += [
    b"a**",
    b"**b",
    b"*a*b*",
    b"[[:alpha:]]",
    b"[[:nope:]]",
    b"[]a]",
    b"[a",
    b"[a-]",
    b"\\#h",
    b"\\!n",
    b"b*.l?g",
    b"[\\]]",
]
PARTS += [
    b"***",
    b"[[:digit:]x]",
    b"[[:a]",
    b"c??",
    b"[\xc3]*",
    b"a\\",
    b"[[:upper:]]",
    b"[--b]",
    b"[b-a]",
    b"**\\",
    b"a[/]b",
]


def some_line(seed: random.Random) -> bytes:
    """A line as people write them, and as they should not."""
    if seed.random() < 0.05:
        return seed.choice(
            [b"", b"# comment", b" ", b"/", b"!", b"!/", b"//", b"\\", b"***/", b"/**/", b"a\0b", b"**/"]
        )
    line = b"/".join(seed.choice(PARTS) for _ in range(seed.choice([1, 1, 1, 2, 2, 3, 4])))
    line = seed.choice([b"", b"", b"", b"!", b"/", b"!/", b"**/"]) + line
    return line + seed.choice([b"", b"", b"", b"/", b"/", b"/**", b"/*", b" ", b"\\ ", b"  ", b"\t", b"\r"])


def make_tree(tree: Path, seed: random.Random, *, fold: bool) -> tuple[dict[bytes, bytes], list[tuple[bytes, bool]]]:
    """A random repository: its ignore files, and all its paths with whether each is a folder."""
    root = os.fsencode(tree)
    names = [name for name in NAMES if not (fold and name == b"A")]
    folders = [b""]
    for _ in range(seed.randrange(2, 12)):
        folder = seed.choice(folders) + seed.choice(names) + b"/"
        if folder not in folders and folder.count(b"/") < 5:
            folders.append(folder)
            Path(os.fsdecode(os.path.join(root, folder))).mkdir()
    paths = [(folder[:-1], True) for folder in folders if folder]
    for folder in folders:
        for name in seed.sample(names, 4):
            if (folder + name, True) not in paths:
                with open(os.path.join(root, folder + name), "wb"):
                    paths.append((folder + name, False))
    files = {}
    for folder in folders:
        if not folder or seed.random() < 0.3:
            lines = [some_line(seed) for _ in range(seed.randrange(1, 9))]
            data = seed.choice([b"", b"", b"\xef\xbb\xbf"]) + seed.choice([b"\n", b"\r\n"]).join(lines)
            files[folder + b".gitignore"] = data
            with open(os.path.join(root, folder + b".gitignore"), "wb") as stream:
                stream.write(data)
    return files, paths


@pytest.mark.skipif(GIT is None, reason="git is not installed")
@pytest.mark.parametrize("fold", [False, True], ids=["capitals count", "capitals don't count"])
@pytest.mark.parametrize("round_", range(6))
def test_every_path_of_random_trees_is_decided_by_the_line_that_git_names(
    tmp_path: Path, round_: int, fold: bool
) -> None:
    for number in range(25):
        seed = random.Random(f"{round_} {number} {fold}")
        tree = tmp_path / f"{round_}-{number}"
        tree.mkdir()
        subprocess.run([str(GIT), "init", "-q", str(tree)], check=True, capture_output=True)
        files, paths = make_tree(tree, seed, fold=fold)
        expected = git_says(tree, [path for path, _ in paths], ignore_case=fold)
        for (path, is_folder), verdict in zip(paths, expected, strict=True):
            assert we_say(files, path, is_folder=is_folder, fold=fold) == verdict, (files, path)


def hits(lines: str, path: str, *, is_folder: bool = False, fold: bool = False) -> bool:
    """Whether the last pattern that hits `path` leaves it out."""
    prefix, slash, name = path.rpartition("/")
    pattern = parse(lines.encode(), fold=fold).last_match((prefix + slash).encode(), name.encode(), is_folder)
    return pattern is not None and not pattern.negative


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        ("*.log", "deep/er/x.log", True),
        ("/x.log", "deep/x.log", False),
        ("a/x.log", "b/a/x.log", False),
        ("**/a/x.log", "b/a/x.log", True),
        ("x/a**\n!x/ab/", "x/ab/c", True),
        ("x/a**/b", "x/ab", True),
        ("a/**/z", "a/z", True),
        ("a/**/z", "a/b/c/z", True),
        ("a/*/z", "a/b/c/z", False),
        ("*.log\n!keep.log", "keep.log", False),
        ("keep.log\n*.log", "keep.log", True),
        ("x/", "x", False),
        ("name ", "name", True),
        ("name\\ ", "name ", True),
        ("\\#x", "#x", True),
        ("[!a]x", "ax", False),
        ("*\n", "line\nfeed", True),
        ("*feed", "line\nfeed", True),
    ],
)
def test_a_line_hits_what_its_author_meant(lines: str, path: str, expected: bool) -> None:
    assert hits(lines, path) is expected


def test_a_pattern_for_folders_hits_folders_alone() -> None:
    assert hits("x/", "x", is_folder=True)
    assert not hits("x/", "x")


def test_capitals_count_unless_the_system_folds_them() -> None:
    for pattern in ("*.Log", "X.log", "/x.Log", "?.LOG"):
        assert not hits(pattern, "x.log")
        assert hits(pattern, "x.log", fold=True)


def test_the_line_that_decided_is_told_as_it_stands_in_the_file() -> None:
    pattern = parse(b"# first\r\n\r\n*.log \r\n", fold=False).last_match(b"", b"x.log", False)
    assert pattern is not None
    assert (pattern.line, pattern.text) == (3, b"*.log")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 250),
        ("x/" + "*a" * 40 + "b", "x/" + "a" * 250),
        ("**/a/" * 30 + "b", "a/" * 1500 + "c"),
        ("*/" * 200 + "b", "a/" * 1500 + "c"),
        ("**\\/a/" * 20 + "b", "a/" * 1500 + "c"),
        ("a**/" * 30 + "b", "a/" * 1500 + "c"),
    ],
)
def test_no_pattern_makes_the_match_run_away(pattern: str, path: str) -> None:
    begin = time.process_time()
    assert not hits(pattern, path)
    assert time.process_time() - begin < 5, "a pattern of a stranger's repository must not hold up the index"
