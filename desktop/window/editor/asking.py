"""Questions to the person: which file, how large, and whether changes may be lost. None of them holds up the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QMessageBox, QSpinBox, QWidget

from desktop.window import tokens as t
from desktop.window.kit import Segmented, button, column, label, row
from desktop.window.theme import Theme, mark
from desktop.words import say

PICTURES = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif *.avif *.jxl"
LARGEST = 50_000
SHARES = (("100", "100 %"), ("50", "50 %"), ("25", "25 %"))
Found = Callable[[Path], None]


def ask_to_open(parent: QWidget, title: str, then: Found, beside: Path | None = None) -> QFileDialog:
    """The system's dialog for an existing picture: in the folder of `beside`, else where people keep theirs."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if beside is not None and beside.parent.is_dir():
        dialog.setDirectory(str(beside.parent))
    else:
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    words = say("editor.pictures")
    dialog.setNameFilter(f"{words} ({PICTURES} {PICTURES.upper()})")
    return _shown(dialog, then)


def ask_where(
    parent: QWidget, title: str, proposed: Path, then: Found, otherwise: Callable[[], None] | None = None
) -> QFileDialog:
    """The system's dialog for a new file; it asks itself before it replaces one. `otherwise` when it is closed."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    words = say("editor.pictures")
    dialog.setNameFilter(f"{words} (*.png *.jpg *.webp *.tif)")
    dialog.setDefaultSuffix(proposed.suffix.lstrip(".") or "png")
    if proposed.parent.is_dir():
        dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    if otherwise is not None:
        dialog.rejected.connect(otherwise)
    return _shown(dialog, then)


def _shown(dialog: QFileDialog, then: Found) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    return dialog


def ask_to_close(parent: QWidget, changes: int, save: Callable[[], None], leave: Callable[[], None]) -> QMessageBox:
    """The one question that stops everything, because something would be lost."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(say("common.app"))
    box.setText(say("editor.close.question", count=max(1, changes)))
    keep = box.addButton(say("editor.save"), QMessageBox.ButtonRole.AcceptRole)
    lose = box.addButton(say("editor.close.lose"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(say("common.cancel"), QMessageBox.ButtonRole.RejectRole)
    mark(keep, "accent", True)
    words, grid = box.findChild(QLabel, "qt_msgbox_label"), box.layout()
    if words is not None and grid is not None:  # in line with the buttons, and with room, like our other questions
        words.setIndent(0)
        words.setContentsMargins(0, 0, 0, 12)
        grid.setContentsMargins(24, 20, 24, 20)
        if isinstance(grid, QGridLayout):
            grid.removeWidget(words)
            grid.addWidget(words, 0, 0, 1, grid.columnCount())  # over the place of an icon, too
    box.setDefaultButton(keep)
    box.setEscapeButton(stay)
    keep.clicked.connect(save)
    lose.clicked.connect(leave)
    box.open()
    return box


class SizeQuestion(QDialog):
    """How large the exported picture should be; sides keep their proportion."""

    def __init__(
        self, theme: Theme, size: tuple[int, int], then: Callable[[tuple[int, int]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("editor.export"))
        self._size, self._then = size, then
        self._shares = Segmented(theme, SHARES, name=say("editor.export.share"))
        self._shares.chosen.connect(lambda value: self._set_width(max(1, round(size[0] * int(value) / 100))))
        self._width, self._height = QSpinBox(), QSpinBox()
        for spin, name in ((self._width, say("editor.export.width")), (self._height, say("editor.export.height"))):
            spin.setRange(1, LARGEST)
            spin.setSuffix(" px")
            # NoButtons with a stylesheet leaves the field a width of one pixel (6.11.3)
            spin.setStyleSheet("QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }")
            spin.setAccessibleName(name)
            spin.setMinimumWidth(104)
            spin.lineEdit().setTextMargins(10, 0, 10, 0)
            spin.lineEdit().setProperty("plain", True)  # the frame is the box's
        self._width.valueChanged.connect(self._set_width)
        self._height.valueChanged.connect(
            lambda value: self._set_width(max(1, round(value * size[0] / size[1])), value)
        )
        self._set_width(size[0])
        choose = button(say("editor.export.choose"), accent=True)
        cancel = button(say("common.cancel"))
        choose.clicked.connect(self._chosen)
        cancel.clicked.connect(self.reject)
        choose.setDefault(True)
        head = label(theme, say("editor.export.head"), size=t.HEAD, weight=t.SEMIBOLD)
        sides = row(self._width, label(theme, "×", colour="text2"), self._height, None, space=8)
        parts = column(head, 4, row(self._shares, None), sides, 12, row(None, cancel, choose, space=8), space=12)
        parts.setContentsMargins(24, 20, 24, 20)
        self.setLayout(parts)
        self.setMinimumWidth(360)

    @property
    def size_chosen(self) -> tuple[int, int]:
        """Width and height."""
        return self._width.value(), self._height.value()

    def _set_width(self, width: int, height: int | None = None) -> None:
        fitting = height if height is not None else max(1, round(width * self._size[1] / self._size[0]))
        for spin, value in ((self._width, width), (self._height, fitting)):
            spin.blockSignals(True)
            spin.setValue(value)
            spin.blockSignals(False)

    def _chosen(self) -> None:
        size = self.size_chosen
        self.accept()
        self._then(size)
