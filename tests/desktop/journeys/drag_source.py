"""Another program's window, from which a file can be dragged. Words: FILE."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """A label that is the file."""

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to drag."""
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag.setMimeData(data)
        print(drag.exec(Qt.DropAction.CopyAction).name, flush=True)


def main() -> None:
    app = QApplication(["source"])
    source = Source("a file")
    source.setGeometry(4, 24, 90, 60)
    source.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
    source.show()
    QTimer.singleShot(300, lambda: print("there", flush=True))
    app.exec()


if __name__ == "__main__":
    main()
