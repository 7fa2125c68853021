"""What a screen shows of a picture, a first look at a large one, and masks made wider."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms
from scipy import ndimage

from engines.pictures import BadPicture, Picture, Screen, glimpse, widened
from engines.pictures.kept import Kept

RANDOM = np.random.default_rng(5)


def with_profile(picture: Picture, icc: bytes) -> Picture:
    return Picture(picture.pixels, picture.space, picture.alpha, picture.format, kept=Kept(icc=icc))


def gamma_one() -> bytes:
    """sRGB's primaries with linear light: as unlike sRGB as can be, and easy to compute."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(lab.tobytes())
    place = data.find(b"para", 128)
    while place >= 0:  # every tone curve becomes a plain gamma of 1
        data[place + 8 : place + 10] = b"\0\0"
        data[place + 12 : place + 16] = b"\0\1\0\0"
        place = data.find(b"para", place + 4)
    return bytes(data)


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_every_depth_is_shown_in_eight_bits(dtype: str, channels: int) -> None:
    values = RANDOM.random((9, 7, channels))
    scale = 1 if dtype == "float32" else np.iinfo(dtype).max
    picture = Picture.new((values * scale).astype(dtype))
    shown = Screen(picture).bytes_of(picture.pixels).astype(int)
    colours = picture.pixels[..., : channels - picture.alpha].astype(np.float64) / scale
    opacity = picture.pixels[..., -1:].astype(np.float64) / scale if picture.alpha else np.ones((9, 7, 1))
    wanted = np.broadcast_to(colours, (9, 7, 3))[..., ::-1] * opacity * 255
    assert np.abs(shown[..., :3] - wanted).max() <= 1.51, "three roundings"
    assert np.abs(shown[..., 3:] - opacity * 255).max() <= 0.51


def test_a_part_is_shown_as_it_is_in_the_whole() -> None:
    picture = Picture.new(RANDOM.integers(0, 256, (40, 30, 3), np.uint8))
    screen = Screen(picture)
    assert np.array_equal(screen.bytes_of(picture.pixels[3:9, 5:11]), screen.bytes_of(picture.pixels)[3:9, 5:11])


def test_numbers_beyond_white_and_no_numbers_are_shown_as_something() -> None:
    pixels = np.array([[[np.nan, np.inf, -3.0]]], np.float32)
    assert Screen(Picture.new(pixels)).bytes_of(pixels)[0, 0].tolist() == [0, 255, 0, 255]


def test_a_profile_is_followed_and_srgb_costs_nothing() -> None:
    picture = Picture.new(np.full((4, 4, 3), 55, np.uint8))
    same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert Screen(with_profile(picture, same))._transform is None
    shown = Screen(with_profile(picture, gamma_one())).bytes_of(picture.pixels)
    assert abs(int(shown[0, 0, 0]) - 128) <= 2, "0.216 of the light is 0.5 in sRGB"


def test_a_damaged_profile_does_not_hide_the_picture() -> None:
    picture = Picture.new(np.full((4, 4, 3), 55, np.uint8))
    assert Screen(with_profile(picture, b"nonsense")).bytes_of(picture.pixels)[0, 0, 0] == 55


def test_cmyk_is_shown_as_light() -> None:
    ink = np.zeros((2, 2, 4), np.uint8)
    ink[0, 0] = 0, 255, 255, 0
    ink[1, 1] = 0, 0, 0, 255
    shown = Screen(Picture(ink, "CMYK", False, "JPEG")).bytes_of(ink)
    assert shown[0, 0].tolist() == [0, 0, 255, 255]
    assert shown[1, 1].tolist() == [0, 0, 0, 255]
    assert shown[0, 1].tolist() == [255, 255, 255, 255]


def jpeg(path: Path, width: int, height: int, orientation: int = 1) -> Path:
    rows, columns = np.mgrid[:height, :width]
    pixels = np.stack([columns * 255 // width, rows * 255 // height, rows * 0 + 90], 2).astype(np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(path, quality=90, exif=exif)
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_glimpse_is_the_picture_itself_only_smaller(orientation: int, tmp_path: Path) -> None:
    path = jpeg(tmp_path / "large.jpg", 1600, 800, orientation)
    seen = glimpse(path, 300)
    assert seen is not None
    whole = Picture.open(path)
    assert (seen.width, seen.height) == (whole.width, whole.height)
    assert 300 <= max(seen.picture.width, seen.picture.height) < 600
    small = np.asarray(
        Image.fromarray(whole.pixels).resize((seen.picture.width, seen.picture.height), Image.Resampling.BOX)
    )
    assert np.abs(small.astype(int) - seen.picture.pixels).mean() < 3


def test_what_is_not_worth_a_glimpse_gets_none(tmp_path: Path) -> None:
    assert glimpse(jpeg(tmp_path / "small.jpg", 500, 400), 300) is None
    png = Picture.new(np.zeros((900, 900, 3), np.uint8)).save(tmp_path / "flat.png")
    assert glimpse(png, 100) is None
    assert glimpse(tmp_path / "gone.jpg", 100) is None


def test_a_file_that_is_cut_off_is_refused_at_the_first_look(tmp_path: Path) -> None:
    data = jpeg(tmp_path / "whole.jpg", 1600, 800).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 3])
    with pytest.raises(BadPicture):
        glimpse(tmp_path / "cut.jpg", 300)


def disc() -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:60, :70]
    found: NDArray[np.bool_] = (rows - 20) ** 2 + (columns - 30) ** 2 <= 12**2
    return found


def test_a_mask_grows_and_shrinks_by_a_disc() -> None:
    mask = disc()
    rows, columns = np.mgrid[:60, :70]
    away = np.sqrt((rows - 20) ** 2 + (columns - 30) ** 2)
    grown = widened(mask, 5)
    assert grown[away <= 16].all()
    assert not grown[away > 18].any()
    shrunk = widened(mask, -5)
    assert shrunk[away <= 6].all()
    assert not shrunk[away > 8].any()
    assert np.array_equal(widened(mask, 0), mask)


def test_a_mask_shrinks_to_nothing_and_an_empty_one_stays_empty() -> None:
    assert not widened(disc(), -20).any()
    assert not widened(np.zeros((5, 5), np.bool_), 3).any()
    assert widened(np.ones((5, 5), np.bool_), -3).all(), "beyond the edge there is nothing to shrink away from"


def test_growing_in_a_part_is_growing_in_the_whole() -> None:
    mask = disc()
    part = np.zeros_like(mask)
    part[2:40, 12:50] = widened(mask[2:40, 12:50], 5)
    assert np.array_equal(part, widened(mask, 5))
    assert ndimage.label(part)[1] == 1


def test_a_profile_in_a_file_reaches_the_screen(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.fromarray(np.full((8, 8, 3), 55, np.uint8)).save(stream, "PNG", icc_profile=gamma_one())
    (tmp_path / "linear.png").write_bytes(stream.getvalue())
    picture = Picture.open(tmp_path / "linear.png")
    assert abs(int(Screen(picture).bytes_of(picture.pixels)[0, 0, 1]) - 128) <= 2
