"""What is left out of an index, by which rule, and what a person can do about it. Names only: the disk is not asked here.

`docs/index-rules.md` says the same for people. From the strongest rule to the weakest:

1. key stores and password files (`PROTECTED`): never indexed, whatever else says so;
2. the person's own patterns (setting `index.exclude`);
3. `.homespunignore`, the deepest first;
4. hidden names, unless the setting `index.hidden` is on;
5. `.gitignore`, the deepest first;
6. what nobody wants to find (`DEFAULTS`): caches, packages, build products.

The first rule with an opinion decides; `!pattern` in 2, 3 and 5 is the opinion "keep".
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from indexer.paths import SEPARATOR, join, shown
from indexer.patterns import Pattern, Patterns, parse
from indexer.places import FOLDS_CASE, own_folders

IGNORE_FILE = b".homespunignore"
GIT_IGNORE_FILE = b".gitignore"
NO_SEARCH = b".nosearch"
CACHE_TAG = b"CACHEDIR.TAG"
CACHE_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
"""The first bytes of a `CACHEDIR.TAG` (bford.info/cachedir), which build tools and caches put into their folders."""
PYTHON_ENVIRONMENT = b"pyvenv.cfg"

PROTECTED = parse(
    rb"""# Keys and passwords. Folders, with the browsers' profiles of Linux, macOS and Windows:
.ssh/
.gnupg/
.password-store/
.aws/
.azure/
.kube/
**/.local/share/keyrings/
**/Library/Keychains/
.mozilla/
**/.config/google-chrome*/
**/.config/chromium/
**/.config/BraveSoftware/
**/.config/microsoft-edge*/
**/.config/vivaldi*/
**/.config/opera*/
**/snap/firefox/
**/snap/chromium/
**/.var/app/*firefox*/
**/.var/app/*hrom*/
**/Library/Safari/
**/Library/Cookies/
**/Application Support/Firefox/
**/Application Support/Google/Chrome*/
**/Application Support/Chromium/
**/Application Support/BraveSoftware/
**/Application Support/Microsoft Edge*/
**/AppData/Roaming/Mozilla/
**/AppData/Roaming/Opera Software/
**/AppData/*/Google/Chrome*/
**/AppData/*/Chromium/
**/AppData/*/BraveSoftware/
**/AppData/*/Microsoft/Edge*/
**/AppData/*/Microsoft/Credentials/
**/AppData/*/Microsoft/Protect/
# Files:
*.kdbx
*.kdb
*.psafe3
*.keychain
*.keychain-db
*.opvault
*.agilekeychain
*.1pux
*.1pif
*.enpassdb
*.ppk
*.pfx
*.p12
*.jks
*.keystore
id_rsa
id_dsa
id_ecdsa
id_ed25519
key3.db
key4.db
logins.json
cookies.sqlite
wallet.dat
""",
    fold=True,
)

DEFAULTS = parse(
    rb"""# Packages, caches and what programs keep for themselves:
.git/
.hg/
.svn/
node_modules/
bower_components/
site-packages/
__pycache__/
.venv/
venv/
.tox/
.nox/
.cache/
.mypy_cache/
.pytest_cache/
.ruff_cache/
.gradle/
.m2/
.npm/
.cargo/
.rustup/
.terraform/
# Of the system:
lost+found/
$RECYCLE.BIN/
System Volume Information/
.Trash/
.Trash-*/
.Trashes/
**/.local/share/Trash/
.Spotlight-V100/
.fseventsd/
.DocumentRevisions-V100/
.TemporaryItems/
# A folder to us, one thing to macOS:
**/*.app/Contents/
*.photoslibrary/
*.musiclibrary/
# Files that are there only while something runs, or only for the file browser:
~$*
.~lock.*#
*.crdownload
*.part
*.partial
Thumbs.db
desktop.ini
.DS_Store
""",
    fold=True,
)

_BUILT_IN = PROTECTED.followed_by(DEFAULTS)
"""Both at once: one look says for nearly every file that neither has an opinion."""

BUILD_FOLDERS = frozenset((b"build", b"dist", b"target", b"out"))
"""Build products only beside one of `BUILD_FILES`: a folder named `build` with a person's plans in it is kept."""

BUILD_FILES = frozenset(
    b"pyproject.toml setup.py setup.cfg package.json Cargo.toml pom.xml build.gradle build.gradle.kts settings.gradle "
    b"settings.gradle.kts build.sbt CMakeLists.txt Makefile meson.build composer.json tsconfig.json go.mod "
    b"pubspec.yaml mix.exs Package.swift build.xml BUILD.bazel".split()
)


class Reason(StrEnum):
    """Why a path is not walked, or only listed by its name."""

    OUTSIDE = "outside every folder of the index"
    AWAY = "its folder is not there now"
    MISSING = "missing"
    PROTECTED = "keys and passwords"
    EXCLUDED = "left out in the settings"
    HOMESPUNIGNORE = "left out by .homespunignore"
    GITIGNORE = "left out by .gitignore"
    NOSEARCH = "left out by .nosearch"
    HIDDEN = "hidden"
    DEFAULT = "a cache, a package or a system file"
    BUILD = "a build product"
    OWN = "our own files"
    LINK = "a link"
    SPECIAL = "not a regular file"
    SYSTEM = "a file system of the kernel"
    NETWORK = "on another computer"
    CLOUD = "in the cloud"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a path is left out. `path` is the one that is refused: the path asked about, or a folder above it.

    `sentence` says what and why, `todo` what a person can do; both on one line, ready to be shown.
    """

    path: bytes
    reason: Reason
    sentence: str
    todo: str


class Cause(NamedTuple):
    """A rule's decision, before anybody asked for words. `folder` holds the ignore file, `pattern` is its line."""

    reason: Reason
    folder: bytes = b""
    pattern: Pattern | None = None
    detail: str = ""


class Layer(NamedTuple):
    """One ignore file in force: its patterns, its folder, and how much of a path below the root that folder takes up."""

    patterns: Patterns
    folder: bytes
    skip: int
    reason: Reason

    def last_match(self, prefix: bytes, name: bytes, is_folder: bool) -> Pattern | None:
        """The line that decides about `name`; `prefix` is its folder below the root."""
        return self.patterns.last_match(prefix[self.skip :], name, is_folder)

    def cause(self, pattern: Pattern) -> Cause | None:
        """What that line decides: None = keep."""
        return None if pattern.negative else Cause(self.reason, self.folder, pattern)


@dataclass(frozen=True)
class Rules:
    """A person's choices. `exclude` are patterns as in `.gitignore`, from the root or as whole paths (`~` is the home).

    `hidden`: walk hidden files and folders too. `gitignore`: heed `.gitignore` files. `own`: our own folders, without
    links. `fold`: capitals don't count.
    """

    exclude: tuple[str, ...] = ()
    hidden: bool = False
    gitignore: bool = True
    own: frozenset[bytes] = field(default_factory=own_folders)
    fold: bool = FOLDS_CASE

    def at(self, root: bytes) -> Scope:
        """The rules in force in the folder `root`, before its own ignore files are read."""
        lines = [(number, _from_root(line, root)) for number, line in enumerate(self.exclude, 1)]
        personal = Layer(Patterns(lines, fold=self.fold), b"", 0, Reason.EXCLUDED)
        return Scope(self, root, b"", (personal,) if len(personal.patterns) else (), ())


def _from_root(line: str, root: bytes) -> bytes:
    """A pattern as `.gitignore` in `root` would have it: a whole path becomes one from the root."""
    keep, pattern = ("!", line[1:]) if line.startswith("!") else ("", line)
    whole = os.fsencode(Path(pattern).expanduser() if pattern.startswith("~") else pattern)
    start = root if root.endswith(SEPARATOR) else root + SEPARATOR
    if os.path.normcase(whole).startswith(os.path.normcase(start)):
        return os.fsencode(keep) + b"/" + whole[len(start) :].replace(SEPARATOR, b"/")
    return os.fsencode(line)


class Scope:
    """The rules in force in one folder: those of the folders above and its own."""

    __slots__ = ("_from_top", "_git", "_own", "_prefix", "_root", "_rules")

    def __init__(
        self, rules: Rules, root: bytes, prefix: bytes, own: tuple[Layer, ...], git: tuple[Layer, ...]
    ) -> None:
        self._rules = rules
        self._root = root
        self._prefix = prefix
        self._own = own
        self._git = git
        start = root if root.endswith(SEPARATOR) else root + SEPARATOR
        self._from_top = start.replace(SEPARATOR, b"/") + prefix

    @property
    def folder(self) -> bytes:
        """The folder's path."""
        below = self._prefix[:-1].replace(b"/", SEPARATOR)
        return join(self._root, below) if below else self._root

    def path(self, name: bytes) -> bytes:
        """The path of `name` in this folder."""
        return join(self._root, (self._prefix + name).replace(b"/", SEPARATOR))

    def below(self, name: bytes) -> Scope:
        """The rules in the folder `name` of this one, before its own ignore files are read."""
        return Scope(self._rules, self._root, self._prefix + name + b"/", self._own, self._git)

    def with_files(self, homespun: bytes | None, git: bytes | None) -> Scope:
        """These rules and those in the bytes of the folder's own `.homespunignore` and `.gitignore`."""
        fold, skip, folder = self._rules.fold, len(self._prefix), self.folder
        own, with_git = self._own, self._git
        if homespun is not None:
            layer = Layer(parse(homespun, fold=fold), folder, skip, Reason.HOMESPUNIGNORE)
            personal = own[:1] if own and own[0].reason is Reason.EXCLUDED else ()
            own = (*personal, layer, *own[len(personal) :])
        if git is not None and self._rules.gitignore:
            with_git = (Layer(parse(git, fold=fold), folder, skip, Reason.GITIGNORE), *with_git)
        return Scope(self._rules, self._root, self._prefix, own, with_git)

    def cause(self, name: bytes, *, is_folder: bool, hidden: bool, beside: Collection[bytes]) -> Cause | None:
        """Why `name` in this folder is left out by a rule about names, None if it is not.

        `hidden`: it is hidden on this system. `beside`: all names in the folder.
        """
        built_in = _BUILT_IN.last_match(self._from_top, name, is_folder)
        if built_in is not None and (pattern := PROTECTED.last_match(self._from_top, name, is_folder)):
            return Cause(Reason.PROTECTED, pattern=pattern)
        for layer in self._own:
            if pattern := layer.last_match(self._prefix, name, is_folder):
                return layer.cause(pattern)
        if hidden and not self._rules.hidden:
            return Cause(Reason.HIDDEN)
        for layer in self._git:
            if pattern := layer.last_match(self._prefix, name, is_folder):
                return layer.cause(pattern)
        if built_in is not None:
            return Cause(Reason.DEFAULT, pattern=built_in)
        if is_folder and name in BUILD_FOLDERS:
            for marker in sorted(BUILD_FILES.intersection(beside)):
                return Cause(Reason.BUILD, detail=marker.decode())
        return None


_WORDS = {
    Reason.PROTECTED: ("is a place or a file for keys and passwords", "It is never indexed; no setting changes that."),
    Reason.NOSEARCH: ("holds a file named .nosearch", "Delete that file to have the folder indexed."),
    Reason.HIDDEN: ("is hidden", "Write !NAME into .homespunignore beside it, or set index.hidden = true for all."),
    Reason.DEFAULT: (
        "is left out by default, as a cache, a package or a file of a system",
        "Write !NAME into .homespunignore beside it to have it indexed.",
    ),
    Reason.OWN: ("is where Homespun keeps its own files", "Nothing to do: there is nothing of yours in it."),
    Reason.LINK: ("is a link, and links are not followed", "Add what it leads to with `homespun index add`."),
    Reason.SPECIAL: ("is a pipe, a socket or a device, not a file", "Nothing to do: there is nothing to read in it."),
    Reason.SYSTEM: ("is a file system of the kernel", "Nothing to do: there are no files of yours in it."),
    Reason.NETWORK: (
        "is on another computer",
        "Add it as a folder of its own with `homespun index add` if you want it indexed.",
    ),
    Reason.MISSING: ("is not there", "Check the spelling; capitals and spaces count."),
    Reason.CLOUD: ("is in the cloud, not on this computer", "Make it available offline to have its text read."),
    Reason.OUTSIDE: ("is in none of the folders you chose", "Add its folder with `homespun index add`."),
}


def refusal(path: bytes, cause: Cause) -> Refusal:
    """The words for a decision about `path`."""
    subject = shown(path)
    if cause.pattern is not None and cause.reason in (Reason.GITIGNORE, Reason.HOMESPUNIGNORE, Reason.EXCLUDED):
        return Refusal(path, cause.reason, *_by_pattern(path, cause, cause.pattern))
    if cause.reason is Reason.BUILD:
        sentence = f"{subject} is left out as a build product: it stands beside {cause.detail}."
    elif cause.reason is Reason.UNREADABLE:
        return Refusal(
            path, cause.reason, f"{subject} can't be read: {cause.detail}.", "Give yourself the right to read it."
        )
    else:
        words = _WORDS[cause.reason]
        what = f"{words[0]} ({shown(cause.pattern.text)})" if cause.pattern is not None else words[0]
        sentence = f"{subject} {what}{': ' + cause.detail if cause.detail else ''}."
    todo = _WORDS[Reason.DEFAULT if cause.reason is Reason.BUILD else cause.reason][1]
    return Refusal(path, cause.reason, sentence, todo.replace("NAME", shown(os.path.basename(path))))


def _by_pattern(path: bytes, cause: Cause, pattern: Pattern) -> tuple[str, str]:
    subject, text = shown(path), shown(pattern.text)
    if cause.reason is Reason.EXCLUDED:
        where = f"pattern {pattern.line} of the setting index.exclude ({text})"
        return f"{subject} is left out by {where}.", "Change the setting index.exclude."
    name = (IGNORE_FILE if cause.reason is Reason.HOMESPUNIGNORE else GIT_IGNORE_FILE).decode()
    where = f"{name} line {pattern.line} ({text}) in {shown(cause.folder)}"
    if cause.reason is Reason.HOMESPUNIGNORE:
        return f"{subject} is left out by {where}.", "Change that line."
    todo = f"Write !{shown(os.path.basename(path))} into .homespunignore beside it to have it indexed."
    return f"{subject} is left out by {where}.", todo
