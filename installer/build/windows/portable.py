"""The archive of the program folder: for sticks and for computers where nothing may be installed, and for updates.

The same folder gives the same bytes: names are sorted, all files have the time of the last commit, and Python's zlib packs.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

from installer.build.windows.stage import Stage

FOLDER = "Homespun"
EARLIEST = 315_532_800
"""1980-01-01: no archive of this kind knows an earlier time."""


def make_portable(stage: Stage, out: Path) -> Path:
    """Pack the stage into `out`; the archive's path."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"Homespun-{stage.version}-{stage.platform.name}.zip"
    at = datetime.fromtimestamp(max(stage.time, EARLIEST), UTC)
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    found = sorted(
        (path.relative_to(stage.folder).as_posix(), path) for path in stage.folder.rglob("*") if path.is_file()
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in found:
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return target
