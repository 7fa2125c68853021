"""The models of this computer, for the window: listed, brought, checked and removed in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import models
from desktop.workers.calls import Call, Handler
from homespun.errors import HomespunError, NoConsent
from homespun.files import free_space
from homespun.folders import folders
from homespun.settings import Models as Rules
from homespun.settings import load


def open_service() -> Mapping[str, Handler]:
    """list, get, verify, remove, shelf."""
    return {"list": _list, "get": _get, "verify": _verify, "remove": _remove, "shelf": _shelf}


def _rules() -> Rules:
    """What the person set. A broken file forbids downloads: nobody can know what it was to say."""
    try:
        return load(folders().settings).models
    except HomespunError:
        return Rules(allow_downloads="never")


def _list(_call: Call) -> dict[str, Any]:
    """Every model with what a card shows of it, and what downloads are allowed."""
    rules = _rules()
    return {
        "models": [_listed(one) for one in models.listing()],
        "downloads": rules.allow_downloads,
        "mirror": rules.mirror,
        "free": free_space(folders().models),
    }


def _listed(one: models.Listed) -> dict[str, Any]:
    model = one.model
    offer = models.offer(model.id)
    return {
        "id": model.id,
        "title": model.title,
        "task": model.task.value,
        "licence": model.licence,
        "terms": model.terms,
        "origin": model.origin,
        "size": model.size,
        "estimated": offer.estimated,
        "hosts": list(offer.hosts),
        "source": one.source.value if one.source else "",
        "bundled": model.bundled,
        "partial": one.partial,
        "given": model.ship is not models.Ship.NO,
        "pinned": model.pinned,
    }


def _get(call: Call) -> dict[str, Any]:
    """Bring `model`: from the folder `mirror`, else by a download, to which the person said yes in this call."""
    mirror = str(call.arguments.get("mirror") or "")
    agreed = bool(call.arguments.get("agreed")) and not mirror
    if agreed and _rules().allow_downloads == "never":  # it may have changed since the list was shown
        raise NoConsent("Downloads are switched off.", "Switch them on in Settings, or add the model from a folder.")
    located = models.get(
        call.arguments["model"],
        consent=agreed,
        mirror=Path(mirror).expanduser().absolute() if mirror else None,
        progress=call.progress,
    )
    return {"source": located.source.value}


def _verify(call: Call) -> dict[str, Any]:
    """Each file of `model` with what its sha256 says."""
    checked = models.verify(call.arguments["model"], call.progress)
    bad = (models.FileState.MISSING, models.FileState.WRONG_SIZE, models.FileState.WRONG_HASH)
    return {"files": len(checked), "wrong": [one.name for one in checked if one.state in bad]}


def _remove(call: Call) -> dict[str, Any]:
    """Delete what was downloaded of `model`, whole or partial."""
    return {"bytes": models.remove(call.arguments["model"])}


def _shelf(call: Call) -> dict[str, Any]:
    """Which models a folder holds: one folder each, or the folder of one model itself."""
    folder = Path(call.arguments["folder"])
    here = {one.model.id for one in models.installed()}
    known = [model for model in models.catalog() if model.id not in here]
    there = [model.id for model in known if (folder / model.id).is_dir()]
    if not there and any(model.id == folder.name for model in models.catalog()):
        folder = folder.parent
        there = [model.id for model in known if model.id == Path(call.arguments["folder"]).name]
    return {
        "folder": str(folder),
        "models": there,
        "known": [m.id for m in models.catalog() if (folder / m.id).is_dir()],
    }
