"""Starting in the background when the person logs in: an entry of their own, that only their yes writes.

`command` is always the program's words (`homespun`, or a Python with `-m desktop`); what starts in the background is added
here. On Windows it is the launcher.
"""

from __future__ import annotations

import plistlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installer.shell.files import sealed
from installer.shell.places import Places
from installer.shell.quoting import desktop_exec
from installer.shell.record import content_of, replace
from installer.shell.registry import Registry, current_user
from installer.verbs import PROGRAM

ARGUMENTS = ("app", "--background")
LAUNCHED = "background"
"""The same for the launcher of Windows, which takes a request's name."""
LABEL = "homespun.background"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_OFF = ("Hidden=true", "X-GNOME-Autostart-enabled=false")
"""What a desktop's own dialog of start-up programs writes into an entry that it switches off."""
_COMMENT = {
    "en": "Homespun waits in the background, for its key and for right-click",
    "de": "Homespun wartet im Hintergrund, auf seine Taste und auf das Menü der rechten Maustaste",
}


def enabled(places: Places | None = None, registry: Registry | None = None) -> bool:
    """Whether the program starts when the person logs in."""
    at = places or Places.here()
    if at.platform == "win32":
        return (registry or current_user()).get(RUN_KEY, PROGRAM) is not None
    content = content_of(_entry(at))
    if content is None:
        return False
    lines = content.decode("utf-8", "replace").splitlines()
    return at.platform == "darwin" or not any(line.replace(" ", "") in _OFF for line in lines)


def enable(command: Sequence[str], places: Places | None = None, registry: Registry | None = None) -> None:
    """Have `command` started in the background from the next log-in on. Raises `OSError`."""
    at = places or Places.here()
    if at.platform == "win32":
        line = subprocess.list2cmdline([*command, LAUNCHED])
        (registry or current_user()).set(RUN_KEY, PROGRAM, line)
        return
    path = _entry(at)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, _agent(command) if at.platform == "darwin" else sealed(_desktop_entry(command), command), 0o644)


def disable(places: Places | None = None, registry: Registry | None = None) -> None:
    """Have it started no more: the entry goes, whatever a dialog of start-up programs wrote into it. Raises `OSError`."""
    at = places or Places.here()
    if at.platform == "win32":
        (registry or current_user()).delete(RUN_KEY, PROGRAM)
        return
    _entry(at).unlink(missing_ok=True)


def _entry(places: Places) -> Path:
    """The file that is ours by its name: of the desktop's id, and of the agent's label."""
    if places.platform == "darwin":
        return places.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    return places.config_home / "autostart" / "homespun.desktop"


def _desktop_entry(command: Sequence[str]) -> str:
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={PROGRAM}",
            f"Comment={_COMMENT['en']}",
            f"Comment[de]={_COMMENT['de']}",
            f"Exec={desktop_exec((*command, *ARGUMENTS))}",
            "Icon=homespun",
            "Terminal=false",
            "NoDisplay=true",
            "X-GNOME-Autostart-enabled=true",
            "",
        ]
    )


def _agent(command: Sequence[str]) -> bytes:
    return plistlib.dumps(
        {"Label": LABEL, "ProgramArguments": [*command, *ARGUMENTS], "RunAtLoad": True, "ProcessType": "Interactive"}
    )
