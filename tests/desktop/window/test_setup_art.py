"""The pictures of Windows' installer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage

from desktop.window import setup_art


def test_both_pictures_have_the_size_that_the_pages_have_and_are_the_same_each_time(tmp_path: Path) -> None:
    for folder in ("1", "2"):
        assert setup_art.main([str(tmp_path / folder)]) == 0
    for name, size in (("side", setup_art.SIDE), ("header", setup_art.HEADER)):
        first, second = (tmp_path / folder / f"{name}.bmp" for folder in ("1", "2"))
        assert first.read_bytes() == second.read_bytes()
        image = QImage(str(first))
        assert (image.width(), image.height()) == size


def test_the_side_has_the_icon_in_white_on_green_and_the_header_is_white_at_the_left() -> None:
    side = setup_art.side()
    colours = {QColor(side.pixel(x, y)).name() for x in range(164) for y in range(40, 130)}
    assert "#ffffff" in colours
    assert "#f4bc52" in colours
    assert QColor(setup_art.header().pixel(5, 28)).name() == "#ffffff"
    assert QColor(setup_art.header().pixel(120, 10)).name() != "#ffffff"
