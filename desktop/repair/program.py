"""The program's own files, each kind of installation in its own way."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.repair.finding import Ask, Finding, Part, State
from desktop.updates.places import cache_folder, written
from homespun.errors import Damaged, HomespunError, NetworkError
from homespun.files import sync_folder
from homespun.folders import folders
from installer.filelist import NAME, SIGNATURE, FileList, Listed, Unlisted, read, verify
from installer.versions import Installation, Kind, Layout, Pointer, this_installation

LAUNCHERS = ("homespun-launch.exe", "homespun.exe")
PACKAGE = "homespun"
_INSTALLER = "Run the installer of this version: it puts the files back and keeps your settings and your index."


def look_at_program(ask: Ask) -> Iterator[Finding]:
    """Whether the files are as they were made. Raises `HomespunError`, `Cancelled`."""
    here = this_installation()
    if here.kind is Kind.WINDOWS:
        yield from _windows(here, ask)
    elif here.kind is Kind.DEB:
        yield _package()
    elif here.kind is Kind.WHEEL:
        yield _wheel()
    else:
        yield Finding(Part.PROGRAM, State.FINE, f"This is a checkout ({here.root}): git status tells what was changed.")


# --- Windows ----------------------------------------------------------------------------------------------------------


def _windows(here: Installation, ask: Ask) -> Iterator[Finding]:
    layout = Layout(here.root)
    if layout.current() is None:
        what = "The note of which version starts is gone or damaged."
        found = Finding(Part.PROGRAM, State.BROKEN, what, "Run: homespun repair")
        if ask.mend:
            with written(here.root):
                layout.write(Pointer(here.version))
            found = found.mended(f"It says {here.version} again.")
        yield found
    damage = _damage(here, ask)
    launchers = _missing_launchers(here)
    if damage == () and not launchers:
        yield Finding(Part.PROGRAM, State.FINE, f"Every file of Homespun {here.version} is as it was made.")
        return
    left = damage
    if ask.mend and damage:
        from desktop.updates.apply import exclusively

        with exclusively(cache_folder()):
            left = _from_other_versions(layout, here.version, damage)
    if ask.mend and (left is None or left or launchers) and _from_server(here, left, launchers, ask):
        left = _damage(here, ask)
    whole = left == () and not _missing_launchers(here)
    yield _told(here, damage, launchers, whole=whole)


def _missing_launchers(here: Installation) -> tuple[str, ...]:
    return tuple(name for name in LAUNCHERS if not (here.root / name).is_file())


def _told(here: Installation, damage: tuple[str, ...] | None, launchers: Sequence[str], *, whole: bool) -> Finding:
    what = f"Files of Homespun {here.version} are damaged or gone."
    if damage is None:
        what = f"The list of the files of Homespun {here.version} is damaged or gone."
    found = Finding(Part.PROGRAM, State.BROKEN, what, _INSTALLER, (*(damage or ()), *launchers))
    return found.mended("They were put back.") if whole else found


def _damage(here: Installation, ask: Ask) -> tuple[str, ...] | None:
    """The files that are not as they should be; None when the list itself can't be believed."""
    if not _list_is_signed(here):
        return None
    try:
        found = verify(Layout(here.root).folder(here.version), tell=ask.progress.report)
    except Unlisted:
        return None
    return tuple(sorted((*found.missing, *found.changed)))


def _list_is_signed(here: Installation) -> bool:
    """Whether the list is what its signature is of; a version without a signature, or a build without keys, has only its
    list to go by."""
    from desktop.updates.keys import keys_of
    from desktop.updates.manifest import is_signed

    folder = Layout(here.root).folder(here.version)
    signature = folder / SIGNATURE
    if not signature.exists():
        return True
    try:
        keys = keys_of(here)
    except HomespunError:
        return True
    try:
        content, signed = (folder / NAME).read_bytes(), signature.read_bytes()
    except OSError:
        return False
    return any(is_signed(content, signed, key) for key in keys)


def _from_other_versions(layout: Layout, version: str, names: Iterable[str]) -> tuple[str, ...]:
    """Put back what another version beside has with the same content; the names of what is still wrong."""
    folder = layout.folder(version)
    wanted = read(folder).files
    others = [
        (layout.folder(one), listed) for one in layout.installed() if one != version and (listed := _list(layout, one))
    ]
    left = []
    for name in names:
        for other, listed in others:
            same = [path for path, one in listed.files.items() if one == wanted[name]]
            if any(_copied(other / path, folder, name, wanted[name]) for path in same):
                break
        else:
            left.append(name)
    return tuple(left)


def _list(layout: Layout, version: str) -> FileList | None:
    with suppress(Unlisted):
        return read(layout.folder(version))
    return None


def _copied(source: Path, folder: Path, name: str, wanted: Listed) -> bool:
    """Whether `source` held what was `wanted`, and is `name` in `folder` now."""
    if not source.is_file() or source.stat().st_size != wanted.size:
        return False
    with written(folder), _new_file(folder) as fresh:
        shutil.copyfile(source, fresh)
        if hashlib.sha256(fresh.read_bytes()).hexdigest() != wanted.sha256:
            return False
        _put(fresh, folder, name)
    return True


def _from_server(here: Installation, left: tuple[str, ...] | None, launchers: Sequence[str], ask: Ask) -> bool:
    """Fetch the archive of this version again and take from it what is wrong; whether that was done.

    `left` is what is known to be wrong, None when that isn't known. Raises `HomespunError`.
    """
    from desktop.updates.apply import archives, exclusively, fetch
    from desktop.updates.archive import opened_archive
    from desktop.updates.asking import STRICT, answer
    from desktop.updates.keys import trust
    from desktop.updates.manifest import opened
    from homespun.settings import load
    from models.fetch import host

    try:
        believed = trust(here, server=load(folders().settings).updates.server)
    except HomespunError:
        return False
    if not ask.agree(
        f"Files of Homespun {here.version} are damaged. Download this version again from {host(believed.address)}? "
        "Nothing about you or this computer is sent."
    ):
        return False
    manifest = opened(answer(believed.manifest_of(here.version), STRICT, ask.progress), believed.keys)
    file = manifest.file_for(here.platform)
    if manifest.version != here.version or file is None:
        raise NetworkError(f"{host(believed.address)} has Homespun {here.version} no longer.", _INSTALLER)
    cache = cache_folder()
    folder = Layout(here.root).folder(here.version)
    with exclusively(cache), written(here.root):
        path = fetch(file, f"{believed.address}{file.name}", cache, ask.progress)
        with opened_archive(path, here.version, here.platform) as archive:
            names = left if left is not None else (NAME, *archive.listed.files)
            for name in (*names, *([SIGNATURE] if left is None and archive.has(SIGNATURE) else [])):
                wanted = archive.listed.files.get(name)
                if wanted and left is None and _is(folder / name, wanted):
                    continue
                with _new_file(folder) as fresh:
                    archive.write(name, fresh, lambda _more: None)
                    _put(fresh, folder, name)
            for name in launchers:
                archive.write_beside(name, here.root / name)
        for rest in archives(cache):
            rest.unlink(missing_ok=True)
    return True


def _is(path: Path, wanted: Listed) -> bool:
    try:
        return path.stat().st_size == wanted.size and hashlib.sha256(path.read_bytes()).hexdigest() == wanted.sha256
    except OSError:
        return False


@contextmanager
def _new_file(folder: Path) -> Iterator[Path]:
    """A place beside the version for a file that is not whole yet."""
    half = Path(tempfile.mkdtemp(dir=folder.parent, suffix=".tmp"))
    try:
        yield half / "file"
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _put(fresh: Path, folder: Path, name: str) -> None:
    """Let `fresh` be the file `name`. One that is loaded can't be replaced on Windows, but moved out of the way."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        raise Damaged(f"{target} is a folder, and should be a file.", "Delete it and run: homespun repair")
    with suppress(FileNotFoundError):
        if os.name == "posix":
            fresh.chmod(target.stat().st_mode & 0o777)
    try:
        os.replace(fresh, target)
    except PermissionError:
        os.replace(target, Path(tempfile.mkdtemp(dir=folder.parent, suffix=".old")) / "file")
        os.replace(fresh, target)
    sync_folder(target.parent)


# --- packages ---------------------------------------------------------------------------------------------------------


def _package() -> Finding:
    """What dpkg says of the package's files."""
    dpkg = shutil.which("dpkg")
    if dpkg is None:
        return Finding(Part.PROGRAM, State.NOTE, "There is no dpkg here that would know the package's files.")
    ended = subprocess.run([dpkg, "--verify", PACKAGE], capture_output=True, text=True, errors="replace", check=False)
    wrong = tuple(line[line.index("/") :] for line in ended.stdout.splitlines() if "/" in line)
    if wrong:
        return Finding(
            Part.PROGRAM,
            State.BROKEN,
            "Files of the package are damaged or gone.",
            f"Install it again: sudo apt install --reinstall ./{PACKAGE}_VERSION.deb",
            wrong,
        )
    if ended.returncode:
        return Finding(
            Part.PROGRAM,
            State.BROKEN,
            f"dpkg doesn't know the package {PACKAGE}: {' '.join(ended.stderr.split())[:200]}",
            f"Install it again: sudo apt install ./{PACKAGE}_VERSION.deb",
        )
    return Finding(Part.PROGRAM, State.FINE, "Every file of the package is as it was made.")


def _wheel() -> Finding:
    """The files against the list that came with the wheel."""
    import importlib.metadata

    again = "Install it again: pipx reinstall homespun, or pip install --force-reinstall --no-deps with its wheel."
    try:
        files = importlib.metadata.distribution(PACKAGE).files or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    if not files:
        return Finding(Part.PROGRAM, State.NOTE, "The list of Homespun's files is not here.", again)
    wrong = []
    for file in files:
        if file.hash is None:  # what pip made itself
            continue
        try:
            sums = hashlib.new(file.hash.mode, Path(str(file.locate())).read_bytes()).digest()
        except OSError:
            sums = b""
        if base64.urlsafe_b64encode(sums).rstrip(b"=").decode() != file.hash.value:
            wrong.append(str(file))
    if wrong:
        return Finding(Part.PROGRAM, State.BROKEN, "Files of Homespun are damaged or gone.", again, tuple(wrong))
    return Finding(Part.PROGRAM, State.FINE, "Every file of Homespun is as it was made.")
