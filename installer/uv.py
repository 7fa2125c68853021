"""Finding uv, which makes the locks and proves the wheels, and starting it free of this machine's settings."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installer.failure import ExitCode, Failure

LEAKY = (
    "UV_FIND_LINKS",
    "UV_EXTRA_INDEX_URL",
    "UV_INDEX",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_PRERELEASE",
    "UV_RESOLUTION",
)
"""Settings of the person's that would change what a lock says. Their mirror (UV_DEFAULT_INDEX) and proxy may stay."""


def find_uv(scripts: Path) -> Path:
    """uv from the environment whose scripts lie in `scripts`, or else from the PATH. Raises `Failure` (12)."""
    found = shutil.which("uv", path=str(scripts)) or shutil.which("uv")
    if found is None:
        raise Failure(
            ExitCode.LIBRARY,
            "This needs uv, which is not in .venv and not on the PATH.",
            "Run python3 -m installer test once, which brings it, or install uv from your package index.",
        )
    return Path(found)


def clean_environment() -> dict[str, str]:
    """The environment for uv: no extra indexes, the system's certificates, pip's mirror where uv has none."""
    environment = {name: value for name, value in os.environ.items() if name not in LEAKY}
    environment["UV_SYSTEM_CERTS"] = "1"
    mirror = os.environ.get("PIP_INDEX_URL")
    if mirror and "UV_INDEX_URL" not in environment:
        environment.setdefault("UV_DEFAULT_INDEX", mirror)
    return environment
