"""One TOML file ↔ frozen dataclasses.

What the file doesn't say has its default. Keys that we don't know stay where they are, with their comments, when we
save. A bad value is named by line and key, with what is allowed.

`tomllib` reads; `tomlkit`, which costs 27 ms to import, only writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from homespun.errors import NoPermission, NotFound, UsageError

if TYPE_CHECKING:
    import tomlkit

Value = bool | int | str | tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """What a value may be, besides having its default's type: a range, or one of a few words."""

    about: str
    least: int = 0
    most: int = 0
    words: tuple[str, ...] = ()


def _setting(default: Value, about: str, *, least: int = 0, most: int = 0, words: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"rule": Rule(about, least, most, words)})


@dataclass(frozen=True)
class Search:
    """`[search]`: how answers are found and shown."""

    limit: int = _setting(20, "How many files an answer lists.", least=1, most=1000)
    typo_repair: bool = _setting(True, "Repair words that no file contains from words that some do.")
    dense_feedback: bool = _setting(True, "Let the best passages of a first look sharpen what the sentence means.")
    recency: bool = _setting(True, "Put the newer of two equally good files first.")


@dataclass(frozen=True)
class Index:
    """`[index]`: what is read, and when."""

    hidden: bool = _setting(False, "Read hidden files and folders too.")
    max_file_mb: int = _setting(200, "Read the content of files up to so many megabytes.", least=1, most=100_000)
    threads: int = _setting(0, "Processor cores to use; 0 = Homespun decides.", least=0, most=256)
    gitignore: bool = _setting(True, "Leave out what .gitignore files leave out.")
    exclude: tuple[str, ...] = _setting((), "Patterns, as in .gitignore, of what is never read.")
    pause_on_battery: bool = _setting(True, "Wait with the slow stages until the computer is plugged in.")


@dataclass(frozen=True)
class Models:
    """`[models]`: where models come from."""

    mirror: str = _setting("", "A folder with models, for computers without internet; empty = none.")
    allow_downloads: str = _setting(
        "ask", "Ask before a model is downloaded, or never download one.", words=("ask", "never")
    )


@dataclass(frozen=True)
class Devices:
    """`[devices]`: what models run on."""

    use: str = _setting(
        "auto", "Let every model run where that is proved best, or on the CPU alone.", words=("auto", "cpu")
    )
    policy: str = _setting(
        "auto",
        "What matters among proved devices; auto = battery while the computer runs on one, else balanced.",
        words=("auto", "quality", "balanced", "battery"),
    )
    prove: str = _setting(
        "background",
        "Try a new device by itself once nothing runs, or only with `homespun probe`.",
        words=("background", "ask"),
    )
    pythons: tuple[str, ...] = _setting((), "Other Pythons, whose ONNX Runtime offers further devices.")


@dataclass(frozen=True)
class App:
    """`[app]`: the window."""

    key: str = _setting("Ctrl+Alt+Space", "The key that shows the palette from anywhere; empty = none.")
    look: str = _setting(
        "system", "Light or dark windows, or as the system has them.", words=("system", "light", "dark")
    )
    accent: str = _setting("own", "Homespun's own accent colour, or the system's.", words=("own", "system"))
    language: str = _setting("system", "The language of the window.", words=("system", "en", "de"))
    save: str = _setting(
        "copy",
        "What Save does: a copy beside the original, a question, or replace it.",
        words=("copy", "ask", "replace"),
    )
    mark: bool = _setting(True, "Write into edited pictures that they were edited by an algorithm.")
    keep_open: bool = _setting(False, "Keep the palette open when another window is clicked.")
    touch: bool = _setting(False, "Larger targets, for fingers.")


@dataclass(frozen=True)
class Updates:
    """`[updates]`: newer versions of Homespun."""

    check: str = _setting(
        "never", "Ask for a newer version only when told to, or once a week.", words=("never", "weekly")
    )
    server: str = _setting(
        "", "The address of a folder with updates, for companies with their own; empty = Homespun's."
    )


@dataclass(frozen=True)
class Settings:
    """All settings, each with its value or its default."""

    search: Search = field(default_factory=Search)
    index: Index = field(default_factory=Index)
    models: Models = field(default_factory=Models)
    devices: Devices = field(default_factory=Devices)
    app: App = field(default_factory=App)
    updates: Updates = field(default_factory=Updates)


class Described(NamedTuple):
    """One setting: `type` says in words what is allowed, `default` is written as in the file."""

    key: str
    type: str
    default: str
    explanation: str


class Unknown(NamedTuple):
    """A key in the file that Homespun does not know: kept, and without effect."""

    line: int
    key: str


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults where there is no such file.

    Raises `UsageError` with line, key and what is allowed, and `NoPermission`.
    """
    text = _read(path)
    data = _parse(path, text)
    found: dict[str, Any] = {}
    for section, kind in _SECTIONS.items():
        table = data.get(section, {})
        if not isinstance(table, dict):
            raise _bad(path, text, section, f"{section} must be a section: [{section}].")
        values: dict[str, Any] = {}
        for one in fields(kind):
            if one.name in table:
                try:
                    values[one.name] = _checked(one, table[one.name])
                except ValueError as error:
                    raise _bad(path, text, f"{section}.{one.name}", str(error)) from None
        found[section] = kind(**values)
    return Settings(**found)


def unknown_keys(path: Path) -> list[Unknown]:
    """The keys in `path` that Homespun does not know, for a warning: most are typing errors."""
    text = _read(path)
    keys = []
    for section, table in _parse(path, text).items():
        if section not in _SECTIONS:
            keys.append(section)
        elif isinstance(table, dict):
            known = {one.name for one in fields(_SECTIONS[section])}
            keys += [f"{section}.{name}" for name in table if name not in known]
    return [Unknown(_line_of(text, key), key) for key in keys]


def describe() -> list[Described]:
    """Every setting, in the order of the file."""
    return [
        Described(f"{section}.{one.name}", _allowed(one), _toml(one.default), _rule(one).about)
        for section, kind in _SECTIONS.items()
        for one in fields(kind)
    ]


def value_of(settings: Settings, key: str) -> Value:
    """The value of `section.name`. Raises `NotFound`."""
    one = _field(key)
    value: Value = getattr(getattr(settings, key.partition(".")[0]), one.name)
    return value


def rule_of(key: str) -> Rule:
    """What a value of `section.name` may be. Raises `NotFound`."""
    return _rule(_field(key))


def from_text(key: str, text: str) -> Value:
    """What a person typed for `key`, as a value: yes/no, a number, a text, or patterns with commas between them.

    Raises `NotFound` and `UsageError`.
    """
    one = _field(key)
    value: Value = text
    if isinstance(one.default, bool):
        word = text.strip().lower()
        value = word in _YES if word in _YES | _NO else text
    elif isinstance(one.default, int):
        value = int(text) if text.strip().removeprefix("-").isdecimal() else text
    elif isinstance(one.default, tuple):
        value = tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return _checked(one, value)
    except ValueError as error:
        raise UsageError(f"{key}: {error}", "docs/settings.md explains each setting.") from None


def save_value(path: Path, key: str, value: Value | Sequence[str]) -> None:
    """Write one setting into the file, all or nothing; comments, order and unknown keys stay.

    A new file is made readable to its owner alone. Raises `NotFound` (no such setting), `UsageError` (a value that is
    not allowed, or a file that can't be read as it is), `NoPermission` and `NoSpace`.
    """
    one = _field(key)
    section, name = key.split(".")
    try:
        checked = _checked(one, list(value) if isinstance(value, tuple) else value)
    except ValueError as error:
        raise UsageError(f"{key}: {error}", "docs/settings.md explains each setting.") from None
    document = _document(path)
    if section not in document:
        import tomlkit

        document[section] = tomlkit.table()
    table = document[section]
    assert isinstance(table, dict)
    table[name] = list(checked) if isinstance(checked, tuple) else checked
    _write(path, document)


def reset_value(path: Path, key: str) -> None:
    """Take one setting out of the file, so that its default holds. Raises as `save_value`."""
    _field(key)
    section, name = key.split(".")
    document = _document(path)
    table = document.get(section)
    if isinstance(table, dict) and name in table:
        del table[name]
        _write(path, document)


_SECTIONS: Mapping[str, type[Search] | type[Index] | type[Models] | type[Devices] | type[App] | type[Updates]] = {
    "search": Search,
    "index": Index,
    "models": Models,
    "devices": Devices,
    "app": App,
    "updates": Updates,
}
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


def _field(key: str) -> Field[Any]:
    section, _, name = key.partition(".")
    if section in _SECTIONS:
        for one in fields(_SECTIONS[section]):
            if one.name == name:
                return one
    raise NotFound(f"There is no setting {key!r}.", f"These exist: {', '.join(one.key for one in describe())}.")


def _rule(one: Field[Any]) -> Rule:
    rule = one.metadata["rule"]
    assert isinstance(rule, Rule)
    return rule


def _allowed(one: Field[Any]) -> str:
    rule = _rule(one)
    if rule.words:
        return " or ".join(f'"{word}"' for word in rule.words)
    if isinstance(one.default, bool):
        return "true or false"
    if isinstance(one.default, int):
        return f"a whole number from {rule.least} to {rule.most}"
    return "a list of texts in quotes" if isinstance(one.default, tuple) else "a text in quotes"


def _checked(one: Field[Any], value: object) -> Value:
    """`value` if it is allowed; raises `ValueError` with what is."""
    rule = _rule(one)
    wrong = ValueError(f"{_toml(value)} is not {_allowed(one)}.")
    if isinstance(one.default, tuple):
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) and part for part in value):
            raise wrong
        return tuple(value)
    if type(value) is not type(one.default):  # a bool is an int, but true is no number of files
        raise wrong
    if isinstance(value, int) and not isinstance(value, bool) and not rule.least <= value <= rule.most:
        raise wrong
    if rule.words and value not in rule.words:
        raise wrong
    assert isinstance(value, bool | int | str)
    return value


def _toml(value: object) -> str:
    """`value` as it would stand in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(part) for part in value)}]"
    return str(value)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")  # Notepad puts a mark in front
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.", "Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise NoPermission(f"{path} can't be read: {error.strerror or error}.", "Make it a readable file.") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} can't be understood: {error}.", "Correct that line, or delete the file.") from None


def _bad(path: Path, text: str, key: str, what: str) -> UsageError:
    line = _line_of(text, key)
    return UsageError(f"{path}, line {line}, {key}: {what}", "Correct it there, or delete the line for the default.")


def _line_of(text: str, key: str) -> int:
    """The line (from 1) where the value of `key` begins, however the file writes it: the first part of the file that
    has the key ends after it, and the longest part before that which is whole ends in front of it."""
    import tomllib

    lines = text.splitlines(keepends=True)
    whole = 0
    for count in range(1, len(lines) + 1):
        try:
            data: object = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        for part in key.split("."):
            data = data.get(part) if isinstance(data, dict) else None
        if data is not None:
            return whole + 1
        whole = count
    return 1


def _document(path: Path) -> tomlkit.TOMLDocument:
    """The file for writing. It must be readable as it is: else we could only destroy it."""
    load(path)
    import tomlkit

    return tomlkit.parse(_read(path))


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    from homespun.files import atomic_write
    from homespun.folders import make_private

    if not path.parent.is_dir():
        make_private(path.parent)
    with atomic_write(path.resolve()) as stream:  # people keep their settings behind a link
        stream.write(document.as_string().encode())
