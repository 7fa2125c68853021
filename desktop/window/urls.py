"""Files as addresses, for the clipboard and for drags; exact, where Qt would change a name that is no text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from desktop.window.platform.reveal import file_uri


def url_of(path: Path) -> QUrl:
    """The file's address."""
    if os.name == "nt":  # names are text there, and drives have an address of their own form
        return QUrl.fromLocalFile(str(path))
    return QUrl.fromEncoded(file_uri(path).encode())


def path_of(url: QUrl) -> Path:
    """The file of a local address."""
    if os.name == "nt" or url.host():
        return Path(url.toLocalFile())
    return Path(os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded))))


def files_in(data: QMimeData) -> list[Path]:
    """The files and folders among what is dragged or was copied."""
    return [path_of(url) for url in data.urls() if url.isLocalFile()]


def data_of(paths: Iterable[Path]) -> QMimeData:
    """The files themselves, for a drag or the clipboard."""
    data = QMimeData()
    data.setUrls([url_of(path) for path in paths])
    return data
