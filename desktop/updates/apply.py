"""Becoming another version: download, verify, unpack beside, name, try, switch. A kill anywhere leaves a working program.

Until the last step, which replaces one small file, the launcher starts what it started before. Whatever an update that was
cut off has left is taken up again, or deleted, by the next one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from desktop.updates.archive import unpack
from desktop.updates.asking import STRICT, Found, Verdict
from desktop.updates.manifest import Offer
from desktop.updates.places import written
from homespun.errors import Damaged, HomespunError, NetworkError, NotFound, UsageError
from homespun.files import require_space, sync_folder
from homespun.folders import make_private
from homespun.progress import Progress
from installer.filelist import Unlisted, verify
from installer.versions import Installation, Kind, Layout, rename
from models.fetch import Expected, Wire, download, part_of
from models.lock import alone

TRIAL = 120.0
"""Seconds that a new version has to say its name: an antivirus program looks at thousands of new files first."""
SLACK = 10_000_000
SCANNED = 20.0
"""Seconds that an antivirus program may hold a folder of new files, which can't be renamed meanwhile."""


class Step(StrEnum):
    """Where an update is, in order."""

    DOWNLOAD = "download"
    UNPACK = "unpack"
    NAME = "name"
    TRY = "try"
    SWITCH = "switch"
    TIDY = "tidy"
    DONE = "done"


Tell = Callable[[Step], None]


def install(
    found: Found,
    installation: Installation,
    cache: Path,
    progress: Progress,
    *,
    tell: Tell = lambda _step: None,
    wire: Wire = STRICT,
    again: bool = False,
) -> str:
    """Make `found` the version that starts from the next time on, and return it. The person has agreed.

    `cache` is where the download grows; `tell` hears each step as it begins; `again` takes a version that was taken back
    once. Raises `UsageError` (it can't come here that way), `NetworkError`, `Damaged`, `NoSpace`, `NoPermission`, `Busy`,
    `Cancelled`. After each of these the version that ran before runs on.
    """
    allowed = {Verdict.NEWER, Verdict.REFUSED} if again else {Verdict.NEWER}
    if installation.kind is not Kind.WINDOWS or found.verdict not in allowed or found.file is None:
        raise UsageError(
            f"This installation can't become Homespun {found.manifest.version} by itself.",
            "See what it can: homespun update status",
        )
    version, layout = found.manifest.version, Layout(installation.root)
    with exclusively(cache):
        if not _is_whole(layout, version, progress):
            archive = fetch(found.file, found.url, cache, progress, tell=tell, wire=wire)
            tell(Step.UNPACK)
            _place(archive, found.file.platform, layout, version, progress, tell)
        tell(Step.TRY)
        _try(layout, version)
        tell(Step.SWITCH)
        with written(layout.root):
            layout.switch(version)
        tell(Step.TIDY)
        tidy(layout, cache, installation)
    tell(Step.DONE)
    return version


def roll_back(installation: Installation, cache: Path) -> tuple[str, str]:
    """Let the version before start from the next time on: the one left, and the one gone back to.

    Raises `UsageError` and `NotFound` when there is nothing to go back to, `Busy`, `NoPermission`.
    """
    if installation.kind is not Kind.WINDOWS:
        raise UsageError(
            "This installation keeps no version to go back to.", "Install the older version the way this one was."
        )
    layout = Layout(installation.root)
    with exclusively(cache), written(layout.root):
        left = layout.current() or installation.version
        back = layout.go_back(by_hand=True)
    if back is None:
        raise NotFound("There is no version before this one any more.", "Run the installer of the version you want.")
    return left, back


def fetch(
    file: Offer, url: str, cache: Path, progress: Progress, *, tell: Tell = lambda _step: None, wire: Wire = STRICT
) -> Path:
    """The archive `file`, from `url` or from an earlier download, verified. Raises as `install`."""
    target = make_private(cache) / file.name
    tell(Step.DOWNLOAD)
    got = part_of(target).stat().st_size if part_of(target).exists() else 0
    require_space(cache, max(0, file.size - got) + SLACK, "The update")
    expected = Expected(url, file.size, file.sha256)
    if target.exists() and not part_of(target).exists():
        os.replace(target, part_of(target))  # as a whole part it is verified once more, and fetched if it isn't right
    try:
        download(expected, target, wire, progress, before=0, total=file.size)
    except NetworkError as error:
        raise NetworkError(
            f"The update did not come: {error.what}",
            "Try again: it goes on where it stopped. What is installed goes on working.",
        ) from error
    return target


def tidy(layout: Layout, cache: Path, installation: Installation) -> tuple[str, ...]:
    """Delete what no version needs any more: old versions, archives, leftovers. The names of the versions that went."""
    gone = layout.tidy(running=(installation.version,))
    for path in archives(cache):
        with suppress(OSError):
            path.unlink()
    return gone


def archives(cache: Path) -> tuple[Path, ...]:
    """Downloads, whole or partial, that lie in `cache`."""
    with suppress(OSError):
        return tuple(sorted(path for path in cache.iterdir() if path.suffix in (".zip", ".part", ".deb")))
    return ()


@contextmanager
def exclusively(cache: Path) -> Iterator[None]:
    """One update, repair or going back at a time. Raises `Busy`."""
    with alone(make_private(cache) / "update.lock", "an update"):
        yield


def _is_whole(layout: Layout, version: str, progress: Progress) -> bool:
    """Whether an earlier try left `version` complete. A broken one is put out of the way. Raises `NoPermission`."""
    folder = layout.folder(version)
    if not folder.is_dir():
        return False
    with suppress(Unlisted):
        if verify(folder, tell=progress.report).whole:
            return True
    with written(layout.root):
        set_aside(folder)
    return False


def set_aside(folder: Path) -> None:
    """Take `folder` out of `versions`: no other name there is a version's, and tidying deletes it. Raises `OSError`."""
    target = folder.with_name(f"{folder.name}.old")
    for number in range(2, 100):
        if not target.exists():
            break
        target = folder.with_name(f"{folder.name}-{number}.old")
    rename(folder, target, SCANNED)


def _place(archive: Path, platform: str, layout: Layout, version: str, progress: Progress, tell: Tell) -> None:
    """The version, whole and verified, under its name."""
    folder = layout.folder(version)
    half = folder.with_name(f"{version}.tmp")
    with written(layout.root):
        if half.exists():
            set_aside(half)
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            unpack(archive, version, platform, half, progress)
        except HomespunError:
            _remove(half)
            raise
        tell(Step.NAME)
        rename(half, folder, SCANNED)
        sync_folder(folder.parent)


def _try(layout: Layout, version: str) -> None:
    """Start the new version far enough to say its name. Raises `Damaged`, and puts the version out of the way."""
    folder = layout.folder(version)
    said = trial(folder)
    if said != f"homespun {version}":
        with written(layout.root):
            set_aside(folder)
        raise Damaged(
            f"Homespun {version} doesn't start on this computer ({said[:200] or 'it says nothing'}), so it was not "
            "switched to.",
            "What is installed goes on working. Please report it.",
        )


def trial(folder: Path) -> str:
    """What the version in `folder` says to `--version`, or what went wrong, on one line."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        ended = subprocess.run(
            [os.fspath(folder / "python" / "python.exe"), "-B", "-m", "desktop", "--version"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TRIAL,
            creationflags=no_window,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {TRIAL:.0f} seconds"
    except OSError as error:
        return error.strerror or str(error)
    words = " ".join(ended.stdout.decode("utf-8", "replace").split())
    return words if ended.returncode == 0 else f"exit code {ended.returncode}: {words[-200:]}"


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
