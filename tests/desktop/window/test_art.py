"""The icons as files: every size, readable by others, the same bytes each time, and something to see on them."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from desktop.window import art
from installer.verbs import VERBS


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("art")
    assert art.main([str(out)]) == 0
    return out


def test_the_app_has_a_picture_of_every_size(drawn: Path) -> None:
    for size in art.SIZES:
        with Image.open(drawn / f"homespun-{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.mode == "RGBA"


def test_two_runs_give_the_same_bytes(drawn: Path, tmp_path: Path) -> None:
    first = {path.relative_to(drawn): path.read_bytes() for path in drawn.rglob("*") if path.is_file()}
    art.write(tmp_path)
    assert {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == first


def test_a_reader_of_windows_icons_finds_every_size_with_its_clear_corners_and_white_thread(drawn: Path) -> None:
    with Image.open(drawn / "homespun.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in art.ICO_SIZES}
    for size in art.ICO_SIZES:
        with Image.open(drawn / "homespun.ico") as icon:
            icon.size = (size, size)  # type: ignore[misc] # how Pillow is told which one
            picture = icon.convert("RGBA")
        with Image.open(drawn / f"homespun-{size}.png") as same:
            assert picture.tobytes() == same.tobytes()
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0) or size < 64
        lightest = max(sum(one) for one in zip(*(picture.getchannel(band).tobytes() for band in "RGB"), strict=True))
        assert lightest > 700


def test_pictures_below_64_pixels_are_bitmaps_in_the_icon_and_larger_ones_png(drawn: Path) -> None:
    data = (drawn / "homespun.ico").read_bytes()
    assert struct.unpack_from("<HHH", data) == (0, 1, len(art.ICO_SIZES))
    for number, size in enumerate(art.ICO_SIZES):
        side, _, _, _, planes, bits, length, at = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert (side or 256, planes, bits) == (size, 1, 32)
        assert data[at : at + 8].startswith(b"\x89PNG") == (size >= art.PNG_FROM)
        assert at + length <= len(data)


def test_the_mask_of_a_bitmap_is_set_where_nothing_is_drawn() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="2" fill="#102030"/></svg>'
    )
    side = 48  # a row of the mask is padded to whole 32 bits
    body = art.bitmap(art.rendered(drawing, side))
    mask = body[40 + side * side * 4 :]
    assert len(mask) == side * 8
    assert {mask[row * 8 : row * 8 + 6] for row in range(side)} == {b"\x00\x00\x00\xff\xff\xff"}
    assert body[40:44] == bytes((0x30, 0x20, 0x10, 0xFF))


def test_small_sizes_have_a_drawing_of_their_own() -> None:
    small, large = (art.rendered((art.EMBLEM / name).read_bytes(), 24) for name in ("app-small.svg", "app.svg"))
    assert art.app_icon(24) == small
    assert art.app_icon(32) == art.rendered((art.EMBLEM / "app.svg").read_bytes(), 32)
    assert small != large


@pytest.mark.parametrize("icon", sorted({verb.icon for verb in VERBS}))
def test_each_verb_has_pictures_an_icon_and_a_drawing_in_a_colour_for_light_and_dark_menus(
    drawn: Path, icon: str
) -> None:
    svg = (drawn / "verbs" / f"homespun-{icon}.svg").read_text(encoding="utf-8")
    assert "currentColor" not in svg
    assert art.VERB_COLOUR in svg
    for size in art.VERB_SIZES:
        with Image.open(drawn / "verbs" / f"homespun-{icon}-{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getbbox() is not None
    with Image.open(io.BytesIO((drawn / "verbs" / f"homespun-{icon}.ico").read_bytes())) as together:
        assert together.info["sizes"] == {(size, size) for size in art.VERB_SIZES}


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="no SVG"):
        art.rendered(b"scissors", 16)


def test_the_command_wants_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert art.main([]) == 2
    assert "usage" in capsys.readouterr().err
