"""Newer versions of Homespun: asked for only when the person agreed, believed only when our key signed them.

`standing()` says without a network what runs and how newer versions come here. `check` asks the server, with one GET that
says nothing about this computer; `install` downloads, verifies, unpacks beside the running version, tries it, and switches.
`roll_back` goes back to the version before. docs/updates.md tells the format and what each attack runs into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from homespun.doors import lazily

if TYPE_CHECKING:
    from desktop.updates.apply import Step, install, roll_back
    from desktop.updates.asking import Found, Verdict, check
    from desktop.updates.installed import Standing, standing
    from desktop.updates.keys import Trust, trust
    from desktop.updates.manifest import Manifest, Offer

__all__ = [
    "Found",
    "Manifest",
    "Offer",
    "Standing",
    "Step",
    "Trust",
    "Verdict",
    "check",
    "install",
    "roll_back",
    "standing",
    "trust",
]

_WHERE = {
    **dict.fromkeys(("Found", "Verdict", "check"), "desktop.updates.asking"),
    **dict.fromkeys(("Step", "install", "roll_back"), "desktop.updates.apply"),
    **dict.fromkeys(("Trust", "trust"), "desktop.updates.keys"),
    **dict.fromkeys(("Manifest", "Offer"), "desktop.updates.manifest"),
    **dict.fromkeys(("Standing", "standing"), "desktop.updates.installed"),
}

if not TYPE_CHECKING:
    __getattr__ = lazily(__name__, _WHERE)
