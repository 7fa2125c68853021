"""Opening files safely."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.document import State, Unreadable
from indexer.readers.opening import Gone, open_file, windows_path

MOST = 200_000_000


def test_a_file_that_stays_as_it_is_is_steady(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    file = open_file(bytes(path), MOST)
    try:
        assert file.steady()
        assert os.read(file.handle, 10) == b"one"
    finally:
        file.close()


@pytest.mark.parametrize("change", ["write", "replace", "remove"])
def test_a_file_that_is_changed_replaced_or_removed_is_not_steady(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    file = open_file(bytes(path), MOST)
    try:
        if change == "write":
            path.write_bytes(b"three")
        elif change == "replace":
            other = tmp_path / "b.txt"
            other.write_bytes(b"two")
            os.utime(other, ns=(0, file.stamp.mtime_ns))
            os.replace(other, path)
        else:
            path.unlink()
        assert not file.steady()
    finally:
        file.close()


@pytest.mark.parametrize(
    ("number", "reason", "state"),
    [
        (errno.EACCES, "permission", State.ERROR),
        (errno.EPERM, "permission", State.ERROR),
        (errno.ELOOP, "a link, not followed", State.SKIPPED),
        (errno.ENXIO, "not a regular file", State.SKIPPED),
        (errno.EIO, "the system can't open it: Input/output error", State.ERROR),
    ],
)
def test_what_the_system_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, state: State
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")

    def refusing(*_arguments: object, **_options: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(Unreadable) as refusal:
        open_file(bytes(path), MOST)
    monkeypatch.undo()
    assert (refusal.value.reason, refusal.value.state) == (reason, state)


def test_a_file_that_is_not_there_is_gone(tmp_path: Path) -> None:
    for path in (bytes(tmp_path / "no"), bytes(tmp_path / "no" / "further"), b"/nul\0inside"):
        with pytest.raises(Gone):
            open_file(path, MOST)


@pytest.mark.parametrize(
    "marks",
    [
        {"st_file_attributes": 0x400000},
        {"st_file_attributes": 0x1000},
        {"st_file_attributes": 0x40000},
        {"st_flags": 0x40000000},
    ],
)
def test_a_file_whose_contents_are_in_the_cloud_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: dict[str, int]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    real = os.lstat(path)
    fields = {name: getattr(real, name) for name in ("st_mode", "st_size", "st_mtime_ns", "st_ino", "st_dev")}
    monkeypatch.setattr(os, "lstat", lambda *_a, **_k: SimpleNamespace(**fields, **marks))
    monkeypatch.setattr(os, "open", lambda *_a, **_k: pytest.fail("it was opened"))
    with pytest.raises(Unreadable) as refusal:
        open_file(bytes(path), MOST)
    monkeypatch.undo()
    assert (refusal.value.reason, refusal.value.state) == ("in the cloud, text not read", State.SKIPPED)


@pytest.mark.parametrize(
    ("path", "long"),
    [
        ("C:\\a\\b.txt", "\\\\?\\C:\\a\\b.txt"),
        ("C:/a/CON ", "\\\\?\\C:\\a\\CON "),
        ("\\\\server\\share\\x", "\\\\?\\UNC\\server\\share\\x"),
        ("\\\\?\\C:\\x", "\\\\?\\C:\\x"),
    ],
)
def test_windows_paths_get_the_form_without_limits(path: str, long: str) -> None:
    assert windows_path(path) == long


def test_no_handle_is_left_whatever_happens(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("counts handles in /proc")
    before = len(os.listdir("/proc/self/fd"))
    (tmp_path / "big").write_bytes(b"x" * 100)
    for path, most in (
        (b"/dev/null", MOST),
        (bytes(tmp_path), MOST),
        (bytes(tmp_path / "big"), 10),
        (b"/a" * 3000, MOST),
    ):
        with pytest.raises((Unreadable, Gone)):
            open_file(path, most)
    assert len(os.listdir("/proc/self/fd")) == before
