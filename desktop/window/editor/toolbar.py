"""The tools: which one, how it is set, how long it will take, and the one button that does it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QWidget

from desktop.state.editing.choices import FACTORS, TOOLS
from desktop.state.editing.snapshot import EditorSnapshot
from desktop.state.editing.wording import painting_words
from desktop.window import tokens as t
from desktop.window.editor.fillrow import MarkRow, MoreRow, WordsRow
from desktop.window.editor.intents import EditorIntents
from desktop.window.editor.pointers import Brush, Pointers
from desktop.window.editor.raised import AROUND, Raised
from desktop.window.kit import Elided, Segmented, button, column, label, row, tool_button
from desktop.window.theme import Theme, mark
from desktop.words import say

WIDTH, HEIGHT = 640, 104
ROW = 40
"""One more row, with the room above it."""
GROW = 4
"""Pixels by which a selection grows or shrinks at a click."""


class ToolCard(Raised):
    """Paints the snapshot's tool and passes on what is chosen."""

    def __init__(self, theme: Theme, state: EditorIntents, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._state = state
        self._widest = WIDTH + 2 * AROUND
        self._taller = 2 * (theme.target - t.TARGET)
        self.setAccessibleName(say("editor.tools"))
        words = {
            "erase": say("editor.tool.erase"),
            "fill": say("editor.tool.fill"),
            "enlarge": say("editor.tool.enlarge"),
            "select": say("editor.tool.select"),
        }
        tips = {
            "erase": say("editor.tip.erase"),
            "fill": say("editor.tip.fill"),
            "enlarge": say("editor.tip.enlarge"),
            "select": say("editor.tip.select"),
        }
        self._tools: dict[str, QToolButton] = {}
        for name in TOOLS:
            made = tool_button(theme, name, words[name], words=True, checkable=True, tip=tips[name], parent=self)
            made.setText(f" {words[name]}")  # Qt leaves too little between the icon and its word
            made.setStyleSheet(f"min-height: {theme.target - 8}px; padding: 5px 12px 5px 10px;")
            made.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self._tools[name] = made
        self._estimate = Elided(theme, size=t.NOTE, colour="text2")
        self._act = _ActButton(theme, self)
        self._act.clicked.connect(self._pressed)
        self._erase = _EraseRow(theme, state)
        self._select = _SelectRow(theme, state)
        self._enlarge = _EnlargeRow(theme, state)
        self._words, self._marks, self._more = WordsRow(theme, state), MarkRow(theme, state), MoreRow(theme, state)
        for part in (self._words, self._more):
            part.over.connect(self._to_canvas)
        self._stack = _Stack(self._erase, self._words, self._enlarge, self._select)
        self._snapshot = EditorSnapshot()
        self._words_wanted = False
        longest = painting_words("step 40 of 40, about 40 s left")
        self._room = theme.metrics(t.NOTE).horizontalAdvance(longest) + 2
        self._first = row(*self._tools.values(), space=4)
        self._first.addSpacing(16)
        self._first.addStretch(1)
        self._estimate.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._first.addWidget(self._estimate)
        self._first.addSpacing(8)
        self._second: QHBoxLayout = row(self._stack, self._act.button, space=12)
        self._second.setStretch(0, 1)
        below = column(self._marks, self._second, self._more, space=8)
        self.setLayout(column(self._first, below, space=15, margins=(AROUND + 12, AROUND + 8, AROUND + 12, AROUND + 8)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        """Show this."""
        before, self._snapshot = self._snapshot, snapshot
        for name, made in self._tools.items():
            made.setVisible(name in snapshot.tools)
            made.setChecked(name == snapshot.tool)
        self._estimate.set_text((snapshot.working.note if snapshot.working is not None else "") or snapshot.estimate)
        self._stack.setCurrentIndex(TOOLS.index(snapshot.tool) if snapshot.tool in TOOLS else 0)
        self._erase.show_snapshot(snapshot)
        self._select.show_snapshot(snapshot)
        self._enlarge.show_snapshot(snapshot)
        for part in (self._words, self._marks, self._more):
            part.show_snapshot(snapshot)
        fills = snapshot.tool == "fill"
        self._marks.setVisible(fills)
        self._more.setVisible(fills and snapshot.negative_shown)
        if fills and before.tool == "fill" and snapshot.negative_shown and not before.negative_shown:
            self._more.take_focus()
        if fills and self._words_wanted:
            self._words.take_focus()
        self._words_wanted = False
        self._act.show_button(snapshot)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """640 × 104 and the shadow; wider where a language needs it, higher by what filling needs."""
        room = max(0, self._room - self._estimate.sizeHint().width()) if "fill" in self._snapshot.tools else 0
        self._widest = max(self._widest, super().sizeHint().width() + room)  # it never jumps between tools, nor at work
        more = (not self._marks.isHidden()) + (not self._more.isHidden())
        return QSize(self._widest, HEIGHT + 2 * AROUND + self._taller + more * (ROW + self._taller // 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, and a line between the rows."""
        super().paintEvent(event)
        painter = QPainter(self)
        down = AROUND + 53 + self._taller // 2
        painter.fillRect(AROUND + 12, down, self.width() - 2 * AROUND - 24, 1, self._theme.colour("line"))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click between the controls is not one on the picture."""
        event.accept()

    def want_words(self) -> None:
        """Filling was chosen: where something is marked, or it was chosen before, the next thing is to say what."""
        if self._snapshot.tool == "fill":
            self._words.take_focus()
        else:
            self._words_wanted = not self._snapshot.mask_empty

    def _choose(self, name: str) -> None:
        self._tools[name].setChecked(True)
        if name == "fill":
            self.want_words()
        self._state.set_tool(name)

    def _pressed(self) -> None:
        self._state.act()
        self._to_canvas()

    def _to_canvas(self) -> None:
        parent = self.parentWidget()
        if parent is not None:  # the canvas: its keys go on working after a click here
            parent.setFocus(Qt.FocusReason.MouseFocusReason)


class _Stack(QStackedWidget):
    """As wide as the widest of its parts, so that the card doesn't change its width with the tool."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        for part in parts:
            self.addWidget(part)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest part."""
        hints = [part.sizeHint() for part in self._parts]
        return QSize(max(one.width() for one in hints), max(36, *(one.height() for one in hints)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()


class _ActButton:
    """The accent button; while something runs it stops it, and is quiet."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.button = button("", accent=True, parent=parent)
        self.button.setFixedHeight(max(36, theme.target))
        self.clicked = self.button.clicked

    def show_button(self, snapshot: EditorSnapshot) -> None:
        wanted = snapshot.button
        self.button.setText(wanted.words)
        self.button.setAccessibleName(wanted.words)
        self.button.setEnabled(wanted.enabled)
        self.button.setToolTip(wanted.tip)
        metrics = QFontMetrics(self.button.font())
        self.button.setMinimumWidth(max(92, metrics.horizontalAdvance(wanted.words) + 44))
        mark(self.button, "accent", not wanted.stops)


class _EraseRow(QWidget):
    """Pointer, brush, quality."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__()
        self._pointers = Pointers(theme, state, ("brush", "click", "lasso", "box"))
        self._brush = Brush(theme, state)
        options = (
            ("instant", say("editor.quality.instant")),
            ("balanced", say("editor.quality.balanced")),
            ("best", say("editor.quality.best")),
        )
        self._quality = Segmented(theme, options, name=say("editor.quality"))
        self._quality.chosen.connect(state.set_quality)
        words = label(theme, say("editor.quality"), size=t.BUTTON, colour="text2")
        layout = row(self._pointers, 8, self._brush, None, words, 8, self._quality, space=0)
        self.setLayout(layout)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        self._pointers.show_snapshot(snapshot)
        self._brush.show_snapshot(snapshot)
        self._quality.set_value(snapshot.quality)
        self._quality.set_off(snapshot.qualities_off)
        self._quality.setToolTip(snapshot.quality_tips.get(snapshot.quality, ""))


class _SelectRow(QWidget):
    """Pointer, brush, and how the selection is changed as a whole."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__()
        self._pointers = Pointers(theme, state, ("click", "box", "lasso", "brush"))
        self._brush = Brush(theme, state)
        self._grow = _word_button(say("editor.grow"))
        self._shrink = _word_button(say("editor.shrink"))
        self._invert = _word_button(say("editor.invert"))
        self._grow.clicked.connect(lambda: state.grow_mask(GROW))
        self._shrink.clicked.connect(lambda: state.grow_mask(-GROW))
        self._invert.clicked.connect(state.invert_mask)
        layout = row(self._pointers, 8, self._brush, None, self._grow, self._shrink, self._invert, space=0)
        self.setLayout(layout)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        self._pointers.show_snapshot(snapshot)
        self._brush.show_snapshot(snapshot)
        for made in (self._grow, self._shrink):
            made.setEnabled(not snapshot.mask_empty)
        self._invert.setEnabled(snapshot.mask is not None)


class _EnlargeRow(QWidget):
    """How many times, what kind of picture, and what comes out."""

    def __init__(self, theme: Theme, state: EditorIntents) -> None:
        super().__init__()
        factors = tuple((str(factor), f"{factor}×") for factor in FACTORS)
        self._factor = Segmented(theme, factors, name=say("editor.factor"))
        self._factor.chosen.connect(lambda value: state.set_factor(int(value)))
        styles = (("faithful", say("editor.style.faithful")), ("restore", say("editor.style.restore")))
        self._style = Segmented(theme, styles, name=say("editor.style"))
        self._style.chosen.connect(state.set_style)
        self._size = Elided(theme, size=t.NOTE, colour="text2")
        layout = row(self._factor, self._style, self._size, space=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_snapshot(self, snapshot: EditorSnapshot) -> None:
        self._factor.set_value(str(snapshot.factor))
        self._factor.set_off(frozenset(str(one) for one in FACTORS if one not in snapshot.factors))
        self._style.set_value(snapshot.style)
        self._size.set_text(snapshot.result_size)


def _word_button(words: str) -> QToolButton:
    """A tool with a word alone."""
    made = QToolButton()
    made.setText(words)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
