"""macOS: a Quick Action for each verb, below `Library/Services`. Written by the documentation; nobody has run one yet.

A Quick Action is a bundle with a workflow of one step, "Run Shell Script". The script is the same text for everybody: the
command that it starts stands in a file beside it, one word a line, the last first, so no path is ever a part of a script.
"""

from __future__ import annotations

import plistlib
import shlex
import uuid
from pathlib import Path
from typing import Any

from installer.shell.entries import command, flat
from installer.shell.files import File, Wish, Written
from installer.shell.places import Places
from installer.verbs import VERBS, On, Verb

_TYPES = {On.PICTURES: "public.image", On.FOLDERS: "public.folder"}
_WORKFLOW_TYPES = {
    On.PICTURES: "com.apple.Automator.fileSystemObject.image",
    On.FOLDERS: "com.apple.Automator.fileSystemObject",
}
_IDS = uuid.UUID("6a1c9c52-6d3f-4f0e-9a51-3f5f2f5d5b8e")
"""From this the ids in a workflow are made, so that the same wish gives the same bytes."""
_SCRIPT = """\
while IFS= read -r word; do set -- "$word" "$@"; done < "$HOME"/{command}
exec "$@"
"""


def files(wish: Wish) -> tuple[File, ...]:
    """Three files a verb: what the bundle is, what it does, and the command."""
    services = wish.places.home / "Library" / "Services"
    found = []
    for verb in VERBS:
        contents = Path(f"homespun-{verb.name}.workflow") / "Contents"
        words = "".join(f"{word}\n" for word in reversed(command(wish, verb)))
        found += [
            File(services / contents / "Info.plist", plistlib.dumps(_info(wish, verb))),
            File(services / contents / "document.wflow", plistlib.dumps(_workflow(verb, contents / "Resources"))),
            File(services / contents / "Resources" / "command", words.encode()),
        ]
    return tuple(found)


def _info(wish: Wish, verb: Verb) -> dict[str, Any]:
    return {
        "CFBundleIdentifier": f"homespun.menu.{verb.name}",
        "CFBundleName": flat(verb.label(wish.one_language)),
        "CFBundlePackageType": "BNDL",
        "CFBundleShortVersionString": "1.0",
        "NSServices": [
            {
                "NSMenuItem": {"default": flat(verb.label(wish.one_language))},
                "NSMessage": "runWorkflowAsService",
                "NSRequiredContext": {"NSApplicationIdentifier": "com.apple.finder"},
                "NSSendFileTypes": [_TYPES[verb.on]],
            }
        ],
    }


def _workflow(verb: Verb, resources: Path) -> dict[str, Any]:
    def new_id(what: str) -> str:
        return str(uuid.uuid5(_IDS, f"{verb.name} {what}")).upper()

    beside = Path("Library") / "Services" / resources / "command"
    parameters = {
        "COMMAND_STRING": _SCRIPT.format(command=shlex.quote(beside.as_posix())),
        "CheckedForUserDefaultShell": True,
        "inputMethod": 1,  # as arguments, not on standard input
        "shell": "/bin/sh",
        "source": "",
    }
    action = {
        "AMAccepts": {"Container": "List", "Optional": True, "Types": ["com.apple.cocoa.path"]},
        "AMActionVersion": "2.0.3",
        "AMApplication": ["Automator"],
        "AMProvides": {"Container": "List", "Types": ["com.apple.cocoa.string"]},
        "ActionBundlePath": "/System/Library/Automator/Run Shell Script.action",
        "ActionName": "Run Shell Script",
        "ActionParameters": parameters,
        "BundleIdentifier": "com.apple.RunShellScript",
        "CFBundleVersion": "2.0.3",
        "CanShowSelectedItemsWhenRun": False,
        "CanShowWhenRun": True,
        "Class Name": "RunShellScriptAction",
        "InputUUID": new_id("input"),
        "OutputUUID": new_id("output"),
        "UUID": new_id("action"),
        "isViewVisible": True,
    }
    return {
        "AMApplicationBuild": "523",
        "AMApplicationVersion": "2.10",
        "AMDocumentVersion": "2",
        "actions": [{"action": action, "isViewVisible": True}],
        "connectors": {},
        "workflowMetaData": {
            "serviceInputTypeIdentifier": _WORKFLOW_TYPES[verb.on],
            "serviceApplicationBundleID": "com.apple.finder",
            "serviceProcessesInput": 0,
            "workflowTypeIdentifier": "com.apple.Automator.servicesMenu",
        },
    }


def here(places: Places) -> bool:
    """Finder is on every Mac."""
    return places.platform == "darwin"


FINDER = Written(
    "finder",
    "Finder",
    here,
    files,
    "If Finder does not show the entries, switch them on in System Settings, under Extensions, Finder.",
)
