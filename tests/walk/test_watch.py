"""Changes as they happen, on real files."""

from __future__ import annotations

import ctypes
import errno
import importlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from homespun.progress import Cancel
from indexer import inotify
from indexer.changes import FolderSource, NoSource, Source, TreeSource
from indexer.ignore import Rules
from indexer.listen import Changed, Hint, Rescan, watch
from indexer.places import LINUX, Mount
from indexer.roots import Root
from tests.walk.trees import plant, root_at

watch_module = importlib.import_module("indexer.listen")

linux = pytest.mark.skipif(not LINUX, reason="inotify is Linux's")

PATIENCE = 20.0
"""Seconds that a test waits for what has to come: no promise of speed, only the end of a broken test."""

Listen = Callable[[Rules], Source]
SOURCES: list[Any] = [pytest.param(TreeSource, id="watchfiles")]
if LINUX:
    SOURCES.append(pytest.param(FolderSource, id="inotify"))


class Ear:
    """Collects hints of a watch that runs in a thread."""

    def __init__(self) -> None:
        self.hints: list[Hint] = []
        self._news = threading.Condition()

    def hear(self, hint: Hint) -> None:
        with self._news:
            self.hints.append(hint)
            self._news.notify_all()

    def until(self, fits: Callable[[list[Hint]], bool], what: str) -> None:
        """Wait until the hints so far fit."""
        with self._news:
            assert self._news.wait_for(lambda: fits(self.hints), PATIENCE), f"{what}: {self.hints}"

    def rescans(self, root: Root) -> list[Rescan]:
        return [hint for hint in self.hints if isinstance(hint, Rescan) and hint.root == root]

    def until_changed(self, *paths: Path) -> None:
        """Wait until all `paths` were told as changed."""
        wanted = {os.fsencode(path) for path in paths}
        self.until(lambda hints: wanted <= changed(hints), f"no word of {paths}")

    def until_rescan(self, root: Root, word: str) -> Rescan:
        """Wait for a rescan of `root` with `word` in its reason."""
        self.until(lambda _: any(word in one.why for one in self.rescans(root)), f"no rescan for {word!r}")
        return next(one for one in self.rescans(root) if word in one.why)


def changed(hints: list[Hint]) -> set[bytes]:
    """All paths told so far."""
    return {path for hint in hints if isinstance(hint, Changed) for path in hint.paths}


@contextmanager
def watching(*roots: Root, rules: Rules | None = None, **settings: Any) -> Iterator[Ear]:
    """A watch of `roots` that has begun."""
    ear, cancel = Ear(), Cancel()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            watch(roots, rules or Rules(), cancel=cancel, on_hint=ear.hear, **settings)
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=run)
    thread.start()
    try:
        ear.until(lambda hints: {hint.root for hint in hints} >= set(roots), "the watch does not begin")
        yield ear
    finally:
        cancel.cancel()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not failed


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A small root."""
    return plant(tmp_path / "root", {"a.txt": "", "sub/b.txt": "", "node_modules/x/y.js": ""}).resolve()


@pytest.mark.parametrize("listen", SOURCES)
def test_making_changing_renaming_and_deleting_a_file_is_heard(top: Path, listen: Listen) -> None:
    with watching(root_at(top), listen=listen) as ear:
        (top / "new.txt").write_text("1")
        ear.until_changed(top / "new.txt")
        (top / "sub" / "b.txt").write_text("2")
        ear.until_changed(top / "sub" / "b.txt")
        (top / "a.txt").rename(top / "sub" / "c.txt")
        ear.until_changed(top / "sub" / "c.txt")
        ear.until_changed(top / "a.txt")
        ear.hints.clear()
        (top / "sub" / "c.txt").unlink()
        ear.until_changed(top / "sub" / "c.txt")


@pytest.mark.parametrize("listen", SOURCES)
def test_a_save_by_renaming_a_temporary_file_is_heard_under_the_real_name(top: Path, listen: Listen) -> None:
    with watching(root_at(top), listen=listen) as ear:
        (top / ".a.txt.tmp").write_text("new")
        os.replace(top / ".a.txt.tmp", top / "a.txt")
        ear.until_changed(top / "a.txt")
        if listen is FolderSource:  # watchfiles tells a rename by the first of its two names
            assert changed(ear.hints) == {os.fsencode(top / "a.txt")}, "the hidden name is nobody's file"


@pytest.mark.parametrize("listen", SOURCES)
def test_a_new_folder_and_what_is_made_in_it_later_is_heard(top: Path, listen: Listen) -> None:
    with watching(root_at(top), listen=listen) as ear:
        (top / "new" / "deep").mkdir(parents=True)
        ear.until_changed(top / "new")
        time.sleep(0.3)
        (top / "new" / "deep" / "x.txt").write_text("x")
        ear.until_changed(top / "new" / "deep" / "x.txt")


@pytest.mark.parametrize("listen", SOURCES)
def test_what_is_left_out_is_not_heard(top: Path, listen: Listen) -> None:
    plant(top, {"logs/.gitignore": "*.log\n", "own/x": ""})
    rules = Rules(own=frozenset({os.fsencode(top / "own")}))
    with watching(root_at(top), rules=rules, listen=listen) as ear:
        for name in ("node_modules/x/z.js", "logs/x.log", ".hidden.txt", "key.kdbx", "own/index.sqlite"):
            (top / name).write_text("x")
        (top / "sub" / "last.txt").write_text("x")
        ear.until_changed(top / "sub" / "last.txt")
        assert changed(ear.hints) == {os.fsencode(top / "sub" / "last.txt")}


@pytest.mark.parametrize("listen", SOURCES)
def test_a_changed_ignore_file_asks_for_a_rescan_and_is_heeded_from_then_on(top: Path, listen: Listen) -> None:
    root = root_at(top)
    with watching(root, listen=listen) as ear:
        (top / ".homespunignore").write_text("sub/\n")
        ear.until_rescan(root, "rules")
        time.sleep(0.3)
        ear.hints.clear()
        (top / "sub" / "b.txt").write_text("x")
        (top / "a.txt").write_text("x")
        ear.until_changed(top / "a.txt")
        assert os.fsencode(top / "sub" / "b.txt") not in changed(ear.hints)


@pytest.mark.parametrize("listen", SOURCES)
def test_a_root_that_goes_and_comes_back_is_told_and_heard_again(top: Path, listen: Listen) -> None:
    root = root_at(top)
    with watching(root, listen=listen) as ear:
        top.rename(top.with_name("elsewhere"))
        away = ear.until_rescan(root, "is kept")
        assert away.trouble
        top.with_name("elsewhere").rename(top)
        ear.until_rescan(root, "here again")
        (top / "sub" / "new.txt").write_text("x")
        ear.until_changed(top / "sub" / "new.txt")


@pytest.mark.parametrize("listen", SOURCES)
def test_one_root_that_is_away_does_not_silence_another(top: Path, tmp_path: Path, listen: Listen) -> None:
    gone = Root(os.fsencode(tmp_path.resolve() / "gone"))
    root = root_at(top)
    with watching(gone, root, listen=listen) as ear:
        assert "is kept" in ear.rescans(gone)[0].why
        (top / "a.txt").write_text("x")
        ear.until_changed(top / "a.txt")
        plant(tmp_path / "gone", {"x.txt": ""})
        ear.until_rescan(gone, "here again")
        (tmp_path / "gone" / "y.txt").write_text("y")
        ear.until_changed(tmp_path.resolve() / "gone" / "y.txt")


@pytest.mark.parametrize("listen", SOURCES)
def test_a_burst_is_told_in_full_or_as_a_rescan(top: Path, listen: Listen) -> None:
    root = root_at(top)
    with watching(root, listen=listen) as ear:
        files = [top / "sub" / f"{number}.txt" for number in range(800)]
        for file in files:
            file.write_text("x")
        ear.until_changed(*files)
    watched = {os.fsencode(path) for path in files}
    assert len([hint for hint in ear.hints if isinstance(hint, Changed)]) < len(watched), "changes are gathered"


def test_very_many_changes_are_told_as_a_rescan(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_MANY", 100)
    root = root_at(top)
    with watching(root, debounce_ms=1000) as ear:
        for number in range(300):
            (top / f"{number}.txt").touch()
        ear.until_rescan(root, "files changed at once")


def test_every_root_is_looked_at_from_time_to_time(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_LOOK_AT_ROOTS", 0.1)
    root = root_at(top)
    with watching(root, rescan_seconds=0.2) as ear:
        assert not ear.until_rescan(root, "regular look").trouble


def test_where_nothing_can_be_heard_the_roots_are_polled_and_it_is_said(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "_LOOK_AT_ROOTS", 0.1)
    root = root_at(top)
    with watching(root, listen=lambda _rules: NoSource(), poll_seconds=0.3) as ear:
        said = ear.until_rescan(root, "instead")
        assert said.trouble
        assert "limit" in said.why
        ear.until(lambda _: len(ear.rescans(root)) > 3, "no polling")


def test_a_share_is_looked_at_from_time_to_time(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "_LOOK_AT_ROOTS", 0.1)
    monkeypatch.setattr(watch_module, "mounts", lambda: {os.fsencode(top): Mount("nfs", "nas:/x")})
    root = root_at(top)
    with watching(root, network_seconds=0.3) as ear:
        ear.until_rescan(root, "another computer")
        ear.until(lambda _: len(ear.rescans(root)) > 2, "no polling")


@linux
def test_when_the_systems_limit_is_reached_that_root_is_polled_and_another_goes_on(
    top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = plant(tmp_path / "large", {f"{number}/x.txt": "" for number in range(30)}).resolve()
    add = inotify.Inotify.add

    def limited(self: inotify.Inotify, folder: bytes) -> None:
        if len(self) >= 20:
            ctypes.set_errno(errno.ENOSPC)
            self._fail("watched folders", folder)
        add(self, folder)

    monkeypatch.setattr(inotify.Inotify, "add", limited)
    monkeypatch.setattr(watch_module, "_LOOK_AT_ROOTS", 0.1)
    one, two = root_at(large), root_at(top)
    with watching(one, two, poll_seconds=0.3) as ear:
        said = ear.rescans(one)[0]
        assert said.trouble
        assert "max_user_watches" in said.why
        assert not ear.rescans(two)[0].trouble
        ear.until(lambda _: len(ear.rescans(one)) > 2, "no polling")
        (top / "sub" / "b.txt").write_text("x")
        ear.until_changed(top / "sub" / "b.txt")
        for number in range(30):
            (top / "sub" / str(number)).mkdir()
        assert ear.until_rescan(two, "max_user_watches").trouble


@linux
def test_a_name_that_is_no_text_is_heard_exactly(top: Path) -> None:
    with watching(root_at(top)) as ear:
        path = os.fsencode(top) + b"/osprey\xff\n.txt"
        with open(path, "wb"):
            ear.until(lambda hints: path in changed(hints), "no word of it")


@linux
def test_a_name_that_breaks_watchfiles_is_answered_with_a_rescan_and_a_new_start(top: Path) -> None:
    root = root_at(top)
    with watching(root, listen=TreeSource) as ear:
        with open(os.fsencode(top) + b"/osprey\xff.txt", "wb"):
            ear.until_rescan(root, "broke off")
        time.sleep(0.5)  # closing it was one more message about that name
        (top / "a.txt").write_text("x")
        ear.until_changed(top / "a.txt")


@linux
def test_links_that_lead_out_of_a_root_are_not_watched(top: Path, tmp_path: Path) -> None:
    outside = plant(tmp_path / "outside", {"x.txt": ""})
    (top / "way out").symlink_to(outside)
    with watching(root_at(top)) as ear:
        (top / "late way out").symlink_to(outside)
        (outside / "x.txt").write_text("changed")
        (top / "a.txt").write_text("x")
        ear.until_changed(top / "a.txt")
        assert not [path for path in changed(ear.hints) if path.endswith(b"x.txt") and b"out" in path]


@linux
def test_a_moved_folder_is_heard_under_its_new_name(top: Path, tmp_path: Path) -> None:
    with watching(root_at(top)) as ear:
        (top / "sub").rename(top / "moved")
        ear.until_changed(top / "sub", top / "moved")
        time.sleep(0.3)
        (top / "moved" / "b.txt").write_text("x")
        ear.until_changed(top / "moved" / "b.txt")
        (top / "moved").rename(tmp_path / "out of sight")
        time.sleep(0.5)
        ear.hints.clear()
        (tmp_path / "out of sight" / "b.txt").write_text("y")
        (top / "a.txt").write_text("x")
        ear.until_changed(top / "a.txt")
        assert changed(ear.hints) == {os.fsencode(top / "a.txt")}


@linux
def test_a_folder_deleted_and_made_again_at_once_is_still_heard(top: Path) -> None:
    with watching(root_at(top)) as ear:
        for _ in range(20):
            shutil.rmtree(top / "sub")
            (top / "sub").mkdir()
        time.sleep(0.5)
        (top / "sub" / "after.txt").write_text("x")
        ear.until_changed(top / "sub" / "after.txt")


@linux
def test_word_of_a_deleted_folder_does_not_end_the_watch_of_a_new_one_of_that_name(top: Path) -> None:
    heard_by = inotify.Inotify()
    try:
        folder = os.fsencode(top / "sub")
        heard_by.add(folder)
        shutil.rmtree(top / "sub")
        (top / "sub").mkdir()
        heard_by.add(folder)
        heard_by.read(0)
        assert folder in heard_by
        heard_by.remove(folder)
        (top / "sub" / "x.txt").touch()
        assert heard_by.read(0.2) == []
    finally:
        heard_by.close()


@linux
def test_a_queue_that_ran_over_is_told_and_everything_is_watched_again(top: Path) -> None:
    queue = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if queue > 20_000:
        pytest.skip(f"the queue takes {queue} events: too many to make here")
    root = root_at(top)
    heard_by = FolderSource(Rules())
    try:
        heard_by.start(root)
        for number in range(queue // 2 + 100):
            (top / str(number)).touch()  # made, closed
        (top / "missed").mkdir()
        again: dict[Root, str] = {}
        while heard := heard_by.read(0.2):
            again |= heard.again
        assert again == {root: "More changed at once than the system can tell."}
        (top / "missed" / "x.txt").write_text("x")
        assert os.fsencode(top / "missed" / "x.txt") in heard_by.read(2).paths[root]
    finally:
        heard_by.close()


@linux
def test_a_nosearch_file_that_goes_away_is_heard(top: Path) -> None:
    plant(top, {"sub/.nosearch": ""})
    root = root_at(top)
    with watching(root) as ear:
        (top / "sub" / ".nosearch").unlink()
        ear.until_rescan(root, "rules")
        time.sleep(0.3)
        (top / "sub" / "b.txt").write_text("x")
        ear.until_changed(top / "sub" / "b.txt")
