"""What the system says about a place: disks and shares and where they hang, marks on a file, folders of the system."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from homespun.folders import folders
from indexer.paths import SEPARATOR, relative, system_path

_NETWORK = """
nfs nfs4 cifs smb3 smbfs ncpfs afs ceph lustre beegfs gpfs davfs webdav afpfs acfs autofs
fuse.sshfs fuse.rclone fuse.davfs fuse.davfs2 fuse.s3fs fuse.goofys fuse.gcsfuse fuse.blobfuse2 fuse.glusterfs
fuse.gvfsd-fuse fuse.kio-fuse fuse.curlftpfs fuse.google-drive-ocamlfuse fuse.onedriver fuse.mount.ceph
"""
NETWORK = frozenset(_NETWORK.split())
"""File systems whose files lie on another machine, or may be mounted from one on first look."""

_PSEUDO = """
proc sysfs devtmpfs devpts cgroup cgroup2 securityfs debugfs tracefs configfs pstore bpf mqueue hugetlbfs
binfmt_misc efivarfs fusectl rpc_pipefs nsfs selinuxfs devfs fdescfs fuse.portal fuse.lxcfs
"""
PSEUDO = frozenset(_PSEUDO.split())
"""File systems without files: the kernel talks through them."""

_CLOUD_ATTRIBUTES = 0x400000 | 0x40000 | 0x1000
"""FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, RECALL_ON_OPEN, OFFLINE."""

_HIDDEN_ATTRIBUTES = 0x2 | 0x4
"""FILE_ATTRIBUTE_HIDDEN, SYSTEM."""

_NAME_SURROGATE = 0x20000000
"""The bit of a reparse tag that says: another place under this name (links, junctions; not OneDrive's files)."""

_SF_DATALESS = 0x40000000
_UF_HIDDEN = 0x8000

WINDOWS: bool = os.name == "nt"
MACOS: bool = sys.platform.startswith("darwin")
LINUX: bool = sys.platform.startswith("linux")

HAS_MARKS = WINDOWS or MACOS
"""Whether a file carries marks beside its type and mode here: looking for them costs the walk elsewhere."""

FOLDS_CASE = WINDOWS or MACOS
"""Whether capitals don't count in names here, as git assumes on these systems."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What `stat` alone says about a file. `cloud`: its bytes, or a folder's list, would first have to be fetched."""

    hidden: bool
    cloud: bool
    link: bool


def marks(found: object) -> Marks:
    """The marks in an `os.stat_result` of the entry itself, not of what it links to. Never opens anything."""
    attributes = getattr(found, "st_file_attributes", 0)
    flags = getattr(found, "st_flags", 0)
    return Marks(
        hidden=bool(attributes & _HIDDEN_ATTRIBUTES or flags & _UF_HIDDEN),
        cloud=bool(attributes & _CLOUD_ATTRIBUTES or flags & _SF_DATALESS),
        link=bool(getattr(found, "st_reparse_tag", 0) & _NAME_SURROGATE),
    )


@dataclass(frozen=True, slots=True)
class Mount:
    """What hangs at a folder: the file system's type, and the device or share it comes from."""

    kind: str
    source: str

    @property
    def network(self) -> bool:
        """Whether its files lie on another machine."""
        return self.kind in NETWORK

    @property
    def pseudo(self) -> bool:
        """Whether there are no files in it at all."""
        return self.kind in PSEUDO


def mounts() -> dict[bytes, Mount]:
    """All that is mounted now, by folder. Empty on Windows, whose mounted folders are links to us, and if unreadable."""
    try:
        if MACOS:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, check=False, timeout=5)
            return parse_mount_command(listed.stdout)
        return parse_mountinfo(Path("/proc/self/mountinfo").read_bytes()) if LINUX else {}
    except (OSError, subprocess.TimeoutExpired):
        return {}


def parse_mountinfo(text: bytes) -> dict[bytes, Mount]:
    """The mounts in the text of Linux's `/proc/self/mountinfo` (man 5 proc); the last one at a folder is on top."""
    found = {}
    for line in text.splitlines():
        before, _, after = line.partition(b" - ")
        fields, kind_source = before.split(b" "), after.split(b" ")
        if len(fields) > 4 and len(kind_source) > 1:
            source = os.fsdecode(_without_octal(kind_source[1]))
            found[_without_octal(fields[4])] = Mount(kind_source[0].decode("ascii", "replace"), source)
    return found


def _without_octal(text: bytes) -> bytes:
    return re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8) & 0xFF]), text)


def parse_mount_command(text: bytes) -> dict[bytes, Mount]:
    """The mounts in what macOS's `mount` prints: `source on /folder (type, option, …)`."""
    found = {}
    for line in text.splitlines():
        if match := re.fullmatch(rb"(.*?) on (/.*) \(([^,()]+)(?:,[^()]*)?\)", line):
            found[match[2]] = Mount(match[3].decode("ascii", "replace"), os.fsdecode(match[1]))
    return found


def mount_of(path: bytes, mounted: Mapping[bytes, Mount]) -> Mount | None:
    """What the files at `path` (absolute, without links) lie on, None if unknown."""
    at = path
    while at not in mounted:
        above = os.path.dirname(at)
        if above == at:
            return None
        at = above
    return mounted[at]


def volume(path: bytes, mounted: Mapping[bytes, Mount]) -> str:
    """A name of the disk or share under `path` that stays the same when it is unplugged and comes back, "" if unknown.

    The serial number on Windows, the UUID on Linux, the share's address on the network.
    """
    if WINDOWS:
        try:
            return f"{os.stat(system_path(path)).st_dev:x}"
        except OSError:
            return ""
    mount = mount_of(path, mounted)
    if mount is None:
        return ""
    return f"{mount.kind}:{mount.source}" if mount.network else _disk_uuid(mount.source)


def _disk_uuid(device: str) -> str:
    try:
        number = _device_number(os.stat(device))
        with os.scandir("/dev/disk/by-uuid") as links:
            return next((link.name for link in links if _device_number(link.stat()) == number), "") if number else ""
    except OSError:
        return ""


def _device_number(found: os.stat_result) -> int:
    return int(getattr(found, "st_rdev", 0))


if sys.platform == "win32":

    def _is_remote_drive(drive: str) -> bool:
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == remote)
else:

    def _is_remote_drive(drive: str) -> bool:
        """Only Windows has drives."""
        return drive.startswith("\\\\")


def on_network(path: bytes, mounted: Mapping[bytes, Mount]) -> bool:
    """Whether the files at `path` lie on another machine."""
    drive = os.fsdecode(os.path.splitdrive(path)[0])
    if drive:
        return drive.startswith("\\\\") or _is_remote_drive(drive)
    mount = mount_of(path, mounted)
    return mount is not None and mount.network


def system_folder(path: bytes) -> bytes | None:
    """The folder of the system that `path` is or lies in, None when it is a person's to choose."""
    folded = os.path.normcase(path)
    if any(relative(folded, os.path.normcase(place)) is not None for place in _removable_media()):
        return None
    for place in _system_folders():
        if relative(folded, os.path.normcase(place)) is not None:
            return place
    return None


def _removable_media() -> tuple[bytes, ...]:
    return (b"/run/media",) if LINUX else ()


def _system_folders() -> tuple[bytes, ...]:
    if WINDOWS:
        names = ("SystemRoot", "ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "ProgramData")
        return tuple({os.fsencode(value) for name in names if (value := os.environ.get(name))})
    if MACOS:
        return (b"/System", b"/dev", b"/private/var/vm", b"/private/var/db", b"/cores")
    return (b"/proc", b"/sys", b"/dev", b"/run", b"/boot")


def is_top(path: bytes) -> bool:
    """Whether `path` is `/`, or the drive that Windows itself is on."""
    drive, rest = os.path.splitdrive(path)
    if rest.strip(SEPARATOR):
        return False
    system_drive = os.fsencode(os.environ.get("SystemDrive", ""))  # noqa: SIM112  its name on Windows
    return not drive or os.path.normcase(drive) == os.path.normcase(system_drive)


def own_folders() -> frozenset[bytes]:
    """Our own folders (index, caches, settings, models), without links: nothing in them is a person's file."""
    ours = folders()
    return frozenset(
        os.fsencode(os.path.realpath(place)) for place in (ours.data, ours.cache, ours.config, ours.models)
    )
