"""Every kind of picture through the editor and out again: what is kept, where it goes, what is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from engines.pictures import Picture
from homespun.settings import App, Settings
from tests.desktop.editor.desk import HOLE, Desk


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_saving_writes_a_copy_and_leaves_the_original_as_it_was(desk: Desk, photo: Path) -> None:
    hashed = digest(photo)
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    assert desk.state.snapshot().subtitle == "1 change, not saved"
    assert desk.state.changes == 1
    path = desk.saved()
    assert path == photo.with_name("sign (erased).jpg")
    assert digest(photo) == hashed
    assert desk.state.changes == 0
    assert b"compositeWithTrainedAlgorithmicMedia" in path.read_bytes()
    assert desk.state.snapshot().subtitle == "Saved as sign (erased).jpg"
    desk.turned(desk.state.undo)
    assert desk.state.changes == 1


def test_the_mark_is_left_out_where_the_settings_say_so(photo: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data", replace(Settings(), app=App(mark=False)))
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    assert b"AlgorithmicMedia" not in desk.saved().read_bytes()
    desk.close()


def test_replacing_the_original_still_undoes_to_it(photo: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data", replace(Settings(), app=App(save="replace")))
    hashed = digest(photo)
    desk.open(photo)
    first = desk.pixels()
    desk.mark(HOLE)
    desk.act()
    assert desk.saved() == photo
    assert digest(photo) != hashed
    desk.kill()
    desk.turned(desk.state.undo)
    assert (desk.pixels() == first).all()
    desk.close()


def test_where_to_save_is_asked_if_the_settings_say_so(photo: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data", replace(Settings(), app=App(save="ask")))
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    desk.state.save()
    assert desk.state.snapshot().asking_where == str(photo.with_name("sign (erased).jpg"))
    desk.state.save_as(tmp_path / "elsewhere.png")
    desk.until(lambda: bool(desk.state.saved_as))
    assert desk.state.snapshot().asking_where == ""
    assert Picture.open(tmp_path / "elsewhere.png").format == "PNG"
    desk.close()


def test_sixteen_bits_stay_sixteen_bits(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    pixels = np.random.default_rng(3).integers(0, 65536, (96, 128, 3), np.uint16)
    Picture.new(pixels).save(path, mark_edited=False)
    desk.open(path)
    desk.mark((40, 40, 52, 52))
    desk.act()
    written = Picture.open(desk.saved())
    assert written.pixels.dtype == np.uint16
    outside = np.ones((96, 128), np.bool_)
    outside[20:72, 20:72] = False
    assert (written.pixels[outside] == pixels[outside]).all()
    assert (written.pixels[44, 44] != pixels[44, 44]).any()
    shown = desk.pixels()[..., 2::-1].astype(int)
    assert np.abs(shown - np.round(written.pixels / 257)).max() <= 1


def test_cmyk_is_shown_as_colours_and_saved_as_cmyk(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    ink = np.zeros((96, 128, 4), np.uint8)
    ink[..., 1] = 200
    ink[:, 64:, 2] = 220
    Image.fromarray(ink, "CMYK").save(path, quality=95)
    desk.open(path)
    blue, green, red, _ = desk.pixels()[20, 20]
    assert red > 200
    assert green < 100
    assert blue > 200
    desk.mark((20, 40, 32, 52))
    desk.act()
    written = Picture.open(desk.saved())
    assert written.space == "CMYK"
    assert abs(int(written.pixels[46, 26, 1]) - 200) < 12


def test_a_wide_profile_is_shown_in_srgb(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lab.tif"
    grey = np.full((64, 64), 128, np.uint8)
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    Image.fromarray(np.stack([grey] * 3, 2)).save(path, icc_profile=linear.tobytes())
    desk.open(path)
    assert (desk.pixels()[..., :3] == 128).all()


def test_transparency_is_shown_premultiplied(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "glass.png"
    pixels = np.zeros((70, 80, 4), np.uint8)
    pixels[..., 0], pixels[..., 3] = 200, 51
    Image.fromarray(pixels).save(path)
    desk.open(path)
    assert desk.state.display is not None
    assert desk.state.display.alpha
    assert desk.pixels()[3, 3].tolist() == [0, 0, 40, 51]


def test_an_export_is_smaller_and_has_the_format_of_its_name(desk: Desk, photo: Path, tmp_path: Path) -> None:
    desk.open(photo)
    desk.state.export(tmp_path / "small.webp", (120, 80))
    desk.until(lambda: desk.state.notice is not None)
    small = Picture.open(tmp_path / "small.webp")
    assert (small.width, small.height, small.format) == (120, 80, "WEBP")


def test_a_gif_that_moves_says_that_only_its_first_picture_is_shown(desk: Desk, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (60, 40), (shade, 0, 0)) for shade in (0, 250)]
    frames[0].save(tmp_path / "moves.gif", save_all=True, append_images=frames[1:])
    desk.open(tmp_path / "moves.gif")
    notice = desk.state.notice
    assert notice is not None
    assert (notice.tone, notice.words) == ("info", "Only the first frame of this GIF is read and saved.")


def test_pasted_pixels_are_a_new_picture(desk: Desk, photo: Path) -> None:
    png = photo.with_name("paste.png")
    with Image.open(photo) as image:
        image.save(png)
    desk.state.open_pixels(png.read_bytes(), "Clipboard")
    desk.until(lambda: desk.state.stage == "ready")
    assert (desk.state.title, desk.state.path) == ("Clipboard", "")
    desk.mark(HOLE)
    desk.act()
    after = desk.pixels()
    desk.kill()
    desk.turned(desk.state.undo)
    desk.turned(desk.state.redo)
    assert (desk.pixels() == after).all()
    desk.state.save()
    assert desk.state.snapshot().asking_where.endswith("Clipboard.png")


def test_a_place_where_nothing_can_be_written_asks_for_another(desk: Desk, photo: Path, tmp_path: Path) -> None:
    desk.open(photo)
    desk.mark(HOLE)
    desk.act()
    desk.state.save_as(tmp_path / "gone" / "x.jpg")
    desk.until(lambda: desk.state.notice is not None)
    notice = desk.state.notice
    assert notice is not None
    assert notice.tone == "danger"
    assert [action for action, _ in notice.actions] == ["save_as"]
    desk.state.do_notice("save_as")
    assert desk.state.snapshot().asking_where
    assert desk.state.unsaved
