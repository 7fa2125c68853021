r"""The menus of Windows' Explorer: which keys there are, and how they are written, told and taken back.

All of it is below HKEY_CURRENT_USER, so no right beyond the person's own is needed, and nothing under `*` or of a file type's
own choice is touched. What was written is noted in `Software\Homespun\Written`, and that alone is what removing removes. The
installer writes the same keys: `installer.build.windows` makes its lines of `entries`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Literal

from installer.shell.outcome import Did, Outcome, State, Status, Target
from installer.shell.registry import Registry, notify
from installer.verbs import PICTURE_TYPES, PROGRAM, On, Verb, spoken, verbs_on

TARGET = Target("explorer", "Windows Explorer", True)
LAUNCHER = "homespun-launch.exe"
CLASSES = "Software\\Classes"
OWN = "Software\\Homespun"
WRITTEN = f"{OWN}\\Written"
PROGID = "Homespun.Picture"
NOT_ALWAYS_PICTURES = (".avif", ".heic", ".heif", ".jfif", ".webp")
"""Types that a Windows without the codec does not call an image, so that the menu for images leaves them out."""
MULTISELECT = "Player"
"""Explorer offers a verb for at most 15 files without it; with it for 100. Beyond that the first menu's library serves."""
ICONS = {"erase": -2, "enlarge": -3, "search": -4}
"""The icons in the launcher's resources, after its own (-1): negative numbers are ids."""
PICTURE_WORDS = {"en": "Picture", "de": "Bild"}

Kind = Literal["REG_SZ", "REG_DWORD"]


@dataclass(frozen=True)
class Entry:
    r"""One value: `key` below HKEY_CURRENT_USER, `name` ("" is the key's default value)."""

    key: str
    name: str
    kind: Kind
    value: str | int


def entries(root: str | PureWindowsPath, language: str) -> tuple[Entry, ...]:
    r"""Every value of the menus, for the program folder `root` and a language of `verbs.LANGUAGES`.

    The command of a verb for the ground of a folder gets `%V\.`: of a drive's root, `"%V"` would be `"C:\"`, and that
    backslash would take the quote's meaning away.
    """
    launcher = f"{root}\\{LAUNCHER}"
    found: list[Entry] = []
    for kind in ("image", *NOT_ALWAYS_PICTURES):
        found += _cascade(f"{CLASSES}\\SystemFileAssociations\\{kind}\\shell\\{PROGRAM}", launcher, language)
    (search,) = verbs_on(On.FOLDERS)
    for kind, place in (("Directory", "%1"), ("Directory\\Background", "%V\\.")):
        found += _verb(f"{CLASSES}\\{kind}\\shell\\{PROGRAM}", search, launcher, language, place)
    return (*found, *_open_with(launcher, language))


def _cascade(key: str, launcher: str, language: str) -> list[Entry]:
    found = [
        _text(key, "MUIVerb", PROGRAM),
        _text(key, "Icon", f'"{launcher}",-1'),
        _text(key, "MultiSelectModel", MULTISELECT),
        _text(key, "SubCommands", ""),
    ]
    for number, verb in enumerate(verbs_on(On.PICTURES), 1):
        found += _verb(f"{key}\\shell\\{number}0{verb.name}", verb, launcher, language, "%1")
    return found


def _verb(key: str, verb: Verb, launcher: str, language: str, place: str) -> list[Entry]:
    return [
        _text(key, "MUIVerb", verb.label(language)),
        _text(key, "Icon", f'"{launcher}",{ICONS[verb.icon]}'),
        _text(key, "MultiSelectModel", MULTISELECT if verb.several else "Single"),
        _text(f"{key}\\command", "", f'"{launcher}" {verb.request} "{place}"'),
    ]


def _open_with(launcher: str, language: str) -> list[Entry]:
    """The program among those that Explorer offers to open a picture with. It never becomes the usual one by itself."""
    application, command = f"{CLASSES}\\Applications\\{LAUNCHER}", f'"{launcher}" edit "%1"'
    found = [
        _text(application, "FriendlyAppName", PROGRAM),
        _text(f"{application}\\DefaultIcon", "", f'"{launcher}",-1'),
        _text(f"{application}\\shell\\open\\command", "", command),
    ]
    found += [_text(f"{application}\\SupportedTypes", ending, "") for ending in PICTURE_TYPES]
    progid = f"{CLASSES}\\{PROGID}"
    found += [
        _text(progid, "", PICTURE_WORDS[spoken(language)]),
        _text(f"{progid}\\DefaultIcon", "", f'"{launcher}",-1'),
        _text(f"{progid}\\shell\\open\\command", "", command),
    ]
    found += [_text(f"{CLASSES}\\{ending}\\OpenWithProgids", PROGID, "") for ending in PICTURE_TYPES]
    return found


def _text(key: str, name: str, value: str) -> Entry:
    return Entry(key, name, "REG_SZ", value)


def install(root: str | PureWindowsPath, language: str, registry: Registry) -> Outcome:
    """Write the menus, and take back what an earlier version wrote and this one doesn't."""
    wanted = entries(root, language)
    if written(registry) == _pairs(wanted) and all(registry.get(one.key, one.name) == one.value for one in wanted):
        return Outcome(TARGET.name, Did.UNCHANGED)
    try:
        old = [pair for pair in written(registry) if pair not in set(_pairs(wanted))]
        _note(registry, (*_pairs(wanted), *old))  # first, so that what is cut off half way can be taken back
        for one in wanted:
            registry.set(one.key, one.name, one.value)
        _take_back(registry, old)
        _note(registry, _pairs(wanted))
    except OSError as error:
        return _failed(error)
    notify()
    return Outcome(TARGET.name, Did.WRITTEN, (Path(f"HKCU\\{CLASSES}"),))


def remove(registry: Registry) -> Outcome:
    """Delete exactly what was written, and the keys that are empty then."""
    pairs = written(registry)
    if not pairs:
        return Outcome(TARGET.name, Did.ABSENT)
    try:
        _take_back(registry, pairs)
        _note(registry, ())
        _prune(registry, WRITTEN, above=OWN)
        _prune(registry, OWN, above="Software")
    except OSError as error:
        return _failed(error)
    notify()
    return Outcome(TARGET.name, Did.REMOVED, (Path(f"HKCU\\{CLASSES}"),))


def status(root: str | PureWindowsPath, language: str, registry: Registry) -> Status:
    """Whether the menus are there, whole, and point to `root`."""
    if not written(registry):
        return Status(TARGET.name, State.ABSENT, "The entries are not in the menu.")
    wanted = entries(root, language)
    wrong = [one for one in wanted if registry.get(one.key, one.name) != one.value]
    if wrong:
        words = "Entries of the menu are missing or were changed. Add them again to mend them."
        return Status(TARGET.name, State.BROKEN, words)
    return Status(TARGET.name, State.PRESENT, "The entries are in the menu.")


def written(registry: Registry) -> tuple[tuple[str, str], ...]:
    """What was written: key and value name, in the order of writing."""
    found = []
    for name in sorted(registry.names(WRITTEN)):
        told = registry.get(WRITTEN, name)
        if isinstance(told, str) and "|" in told and told.lower().startswith(f"{CLASSES.lower()}\\"):
            key, _, value = told.partition("|")
            found.append((key, value))
    return tuple(found)


def _pairs(found: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((one.key, one.name) for one in found)


def _note(registry: Registry, pairs: Sequence[tuple[str, str]]) -> None:
    for number, (key, name) in enumerate(pairs):
        registry.set(WRITTEN, f"{number:04}", f"{key}|{name}")
    kept = {f"{number:04}" for number in range(len(pairs))}
    for name in registry.names(WRITTEN):
        if name not in kept:
            registry.delete(WRITTEN, name)


def _take_back(registry: Registry, pairs: Sequence[tuple[str, str]]) -> None:
    for key, name in pairs:
        registry.delete(key, name)
    for key in sorted({key for key, _ in pairs}, key=len, reverse=True):
        _prune(registry, key, above=CLASSES)


def _prune(registry: Registry, key: str, above: str) -> None:
    """Delete `key` and the keys over it, below `above`, as far as they are empty."""
    while key.lower() != above.lower() and not registry.names(key) and not registry.below(key):
        registry.delete_key(key)
        key = key.rpartition("\\")[0]


def _failed(error: OSError) -> Outcome:
    return Outcome(
        TARGET.name,
        Did.FAILED,
        why=f"The registry can't be written: {error.strerror or error}.",
        todo="Ask whoever looks after this computer, or try again.",
    )
