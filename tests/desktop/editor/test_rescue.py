"""A pasted picture has no file but the one in its folder: when that is gone too, what the window shows is kept."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.workers.editing.display import Shown, picture_shown
from engines.pictures import Picture
from tests.desktop.editor.desk import HOLE, Desk, documents

WORDS = (
    "The part that edits pictures was started again, and this picture’s only file was gone. "
    "The picture is kept as you see it; earlier steps can’t be undone. Save it soon."
)


def pasted(desk: Desk) -> None:
    """A picture with transparent parts from the clipboard."""
    data = io.BytesIO()
    image = Image.radial_gradient("L").resize((240, 160)).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((240, 160)))
    image.save(data, "PNG")
    desk.state.open_pixels(data.getvalue(), "Clipboard")
    desk.until(lambda: desk.state.stage == "ready")


@pytest.mark.parametrize("gone", ["folder", "file"])
def test_a_pasted_picture_whose_only_file_is_gone_is_kept_as_it_is_seen(
    desk: Desk, data: Path, tmp_path: Path, gone: str
) -> None:
    pasted(desk)
    desk.mark(HOLE)
    desk.act()
    desk.mark((10, 10, 40, 30))
    seen, marked = desk.pixels(), desk.mask()
    desk.kill()
    folder = data / "editing" / desk.state.number
    if gone == "folder":
        shutil.rmtree(folder)
    else:
        (folder / "pasted.png").unlink()
    desk.state.want_original()
    desk.until(lambda: desk.state.notice is not None and not desk.state.rebuilding and not desk.worker.busy)
    notice = desk.state.notice
    assert notice is not None
    assert (notice.tone, notice.words) == ("warning", WORDS)
    assert (np.abs(desk.pixels().astype(int) - seen) <= 1).all()
    assert desk.mask() == marked
    assert desk.state.snapshot().unsaved
    assert not desk.state.edited
    desk.act()
    desk.turned(desk.state.undo)
    desk.state.save_as(tmp_path / "kept.png")
    desk.until(lambda: bool(desk.state.saved_as))
    assert Picture.open(tmp_path / "kept.png").alpha
    desk.close()
    assert all((data / "editing" / one / "closed").exists() for one in documents(data))


def test_the_picture_of_what_is_shown_is_the_picture() -> None:
    generator = np.random.default_rng(3)
    for channels in (3, 4):
        pixels = generator.integers(0, 256, (31, 17, channels), np.uint8)
        if channels == 4:
            pixels[..., 3] = 255 - pixels[..., 3] // 8  # nearly opaque: little is lost to the premultiplied colours
        shown = Shown(Picture.new(pixels))
        shown.sheet.path.unlink()
        level = shown.levels[0]
        made = picture_shown(shown.sheet, level.width, level.height, level.stride, alpha=channels == 4)
        assert made.alpha == (channels == 4)
        assert np.abs(made.pixels.astype(int) - pixels).max() <= (channels == 4)
