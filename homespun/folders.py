"""Where Homespun keeps its things. `HOMESPUN_HOME` overrides all of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from homespun.errors import NoPermission


@dataclass(frozen=True)
class Folders:
    """The four places: `data` (the index), `cache` (can be made again), `config`, `models` (downloads)."""

    data: Path
    cache: Path
    config: Path
    models: Path

    @property
    def index(self) -> Path:
        """The one SQLite file of the search index."""
        return self.data / "index.sqlite"

    @property
    def ledger(self) -> Path:
        """The one SQLite file of what was proved on devices."""
        return self.data / "devices.sqlite"

    @property
    def settings(self) -> Path:
        """The one settings file."""
        return self.config / "homespun.toml"


def folders() -> Folders:
    """The folders of this person on this system, or those below `HOMESPUN_HOME`. Nothing is created."""
    home = os.environ.get("HOMESPUN_HOME")
    if home:
        base = Path(home).expanduser().absolute()
        return Folders(base / "data", base / "cache", base / "config", base / "models")
    import platformdirs

    dirs = platformdirs.PlatformDirs("homespun", appauthor=False)
    data = Path(dirs.user_data_dir)
    return Folders(data, Path(dirs.user_cache_dir), Path(dirs.user_config_dir), data / "models")


def make_private(folder: Path) -> Path:
    """Create `folder` so that only its owner may look in (0700), and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise NoPermission(
            f"The folder {folder} can't be made: {error.strerror or error}.",
            "Make it writable, or set HOMESPUN_HOME to a folder that is.",
        ) from error
    return folder
