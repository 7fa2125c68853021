"""The canvas as it is seen: picture, mask, ants, ring, slider, glow. What a person does with it is in `canvas`."""

from __future__ import annotations

import math
from time import perf_counter

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.state.editing.boxes import Box
from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window import tokens as t
from desktop.window.editor.ants import STEPS, Ants
from desktop.window.editor.areas import between, outward, rectangles
from desktop.window.editor.camera import Camera, Insets
from desktop.window.editor.compare import Divide
from desktop.window.editor.drags import Drag, Paint
from desktop.window.editor.effects import GLOW, chequered, draw_glow, shimmer
from desktop.window.editor.levels import Picture
from desktop.window.editor.ring import draw_ring, ring_region
from desktop.window.editor.tint import Tint
from desktop.window.theme import Theme

SETTLED = 80
"""Milliseconds after the last movement until the picture is drawn smoothly."""
SLOW = 0.008
"""Seconds; where a smooth frame takes longer, it is drawn quickly while the picture moves."""
TRACED = 60
"""Milliseconds after the last stroke until the ants are there."""
MARCH = 125
BEAT = 40


class Surface(QWidget):
    """Paints snapshots; all arithmetic in device pixels."""

    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.camera = Camera()
        self.divide = Divide()
        self._snapshot = EditorSnapshot()
        self._picture: Picture | None = None
        self._original: Picture | None = None
        self._tint, self._ants = Tint(), Ants()
        self._drag: Drag | None = None
        self._hover: QPointF | None = None
        self.unpainting = False
        self._insets = Insets(24, 24, 24, 24)
        self._frame_cost = 0.0
        self._moving = False
        self._began = 0.0
        self._glowed = -GLOW
        self._told_zoom = 0.0
        self._settle = self._timer(SETTLED, self._settled, once=True)
        self._tracing = self._timer(TRACED, self._trace, once=True)
        self._march = self._timer(MARCH, self._step)
        self._beat = self._timer(BEAT, self._pulse)
        self._checks = chequered()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        theme.changed.connect(self._dress)
        self._dress()

    # what is shown

    @property
    def density(self) -> float:
        """Device pixels for each logical one."""
        return self.devicePixelRatioF()

    @property
    def snapshot(self) -> EditorSnapshot:
        """What is shown now."""
        return self._snapshot

    @property
    def picture(self) -> Picture | None:
        """What is drawn."""
        return self._picture

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this; only what differs is painted."""
        before, self._snapshot = self._snapshot, snapshot
        if snapshot.display is not before.display or (snapshot.width, snapshot.height) != self.camera.picture:
            self._picture = Picture(snapshot.display) if snapshot.display is not None else None
            if (before.path, before.title) != (snapshot.path, snapshot.title) or before.stage == "empty":
                self.camera.fitted = True
            self.camera.show(snapshot.width, snapshot.height)
            self._tint.forget()
            self._moved(smoothly=True)
        elif snapshot.revision != before.revision:
            self._update_box(snapshot.dirty)
        if snapshot.original is not before.original:
            self._original = Picture(snapshot.original) if snapshot.original is not None else None
            self.update()
        self._show_mask(before, snapshot)
        if snapshot.compare != before.compare or snapshot.tool != before.tool:
            self.update()
        self._show_work(before, snapshot)

    def set_insets(self, left: float, top: float, right: float, bottom: float) -> None:
        """What the picture keeps free at the edges, in logical pixels."""
        insets = Insets(*(side * self.density for side in (left, top, right, bottom)))
        if insets != self._insets:
            self._insets = insets
            self._look()

    def set_spare(self, below: float) -> None:
        """How many logical pixels above the lower inset are covered for a while."""
        before = self.camera.origin
        self.camera.spare(below * self.density)
        if self.camera.origin != before:
            self._moved(smoothly=True)

    def _show_mask(self, before: EditorSnapshot, snapshot: EditorSnapshot) -> None:
        mask = snapshot.mask
        other = mask is not before.mask
        if other or snapshot.mask_revision != before.mask_revision:
            if mask is None or (snapshot.mask_empty and not isinstance(self._drag, Paint)):
                self._tint.bounds = None
                self._tint.forget()
                self._ants.clear()
                self.update()
            elif other or snapshot.mask_dirty is None:
                self._tint.bounds = Box(0, 0, mask.width, mask.height)
                self._tint.forget()
                self.update()
            else:
                self._update_view(self._tint.mark(self.camera, snapshot.mask_dirty))
            self._trace_soon()
        if snapshot.mask_colour != before.mask_colour:
            self.update()
        if self._shows_mask(before) != self._shows_mask(snapshot):
            self.update()
            self._trace_soon()

    def _show_work(self, before: EditorSnapshot, snapshot: EditorSnapshot) -> None:
        now = perf_counter()
        if snapshot.working is not None and before.working is None:
            self._began = now
        if snapshot.done is not None and (before.done is None or snapshot.done.current != before.done.current):
            self._glowed = now if self._theme.motion else now - GLOW
        if self._theme.motion and (snapshot.working is not None or now - self._glowed < GLOW):
            self._beat.start()
        if before.working is not None and snapshot.working is None:
            self.update()

    def _shows_mask(self, snapshot: EditorSnapshot) -> bool:
        """Not while enlarging, which it has nothing to do with, and not over a comparison."""
        return snapshot.mask is not None and snapshot.tool != "enlarge" and snapshot.compare == "off"

    # movement

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """So many steps in or out, about a point of the view."""
        at = at or self._middle()
        self.camera.step(steps, at.x(), at.y())
        self._moved()

    def zoom_to(self, zoom: float | None) -> None:
        """To a zoom about the pointer, or to where the whole picture is seen (None)."""
        if zoom is None:
            self.camera.to_fit()
        else:
            at = self._hover or self._middle()
            self.camera.zoom_to(zoom, at.x(), at.y())
        self._moved(smoothly=True)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by device pixels."""
        self.camera.pan(dx, dy)
        self._moved()

    def _moved(self, *, smoothly: bool = False) -> None:
        self._moving = not smoothly
        self.update()
        if not smoothly:
            self._settle.start()
        if self.camera.zoom != self._told_zoom:
            self._told_zoom = self.camera.zoom
            self.zoomed.emit(self.camera.zoom)
        self._trace_soon()

    def _settled(self) -> None:
        self._moving = False
        if self._frame_cost > SLOW:
            self.update()

    def _look(self) -> None:
        self.camera.look(round(self.width() * self.density), round(self.height() * self.density), self._insets)
        self._moved(smoothly=True)

    def _middle(self) -> QPointF:
        left, top, right, bottom = self._insets
        width, height = self.camera.view
        return QPointF((left + width - right) / 2, (top + height - bottom) / 2)

    # ants, shimmer, glow

    def _trace_soon(self) -> None:
        self._tracing.start()

    def _trace(self) -> None:
        mask = self._snapshot.mask
        if isinstance(self._drag, Paint):
            return  # the ants of before stand still until the stroke ends
        if mask is None or not self._shows_mask(self._snapshot):
            self._ants.clear()
            self._march.stop()
            return
        self._ants.trace(self.camera, mask, self._tint.bounds)
        self._update_view(self._ants.where(self.camera))
        if self._ants.there and self._theme.motion:
            self._march.start()

    def _step(self) -> None:
        if not self._ants.there or not self._shows_mask(self._snapshot):
            self._march.stop()
        elif self.isVisible() and self.isActiveWindow():
            self._ants.step = (self._ants.step + 1) % STEPS
            self._update_view(self._ants.where(self.camera))

    def _pulse(self) -> None:
        """The next step of what shimmers or glows."""
        working, done = self._snapshot.working, self._snapshot.done
        if working is not None and working.box is not None:
            self._update_box(working.box)
        glowing = done is not None and perf_counter() - self._glowed < GLOW + 0.1
        if done is not None and glowing:
            self._update_box(done.box, more=6)
        if working is None and not glowing:
            self._beat.stop()

    def _shimmer(self) -> float:
        if self._snapshot.working is None or not self._theme.motion:
            return 1.0
        return shimmer(perf_counter() - self._began)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw what was exposed."""
        began = perf_counter()
        density, view = self.density, QRect(0, 0, *self.camera.view)
        painter = QPainter(self)
        painter.scale(1 / density, 1 / density)
        exposed = QRegion()
        for rect in rectangles(event.region()):
            exposed += outward(rect, density) & view
        for part in rectangles(exposed):
            painter.setClipRect(part)
            self._draw_ground(painter, part)
        if self._picture is not None:
            painter.setClipRegion(exposed)
            self._draw_over(painter, view)
        painter.end()
        if not self._moving and event.rect() == self.rect():
            self._frame_cost = perf_counter() - began

    def _draw_ground(self, painter: QPainter, exposed: QRect) -> None:
        """The canvas, the picture, and the tint on it."""
        place = self._place()
        inner = place.adjusted(1, 1, -1, -1) if self._picture is not None else QRect()
        for rect in rectangles(QRegion(exposed) - QRegion(inner)):
            painter.fillRect(rect, self._theme.colour("canvas"))
        if self._picture is None:
            return
        smooth = not self._moving or self._frame_cost <= SLOW
        self._draw_pictures(painter, exposed & place, place, smooth=smooth)
        painter.setClipRect(exposed)
        mask = self._snapshot.mask
        if mask is not None and self._shows_mask(self._snapshot):
            painter.setOpacity(self._shimmer())
            self._tint.draw(painter, self.camera, mask, self._mask_colour(), exposed, smooth=smooth)
            painter.setOpacity(1.0)

    def _draw_over(self, painter: QPainter, view: QRect) -> None:
        """The lines: once a frame, however many rectangles are painted."""
        if self._ants.there and self._shows_mask(self._snapshot):
            self._ants.draw(painter, self.camera)
        done = self._snapshot.done
        if done is not None and self._snapshot.compare == "off":
            box, age = QRectF(between(self.camera.rect_of(*done.box))), perf_counter() - self._glowed
            draw_glow(painter, box, age, self._theme.colour("accent"), self.density)
        if self._snapshot.compare == "slider":
            self.divide.draw(painter, self._theme, self._place(), view, self.density)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drag is not None:
            self._drag.draw(painter, self.density)
        if self._hover is not None and self.ring_shown:
            draw_ring(painter, self._hover, self.ring_radius, self.density, minus=self.unpainting)

    def _place(self) -> QRect:
        return between(self.camera.place())

    def _draw_pictures(self, painter: QPainter, exposed: QRect, place: QRect, *, smooth: bool) -> None:
        assert self._picture is not None
        if exposed.isEmpty():
            return
        if self._picture.display.alpha:
            painter.setBrushOrigin(place.topLeft())
            painter.fillRect(exposed, self._checks)
        compare = self._snapshot.compare if self._original is not None else "off"
        if compare == "off" or self._original is None:
            self._picture.draw(painter, self.camera, exposed, smooth=smooth)
        elif compare == "hold":
            self._original.draw(painter, self.camera, exposed, smooth=smooth)
        else:
            at = self.divide.line(place)
            before, after = QRect(exposed), QRect(exposed)
            before.setRight(min(exposed.right(), at - 1))
            after.setLeft(max(exposed.left(), at))
            self._original.draw(painter, self.camera, before, smooth=smooth)
            self._picture.draw(painter, self.camera, after, smooth=smooth)

    def _mask_colour(self) -> QColor:
        name = self._snapshot.mask_colour
        colour = QColor(self._theme.colour(f"mask_{name}"))
        colour.setAlphaF(t.MASK_OPACITY[name])
        return colour

    # the ring

    @property
    def ring_radius(self) -> float:
        """Half the brush, in device pixels."""
        return self._snapshot.brush * self.camera.zoom / 2

    @property
    def ring_shown(self) -> bool:
        """Whether the brush is what the pointer holds now."""
        snapshot = self._snapshot
        return (
            snapshot.mask is not None
            and snapshot.pointer == "brush"
            and snapshot.tool != "enlarge"
            and snapshot.compare == "off"
        )

    def _hover_at(self, at: QPointF | None) -> None:
        """The ring moves: what was under it and what is under it now is painted."""
        for point in (self._hover, at):
            if point is not None and self.ring_shown:
                for rect in rectangles(ring_region(point, self.ring_radius, self.density)):
                    self._update_view(rect)
        self._hover = at

    # areas

    def _touched(self, box: Box) -> None:
        """The mask changed in `box` under a stroke."""
        self._update_view(self._tint.mark(self.camera, box))

    def _update_box(self, box: Box | None, *, more: int = 0) -> None:
        if box is None:
            self.update()
            return
        self._update_view(between(self.camera.rect_of(*box), 2 + math.ceil(more * self.density)))

    def _update_view(self, rect: QRect) -> None:
        """Have device pixels painted."""
        seen = rect & QRect(0, 0, *self.camera.view)
        if not seen.isEmpty():
            self.update(outward(seen, 1 / self.density))

    # the widget

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as it may be."""
        return QSize(1080, 648)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The picture keeps its place."""
        self._look()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("canvas"))
        self.setPalette(palette)
        self.update()

    def _timer(self, milliseconds: int, act: object, *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer
