"""The document service inside this process: full disks, missing memory, and folders that were left half-made."""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path

import numpy as np
import pytest

from desktop.workers import make_sheet
from desktop.workers.editing import keeping
from desktop.workers.editing.keeping import DocumentFolder
from engines.pictures import Picture
from homespun.errors import Damaged, NoSpace, NotFound
from tests.desktop.editor.service import Service


def test_a_step_that_can_not_be_kept_is_done_all_the_same_and_said(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    service.open()
    monkeypatch.setattr(DocumentFolder, "write_pixels", full)
    assert service.erase()["safe"] is False
    assert service.ask("undo")["box"] is not None
    assert service.ask("redo")["box"] is not None


def test_a_full_disk_tells_how_much_the_picture_needs(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise NoSpace("The disk is full.", "Make room.")

    service.open()
    monkeypatch.setattr(Picture, "save", full)
    told = service.ask("save", path=None, what="erased", mark=True, replace=False)
    assert told == {"full": service.photo.stat().st_size}
    assert service.ask("export", path=str(service.photo.with_name("x.jpg")), size=None, mark=True) == told


def test_missing_memory_is_no_bug(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    service.open()
    monkeypatch.setattr("engines.erase.erase", none)
    with pytest.raises(NoSpace, match="not enough memory"):
        service.erase()


def test_what_a_call_brought_is_gone_when_it_failed(service: Service) -> None:
    sheet = make_sheet(100)
    with pytest.raises(NotFound, match="No picture is open"):
        service.ask("erase", sheet=str(sheet.path), box=[0, 0, 10, 10], quality="instant", attempt=0)
    assert not sheet.path.exists()


def test_a_folder_that_was_never_finished_goes_after_a_day(service: Service) -> None:
    half = service.place / "half"
    half.mkdir(parents=True)
    assert service.ask("left", place=str(service.place)) == {"left": []}
    assert half.exists()
    yesterday = time.time() - keeping.FORGOTTEN - 60
    os.utime(half, (yesterday, yesterday))
    service.ask("left", place=str(service.place))
    assert not half.exists()


def test_dropping_touches_nothing_outside_the_place(service: Service, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / keeping.NAME).write_text("{}")
    service.place.mkdir()
    service.ask("drop", place=str(service.place), number="../other")
    assert other.exists()


def test_a_changed_file_is_not_built_upon(service: Service) -> None:
    service.open()
    service.erase()
    [folder] = service.place.iterdir()
    told = json.loads((folder / keeping.NAME).read_text())
    (folder / told["base"]["kept"]).unlink()
    assert DocumentFolder.reopened(service.place, folder.name, os.getpid()).is_source_same()
    Picture.new(np.zeros((64, 80, 3), np.uint8)).save(service.photo, overwrite=True)
    with pytest.raises(Damaged, match=r"photo\.png was changed meanwhile"):
        service.ask("open", number=folder.name, place=str(service.place), owner=os.getpid())


def test_another_picture_takes_the_place_of_the_first_and_its_folder_goes(service: Service) -> None:
    service.open()
    service.erase()
    assert len(list(service.place.iterdir())) == 1
    service.open()
    assert list(service.place.iterdir()) == []


def test_a_picture_that_can_not_be_opened_leaves_the_first_as_it_was(service: Service, tmp_path: Path) -> None:
    service.open()
    service.erase()
    with pytest.raises(NotFound):
        service.ask("open", path=str(tmp_path / "gone.png"), place=str(service.place), owner=os.getpid())
    assert service.ask("undo")["box"] is not None


def test_a_mask_of_other_proportions_is_refused_and_another_size_fits(service: Service, tmp_path: Path) -> None:
    service.open()
    grey = np.zeros((128, 160, 1), np.uint8)
    grey[20:60, 40:80] = 255
    Picture.new(grey).save(tmp_path / "double.png", mark_edited=False)
    told = service.ask("mask_in", path=str(tmp_path / "double.png"))["mask"]
    assert told["box"] == (20, 10, 40, 30)
    Path(told["sheet"]).unlink()
    Picture.new(grey[:, :100]).save(tmp_path / "narrow.png", mark_edited=False)
    with pytest.raises(Exception, match=r"narrow\.png is 100 × 128"):
        service.ask("mask_in", path=str(tmp_path / "narrow.png"))
