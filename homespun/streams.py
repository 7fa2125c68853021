"""The pipes that a worker process was started with, taken for itself."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO


def take_streams(*, buffered: bool = True, prints: bool = True) -> tuple[BinaryIO, BinaryIO]:
    """What this process reads from and writes to, on descriptors that nobody else knows.

    With `buffered`, what is written has to be flushed. Standard input is empty from now on. What a library prints goes to
    standard error, or nowhere without `prints`: it must not end up in the middle of an answer. On Windows the system's own
    notes of the streams are changed too: a library that is loaded asks there what kind of file standard input is, and that
    question waits as long as a thread reads from the same pipe. Call it before a second thread begins.
    """
    source = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb", buffering=-1 if buffered else 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2 if prints else nothing, 1)
    os.close(nothing)
    if sys.platform == "win32":
        _tell_windows()
    return source, out


def _tell_windows() -> None:
    """Say to Windows which handles descriptors 0 and 1 have: without a console, `dup2` alone tells only the C library."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        for standard, descriptor in ((-10, 0), (-11, 1)):
            handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
            ctypes.windll.kernel32.SetStdHandle(ctypes.c_uint32(standard & 0xFFFFFFFF), handle)
