"""What the first run's window paints itself: the key's caps, the photo, the dots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.state.welcome_parts import WelcomeSnapshot
from desktop.window import tokens as t
from desktop.window.theme import Theme
from desktop.window.thumbnails import paint_whole
from desktop.words import say
from desktop.workers import open_sheet


class Caps(QWidget):
    """A key as large as on a keyboard."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[str] = []
        self.setFixedHeight(48)
        theme.changed.connect(self.update)

    def show_parts(self, parts: list[str]) -> None:
        """Show another key."""
        self._parts = parts
        self.setAccessibleName(" + ".join(parts))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Caps in the middle, with the edge that a key has below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(t.HEAD, t.MEDIUM))
        widths = [max(48, painter.fontMetrics().horizontalAdvance(part) + 32) for part in self._parts]
        left = (self.width() - sum(widths) - 10 * (len(widths) - 1)) / 2
        for part, width in zip(self._parts, widths, strict=True):
            cap = QRectF(left + 0.5, 0.5, width - 1, 44)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("line"))
            painter.drawRoundedRect(cap.translated(0, 3), t.RADIUS, t.RADIUS)
            painter.setBrush(self._theme.colour("window"))
            painter.drawRoundedRect(cap, t.RADIUS, t.RADIUS)
            painter.setPen(self._theme.colour("text"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            left += width + 10


class Photo(QWidget):
    """The sample with its mask, then without the sign."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmaps: dict[str, QPixmap] = {}
        self._after = self._masked = False
        self.setFixedWidth(256)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("welcome.photo"))

    def drop(self) -> None:
        """Forget the pictures: the window begins anew."""
        self._pixmaps.clear()
        self._after = False

    def show_sheets(self, snapshot: WelcomeSnapshot) -> None:
        """Take the pictures that have come; each sheet is read once and let go."""
        for name in ("before", "mask", "after"):
            told = getattr(snapshot.sheets, name)
            if told is not None and name not in self._pixmaps:
                pixmap = self._pixmap(told, tint=name == "mask")
                if pixmap is not None:
                    self._pixmaps[name] = pixmap
        self._masked = snapshot.stage in ("ready", "working")
        self.update()

    def show_after(self, *, after: bool) -> None:
        """The picture without the sign, or as it was."""
        self._after = after
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The whole picture, in the middle, with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = "after" if self._after and "after" in self._pixmaps else "before"
        pixmap = self._pixmaps.get(name)
        room = QRectF(self.rect())
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(room, t.RADIUS, t.RADIUS)
            return
        paint_whole(painter, room, pixmap, t.RADIUS)
        if self._masked and "mask" in self._pixmaps:
            painter.setOpacity(t.MASK_OPACITY["a"])
            paint_whole(painter, room, self._pixmaps["mask"], 0)

    def _pixmap(self, told: Mapping[str, Any], *, tint: bool = False) -> QPixmap | None:
        """A copy at the size that is shown; None when a window before this one, in another language, has read the sheet."""
        try:
            sheet = open_sheet(told["path"])
        except OSError:
            return None
        width, height, stride = int(told["width"]), int(told["height"]), int(told["stride"])
        density = self.devicePixelRatioF()
        data = bytes(sheet.memory[: stride * height])
        image = QImage(data, width, height, stride, QImage.Format.Format_ARGB32_Premultiplied)
        side = round(self.width() * density)
        smooth = Qt.TransformationMode.SmoothTransformation
        small = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        sheet.memory.close()
        if tint:
            painter = QPainter(small)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(small.rect(), self._theme.colour("mask_a"))
            painter.end()
        pixmap = QPixmap.fromImage(small)
        pixmap.setDevicePixelRatio(density)
        return pixmap


class Dots(QWidget):
    """Which step of three this is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._step = theme, 0
        self.setFixedSize(52, 12)
        theme.changed.connect(self.update)

    def show_step(self, step: int) -> None:
        """Be at another step."""
        self._step = step
        self.setAccessibleName(say("welcome.step", step=str(step + 1)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Three dots, one of them long."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left = 0.0
        for number in range(3):
            width = 20.0 if number == self._step else 8.0
            painter.setBrush(self._theme.colour("accent" if number == self._step else "edge"))
            painter.drawRoundedRect(QRectF(left, 2, width, 8), 4, 4)
            left += width + 8
