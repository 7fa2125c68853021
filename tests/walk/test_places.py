"""What the system says about a place."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.places import (
    Marks,
    Mount,
    is_top,
    marks,
    mount_of,
    mounts,
    on_network,
    parse_mount_command,
    parse_mountinfo,
    system_folder,
    volume,
)

MOUNTINFO = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
91 27 0:50 / /mnt/my\040share\134x rw,relatime shared:9 master:1 - cifs //nas/films rw,vers=3.1
92 27 0:51 / /home/ann/cloud rw,nosuid - fuse.rclone drive: rw
93 27 8:17 / /media/ann/STICK rw - vfat /dev/sdb1 rw
broken line
"""


def test_mounts_are_read_with_their_odd_names() -> None:
    found = parse_mountinfo(MOUNTINFO)
    assert found[b"/mnt/my share\\x"] == Mount("cifs", "//nas/films")
    assert found[b"/"] == Mount("ext4", "/dev/sda2")
    assert len(found) == 5


def test_shares_and_the_kernels_own_are_told_from_disks() -> None:
    found = parse_mountinfo(MOUNTINFO)
    assert [path for path, mount in found.items() if mount.network] == [b"/mnt/my share\\x", b"/home/ann/cloud"]
    assert [path for path, mount in found.items() if mount.pseudo] == [b"/proc"]
    assert on_network(b"/home/ann/cloud/docs", found)
    assert not on_network(b"/home/ann/clouds", found)
    assert mount_of(b"/media/ann/STICK/a/b", found) == Mount("vfat", "/dev/sdb1")
    assert mount_of(b"/x", {}) is None


def test_a_share_is_known_by_its_address() -> None:
    assert volume(b"/mnt/my share\\x/docs", parse_mountinfo(MOUNTINFO)) == "cifs://nas/films"


def test_macs_list_of_mounts_is_read() -> None:
    text = (
        b"/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        b"//ann@nas._smb._tcp.local/films on /Volumes/films on tour (smbfs, nodev, nosuid, mounted by ann)\n"
        b"map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)\n"
    )
    found = parse_mount_command(text)
    assert found[b"/"] == Mount("apfs", "/dev/disk3s1s1")
    assert found[b"/Volumes/films on tour"].network
    assert len(found) == 3


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux")
def test_this_machines_mounts_are_found() -> None:
    found = mounts()
    assert b"/" in found
    assert found[b"/proc"].pseudo


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (SimpleNamespace(st_file_attributes=0x20), Marks(hidden=False, cloud=False, link=False)),
        (SimpleNamespace(st_file_attributes=0x22), Marks(hidden=True, cloud=False, link=False)),
        (SimpleNamespace(st_file_attributes=0x24), Marks(hidden=True, cloud=False, link=False)),
        # OneDrive, cloud only: RECALL_ON_DATA_ACCESS | UNPINNED | REPARSE_POINT, and a tag that is no link
        (
            SimpleNamespace(st_file_attributes=0x400000 | 0x100000 | 0x420, st_reparse_tag=0x9000601A),
            Marks(hidden=False, cloud=True, link=False),
        ),
        (SimpleNamespace(st_file_attributes=0x40000), Marks(hidden=False, cloud=True, link=False)),
        (SimpleNamespace(st_file_attributes=0x1000), Marks(hidden=False, cloud=True, link=False)),
        # a junction, a link
        (SimpleNamespace(st_file_attributes=0x410, st_reparse_tag=0xA0000003), Marks(False, False, link=True)),
        (SimpleNamespace(st_file_attributes=0x400, st_reparse_tag=0xA000000C), Marks(False, False, link=True)),
        (SimpleNamespace(st_flags=0x40000000), Marks(hidden=False, cloud=True, link=False)),
        (SimpleNamespace(st_flags=0x8000), Marks(hidden=True, cloud=False, link=False)),
    ],
)
def test_marks_are_told_from_stat_alone(found: object, expected: Marks) -> None:
    assert marks(found) == expected


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux")
def test_the_systems_own_folders_are_known_and_usb_sticks_are_not_among_them() -> None:
    assert system_folder(b"/proc/1") == b"/proc"
    assert system_folder(b"/run/user/1000") == b"/run"
    assert system_folder(b"/run/media/ann/STICK") is None
    assert system_folder(b"/processes") is None
    assert is_top(b"/")
    assert not is_top(os.fsencode(Path.home()))
