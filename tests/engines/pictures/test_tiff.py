"""TIFF: every depth, order and way of compressing, to the bit, with every tag."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engines.pictures import BadPicture, Picture, UnknownPicture
from engines.pictures.directory import Directory, Value, header, parsed, written
from engines.pictures.xmp import source_type
from tests.engines.pictures.conftest import XMP

COMPRESSIONS = ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "zstd", "lzma"]


def tiff_of(
    pixels: NDArray[Any],
    *,
    order: str = "<",
    photometric: int = 2,
    rows: int = 7,
    planar: bool = False,
    tile: int = 0,
    compression: int = 1,
    predictor: int = 1,
    extra: tuple[int, ...] = (),
    tags: dict[int, Value] | None = None,
) -> bytes:
    """A TIFF written plainly, as the specification says."""
    height, width, channels = pixels.shape
    stream = io.BytesIO()
    stream.write(header(order, 8))
    places, sizes = [], []
    planes = [pixels[..., i : i + 1] for i in range(channels)] if planar else [pixels]
    for plane in planes:
        for part in _parts(plane, rows, tile):
            first_of_row = part[:, :1]
            stored = np.concatenate([first_of_row, part[:, 1:] - part[:, :-1]], axis=1) if predictor == 2 else part
            data = stored.astype(stored.dtype.newbyteorder("<" if order == "<" else ">")).tobytes()
            places.append(stream.tell())
            sizes.append(stream.write(zlib.compress(data) if compression == 8 else data))
    first = Directory(order, dict(tags or {}))
    size = pixels.dtype.itemsize
    form = 3 if pixels.dtype.kind == "f" else 1
    numbers: dict[int, tuple[int, ...]] = {
        256: (width,), 257: (height,), 258: (8 * size,) * channels, 259: (compression,), 262: (photometric,),
        277: (channels,), 284: (2 if planar else 1,), 317: (predictor,), 339: (form,) * channels,
    }  # fmt: skip
    numbers |= {322: (tile,), 323: (tile,), 324: tuple(places), 325: tuple(sizes)} if tile else {
        273: tuple(places), 278: (rows,), 279: tuple(sizes)
    }  # fmt: skip
    if extra:
        numbers[338] = extra
    first.tags.update({tag: first.of(4 if tag in (273, 279, 324, 325) else 3, *all_) for tag, all_ in numbers.items()})
    place = written(stream, first)
    stream.seek(0)
    stream.write(header(order, place))
    return stream.getvalue()


def _parts(plane: NDArray[Any], rows: int, tile: int) -> list[NDArray[Any]]:
    if not tile:
        return [plane[top : top + rows] for top in range(0, len(plane), rows)]
    height, width = plane.shape[:2]
    padded = np.pad(plane, ((0, -height % tile), (0, -width % tile), (0, 0)))
    tops, lefts = range(0, height, tile), range(0, width, tile)
    return [padded[top : top + tile, left : left + tile] for top in tops for left in lefts]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float16])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "how", [{}, {"planar": True}, {"tile": 16}, {"compression": 8}, {"compression": 8, "predictor": 2}]
)
def test_every_depth_and_layout_comes_in_and_goes_out_to_the_bit(
    dtype: type, order: str, channels: int, how: dict[str, Any], tmp_path: Path
) -> None:
    if how.get("predictor") and dtype in (np.float16, np.float32):
        how = {"compression": 8}  # differences of floats are another predictor, tested below
    random = np.random.default_rng(channels)
    pixels: NDArray[Any] = (
        random.random((37, 53, channels)) * (7 if dtype in (np.float16, np.float32) else 255)
    ).astype(dtype)
    extra = (2,) if channels in (2, 4) else ()
    (tmp_path / "a.tif").write_bytes(
        tiff_of(pixels, order=order, photometric=1 if channels <= 2 else 2, extra=extra, **how)
    )
    picture = Picture.open(tmp_path / "a.tif")
    assert (picture.space, picture.alpha) == ("L" if channels <= 2 else "RGB", channels in (2, 4))
    wide = np.float32 if dtype == np.float16 else dtype
    assert picture.pixels.dtype == wide
    assert picture.pixels.tobytes() == pixels.astype(wide).tobytes()
    again = Picture.open(picture.save(tmp_path / "b.tif"))
    assert again.pixels.tobytes() == picture.pixels.tobytes()
    before, after = (parsed(io.BytesIO((tmp_path / name).read_bytes()))[0] for name in ("a.tif", "b.tif"))
    for tag in (258, 259, 262, 317, 338, 339):
        assert after.number(tag, 1) == before.number(tag, 1), tag


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_what_another_program_compressed_is_read_and_ours_is_read_by_it(
    mode: str, compression: str, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    if mode == "I;16":
        image = Image.fromarray(scene[..., 0].astype(np.uint16) * 257 + 3)
    else:
        image = Image.fromarray(scene).convert("L" if mode == "F" else mode).convert(mode)
    image.save(tmp_path / "a.tif", compression=compression)
    picture = Picture.open(tmp_path / "a.tif")
    assert (picture.pixels.squeeze() == np.asarray(image)).all()
    picture.save(tmp_path / "b.tif")
    with Image.open(tmp_path / "b.tif") as after:
        assert after.info.get("compression") == compression
        assert (np.asarray(after) == np.asarray(image)).all()


def test_floats_with_differences_are_read_back_by_another_program(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).normal(0, 10, (37, 53, 1)).astype(np.float32)
    Picture(pixels, "L", False, "TIFF").save(tmp_path / "a.tif")
    assert parsed(io.BytesIO((tmp_path / "a.tif").read_bytes()))[0].number(317, 1) == 3
    with Image.open(tmp_path / "a.tif") as image:
        assert (np.asarray(image) == pixels[..., 0]).all()
    assert (Picture.open(tmp_path / "a.tif").pixels == pixels).all()


def test_every_tag_survives_and_the_mark_joins_the_xmp(
    scene: NDArray[np.uint8], tmp_path: Path, profile: bytes
) -> None:
    tags = {
        271: Value(2, 16, b"Homespun Camera\0"),
        274: Value(3, 1, struct.pack("<H", 6)),
        282: Value(5, 1, struct.pack("<II", 300, 1)),
        283: Value(5, 1, struct.pack("<II", 300, 1)),
        700: Value(1, len(XMP), XMP),
        33550: Value(12, 3, struct.pack("<ddd", 0.5, 0.5, 0)),
        33723: Value(7, 15, b"\x1c\x02\x78\x00\x0aan excerpt"),
        34675: Value(7, len(profile), profile),
        65000: Value(7, 6, b"mine!!"),
    }
    data = tiff_of(scene.astype(np.uint16) * 200, tags=tags)
    (tmp_path / "a.tif").write_bytes(data)
    picture = Picture.open(tmp_path / "a.tif")
    assert (picture.width, picture.height) == (37, 53)
    picture.save(tmp_path / "b.tif")
    after, _several = parsed(io.BytesIO((tmp_path / "b.tif").read_bytes()))
    for tag, value in tags.items():
        if tag != 700:
            assert after.tags[tag] == value, tag
    packet = after.tags[700].data
    assert b"Grandma's album" in packet
    assert str(source_type(packet)).endswith("compositeWithTrainedAlgorithmicMedia")
    assert (Picture.open(tmp_path / "b.tif").pixels == picture.pixels).all()


def test_inner_directories_go_along(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    image = Image.fromarray(scene)
    exif = Image.Exif()
    exif[0x010F] = "Homespun Camera"
    exif.get_ifd(0x8769)[0x829A] = 0.125
    exif.get_ifd(0x8825)[1] = "N"
    image.save(tmp_path / "a.jpg", exif=exif)
    Picture.open(tmp_path / "a.jpg").save(tmp_path / "b.tif")
    Picture.open(tmp_path / "b.tif").save(tmp_path / "c.tif")
    Picture.open(tmp_path / "c.tif").save(tmp_path / "d.jpg")
    for name in ("b.tif", "c.tif", "d.jpg"):
        with Image.open(tmp_path / name) as after:
            found = after.getexif()
            assert found[0x010F] == "Homespun Camera", name
            assert found.get_ifd(0x8769)[0x829A] == 0.125, name
            assert found.get_ifd(0x8825)[1] == "N", name


def test_white_may_be_zero_and_stays_so(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    pixels = scene[..., :1].astype(np.uint16) * 256
    (tmp_path / "a.tif").write_bytes(tiff_of(pixels, photometric=0))
    picture = Picture.open(tmp_path / "a.tif")
    assert (picture.pixels == 65535 - pixels).all()
    picture.save(tmp_path / "b.tif")
    assert parsed(io.BytesIO((tmp_path / "b.tif").read_bytes()))[0].number(262, 9) == 0
    assert (Picture.open(tmp_path / "b.tif").pixels == picture.pixels).all()


def test_channels_beyond_alpha_are_nobodys_to_edit_and_go_along(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    pixels = np.concatenate([scene, 255 - scene], axis=2)
    (tmp_path / "a.tif").write_bytes(tiff_of(pixels, extra=(2, 0, 0)))
    picture = Picture.open(tmp_path / "a.tif")
    assert picture.pixels.shape[2] == 4
    picture.with_pixels(picture.pixels // 2).save(tmp_path / "b.tif")
    first, _several = parsed(io.BytesIO((tmp_path / "b.tif").read_bytes()))
    assert first.number(277, 0) == 6
    assert first.numbers(338) == (2, 0, 0)
    data = (tmp_path / "b.tif").read_bytes()
    strips = zip(first.numbers(273), first.numbers(279), strict=True)
    stored = np.frombuffer(b"".join(data[at : at + size] for at, size in strips), np.uint8).reshape(pixels.shape)
    assert (stored[..., :4] == pixels[..., :4] // 2).all()
    assert (stored[..., 4:] == pixels[..., 4:]).all()


@pytest.mark.parametrize(
    ("mode", "compression"), [("1", "group4"), ("P", "tiff_lzw"), ("RGB", "jpeg"), ("CMYK", "jpeg")]
)
def test_rare_kinds_are_read_and_their_pixels_kept(
    mode: str, compression: str, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).convert(mode).save(tmp_path / "a.tif", compression=compression)
    picture = Picture.open(tmp_path / "a.tif")
    picture.save(tmp_path / "b.tif")
    assert (Picture.open(tmp_path / "b.tif").pixels == picture.pixels).all()
    with Image.open(tmp_path / "a.tif") as before, Image.open(tmp_path / "b.tif") as after:
        assert after.mode == {"P": "RGB"}.get(mode, mode)
        assert (np.asarray(before.convert("RGB")) == np.asarray(after.convert("RGB"))).all()


def test_only_the_first_of_several_pictures_is_read_and_the_person_is_told(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).save(tmp_path / "a.tif", save_all=True, append_images=[Image.fromarray(255 - scene)])
    picture = Picture.open(tmp_path / "a.tif")
    assert "first picture" in picture.notes[0]
    assert (picture.pixels == scene).all()


def test_whole_numbers_of_32_bits_are_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(tiff_of(np.ones((5, 5, 3), np.uint32)))
    with pytest.raises(UnknownPicture, match="32 bits"):
        Picture.open(tmp_path / "a.tif")


def test_strips_that_lie_outside_the_file_are_named(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    data = tiff_of(scene, rows=40)
    for name, broken in {
        "far": data.replace(struct.pack("<HHII", 273, 4, 1, 8), struct.pack("<HHII", 273, 4, 1, 2**31)),
        "cut": tiff_of(scene, rows=40).replace(
            struct.pack("<HHII", 257, 3, 1, 37), struct.pack("<HHII", 257, 3, 1, 9000)
        ),
    }.items():
        assert broken != data, name
        (tmp_path / "a.tif").write_bytes(broken)
        with pytest.raises(BadPicture):
            Picture.open(tmp_path / "a.tif")
