"""What the canvas draws: the right level, sharp pixels, transparency, ants, the slider; and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QRegion
from PySide6.QtTest import QTest

from desktop.state.editing.boxes import Box
from desktop.state.editing.snapshot import Done, Working
from desktop.window.editor.ants import outlines, smoothed
from desktop.window.editor.areas import rectangles
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.compare import Divide
from desktop.window.theme import Theme
from desktop.window.tokens import LIGHT
from tests.desktop.editor.fake_editor import FakeEditor, display_of, ready

Make = Callable[..., tuple[CanvasView, FakeEditor]]


def striped(width: int, height: int) -> bytes:
    """Black and white columns, one pixel each."""
    row = b"".join(b"\xff\xff\xff\xff" if x % 2 else b"\x00\x00\x00\xff" for x in range(width))
    return row * height


def test_at_100_percent_every_pixel_is_a_pixel_of_the_screen(canvas: Make) -> None:
    view, _ = canvas(ready(301, 201, display=display_of(301, 201, striped(301, 201)), mask=None))
    view.zoom_to(1.0)
    image = view.grab().toImage()
    left, top = view.camera.origin
    assert [image.pixelColor(left + x, top + 50).value() for x in range(6)] == [0, 255] * 3


def test_above_200_percent_pixels_have_sharp_edges(canvas: Make) -> None:
    view, _ = canvas(ready(301, 201, display=display_of(301, 201, striped(301, 201)), mask=None))
    view.zoom_to(8.0)
    image = view.grab().toImage()
    assert {image.pixelColor(x, 200).value() for x in range(100, 500)} == {0, 255}


@pytest.mark.parametrize(
    ("zoom", "width"), [(1.0, 6000), (0.51, 6000), (0.5, 3000), (0.26, 3000), (0.25, 1500), (4, 6000)]
)
def test_the_smallest_level_that_need_not_be_enlarged_is_drawn(canvas: Make, zoom: float, width: int) -> None:
    view, _ = canvas(ready(6000, 4000, display=display_of(6000, 4000), mask=None))
    view.camera.zoom_to(zoom, 0, 0)
    picture = view.picture
    assert picture is not None
    assert picture.level_for(view.camera).width == width


def test_what_a_worker_writes_into_the_sheet_is_on_the_screen_after_the_revision(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, mask=None))
    display = state.shown.display
    assert display is not None
    display.sheet.memory[: 300 * 4 * 100] = b"\x00\x00\xff\x00" * (300 * 100)  # the upper half is red now
    state.show(revision=1, dirty=Box(0, 0, 300, 100))
    image = view.grab().toImage()
    x, y = (round(at) for at in view.camera.to_view(150, 50))
    assert image.pixelColor(x, y) == QColor(255, 0, 0)


def test_below_a_transparent_picture_are_squares(canvas: Make) -> None:
    view, _ = canvas(ready(300, 200, display=display_of(300, 200, b"\x00" * 300 * 200 * 4, alpha=True), mask=None))
    image = view.grab().toImage()
    left, top = view.camera.origin
    assert image.pixelColor(left + 4, top + 4) != image.pixelColor(left + 12, top + 4)
    assert image.pixelColor(left + 4, top + 4) == image.pixelColor(left + 12, top + 12)


def test_the_whole_view_is_painted_whatever_the_zoom(canvas: Make) -> None:
    view, _ = canvas(ready(299, 201, mask=None))
    ground, grey = QColor(LIGHT.canvas), QColor(128, 128, 128)
    for zoom in (0.53, 0.77, 1.0, 1.31, 2.7):
        view.zoom_to(zoom)
        image = view.grab().toImage()
        left, top, right, bottom = view.camera.place()
        for x, y in ((left - 2, top + 9), (right + 1, top + 9), (left + 9, top - 2), (left + 9, bottom + 1)):
            if 0 <= x < image.width() and 0 <= y < image.height():
                assert image.pixelColor(x, y) == ground, (zoom, x, y)
        for x, y in ((left + 1, top + 9), (right - 2, top + 9), (left + 9, bottom - 2)):
            if 0 <= x < image.width() and 0 <= y < image.height():
                assert image.pixelColor(x, y) == grey, (zoom, x, y)


# compare


def test_the_slider_shows_the_original_on_its_left(canvas: Make) -> None:
    original = display_of(300, 200, b"\xff\x00\x00\x00" * 300 * 200)
    view, state = canvas(ready(300, 200, original=original, edited=True, compare="slider", mask=None))
    left, top, right, _ = view.camera.place()
    image = view.grab().toImage()
    assert image.pixelColor(left + 20, top + 60) == QColor(0, 0, 255)
    assert image.pixelColor(right - 20, top + 60) == QColor(128, 128, 128)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 90, top + 60))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 75, top + 60))
    assert view.divide.share == pytest.approx(0.25, abs=0.01)
    view.nudge(10, 0)
    assert view.divide.share == pytest.approx(0.26, abs=0.01)
    state.show(compare="hold")
    assert view.grab().toImage().pixelColor(right - 20, top + 60) == QColor(0, 0, 255)


def test_the_slider_snaps_at_the_ends_and_in_the_middle(canvas: Make) -> None:
    view, _ = canvas(ready(300, 200))
    left, top, right, bottom = view.camera.place()
    place, divide = QRect(left, top, right - left, bottom - top), Divide()
    for x, share in ((left - 50, 0.0), (left + 3, 0.0), (left + 153, 0.5), (right + 9, 1.0)):
        divide.to(x, place)
        assert divide.share == share
    divide.to(left + 170, place)
    assert divide.share not in (0.0, 0.5, 1.0)


# what is asked of the state


def test_a_click_selects_and_the_right_button_leaves_out(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, tool="select", pointer="click"))
    x, y = (round(at) for at in view.camera.to_view(150, 100))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(x + 20, y))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # beside the picture
    assert state.said == [("select_at", (150, 100, True)), ("select_at", (170, 100, False))]


def test_a_box_is_cut_to_the_picture_and_a_slip_is_none(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, tool="select", pointer="box"))
    left, top = view.camera.origin
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 30, top + 20))
    QTest.mouseMove(view, QPoint(left + 900, top + 120))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 900, top + 120))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 50, top + 50))
    assert state.said == [("select_box", (Box(30, 20, 300, 120),))]


def test_a_lasso_is_its_points_and_esc_forgets_it(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, tool="select", pointer="lasso"))
    left, top = view.camera.origin
    for ends in (False, True):
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 30, top + 20))
        QTest.mouseMove(view, QPoint(left + 90, top + 20))
        QTest.mouseMove(view, QPoint(left + 60, top + 80))
        if not ends:
            assert view.cancel_drag()
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(left + 60, top + 80))
    ((name, (points,)),) = state.said
    assert name == "select_lasso"
    assert points[0] == (30, 20)
    assert (90, 20) in points


def test_while_enlarging_a_drag_moves_the_picture_and_paints_nothing(canvas: Make) -> None:
    view, state = canvas(ready(6000, 4000, tool="enlarge", display=display_of(6000, 4000)))
    view.zoom_to(1.0)
    before = view.camera.origin
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(280, 200))
    assert view.camera.origin == (before[0] - 20, before[1])
    assert state.said == []


# ants and motion


@given(
    some.lists(
        some.tuples(some.integers(0, 12), some.integers(0, 12), some.integers(1, 6), some.integers(1, 6)), max_size=8
    )
)
def test_the_outlines_enclose_the_region_whatever_its_shape(boxes: list[tuple[int, int, int, int]]) -> None:
    region = QRegion()
    for left, top, width, height in boxes:
        region += QRegion(left, top, width, height)
    spans = [(r.x(), r.y(), r.x() + r.width(), r.y() + r.height()) for r in rectangles(region)]
    area = 0.0
    for loop in outlines(spans):
        assert len(loop) >= 4
        ends = [*loop[1:], loop[0]]
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in zip(loop, ends, strict=True))
        area += sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(loop, ends, strict=True)) / 2
    assert area == sum((right - left) * (bottom - top) for left, top, right, bottom in spans)


def test_a_staircase_becomes_a_line_and_a_box_stays_one() -> None:
    stairs = [(float(x + dx), float(x)) for x in range(5) for dx in (0, 1)]
    assert all(x - y == 0.5 for x, y in smoothed(stairs)[:-2])  # the last two close the loop
    box = smoothed([(0, 0), (100, 0), (100, 60), (0, 60)])
    assert {(1.5, 0), (98.5, 0), (100, 1.5)} <= set(box)


def test_ants_come_after_the_stroke_and_go_with_the_mask(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=40))
    x, y = (round(at) for at in view.camera.to_view(150, 100))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert view._tracing.isActive()
    assert view._ants.where(view.camera).width() < 9  # none yet
    view._trace()
    where = view._ants.where(view.camera)
    assert abs(where.width() - 40) <= 4
    assert not view._march.isActive()  # reduced motion: they stand still
    mask = state.shown.mask
    assert mask is not None
    mask.memory[:] = bytes(len(mask.memory))
    state.show(mask_empty=True, mask_revision=9, mask_dirty=Box(0, 0, 300, 200))
    assert not view._ants.there


def test_the_hole_shimmers_and_the_result_glows_only_with_motion(canvas: Make, theme: Theme) -> None:
    view, state = canvas(ready(300, 200))
    done = Done("Done.", Box(20, 20, 90, 90), False, (), 0)
    state.show(working=Working("", None, Box(20, 20, 90, 90)))
    state.show(working=None, done=done)
    assert not view._beat.isActive()
    theme.motion = True
    state.show(working=Working("", None, Box(20, 20, 90, 90)), done=None)
    assert view._beat.isActive()
    state.show(working=None, done=replace(done, words="Done again."))
    view._began = view._glowed - 9
    view._pulse()
    assert view._beat.isActive()
    view._glowed -= 9
    view._pulse()
    assert not view._beat.isActive()
