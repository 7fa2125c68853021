"""WebP, AVIF, GIF and BMP; HEIC with its package, where that is installed, and without; and pictures that are saved as another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from engines.pictures import Edit, Picture, UnknownPicture, fill_regions, find_regions, output_path
from engines.pictures.vp8 import chunks, quality
from engines.pictures.xmp import source_type
from tests.engines.pictures.conftest import XMP, Noise, exif_block


@pytest.mark.parametrize(
    ("form", "how"), [("webp", {"quality": 80}), ("webp", {"lossless": True}), ("avif", {"quality": 80})]
)
def test_metadata_survive_in_webp_and_avif(
    form: str, how: dict[str, Any], scene: NDArray[np.uint8], tmp_path: Path, profile: bytes
) -> None:
    Image.fromarray(scene).save(tmp_path / f"a.{form}", exif=exif_block(scene), xmp=XMP, icc_profile=profile, **how)
    picture = Picture.open(tmp_path / f"a.{form}")
    assert (picture.width, picture.height) == (37, 53)
    picture.save(tmp_path / f"b.{form}")
    with Image.open(tmp_path / f"a.{form}") as before, Image.open(tmp_path / f"b.{form}") as after:
        assert after.info["icc_profile"] == profile
        assert after.getexif()[0x0112] == 6
        assert after.getexif()[0x010F] == "Homespun Camera"
        assert b"Grandma's album" in after.info["xmp"]
        assert source_type(after.info["xmp"]) == Edit.GENERATED.uri
        assert np.abs(np.asarray(after).astype(int) - np.asarray(before)).mean() < (0.001 if "lossless" in how else 6)


@pytest.mark.parametrize("setting", [30, 60, 75, 90, 98])
def test_a_webp_tells_about_how_strongly_it_was_compressed(setting: int, shared: Path, tmp_path: Path) -> None:
    with Image.open(shared / "data" / "photos" / "fig-bowl.jpg") as image:
        image.resize((400, 300)).save(tmp_path / "a.webp", quality=setting)
    found = quality(chunks((tmp_path / "a.webp").read_bytes())[b"VP8 "])
    assert found is not None
    assert abs(found - setting) <= 8
    Picture.open(tmp_path / "a.webp").save(tmp_path / "b.webp", mark_edited=False)
    assert 0.7 < (tmp_path / "b.webp").stat().st_size / (tmp_path / "a.webp").stat().st_size < 1.3


def test_colour_under_full_transparency_survives_in_a_lossless_webp(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    clear = np.dstack([scene, np.where(scene[..., :1] > 99, 255, 0).astype(np.uint8)])
    Image.fromarray(clear).save(tmp_path / "a.webp", lossless=True, exact=True)
    Picture.open(tmp_path / "a.webp").save(tmp_path / "b.webp")
    assert (Picture.open(tmp_path / "b.webp").pixels == clear).all()


def test_a_gif_keeps_its_palette_its_clear_colour_and_its_comment_and_gets_the_mark(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    frames = [Image.fromarray(scene).quantize(64), Image.fromarray(255 - scene).quantize(64)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], transparency=5, comment=b"Grandma")
    picture = Picture.open(tmp_path / "a.gif")
    assert "first frame" in picture.notes[0]
    assert picture.alpha
    picture.save(tmp_path / "b.gif")
    again = Picture.open(tmp_path / "b.gif")
    opaque = picture.pixels[..., 3] == 255
    assert (again.pixels[opaque] == picture.pixels[opaque]).all()
    assert (again.pixels[..., 3] == picture.pixels[..., 3]).all()
    with Image.open(tmp_path / "b.gif") as image:
        assert image.info["comment"] == b"Grandma"
        assert getattr(image, "n_frames", 1) == 1
    assert source_type(again.kept.xmp) == Edit.GENERATED.uri
    again.save(tmp_path / "c.gif")
    assert (tmp_path / "c.gif").read_bytes().count(b"XMP DataXMP") == 1


def test_a_gif_without_room_for_new_colours_becomes_a_png(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    Image.fromarray(scene).quantize(16).save(tmp_path / "a.gif")
    picture = Picture.open(tmp_path / "a.gif")
    pixels = picture.pixels.copy()
    pixels[5:9, 5:9] = (255, 0, 255)
    written = picture.with_pixels(pixels).save(tmp_path / "b.gif")
    assert written == tmp_path / "b.png"
    assert not (tmp_path / "b.gif").exists()
    assert (Picture.open(written).pixels == pixels).all()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_bmp_comes_back_to_the_bit(mode: str, scene: NDArray[np.uint8], tmp_path: Path) -> None:
    Image.fromarray(scene).convert(mode).save(tmp_path / "a.bmp", dpi=(300, 300))
    Picture.open(tmp_path / "a.bmp").save(tmp_path / "b.bmp")
    with Image.open(tmp_path / "a.bmp") as before, Image.open(tmp_path / "b.bmp") as after:
        assert after.mode == before.mode
        assert (np.asarray(after.convert("RGB")) == np.asarray(before.convert("RGB"))).all()
        assert after.info["dpi"] == before.info["dpi"]


@pytest.mark.parametrize("form", ["jpg", "png", "webp", "tif", "bmp", "gif", "avif"])
@pytest.mark.parametrize(
    "kind", [("L", False), ("L", True), ("RGB", False), ("RGB", True), ("CMYK", False), ("CMYK", True)]
)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_any_picture_can_be_saved_as_any_format(
    form: str, kind: tuple[str, bool], dtype: type, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    space, alpha = kind
    pixels = np.dstack([scene, scene[::-1]])[..., : {"L": 1, "RGB": 3, "CMYK": 4}[space] + alpha]
    if dtype is not np.uint8:
        pixels = (pixels / 255 * (65535 if dtype is np.uint16 else 1)).astype(dtype)
    picture = Picture(np.ascontiguousarray(pixels), space, alpha, "TIFF")
    written = picture.save(tmp_path / f"a.{form}")
    again = Picture.open(written)
    assert (again.width, again.height) == (53, 37)
    if form == "tif" or (form == "png" and space != "CMYK" and dtype is not np.float32):
        assert (again.pixels == pixels).all()
    if not alpha:
        assert np.abs(again.photo() - picture.photo()).mean() < 0.08


def test_metadata_go_along_into_another_format(scene: NDArray[np.uint8], tmp_path: Path, profile: bytes) -> None:
    Image.fromarray(scene).save(
        tmp_path / "a.jpg", exif=exif_block(scene), xmp=XMP, icc_profile=profile, quality=100, subsampling=0
    )
    picture = Picture.open(tmp_path / "a.jpg")
    for form in ("png", "tif", "webp", "avif"):
        again = Picture.open(picture.save(tmp_path / f"b.{form}"))
        assert (again.width, again.height) == (37, 53), form
        with Image.open(tmp_path / f"b.{form}") as image:
            assert image.info["icc_profile"] == profile, form
            assert image.getexif()[0x010F] == "Homespun Camera", form
            assert b"Grandma's album" in (again.kept.xmp or b""), form


def test_a_turned_picture_stands_upright_in_a_format_without_orientation(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).save(tmp_path / "a.png", exif=exif_block(scene))
    picture = Picture.open(tmp_path / "a.png")
    picture.save(tmp_path / "b.bmp")
    with Image.open(tmp_path / "b.bmp") as image:
        assert (np.asarray(image) == picture.pixels).all()


def test_a_picture_whose_name_lies_stays_what_it_is(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    Image.fromarray(scene).save(tmp_path / "photo.jpg", "PNG")
    picture = Picture.open(tmp_path / "photo.jpg")
    assert picture.format == "PNG"
    picture.save(tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes().startswith(b"\x89PNG")


def test_heic_without_its_package_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    with pytest.raises(UnknownPicture, match="pip install pillow-heif"):
        Picture.open(tmp_path / "a.heic")


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_heic_opens_loses_something_and_is_saved_as_heic_with_all_else(
    scene: NDArray[np.uint8], tmp_path: Path, profile: bytes, orientation: int
) -> None:
    pillow_heif = pytest.importorskip("pillow_heif", reason="HEIC needs pillow-heif, which a person installs by wish")
    pillow_heif.register_heif_opener()
    large = np.repeat(np.repeat(scene, 4, axis=0), 4, axis=1)
    Image.fromarray(large).save(
        tmp_path / "a.heic", exif=exif_block(large, orientation=orientation), xmp=XMP, icc_profile=profile, quality=95
    )
    picture = Picture.open(tmp_path / "a.heic")
    upright = large if orientation == 1 else np.rot90(large, -1)
    assert picture.format == "HEIF"
    assert picture.pixels.shape == upright.shape
    assert np.abs(picture.pixels.astype(int) - upright).mean() < 8

    mask = np.zeros(upright.shape[:2], bool)
    mask[40:60, 50:80] = True
    filled = fill_regions(picture, find_regions(mask, grow=2), Noise())
    written = filled.save(output_path(tmp_path / "a.heic", "erased"))

    assert written.name == "a (erased).heic"
    assert written.read_bytes()[4:12] == b"ftypheic"
    again = Picture.open(written)
    assert again.pixels.shape == upright.shape
    far = ndimage.distance_transform_edt(~mask) > 24  # what HEVC's filters and blocks carry outwards
    assert np.abs(again.pixels[far].astype(int) - picture.pixels[far]).mean() < 4
    assert np.abs(again.pixels[mask].astype(int) - picture.pixels[mask]).mean() > 20
    assert (again.kept.icc, exif_maker(written)) == (profile, "Homespun Camera")
    assert b"Grandma's album" in (again.kept.xmp or b"")
    assert b"compositeWithTrainedAlgorithmicMedia" in (again.kept.xmp or b"")


def exif_maker(path: Path) -> str:
    """Who made the camera, as Pillow reads it from the file."""
    with Image.open(path) as image:
        return str(image.getexif()[0x010F])


def test_a_side_that_the_format_can_not_hold_is_refused(tmp_path: Path) -> None:
    picture = Picture.new(np.zeros((1, 16_384, 3), np.uint8))
    with pytest.raises(UnknownPicture, match="16383 pixels a side"):
        picture.save(tmp_path / "a.webp")
    assert list(tmp_path.glob("*a.webp*")) == []
