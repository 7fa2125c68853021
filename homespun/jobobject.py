"""Windows: a job object around a process of ours, so that it can't outlive the app, however the app ends."""

from __future__ import annotations

import ctypes
import sys

_PROCESS_MEMORY = 0x00000100
_ACTIVE_PROCESS = 0x00000008
_PRIORITY_CLASS = 0x00000020
_DIE_ON_EXCEPTION = 0x00000400
_KILL_ON_CLOSE = 0x00002000
_BELOW_NORMAL = 0x00004000
_EXTENDED_LIMITS = 9
_UI_RESTRICTIONS = 4
_ALL_UI = 0xFF


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("Basic", _Basic),
        ("IoCounters", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """A job that holds one process; closing it ends what is in it. Only on Windows; elsewhere it does nothing."""

    def __init__(self, process: int, *, confined_to: int = 0) -> None:
        """Put the process with the handle `process` into a new job; raises `OSError`.

        With `confined_to` it may have so many bytes of memory, starts no other process, has low priority, and may neither
        use the clipboard nor touch the screen.
        """
        self._handle = ctypes.c_void_p(None)
        if sys.platform == "win32":
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._handle = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
            self._check(bool(self._handle))
            limits = _Extended()
            limits.Basic.LimitFlags = _KILL_ON_CLOSE
            wanted: list[tuple[int, ctypes.Structure | ctypes.c_uint32]] = [(_EXTENDED_LIMITS, limits)]
            if confined_to:
                limits.Basic.LimitFlags |= _PROCESS_MEMORY | _ACTIVE_PROCESS | _PRIORITY_CLASS | _DIE_ON_EXCEPTION
                limits.Basic.ActiveProcessLimit = 1
                limits.Basic.PriorityClass = _BELOW_NORMAL
                limits.ProcessMemoryLimit = confined_to
                wanted.append((_UI_RESTRICTIONS, ctypes.c_uint32(_ALL_UI)))
            for kind, value in wanted:
                done = self._kernel.SetInformationJobObject(
                    self._handle, kind, ctypes.byref(value), ctypes.sizeof(value)
                )
                self._check(bool(done))
            self._check(bool(self._kernel.AssignProcessToJobObject(self._handle, ctypes.c_void_p(process))))

    def close(self) -> None:
        """End what still runs in the job, and let go of it."""
        if sys.platform == "win32" and self._handle:
            self._kernel.CloseHandle(self._handle)
            self._handle = ctypes.c_void_p(None)

    def _check(self, done: bool) -> None:
        """Raise what Windows says where a call failed, with nothing left open."""
        if sys.platform == "win32" and not done:
            error = ctypes.WinError(ctypes.get_last_error())
            self.close()
            raise error
