"""What a device said, without what it says about a person: paths, names of users and of the computer."""

from __future__ import annotations

import getpass
import os
import platform
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

LONGEST = 500

ROOTS = (
    "Applications|Library|System|Users|Volumes|app|bin|boot|data|dev|etc|home|lib|lib64|media|mnt|nix|opt|private|proc"
    "|root|run|sbin|snap|srv|sys|tmp|usr|var|workspace"
)
"""What a path begins with on Linux and macOS. Names of nodes look like paths too, and are worth keeping."""

_STEP = r"""[^/\\:*?"'<>|\r\n]+"""
_END = r"""[^\s/\\:*?"'<>|,;)\]]*"""

WINDOWS = re.compile(rf"(?:(?:file:///?|\\\\[?.]\\)?\b[A-Za-z]:[\\/]|\\\\(?={_STEP}\\))(?:{_STEP}[\\/]+)*{_END}")

TELLING = re.compile(r"[\w.-]*\.(?:onnx|ort|dll|so|dylib|bin|cc|cpp|h)\b[\w.]*$")
"""Names of files that tell an engineer something and say nothing about a person."""


def cleaned(text: str) -> str:
    """`text` on one line of at most 500 characters, with `<path>` and `<user>` in place of what is private."""
    text = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()
    text = WINDOWS.sub(_last, text)
    text = _posix().sub(_last, text)
    for name in _private():
        text = re.sub(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", "<user>", text, flags=re.IGNORECASE)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _last(found: re.Match[str]) -> str:
    name = TELLING.search(re.split(r"[\\/]", found.group().rstrip("."))[-1])
    return f"<path>/{name.group()}" if name else "<path>"


@cache
def _posix() -> re.Pattern[str]:
    here = []
    with suppress(OSError):
        here = [re.escape(name) for name in os.listdir("/") if name.isascii()] if os.sep == "/" else []
    roots = "|".join([ROOTS, *here])
    return re.compile(rf"(?:file://|(?<![\w.>/]))(?:~|/(?:{roots})(?=/))/(?:{_STEP}/+)*{_END}")


@cache
def _private() -> tuple[str, ...]:
    """Names of this person and computer that are long enough to tell; the longest first."""
    names = {platform.node(), platform.node().partition(".")[0]}
    with suppress(OSError, KeyError, ImportError):
        names.add(getpass.getuser())
    with suppress(RuntimeError):
        names.add(Path.home().name)
    return tuple(sorted((name for name in names if len(name) > 2), key=len, reverse=True))
