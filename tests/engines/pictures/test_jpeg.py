"""JPEG: the same tables, subsampling and scans; every segment; EXIF's orientation and thumbnail."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from engines.pictures import Edit, Picture
from engines.pictures.turning import as_stored, upright
from engines.pictures.xmp import source_type
from tests.engines.pictures.conftest import XMP, exif_block

IPTC = b"8BIM\x04\x04\x00\x00\x00\x00\x00\x0c\x1c\x02\x78\x00\x07Caption"
IRB_THUMBNAIL = b"8BIM\x04\x0c\x00\x00\x00\x00\x00\x04\xff\xd8\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(path: Path, *segments: bytes) -> Path:
    """Put segments after the first one of a JPEG."""
    data = path.read_bytes()
    end = 4 + int.from_bytes(data[4:6], "big")
    path.write_bytes(data[:end] + b"".join(segments) + data[end:])
    return path


@pytest.fixture
def full(tmp_path: Path, scene: NDArray[np.uint8], profile: bytes) -> Path:
    """A JPEG with everything: EXIF turned by 6, XMP, more XMP, IPTC, a profile, comments, a maker's segment."""
    path = tmp_path / "full.jpg"
    Image.fromarray(scene).save(path, quality=83, icc_profile=profile, exif=exif_block(scene), dpi=(300, 300))
    return with_segments(
        path,
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + bytes(8) + b"more"),
        segment(0xED, b"Photoshop 3.0\0" + IPTC + IRB_THUMBNAIL),
        segment(0xEB, b"Maker's own"),
        segment(0xFE, b"A comment"),
        segment(0xFE, b"Another"),
    )


@pytest.mark.parametrize("quality", [35, 75, 92, 100])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_compression_stays_what_it_was(
    quality: int, subsampling: int, progressive: bool, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).save(tmp_path / "a.jpg", quality=quality, subsampling=subsampling, progressive=progressive)
    Picture.open(tmp_path / "a.jpg").save(tmp_path / "b.jpg")
    with Image.open(tmp_path / "a.jpg") as before, Image.open(tmp_path / "b.jpg") as after:
        assert isinstance(before, JpegImageFile)
        assert isinstance(after, JpegImageFile)
        assert after.quantization == before.quantization
        assert get_sampling(after) == get_sampling(before) == subsampling
        assert after.info.get("progressive") == before.info.get("progressive")


@pytest.mark.parametrize(("mode", "how"), [("L", {}), ("CMYK", {}), ("RGB", {"keep_rgb": True})])
def test_grey_ink_and_plain_rgb_stay_what_they_are(
    mode: str, how: dict[str, Any], scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).convert(mode).save(tmp_path / "a.jpg", quality=95, **how)
    picture = Picture.open(tmp_path / "a.jpg")
    assert picture.space == mode
    with Image.open(tmp_path / "a.jpg") as image:
        assert (picture.pixels.squeeze() == np.asarray(image)).all()
    picture.save(tmp_path / "b.jpg")
    again = Picture.open(tmp_path / "b.jpg")
    assert again.space == mode
    assert np.abs(again.pixels.astype(int) - picture.pixels).max() <= 4
    frames = [(tmp_path / name).read_bytes().split(b"\xff\xc0")[1] for name in ("a.jpg", "b.jpg")]
    length = int.from_bytes(frames[0][:2], "big")
    assert frames[0][:length] == frames[1][:length]


def test_every_segment_survives_in_order(full: Path, tmp_path: Path, profile: bytes) -> None:
    Picture.open(full).save(tmp_path / "out.jpg", mark_edited=False)
    data = (tmp_path / "out.jpg").read_bytes()
    with Image.open(tmp_path / "out.jpg") as image:
        assert image.info["icc_profile"] == profile
        assert image.info["xmp"] == XMP
        assert image.info["comment"] == b"Another"
        exif = image.getexif()
        assert exif[0x010F] == "Homespun Camera"
        assert exif[0x0112] == 6
        assert exif.get_ifd(0x8769)[0x927C] == bytes(range(64))
        image.load()
    order = [data.index(part) for part in (b"more", IPTC, b"Maker's own", b"A comment", b"Another")]
    assert order == sorted(order)
    assert IRB_THUMBNAIL not in data


def test_the_thumbnail_shows_what_the_picture_shows_now(full: Path, tmp_path: Path) -> None:
    picture = Picture.open(full)
    white = picture.with_pixels(np.full_like(picture.pixels, 250))
    white.save(tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as image:
        block = image.info["exif"][6:]
    start = block.rindex(b"\xff\xd8\xff")
    with Image.open(io.BytesIO(block[start:])) as thumbnail:
        assert np.asarray(thumbnail.convert("L")).min() > 240
        assert thumbnail.width > thumbnail.height  # as stored, not as it is looked at
    assert block.count(b"\xff\xd8\xff") == 1


def test_the_size_in_exif_is_that_of_an_enlarged_picture(full: Path, tmp_path: Path) -> None:
    picture = Picture.open(full)
    larger = picture.with_pixels(np.repeat(np.repeat(picture.pixels, 2, axis=0), 2, axis=1))
    larger.save(tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as image:
        inner = image.getexif().get_ifd(0x8769)
        assert (inner[0xA002], inner[0xA003]) == image.size == (106, 74)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_in_memory_and_put_back_in_the_file(
    orientation: int, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    from PIL import ImageOps

    Image.fromarray(scene).save(tmp_path / "a.jpg", exif=exif_block(scene, orientation=orientation), quality=95)
    picture = Picture.open(tmp_path / "a.jpg")
    with Image.open(tmp_path / "a.jpg") as image:
        stored = np.asarray(image)
        assert (picture.pixels == np.asarray(ImageOps.exif_transpose(image))).all()
    picture.save(tmp_path / "b.jpg")
    with Image.open(tmp_path / "b.jpg") as image:
        assert image.getexif()[0x0112] == orientation
        assert np.abs(np.asarray(image).astype(int) - stored).mean() < 2
    assert (as_stored(upright(scene, orientation), orientation) == scene).all()


def test_the_mark_joins_the_xmp_that_is_there(full: Path, tmp_path: Path) -> None:
    Picture.open(full).save(tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as image:
        packet = image.info["xmp"]
    assert source_type(packet) == Edit.GENERATED.uri
    assert b"Grandma's album" in packet
    assert (tmp_path / "out.jpg").read_bytes().count(b"http://ns.adobe.com/xap/1.0/\0") == 1


def test_a_segment_of_several_pictures_is_not_kept_and_the_person_is_told(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).save(tmp_path / "a.jpg")
    with_segments(tmp_path / "a.jpg", segment(0xE2, b"MPF\0II*\0\x08\0\0\0\0\0"))
    picture = Picture.open(tmp_path / "a.jpg")
    assert "more than one picture" in picture.notes[0]
    picture.save(tmp_path / "b.jpg")
    assert b"MPF\0" not in (tmp_path / "b.jpg").read_bytes()


@pytest.mark.parametrize(
    "block",
    [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x08\0\0\0", b"MM\0*\xff\xff\xff\xff", b"nonsense", b""],
)
def test_damaged_exif_neither_stops_a_picture_nor_changes(
    block: bytes, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).save(tmp_path / "a.jpg")
    with_segments(tmp_path / "a.jpg", segment(0xE1, b"Exif\0\0" + block))
    Picture.open(tmp_path / "a.jpg").save(tmp_path / "b.jpg", mark_edited=False)
    assert block[:26] in (tmp_path / "b.jpg").read_bytes()


def test_a_picture_of_12_bits_is_refused_with_a_way_out(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    from engines.pictures import UnknownPicture

    Image.fromarray(scene).save(tmp_path / "a.jpg")
    data = bytearray((tmp_path / "a.jpg").read_bytes())
    data[data.index(b"\xff\xc0") + 4] = 12
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(UnknownPicture, match="12 bits"):
        Picture.open(tmp_path / "a.jpg")


def test_a_file_of_thousands_of_scans_is_refused(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    from engines.pictures import UnknownPicture

    Image.fromarray(scene).save(tmp_path / "a.jpg", progressive=True)
    data = (tmp_path / "a.jpg").read_bytes()
    last = data.rindex(b"\xff\xda")
    (tmp_path / "a.jpg").write_bytes(data[:last] + data[last:-2] * 2000 + data[-2:])
    with pytest.raises(UnknownPicture, match="scans"):
        Picture.open(tmp_path / "a.jpg")
