"""PNG: all kinds and depths, to the bit, with every chunk."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from engines.pictures import BadPicture, Picture
from engines.pictures.xmp import source_type
from tests.engines.pictures.conftest import XMP, exif_block

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KINDS = {1: 0, 2: 4, 3: 2, 4: 6}


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], 8
    while place < len(data):
        (size,) = struct.unpack_from(">I", data, place)
        found.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + size]))
        place += 12 + size
    return found


def deep_png(pixels: NDArray[np.uint16], filters: NDArray[np.uint8] | None = None, *extra: bytes) -> bytes:
    """A PNG of 16 bits written by the letter of the specification, pixel by pixel, each row under its own filter."""
    height, width, channels = pixels.shape
    step, lines = 2 * channels, []
    rows = [row.astype(">u2").tobytes() for row in pixels]
    above = bytes(len(rows[0]))
    for number, row in enumerate(rows):
        kind = 0 if filters is None else int(filters[number])
        line = bytearray()
        for at, value in enumerate(row):
            left = row[at - step] if at >= step else 0
            corner = above[at - step] if at >= step else 0
            line.append((value - _guess(kind, left, above[at], corner)) % 256)
        lines.append(bytes([kind]) + line)
        above = row
    header = struct.pack(">IIBBBBB", width, height, 16, KINDS[channels], 0, 0, 0)
    body = zlib.compress(b"".join(lines))
    half = len(body) // 2
    parts = [chunk(b"IDAT", body[:half]), chunk(b"IDAT", body[half:])]
    return SIGNATURE + chunk(b"IHDR", header) + b"".join(extra) + b"".join(parts) + chunk(b"IEND", b"")


def _guess(kind: int, left: int, above: int, corner: int) -> int:
    if kind != 4:
        return (0, left, above, (left + above) // 2)[kind]
    estimate = left + above - corner
    return min((left, above, corner), key=lambda value: abs(estimate - value))


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4), st.integers(1, 20), st.integers(1, 20), st.integers(0, 2**31))
def test_sixteen_bits_of_every_kind_and_filter_come_in_and_go_out_to_the_bit(
    channels: int, height: int, width: int, seed: int
) -> None:
    import tempfile

    random = np.random.default_rng(seed)
    pixels = random.integers(0, 65536, (height, width, channels)).astype(np.uint16)
    if seed % 2:
        pixels = np.sort(pixels, axis=1)  # smooth rows, so that the writer chooses filters
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deep.png"
        path.write_bytes(deep_png(pixels, random.integers(0, 5, height).astype(np.uint8)))
        picture = Picture.open(path)
        assert (picture.pixels == pixels).all()
        again = Picture.open(picture.save(Path(folder) / "again.png"))
        assert again.pixels.dtype == np.uint16
        assert (again.pixels == pixels).all()
        with Image.open(Path(folder) / "again.png") as other:  # another reader sees the high bytes of the same
            if channels >= 3:
                assert (np.asarray(other) == pixels >> 8).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P"])
def test_eight_bits_and_fewer_come_in_and_go_out_to_the_bit(
    mode: str, scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    image = Image.fromarray(scene)
    if mode in ("LA", "RGBA"):
        image.putalpha(Image.fromarray(scene[..., 0]))
    image.convert(mode).save(tmp_path / "a.png")
    picture = Picture.open(tmp_path / "a.png")
    picture.save(tmp_path / "b.png", mark_edited=False)
    with Image.open(tmp_path / "a.png") as before, Image.open(tmp_path / "b.png") as after:
        assert after.mode == before.mode
        assert (np.asarray(after) == np.asarray(before)).all()
        assert before.getpalette() == after.getpalette()


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_a_small_palette_stays_one(bits: int, scene: NDArray[np.uint8], tmp_path: Path) -> None:
    Image.fromarray(scene).quantize(2**bits).save(tmp_path / "a.png", bits=bits)
    Picture.open(tmp_path / "a.png").save(tmp_path / "b.png")
    headers = [chunks((tmp_path / name).read_bytes())[0][1] for name in ("a.png", "b.png")]
    assert headers[0] == headers[1]
    assert (Picture.open(tmp_path / "b.png").pixels == Picture.open(tmp_path / "a.png").pixels).all()


def test_a_colour_that_the_palette_has_not_makes_the_picture_full_colour(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    Image.fromarray(scene).quantize(8).save(tmp_path / "a.png")
    picture = Picture.open(tmp_path / "a.png")
    pixels = picture.pixels.copy()
    pixels[3, 4] = (255, 0, 255)
    picture.with_pixels(pixels).save(tmp_path / "b.png")
    with Image.open(tmp_path / "b.png") as image:
        assert image.mode == "RGB"
        assert (np.asarray(image) == pixels).all()


@pytest.mark.parametrize("kind", ["RGB", "L", "P"])
def test_a_transparent_colour_stays_one(kind: str, scene: NDArray[np.uint8], tmp_path: Path) -> None:
    pixels = scene.copy()
    pixels[:9] = (10, 20, 30)
    image = Image.fromarray(pixels).quantize(16) if kind == "P" else Image.fromarray(pixels).convert(kind)
    clear = image.getpixel((0, 0))
    image.save(tmp_path / "a.png", transparency=clear)
    picture = Picture.open(tmp_path / "a.png")
    assert picture.alpha
    assert (picture.pixels[:9, :, -1] == 0).all()
    picture.save(tmp_path / "b.png")
    with Image.open(tmp_path / "b.png") as after:
        assert after.mode == kind
        assert after.info.get("transparency") is not None
    assert (Picture.open(tmp_path / "b.png").pixels == picture.pixels).all()


def test_every_chunk_survives(scene: NDArray[np.uint8], tmp_path: Path, profile: bytes) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Grandma")
    text.add_text("Story", "long " * 100, zip=True)
    text.add_itxt("Title", "Ferien", "de", "Titel")
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add(b"gAMA", (45455).to_bytes(4, "big"))
    text.add(b"prVt", b"a program's own", after_idat=True)
    Image.fromarray(scene).save(
        tmp_path / "a.png", pnginfo=text, icc_profile=profile, dpi=(300, 300), exif=exif_block(scene)
    )
    before = chunks((tmp_path / "a.png").read_bytes())
    Picture.open(tmp_path / "a.png").save(tmp_path / "b.png")
    after = chunks((tmp_path / "b.png").read_bytes())
    same = (b"IDAT", b"eXIf")
    xmp = b"XML:com.adobe.xmp\0"
    kept = [part for part in before if part[0] not in same and not part[1].startswith(xmp)]
    assert [part for part in after if part[0] not in same and not part[1].startswith(xmp)] == kept
    with Image.open(tmp_path / "b.png") as image:
        assert image.getexif()[0x0112] == 6
        packet = image.info["XML:com.adobe.xmp"]
    assert "Grandma's album" in packet
    assert str(source_type(packet.encode())).endswith("compositeWithTrainedAlgorithmicMedia")


def test_interlaced_pictures_of_16_bits_are_read(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 65536, (13, 11, 3)).astype(np.uint16)
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    lines = b""
    for x, y, across, down in passes:
        for row in pixels[y::down, x::across]:
            if len(row):
                lines += b"\0" + row.astype(">u2").tobytes()
    header = struct.pack(">IIBBBBB", 11, 13, 16, 2, 0, 0, 1)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(SIGNATURE + body)
    assert (Picture.open(tmp_path / "a.png").pixels == pixels).all()


@pytest.mark.parametrize("how", ["cut", "short", "filter", "crc", "rest"])
def test_a_damaged_deep_picture_is_named(how: str, tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 65536, (9, 11, 3)).astype(np.uint16)
    data = deep_png(pixels)
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "short":
        data = data.replace(struct.pack(">IIB", 11, 9, 16), struct.pack(">IIB", 11, 90, 16))
        data = data[:29] + struct.pack(">I", zlib.crc32(data[12:29])) + data[33:]
    elif how == "filter":
        rows = b"".join(b"\x09" + row.astype(">u2").tobytes() for row in pixels)
        header = struct.pack(">IIBBBBB", 11, 9, 16, 2, 0, 0, 0)
        data = SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    elif how == "crc":
        data = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
    else:
        data = data.replace(b"IHDR", b"IHDX")
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(BadPicture, match="is damaged"):
        Picture.open(tmp_path / "a.png")


def test_text_that_inflates_without_end_is_kept_as_it_is(scene: NDArray[np.uint8], tmp_path: Path) -> None:
    bomb = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    stream = io.BytesIO()
    Image.fromarray(scene).save(stream, "PNG")
    data = stream.getvalue()
    (tmp_path / "a.png").write_bytes(data[:33] + chunk(b"zTXt", bomb) + data[33:])
    Picture.open(tmp_path / "a.png").save(tmp_path / "b.png")
    assert bomb in (tmp_path / "b.png").read_bytes()


def test_only_the_first_frame_of_an_animation_is_read_and_the_person_is_told(
    scene: NDArray[np.uint8], tmp_path: Path
) -> None:
    frames: list[Any] = [Image.fromarray(scene), Image.fromarray(255 - scene)]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    picture = Picture.open(tmp_path / "a.png")
    assert "first frame" in picture.notes[0]
    assert (picture.pixels == scene).all()
    picture.save(tmp_path / "b.png")
    assert not {name for name, _body in chunks((tmp_path / "b.png").read_bytes())} & {b"acTL", b"fcTL", b"fdAT"}
