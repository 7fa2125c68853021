"""Where changes are heard from: the kernel, folder by folder, on Linux; watchfiles, tree by tree, on Windows and macOS."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from indexer import inotify
from indexer.ignore import GIT_IGNORE_FILE, IGNORE_FILE, NO_SEARCH, Reason, Refusal, Rules, Scope
from indexer.places import LINUX
from indexer.roots import Root, root_of
from indexer.walk import scope_of, walk_folders

RULE_FILES = frozenset((IGNORE_FILE, GIT_IGNORE_FILE, NO_SEARCH))
"""A change of one of these changes what belongs to a root: the whole root is looked at again."""

_LONGEST_WATCHED = 4000
"""Bytes of a path that inotify takes at once (4,096). Folders further down are looked at only by the regular scan."""

_KEPT_SCOPES = 10_000


@dataclass
class Heard:
    """What came in: changed paths by root, roots to look at again with the reason, roots that can't be heard any more."""

    paths: dict[Root, set[bytes]] = field(default_factory=dict)
    again: dict[Root, str] = field(default_factory=dict)
    deaf: dict[Root, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.paths or self.again or self.deaf)

    def add(self, root: Root, path: bytes) -> None:
        """One path may have changed."""
        self.paths.setdefault(root, set()).add(path)

    def take_in(self, later: Heard) -> None:
        """Join what came in later."""
        for root, paths in later.paths.items():
            self.paths.setdefault(root, set()).update(paths)
        self.again.update(later.again)
        self.deaf.update(later.deaf)


class Source(Protocol):
    """Hears changes in roots. A changed path may be a folder: then all below it may have changed."""

    def start(self, root: Root) -> None:
        """Listen to `root` from now on. Raises `OSError`, and `inotify.LimitReached` when no more can be watched."""
        ...

    def stop(self, root: Root) -> None:
        """Listen to `root` no more."""
        ...

    def read(self, seconds: float) -> Heard:
        """What waits, or comes within `seconds`."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class FolderSource:
    """Linux: one watch per folder that is not left out. Raises `inotify.LimitReached` and `OSError` when made."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._inotify = inotify.Inotify()
        self._owners: dict[bytes, Root] = {}
        self._scopes: dict[bytes, Scope] = {}

    def start(self, root: Root) -> None:
        self._watch(root, root.path)

    def stop(self, root: Root) -> None:
        self._unwatch(root.path)

    def close(self) -> None:
        self._inotify.close()

    def read(self, seconds: float) -> Heard:
        heard = Heard()
        for event in self._inotify.read(seconds):
            if event.folder is None:
                for root in set(self._owners.values()):
                    heard.again[root] = "More changed at once than the system can tell."
            elif event.name and (owner := self._owners.get(event.folder)) is not None:
                if event.name in RULE_FILES:
                    heard.again[owner] = "The rules of a folder changed."
                elif (scope := self._scopes.get(event.folder)) is not None:
                    self._take(heard, event, owner, scope)
        for root in [root for root in heard.again if root not in heard.deaf]:
            self._restart(root, heard)
        return heard

    def _take(self, heard: Heard, event: inotify.Event, root: Root, scope: Scope) -> None:
        path = scope.path(event.name)
        is_folder = bool(event.mask & inotify.IS_FOLDER)
        hidden = event.name.startswith(b".")
        if scope.cause(event.name, is_folder=is_folder, hidden=hidden, beside=()) is not None:
            return
        if not is_folder:
            heard.add(root, path)
        elif event.mask & (inotify.DELETE | inotify.MOVED_FROM):
            self._unwatch(path)
            heard.add(root, path)
        elif path not in self._inotify:  # made, moved here, or readable only now
            try:
                if self._watch(root, path):
                    heard.add(root, path)
            except inotify.LimitReached as limit:
                heard.deaf[root] = str(limit)
            except OSError:
                heard.again[root] = "A folder came and went."

    def _watch(self, root: Root, top: bytes) -> bool:
        """Watch `top` and all folders in it that are not left out; False when there is none."""
        found = False

        def add(folder: bytes) -> None:
            self._owners[folder] = root
            # A folder that is gone, or not readable, can't be watched: the walk says which, the regular scan looks again.
            with suppress(OSError):
                if len(folder) <= _LONGEST_WATCHED:
                    self._inotify.add(folder)

        for scope in walk_folders(root, self._rules, below=top, entering=add):
            self._scopes[scope.folder] = scope
            found = True
        return found

    def _unwatch(self, top: bytes) -> None:
        self._inotify.remove(top)
        start = top + b"/"
        for folder in [one for one in self._owners if one == top or one.startswith(start)]:
            del self._owners[folder]
            self._scopes.pop(folder, None)

    def _restart(self, root: Root, heard: Heard) -> None:
        """Watch what belongs to the root by now."""
        self._unwatch(root.path)
        try:
            with suppress(OSError):  # the root is gone: whoever reads this looks at that regularly
                self._watch(root, root.path)
        except inotify.LimitReached as limit:
            heard.deaf[root] = str(limit)


class TreeSource:
    """Windows and macOS: the system tells of whole trees, watchfiles hands it on, and the rules are asked per path."""

    def __init__(self, rules: Rules) -> None:
        from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

        self._make = RustNotify
        self._trouble = WatchfilesRustInternalError
        self._rules = rules
        self._roots: list[Root] = []
        self._notify: RustNotify | None = None
        self._scopes: dict[bytes, Scope | Refusal] = {}

    def start(self, root: Root) -> None:
        self._listen([*self._roots, root])

    def stop(self, root: Root) -> None:
        self._listen([one for one in self._roots if one != root])

    def close(self) -> None:
        if self._notify is not None:
            self._notify.close()
            self._notify = None

    def _listen(self, roots: list[Root]) -> None:
        """Listen to exactly `roots`; what was listened to goes on when that fails."""
        try:
            paths = [os.fsdecode(root.path) for root in roots]
            notify = self._make(paths, False, False, 300, True, True) if paths else None
        except (self._trouble, RuntimeError) as error:
            raise OSError(str(error)) from error
        self.close()
        self._notify = notify
        self._roots = roots
        self._scopes.clear()

    def read(self, seconds: float) -> Heard:
        heard = Heard()
        if self._notify is None:
            time.sleep(seconds)
            return heard
        try:
            changes = self._notify.watch(20, 10, max(1, round(seconds * 1000)), None)
        except self._trouble as error:
            # It says this for ever after, so a new one takes over; what fell in between is found by looking.
            for root in self._roots:
                heard.again[root] = f"The system's messages broke off ({error})."
            self._listen(self._roots)
            return heard
        if changes == "signal":
            raise KeyboardInterrupt
        if isinstance(changes, set):
            self._take(heard, (os.fsencode(path) for _, path in changes))
        return heard

    def _take(self, heard: Heard, paths: Iterable[bytes]) -> None:
        for path in paths:
            root = root_of(path, self._roots)
            folder, name = os.path.split(path)
            if root is None:
                continue
            if name in RULE_FILES:
                heard.again[root] = "The rules of a folder changed."
                self._scopes.clear()
            elif path != root.path and not self._is_left_out(root, folder, name):
                heard.add(root, path)

    def _is_left_out(self, root: Root, folder: bytes, name: bytes) -> bool:
        """Whether the rules leave a path out. What can't be told, as in a folder that is gone, is handed on."""
        scope = self._scopes.get(folder)
        if scope is None:
            if len(self._scopes) > _KEPT_SCOPES:
                self._scopes.clear()
            scope = scope_of(folder, root, self._rules)
            if isinstance(scope, Refusal) and scope.reason in (Reason.MISSING, Reason.UNREADABLE):
                return False
            self._scopes[folder] = scope
        if isinstance(scope, Refusal):
            return True
        hidden = name.startswith(b".")
        return all(
            scope.cause(name, is_folder=is_folder, hidden=hidden, beside=()) is not None for is_folder in (True, False)
        )


class NoSource:
    """Nothing can be heard here: all roots are looked at from time to time."""

    def start(self, root: Root) -> None:
        raise inotify.LimitReached("watchers", root.path)

    def stop(self, root: Root) -> None:
        """Nothing was started."""

    def read(self, seconds: float) -> Heard:
        time.sleep(seconds)
        return Heard()

    def close(self) -> None:
        """Nothing is held."""


def source(rules: Rules) -> Source:
    """The best way to hear of changes on this system."""
    try:
        return FolderSource(rules) if LINUX else TreeSource(rules)
    except (OSError, inotify.LimitReached):
        return NoSource()
