"""Whole ways through the app, in a real window, with real engines."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np

import indexer
from engines.pictures import Picture, read_mask
from homespun.progress import Progress
from tests.desktop.journeys.conftest import Journey
from tests.desktop.xserver import ROOT

SIGN = ROOT / "desktop" / "samples" / "welcome-sign.jpg"
MASK = ROOT / "desktop" / "samples" / "welcome-sign.mask.png"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_thing_is_clicked_erased_compared_and_saved(journey: Journey, tmp_path: Path) -> None:
    photo = Path(shutil.copy(SIGN, tmp_path / "holiday.jpg"))
    before = digest(photo)
    picture = Picture.open(photo)
    mask = read_mask(MASK, (picture.width, picture.height))
    rows, columns = np.nonzero(mask)
    told = journey("erase_a_thing", photo, int(columns.mean()), int(rows.mean()))
    assert digest(photo) == before
    made = Picture.open(tmp_path / "holiday (erased).jpg")
    changed = (picture.pixels != made.pixels).any(axis=2)
    assert changed[mask].mean() > 0.5, "most of the sign is gone"
    assert told["erased"] < 60


def test_a_sentence_finds_the_right_file_and_enter_opens_it(journey: Journey, tmp_path: Path) -> None:
    files = tmp_path / "Documents"
    files.mkdir()
    (files / "Heating.txt").write_text("The heating statement: the winter cost 333.90 EUR, to be paid by 20 March.")
    (files / "Bread.txt").write_text("Knead flour, water and salt, and let the dough rise over night.")
    (files / "Lease.txt").write_text("The flat is let from June. The deposit is three months of rent.")
    with indexer.open_index(create=True) as index:
        index.add(files)
        indexer.run(index, progress=Progress())
    told = journey("find_a_file", "how do I bake a loaf", "Bread.txt")
    assert told["first"] == "Bread.txt"
    assert told["opened"] == str(files / "Bread.txt")
    assert told["typed elsewhere"] == "on", "the keyboard is back where it was"


def test_twenty_pictures_are_enlarged_and_the_two_that_fail_have_reasons(journey: Journey, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    small = Picture.new(np.random.default_rng(3).integers(0, 255, (48, 64, 3), np.uint8).astype(np.uint8))
    for number in range(18):
        small.save(folder / f"{number:02}.png")
    (folder / "18.png").write_bytes(b"")
    (folder / "19.png").write_bytes(b"not a picture at all")
    told = journey("enlarge_many", folder)
    assert len(told["reasons"]) == 2
    assert any("empty" in reason for reason in told["reasons"])
    assert len(told["results"]) == 19
    assert Picture.open(folder / told["results"][0]).width == 128


def test_work_that_was_killed_is_brought_back_to_the_pixel(journey: Journey, tmp_path: Path) -> None:
    photo = Path(shutil.copy(SIGN, tmp_path / "holiday.jpg"))
    before = journey("killed", photo)
    back = journey("killed", photo, "again")
    assert "holiday.jpg" in back["offered"]
    assert back["pixels"] == before["pixels"]
    assert (tmp_path / "holiday (erased).jpg").exists()


def test_the_first_start_leads_to_the_first_erased_thing_within_a_minute(journey: Journey) -> None:
    told = journey("first_run")
    assert told["seen"]
    assert told["seconds"] < 60


def test_a_photo_is_dropped_from_another_program(journey: Journey, tmp_path: Path) -> None:
    photo = Path(shutil.copy(SIGN, tmp_path / "my holiday.jpg"))
    assert journey("drop_a_photo", photo)["path"] == str(photo)


def test_the_first_run_leaves_the_app_there_and_leaving_asks_once_about_work(journey: Journey, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    photo = Path(shutil.copy(SIGN, folder / "holiday.jpg"))
    told = journey("leave", photo)
    assert told["stays"], "the last step of the first run ended the app"
    assert told["cancel"] == [True, True]
    assert sorted(told["saved"]) == ["holiday (erased).jpg", "holiday.jpg"]
    assert told["code"] == 0, "a window that only hides kept the app from ending"
