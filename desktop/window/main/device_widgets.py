"""A device's card with its models and their explanations, and the card of the doctor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from desktop.state.device_cards import DeviceCard, Doctor, FindingCard, Standing, Trial
from desktop.window import tokens as t
from desktop.window.kit import Card, column, empty, label, row
from desktop.window.main.page_parts import Actions, Glyph, Hairline, Tile, Track, flowing
from desktop.window.theme import Theme
from desktop.words import say

INDENT = 56
"""Where words begin on a card: right of the tile."""


class Pill(QWidget):
    """A word about how something stands, on a ground of its tone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone = theme, "", "text2"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_state(self, text: str, tone: str) -> None:
        """Another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The word with room around it."""
        width = self._theme.metrics(t.NOTE, t.SEMIBOLD).horizontalAdvance(self._text)
        return QSize(width + 34, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A dot in the tone, and the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 13, 13)
        painter.setBrush(self._theme.colour(self._tone))
        painter.drawEllipse(QRectF(11, 10, 6, 6))
        painter.setFont(self._theme.font(t.NOTE, t.SEMIBOLD))
        painter.setPen(self._theme.colour("text"))
        where = self.rect().adjusted(23, 0, -8, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self._text)


class DeviceWidget(Card):
    """One device."""

    done = Signal(str)

    def __init__(self, theme: Theme, one: DeviceCard, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._title = flowing(theme, weight=t.SEMIBOLD)
        self._about = flowing(theme, size=t.BUTTON, colour="text2")
        self._note = flowing(theme, size=t.BUTTON, colour="text2")
        self.pill = Pill(theme)
        self.actions_row = Actions(theme)
        self.actions_row.done.connect(self.done)
        self._lines = column(space=0)
        self._standings: dict[str, StandingWidget] = {}
        tile = Tile(theme, one.icon)
        top = row(tile, column(self._title, self._about, space=2), self.pill, space=16)
        top.setStretch(1, 1)
        top.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        top.setAlignment(self.pill, Qt.AlignmentFlag.AlignTop)
        note = row(INDENT, self._note, space=0)
        acts = row(INDENT, self.actions_row, None, space=0)
        self.setLayout(column(top, note, acts, self._lines, space=8, margins=(16, 16, 16, 14)))

    @property
    def note(self) -> str:
        """What is said of the device as a whole."""
        return self._note.text()

    @property
    def standings(self) -> list[StandingWidget]:
        """The rows of its models."""
        return list(self._standings.values())

    def show_device(self, one: DeviceCard, heads: Sequence[str], why: str) -> None:
        """The device as it is now."""
        self.setAccessibleName(one.title)
        self._title.setText(one.title)
        self._about.setText(one.about)
        self._note.setText(one.note)
        self._note.setVisible(bool(one.note))
        self.pill.show_state(one.state, one.tone)
        self.actions_row.show_actions(one.actions)
        if [each.key for each in one.standings] != list(self._standings):
            empty(self._lines)
            self._standings = {}
            for each in one.standings:
                self._lines.addSpacing(0 if self._standings else 4)
                self._lines.addWidget(Hairline(self._theme))
                made = self._standings[each.key] = StandingWidget(self._theme)
                self._lines.addWidget(made)
        for each in one.standings:
            self._standings[each.key].show_standing(each, heads, why)


class StandingWidget(QWidget):
    """One model on the device: how it stands, and behind "Why?" each size with its figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._glyph = Glyph(theme, "check", "good")
        self._name = flowing(theme, size=t.BUTTON, weight=t.MEDIUM)
        self._words = flowing(theme, size=t.BUTTON, colour="text2")
        self.why = QToolButton()
        self.why.setCheckable(True)
        self.why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.why.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the word
        self.why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why.toggled.connect(self._unfold)
        theme.changed.connect(self._chevron)
        self._table = Card(theme, ground="sunken", radius=t.RADIUS)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._table.setLayout(self._grid)
        self._table.hide()
        top = row(20, self._glyph, 20, column(self._name, self._words, space=2), self.why, space=0)
        top.setStretch(3, 1)
        top.setSpacing(0)
        top.setAlignment(self._glyph, Qt.AlignmentFlag.AlignTop)
        below = row(INDENT, self._table, space=0)
        self.setLayout(column(top, below, space=8, margins=(0, 10, 0, 10)))
        self._chevron()

    @property
    def words(self) -> str:
        """How the model stands."""
        return self._words.text()

    @property
    def unfolded(self) -> bool:
        """Whether the explanation is seen."""
        return not self._table.isHidden()

    def show_standing(self, one: Standing, heads: Sequence[str], why: str) -> None:
        """The model as it stands now."""
        if (one, tuple(heads), why) == self._shown:
            return
        self._shown = (one, tuple(heads), why)
        self._glyph.show_icon(one.icon, one.tone)
        self._name.setText(one.name)
        self._words.setText(one.words)
        self.why.setText(why)
        self.why.setAccessibleName(f"{why} {one.name}: {one.words}")
        self.why.setVisible(bool(one.trials))
        if not one.trials:
            self.why.setChecked(False)
        self._fill(one.trials, heads)

    def _fill(self, trials: Sequence[Trial], heads: Sequence[str]) -> None:
        empty(self._grid)
        self._cells(0, heads, "text3", t.MEDIUM)
        line = 1
        for trial in trials:
            cells = (trial.size, trial.here, trial.processor, trial.share, trial.same)
            self._cells(line, cells, "text", t.REGULAR)
            line += 1
            if trial.reason:
                words = label(
                    self._theme,
                    say("devices.not_used_because", why=trial.reason),
                    size=t.NOTE,
                    colour="text2",
                    wrap=True,
                )
                self._grid.addWidget(words, line, 0, 1, 5)
                line += 1

    def _cells(self, line: int, cells: Sequence[str], colour: str, weight: int) -> None:
        for place, text in enumerate(cells):
            cell = label(self._theme, text, size=t.NOTE, colour=colour, weight=weight, wrap=place in (0, 4))
            side = Qt.AlignmentFlag.AlignLeft if place in (0, 4) else Qt.AlignmentFlag.AlignRight
            cell.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(cell, line, place)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(4, 1)

    def _unfold(self, on: bool) -> None:
        self._table.setVisible(on)
        self._chevron()

    def _chevron(self) -> None:
        on = self.why.isChecked()
        self.why.setIcon(self._theme.icon("chevron-down" if on else "chevron-right", "accent" if on else "text2", 16))
        self.why.setIconSize(QSize(16, 16))


class DoctorWidget(Card):
    """The examination: a sentence, two buttons, and what was found."""

    done = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._shown: tuple[FindingCard, ...] = ()
        self._title = flowing(theme, weight=t.SEMIBOLD)
        self._note = flowing(theme, size=t.BUTTON, colour="text2")
        self._track = Track(theme)
        self._track.hide()
        self._well_glyph = Glyph(theme, "check", "good")
        self._well = flowing(theme, size=t.BUTTON)
        self.buttons = Actions(theme)
        self.buttons.done.connect(self.done)
        self._findings = column(space=0)
        self._healthy = QWidget()
        healthy = row(INDENT, self._well_glyph, 8, self._well, space=0)
        healthy.setStretch(3, 1)
        self._healthy.setLayout(healthy)
        tile = Tile(theme, "shield")
        top = row(tile, column(self._title, self._note, space=2), space=16)
        top.setStretch(1, 1)
        top.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        acts = row(INDENT, self.buttons, None, space=0, margins=(0, 4, 0, 0))
        track = row(INDENT, self._track, space=0)
        self.setLayout(column(top, track, self._healthy, acts, self._findings, space=8, margins=(16, 16, 16, 16)))

    @property
    def findings(self) -> tuple[FindingCard, ...]:
        """What is shown of the last examination."""
        return self._shown

    @property
    def well(self) -> str:
        """What is said when nothing was found."""
        return "" if self._healthy.isHidden() else self._well.text()

    def show_doctor(self, one: Doctor) -> None:
        """The examination as it is now."""
        self._title.setText(one.title)
        self._note.setText(one.note)
        self.setAccessibleName(one.title)
        self.buttons.show_actions(one.actions)
        self._track.setVisible(one.working)
        self._track.setAccessibleName(one.note)
        self._track.show_share(-1.0)
        self._healthy.setVisible(bool(one.well))
        self._well.setText(one.well)
        if one.findings != self._shown:
            self._shown = one.findings
            empty(self._findings)
            for each in one.findings:
                self._findings.addSpacing(0 if self._findings.count() else 4)
                self._findings.addWidget(Hairline(self._theme))
                self._findings.addWidget(self._found(each))

    def _found(self, one: FindingCard) -> QWidget:
        """One finding: headline, remedy, the doctor's own sentences, and the button that helps."""
        texts = column(flowing(self._theme, one.title, size=t.BUTTON, weight=t.MEDIUM), space=2)
        texts.addWidget(flowing(self._theme, one.todo, size=t.BUTTON, colour="text2"))
        if one.detail:
            detail = flowing(self._theme, one.detail, size=t.NOTE, colour="text3")
            detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(detail)
        act = Actions(self._theme)
        act.done.connect(self.done)
        glyph = Glyph(self._theme, one.icon, one.tone)
        whole = row(20, glyph, 20, texts, 16, act, space=0, margins=(0, 10, 0, 10))
        whole.setStretch(3, 1)
        whole.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        whole.setAlignment(act, Qt.AlignmentFlag.AlignTop)
        made = QWidget()
        made.setAccessibleName(one.title)
        made.setLayout(whole)
        act.show_actions((one.action,) if one.action is not None else ())
        return made
