"""A named pipe that only this person and the system may open, and only on this computer.

Python's own has Windows' usual rights: everybody may read from it, which is enough to keep its one thread busy, and other
computers may knock. Only imported on Windows.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

REJECT_REMOTE_CLIENTS = 0x8
FIRST_INSTANCE = 0x0008_0000
OVERLAPPED = 0x4000_0000
DUPLEX = 0x3
MESSAGES = 0x4 | 0x2
"""PIPE_TYPE_MESSAGE and PIPE_READMODE_MESSAGE."""
UNLIMITED = 255
ROOM = 8192
"""Bytes that a message may have before its sender has to wait."""

if sys.platform == "win32":
    import _winapi
    import ctypes
    from ctypes import wintypes
    from multiprocessing import connection as connections

    class _Attributes(ctypes.Structure):
        """SECURITY_ATTRIBUTES."""

        _fields_ = [
            ("size", wintypes.DWORD),
            ("descriptor", wintypes.LPVOID),
            ("inherited", wintypes.BOOL),
        ]

    _PipeListener: Any = connections.PipeListener

    class OwnListener(_PipeListener):  # type: ignore[misc]
        """`multiprocessing`'s listener, whose every instance has these rights."""

        def __init__(self, address: str) -> None:
            """Raises `OSError` when somebody listens at `address` already, or Windows tells no rights."""
            self._rights = _only_mine()
            super().__init__(address)

        def _new_handle(self, first: bool = False) -> int:
            return _winapi.CreateNamedPipe(
                self._address,
                DUPLEX | OVERLAPPED | (FIRST_INSTANCE if first else 0),
                MESSAGES | REJECT_REMOTE_CLIENTS,
                UNLIMITED,
                ROOM,
                ROOM,
                0,
                ctypes.addressof(self._rights),
            )

        if TYPE_CHECKING:

            def accept(self) -> Connection: ...

    def _only_mine() -> _Attributes:
        """Rights for this person and the system. The descriptor lives as long as the process. Raises `OSError`."""
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        make = security.ConvertStringSecurityDescriptorToSecurityDescriptorW
        make.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, ctypes.POINTER(wintypes.LPVOID), wintypes.LPVOID]
        found = _Attributes(ctypes.sizeof(_Attributes), None, False)
        place = wintypes.LPVOID()
        if not make(f"D:P(A;;FA;;;SY)(A;;FA;;;{_own_sid()})", 1, ctypes.byref(place), None):
            raise ctypes.WinError(ctypes.get_last_error())
        found.descriptor = place
        return found

    def _own_sid() -> str:
        """Who runs this process, as S-1-5-… Raises `OSError`."""
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        kernel.LocalFree.argtypes = [wintypes.LPVOID]
        security.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
        security.ConvertSidToStringSidW.argtypes = [wintypes.LPVOID, ctypes.POINTER(wintypes.LPWSTR)]
        security.GetTokenInformation.argtypes = [
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
            ctypes.POINTER(wintypes.DWORD),
        ]
        query, user = 0x8, 1
        token = wintypes.HANDLE()
        if not security.OpenProcessToken(kernel.GetCurrentProcess(), query, ctypes.byref(token)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            room = (ctypes.c_void_p * 32)()  # TOKEN_USER: a pointer to the SID, and the SID behind it
            size = wintypes.DWORD()
            text = wintypes.LPWSTR()
            told = security.GetTokenInformation(token, user, room, ctypes.sizeof(room), ctypes.byref(size))
            if not told or not security.ConvertSidToStringSidW(room[0], ctypes.byref(text)):
                raise ctypes.WinError(ctypes.get_last_error())
        finally:
            kernel.CloseHandle(token)
        try:
            return str(text.value)
        finally:
            kernel.LocalFree(text)
