"""What is painted is what the ring covers, at every zoom and density; right button and X take away."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.state.editing.mask import Mask
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.painting import Stroke, pressed
from tests.desktop.editor.fake_editor import FakeEditor, ready

Make = Callable[..., tuple[CanvasView, FakeEditor]]
EDGE = 0.3
"""Pixels of the picture by which Qt's own rounding of a curve may be off."""


def painted(mask: Mask) -> set[tuple[int, int]]:
    rows = (mask.memory[y * mask.stride : y * mask.stride + mask.width] for y in range(mask.height))
    return {(x, y) for y, row in enumerate(rows) for x, value in enumerate(row) if value}


def covered(mask: Mask, away: Callable[[float, float], float], slack: float) -> set[tuple[int, int]]:
    """Pixels whose middle is nearer than `slack` inside the shape; `away` is the distance from its edge."""
    return {(x, y) for y in range(mask.height) for x in range(mask.width) if away(x + 0.5, y + 0.5) <= slack}


def check(mask: Mask, away: Callable[[float, float], float]) -> None:
    found = painted(mask)
    assert covered(mask, away, -EDGE) <= found <= covered(mask, away, EDGE)


def from_line(start: tuple[float, float], end: tuple[float, float], radius: float) -> Callable[[float, float], float]:
    def away(x: float, y: float) -> float:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = dx * dx + dy * dy
        share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - start[0]) * dx + (y - start[1]) * dy) / length))
        return math.hypot(x - start[0] - share * dx, y - start[1] - share * dy) - radius

    return away


def drag(canvas: CanvasView, points: Iterable[QPoint], button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    first, *others = points
    QTest.mousePress(canvas, button, pos=first)
    for point in others:
        at = QPointF(point)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            canvas.mapToGlobal(at),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, button, pos=others[-1] if others else first)


@pytest.mark.parametrize("density", [1.0, 1.5])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 1.7, 6.0])
def test_a_click_marks_the_pixels_that_the_ring_covers(canvas: Make, zoom: float, density: float) -> None:
    view, state = canvas(ready(300, 200, brush=27), density=density)
    view.camera.zoom_to(zoom, 320, 240)
    at = QPoint(300, 210)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    middle = view.camera.to_picture(at.x() * density, at.y() * density)
    assert view.ring_radius == pytest.approx(27 * view.camera.zoom / 2)
    mask = state.shown.mask
    assert mask is not None
    assert painted(mask)
    check(mask, from_line(middle, middle, view.ring_radius / view.camera.zoom))


@pytest.mark.parametrize("density", [1.0, 1.5])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.3])
def test_a_stroke_marks_all_that_the_ring_passed_over(canvas: Make, zoom: float, density: float) -> None:
    view, state = canvas(ready(300, 200, brush=20), density=density)
    view.camera.zoom_to(zoom, 320, 240)
    drag(view, [QPoint(270, 200), QPoint(350, 240)])
    start = view.camera.to_picture(270 * density, 200 * density)
    end = view.camera.to_picture(350 * density, 240 * density)
    mask = state.shown.mask
    assert mask is not None
    check(mask, from_line(start, end, 10))
    (box,) = next(told for name, told in state.said if name == "painted")
    assert all(box.left <= x < box.right and box.top <= y < box.bottom for x, y in painted(mask))


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.tuples(some.floats(-20, 90), some.floats(-20, 70), some.floats(0.4, 14)), min_size=1, max_size=4)
)
def test_a_stroke_of_changing_width_is_filled_without_holes_and_holds_only_0_and_255(
    points: list[tuple[float, float, float]],
) -> None:
    mask = Mask(70, 50)
    stroke = Stroke(mask, unpaint=False)
    for point in points:
        stroke.to(*point)
    assert set(mask.memory) <= {0, 255}
    found = painted(mask)
    for x, y, radius in points:
        assert covered(mask, from_line((x, y), (x, y), radius), -EDGE) <= found
    for one, other in pairwise(points):
        least = min(one[2], other[2])
        assert covered(mask, from_line(one[:2], other[:2], least), -EDGE) <= found
    reach = [from_line(a[:2], b[:2], max(a[2], b[2])) for a, b in zip(points, [*points[1:], points[-1]], strict=True)]
    pointed = {(math.floor(x), math.floor(y)) for x, y, _ in points}
    assert all(min(away(x + 0.5, y + 0.5) for away in reach) <= EDGE for x, y in found - pointed)


def test_the_thinnest_brush_paints_the_pixel_it_points_at(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=1))
    view.camera.zoom_to(8, 320, 240)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(301, 203))
    x, y = view.camera.to_picture(301, 203)
    assert state.shown.mask is not None
    assert painted(state.shown.mask) == {(math.floor(x), math.floor(y))}


def test_the_right_button_takes_paint_away(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=40))
    middle = QPoint(*(round(at) for at in view.camera.to_view(150, 100)))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert state.shown.mask is not None
    before = painted(state.shown.mask)
    state.show(brush=20)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=middle)
    now = painted(state.shown.mask)
    assert now < before
    assert (150, 100) not in now
    assert state.names().count("painted") == 2


def test_x_held_takes_paint_away_too(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=40))
    middle = QPoint(*(round(at) for at in view.camera.to_view(150, 100)))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    view.hold_unpaint(True)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert state.shown.mask is not None
    assert painted(state.shown.mask) == set()


def test_every_position_between_two_frames_counts(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=6))
    left, top, *_ = view.camera.place()
    points = [QPoint(left + 20 + step * 4, top + (40 if step % 2 else 100)) for step in range(50)]
    drag(view, points)  # no event loop between them, as when a hand is faster than the screen
    assert state.shown.mask is not None
    found = painted(state.shown.mask)
    for point in points:
        x, y = view.camera.to_picture(point.x(), point.y())
        assert (math.floor(x), math.floor(y)) in found


def test_the_system_is_told_to_leave_no_position_out(canvas: Make) -> None:
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, True)  # as X11 begins
    canvas(ready(30, 20))
    assert not QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents)


def test_a_pens_pressure_is_the_diameter_and_its_other_end_takes_away(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=40))
    at = QPointF(*view.camera.to_view(150, 100))

    def pen(kind: QEvent.Type, pressure: float, end: QPointingDevice.PointerType) -> None:
        device = QPointingDevice(
            "pen",
            1,
            QPointingDevice.DeviceType.Stylus,
            end,
            QPointingDevice.Capability.Pressure | QPointingDevice.Capability.Position,
            1,
            1,
        )
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind,
            device,
            at,
            view.mapToGlobal(at),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton,
            held,
        )
        QApplication.sendEvent(view, event)
        assert event.isAccepted()

    nib, rubber = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
    pen(QEvent.Type.TabletPress, 0.0, nib)
    pen(QEvent.Type.TabletRelease, 0.0, nib)
    mask = state.shown.mask
    assert mask is not None
    check(mask, from_line((150, 100), (150, 100), 40 * 0.35 / 2))
    pen(QEvent.Type.TabletPress, 1.0, nib)
    pen(QEvent.Type.TabletRelease, 1.0, nib)
    check(mask, from_line((150, 100), (150, 100), 20))
    pen(QEvent.Type.TabletPress, 1.0, rubber)
    pen(QEvent.Type.TabletRelease, 1.0, rubber)
    assert painted(mask) == set()
    assert pressed(100, 2.0) == 100


def test_the_tint_on_the_screen_is_the_mask_and_follows_the_picture(canvas: Make) -> None:
    view, state = canvas(ready(300, 200, brush=30, mask_colour="a"))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(*(round(at) for at in view.camera.to_view(150, 100))))
    view._hover_at(None)
    view._ants.clear()
    for step in ("as it is", "zoomed", "panned"):
        if step == "zoomed":
            view.zoom_to(3.0)
        if step == "panned":
            view.pan(-37, 21)
            view._settled()
        image = view.grab().toImage()
        view._ants.clear()
        mask = state.shown.mask
        assert mask is not None
        for x, y in ((150, 100), (140, 96), (170, 100), (150, 130)):
            at = view.camera.to_view(x + 0.5, y + 0.5)
            colour = image.pixelColor(int(at[0]), int(at[1]))
            blue = colour.blue() > colour.red() + 20
            assert blue == bool(mask.memory[y * mask.stride + x]), (step, x, y)
