"""The editor's state with the real document process and the real engines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.state.editing.boxes import Box
from desktop.workers.editing.display import Shown
from engines.pictures import Picture
from tests.desktop.editor.desk import HOLE, SAMPLES, Desk, documents


def test_erasing_undoing_and_doing_again_gives_the_same_bits(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    before = desk.pixels()
    desk.mark(HOLE)
    marked = desk.mask()
    desk.act()
    after = desk.pixels()
    assert (after != before).any()
    assert desk.state.snapshot().mask_empty
    desk.turned(desk.state.undo)
    assert (desk.pixels() == before).all()
    assert desk.mask() == marked
    desk.turned(desk.state.redo)
    assert (desk.pixels() == after).all()
    assert desk.state.snapshot().mask_empty


def test_the_editor_fills_as_the_command_line_does(desk: Desk, photo: Path) -> None:
    from engines.erase import erase

    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    picture = Picture.open(photo)
    mask = np.zeros((picture.height, picture.width), np.bool_)
    left, top, right, bottom = HOLE
    mask[top:bottom, left:right] = True
    wanted = erase(picture, mask).picture.pixels
    assert (desk.pixels()[..., 2::-1] == wanted).all()


def test_every_level_of_the_display_follows_an_edit(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    with Image.open(SAMPLES / "welcome-sign.jpg") as image:
        image.convert("RGB").resize((1301, 903)).save(path)
    desk.open(path)
    desk.mark((701, 503, 731, 533))
    desk.act()
    display = desk.state.display
    assert display is not None
    assert [max(level.width, level.height) for level in display.levels] == [1301, 651, 326]
    written = Picture.open(desk.saved())
    fresh = Shown(written)
    assert bytes(fresh.sheet.memory) == bytes(display.sheet.memory)
    fresh.sheet.path.unlink()


def test_stopping_leaves_everything_as_it_was(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    before = desk.pixels()
    desk.mark((20, 20, 200, 140))
    marked = desk.mask()
    desk.state.act()
    desk.until(lambda: desk.state.working is not None and desk.state.working.share is not None)
    assert desk.state.snapshot().button.stops
    desk.state.act()
    desk.until(lambda: desk.state.job is None)
    assert (desk.pixels() == before).all()
    assert desk.mask() == marked
    assert desk.state.notice is None
    assert not desk.state.unsaved
    desk.act()
    assert (desk.pixels() != before).any()


def test_painting_goes_on_while_it_works(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    desk.mark((20, 20, 120, 100))
    desk.state.act()
    desk.mark((180, 100, 200, 120))
    assert desk.state.snapshot().can_undo
    desk.until(lambda: desk.state.job is None)
    mask = desk.state.mask
    assert mask is not None
    assert mask.marked == 20 * 20
    desk.turned(desk.state.undo)
    assert mask.marked == 20 * 20 + 100 * 80


def test_another_try_gives_another_result_and_all_can_be_chosen(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    before = desk.pixels()
    desk.mark(HOLE)
    desk.act()
    first = desk.pixels()
    assert desk.state.done is not None
    assert desk.state.done.again
    desk.state.again()
    desk.until(lambda: desk.state.job is None)
    second = desk.pixels()
    assert (second != first).any()
    done = desk.state.snapshot().done
    assert done is not None
    assert (done.variants, done.current) == (("1", "2"), 1)
    desk.state.previous_variant()
    desk.until(lambda: desk.state.done is not None and desk.state.done.current == 0)
    assert (desk.pixels() == first).all()
    desk.state.next_variant()
    desk.until(lambda: desk.state.done is not None and desk.state.done.current == 1)
    assert (desk.pixels() == second).all()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == before).all()
    desk.turned(desk.state.redo)
    assert (desk.pixels() == second).all()


def test_another_way_fills_by_the_filler_that_is_named(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    desk.until(lambda: bool(desk.state.choices.fillers))
    assert desk.state.choices.fillers == ("exemplar",)
    desk.mark(HOLE)
    desk.act()
    first = desk.pixels()
    desk.state.other_way("exemplar")
    desk.until(lambda: desk.state.job is None)
    assert (desk.pixels() == first).all()
    assert desk.state.done is not None
    assert len(desk.state.done.variants) == 2


def test_enlarging_can_be_taken_back_with_the_mask_it_had(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    before = desk.pixels()
    desk.mark(HOLE)
    marked = desk.mask()
    desk.state.set_tool("enlarge")
    assert desk.state.snapshot().result_size == "480 × 320, 0.2 megapixels"
    desk.act()
    large = desk.pixels()
    assert large.shape == (320, 480, 4)
    assert (desk.state.width, desk.state.height) == (480, 320)
    desk.mark((100, 100, 130, 130))
    desk.state.set_tool("erase")
    desk.act()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == large).all()
    desk.turned(desk.state.undo)
    desk.turned(desk.state.undo)
    assert (desk.pixels() == before).all()
    assert desk.mask() == marked
    desk.turned(desk.state.redo)
    assert (desk.pixels() == large).all()
    path = desk.saved()
    assert path.name == "sign (enlarged).jpg"
    assert b"algorithmicallyEnhanced" in path.read_bytes()


def test_the_original_can_be_compared_after_several_edits(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    before = desk.pixels()
    for hole in (HOLE, (150, 90, 170, 110)):
        desk.mark(hole)
        desk.act()
    desk.state.compare_hold(True)
    assert desk.state.snapshot().compare == "hold"
    desk.until(lambda: desk.state.original is not None)
    original = desk.state.original
    assert original is not None
    level = original.levels[0]
    shown = np.frombuffer(original.sheet.memory, np.uint8, level.stride * level.height)
    assert (shown.reshape(before.shape) == before).all()


def test_clicks_on_an_object_mark_it_and_belong_together(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ball.png"
    pixels = np.full((160, 200, 3), 90, np.uint8)
    rows, columns = np.mgrid[:160, :200]
    ball = (rows - 80) ** 2 + (columns - 60) ** 2 < 30**2
    pixels[ball] = (220, 40, 40)
    pixels += np.random.default_rng(1).integers(0, 6, pixels.shape, np.uint8)
    Image.fromarray(pixels).save(path)
    desk.open(path)
    desk.state.set_tool("select")
    assert desk.state.snapshot().pointer == "click"
    desk.mark((150, 10, 160, 20))
    desk.state.select_at(60, 80, True)
    desk.until(lambda: desk.state.history.position == 2)
    found = np.frombuffer(desk.mask(), np.uint8).reshape(160, 200) > 0
    part = found[:, :120]
    assert (part & ball[:, :120]).sum() / (part | ball[:, :120]).sum() > 0.8
    assert found[15, 155]
    desk.turned(desk.state.undo)
    assert desk.state.mask is not None
    assert desk.state.mask.marked == 100
    desk.state.select_box(Box(20, 40, 100, 120))
    desk.until(lambda: desk.state.history.position == 2)
    assert desk.state.mask.marked > 2000
    marked = desk.state.mask.marked
    desk.state.grow_mask(4)
    desk.until(lambda: desk.state.history.position == 3)
    assert desk.state.mask.marked > marked
    desk.turned(desk.state.undo)
    assert desk.state.mask.marked == marked


def test_a_mask_goes_out_to_a_file_and_comes_back(desk: Desk, photo: Path, tmp_path: Path) -> None:
    desk.open(photo)
    desk.mark(HOLE)
    marked = desk.mask()
    desk.state.export_mask(tmp_path / "mask.png")
    desk.until(lambda: desk.state.notice is not None)
    desk.state.clear_mask()
    desk.state.import_mask(tmp_path / "mask.png")
    desk.until(lambda: desk.state.mask is not None and desk.state.mask.marked > 0)
    assert desk.mask() == marked


def test_a_large_photo_is_shown_before_it_is_read_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    with Image.open(SAMPLES / "welcome-sign.jpg") as image:
        image.convert("RGB").resize((3300, 2200)).save(path, quality=80)
    seen: list[tuple[bool, int, int, int]] = []

    def note() -> None:
        shot = desk.state.snapshot()
        if shot.display is not None:
            seen.append((shot.preview, shot.width, shot.height, shot.display.levels[0].width))
            if shot.preview and shot.mask_empty:
                desk.mark((1000, 1000, 1010, 1010))

    desk.state.subscribe(note)
    desk.open(path)
    assert seen[0] == (True, 3300, 2200, 1650)
    assert seen[-1][:3] == (False, 3300, 2200)
    assert desk.state.mask is not None
    assert desk.state.mask.marked == 100, "what was painted on the preview is kept"


def test_nothing_is_left_of_a_document_that_was_closed(photo: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    assert documents(tmp_path / "data")
    desk.close()
    again = Desk(tmp_path / "data")
    again.open(photo)
    again.until(lambda: bool(again.state.choices.fillers))
    again.state.look_back()
    again.until(lambda: not again.worker.busy)
    assert again.state.recovered == ""
    assert documents(tmp_path / "data") == []
    again.close()


def test_a_second_run_knows_how_long_it_takes(desk: Desk, photo: Path) -> None:
    desk.open(photo)
    assert desk.state.snapshot().estimate == "On the processor"
    desk.mark(HOLE)
    desk.act()
    assert desk.state.done is not None
    assert desk.state.done.words.startswith("Done in ")
    desk.mark(HOLE)
    assert desk.state.snapshot().estimate.startswith("On the processor, ")


@pytest.mark.parametrize("kind", ["img", "other"])
def test_hostile_files_give_a_reason_and_never_hang(kind: str, desk: Desk, shared: Path) -> None:
    failed = 0
    for path in sorted((shared / "data" / "torture" / kind).iterdir()):
        if not path.is_file():
            continue
        desk.state.open(path)
        desk.until(lambda: desk.state.stage != "opening", 60)
        if desk.state.stage == "empty":
            assert desk.state.notice is not None, path
            assert len(desk.state.notice.words) > 10, path
            assert "Something went wrong" not in desk.state.notice.words, (path, desk.state.details)
            failed += 1
        else:
            failed += desk.state.notice is not None and desk.state.notice.tone == "danger"
            desk.state._nothing()
            desk.state.stage = "empty"
    assert failed
