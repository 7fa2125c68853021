"""Archives that want out of their folder, lie about what they hold, or are broken: none writes a byte where it shouldn't."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.updates.archive import check_name, unpack
from desktop.updates.manifest import NAME
from homespun.errors import Damaged, HomespunError, NoSpace
from homespun.progress import Progress
from installer import filelist
from installer.build import tree
from installer.build.windows.portable import make_portable
from installer.build.windows.stage import Stage
from tests.desktop.updates.world import PLATFORM, archive_of, make_version

VERSION = "1.1.0"
TOP = f"Homespun/versions/{VERSION}/"
Spoil = Callable[[zipfile.ZipFile], None]


@pytest.fixture
def good(tmp_path: Path) -> bytes:
    return archive_of(make_version(tmp_path / "made" / VERSION, VERSION, {}), VERSION)


def unpacked(content: bytes, tmp_path: Path) -> Path:
    """Where it was unpacked to. What lies around that must be as before, whatever happens."""
    around = tmp_path / "around"
    (around / "versions").mkdir(parents=True)
    (around / "precious.txt").write_text("mine")
    archive = tmp_path / "a.zip"
    archive.write_bytes(content)
    target = around / "versions" / f"{VERSION}.tmp"
    try:
        unpack(archive, VERSION, PLATFORM, target, Progress())
    finally:
        others = {path for path in around.rglob("*") if not path.is_relative_to(target)}
        assert others == {around / "versions", around / "precious.txt"}
        assert (around / "precious.txt").read_text() == "mine"
        assert not any(path.is_symlink() for path in around.rglob("*"))
    return target


def test_what_the_build_packs_is_what_an_update_unpacks(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "stage", VERSION, tree.WINDOWS_X64, tmp_path, 1_700_000_000)
    make_version(stage.home, VERSION, {})
    for name in ("homespun-launch.exe", "homespun.exe", "current.json"):
        (stage.folder / name).write_bytes(b"MZ")
    packed = make_portable(stage, tmp_path / "out")
    assert packed.name == f"Homespun-{VERSION}-{PLATFORM}.zip"
    assert NAME.fullmatch(packed.name)
    assert filelist.verify(unpacked(packed.read_bytes(), tmp_path)) == filelist.Verified((), (), ())


def with_entries(good: bytes, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The good archive with more in it, said to be whole by its list where a list can say it."""
    made = io.BytesIO(good)
    with zipfile.ZipFile(made, "a") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return made.getvalue()


def test_a_good_archive_becomes_the_version(good: bytes, tmp_path: Path) -> None:
    folder = unpacked(good, tmp_path)
    found = filelist.verify(folder)
    assert found == filelist.Verified((), (), ())
    assert filelist.read(folder).version == VERSION


@pytest.mark.parametrize(
    "name",
    [
        "/etc/evil", "../evil", TOP + "../../evil", TOP + "lib/../../../evil", "C:/evil", "C:evil", TOP + "lib/a:b",
        TOP + "lib/file.txt:stream", "..\\evil", TOP + "lib\\..\\evil", "\\\\server\\share\\evil", TOP + "lib/CON",
        TOP + "lib/nul.txt", TOP + "lib/Com1.dll", TOP + "lib/lpt9", TOP + "aux/x", TOP + "lib/CONOUT$", TOP + "lib/dot.",
        TOP + "lib/space ", TOP + "lib/com¹.x", TOP + "a\x00b", TOP + "a\nb", TOP + "what?", TOP + "a|b", TOP + "./x", TOP + "x//y",
        TOP + "long/" * 60, "", "con .txt",
    ],
)  # fmt: skip
def test_a_name_that_is_a_way_out_is_refused(good: bytes, tmp_path: Path, name: str) -> None:
    assert check_name(name)
    if name:  # zipfile itself writes no entry without one
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = name
        with pytest.raises(Damaged, match="not used"):
            unpacked(with_entries(good, (info, b"evil")), tmp_path)


@pytest.mark.parametrize(
    "name", ["lib/a.py", "lib/Überraschung.txt", "lib/console.py", "lib/com10.txt", "lib/.hidden", "a/"]
)
def test_an_ordinary_name_is_not_refused(name: str) -> None:
    assert check_name(name) == ""


@given(st.text(max_size=30))
def test_a_name_that_passes_stays_below_its_folder(name: str) -> None:
    if check_name(name) == "":
        assert filelist.is_inside(name.removesuffix("/"))
        assert Path("/root/folder").joinpath(name).is_relative_to("/root/folder")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices_are_refused(good: bytes, tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo(TOP + "lib/link")
    info.external_attr = (kind | 0o777) << 16
    with pytest.raises(Damaged, match="a link or a device"):
        unpacked(with_entries(good, (info, b"/etc/passwd")), tmp_path)


@pytest.mark.parametrize(
    "names",
    [
        ("lib/A.txt", "lib/a.txt"),
        ("lib/straße", "lib/STRASSE"),
        ("lib/é", "lib/e\u0301"),
        ("lib/x", "lib/x/y"),
        ("lib/x/y", "lib/x"),
        ("LIB/y", "lib/z"),
        ("lib/twice", "lib/twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_one_on_some_system_are_refused(good: bytes, tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(Damaged, match="is in it twice"):
        unpacked(with_entries(good, *((TOP + name, b"x") for name in names)), tmp_path)


def test_an_entry_that_the_list_does_not_name_is_refused(good: bytes, tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="other files than its list says"):
        unpacked(with_entries(good, (TOP + "lib/extra.py", b"x")), tmp_path)


def test_an_archive_of_another_version_or_system_is_refused(good: bytes, tmp_path: Path) -> None:
    other = make_version(tmp_path / "other" / "1.2.0", "1.2.0", {})
    with pytest.raises(Damaged, match=r"doesn't hold Homespun 1\.1\.0"):
        unpacked(archive_of(other, "1.2.0"), tmp_path / "a")
    with pytest.raises(Damaged, match=r"it holds 1\.2\.0"):
        unpacked(archive_of(other, VERSION), tmp_path / "b")


def test_a_file_that_unpacks_to_more_than_was_said_is_cut_off(tmp_path: Path) -> None:
    # A bomb: a list and a header that say 10 bytes, and a stream that holds 200 MB.
    folder = tmp_path / "bomb" / VERSION
    make_version(folder, VERSION, {})
    (folder / "lib" / "bomb").write_bytes(b"0123456789")
    filelist.write(folder, VERSION, PLATFORM)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                big = path.name == "bomb"
                archive.writestr(
                    TOP + path.relative_to(folder).as_posix(), bytes(200_000_000) if big else path.read_bytes()
                )
    content = made.getvalue().replace((200_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert len(content) < 1_000_000
    with pytest.raises(Damaged):
        unpacked(content, tmp_path)
    assert sum(path.stat().st_size for path in (tmp_path / "around").rglob("*") if path.is_file()) < 1_000_000


def test_a_file_that_was_exchanged_in_the_archive_is_noticed(good: bytes, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, content[::-1] if info.filename.endswith("shared.txt") else content)
    with pytest.raises(Damaged, match=r"shared\.txt in it is not what its list says"):
        unpacked(made.getvalue(), tmp_path)


@pytest.mark.parametrize("listed", [b"", b"[]", b"{}", b"\xff", b'{"schema":1}', b"{" * 9_000])
def test_an_archive_whose_list_is_damaged_is_refused(tmp_path: Path, listed: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(TOP + "files.json", listed)
    with pytest.raises(Damaged, match="its list of files is damaged"):
        unpacked(made.getvalue(), tmp_path)


@pytest.mark.parametrize("name", ["../x", "/x", "a\\b", "c:x", "", ".", "a/../b"])
def test_a_list_that_names_a_way_out_is_no_list(tmp_path: Path, name: str) -> None:
    data = {"schema": 1, "version": "1", "platform": "x", "files": {name: {"size": 1, "sha256": "0" * 64}}}
    with pytest.raises(filelist.Unlisted):
        filelist.parse(json.dumps(data).encode(), tmp_path)


def test_an_encrypted_or_strangely_packed_entry_is_refused(good: bytes, tmp_path: Path) -> None:
    info = zipfile.ZipInfo(TOP + "lib/odd")
    info.compress_type = zipfile.ZIP_LZMA
    with pytest.raises(Damaged, match="packed in an unknown way"):
        unpacked(with_entries(good, (info, b"x" * 999)), tmp_path / "a")
    at = good.index(b"PK\x01\x02")
    locked = good[: at + 8] + b"\x01" + good[at + 9 :]
    with pytest.raises(Damaged, match="encrypted"):
        unpacked(locked, tmp_path / "b")


def test_a_broken_archive_is_damaged_and_never_a_bug(good: bytes, tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"PK", good[: len(good) // 2], b"x" * 5_000)):
        with pytest.raises(Damaged):
            unpacked(content, tmp_path / str(number))


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_give_the_same_version_or_none(good: bytes, tmp_path: Path, seed: int) -> None:
    for number, at in enumerate(range(seed * 7, len(good), max(len(good) // 60, 1))):
        wrong = bytearray(good)
        wrong[at] ^= 0x41
        try:
            folder = unpacked(bytes(wrong), tmp_path / str(number))
        except HomespunError:
            continue
        assert filelist.verify(folder).whole


def test_a_disk_without_room_is_asked_before_anything_is_written(
    good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homespun.files.free_space", lambda _folder: 1_000_000)
    with pytest.raises(NoSpace):
        unpacked(good, tmp_path)
    assert not (tmp_path / "around" / "versions" / f"{VERSION}.tmp").exists()
