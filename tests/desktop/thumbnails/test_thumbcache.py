"""The thumbnails that other programs find, and those that they left for us."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from desktop.workers.thumbcache import ThumbCache, uri_of
from engines.pictures import UnknownPicture


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo whose name needs care in a URI."""
    path = tmp_path / "Straße, summer & sea (erased) 100%;#.png"
    Image.new("RGB", (600, 300), (200, 0, 0)).save(path)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> ThumbCache:
    """An empty cache."""
    return ThumbCache(tmp_path / "thumbnails")


def kept(cache: ThumbCache) -> list[Path]:
    """All files in it."""
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def test_a_uri_is_escaped_as_glib_does() -> None:
    if sys.platform == "win32":
        pytest.skip("the shared cache is Linux's")
    assert uri_of(Path("/a/Straße, & (1) 100%;#.png")) == "file:///a/Stra%C3%9Fe,%20&%20(1)%20100%25%3B%23.png"


def test_a_thumbnail_is_kept_for_all_programs_and_for_one_person(photo: Path, cache: ThumbCache) -> None:
    assert cache.of(photo, 128).size == (128, 64)

    (path,) = kept(cache)
    assert path.parent.name == "normal"
    with Image.open(path) as image:
        assert image.text["Thumb::URI"] == uri_of(photo)  # type: ignore[attr-defined]
        assert image.text["Thumb::MTime"] == str(int(photo.stat().st_mtime))  # type: ignore[attr-defined]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_kept_is_used_as_long_as_the_file_is_the_same(photo: Path, cache: ThumbCache) -> None:
    cache.of(photo, 128)
    (path,) = kept(cache)
    with Image.open(path) as image:
        text = PngImagePlugin.PngInfo()
        for key, value in image.text.items():  # type: ignore[attr-defined]
            text.add_text(key, value)
    Image.new("RGB", (128, 64), (0, 0, 250)).save(path, pnginfo=text)

    assert cache.of(photo, 100).getpixel((5, 5)) == (0, 0, 250)

    os.utime(photo, (1, 1))
    assert cache.of(photo, 100).getpixel((5, 5)) == (200, 0, 0)


def test_a_thumbnail_of_another_file_or_a_damaged_one_is_not_believed(photo: Path, cache: ThumbCache) -> None:
    cache.of(photo, 256)
    (path,) = kept(cache)
    assert path.parent.name == "large"
    for wrong in (b"", b"\x89PNG\r\n\x1a\nrest", path.read_bytes()[:90]):
        path.write_bytes(wrong)
        assert cache.of(photo, 256).getpixel((5, 5)) == (200, 0, 0)
    Image.new("RGB", (128, 64), (0, 0, 250)).save(path)
    assert cache.of(photo, 256).getpixel((5, 5)) == (200, 0, 0)


def test_a_cache_that_can_not_be_written_costs_nothing_but_time(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert ThumbCache(tmp_path / "file").of(photo, 128).size == (128, 64)


def test_a_thumbnail_has_no_thumbnail(photo: Path, cache: ThumbCache) -> None:
    cache.of(photo, 128)
    (path,) = kept(cache)
    assert cache.of(path, 64).size == (64, 32)
    assert kept(cache) == [path]


def test_very_large_ones_are_not_kept(photo: Path, cache: ThumbCache) -> None:
    assert cache.of(photo, 1024).size == (600, 300)
    assert not cache.folder.exists()


def test_the_oldest_go_when_our_own_cache_is_full(cache: ThumbCache, tmp_path: Path) -> None:
    for number in range(4):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (200, 200), (number, 0, 0)).save(path)
        cache.of(path, 128)
    for age, path in enumerate(kept(cache)):
        os.utime(path, (1000 - age, 1000 - age))
    files = kept(cache)

    cache.prune(sum(path.stat().st_size for path in files[:2]))

    assert kept(cache) == files[:2]


def test_below_a_home_of_our_own_the_shared_cache_is_left_alone(home: Path) -> None:
    assert ThumbCache.of_this_person().folder == home / "cache" / "thumbnails"


@pytest.mark.skipif(os.name == "nt", reason="named pipes are elsewhere there")
def test_a_pipe_is_not_waited_for(cache: ThumbCache, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(UnknownPicture):
        cache.of(tmp_path / "pipe.png", 128)


def test_a_file_that_is_still_in_the_cloud_is_not_fetched(
    photo: Path, cache: ThumbCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Found:
        st_mode, st_mtime, st_file_attributes = 0o100644, 1.0, 0x0040_0000

    monkeypatch.setattr(Path, "stat", lambda _path: Found())
    with pytest.raises(UnknownPicture, match="not on this computer"):
        cache.of(photo, 128)
