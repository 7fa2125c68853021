"""The canvas under a person's hands: mouse, wheel, touchpad, pen and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QPixmap,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.state.editing.snapshot import EditorSnapshot
from desktop.window.editor.access import PICTURE, know_pictures
from desktop.window.editor.drags import Drag, Frame, Lasso, Paint, Pan, Slide
from desktop.window.editor.intents import CanvasIntents
from desktop.window.editor.painting import resized
from desktop.window.editor.surface import Surface
from desktop.window.theme import Theme
from desktop.words import say

NOTCH = 120
"""Eighths of a degree in one notch of a wheel."""
_BUTTONS = {Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton}


class CanvasView(Surface):
    """The picture to paint on. Keys that mean something in the whole window come from the window."""

    def __init__(self, theme: Theme, state: CanvasIntents, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = state
        self._held = Qt.MouseButton.NoButton
        self._pan_held = False
        self._tablet = False
        self._by_keyboard = False
        self._cursors: dict[str, QCursor] = {}
        # X11 would leave out positions of a quick hand, and a stroke would cut its corners
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
        self.setMouseTracking(True)
        self.setProperty(PICTURE, True)
        know_pictures()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this, and name it for who can't see it."""
        super().show_snapshot(snapshot)
        self._describe()
        self._point()

    @property
    def dragging(self) -> bool:
        """Whether something is between its press and its release."""
        return self._drag is not None

    # what the window's keys do here

    def hold_pan(self, held: bool) -> None:
        """Space: the next drag moves the picture."""
        self._pan_held = held
        self._point()

    def hold_unpaint(self, held: bool) -> None:
        """X: the brush takes away."""
        if held != self.unpainting:
            self.unpainting = held
            self._hover_at(self._hover)
            self._point()

    def nudge(self, dx: int, dy: int) -> None:
        """The arrows: move the ring (or the slider) by logical pixels; the picture follows at the edges."""
        if self._snapshot.compare == "slider":
            self.divide.step(1 if dx > 0 else -1 if dx < 0 else 0)
            self.update()
            return
        left, top, right, bottom = self._insets
        width, height = self.camera.view
        wanted = self._ring() + QPointF(dx, dy) * self.density
        inside = QPointF(min(width - right, max(left, wanted.x())), min(height - bottom, max(top, wanted.y())))
        over = wanted - inside
        if not over.isNull():
            self.pan(-over.x(), -over.y())
        self._by_keyboard = True
        self._to(inside, 1.0)
        self._point()

    def hold_paint(self, held: bool) -> None:
        """P: paint (or click) where the ring is; the arrows draw on while it is held."""
        if held and self._drag is None and self._ready():
            at = self._ring()
            if self._snapshot.pointer == "click":
                self._click(at, add=not self.unpainting)
            elif self._snapshot.tool != "enlarge":
                self._begin(self._marking(at, unpaint=self.unpainting), at, 1.0)
        elif not held and self._drag is not None and self._held == Qt.MouseButton.NoButton:
            self._finish()

    def cancel_drag(self) -> bool:
        """Esc: whether there was a drag to forget."""
        if self._drag is None:
            return False
        self._drag.cancel()
        self._drag, self._held = None, Qt.MouseButton.NoButton
        self.update()
        self._point()
        return True

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin what this button does here."""
        at = self._device(event.position())
        self._by_keyboard = False
        if self._drag is not None:
            return
        self._hover_at(at)
        drag = self._meant(event.button(), at)
        if drag is None:
            event.ignore()
            return
        self._held = event.button()
        self._begin(drag, at, 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Every position counts; the screen follows once a frame."""
        self._by_keyboard = False
        self._to(self._device(event.position()), 1.0)
        self._point()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End it."""
        if self._drag is not None and event.button() == self._held:
            self._to(self._device(event.position()), 1.0)
            self._finish()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802 - Qt's name
        """A pen: its pressure is the brush, its other end takes away. Accepted, or Qt would send a mouse event as well."""
        at, kind = self._device(event.position()), event.type()
        if kind == QEvent.Type.TabletPress and self._drag is None:
            eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            button = Qt.MouseButton.RightButton if eraser else event.button()
            drag = self._meant(button, at)
            if drag is not None:
                self._held, self._tablet = event.button(), True
                self._begin(drag, at, event.pressure())
        elif kind == QEvent.Type.TabletMove:
            self._to(at, event.pressure() if self._tablet else 1.0)
        elif kind == QEvent.Type.TabletRelease and self._tablet:
            self._finish()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The ring comes in."""
        self._by_keyboard = False
        self._hover_at(self._device(event.position()))
        self._point()

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The ring leaves, unless the keyboard moves it."""
        if not self._by_keyboard:
            self._hover_at(None)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A stroke that was begun ends here."""
        self.cancel_drag()
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that were held are not any more: their release goes elsewhere."""
        self.hold_pan(False)
        self.hold_unpaint(False)
        super().focusOutEvent(event)

    # wheel, touchpad

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl zoom, with Shift the size of the brush."""
        at, turned, pixels = self._device(event.position()), event.angleDelta(), event.pixelDelta()
        modifiers = event.modifiers()
        event.accept()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(turned.y() / NOTCH, at)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and self.ring_shown:
            self._resize_brush((turned.y() or turned.x()) / NOTCH)
        elif not pixels.isNull():
            self.pan(pixels.x() * self.density, pixels.y() * self.density)
        else:
            notch = 64 * self.density / NOTCH
            across = QPoint(turned.y(), 0) if modifiers & Qt.KeyboardModifier.ShiftModifier else turned
            self.pan(across.x() * notch, across.y() * notch)

    def event(self, event: QEvent) -> bool:
        """A pinch on the touchpad zooms."""
        if isinstance(event, QNativeGestureEvent):
            at = self._device(event.position())
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.zoom_to(self.camera.zoom * max(0.2, 1 + event.value()), at.x(), at.y())
                self._moved()
                return True
            if event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.zoom_to(1.0 if self.camera.fitted else None)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space moves the picture; everything else is the window's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.hold_pan(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """No more."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_pan(False)
        else:
            super().keyReleaseEvent(event)

    # inside

    def _meant(self, button: Qt.MouseButton, at: QPointF) -> Drag | None:
        """What a press with this button begins."""
        if self._picture is None:
            return None
        if button == Qt.MouseButton.MiddleButton or (self._pan_held and button == Qt.MouseButton.LeftButton):
            return self._panning(at)
        if button not in _BUTTONS:
            return None
        snapshot = self._snapshot
        if snapshot.compare == "slider":
            return Slide(self._slide)
        unpaint = button == Qt.MouseButton.RightButton or self.unpainting
        if snapshot.tool == "enlarge" or snapshot.mask is None:
            return self._panning(at) if button == Qt.MouseButton.LeftButton else None
        if snapshot.pointer == "click":
            self._click(at, add=not unpaint)
            return None
        if snapshot.pointer != "brush" and button == Qt.MouseButton.RightButton:
            return None
        return self._marking(at, unpaint=unpaint)

    def _ring(self) -> QPointF:
        """Where the ring is for the keyboard: in the middle, if it wasn't there yet."""
        if self._hover is None:
            self._by_keyboard = True
            self._hover_at(self._middle())
        assert self._hover is not None
        return self._hover

    def _panning(self, at: QPointF) -> Drag:
        return Pan(at, self.pan)

    def _marking(self, at: QPointF, *, unpaint: bool) -> Drag:
        snapshot = self._snapshot
        assert snapshot.mask is not None
        if snapshot.pointer == "box":
            return Frame(at, self.camera, self._state, self.update)
        if snapshot.pointer == "lasso":
            return Lasso(self.camera, self._state, self.update)
        return Paint(
            snapshot.mask,
            self.camera,
            snapshot.brush,
            unpaint=unpaint,
            touched=self._touched,
            done=self._state.painted,
        )

    def _begin(self, drag: Drag, at: QPointF, pressure: float) -> None:
        self._drag = drag
        drag.move(at, pressure)
        self._point()

    def _to(self, at: QPointF, pressure: float) -> None:
        self._hover_at(at)
        if self._drag is not None:
            self._drag.move(at, pressure)

    def _finish(self) -> None:
        drag, self._drag = self._drag, None
        self._held, self._tablet = Qt.MouseButton.NoButton, False
        if drag is not None:
            drag.end()
        self._trace_soon()
        self._point()

    def _click(self, at: QPointF, *, add: bool) -> None:
        x, y = (int(value) for value in self.camera.to_picture(at.x(), at.y()))
        width, height = self.camera.picture
        if 0 <= x < width and 0 <= y < height:
            self._state.select_at(x, y, add)

    def _slide(self, x: float) -> None:
        self.divide.to(x, self._place())
        self.update()

    def _resize_brush(self, notches: float) -> None:
        self._state.set_brush(resized(self._snapshot.brush, notches))

    def _ready(self) -> bool:
        return self._picture is not None and self._snapshot.mask is not None and self._snapshot.compare != "slider"

    def _device(self, at: QPointF) -> QPointF:
        return at * self.density

    def _describe(self) -> None:
        """Its name for a screen reader: which picture, how large, which tool."""
        snapshot = self._snapshot
        tools = {
            "erase": say("editor.tool.erase"),
            "fill": say("editor.tool.fill"),
            "enlarge": say("editor.tool.enlarge"),
            "select": say("editor.tool.select"),
        }
        if snapshot.stage == "empty":
            name = say("editor.empty.drop")
        else:
            name = say(
                "editor.canvas",
                title=snapshot.title,
                width=snapshot.width,
                height=snapshot.height,
                tool=tools.get(snapshot.tool, ""),
            )
        if name != self.accessibleName():
            self.setAccessibleName(name)

    # the pointer

    def _point(self) -> None:
        """The pointer says what a press would do."""
        shape = self._shape()
        found = self._cursors.get(shape)
        if found is None:
            found = self._cursors[shape] = _cursor(shape)
        if self.cursor().shape() != found.shape() or shape in ("plus", "minus"):
            self.setCursor(found)

    def _shape(self) -> str:
        if self._picture is None:
            return "arrow"
        if isinstance(self._drag, Pan):
            return "fist"
        if self._pan_held or self._snapshot.tool == "enlarge" or self._snapshot.mask is None:
            return "hand"
        if self._snapshot.compare == "slider":
            return "split"
        if self._snapshot.compare == "hold":
            return "arrow"
        if self._snapshot.pointer == "click":
            return "minus" if self.unpainting else "plus"
        return "none" if self._snapshot.pointer == "brush" else "cross"


_SHAPES = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "fist": Qt.CursorShape.ClosedHandCursor,
    "hand": Qt.CursorShape.OpenHandCursor,
    "split": Qt.CursorShape.SplitHCursor,
    "none": Qt.CursorShape.BlankCursor,
    "cross": Qt.CursorShape.CrossCursor,
}


def _cursor(shape: str) -> QCursor:
    """A pointer of the system's, or a dot with + or − beside it."""
    if shape in _SHAPES:
        return QCursor(_SHAPES[shape])
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(QPointF(8, 8), 5, 5)
    painter.drawEllipse(QPointF(21, 21), 7.5, 7.5)
    painter.setPen(QPen(QColor(20, 20, 20), 1.8))
    painter.drawLine(QPointF(17, 21), QPointF(25, 21))
    if shape == "plus":
        painter.drawLine(QPointF(21, 17), QPointF(21, 25))
    painter.end()
    return QCursor(pixmap, 8, 8)
