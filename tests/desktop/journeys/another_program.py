"""The window that a person works in: it says when it is there, and what is typed into it when it is ended."""

from __future__ import annotations

import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit


def main() -> None:
    app = QApplication(["another"])
    field = QLineEdit()
    field.resize(400, 60)
    field.show()
    field.activateWindow()

    def there() -> None:
        if field.isActiveWindow():
            print("there", flush=True)
            waiting.stop()

    def end(_number: int, _frame: object) -> None:
        print(field.text(), flush=True)
        sys.stdout.flush()
        app.exit(0)

    signal.signal(signal.SIGTERM, end)
    waiting = QTimer()
    waiting.timeout.connect(there)
    waiting.start(20)
    breathing = QTimer()  # Python hears signals only while it runs
    breathing.timeout.connect(lambda: None)
    breathing.start(20)
    app.exec()


if __name__ == "__main__":
    main()
