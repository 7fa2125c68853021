"""Waits for the message window "Homespun", prints its words as JSON and closes it. python press.py [PICTURE MOMENT]"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from ctypes import wintypes

USER = ctypes.windll.user32  # type: ignore[attr-defined]
USER.FindWindowW.restype = wintypes.HWND
USER.FindWindowExW.restype = wintypes.HWND
USER.FindWindowExW.argtypes = [wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR]
CLOSE = 0x0010


def text_of(window: int) -> str:
    """A window's words."""
    room = ctypes.create_unicode_buffer(2048)
    USER.GetWindowTextW(wintypes.HWND(window), room, 2048)
    return room.value


until = time.monotonic() + 90
while not (window := USER.FindWindowW("#32770", "Homespun")):
    if time.monotonic() > until:
        sys.exit("no message came")
    time.sleep(0.05)
time.sleep(float(sys.argv[1]) if len(sys.argv) > 1 else 0)
words = []
child = USER.FindWindowExW(window, None, "Static", None)
while child:
    words.append(text_of(child))
    child = USER.FindWindowExW(window, child, "Static", None)
sys.stdout.write(json.dumps(words) + "\n")
sys.stdout.flush()
USER.PostMessageW(wintypes.HWND(window), CLOSE, 0, 0)
