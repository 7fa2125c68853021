"""policy.toml ↔ `Policy`: the one that ships, a person's over it, every key checked, and a wrong one named by its line."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from engines.concepts.policy import Concept, Method, Policy, Values, contradictions
from homespun.errors import NoPermission, UsageError
from homespun.files import atomic_write
from homespun.folders import folders, make_private

SHIPPED = Path(__file__).parent / "policy.toml"

Key = tuple[str, ...]

TODO = "Correct it there, or delete the line for the default."

_SHARES = {"words", "tau", "second_look", "strength", "seen_from"}
_COSINES = {"threshold", "gate"}
_WORDS: Mapping[str, type[StrEnum]] = {"method": Method, "values": Values}
_LISTS = {"texts", "synonyms", "other_languages", "keep"}
_MEASURED = ("measured", "gates")
_GUARD = {one.name for one in fields(Policy)} - {"concepts", *_MEASURED}
_CONCEPT = {one.name for one in fields(Concept)} - {"name"}


def policy_path() -> Path:
    """Where this person's policy is, or would be."""
    return folders().config / "policy.toml"


def read_policy(path: Path | None = None) -> Policy:
    """The policy that ships, with what the file at `path` (default: this person's) says instead, key by key.

    Raises `UsageError` with file, line, key and what is allowed, and `NoPermission`.
    """
    path = path or policy_path()
    ours, theirs = tomllib.loads(SHIPPED.read_text("utf-8")), _Source(path)
    return theirs.over(ours)


def as_toml(decided: Policy) -> str:
    """The whole policy as a file would hold it; `read_policy` reads it back."""
    lines = ["[guard]", *(f"{name} = {_written(getattr(decided, name))}" for name in _ordered(Policy, _GUARD))]
    for concept in decided.concepts:
        lines += ["", f"[concept.{_quoted(concept.name)}]"]
        lines += [f"{name} = {_written(getattr(concept, name))}" for name in _ordered(Concept, _CONCEPT)]
    for section in _MEASURED:
        for model, measured in getattr(decided, section).items():
            lines += ["", f"[{section}.{_quoted(model)}]"]
            lines += [f"{_quoted(name)} = {_written(value)}" for name, value in measured.items()]
    return "\n".join(lines) + "\n"


def save_measured(
    model: str, concept: str, *, threshold: float | None = None, gate: float | None = None, path: Path | None = None
) -> Path:
    """Write what was measured with the pipeline `model` into this person's file, all or nothing; comments and order stay.

    What is no finite number is left out. Raises `UsageError` for a file that can't be understood as it is, `NoPermission`
    and `NoSpace`.
    """
    path = path or policy_path()
    measured: dict[Key, float] = {
        (section, model, concept): round(float(value), 6)
        for section, value in zip(_MEASURED, (threshold, gate), strict=True)
        if value is not None and math.isfinite(value)
    }
    read_policy(path)
    if not measured:
        return path
    text = _with_numbers(path, measured)
    if not path.parent.is_dir():
        make_private(path.parent)
    with atomic_write(path.resolve()) as stream:
        stream.write(text.encode())
    return path


def _with_numbers(path: Path, numbers: Mapping[Key, float]) -> str:
    """The text of the file at `path` with `numbers` in it, read back before it is handed out."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import InlineTable

    try:
        document = tomlkit.parse(_Source(path).text)
        for (section, model, concept), value in numbers.items():
            table: Any = document.setdefault(section, tomlkit.table(is_super_table=True))
            # What stands on one line in braces can hold only what stands there too.
            inside = tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table()
            table.setdefault(model, inside)[concept] = value
        text = document.as_string()
        read = tomllib.loads(text)
        done = all(read[section][model][concept] == value for (section, model, concept), value in numbers.items())
    except (TOMLKitError, ValueError, KeyError, TypeError):
        done = False
    if not done:
        raise UsageError(
            f"What was measured can't be written into {path} as it is laid out.",
            f"Give {' and '.join(f'[{section}]' for section in dict.fromkeys(key[0] for key in numbers))} a section of "
            "its own there.",
        )
    return text


class _Source:
    """A person's file, and where in it each key stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.text = ""
        except UnicodeDecodeError:
            raise UsageError(f"{path} is not UTF-8 text.", "Save it as UTF-8 in your editor.") from None
        except OSError as error:
            raise NoPermission(
                f"{path} can't be read: {error.strerror or error}.", "Make it a readable file."
            ) from error
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise UsageError(
                f"{path} can't be understood: {error}.", "Correct that line, or delete the file."
            ) from None
        except ValueError:  # Python reads no whole number of more than 4,300 digits
            endless = re.search(r"\d[\d_]{4299,}", self.text)
            line = 1 + self.text.count("\n", 0, endless.start() if endless else 0)
            raise UsageError(f"{path}, line {line}: the number there is too long.", TODO) from None

    def over(self, ours: Mapping[str, Any]) -> Policy:
        """The policy of `ours` with this file's keys instead."""
        self._know(self.data, (), ("guard", "concept", *_MEASURED))
        guard = self._table(("guard",))
        self._know(guard, ("guard",), _GUARD)
        concepts = self._table(("concept",))
        names = list(dict.fromkeys((*ours["concept"], *concepts)))
        decided = Policy(
            concepts=tuple(self._concept(name, ours["concept"].get(name, {})) for name in names),
            measured=dict(self._measured("measured")),
            gates=dict(self._measured("gates")),
            **self._values({**ours["guard"], **guard}, ("guard",)),
        )
        for text, closed, cleaned in contradictions(decided):
            raise self._wrong(
                ("concept", cleaned),
                f'"{text}" can\'t be erased by values here and by the closed form in "{closed}": what is erased '
                "would be its guide.",
            )
        return decided

    def _concept(self, name: str, ours: Mapping[str, Any]) -> Concept:
        key = ("concept", name)
        table = self._table(key)
        self._know(table, key, _CONCEPT)
        if "texts" not in table and "texts" not in ours:
            raise self._wrong(key, 'it needs texts, for instance texts = ["car"].')
        concept = Concept(name, **self._values({**ours, **table}, key))
        if concept.on and not concept.texts and (concept.synonyms or concept.other_languages):
            listed = "synonyms" if concept.synonyms else "other_languages"
            place = (*key, "texts") if "texts" in table else (*key, listed) if listed in table else key
            raise self._wrong(
                place,
                f"without texts the words in {listed} would count for nothing: put at least one of them into texts.",
            )
        return concept

    def _measured(self, section: str) -> Iterator[tuple[str, dict[str, float]]]:
        for model in self._table((section,)):
            key = (section, model)
            yield model, {name: self._number((*key, name), value, 1.0) for name, value in self._table(key).items()}

    def _table(self, key: Key) -> dict[str, Any]:
        found: Any = self.data
        for part in key:
            found = found.get(part, {})
            if not isinstance(found, dict):
                raise self._wrong(key, f"it must be a section: [{'.'.join(map(_quoted, key))}].")
        return dict(found)

    def _know(self, table: Mapping[str, Any], key: Key, known: Sequence[str] | set[str]) -> None:
        for name in table:
            if name not in known:
                raise self._wrong((*key, name), f"there is no such key. These exist: {', '.join(sorted(known))}.")

    def _values(self, table: Mapping[str, Any], key: Key) -> dict[str, Any]:
        return {name: self._value((*key, name), value) for name, value in table.items()}

    def _value(self, key: Key, value: Any) -> Any:
        name = key[-1]
        if name == "on":
            if not isinstance(value, bool):
                raise self._wrong(key, f"{_written(value)} is neither true nor false.")
            return value
        if name == "guide":
            if not isinstance(value, str):
                raise self._wrong(key, f"{_written(value)} is not a text in quotes.")
            return value
        if name in _LISTS:
            if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
                raise self._wrong(key, f'{_written(value)} is not a list of texts, like ["car", "bus"].')
            return tuple(value)
        if name in _WORDS:
            allowed = [str(one) for one in _WORDS[name]]
            if value not in allowed:
                raise self._wrong(key, f"{_written(value)} is not one of {', '.join(allowed)}.")
            return _WORDS[name](value)
        return self._number(key, value, 1.0 if name in _SHARES or name in _COSINES else 10.0)

    def _number(self, key: Key, value: Any, most: float) -> float:
        least = -1.0 if key[0] in _MEASURED or key[-1] in _COSINES else 1e-6 if key[-1] == "gamma" else 0.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self._wrong(key, f"{_written(value)} is not a number from {least:g} to {most:g}.")
        return float(value)

    def _wrong(self, key: Key, what: str) -> UsageError:
        return UsageError(f"{self.path}, line {self._line(key)}, {'.'.join(map(_quoted, key))}: {what}", TODO)

    def _line(self, key: Key) -> int:
        """The line (from 1) where `key` begins: the shortest beginning of the file that has it ends there."""
        lines = self.text.splitlines(keepends=True)
        whole = 0
        for count in range(1, len(lines) + 1):
            try:
                found: Any = tomllib.loads("".join(lines[:count]))
            except ValueError:
                continue
            for part in key:
                found = found.get(part) if isinstance(found, dict) else None
            if found is not None:
                return whole + 1
            whole = count
        return 1


def _ordered(kind: type, names: set[str]) -> list[str]:
    return [one.name for one in fields(kind) if one.name in names]


def _quoted(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else _string(name)


def _string(text: str) -> str:
    """`text` in quotes: as JSON has it, but for one sign that TOML doesn't allow bare."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _written(value: object) -> str:
    """A value as it would stand in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number of that size"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    return str(value)
