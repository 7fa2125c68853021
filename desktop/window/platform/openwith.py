"""Opening a file in the program that the system has for it, or in one that the person chooses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop.cli.opener import launch, runs_when_opened
from desktop.window.platform.bus import PORTAL, PORTAL_PATH, Bus, Failed, session_bus
from desktop.window.platform.messages import Variant
from desktop.window.platform.reveal import Trouble, gone
from desktop.words import say
from homespun.errors import NoConsent, NoPermission, NotFound

# AppleScript takes the words and the path as arguments, so that no name can become a part of the script.
_CHOOSE = """on run arguments
set chosen to choose application with prompt (item 1 of arguments) as alias
do shell script "open -a " & quoted form of POSIX path of chosen & " -- " & quoted form of (item 2 of arguments)
end run"""


def open_file(path: Path) -> None:
    """Open `path` as a double click would. Raises `NotFound`, and `NoConsent` for what would run."""
    if not path.exists():
        raise gone(path)
    if runs_when_opened(path):
        raise NoConsent(say("platform.would_run", name=path.name), say("platform.would_run_todo"))
    launch(path)


def open_with(path: Path, failed: Trouble, *, bus: Bus | None = None, window: int = 0) -> None:
    """Let the person choose the program. Raises `NotFound` and `NoPermission`; `failed` hears what comes later. `window` is the asking one."""
    if not path.exists():
        raise gone(path)
    if sys.platform == "win32":
        _on_windows(path, window)
    elif sys.platform == "darwin":
        asked = say("platform.choose_program", name=path.name)
        subprocess.Popen(["/usr/bin/osascript", "-e", _CHOOSE, asked, path], start_new_session=True)
    else:
        _on_linux(path, failed, bus or session_bus())


def _on_linux(path: Path, failed: Trouble, bus: Bus | None) -> None:
    """The portal's own dialogue; it takes the open file, so that it works from a sandbox too."""
    trouble = _no_choice()

    def answered(answer: object) -> None:
        if isinstance(answer, Failed):
            failed(trouble)

    if bus is None:
        failed(trouble)
        return
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise NoPermission(say("platform.unreadable", name=path.name), say("platform.unreadable_todo")) from error
    try:
        options = {"ask": Variant("b", True)}
        member = "org.freedesktop.portal.OpenURI.OpenFile"
        bus.ask(PORTAL, PORTAL_PATH, member, "sha{sv}", "", handle, options, then=answered)
    finally:
        os.close(handle)  # the message keeps a copy


def _on_windows(path: Path, window: int) -> None:
    import ctypes
    from ctypes import POINTER, Structure, byref, c_int, c_void_p, c_wchar_p

    class OpenAsInfo(Structure):
        _fields_ = (("file", c_wchar_p), ("kind", c_wchar_p), ("flags", c_int))

    shell = ctypes.windll.shell32  # type: ignore[attr-defined,unused-ignore]
    shell.SHOpenWithDialog.argtypes = [c_void_p, POINTER(OpenAsInfo)]
    execute_and_hide_always = 0x4 | 0x20
    cancelled = -2147023673
    info = OpenAsInfo(str(path), None, execute_and_hide_always)
    result = shell.SHOpenWithDialog(window or None, byref(info))
    if result < 0 and result != cancelled:
        raise _no_choice()


def _no_choice() -> NotFound:
    """What to say where the system has no dialogue for this."""
    return NotFound(say("platform.no_choice"), say("platform.no_choice_todo"))
