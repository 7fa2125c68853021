"""A look into the chosen file: its picture, a page, or its passages in place, and the facts about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from desktop.state.previews import Facts, Page, Passage, Preview
from desktop.window import tokens as t
from desktop.window.kit import Elided
from desktop.window.palette.painting import Pictures, thin_bar
from desktop.window.theme import Theme
from desktop.window.thumbnails import paint_whole
from desktop.words import say

STAGE = QSize(268, 196)
LARGE = 1024
LABELS = 76
LINE, CLOSE_LINE = 22, 20
ROOMY = 4
"""Facts that have room for wider lines."""


class Stage(QWidget):
    """A sunken ground with a whole picture on it, never cropped; a file's icon where there is nothing to see."""

    def __init__(self, theme: Theme, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pictures = theme, pictures
        self._shown = Preview()
        self._page: tuple[Page, QImage] | None = None
        self._scaled: tuple[QImage, QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)
        pictures.arrived.connect(self.update)

    def show_preview(self, preview: Preview) -> None:
        """Show another file."""
        self._shown = preview
        page = preview.page
        if page is None:
            self._page = None
        elif self._page is None or self._page[0] is not page:
            pixels = page.sheet.memory[: page.stride * page.height]
            image = QImage(pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
            self._page = (page, image.copy())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, and what there is to see."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        ground = QRectF(self.rect())
        painter.drawRoundedRect(ground, t.RADIUS, t.RADIUS)
        shown = self._shown
        if (page := self._page_seen()) is not None:
            self._paint_page(painter, ground, page)
            if shown.note:
                self._paint_note(painter, ground, shown.note)
        elif (pixmap := self._picture_seen()) is not None:
            paint_whole(painter, ground, pixmap, t.RADIUS)
        elif shown.sort not in ("none", "text"):
            self._paint_icon(painter, ground, shown, "accent" if shown.sort == "todo" else "text3")

    def _page_seen(self) -> QImage | None:
        """The page; until it is there the small picture of it."""
        if self._shown.sort != "page" or self._shown.path is None:
            return None
        if self._page is not None:
            return self._page[1]
        small = self._pictures.pixmap(self._shown.path, STAGE.width())
        return small.toImage() if small is not None else None

    def _picture_seen(self) -> QPixmap | None:
        if self._shown.sort != "picture" or self._shown.path is None:
            return None
        size = LARGE if self.width() > 2 * STAGE.width() else STAGE.width()
        return self._pictures.pixmap(self._shown.path, size, self.devicePixelRatioF())

    def _paint_page(self, painter: QPainter, ground: QRectF, page: QImage) -> None:
        """A page, scaled once for its place: letters need more care than a painter takes."""
        density = self.devicePixelRatioF()
        room = ground.adjusted(12, 12, -12, -12)
        wanted = page.size().scaled((room.size() * density).toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled is None or self._scaled[0] is not page or self._scaled[1].size() != wanted:
            mode = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(page.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            pixmap.setDevicePixelRatio(density)
            self._scaled = (page, pixmap)
        place = QRectF(0, 0, wanted.width() / density, wanted.height() / density)
        place.moveCenter(room.center())
        place.moveTopLeft(QPointF(round(place.left() * density) / density, round(place.top() * density) / density))
        painter.drawPixmap(place.topLeft(), self._scaled[1])
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_note(self, painter: QPainter, ground: QRectF, words: str) -> None:
        """Which page it is, over the page's foot: the name below needs its whole line."""
        painter.setFont(self._theme.font(t.NOTE))
        width = self._theme.metrics(t.NOTE).horizontalAdvance(words) + 20
        pill = QRectF(round(ground.center().x() - width / 2), ground.bottom() - 32, width, 24)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(pill, 12, 12)
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_icon(self, painter: QPainter, ground: QRectF, shown: Preview, colour: str) -> None:
        icon = self._theme.pixmap(shown.icon, colour, 48, self.devicePixelRatioF())
        middle = ground.center() - QPointF(24, 24)
        if shown.note:
            middle -= QPointF(0, 14)
            painter.setFont(self._theme.font(t.NOTE))
            painter.setPen(self._theme.colour("text2"))
            words = ground.adjusted(16, ground.height() / 2 + 22, -16, -8).toRect()
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(words, flags, shown.note)
        painter.drawPixmap(middle, icon)


class Passages(QTextEdit):
    """The passages that answer, in place, with what was asked for marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Passage, ...] = ()
        self.setReadOnly(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(say("palette.preview"))
        self.document().setDocumentMargin(12)
        theme.changed.connect(self._dress)
        self._dress()

    def show_passages(self, passages: tuple[Passage, ...]) -> None:
        """Show these."""
        if passages == self._shown:
            return
        self._shown = passages
        self.clear()
        cursor = self.textCursor()
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.colour("text2"))
        marked.setForeground(self._theme.colour("accent"))
        marked.setBackground(self._theme.colour("accent_bg"))
        marked.setFontWeight(t.SEMIBOLD)
        for number, passage in enumerate(passages):
            if number:
                cursor.insertText("\n…\n", plain)
            at = 0
            for start, stop in passage.marks:
                cursor.insertText(passage.text[at:start], plain)
                cursor.insertText(passage.text[start:stop], marked)
                at = stop
            cursor.insertText(passage.text[at:], plain)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        size = self._theme.font(t.NOTE).pixelSize()
        self.setStyleSheet(
            f"QTextEdit {{ background: {tokens.sunken}; border: none; border-radius: {t.RADIUS}px; padding: 0;"
            f" font-size: {size}px; }} QTextEdit:focus {{ border: 2px solid {tokens.accent}; }}"
        )
        self.verticalScrollBar().setStyleSheet(thin_bar(self._theme, 8, "edge"))
        shown, self._shown = self._shown, ()
        self.show_passages(shown)


class FactList(QWidget):
    """Label and value, a line each; folders give up their middle."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: Facts = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_facts(self, facts: Facts) -> None:
        """Show these."""
        if facts != self._facts:
            self._facts = facts
            self.setAccessibleName("; ".join(f"{name}: {value}" for name, value in facts))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line for each fact."""
        return QSize(STAGE.width(), self._line() * len(self._facts))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: facts are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The lines."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(t.NOTE))
        metrics = self._theme.metrics(t.NOTE)
        line = self._line()
        labels = max(LABELS, *(metrics.horizontalAdvance(name) + 12 for name, _ in self._facts)) if self._facts else 0
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for number, (name, value) in enumerate(self._facts):
            painter.setPen(self._theme.colour("text3"))
            painter.drawText(QRect(0, number * line, labels, line), middle, name)
            painter.setPen(self._theme.colour("text"))
            mode = Qt.TextElideMode.ElideMiddle if " › " in value else Qt.TextElideMode.ElideRight
            room = self.width() - labels
            painter.drawText(QRect(labels, number * line, room, line), middle, metrics.elidedText(value, mode, room))

    def _line(self) -> int:
        usual = LINE if len(self._facts) <= ROOMY else CLOSE_LINE
        return max(usual, self._theme.metrics(t.NOTE).height() + 3)


class PreviewPane(QWidget):
    """The right side of the palette, or all of it in the large preview."""

    def __init__(self, theme: Theme, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stage = Stage(theme, pictures)
        self._passages = Passages(theme)
        self._box = QStackedWidget()
        self._box.addWidget(self._stage)
        self._box.addWidget(self._passages)
        self._title = Elided(theme, weight=t.SEMIBOLD)
        self._facts = FactList(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(0)
        layout.addWidget(self._box)
        layout.addSpacing(10)
        layout.addWidget(self._title)
        layout.addSpacing(4)
        layout.addWidget(self._facts)
        layout.addStretch(1)
        self._layout = layout
        self.set_large(False)

    @property
    def text(self) -> QTextEdit:
        """What Tab comes to, where there are passages."""
        return self._passages

    def set_large(self, large: bool) -> None:
        """Fill what room there is, or 268 × 196."""
        if large:
            self._box.setMinimumSize(STAGE)
            self._box.setMaximumSize(16777215, 16777215)
            self._layout.setStretchFactor(self._box, 100)
        else:
            self._box.setFixedSize(STAGE)
            self._layout.setStretchFactor(self._box, 0)
        self._facts.setVisible(not large)

    def show_preview(self, preview: Preview) -> None:
        """Show another file."""
        text = preview.sort == "text"
        self._box.setCurrentWidget(self._passages if text else self._stage)
        self._passages.show_passages(preview.passages if text else ())
        self._stage.show_preview(preview)
        self._title.set_text(preview.title)
        self._facts.show_facts(preview.facts)
