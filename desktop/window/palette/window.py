"""The palette's window: frameless, above all others, there at once and gone at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from desktop.state.actions import keys
from desktop.state.palette import PaletteState
from desktop.state.palette_words import Palette
from desktop.window import tokens as t
from desktop.window.bound import Bound
from desktop.window.kit import Bar, Elided, Sign, column, label, row
from desktop.window.notices import show_notice
from desktop.window.palette.ground import MARGIN, Ground, has_compositor
from desktop.window.palette.hits import HitList
from desktop.window.palette.painting import Pictures
from desktop.window.palette.panel import ActionPanel
from desktop.window.palette.preview import PreviewPane
from desktop.window.palette.query import QueryField
from desktop.window.palette.strips import ChipStrip, Footer
from desktop.window.platform.chrome import round_corners
from desktop.window.taborder import set_order
from desktop.window.theme import Theme
from desktop.words import say

SIZE = QSize(760, 488)
FROM_TOP = 0.22
LIST = 460


class PaletteWindow(QWidget):
    """Shows a `PaletteState`. `dismissed` follows when it is gone."""

    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        state: PaletteState,
        thumbnails: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self._shadow = has_compositor()
        self._ground = Ground(theme)
        self._left = state.snapshot().left
        self._told = ("", "")
        self._painted: object = None
        self._look: object = None
        self._passing = False
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(flags | Qt.WindowType.NoDropShadowWindowHint if self._shadow else flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._shadow)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(say("palette.window"))
        margin = MARGIN if self._shadow else 0
        self._card = QRectF(margin, margin, SIZE.width(), SIZE.height())
        self.setFixedSize(SIZE.width() + 2 * margin, SIZE.height() + 2 * margin)
        self._build(thumbnails, margin)
        theme.dress(self)
        self._connect()
        self._bound = Bound(state, self)
        self._bound.changed.connect(self._refresh)
        theme.changed.connect(self.update)
        self._refresh()

    # parts

    def _build(self, thumbnails: Pictures, margin: int) -> None:
        theme = self._theme
        self._glass = Sign(theme, "search", size=22)
        self._glass.setFixedWidth(32)
        self._glass.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.query = QueryField(theme)
        self.query.setMinimumHeight(36)
        self.chips = ChipStrip(theme)
        self.heading = Elided(theme, size=t.NOTE, weight=t.SEMIBOLD, colour="text3")
        self.bar = Bar(theme)
        self.list = HitList(theme, thumbnails)
        self.nothing = label(theme, size=t.HEAD, weight=t.SEMIBOLD, wrap=True)
        self.advice = label(theme, size=t.BUTTON, colour="text2", wrap=True)
        for words in (self.nothing, self.advice):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.preview = PreviewPane(theme, thumbnails)
        self.footer = Footer(theme)
        self._head = QWidget()
        top = column(
            row(self._glass, self.query, space=0, margins=(22, 12, 20, 0)),
            row(self.chips, margins=(56, 8, 20, 0)),
            None,
            space=0,
        )
        self._head.setLayout(top)
        self._empty = QWidget()
        self._empty.setLayout(column(None, self.nothing, self.advice, None, None, space=8, margins=(48, 0, 48, 0)))
        self._above = QWidget()
        self._above.setLayout(row(self.heading, margins=(20, 8, 20, 0)))
        self._notice = QWidget()
        self._notice.setLayout(row(self.bar, margins=(8, 8, 8, 0)))
        self._side = QWidget()
        self._side.setLayout(column(self._notice, self._above, self.list, self._empty, space=0))
        self._middle = row(self._side, self.preview, space=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margin, margin, margin, margin)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.footer)
        self.panel = ActionPanel(theme, self)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab: query → chips → list → passages."""
        set_order((self.query, *self.chips.chips, self.list.view, self.preview.text))

    def _connect(self) -> None:
        state = self._state
        self.query.textEdited.connect(state.type)
        self.query.moved.connect(state.move)
        self.query.numbered.connect(state.do_nth)
        self.query.wanted.connect(self._wanted)
        self.chips.removed.connect(self._remove_chip)
        self.chips.made.connect(self._order_tabs)
        self.list.selected.connect(state.select)
        self.list.activated.connect(self._open)
        self.list.looked.connect(lambda _row: state.enlarge_preview())
        self.list.asked_for_menu.connect(lambda place, _where: state.open_actions(place))
        self.panel.pointed.connect(state.point_at_action)
        self.panel.chosen.connect(state.do_action)
        self.footer.wanted.connect(self._wanted)

    # coming and going

    def toggle(self) -> None:
        """Show it, or let it go."""
        if self.isVisible() and self.isActiveWindow():
            self.dismiss()
        else:
            self.summon()

    def summon(self, folder: Path | None = None) -> None:
        """Show it where the pointer is, with the query chosen, ready to be typed over; for one folder, or for everything."""
        self._state.summon(folder)
        self._refresh()
        if not self.isVisible():
            self.move(self._place())
        self.show()
        self.raise_()
        self.activateWindow()
        self.query.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.query.selectAll()

    def dismiss(self) -> None:
        """Let it go; the system gives the focus back to the window before."""
        self.hide()

    def _place(self) -> QPoint:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        left = free.left() + (free.width() - self.width()) // 2
        top = free.top() + round(free.height() * FROM_TOP) - int(self._card.top())
        lowest = free.bottom() - int(self._card.bottom())
        return QPoint(left, max(free.top() - int(self._card.top()), min(top, lowest)))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """It is gone, whoever let it go."""
        super().hideEvent(event)
        self._state.hidden()
        self.dismissed.emit()

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def] # noqa: N802 - Qt's name
        """On Windows the system rounds the corners."""
        super().showEvent(event)
        if not self._shadow and QGuiApplication.platformName() == "windows":
            round_corners(self)

    def event(self, event: QEvent) -> bool:
        """Another window is active: go, unless the person keeps it open or a dialog of our own is why."""
        if event.type() == QEvent.Type.WindowDeactivate and self.isVisible() and not self._state.keep_open:
            ours = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if ours is None and not self.list.dragging:
                self.dismiss()
        return super().event(event)

    # keys and clicks

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What no part took: Esc goes back, and typing goes to the query wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self._wanted("escape")
        elif not (self.query.hasFocus() or self._passing) and (
            event.text().strip() or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if event.text().strip() and event.text().isprintable():
                self.query.setFocus(Qt.FocusReason.OtherFocusReason)
                self.query.end(False)
            self._passing = True  # what the query doesn't want comes back here
            QApplication.sendEvent(self.query, event)
            self._passing = False
        else:
            super().keyPressEvent(event)

    def _wanted(self, what: str) -> None:
        state = self._state
        match what:
            case "enter":
                state.enter()
            case "actions":
                state.open_actions()
            case "last_chip":
                state.remove_last_chip()
            case "escape":
                state.escape()
            case _:
                state.do(what)

    def _open(self, place: int) -> None:
        self._state.select(place)
        self._state.do("open")

    def _remove_chip(self, place: int) -> None:
        self._state.remove_chip(place)
        self.query.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def _refresh(self) -> None:
        shown = self._state.snapshot()
        if shown.left != self._left:
            self._left = shown.left
            self.dismiss()
        if self.query.text() != shown.text:
            self.query.setText(shown.text)
        typed = bool(shown.text.strip()) or bool(shown.chips)
        self.chips.setVisible(typed)
        self.chips.show_chips(shown.chips, everything=shown.everything)
        self._head.setFixedHeight(94 if typed else 60)
        show_notice(self.bar, shown.notice, self._state.answer_notice)
        self._notice.setVisible(shown.notice is not None)
        self.heading.set_text(shown.heading)
        self._above.setVisible(bool(shown.heading))
        self._show_list(shown)
        self._show_actions(shown)
        self._announce(shown)
        self._paint_anew(shown, typed=typed)

    def _paint_anew(self, shown: Palette, *, typed: bool) -> None:
        """Paint all of the window for another answer or another look; a letter alone is painted by its field."""
        look = (typed, shown.large, shown.notice is None, shown.nothing, bool(shown.rows), shown.dimmed)
        if shown.rows is not self._painted or look != self._look:
            self._painted, self._look = shown.rows, look
            self.update()

    def _announce(self, shown: Palette) -> None:
        """Tell a screen reader what changed while the focus stays in the query: the chosen row, else the footer."""
        chosen = shown.rows[shown.selected].spoken if shown.selected >= 0 else ""
        words = chosen if chosen != self._told[0] else shown.footer if shown.footer != self._told[1] else ""
        self._told = (chosen, shown.footer)
        if words and QAccessible.isActive() and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.query, words))

    def _show_list(self, shown: Palette) -> None:
        title, advice = shown.nothing
        self.list.setVisible(not title)
        self._empty.setVisible(bool(title))
        self.nothing.setText(title)
        self.advice.setText(advice)
        self.list.show_rows(shown.rows, shown.selected)
        self.list.set_dimmed(shown.dimmed)
        alone = bool(title) or not shown.rows
        self.preview.setVisible(not alone)
        if alone:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            # Not hidden in the large preview: the list keeps the focus, and its arrow keys go through the files.
            self._side.setFixedWidth(0 if shown.large else LIST)
        self.preview.set_large(shown.large)
        self.preview.show_preview(shown.preview)

    def _show_actions(self, shown: Palette) -> None:
        hints = []
        if shown.actions:
            hints.append(("open", shown.actions[0].words, "↵"))
            hints += [("erase", one.words, one.keys) for one in shown.actions if one.name == "erase"]
            hints.append(("actions", say("palette.actions"), keys("Ctrl", "K")))
        self.footer.show_words(shown.footer, hints)
        name = shown.rows[shown.selected].title if shown.selected >= 0 else ""
        corner = (int(self._card.right()) - 10, int(self._card.bottom()) - self.footer.height() - 6)
        self.panel.show_actions(name, shown.actions, shown.acting, corner)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The card, and the lines between its parts."""
        painter = QPainter(self)
        self._ground.paint(painter, self._card, shadow=self._shadow, density=self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        left, right = int(self._card.left()) + 1, int(self._card.right()) - 2
        top = int(self._card.top()) + self._head.height()
        painter.drawLine(left, top, right, top)
        if self.preview.isVisible() and self._side.width():
            middle = left - 1 + LIST
            painter.drawLine(middle, top, middle, int(self._card.bottom()) - self.footer.height())
