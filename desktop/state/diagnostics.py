"""What helps whoever looks for a fault: versions, settings and the end of the log, without the person's names."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from desktop.state.sizes import size_words
from desktop.words import say
from homespun import __version__
from homespun.errors import HomespunError
from homespun.settings import Settings, describe, load, value_of

TAIL = 20_000
"""Bytes of the newest log that are copied."""


class Diagnostics:
    """The log folder (None = there is none), and the text for the clipboard."""

    def __init__(self, settings: Path, folder: Path | None) -> None:
        self._settings = settings
        self.folder = folder

    @property
    def there(self) -> list[Path]:
        """The logs, the newest first."""
        if self.folder is None or not self.folder.is_dir():
            return []
        found = [one for one in self.folder.iterdir() if one.is_file() and ".log" in one.name]
        return sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)

    def text(self) -> str:
        """Everything for the clipboard. The person's folder is written as ~."""
        lines = [f"Homespun {__version__}", f"Python {sys.version.split()[0]}", platform.platform(), ""]
        lines += self._changed()
        logs = self.there
        if logs:
            with suppress(OSError), logs[0].open("rb") as stream:
                stream.seek(max(0, logs[0].stat().st_size - TAIL))
                lines += ["", f"[{logs[0].name}]", stream.read().decode("utf-8", "replace")]
        return _private("\n".join(lines))

    def delete(self) -> int:
        """Delete the logs and give how many that were; one that is being written stays."""
        many = 0
        for one in self.there:
            with suppress(OSError):
                one.unlink()
                many += 1
        return many

    def _changed(self) -> list[str]:
        """The settings that are not the default; of texts only that they are set."""
        try:
            settings = load(self._settings)
        except HomespunError as error:
            return [str(error)]
        found = []
        for one in describe():
            value = value_of(settings, one.key)
            if value != value_of(Settings(), one.key):
                told = f"{len(value)} lines" if isinstance(value, tuple) else value
                found.append(f"{one.key} = {'set' if one.key.endswith('.mirror') else told}")
        return found


def words_of(logs: Sequence[Path]) -> str:
    """How many logs there are, and how much that is."""
    if not logs:
        return say("settings.logs_empty")
    size = size_words(sum(one.stat().st_size for one in logs))
    return say("settings.logs_note", count=len(logs), size=size)


def _private(text: str) -> str:
    with suppress(RuntimeError):
        home = Path.home()
        text = text.replace(str(home), "~")
        if len(home.name) > 2:
            text = text.replace(home.name, "<user>")
    return text
