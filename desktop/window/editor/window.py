"""The editor's window: a bar above, the picture, and the tools that float on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.state.doors import Doors
from desktop.state.editing.snapshot import EditorSnapshot, Notice
from desktop.state.editor_line import EditorLine
from desktop.window.bound import Bound
from desktop.window.editor.asking import ask_to_close, ask_where
from desktop.window.editor.badge import ZoomBadge
from desktop.window.editor.canvas import CanvasView
from desktop.window.editor.deeds import Deeds
from desktop.window.editor.dragging import FileHandle
from desktop.window.editor.dropping import brings, brought
from desktop.window.editor.empty import DropFrame, Empty, Opening
from desktop.window.editor.intents import EditorIntents
from desktop.window.editor.menu import MoreMenu
from desktop.window.editor.notices import NoticeBar
from desktop.window.editor.raised import AROUND
from desktop.window.editor.shortcuts import of_key
from desktop.window.editor.toolbar import ToolCard
from desktop.window.editor.topbar import TopBar
from desktop.window.kit import ProgressLine
from desktop.window.taborder import focusable, set_order
from desktop.window.theme import Theme
from desktop.words import say

BELOW = 28
"""From the tools to the window's lower edge."""
EDGE = 24
GONE = 2.0
"""A share that shows no progress line."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class EditorWindow(QWidget):
    """One picture in one window. `closed` when it is gone, so that the app can let go of its state; `stays` when it isn't
    although it was told to close: the person, or a disk that is full, wants it so."""

    closed = Signal()
    stays = Signal()

    def __init__(
        self,
        theme: Theme,
        state: EditorIntents,
        doors: Doors,
        parent: QWidget | None = None,
        *,
        line: EditorLine | None = None,
    ) -> None:
        """`line`: the pictures that wait until an editor is closed."""
        super().__init__(parent, Qt.WindowType.Window)
        self._state = state
        self._snapshot = EditorSnapshot()
        self._notice: Notice | None = None
        self._leaving = self._saving_to_close = False
        self._asked: QMessageBox | None = None
        self.setMinimumSize(900, 600)
        self.resize(1080, 700)
        self.setAcceptDrops(True)
        self.canvas = CanvasView(theme, state, self)
        self.deeds = Deeds(theme, state, doors, self, self.canvas, self.say_here, self._dismiss, self._want_words)
        self.menu = MoreMenu(self.do, self)
        self._handle = FileHandle(theme, state, self._small)
        self.top = TopBar(theme, self._handle, self.menu, self, line=line)
        self.line = ProgressLine(theme, self)
        self.tools = ToolCard(theme, state, self.canvas)
        self.notices = NoticeBar(theme, state, self.canvas)
        self.badge = ZoomBadge(theme, self.canvas)
        self.empty = Empty(theme, self.canvas)
        self._opening = Opening(theme, self.canvas)
        self._over = DropFrame(theme, self.canvas)
        theme.dress(self)
        self._connect()
        self._bound = Bound(state, self)  # type: ignore[arg-type]
        self._bound.changed.connect(lambda: self._show(self._state.snapshot()))
        parts = (self.top, self.canvas, self.empty, self.tools, self.badge)
        set_order(found for part in parts for found in focusable(part))
        self.canvas.setFocus()
        self._show(state.snapshot())

    # what is shown

    def _show(self, snapshot: EditorSnapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        title = f"{snapshot.title} – {say('common.app')}" if snapshot.title else say("common.app")
        self.setWindowTitle(f"{'[*]' if snapshot.unsaved else ''}{title}")
        if self.isWindowModified() != snapshot.unsaved:
            self.setWindowModified(snapshot.unsaved)
        self.canvas.show_snapshot(snapshot)
        for part in (self.top, self.menu, self._handle, self.tools):
            part.show_snapshot(snapshot)
        there = snapshot.display is not None
        self.tools.setVisible(snapshot.stage != "empty")
        self.badge.setVisible(there)
        self.empty.setVisible(snapshot.stage == "empty")
        self._opening.setVisible(snapshot.stage == "opening" and not there)
        self._opening.set_title(snapshot.title)
        working = snapshot.working
        self.line.show_share(
            GONE if working is None and snapshot.stage != "opening" else working.share if working else None
        )
        if (snapshot.notice, snapshot.path) != (before.notice, before.path):
            self._notice = None
        self._show_notices()
        self._announce(before, snapshot)
        if snapshot.asking_where and snapshot.asking_where != before.asking_where:
            self._ask_where(Path(snapshot.asking_where))
        if self._saving_to_close:
            self._close_when_saved(before, snapshot)

    def _show_notices(self) -> None:
        self.notices.show_notice(
            self._notice or self._snapshot.notice, self._snapshot.done, own=self._notice is not None
        )
        self._place()

    def _announce(self, before: EditorSnapshot, snapshot: EditorSnapshot) -> None:
        """Say aloud what a person would see in the bar: that a job ended, or why it did not."""
        told = snapshot.notice or snapshot.done
        if told is not None and told != (before.notice or before.done):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, told.words))

    def say_here(self, words: str, tone: str = "info") -> None:
        """A notice of the window itself."""
        self._notice = Notice(tone, words)
        self._show_notices()

    def _want_words(self) -> None:
        self.tools.want_words()

    def _dismiss(self) -> bool:
        """Take it away; whether there was one."""
        there, self._notice = self._notice is not None, None
        self._show_notices()
        return there

    def _place(self) -> None:
        """Lay out what floats."""
        width, height = self.canvas.width(), self.canvas.height()
        tools = self.tools.sizeHint()
        left = (width - tools.width()) // 2
        top = height - BELOW - tools.height() + AROUND
        self.tools.setGeometry(left, top, tools.width(), tools.height())
        badge = self.badge.sizeHint()
        beside = width - 16 - badge.width() >= left + tools.width() - AROUND + 8
        self.badge.setGeometry(
            width - 16 - badge.width(),
            height - BELOW - badge.height() if beside else 16,
            badge.width(),
            badge.height(),
        )
        covered = 0
        if not self.notices.isHidden():
            free = tools.width()
            tall = self.notices.height_at(free)
            at = top + AROUND - 12 - (tall - AROUND) if not self.tools.isHidden() else height - tall - 12
            aside = self._hides_result(at + AROUND)
            self.notices.setGeometry(left, 12 - AROUND if aside else at, free, tall)
            self.notices.raise_()
            covered = 0 if aside else tall - 2 * AROUND
        for part in (self.empty, self._opening):
            part.move((width - part.width()) // 2, (height - part.height()) // 2)
        self._over.setGeometry(0, 0, width, height)
        self.canvas.set_insets(EDGE, EDGE, EDGE, BELOW + tools.height() - 2 * AROUND + 20)
        self.canvas.set_spare(covered)

    def _hides_result(self, top: int) -> bool:
        """Whether a bar from there down would lie on what it speaks of, or on a third of it."""
        done = self._snapshot.done
        if done is None or self._notice or self._snapshot.notice:
            return False
        _, above, _, below = self.canvas.camera.rect_of(*done.box)
        return below - max(above, top * self.canvas.density) > (below - above) / 3

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Everything keeps its place."""
        self.top.setGeometry(0, 0, self.width(), self.top.height())
        bar = self.top.height() if not self.top.isHidden() else 0
        self.canvas.setGeometry(0, bar, self.width(), self.height() - bar)
        self.line.setGeometry(0, bar, self.width(), 2)
        self.line.raise_()
        self._place()

    # what is done

    def do(self, name: str) -> None:
        """Do what a row of the table of shortcuts, or of the menu, is named."""
        self.deeds.do(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that nobody inside wanted."""
        shortcut = of_key(event)
        if shortcut is None:
            super().keyPressEvent(event)
        elif shortcut.held:
            if not event.isAutoRepeat():
                self._hold(shortcut.name, True)
        elif shortcut.name in ("ring", "ring_fine"):
            dx, dy = _ARROWS[Qt.Key(event.key())]
            step = 10 if shortcut.name == "ring" else 1
            self.canvas.nudge(dx * step, dy * step)
        elif shortcut.repeats or not event.isAutoRepeat():
            self.do(shortcut.name)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What was held is let go, whatever the modifiers are by now."""
        shortcut = of_key(event)
        if shortcut is not None and shortcut.held and not event.isAutoRepeat():
            self._hold(shortcut.name, False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A window that is left holds no keys."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._hold("unpaint", False)
            self._hold("paint", False)
            if self._snapshot.compare == "hold":
                self._hold("original", False)
        super().changeEvent(event)

    def _hold(self, name: str, held: bool) -> None:
        if name == "unpaint":
            self.canvas.hold_unpaint(held)
        elif name == "paint":
            self.canvas.hold_paint(held)
        elif self._snapshot.edited or not held:
            if held:
                self._state.want_original()
            self._state.compare_hold(held)

    def _connect(self) -> None:
        self.top.done.connect(self.do)
        self.top.held.connect(lambda held: self._hold("original", held))
        self.canvas.zoomed.connect(self.badge.show_zoom)
        self.badge.wanted.connect(self.do)
        self.empty.wants_open.connect(self.deeds.open)
        self.empty.wants_paste.connect(self.deeds.paste)
        self.notices.dismissed.connect(self._dismiss)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show where it would go."""
        if brings(event.mimeData()) and event.source() is not self._handle:
            event.acceptProposedAction()
            self._hover_drop(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Gone again."""
        self._hover_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take it."""
        self._hover_drop(False)
        found = brought(event.mimeData())
        if found.nothing:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.deeds.take(found)

    def _hover_drop(self, over: bool) -> None:
        self.empty.set_over(over)
        self._over.setVisible(over and self._snapshot.stage != "empty")
        self._over.raise_()

    def _small(self) -> QPixmap:
        """The picture as it hangs at the pointer when it is dragged out."""
        picture = self.canvas.picture
        return QPixmap() if picture is None else QPixmap.fromImage(picture.small(96, self.canvas.density))

    def _ask_where(self, proposed: Path) -> None:
        """The state wants to know where to save."""

        def nowhere() -> None:
            if self._saving_to_close:
                self._saving_to_close = False
                self.stays.emit()
            self._state.save_nowhere()

        ask_where(self, say("editor.save"), proposed, self._state.save_as, nowhere)

    # the end

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Changes that were not saved are asked about; nothing else is."""
        now = self._state.snapshot()
        if now.writing and not self._leaving:
            event.ignore()
            self._saving_to_close = True  # a moment later
            return
        if not now.unsaved or self._leaving:
            self._bound.release()
            self._state.close()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.raise_()
        self.activateWindow()  # whoever leaves the whole app may not see this window
        if self._asked is None:
            self._asked = ask_to_close(self, now.changes, self._save_and_close, self._leave)
            self._asked.finished.connect(self._answered)
            # queued, because the button's own answer comes after this
            self._asked.finished.connect(self._stay, Qt.ConnectionType.QueuedConnection)

    def let_go(self) -> None:
        """Close without a word to the state: another window shows it from now on."""
        self._bound.release()
        self.hide()
        self.deleteLater()

    def _answered(self) -> None:
        self._asked = None

    def _stay(self) -> None:
        if not self._leaving and not self._saving_to_close:
            self.stays.emit()

    def _save_and_close(self) -> None:
        self._saving_to_close = True
        self._state.save()

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _close_when_saved(self, before: EditorSnapshot, snapshot: EditorSnapshot) -> None:
        """A save that failed says so in its bar, and the window stays."""
        if snapshot.writing:
            return
        if not snapshot.unsaved:
            self._saving_to_close = False
            self.close()
        elif (
            snapshot.notice is not None
            and snapshot.notice != before.notice
            and snapshot.notice.tone in ("warning", "danger")
        ):
            self._saving_to_close = False
            self.stays.emit()
