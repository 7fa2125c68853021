"""Showing the file manager with a file chosen in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from desktop.cli.opener import launch
from desktop.window.platform.bus import Bus, Failed, session_bus
from desktop.words import say
from homespun.errors import HomespunError, NotFound

Trouble = Callable[[HomespunError], None]

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"


def reveal(paths: Sequence[Path], failed: Trouble, *, bus: Bus | None = None, token: str = "") -> None:
    """Show `paths`, which lie in one folder. Raises `NotFound`; `failed` hears what comes later."""
    there = [path for path in paths if path.exists() or path.is_symlink()]
    if not there:
        raise gone(paths[0])
    if sys.platform == "win32":
        _on_windows(there)
    elif sys.platform == "darwin":
        subprocess.Popen(["/usr/bin/open", "-R", "--", *there], start_new_session=True)
    else:
        _on_linux(there, failed, bus or session_bus(), token)


def gone(path: Path) -> NotFound:
    """What to say of a file that is not there any more."""
    return NotFound(say("platform.gone", name=path.name), say("platform.gone_todo"))


def file_uri(path: Path) -> str:
    """The file:// address of a path, its bytes exact."""
    return "file://" + quote(os.fsencode(path))


def _on_linux(paths: list[Path], failed: Trouble, bus: Bus | None, token: str) -> None:
    def open_folder() -> None:
        """Desktops without that service still have a program for folders."""
        try:
            launch(paths[0].parent)
        except HomespunError as error:
            failed(error)

    def answered(answer: object) -> None:
        if isinstance(answer, Failed):
            open_folder()

    if bus is None:
        open_folder()
        return
    uris = [file_uri(path) for path in paths]
    bus.ask(_SERVICE, _PATH, f"{_SERVICE}.ShowItems", "ass", uris, token, then=answered)


def _on_windows(paths: list[Path]) -> None:
    """`SHOpenFolderAndSelectItems`: `explorer /select,` fails at commas in names. Raises `NotFound`."""
    import ctypes
    from ctypes import POINTER, c_uint, c_ulong, c_void_p, c_wchar_p

    shell, ole = ctypes.windll.shell32, ctypes.windll.ole32  # type: ignore[attr-defined,unused-ignore]
    shell.ILCreateFromPathW.restype = c_void_p
    shell.ILCreateFromPathW.argtypes = [c_wchar_p]
    shell.ILFree.argtypes = [c_void_p]
    shell.SHOpenFolderAndSelectItems.argtypes = [c_void_p, c_uint, POINTER(c_void_p), c_ulong]
    ole.CoInitialize(None)
    folder = shell.ILCreateFromPathW(str(paths[0].parent))
    items = [item for path in paths if (item := shell.ILCreateFromPathW(str(path)))]
    try:
        chosen = (c_void_p * len(items))(*items)
        if not folder or shell.SHOpenFolderAndSelectItems(folder, len(items), chosen, 0) < 0:
            raise NotFound(say("platform.no_file_manager"), say("platform.no_file_manager_todo", path=paths[0].parent))
    finally:
        for item in (*items, folder):
            if item:
                shell.ILFree(item)
        ole.CoUninitialize()
