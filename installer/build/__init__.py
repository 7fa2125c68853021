"""What people download, made on Linux: `python -m installer build windows|linux|manifest`. Each has a room of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from installer.failure import ExitCode, Failure

if TYPE_CHECKING:
    from installer.environment import Builder

__all__ = ["run"]

HELP = """\
usage: python3 -m installer build windows|linux|manifest [OPTION]…

  windows    an installer and a portable archive (docs/windows.md)
  linux      a .deb and a wheel (docs/linux.md)
  manifest   what installed programs are told of a new version (docs/updates.md)

Each explains itself: python3 -m installer build windows --help"""


def run(builder: Builder, words: Sequence[str]) -> int:
    """`build SYSTEM …`: the exit code. Raises `Failure`."""
    system, rest = (words[0], list(words[1:])) if words else ("", [])
    if system in ("-h", "--help"):
        print(HELP)
        return int(ExitCode.OK)
    if system == "windows":
        from installer.build.windows import build
    elif system == "linux":
        from installer.build.linux import build
    elif system == "manifest":
        from installer.build.release import build
    else:
        raise Failure(
            ExitCode.USAGE,
            f"There is nothing to build for {system!r}." if system else "Which system?",
            "Say: python3 -m installer build windows, build linux, or build manifest. Each explains itself with --help.",
        )
    return build(builder, rest)
