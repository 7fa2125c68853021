"""Where a person's desktop keeps what menus are made of, and what is on this computer."""

from __future__ import annotations

import locale
import os
import plistlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from installer.verbs import spoken


@dataclass(frozen=True)
class Places:
    """The folders of one person (`home`, `config_home`, `data_home`), `record` of what we wrote, and the system's folders.

    `programs` are the folders of commands, `libraries` those below which file managers keep their plug-ins. `language` is
    the person's, one of `verbs.LANGUAGES`.
    """

    home: Path
    config_home: Path
    data_home: Path
    record: Path
    config_dirs: tuple[Path, ...] = (Path("/etc/xdg"),)
    data_dirs: tuple[Path, ...] = (Path("/usr/local/share"), Path("/usr/share"))
    programs: tuple[Path, ...] = ()
    libraries: tuple[Path, ...] = ()
    language: str = "en"
    platform: str = sys.platform

    @classmethod
    def here(cls, record: Path | None = None) -> Places:
        """The places of this person on this computer; `record` where another than the usual one is kept."""
        home = Path.home()
        data = _folder("XDG_DATA_HOME", home / ".local" / "share")
        return cls(
            home=home,
            config_home=_folder("XDG_CONFIG_HOME", home / ".config"),
            data_home=data,
            record=record or _own_data(home, data) / "shell.json",
            config_dirs=_folders("XDG_CONFIG_DIRS", "/etc/xdg"),
            data_dirs=_folders("XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
            programs=_folders("PATH", os.defpath),
            libraries=_libraries(),
            language=system_language(),
        )

    def has_program(self, *names: str) -> bool:
        """Whether one of these commands is on this computer."""
        path = os.pathsep.join(map(str, self.programs))
        return any(shutil.which(name, path=path) for name in names)

    def library(self, *relative: str) -> Path | None:
        """The first plug-in found by one of these paths below a folder of libraries."""
        found = (folder / name for name in relative for folder in self.libraries)
        return next((path for path in found if path.is_file()), None)

    def has_icon(self, name: str) -> bool:
        """Whether an icon of this name is in the theme that all themes fall back to."""
        folders = (folder / "icons" / "hicolor" for folder in (self.data_home, *self.data_dirs))
        return any(next(folder.glob(f"*/*/{name}.*"), None) for folder in folders)

    def packaged(self, path: Path) -> bool:
        """Whether a package has put the file for everybody that would go to `path` below `data_home`."""
        if not path.is_relative_to(self.data_home):
            return False
        relative = path.relative_to(self.data_home)
        return any((folder / relative).is_file() for folder in self.data_dirs if folder != self.data_home)


def system_language() -> str:
    """The person's language as the system says it, one of `verbs.LANGUAGES`."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").partition(":")[0]
        if value:
            return spoken(value.partition(".")[0])
    if sys.platform == "win32":
        import ctypes

        # getlocale would say how numbers and dates are written, which is another thing, and in English words.
        return spoken(locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ""))
    if sys.platform == "darwin":  # programs that Finder starts have none of the variables
        return mac_language(Path.home())
    return spoken(locale.getlocale()[0] or "")


def mac_language(home: Path) -> str:
    """The first language in the settings of a Mac's person, one of `verbs.LANGUAGES`."""
    try:
        told = plistlib.loads((home / "Library" / "Preferences" / ".GlobalPreferences.plist").read_bytes())
        return spoken(str(told["AppleLanguages"][0]))
    except (OSError, ValueError, LookupError, TypeError, plistlib.InvalidFileException):
        return spoken("")


def _folder(variable: str, usual: Path) -> Path:
    # The specification wants absolute paths only; others are to be passed over.
    value = os.environ.get(variable, "")
    return Path(value) if os.path.isabs(value) else usual  # noqa: PTH117 - "" is no path


def _folders(variable: str, usual: str) -> tuple[Path, ...]:
    value = os.environ.get(variable) or usual
    return tuple(Path(part) for part in value.split(os.pathsep) if os.path.isabs(part))  # noqa: PTH117 - as above


def _libraries() -> tuple[Path, ...]:
    if sys.platform != "linux":
        return ()
    roots = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/local/lib"), Path("/usr/local/lib64")]
    return tuple(path for root in roots for path in (root, *sorted(root.glob("*-linux-gnu*"))) if path.is_dir())


def _own_data(home: Path, data: Path) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "homespun"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "homespun"
    return data / "homespun"
