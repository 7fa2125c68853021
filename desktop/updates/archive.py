"""A version out of its archive (the portable zip): every name is looked at before a byte is written.

The archive's hash was vouched for by our key, so whoever could make it hostile could also make the program in it hostile.
These checks are for the day when that key is stolen, or our own build is wrong: nothing outside the new folder is touched.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from homespun.errors import Damaged, NoSpace, is_disk_full
from homespun.files import require_space, sync_folder
from homespun.progress import Progress
from installer.filelist import MOST, NAME, SIGNATURE, FileList, Unlisted, parse

MOST_ENTRIES = 100_000
LONGEST_NAME = 220
SLACK = 50_000_000
"""Bytes of the disk that an update leaves free."""
_BLOCK = 1 << 20
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OverflowError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
_REFUSED = (errno.EINVAL, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
"""It points before its own beginning, or a name is another one's short name (PROGRA~1)."""
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Archive:
    """An archive whose names are harmless: `prefix` is the folder of the version in it, `listed` its own list of files."""

    zip: zipfile.ZipFile
    prefix: str
    listed: FileList

    def member(self, name: str) -> zipfile.ZipInfo:
        """The entry of the version's file `name`. Raises `KeyError`."""
        return self.zip.getinfo(self.prefix + name)

    def has(self, name: str) -> bool:
        """Whether the version has the file `name`."""
        return self.prefix + name in self.zip.NameToInfo

    def write_beside(self, name: str, target: Path) -> None:
        """Write `name` of the program folder itself (the launcher) to `target`, which must not be there; nothing without it."""
        top = self.prefix.removesuffix(f"versions/{self.listed.version}/")
        if top + name not in self.zip.NameToInfo:
            return
        part = target.with_name(f".{target.name}.tmp")
        with self.zip.open(top + name) as source, part.open("wb") as out:
            for block in iter(lambda: source.read(_BLOCK), b""):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)

    def write(self, name: str, target: Path, report: Callable[[int], None]) -> None:
        """Write the file `name` to `target`, which must not be there. Raises `Damaged` unless it is what the list says."""
        wanted = self.listed.files.get(name)
        info = self.member(name)
        size = wanted.size if wanted else info.file_size
        sums = hashlib.sha256()
        done = 0
        with self.zip.open(info) as source, target.open("xb") as out:
            while block := source.read(min(_BLOCK, size + 1 - done)):
                done += len(block)
                if done > size:
                    break
                out.write(block)
                sums.update(block)
                report(len(block))
            out.flush()
            os.fsync(out.fileno())
        if done != size or (wanted and sums.hexdigest() != wanted.sha256):
            target.unlink()
            raise _wrong(f"{name} in it is not what its list says")
        if info.external_attr >> 16 & stat.S_IXUSR and os.name == "posix":
            target.chmod(0o755)


@contextmanager
def opened_archive(path: Path, version: str, platform: str) -> Iterator[Archive]:
    """The archive at `path`, which must hold `version` for `platform`. Raises `Damaged` for every other one."""
    with _sound(), zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_ENTRIES:
            raise _wrong("it has too many entries")
        for info in infos:
            _check_entry(info)
        _check_collisions(info.orig_filename for info in infos)
        prefix = _prefix(infos, version)
        listed = _list_of(archive, prefix)
        if (listed.version, listed.platform) != (version, platform):
            raise _wrong(f"it holds {listed.version} for {listed.platform}")
        _check_contents(infos, prefix, listed)
        yield Archive(archive, prefix, listed)


def unpack(path: Path, version: str, platform: str, target: Path, progress: Progress) -> None:
    """Unpack `version` out of the archive at `path` into the folder `target`, which must not be there.

    Everything is on the disk when this returns, and verified. Raises `Damaged`, `NoSpace`, `Cancelled`; then `target` may be
    there in part.
    """
    with opened_archive(path, version, platform) as archive:
        total = archive.listed.size
        require_space(target.parent, total + SLACK, f"Homespun {version}")
        target.mkdir()
        done = 0

        def report(more: int) -> None:
            nonlocal done
            done += more
            progress.report(min(done, total), total, version)

        folders = {target}
        for name in (NAME, *([SIGNATURE] if archive.has(SIGNATURE) else []), *archive.listed.files):
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            folders |= {target / one for one in _above(name)}
            archive.write(name, place, report)
        for folder in folders:
            sync_folder(folder)


def check_name(name: str) -> str:
    """Why `name` (of an entry, with `/`) can't be a file's name on every system; empty when it can."""
    parts = name.removesuffix("/").split("/")
    if not name or name.startswith("/") or {"", ".", ".."} & set(parts):
        return "it leaves its folder"
    if _FORBIDDEN.search(name):
        return "it has characters that no file may have"
    if len(name) > LONGEST_NAME:
        return "it is too long"
    if any(part[-1] in ". " or _RESERVED.fullmatch(part.partition(".")[0].rstrip()) for part in parts):
        return "Windows means something else by it"
    return ""


def _above(name: str) -> list[str]:
    """The folders that the file `name` is in, below the version."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename  # what the archive says, before zipfile makes it fit for this system
    if why := check_name(name):
        raise _wrong(f"the name {name[:80]!r} can't be used: {why}")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _wrong(f"{name[:80]!r} is a link or a device")
    if info.flag_bits & 0x1 or info.compress_type not in _KNOWN:
        raise _wrong(f"{name[:80]!r} is encrypted or packed in an unknown way")


def _check_collisions(names: Iterable[str]) -> None:
    """No two names may be one on a system that doesn't tell case or accents apart, and no file a folder."""
    seen: dict[str, tuple[str, bool]] = {}
    for name in names:
        parts = name.removesuffix("/").split("/")
        for count in range(1, len(parts) + 1):
            exact = "/".join(parts[:count])
            is_file = count == len(parts) and not name.endswith("/")
            key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", exact).casefold())
            known = seen.setdefault(key, (exact, is_file)) if not is_file or key not in seen else ("", True)
            if known != (exact, is_file):
                raise _wrong(f"{exact[:80]!r} is in it twice")


def _prefix(infos: list[zipfile.ZipInfo], version: str) -> str:
    """The folder of `version` in the archive: `versions/1.2.0/`, at the top or below one folder more."""
    end = f"versions/{version}/{NAME}"
    found = [one.filename for one in infos if one.filename == end or one.filename.endswith(f"/{end}")]
    if len(found) != 1:
        raise _wrong(f"it doesn't hold Homespun {version}")
    return found[0].removesuffix(NAME)


def _list_of(archive: zipfile.ZipFile, prefix: str) -> FileList:
    info = archive.getinfo(prefix + NAME)
    with archive.open(info) as stream:
        content = stream.read(MOST + 1)
    try:
        return parse(content, Path(NAME))
    except Unlisted as error:
        raise _wrong("its list of files is damaged") from error


def _check_contents(infos: list[zipfile.ZipInfo], prefix: str, listed: FileList) -> None:
    """The entries of the version and its list must be the same files, of the same sizes."""
    there = {
        one.filename.removeprefix(prefix): one.file_size
        for one in infos
        if one.filename.startswith(prefix) and not one.is_dir()
    }
    for own in (NAME, SIGNATURE):
        there.pop(own, None)
    if there != {name: one.size for name, one in listed.files.items()}:
        raise _wrong("it holds other files than its list says")


@contextmanager
def _sound() -> Iterator[None]:
    """What a broken archive makes Python raise, as `Damaged`; a full disk as `NoSpace`."""
    try:
        yield
    except _BROKEN as error:
        raise _wrong(f"it is broken ({error})") from error
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace("The disk is full: the new version is not complete.", "Make room and try again.") from error
        if error.errno in _REFUSED:
            raise _wrong(f"it is broken ({error.strerror})") from error
        raise


def _wrong(why: str) -> Damaged:
    return Damaged(
        f"The archive of the new version is not used: {why}.", "Please report it. What is installed goes on working."
    )
