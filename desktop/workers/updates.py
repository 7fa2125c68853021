"""Newer versions, as the window asks for them. Only `update_check` and `update_install` talk to a server: after a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.updates.places import cache_folder, memory_file, server
from desktop.workers.calls import Call, Handler, Told

if TYPE_CHECKING:
    from desktop.updates import Found
    from installer.versions import Installation


def open_service() -> dict[str, Handler]:
    """All that can be asked."""
    return {
        "update_status": status,
        "update_check": check,
        "update_install": install,
        "update_back": back,
    }


def status(_call: Call) -> Told:
    """Without a network: {kind, version, server, why_not, previous, next, refused, failed, checked, newest}."""
    return _standing()


def check(call: Call) -> Told:
    """Ask the server. As `status`, and {verdict, found, bytes, notes}."""
    here, found = _found(call)
    return {**_standing(), **_told(here, found)}


def install(call: Call) -> Told:
    """{again}: bring the newest version, from the next start on. Parts: {step}. As `check`, and {installed}."""
    from desktop.updates import install as bring

    here, found = _found(call)
    version = bring(
        found,
        here,
        cache_folder(),
        call.progress,
        again=bool(call.arguments.get("again")),
        tell=lambda step: call.tell({"step": str(step)}),
    )
    return {**_standing(), **_told(here, found), "installed": version}


def back(_call: Call) -> Told:
    """Go back to the version before, from the next start on. As `status`, and {left}."""
    from desktop.updates import roll_back
    from installer.versions import this_installation

    left, _ = roll_back(this_installation(), cache_folder())
    return {**_standing(), "left": left}


def _found(call: Call) -> tuple[Installation, Found]:
    from desktop.updates import check as ask
    from desktop.updates import trust
    from installer.versions import this_installation

    here = this_installation()
    return here, ask(here, trust(here, server=server()), memory_file(), call.progress)


def _told(here: Installation, found: Found) -> dict[str, Any]:
    return {
        "running": here.version,
        "verdict": str(found.verdict),
        "found": found.manifest.version,
        "bytes": found.file.size if found.file is not None else 0,
        "notes": dict(found.manifest.notes),
    }


def _standing() -> dict[str, Any]:
    from desktop.updates import standing

    now = standing(server=server(), memory=memory_file())
    return {
        "kind": str(now.kind),
        "version": now.version,
        "server": now.server,
        "why_not": now.why_not,
        "previous": now.previous,
        "next": now.next,
        "refused": now.refused,
        "failed": now.failed,
        "checked": now.checked.isoformat() if now.checked else None,
        "newest": now.newest,
    }
