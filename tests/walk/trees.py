"""Small real trees, and what a walk makes of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.ignore import Refusal, Rules
from indexer.roots import Root, look_at_root
from indexer.walk import Folder, walk


def plant(top: Path, files: Mapping[str, str]) -> Path:
    """Write `files` (path below `top` → text) and return `top`. A path that ends with `/` is an empty folder."""
    for name, text in files.items():
        path = top / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return top


def root_at(top: Path) -> Root:
    """`top` as a root."""
    return look_at_root(os.fsencode(top.resolve()))


def listed(top: Path, rules: Rules | None = None) -> set[str]:
    """The files that a walk of `top` lists, below it, with `/`."""
    return {path.replace(os.sep, "/") for path in map(os.fsdecode, listed_paths(root_at(top), rules or Rules()))}


def listed_paths(root: Root, rules: Rules) -> set[bytes]:
    """The files that a walk of `root` lists, as exact bytes below it."""
    return {
        os.path.relpath(os.path.join(folder.path, seen.name), root.path)
        for folder in walk(root, rules)
        if isinstance(folder, Folder)
        for seen in folder.files
    }


def refusals(root: Root, rules: Rules | None = None) -> list[Refusal]:
    """What a walk names beside the folders."""
    return [step for step in walk(root, rules or Rules()) if isinstance(step, Refusal)]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root inside the block: permissions hold. Skips where that can't be had."""
    if sys.platform == "win32":
        pytest.skip("permissions are not modes here")
    else:
        was = os.geteuid()
        if was != 0:
            yield
            return
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(was)


def make_pipe(path: Path) -> None:
    """A pipe that nobody writes to, where there are any."""
    if sys.platform != "win32":
        os.mkfifo(path)
