"""Atomic files: the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from homespun.errors import ExitCode, NoPermission, NoSpace
from homespun.files import atomic_write, free_space, require_space, size_text, sync_folder

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    for text in (b"first", b"second"):
        with atomic_write(target) as stream:
            stream.write(text)
        assert target.read_bytes() == text
    assert os.listdir(tmp_path) == ["file.txt"]


def test_the_old_content_is_there_until_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    target.write_bytes(b"old")
    with atomic_write(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"


def test_an_error_in_the_block_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    target.write_bytes(b"old")

    def half() -> None:
        with atomic_write(target) as stream:
            stream.write(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        half()
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file.txt"]


def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    target.write_bytes(b"old")
    code = (
        "import os, sys; from pathlib import Path; from homespun.files import atomic_write\n"
        "with atomic_write(Path(sys.argv[1])) as stream:\n"
        "    stream.write(b'half' * 100000); stream.flush(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(target)], cwd=ROOT, check=False).returncode == 9
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, NoSpace, ExitCode.NO_SPACE),
        (errno.EDQUOT, NoSpace, ExitCode.NO_SPACE),
        (errno.EACCES, NoPermission, ExitCode.NO_PERMISSION),
        (errno.EROFS, NoPermission, ExitCode.NO_PERMISSION),
    ],
)
def test_what_the_disk_refuses_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[NoSpace | NoPermission], code: ExitCode
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    target = tmp_path / "file.txt"
    with pytest.raises(kind, match=r"file\.txt") as caught, atomic_write(target) as stream:
        stream.write(b"new")
    assert caught.value.code is code
    assert os.listdir(tmp_path) == []


def test_other_disk_errors_keep_their_traceback(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write(tmp_path / "nowhere" / "file.txt"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="permissions as Unix has them")
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "file.txt") as stream:
        stream.write(b"secret")
    assert stat.S_IMODE((tmp_path / "file.txt").stat().st_mode) == 0o600


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("ü" * 110 + ".txt")
    with atomic_write(target) as stream:
        stream.write(b"x")
    assert target.read_bytes() == b"x"


def test_free_space_is_asked_where_a_folder_will_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    usage = namedtuple("usage", "total used free")

    def disk_usage(path: Path) -> object:
        asked.append(path)
        return usage(100, 40, 60)

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    assert free_space(tmp_path / "not" / "yet") == 60
    assert asked == [tmp_path]
    require_space(tmp_path, 60, "The index")
    with pytest.raises(NoSpace) as caught:
        require_space(tmp_path, 61, "The index")
    assert caught.value.what == f"The index needs 61 bytes, and {tmp_path} has 60 bytes free."


def test_free_space_of_a_real_disk_is_a_number_of_bytes(tmp_path: Path) -> None:
    assert free_space(tmp_path) > 0


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 KB"),
        (28_079_181, "28.1 MB"),
        (4 * 10**9, "4.0 GB"),
        (10**13, "10000.0 GB"),
    ],
)
def test_sizes_are_written_as_people_read_them(size: int, text: str) -> None:
    assert size_text(size) == text


def test_a_folder_can_be_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    if os.name == "posix":
        with pytest.raises(FileNotFoundError):
            sync_folder(tmp_path / "nowhere")
