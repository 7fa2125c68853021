"""One index as a person handles it: its folders, its state, its problems, and forgetting."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homespun.errors import HomespunError, NotFound
from homespun.folders import folders
from homespun.progress import Cancelled, Progress
from homespun.settings import Settings, load, save_value
from indexer import stages
from indexer.document import Limits, State
from indexer.find import Options, Searcher
from indexer.ignore import Rules
from indexer.paths import SEPARATOR, absolute, join, relative, shown
from indexer.report import Forgotten, Problem, Reach, RootStatus, RunReport, Stage, Status, Why
from indexer.roots import check_new_root, root_state
from indexer.scan import root_of_row, scan
from indexer.store import Store
from indexer.vectors import Vectors, remove_cache
from indexer.walk import Found, look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from engines.text import Encoder
    from indexer.ignore import Refusal
    from indexer.store import RootRow


_PATIENCE = 20.0
"""Seconds that removing and forgetting wait for another writer."""


@dataclass(frozen=True)
class Added:
    """A folder that was taken in: its exact path for a screen, and what a person should know, a sentence each."""

    path: str
    warnings: tuple[str, ...]


class Index:
    """The index of a person. A context manager; not to be shared between threads."""

    def __init__(self, path: Path | None = None, *, create: bool = False, settings: Settings | None = None) -> None:
        """Open the index at `path` (default: the person's own).

        Raises `NotFound` when there is none and `create` is False, `Damaged`, `NoPermission`.
        """
        places = folders()
        self.settings = settings or load(places.settings)
        self.store = Store(path or places.index, create=create)
        self.cache = places.cache / "vectors.cache" if path is None else path.with_suffix(".vectors")
        self._encoder: Encoder | None = None
        self._create = create

    # what the settings say

    @property
    def rules(self) -> Rules:
        """Which files of the roots are left out."""
        chosen = self.settings.index
        return Rules(exclude=tuple(chosen.exclude), hidden=chosen.hidden, gitignore=chosen.gitignore)

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        return Limits(file_bytes=self.settings.index.max_file_mb * 1_000_000)

    @property
    def options(self) -> Options:
        """How answers are made."""
        search = self.settings.search
        return Options(search.typo_repair, search.dense_feedback, search.recency)

    def encoder(self) -> Encoder:
        """The sentence encoder, loaded once."""
        if self._encoder is None:
            from engines.text import Encoder

            self._encoder = Encoder.open(threads=self.settings.index.threads)
        return self._encoder

    def searcher(self) -> Searcher:
        """A warm searcher over this index."""
        return Searcher(self.store, self.cache, self.encoder, self.options)

    # roots

    def roots(self) -> tuple[RootStatus, ...]:
        """The folders of this index."""
        return tuple(
            RootStatus(shown(row.path), root_state(root_of_row(row)), self.store.files.count_in(row.id))
            for row in self.store.files.roots()
        )

    def add(self, folder: Path) -> Added:
        """Take a folder in; its files come with the next `run`. Raises `NotFound`, `UsageError`, `NoPermission`."""
        rows = self.store.files.roots()
        new = check_new_root(folder, [root_of_row(row) for row in rows])
        with self.store.transaction():
            root = new.root
            number = self.store.files.add_root(root.path, root.device, root.inode, root.volume, mounted=root.mounted)
            for row in rows:
                if any(row.path == inner.path for inner in new.merges):
                    self.store.files.adopt(row.id, number)
        return Added(shown(root.path), new.warnings)

    def remove(self, folder: Path) -> int:
        """Let go of a root and all that was read in it, at once. Returns how many files. Raises `NotFound`."""
        path = absolute(folder)
        row = next((row for row in self.store.files.roots() if _same(row.path, path)), None)
        if row is None:
            raise NotFound(f"{shown(path)} is not a folder of the index.", "See which are: homespun index list")
        count = self.store.files.count_in(row.id)
        with self._turn():
            with self.store.transaction():
                stages.let_go(self.store, self.store.files.drop_root(row.id), int(time.time()))
                self.store.contents.sweep(int(time.time()), grace=0)
            self._leave_no_trace()
        return count

    def forget(self, path: Path) -> Forgotten:
        """Take every trace of a file, or of all files below a folder, out of the index and its caches.

        The file itself is not touched, and comes back with the next run unless its folder is removed or left out by a
        rule. Raises `NotFound`, `Busy`.
        """
        exact = absolute(path)
        with self._turn():
            files = self.store.files.below(exact, SEPARATOR)
            if not files:
                raise NotFound(f"The index holds nothing of {shown(exact)}.", "Nothing to forget.")
            with self.store.transaction():
                contents = self.store.files.remove(files)
                self.store.files.drop_all_empty_folders()
                stages.let_go(self.store, contents, int(time.time()))
                passages = self.store.contents.sweep(int(time.time()), grace=0)
            self._leave_no_trace()
        return Forgotten(len(files), passages)

    def leave_out(self, folder: Path) -> int:
        """Search this folder no more: a root is removed, another one is left out by a rule of the settings file.

        Returns how many files went. Raises `NotFound`, `Busy`, and what saving a setting raises.
        """
        path = absolute(folder)
        if any(_same(row.path, path) for row in self.store.files.roots()):
            return self.remove(folder)
        save_value(folders().settings, "index.exclude", (*self.settings.index.exclude, self._rule_of(path)))
        self.settings = load(folders().settings)
        try:
            return self.forget(folder).files
        except NotFound:  # it holds nothing that was ever found
            return 0

    def take_back(self, folder: Path) -> None:
        """Undo `leave_out`: its files come back with the next `run`. Raises as `add` and saving a setting do."""
        path = absolute(folder)
        if not any(relative(path, row.path) for row in self.store.files.roots()):
            self.add(folder)
            return
        rule = self._rule_of(path)
        kept = tuple(one for one in self.settings.index.exclude if one != rule)
        save_value(folders().settings, "index.exclude", kept)
        self.settings = load(folders().settings)

    def _rule_of(self, path: bytes) -> str:
        """The pattern of `index.exclude` that leaves out the folder at `path` and no other."""
        for row in self.store.files.roots():
            below = relative(path, row.path)
            if below:
                exact = os.fsdecode(join(row.path, below.replace(b"/", SEPARATOR)))
                head = len(exact) - len(os.fsdecode(below))
                return exact[:head] + _literal(exact[head:]) + os.sep
        raise NotFound(f"{shown(path)} is in no folder of the index.", "See which are: homespun index list")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The writer's lock, waiting for a watcher to finish the piece it is at."""
        self.store.lock.acquire(patience=_PATIENCE)
        try:
            with self.store.telling_damage():
                yield
        finally:
            self.store.lock.release()

    def _leave_no_trace(self) -> None:
        self.store.erase_traces()
        remove_cache(self.cache)

    # running

    def run(self, *, until: Stage = Stage.PASSAGES, progress: Progress) -> RunReport:
        """All stages up to `until`. Raises `Busy` while another process writes, `Cancelled`, `NoSpace`."""
        with self.store.lock, self.store.telling_damage():
            self._after_unclean_end()
            self.store.set_state("running")
            try:
                report = self._stages(until, progress)
            except (Cancelled, HomespunError):
                with suppress(HomespunError):  # a full disk takes not even this word
                    self.store.set_state("stopped")
                raise
            self.store.set_state("done")
            self.store.checkpoint()
        return report

    def _stages(self, until: Stage, progress: Progress) -> RunReport:
        seconds: dict[str, float] = {}
        order = list(Stage)
        started = time.perf_counter()
        scanned = scan(self.store, self.rules, progress)
        seconds[Stage.NAMES] = time.perf_counter() - started
        problems = embedded = 0
        if order.index(until) >= order.index(Stage.TEXT):
            started = time.perf_counter()
            _, problems = stages.read_texts(self.store, progress, self.limits)
            seconds[Stage.TEXT] = time.perf_counter() - started
        with self.store.transaction():
            self.store.contents.sweep(int(time.time()))
        if order.index(until) >= order.index(Stage.MEANING) and self.store.vectors.count_waiting():
            started = time.perf_counter()
            embedded = stages.embed(self.store, self.encoder(), progress, until=until)
            self._tidy_vectors()
            seconds[until] = time.perf_counter() - started
        return RunReport(
            scanned.new,
            scanned.changed,
            scanned.removed,
            scanned.unchanged,
            problems,
            embedded,
            tuple(scanned.away),
            seconds,
        )

    def _after_unclean_end(self) -> None:
        """A run that was killed leaves "running" behind: look whether the file is sound before writing on."""
        if self.store.meta("state") == "running":
            self.store.check()

    def _tidy_vectors(self) -> None:
        """Write the vector cache anew when much has come or gone since it was written."""
        vectors = Vectors.open(self.cache, self.store.vectors)
        if vectors.needs_compaction:
            vectors.compact()

    # what the index says of itself

    def status(self) -> Status:
        """The index at a glance."""
        with self.store.telling_damage():
            return self._status()

    def _status(self) -> Status:
        store, ask = self.store, self.store.ask
        cache_bytes = 0
        with suppress(OSError):
            cache_bytes = os.stat(self.cache).st_size
        return Status(
            roots=self.roots(),
            files=ask.total("file"),
            states=ask.counts("state"),
            kinds=ask.counts("kind"),
            passages=ask.total("passage"),
            vectors=store.vectors.count(),
            waiting_text=store.files.count_waiting(),
            waiting_vectors=store.vectors.count_waiting(),
            index_bytes=store.size(),
            cache_bytes=cache_bytes,
            text_bytes=ask.text_bytes(),
            writer=store.lock.holder(),
            last_run=store.meta("last_run"),
        )

    def problems(self) -> tuple[Problem, ...]:
        """The files that are not wholly in the index, with the reason for each."""
        with self.store.telling_damage():
            return tuple(
                Problem(join(folder, name), shown(join(folder, name)), State(state), reason, reader, version)
                for folder, name, state, reason, reader, version in self.store.files.problems()
            )

    def why(self, path: Path) -> Why:
        """Why a path is, or is not, found."""
        with self.store.telling_damage():
            return self._why(absolute(path))

    def reach(self, folder: bytes) -> tuple[Reach, str]:
        """How much of a folder (exact, without links) is read, and why it is left out."""
        with self.store.telling_damage():
            rows = self.store.files.roots()
        for row in rows:
            if relative(folder, row.path) is not None:
                judged = look(folder, [root_of_row(one) for one in rows], self.rules)
                if not isinstance(judged, Found):
                    return Reach.LEFT_OUT, judged.sentence
                return (Reach.WHOLE if row.scanned else Reach.COMING), ""
        inside = any(relative(row.path, folder) is not None for row in rows)
        return (Reach.PART if inside else Reach.NONE), ""

    def _why(self, exact: bytes) -> Why:
        folder, _, name = exact.rpartition(SEPARATOR)
        rows = self.store.files.roots()
        row = self.store.files.find(folder, name)
        if not rows:
            return Why(shown(exact), False, "The index has no folders yet.", f"homespun index add {shown(folder)}")
        judged = look(exact, [root_of_row(root) for root in rows], self.rules)
        if isinstance(judged, Found):
            return self._why_walked(exact, judged, row, rows)
        return _why_refused(exact, judged, known=row is not None)

    def _why_walked(
        self, exact: bytes, found: Found, row: tuple[int, str, str, int | None] | None, rows: list[RootRow]
    ) -> Why:
        name = shown(exact)
        if found.seen is None:
            count = len(self.store.files.below(exact, SEPARATOR))
            return Why(name, count > 0, f"{name} is a folder; the index holds {count} files of it.", "")
        if row is None:
            scanned = next((root.scanned for root in rows if root.path == found.root.path), 0)
            new = (
                f"{name} is new since the last run." if scanned else f"{name} is new; its folder was not looked at yet."
            )
            return Why(name, False, new, "homespun index run")
        _, state, reason, content = row
        if state == "waiting":
            return Why(
                name, True, f"{name} can be found by its name; its contents wait to be read.", "homespun index run"
            )
        if state == State.INDEXED:
            by = (
                f"{name} is in the index and can be found by its name."
                if reason
                else f"{name} is in the index and can be found."
            )
            if content and not self.store.vectors.embedded(content):
                by += " Its meaning is still to be worked out."
            return Why(name, True, by, "")
        if State(state) is State.PARTIAL:
            return Why(name, True, f"{name} can be found in part: {reason}.", "")
        return Why(name, True, f"{name} can be found by its name only: {reason}.", "")

    # ends

    def close(self) -> None:
        """Close the index."""
        if self._create and self.store.lock.holder() is None:
            self.store.checkpoint()
        self.store.close()
        if self._encoder is not None:
            self._encoder.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _why_refused(exact: bytes, refusal: Refusal, *, known: bool) -> Why:
    still = " The index still knows it, until the next run." if known else ""
    return Why(shown(exact), known, refusal.sentence + still, refusal.todo)


def _same(path: bytes, other: bytes) -> bool:
    return os.path.normcase(path) == os.path.normcase(other) or os.path.realpath(other) == path


def _literal(text: str) -> str:
    """`text` as a pattern that matches nothing else. Classes, not backslashes: those part folders on Windows."""
    if os.sep != "\\":
        text = text.replace("\\", "\\\\")
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in text)
