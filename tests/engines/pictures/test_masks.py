"""Masks from files, boxes and polygons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.pictures import Picture, UnknownPicture, WrongMask, box_mask, polygon_mask, read_mask, save_mask


def test_a_mask_is_light_where_something_goes(tmp_path: Path) -> None:
    grey = np.array([[0, 127, 128, 255]], np.uint8)
    Image.fromarray(grey).save(tmp_path / "mask.png")
    assert read_mask(tmp_path / "mask.png", (4, 1)).tolist() == [[False, False, True, True]]


def test_a_mask_of_16_bits_of_colour_or_with_alpha_means_the_same(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 40000]], np.uint16)).save(tmp_path / "deep.png")
    Image.fromarray(np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)).save(tmp_path / "colour.png")
    Image.fromarray(np.array([[[255, 255, 255, 0], [255, 255, 255, 255]]], np.uint8)).save(tmp_path / "alpha.png")
    for name in ("deep", "colour", "alpha"):
        assert read_mask(tmp_path / f"{name}.png", (2, 1)).tolist() == [[False, True]], name


def test_a_mask_of_another_size_names_both_sizes_or_is_fitted(tmp_path: Path) -> None:
    mask = np.zeros((10, 20), bool)
    mask[2:6, 4:10] = True
    save_mask(mask, tmp_path / "mask.png")
    assert (read_mask(tmp_path / "mask.png", (20, 10)) == mask).all()
    with pytest.raises(WrongMask, match=r"20 × 10 pixels, and the picture is 40 × 20.*--fit-mask"):
        read_mask(tmp_path / "mask.png", (40, 20))
    fitted = read_mask(tmp_path / "mask.png", (40, 20), fit=True)
    assert fitted.shape == (20, 40)
    assert fitted[5:11, 9:19].all()
    assert abs(int(fitted.sum()) - 4 * int(mask.sum())) <= 24


def test_a_mask_that_is_no_picture_says_so(tmp_path: Path) -> None:
    (tmp_path / "mask.png").write_text("not a picture")
    with pytest.raises(UnknownPicture):
        read_mask(tmp_path / "mask.png", (4, 4))


def test_a_box_is_cut_at_the_edge_and_refused_outside() -> None:
    mask = box_mask((-5, 6, 10, 100), (20, 10))
    assert mask[6:, :5].all()
    assert mask.sum() == 20
    for box in ((30, 0, 5, 5), (0, 0, 0, 5), (0, 0, float("nan"), 5), (0, 0, 5)):
        with pytest.raises(WrongMask):
            box_mask(box, (20, 10))


def test_a_polygon_holds_its_inside_and_its_line() -> None:
    mask = polygon_mask([(2, 2), (12, 2), (12, 8), (2, 8)], (20, 10))
    assert mask[2:9, 2:13].all()
    assert mask.sum() == 7 * 11


@pytest.mark.parametrize(
    "points", [[(1, 1), (2, 2)], [(1, 1), (2, 2), (float("inf"), 0)], [(100, 100), (120, 100), (120, 120)]]
)
def test_a_polygon_that_marks_nothing_is_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(WrongMask):
        polygon_mask(points, (20, 10))


def test_a_mask_turned_by_its_orientation_is_read_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.array([[0, 0, 255]], np.uint8)).save(tmp_path / "turned.png", exif=exif)
    assert read_mask(tmp_path / "turned.png", (1, 3)).tolist() == [[False], [False], [True]]
    assert Picture.open(tmp_path / "turned.png").height == 3
