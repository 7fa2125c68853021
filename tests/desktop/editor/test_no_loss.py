"""What could cost a person work: files that others write, names that are taken, disks that are full, folders half-written."""

from __future__ import annotations

import errno
import inspect
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.workers.calls import Call
from desktop.workers.editing import document as room
from desktop.workers.editing import keeping, making
from engines.pictures import NameTaken, Picture, UnknownPicture, files
from homespun.errors import Busy, HomespunError, NoPermission, NoSpace
from homespun.progress import Cancelled, Progress
from tests.desktop.editor.desk import ownerless
from tests.desktop.editor.service import Service


def save(service: Service, path: Path | None = None, *, replace: bool = False) -> Mapping[str, Any]:
    return service.ask("save", path=str(path) if path else None, what="erased", mark=True, replace=replace)


def reopen(service: Service, number: str, **told: int) -> Mapping[str, Any]:
    answer = service.ask("open", number=number, place=str(service.place), owner=os.getpid(), **told)
    Path(answer["display"]["sheet"]).unlink()
    return answer


def folder_of(service: Service) -> Path:
    [folder] = service.place.iterdir()
    return folder


# saving


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_replacing_an_original_behind_a_link_replaces_the_picture_and_not_the_link(service: Service) -> None:
    real = service.photo.with_name("real.png")
    service.photo.rename(real)
    service.photo.symlink_to(real.name)
    before = real.read_bytes()
    service.open()
    service.erase()
    save(service, replace=True)
    assert service.photo.is_symlink()
    assert real.read_bytes() != before


def test_an_original_that_another_program_wrote_is_not_replaced_unless_named(service: Service) -> None:
    service.open()
    service.erase()
    service.photo.write_bytes(service.photo.read_bytes() + b"their work")
    theirs = service.photo.read_bytes()
    with pytest.raises(NoPermission, match=r"photo\.png was changed by another program"):
        save(service, replace=True)
    assert service.photo.read_bytes() == theirs
    save(service, service.photo, replace=True)  # the dialog has asked
    assert service.photo.read_bytes() != theirs


def test_our_own_saving_is_not_taken_for_another_programs_even_after_a_crash(service: Service) -> None:
    service.open()
    service.erase()
    save(service, replace=True)
    number = folder_of(service).name
    reopen(service, number, steps=1, position=1)
    service.erase()
    assert save(service, replace=True)["path"] == str(service.photo)


def test_an_unedited_original_is_not_written_again(service: Service, tmp_path: Path) -> None:
    service.photo = tmp_path / "photo.jpg"
    pixels = np.random.default_rng(2).integers(0, 256, (64, 80, 3), np.uint8)
    Image.fromarray(pixels).save(service.photo, quality=60)
    before = service.photo.read_bytes()
    service.open()
    assert save(service, replace=True)["path"] == str(service.photo)
    assert service.photo.read_bytes() == before


def test_undone_after_replacing_the_original_comes_back_into_its_place(service: Service) -> None:
    first = Picture.open(service.photo).pixels
    service.open()
    service.erase()
    save(service, replace=True)
    assert (Picture.open(service.photo).pixels != first).any()
    service.ask("undo")
    save(service, replace=True)
    assert (Picture.open(service.photo).pixels == first).all()


def test_a_gif_that_becomes_a_png_replaces_no_picture_of_that_name(service: Service, tmp_path: Path) -> None:
    gif, png = tmp_path / "cat.gif", tmp_path / "cat.png"
    pixels = np.random.default_rng(1).integers(0, 256, (64, 80, 3), np.uint8)
    Image.fromarray(pixels).quantize(200).save(gif)
    png.write_bytes(service.photo.read_bytes())
    before = png.read_bytes()
    service.photo = gif
    service.open()
    service.erase()
    with pytest.raises(NameTaken):
        save(service, replace=True)
    assert png.read_bytes() == before
    assert save(service)["path"] == str(tmp_path / "cat (erased).png")


def test_two_that_save_under_one_name_at_once_both_keep_their_work(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.open()
    service.erase()
    target = service.photo.with_name("photo (erased).png")
    usual: Callable[..., Any] = files._writer

    def slow(form: str, path: Path) -> Callable[..., None]:
        def write(stream: BinaryIO, *rest: Any) -> None:
            if not target.exists():
                target.write_bytes(b"what the other one saved meanwhile")
            usual(form, path)(stream, *rest)

        return write

    monkeypatch.setattr(files, "_writer", slow)
    assert save(service)["path"] == str(service.photo.with_name("photo (erased 2).png"))
    assert target.read_bytes() == b"what the other one saved meanwhile"
    assert not list(service.photo.parent.glob(".*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
def test_a_pipe_with_a_name_is_no_picture_and_holds_nobody_up(service: Service, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.jpg")
    service.photo = tmp_path / "endless.jpg"
    with pytest.raises(UnknownPicture, match="is not a file"):
        service.open()


def test_a_name_that_is_no_text_is_opened_edited_and_saved_beside(service: Service, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"p\xe9che\n\xe2\x80\xaegpj.png" if sys.platform == "linux" else b"peche.png")
    service.photo = service.photo.rename(odd)
    service.open()
    service.erase()
    written = Path(save(service)["path"])
    assert written == odd.with_name(f"{odd.stem} (erased).png")
    assert written.exists()
    folder = folder_of(service)
    ownerless(folder)
    [left] = service.ask("left", place=str(service.place))["left"] or [None]  # the mask is kept with it
    assert left is None or left["path"] == str(odd)


# what is kept for a crash


def test_steps_on_a_picture_that_is_no_longer_there_are_not_called_safe(service: Service) -> None:
    service.open()
    Picture.new(np.zeros((10, 10, 3), np.uint8)).save(service.photo, overwrite=True)
    assert service.erase()["safe"] is False
    assert not service.place.exists() or not list(service.place.iterdir())
    assert service.ask("undo")["box"] is not None


def test_half_a_copy_of_the_original_is_not_taken_for_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    service.open()
    before = service.photo.read_bytes()
    monkeypatch.setattr(shutil, "copyfile", full)
    service.erase()
    assert not list(folder_of(service).glob("opened*"))
    with pytest.raises(NoPermission, match="no room to keep its bytes"):
        save(service, replace=True)
    assert service.photo.read_bytes() == before


def test_the_same_work_is_not_brought_back_into_two_windows(service: Service, tmp_path: Path) -> None:
    service.open()
    service.erase()
    folder = folder_of(service)
    ownerless(folder)
    one, other = Service(tmp_path / "one"), Service(tmp_path / "other")
    one.place = other.place = service.place
    reopen(one, folder.name)
    with pytest.raises(Busy, match="open in another window"):
        reopen(other, folder.name)
    other.ask("drop", place=str(service.place), number=folder.name)  # its bar still offers it
    assert folder.exists()
    assert one.erase()["safe"]


@pytest.fixture(autouse=True)
def _others(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()


def test_a_folder_of_odd_contents_keeps_nobody_from_the_others(service: Service) -> None:
    service.open()
    service.erase()
    good = folder_of(service)
    ownerless(good)
    told = json.loads((good / keeping.NAME).read_text())
    odds: list[dict[str, Any]] = [{"owner": {}}, {"position": 7}, {"owner": None}, {"saved": None}, {"steps": 3}]
    for number, odd in enumerate(odds):
        folder = service.place / f"0{number}"
        folder.mkdir()
        (folder / keeping.NAME).write_text(json.dumps({**told, **odd}))
    left = service.ask("left", place=str(service.place))["left"]
    assert good.name in [one["number"] for one in left]


KEPT: list[tuple[str, bytes]] = []
STATES: list[np.ndarray[Any, Any]] = []


def kept_document(folder: Path) -> None:
    """Two erased places and a mask, once for all examples: the files, and the picture after each step."""
    service = Service(folder)
    STATES.append(Picture.open(service.photo).pixels)
    service.open()
    for _ in range(2):
        service.erase()
        STATES.append(open_pixels(service))
    service.ask("keep", box=None)
    ownerless(folder_of(service))
    KEPT.extend((one.name, one.read_bytes()) for one in sorted(folder_of(service).iterdir()))


def open_pixels(service: Service) -> np.ndarray[Any, Any]:
    desk = inspect.unwrap(service.handlers["undo"]).__self__
    pixels: np.ndarray[Any, Any] = desk._open.steps.pixels.copy()
    return pixels


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_cut_off_or_missing_some_earlier_state_comes_back_or_words(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    if not KEPT:
        kept_document(tmp_path_factory.mktemp("known"))
    folder = tmp_path_factory.mktemp("cut")
    service = Service(folder)
    place = service.place / "kept"
    place.mkdir(parents=True)
    for name, whole in KEPT:
        length = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole)), st.none()), label=name)
        if length is not None:
            (place / name).write_bytes(whole[:length])
    try:
        left = service.ask("left", place=str(service.place))["left"]
        if not left:
            return
        reopen(service, place.name)
    except HomespunError:
        return
    shown = open_pixels(service)
    assert any(shown.shape == one.shape and (shown == one).all() for one in STATES)
    service.erase()
    service.ask("undo")
    assert (open_pixels(service) == shown).all()


# no room to show a result


def test_an_enlargement_that_can_not_be_shown_is_not_done(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.open()
    desk_size = open_pixels(service).shape

    class Done:
        picture = Picture.new(np.zeros((128, 160, 3), np.uint8))
        seconds, device, notes = 1.0, "cpu", ()

    def none(*_arguments: object, **_named: object) -> None:
        raise NoSpace("There is no memory for 80 MB of picture.", "Close some pictures.")

    monkeypatch.setattr("engines.upscale.upscale", lambda *_given, **_named: Done)
    monkeypatch.setattr(making, "Shown", none)
    with pytest.raises(NoSpace):
        service.ask("enlarge", factor=2, style="faithful")
    assert open_pixels(service).shape == desk_size
    assert service.erase()["steps"] == 1


def test_an_undo_that_can_not_be_shown_is_not_done(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    class Done:
        picture = Picture.new(np.zeros((128, 160, 3), np.uint8))
        seconds, device, notes = 1.0, "cpu", ()

    monkeypatch.setattr("engines.upscale.upscale", lambda *_given, **_named: Done)
    service.open()
    Path(service.ask("enlarge", factor=2, style="faithful")["display"]["sheet"]).unlink()

    def none(*_arguments: object, **_named: object) -> None:
        raise NoSpace("There is no memory for 80 MB of picture.", "Close some pictures.")

    with monkeypatch.context() as patch:
        patch.setattr(room, "Shown", none)
        with pytest.raises(NoSpace):
            service.ask("undo")
    assert open_pixels(service).shape == (128, 160, 3)
    answer = service.ask("undo")
    Path(answer["display"]["sheet"]).unlink()
    assert open_pixels(service).shape == (64, 80, 3)


def test_a_call_that_nobody_waits_for_leaves_the_document_usable(service: Service) -> None:
    service.open()
    progress = Progress()
    progress.cancel.cancel()
    with pytest.raises(Cancelled):
        service.handlers["open"](
            Call({"path": str(service.photo), "place": str(service.place), "owner": os.getpid()}, progress)
        )
    assert service.erase()["steps"] == 1
