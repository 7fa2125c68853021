"""The first look at a photo, before the engines are loaded, shows what the engines' own glimpse shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from desktop.workers import open_sheet
from desktop.workers.calls import Call
from desktop.workers.document import open_service
from desktop.workers.editing.contract import GLIMPSE
from desktop.workers.editing.display import Shown
from desktop.workers.editing.firstlook import first_look
from engines.pictures import glimpse
from homespun.errors import HomespunError
from homespun.progress import Progress

ROOT = Path(__file__).parents[3]


def photo(path: Path, size: tuple[int, int] = (3600, 2402), **how: Any) -> Path:
    rows, columns = np.mgrid[: size[1], : size[0]]
    pixels = np.stack([columns * 255 // size[0], rows * 255 // size[1], (rows + columns) % 200], 2).astype(np.uint8)
    image = Image.fromarray(pixels).convert(how.pop("mode", "RGB"))
    exif = Image.Exif()
    exif[0x0112] = how.pop("orientation", 1)
    image.save(path, quality=90, exif=exif, **how)
    return path


def levels(display: Mapping[str, Any]) -> list[NDArray[np.uint8]]:
    """The pixels of all sizes of a display."""
    memory = np.frombuffer(bytes(open_sheet(display["sheet"]).memory), np.uint8)
    return [memory[at : at + stride * high].reshape(high, wide, 4) for wide, high, stride, at in display["levels"]]


def glimpsed(path: Path) -> Mapping[str, Any]:
    seen = glimpse(path, GLIMPSE)
    assert seen is not None
    return Shown(seen.picture, whole=(seen.width, seen.height)).told()


@pytest.mark.parametrize("how", [{"orientation": n} for n in range(1, 9)] + [{"mode": "L"}], ids=str)
def test_it_shows_the_same_pixels_as_the_glimpse_of_the_engines(how: dict[str, Any], tmp_path: Path) -> None:
    path = photo(tmp_path / "large.jpg", **how)
    looked, same = first_look(path), glimpsed(path)
    assert looked is not None
    assert {**looked["display"], "sheet": ""} == {**same, "sheet": ""}
    assert (looked["width"], looked["height"]) == (same["width"], same["height"])
    for ours, theirs in zip(levels(looked["display"]), levels(same), strict=True):
        assert np.array_equal(ours, theirs)


def test_it_follows_the_profile_of_the_file(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = photo(tmp_path / "large.jpg", icc_profile=profile)
    looked = first_look(path)
    assert looked is not None
    ours, theirs = levels(looked["display"])[0], levels(glimpsed(path))[0]
    assert np.abs(ours.astype(int) - theirs).max() <= 1


def test_what_is_not_usual_is_left_to_the_engines(tmp_path: Path) -> None:
    assert first_look(photo(tmp_path / "progressive.jpg", progressive=True)) is None
    assert first_look(photo(tmp_path / "ink.jpg", mode="CMYK")) is None
    assert first_look(photo(tmp_path / "small.jpg", (900, 700))) is None
    assert first_look(photo(tmp_path / "flat.png")) is None
    assert first_look(tmp_path / "gone.jpg") is None
    assert first_look(tmp_path) is None
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(photo(tmp_path / "whole.jpg").read_bytes()[:20_000])
    assert first_look(cut) is None
    hostile = tmp_path / "scans.jpg"
    hostile.write_bytes((tmp_path / "whole.jpg").read_bytes() + b"\xff\xda\0\0" * 50)
    assert first_look(hostile) is None


def test_it_needs_neither_numpy_nor_the_engines(tmp_path: Path) -> None:
    path = photo(tmp_path / "large.jpg")
    code = (
        "import sys; from pathlib import Path; import desktop.workers.document\n"
        "from desktop.workers.editing.firstlook import first_look\n"
        "told = first_look(Path(sys.argv[1])); Path(told['display']['sheet']).unlink()\n"
        "print(sorted({'numpy', 'engines'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_large_photo_is_seen_once_and_then_all_of_it_is_there(tmp_path: Path) -> None:
    path = photo(tmp_path / "large.jpg")
    parts: list[Mapping[str, Any]] = []
    told = {"path": str(path), "place": str(tmp_path / "editing"), "owner": os.getpid()}
    answer = open_service()["open"](Call(told, Progress(), parts.append))
    assert answer is not None
    assert [part["display"]["levels"][0][:2] for part in parts] == [[1800, 1201]]
    assert answer["display"]["levels"][0][:2] == [3600, 2402]
    for one in (*parts, answer):
        open_sheet(one["display"]["sheet"])


def test_a_file_that_is_cut_off_is_refused_and_shows_nothing(tmp_path: Path) -> None:
    path = photo(tmp_path / "large.jpg")
    parts: list[Mapping[str, Any]] = []
    path.write_bytes(path.read_bytes()[:20_000])
    told = {"path": str(path), "place": str(tmp_path / "editing"), "owner": os.getpid()}
    with pytest.raises(HomespunError):
        open_service()["open"](Call(told, Progress(), parts.append))
    assert parts == []
