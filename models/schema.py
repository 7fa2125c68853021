"""`catalog.toml` → the dataclasses of `catalog.py`. What isn't right is refused, with the entry and the key named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from homespun.errors import Damaged
from models.catalog import (
    LIMITS,
    ON_FIRST_DOWNLOAD,
    Catalog,
    Form,
    Graph,
    Model,
    ModelFile,
    Ship,
    Task,
    Tensor,
    TextRules,
    Variant,
)


@cache
def shipped() -> Catalog:
    """The catalogue that comes with Homespun."""
    return read(Path(__file__).with_name("catalog.toml"))


def read(path: Path) -> Catalog:
    """The catalogue in `path`. Raises `Damaged` with the entry and the key that are wrong."""
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise Damaged(f"The catalogue {path} can't be read: {error.strerror or error}.", _TODO) from error


def parse(text: str, name: str = "catalog.toml") -> Catalog:
    """The catalogue written in `text`; `name` stands in what is said about faults. Raises `Damaged`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Damaged(f"{name} is not TOML: {error}.", _TODO) from error
    top = _Table(name, "", data)
    models = tuple(_model(name, entry) for entry in top.tables("model"))
    top.done()
    seen: set[str] = set()
    for model in models:
        if model.id in seen:
            raise Damaged(f"{name}, model {model.id!r}, key 'id': two models have this name.", _TODO)
        seen.add(model.id)
    for model in models:
        for key, others in (("adapts", (model.adapts,) if model.adapts else ()), ("made_from", model.made_from)):
            if strange := [other for other in others if other not in seen or other == model.id]:
                raise Damaged(f"{name}, model {model.id!r}, key {key!r}: there is no model {strange[0]!r}.", _TODO)
    return Catalog(models)


_TODO = "Correct that entry, or install Homespun again."
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*[a-z0-9]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_REVISION = re.compile(r"[\w.-]+")
_DTYPES = frozenset({"float32", "float16", "int64", "int32", "uint8", "int8", "bool"})
_PRECISIONS = frozenset({"fp32", "fp16", "int8", "qdq", "a8w8", "a16w8"})
_KINDS = frozenset({"cpu", "gpu", "npu"})
_POOLINGS = frozenset({"mean", "cls", "inside"})
_LOOPBACK = ("http://127.0.0.1:", "http://localhost:")
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

T = TypeVar("T", bound=StrEnum)


class _Table:
    """One TOML table, read key by key; `done` refuses the keys that nobody asked for."""

    def __init__(self, file: str, where: str, data: Mapping[str, object]) -> None:
        self.file = file
        self.where = where
        self.data = data
        self.asked: set[str] = set()

    def wrong(self, key: str, what: str) -> Damaged:
        entry = f", {self.where}" if self.where else ""
        return Damaged(f"{self.file}{entry}, key {key!r}: {what}.", _TODO)

    def value(self, key: str, kind: type, default: object = None) -> object:
        self.asked.add(key)
        if key not in self.data:
            if default is None:
                raise self.wrong(key, "it is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, f"{value!r} is not {_KIND[kind]}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = str(self.value(key, str, default))
        if not value and default is None:
            raise self.wrong(key, "it is empty")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        value = self.value(key, int, default)
        assert isinstance(value, int)
        if value < 0:
            raise self.wrong(key, f"{value} is negative")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        return bool(self.value(key, bool, default))

    def choice(self, key: str, kind: type[T]) -> T:
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            raise self.wrong(key, f"{value!r} is none of {', '.join(kind)}") from None

    def items(self, key: str, default: list[object] | None = None) -> list[object]:
        value = self.value(key, list, default)
        assert isinstance(value, list)
        return value

    def tables(self, key: str, *, required: bool = True) -> list[Mapping[str, object]]:
        found = self.items(key, None if required else [])
        if required and not found:
            raise self.wrong(key, "it is empty")
        for one in found:
            if not isinstance(one, dict):
                raise self.wrong(key, f"{one!r} is not a table")
        return [one for one in found if isinstance(one, dict)]

    def numbers(self, key: str, data: object, allowed: frozenset[str]) -> dict[str, int]:
        if not isinstance(data, dict):
            raise self.wrong(key, f"{data!r} is not a table")
        for name, value in data.items():
            if name not in allowed:
                raise self.wrong(key, f"{name!r} is none of {', '.join(sorted(allowed))}")
            if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
                raise self.wrong(key, f"{name} = {value!r} is not a number above 0")
        return dict(data)

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.asked)
        if unknown:
            raise self.wrong(unknown[0], "no such key is known")


_KIND: dict[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


def _model(file: str, data: Mapping[str, object]) -> Model:
    named = data.get("id")
    table = _Table(file, f"model {named!r}" if named else "a model without a name", data)
    model_id = table.text("id")
    if not _ID.fullmatch(model_id):
        raise table.wrong("id", "only lower-case letters, digits, dots and dashes may stand in a name")
    form = table.choice("form", Form)
    rules = table.value("text", dict, {})
    assert isinstance(rules, dict)
    model = Model(
        id=model_id,
        title=table.text("title"),
        task=table.choice("task", Task),
        licence=table.text("licence"),
        ship=table.choice("ship", Ship),
        form=form,
        origin=table.text("origin"),
        files=tuple(_file(table, one) for one in table.tables("file")),
        terms=table.text("terms", ""),
        bundled=table.flag("bundled", default=False),
        hub=table.text("hub", ""),
        revision=table.text("revision", ""),
        about_mb=table.number("about_mb", 0),
        adapts=table.text("adapts", ""),
        made_from=tuple(map(str, table.items("made_from", []))),
        recipe=tuple(map(str, table.items("recipe", []))),
        graphs=tuple(
            _graph(table, one) for one in table.tables("graph", required=form not in (Form.ADAPTER, Form.MADE))
        ),
        variants=tuple(_variant(table, one) for one in table.tables("variant", required=False)),
        precisions=_precisions(table),
        limits=table.numbers("limits", table.value("limits", dict, {}), LIMITS),
        text=_text(_Table(file, f"{table.where}, text", rules)) if rules else None,
        evidence=table.text("evidence", ""),
        note=table.text("note", ""),
    )
    table.done()
    _check(table, model)
    return model


def _precisions(table: _Table) -> tuple[str, ...]:
    found = [str(one) for one in table.items("precisions")]
    for one in found:
        if one not in _PRECISIONS:
            raise table.wrong("precisions", f"{one!r} is none of {', '.join(sorted(_PRECISIONS))}")
    return tuple(found)


def _file(model: _Table, data: Mapping[str, object]) -> ModelFile:
    table = _Table(model.file, f"{model.where}, file {data.get('name', '?')!r}", data)
    file = ModelFile(
        name=table.text("name"),
        sha256=table.text("sha256"),
        size=table.number("size", 0),
        path=table.text("path", ""),
        url=table.text("url", ""),
    )
    table.done()
    if not is_safe_name(file.name):
        raise table.wrong("name", "it must stay inside the model's folder and be a name on every system")
    if file.pinned and not _SHA256.fullmatch(file.sha256):
        raise table.wrong("sha256", f"{file.sha256!r} is neither 64 lower-case hex digits nor {ON_FIRST_DOWNLOAD!r}")
    if file.url and not file.url.startswith(("https://", *_LOOPBACK)):
        raise table.wrong("url", "it must start with https://")
    if file.url and file.path:
        raise table.wrong("url", "a file comes from a url or from a path in the hub, not from both")
    if file.url and not (file.pinned and file.size):
        raise table.wrong("sha256", "a plain url tells no hash of its own, so sha256 and size must stand here")
    return file


def is_safe_name(name: str) -> bool:
    """Whether `name` (with `/`) stays below its folder and can be a file name on Windows, macOS and Linux."""
    parts = name.split("/")
    return PurePosixPath(name).as_posix() == name and all(
        part not in {"", ".", ".."}
        and not _UNSAFE.search(part)
        and not _RESERVED.fullmatch(part)
        and not part.endswith((".", " ", ".part"))
        for part in parts
    )


def _graph(model: _Table, data: Mapping[str, object]) -> Graph:
    table = _Table(model.file, f"{model.where}, graph {data.get('file', '?')!r}", data)
    inputs = tuple(_tensor(table, one) for one in table.tables("inputs"))
    outputs = tuple(_tensor(table, one) for one in table.tables("outputs"))
    free = frozenset(size for tensor in inputs for size in tensor.shape if isinstance(size, str))
    static = tuple(table.numbers("static", one, free) for one in table.tables("static", required=False))
    graph = Graph(table.text("file"), inputs, outputs, static)
    table.done()
    return graph


def _variant(model: _Table, data: Mapping[str, object]) -> Variant:
    table = _Table(model.file, f"{model.where}, variant {data.get('file', '?')!r}", data)
    kinds = tuple(str(one) for one in table.items("kinds"))
    for one in kinds:
        if one not in _KINDS:
            raise table.wrong("kinds", f"{one!r} is none of {', '.join(sorted(_KINDS))}")
    if not kinds:
        raise table.wrong("kinds", "it is empty")
    variant = Variant(table.text("of"), table.text("file"), kinds, table.text("precision"))
    table.done()
    if variant.precision not in _PRECISIONS:
        raise table.wrong("precision", f"{variant.precision!r} is none of {', '.join(sorted(_PRECISIONS))}")
    return variant


def _tensor(graph: _Table, data: Mapping[str, object]) -> Tensor:
    table = _Table(graph.file, f"{graph.where}, tensor {data.get('name', '?')!r}", data)
    name = table.text("name")
    dtype = table.text("dtype")
    if dtype not in _DTYPES:
        raise table.wrong("dtype", f"{dtype!r} is none of {', '.join(sorted(_DTYPES))}")
    shape: list[int | str] = []
    for size in table.items("shape"):
        if (
            isinstance(size, bool)
            or not isinstance(size, int | str)
            or (isinstance(size, int) and size <= 0)
            or not size
        ):
            raise table.wrong("shape", f"{size!r} is neither a number above 0 nor the name of a dimension")
        shape.append(size)
    tensor = Tensor(name, dtype, tuple(shape), table.text("meaning", ""))
    table.done()
    return tensor


def _text(table: _Table) -> TextRules:
    pooling = table.text("pooling")
    if pooling not in _POOLINGS:
        raise table.wrong("pooling", f"{pooling!r} is none of {', '.join(sorted(_POOLINGS))}")
    rules = TextRules(
        pooling,
        normalise=table.flag("normalise", default=True),
        query_prefix=table.text("query_prefix", ""),
        passage_prefix=table.text("passage_prefix", ""),
    )
    table.done()
    return rules


def _check(table: _Table, model: Model) -> None:
    """What must hold between the keys of one entry."""
    if model.ship is not Ship.YES and not model.terms:
        raise table.wrong("terms", f"with ship = {str(model.ship)!r} it must say which terms apply")
    if (model.form is Form.ADAPTER) != bool(model.adapts):
        raise table.wrong("adapts", "an adapter, and nothing else, names the model that it changes")
    if (model.form is Form.MADE) != bool(model.made_from and model.recipe):
        raise table.wrong("made_from", "a model that is made, and nothing else, names what of and by which recipe")
    if model.task is Task.SENTENCE_VECTORS and model.text is None:
        raise table.wrong("text", "a sentence encoder must say how its vectors are made")
    _check_files(table, model)
    names = {file.name for file in model.files}
    graphs = {graph.file for graph in model.graphs}
    if model.form is Form.ONNX and (strange := sorted(graphs - names)):
        raise table.wrong("graph", f"{strange[0]!r} is none of the model's files")
    for variant in model.variants:
        if variant.of not in graphs:
            raise table.wrong("variant", f"{variant.of!r} is none of the model's graphs")
        if model.form is Form.ONNX and variant.file not in names:
            raise table.wrong("variant", f"{variant.file!r} is none of the model's files")


def _check_files(table: _Table, model: Model) -> None:
    if len({file.name.casefold() for file in model.files}) != len(model.files):
        raise table.wrong("file", "two files have the same name")
    if model.hub and not _REPOSITORY.fullmatch(model.hub):
        raise table.wrong("hub", f"{model.hub!r} is not owner/repository")
    if model.hub and not _REVISION.fullmatch(model.revision):
        raise table.wrong("revision", "a hub repository needs one (a commit; 'main' only where none is known)")
    for file in model.files:
        if file.path and not model.hub:
            raise table.wrong("hub", f"file {file.name!r} has a path in the hub, but no repository is named")
        if not (file.path or file.url or model.bundled or model.form is Form.MADE):
            raise table.wrong("file", f"{file.name!r} has neither url nor path, and the model is not bundled")
    if any(file.pinned for file in model.files) and not model.evidence:
        raise table.wrong("evidence", "it must say where the sha256 comes from")
    if not (model.size or model.bundled):
        raise table.wrong("about_mb", "where a file's size isn't known, it must say how much comes, roughly")
