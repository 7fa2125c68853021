"""What a glance at a file gives: small, upright, in sRGB, and nothing for what is no picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from desktop.workers.glance import glance
from homespun.errors import HomespunError


def half_red(path: Path, size: tuple[int, int] = (400, 200), **options: object) -> Path:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def is_red(pixel: object) -> bool:
    """Whether a pixel is far more red than blue."""
    red, _green, blue, *_ = np.asarray(pixel).tolist()
    return bool(red > 180 and blue < 80)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".gif", ".tif"])
def test_the_longer_side_is_as_asked_and_the_proportions_stay(tmp_path: Path, suffix: str) -> None:
    small = glance(half_red(tmp_path / f"a{suffix}"), 128)

    assert small.size == (128, 64)
    assert is_red(small.getpixel((10, 32)))
    assert not is_red(small.getpixel((118, 32)))


def test_a_small_picture_is_not_enlarged(tmp_path: Path) -> None:
    assert glance(half_red(tmp_path / "a.png", (20, 10)), 128).size == (20, 10)


@pytest.mark.parametrize(
    ("orientation", "red"), [(1, (8, 8)), (3, (120, 56)), (6, (32, 8)), (8, (32, 120)), (2, (120, 8))]
)
def test_a_photo_stands_upright(tmp_path: Path, orientation: int, red: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    small = glance(half_red(tmp_path / "a.jpg", exif=exif), 128)

    assert small.size == ((64, 128) if orientation in (6, 8) else (128, 64))
    assert is_red(small.getpixel(red))


def test_colours_of_another_space_come_as_srgb(tmp_path: Path) -> None:
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = int.from_bytes(swapped[128:132], "big")
    places = {bytes(swapped[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(tags)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    swapped[red + 4 : red + 12], swapped[blue + 4 : blue + 12] = (
        swapped[blue + 4 : blue + 12],
        swapped[red + 4 : red + 12],
    )

    small = glance(half_red(tmp_path / "a.png", icc_profile=bytes(swapped)), 128)

    assert not is_red(small.getpixel((10, 32)))
    assert is_red(small.getpixel((118, 32)))


def test_a_profile_that_makes_no_sense_is_ignored(tmp_path: Path) -> None:
    assert is_red(glance(half_red(tmp_path / "a.png", icc_profile=b"no profile"), 64).getpixel((5, 5)))


def test_a_deep_tiff_and_a_deep_png_show_their_greys(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 256, dtype=np.uint16)[None, :].repeat(64, 0)
    for name in ("deep.tif", "deep.png"):
        Image.fromarray(ramp).save(tmp_path / name)
        shown = np.asarray(glance(tmp_path / name, 128).convert("L")).astype(int)
        assert shown[:, 0].max() < 10
        assert shown[:, -1].min() > 245
        assert abs(int(shown[16, 64]) - 128) < 6


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    image = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    image.paste((0, 128, 0, 255), (0, 0, 150, 300))
    image.save(tmp_path / "a.png")

    small = glance(tmp_path / "a.png", 100)

    assert small.mode == "RGBA"
    assert small.getpixel((90, 50))[3] == 0  # type: ignore[index]
    assert small.getpixel((10, 50)) == (0, 128, 0, 255)


def test_the_first_page_of_a_pdf_is_its_picture(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (300, 600), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:])

    small = glance(tmp_path / "a.pdf", 128)

    assert max(small.size) == 128
    assert is_red(small.getpixel((30, 60)))


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 nothing", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(HomespunError):
        glance(tmp_path / "a.png", 128)


def test_a_folder_and_a_missing_file_are_no_pictures(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.png", tmp_path / "none" / "a.png"):
        with pytest.raises(HomespunError):
            glance(path, 128)
