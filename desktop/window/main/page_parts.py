"""What the pages Devices, Models and Settings are built from: a page with its head, rows of buttons, a track, a tile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.state.model_cards import Do, Notice
from desktop.window import tokens as t
from desktop.window.kit import Card, Tone, Wandering, button, column, label, row
from desktop.window.main.page import PageFrame
from desktop.window.taborder import focusable, set_order
from desktop.window.theme import Theme


def flowing(
    theme: Theme, text: str = "", *, size: int = t.BODY, weight: int = t.REGULAR, colour: str = "text"
) -> QLabel:
    """A label that wraps, and whose longest word never makes the page wider than its window."""
    made = label(theme, text, size=size, weight=weight, colour=colour, wrap=True)
    made.setMinimumWidth(1)
    return made


def tint(words: QLabel, colour: str) -> None:
    """Give a label's words another token's colour."""
    if words.property("ink") != colour:
        words.setProperty("ink", colour)
        words.style().unpolish(words)
        words.style().polish(words)


class Actions(QWidget):
    """The buttons that a snapshot names, from left to right; the focus stays among them when they change."""

    done = Signal(str)

    def __init__(self, theme: Theme, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._shown: tuple[Do, ...] = ()
        self._buttons: list[QPushButton] = []
        self._row = row(space=8)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by what they do."""
        return {do.act: made for do, made in zip(self._shown, self._buttons, strict=True)}

    @property
    def has_focus(self) -> bool:
        """Whether one of them has it."""
        return any(one.hasFocus() for one in self._buttons)

    def take_focus(self) -> None:
        """Give it to the first, unless one of them has it."""
        if self._buttons and not self.has_focus:
            self._buttons[0].setFocus()

    def show_actions(self, actions: Sequence[Do]) -> None:
        """Show these and no others; only once it has its place, for else it would be a window of its own."""
        wanted = tuple(actions)
        if wanted == self._shown:
            return
        had_focus = self.has_focus
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = wanted
        self._buttons = [self._made(do) for do in wanted]
        for made in self._buttons:
            self._row.addWidget(made)
        assert self.parentWidget() is not None
        self.setVisible(bool(wanted))
        if had_focus and self._buttons:
            self._buttons[0].setFocus()

    def _made(self, do: Do) -> QPushButton:
        made = button(do.words, accent=do.accent, quiet=self._quiet and not do.accent, parent=self)
        made.setAccessibleName(do.name or do.words)
        made.clicked.connect(lambda _checked=False, act=do.act: self.done.emit(act))
        made.show()
        return made


class Track(Wandering):
    """How far something is: a thin line; -1 = nobody knows."""

    PACE = (33, 0.012)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._share = 0.0
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Four pixels high."""
        return QSize(120, 4)

    def show_share(self, share: float) -> None:
        """0 to 1, or -1."""
        self._share = share
        self.setAccessibleDescription("" if share < 0 else f"{round(share * 100)} %")
        self._wander(share < 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The bed, and what is done of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bed = QRectF(self.rect())
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(bed, 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        if self._share >= 0:
            painter.drawRoundedRect(QRectF(0, 0, bed.width() * self._share, bed.height()), 2, 2)
            return
        width = bed.width() * 0.25
        left = (bed.width() + width) * self._place - width if self._theme.motion else (bed.width() - width) / 2
        piece = QRectF(left, 0, width, bed.height()).intersected(bed)
        painter.drawRoundedRect(piece, 2, 2)


class Tile(QWidget):
    """An icon on a sunken ground."""

    def __init__(self, theme: Theme, icon: str, *, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._size = theme, icon, size
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground and the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), t.RADIUS, t.RADIUS)
        pixmap = self._theme.pixmap(self._icon, "text2", 20, self.devicePixelRatioF())
        painter.drawPixmap((self._size - 20) // 2, (self._size - 20) // 2, pixmap)


class Glyph(QWidget):
    """A small icon in a tone, on the line of the words beside it."""

    def __init__(self, theme: Theme, icon: str, tone: str, *, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._tone, self._size = theme, icon, tone, size
        self.setFixedSize(size, 20)
        theme.changed.connect(self.update)

    def show_icon(self, icon: str, tone: str) -> None:
        """Another one."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The icon."""
        pixmap = self._theme.pixmap(self._icon, self._tone, self._size, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, (20 - self._size) // 2, pixmap)


class Hairline(QWidget):
    """A line between the rows of a card."""

    def __init__(self, theme: Theme, *, left: int = 0, right: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._left, self._right = theme, left, right
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line."""
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(self._left, 0, -self._right, 0), self._theme.colour("line"))


class Said(QWidget):
    """What happened, in a tone: a sentence, what belongs to it, and what can be done about it.

    Beside one line there is room for buttons; several lines have them below.
    """

    done = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(theme, "info", "text2")
        self._words = flowing(theme, size=t.BUTTON)
        self._more = flowing(theme, size=t.NOTE, colour="text2")
        self._more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.actions_row = Actions(theme, quiet=True)
        self.actions_row.done.connect(self.done)
        told = row(self._glyph, column(self._words, self._more, space=2), space=8)
        told.setStretch(1, 1)
        told.setAlignment(self._glyph, Qt.AlignmentFlag.AlignTop)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(told, 1)
        self._whole.addWidget(self.actions_row)
        self._whole.setAlignment(told, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._whole)
        self.hide()

    @property
    def words(self) -> str:
        """The sentence; "" while nothing is said."""
        return "" if self.isHidden() else self._words.text()

    @property
    def more(self) -> str:
        """What stands below it."""
        return "" if self.isHidden() else self._more.text()

    def say(self, notice: Notice | None, actions: Sequence[Do] = ()) -> None:
        """Say it, or nothing."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._glyph.show_icon(Tone(notice.tone).icon, notice.tone)
        self._words.setText(notice.words)
        self._more.setText(notice.more)
        self._more.setVisible(bool(notice.more))
        self.setAccessibleName(f"{notice.words} {notice.more}".strip())
        self.actions_row.show_actions(actions)
        long = bool(notice.more) and bool(actions)
        self._whole.setDirection(QBoxLayout.Direction.TopToBottom if long else QBoxLayout.Direction.LeftToRight)
        self._whole.setSpacing(4 if long else 8)
        self.actions_row.setContentsMargins(14 if long else 0, 0, 0, 0)


class LivePage(QWidget):
    """A `PageFrame` whose words come with each snapshot: `bar` says what happened, `body` is the column below it.

    `asked` has what a button of the bar does.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.frame = PageFrame(theme, "")
        self.aside = self.frame.buttons
        self.bar = Card(theme, radius=t.RADIUS)
        self._said = Said(theme)
        self.bar.setLayout(column(self._said, margins=(14, 8, 8, 8)))
        self.bar.setMinimumHeight(48)
        self.bar.hide()
        self._said.done.connect(self.asked)
        self.body = column(space=12)
        self.frame.body.addWidget(self.bar)
        self.frame.body.addLayout(self.body)
        self.setLayout(column(self.frame, space=0))
        self._ordered: list[QWidget] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._reveal)

    def show_head(self, heading: str, lead: str) -> None:
        """The page's name, and what it is about."""
        self.frame.title.setText(heading)
        self.frame.lead.setText(lead)
        self.frame.lead.setVisible(bool(lead))
        self.setAccessibleName(heading)

    def show_notice(self, notice: Notice | None, actions: Sequence[Do]) -> None:
        """What the page says in its bar."""
        self._said.say(notice, actions)
        self.bar.setVisible(notice is not None)

    @property
    def notice(self) -> str:
        """What the bar says; "" while nothing."""
        return "" if self.bar.isHidden() else self._said.words

    def order_focus(self) -> None:
        """Tab goes as the eye does, although buttons come and go: Qt would take them in the order of their making."""
        found = list(focusable(self))
        if found != self._ordered:
            self._ordered = found
            set_order(found)

    def _reveal(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard never goes to where nobody sees it."""
        if new is not None and self.frame.rows.isAncestorOf(new):
            self.frame.rows.ensureWidgetVisible(new, 0, 48)


def heading(theme: Theme, words: str, note: str = "") -> QVBoxLayout:
    """A heading over cards, with a note under it."""
    made = column(label(theme, words, size=t.HEAD, weight=t.SEMIBOLD), space=2, margins=(0, 12, 0, 0))
    if note:
        made.addWidget(flowing(theme, note, colour="text2"))
    return made


def card(
    theme: Theme, *, margins: tuple[int, int, int, int] = (16, 16, 16, 16), space: int = 12
) -> tuple[Card, QVBoxLayout]:
    """A card, and the layout of what is on it."""
    made = Card(theme)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    inside = column(space=space, margins=margins)
    made.setLayout(inside)
    return made, inside
