"""What goes wrong while opening or saving: named, and the original untouched."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import BadPicture, Picture, PictureTooLarge, UnknownPicture, output_path
from homespun.errors import HomespunError, NoPermission, NoSpace, NotFound, UsageError

FORMS = ["jpg", "png", "webp", "tif", "bmp", "gif", "avif"]


def make(folder: Path, scene: NDArray[np.uint8], form: str) -> Path:
    Image.fromarray(scene).save(folder / f"photo.{form}")
    return folder / f"photo.{form}"


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_the_original_and_nothing_else(
    form: str, scene: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path, scene, form)
    before = path.read_bytes()
    picture = Picture.open(path)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoSpace, match="disk is full"):
        picture.save(path, overwrite=True)
    assert path.read_bytes() == before
    assert [there.name for there in tmp_path.iterdir() if there.is_file()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_fills_up_while_writing_leaves_nothing(
    form: str, scene: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path, scene, form)
    picture = Picture.open(path)
    opened = os.fdopen

    class Full:
        def __init__(self, *how: Any) -> None:
            self._stream = opened(*how)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._stream.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

        def fileno(self) -> int:
            return int(self._stream.fileno())

        def write(self, _data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", Full)
    with pytest.raises(NoSpace, match="disk is full"):
        picture.save(tmp_path / f"out.{form}")
    assert [there.name for there in tmp_path.iterdir() if there.is_file()] == [path.name]


def test_a_folder_that_may_not_be_written_is_named(
    scene: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path, scene, "png")
    picture = Picture.open(path)

    def refused(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(NoPermission, match="can't be written"):
        picture.save(tmp_path / "out.png")


def test_nothing_is_replaced_unless_it_may_be(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    path = make(tmp_path, scene, "png")
    picture = Picture.open(path)
    with pytest.raises(UsageError, match="is there already"):
        picture.save(path)
    with pytest.raises(NotFound, match="The folder"):
        picture.save(tmp_path / "nowhere" / "out.png")
    with pytest.raises(UnknownPicture, match="does not end like a picture"):
        picture.save(tmp_path / "out.docx")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        picture.save(tmp_path / "folder.png", overwrite=True)
    assert picture.save(path, overwrite=True) == path


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_the_new_file_may_be_read_by_whoever_could_read_the_old(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    path = make(tmp_path, scene, "png")
    path.chmod(0o640)
    Picture.open(path).save(tmp_path / "out.png")
    assert stat.S_IMODE((tmp_path / "out.png").stat().st_mode) == 0o640


def test_what_is_not_there_or_no_picture_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Picture.open(tmp_path / "nothing.png")
    with pytest.raises(UnknownPicture, match="is a folder"):
        Picture.open(tmp_path)
    (tmp_path / "empty.png").touch()
    with pytest.raises(BadPicture, match="is empty"):
        Picture.open(tmp_path / "empty.png")


def test_every_hostile_picture_is_named_at_once(shared: Path, tmp_path: Path) -> None:
    named: dict[str, str] = {}
    said: list[tuple[str, str]] = []
    for path in sorted((shared / "data" / "torture" / "img").iterdir()):
        start = time.monotonic()
        try:
            Picture.open(path).save(tmp_path / path.name)
        except HomespunError as error:
            named[path.name] = type(error).__name__
            said.append((error.what, error.todo))
        assert time.monotonic() - start < 20, path.name
    assert all(what and todo for what, todo in said)
    assert named["header-60000.png"] == PictureTooLarge.__name__
    assert named["svg-entities.svg"] == UnknownPicture.__name__
    assert {named[name] for name in ("bad-crc.png", "truncated.png", "truncated.jpg")} == {BadPicture.__name__}


def test_no_other_hostile_file_is_more_than_named(shared: Path) -> None:
    start = time.monotonic()
    for path in sorted((shared / "data" / "torture").rglob("*")):
        if path.is_file() and path.parent.name != "img":
            try:
                Picture.open(path)
            except HomespunError:
                continue
    assert time.monotonic() - start < 20


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from([*FORMS, "deep.tif"]), cut=st.booleans(), data=st.data())
def test_damage_anywhere_is_named_or_harmless(
    form: str, cut: bool, data: st.DataObject, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    path = tmp_path / f"photo.{form}"
    if form == "deep.tif":
        Picture.new(scene.astype(np.uint16) * 257, format="TIFF").save(path, overwrite=True)
    else:
        make(tmp_path, scene, form)
    whole = bytearray(path.read_bytes())
    if cut:
        del whole[data.draw(st.integers(0, len(whole))) :]
    for _change in range(data.draw(st.integers(0, 6))):
        if whole:
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole)
    what = str(path)
    try:
        Picture.open(path).save(tmp_path / f"out.{form}", overwrite=True)
    except HomespunError as error:
        what = error.what
    assert str(path) in what


def test_a_name_is_the_first_that_is_free(tmp_path: Path) -> None:
    photo = tmp_path / "my photo.jpg"
    assert output_path(photo, "erased") == tmp_path / "my photo (erased).jpg"
    (tmp_path / "my photo (erased).jpg").touch()
    assert output_path(photo, "erased") == tmp_path / "my photo (erased 2).jpg"
    (tmp_path / "my photo (erased 2).jpg").touch()
    assert output_path(photo, "erased") == tmp_path / "my photo (erased 3).jpg"
    assert output_path(photo, "erased", suffix=".png") == tmp_path / "my photo (erased).png"
    long = tmp_path / ("ü" * 120 + ".jpg")
    assert len(output_path(long, "erased").name.encode()) <= 240


LARGE = """
import json, resource, sys
from pathlib import Path
import numpy as np
from engines.pictures import Picture
folder = Path(sys.argv[1])
picture = Picture.open(folder / "large.jpg")
picture.save(folder / "out.jpg")
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps([picture.width, picture.height, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale]))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="peak memory is asked of POSIX")
def test_a_picture_of_200_megapixels_opens_turned_and_saves_in_2_gigabytes(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    tile = Image.effect_mandelbrot((1024, 1024), (-2, -1.5, 1, 1.5), 60)
    large = Image.new("RGB", (16_320, 12_256))
    for y in range(0, 12_256, 1024):
        for x in range(0, 16_320, 1024):
            large.paste(tile, (x, y))
    large.save(tmp_path / "large.jpg", quality=90, exif=exif)
    del large
    ran = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    width, height, peak = json.loads(ran.stdout)
    assert (width, height) == (12_256, 16_320)
    assert peak < 2_000_000_000
