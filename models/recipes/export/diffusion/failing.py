"""What stopped an export, in words: whoever waits for its lines gets one for every error, not for the expected alone."""

from __future__ import annotations

from homespun.errors import HomespunError, NoPermission, NoSpace, is_disk_full

FAILED = 70
"""The exit code of what wasn't expected (EX_SOFTWARE of sysexits): 1 says that the files are too far from PyTorch."""

NO_ROOM = "no space left on device"

NO_MEMORY = ("can't allocate memory", "not enough memory", "failed to allocate memory", "bad alloc", "bad_alloc")
"""How torch and ONNX Runtime say it; they have no exception of their own for it."""

LONGEST = 300
"""Letters of another library's message: some tell whole graphs."""


def told_of(error: Exception) -> tuple[HomespunError, int]:
    """What to say of `error`, and the exit code."""
    if isinstance(error, HomespunError):
        return error, int(error.code)
    text = str(error).lower()
    if (isinstance(error, OSError) and is_disk_full(error)) or NO_ROOM in text:
        full = NoSpace(
            "The disk became full during the export.",
            "Make room and run the same again: it goes on with the part that it was at.",
        )
        return full, int(full.code)
    if isinstance(error, PermissionError):
        closed = NoPermission(
            f"The export may not read or write {error.filename or 'a file'}.",
            "Change the permissions of its folder, or name another one.",
        )
        return closed, int(closed.code)
    if isinstance(error, MemoryError) or any(words in text for words in NO_MEMORY):
        return HomespunError(
            "The memory was not enough for the export.",
            "Close other programs and run the same again: it goes on with the part that it was at.",
        ), FAILED
    lines = str(error).strip().splitlines()
    words = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return HomespunError(
        f"The export stopped at something unexpected: {words[:LONGEST].rstrip('.')}.",
        "Run the same again. If it stops there once more, add --debug and send us what it prints.",
    ), FAILED
