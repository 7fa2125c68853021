"""What the catalogue says of a model, as frozen dataclasses. `catalog.toml` holds it, `schema.py` reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homespun.errors import NotFound

ModelId = str
"""The name of a model in the catalogue: lower-case letters, digits, dots and dashes."""

ON_FIRST_DOWNLOAD = "on-first-download"
"""In place of a sha256: the hub's own metadata tells it at the first download, and it is checked ever after."""

LIMITS = frozenset({"halo", "height", "long_side", "max_tokens", "min_ram_mb", "multiple_of", "scale"})
"""What an entry may limit: tokens, megabytes of free memory, pixels, and the factor of an enlarger."""


class Task(StrEnum):
    """What a model is for."""

    SENTENCE_VECTORS = "sentence-vectors"
    IMAGE_TEXT_VECTORS = "image-text-vectors"
    ENLARGE = "enlarge"
    FILL = "fill"
    FILL_BY_WORDS = "fill-by-words"
    SELECT = "select"
    READ_TEXT = "read-text"


class Ship(StrEnum):
    """Whether the licence lets us hand the weights on: our reading, not legal advice.

    `WITH_TERMS`: only together with the terms that the entry names. `NO`: not by us, so they aren't downloaded either;
    a person may put them into a mirror folder.
    """

    YES = "yes"
    WITH_TERMS = "with-terms"
    NO = "no"


class Form(StrEnum):
    """What the files are: `ONNX` runs as it is, `WEIGHTS` must be exported first, `ADAPTER` changes another model.

    `MADE` is a pipeline that is made on this computer of other entries' weights, by a recipe of `models/recipes/export`.
    """

    ONNX = "onnx"
    WEIGHTS = "weights"
    ADAPTER = "adapter"
    MADE = "made"


@dataclass(frozen=True)
class ModelFile:
    """One file of a model.

    `name` is its path inside the model's folder. It comes from `url`, or from `path` in the model's hub repository, or,
    with both empty, from the package alone. `size` is in bytes, 0 where it is not known before the first download.
    """

    name: str
    sha256: str
    size: int = 0
    path: str = ""
    url: str = ""

    @property
    def pinned(self) -> bool:
        """Whether the catalogue itself knows the sha256."""
        return self.sha256 != ON_FIRST_DOWNLOAD


@dataclass(frozen=True)
class Tensor:
    """An input or output: `shape` mixes numbers and names of free dimensions; `meaning` tells order, range and unit."""

    name: str
    dtype: str
    shape: tuple[int | str, ...]
    meaning: str = ""


@dataclass(frozen=True)
class Graph:
    """The contract of one network: `file` holds it, or will once an entry of form `weights` is exported.

    `static` are the sizes that it is fixed to for devices that need static shapes: name of a dimension → length.
    """

    file: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    static: tuple[Mapping[str, int], ...] = ()


@dataclass(frozen=True)
class Variant:
    """A file that devices of some `kinds` (`cpu`, `gpu`, `npu`) run in place of the graph `of`: same inputs and outputs."""

    of: str
    file: str
    kinds: tuple[str, ...]
    precision: str


@dataclass(frozen=True)
class TextRules:
    """How a sentence becomes one vector: `pooling` (`mean`, `cls` or `inside` the graph), then unit length."""

    pooling: str
    normalise: bool
    query_prefix: str = ""
    passage_prefix: str = ""


@dataclass(frozen=True)
class Model:
    """One entry of the catalogue.

    With form `MADE`, `recipe` are the words for `python -m models.recipes.export`; `{ID}` in them is the folder of a model
    that `made_from` names, `{out}` that of this one. Its files are those that the pipeline itself names.
    """

    id: ModelId
    title: str
    task: Task
    licence: str
    ship: Ship
    form: Form
    origin: str
    files: tuple[ModelFile, ...]
    terms: str = ""
    bundled: bool = False
    hub: str = ""
    revision: str = ""
    about_mb: int = 0
    adapts: ModelId = ""
    made_from: tuple[ModelId, ...] = ()
    recipe: tuple[str, ...] = ()
    graphs: tuple[Graph, ...] = ()
    variants: tuple[Variant, ...] = ()
    precisions: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    text: TextRules | None = None
    evidence: str = ""
    note: str = ""

    @property
    def pinned(self) -> bool:
        """Whether the catalogue knows every file's sha256."""
        return all(file.pinned for file in self.files)

    @property
    def undescribed(self) -> bool:
        """Whether it is one that is made here, and nothing says yet what of."""
        return self.form is Form.MADE and not self.graphs

    @property
    def size(self) -> int:
        """Bytes of all files; an estimate (`about_mb`) where a file's size isn't known, 0 where nothing is."""
        if all(file.size for file in self.files):
            return sum(file.size for file in self.files)
        return self.about_mb * 1_000_000

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """Inputs of the first graph (the only one, in most models)."""
        return self.graphs[0].inputs if self.graphs else ()

    @property
    def outputs(self) -> tuple[Tensor, ...]:
        """Outputs of the first graph."""
        return self.graphs[0].outputs if self.graphs else ()

    @property
    def static(self) -> tuple[Mapping[str, int], ...]:
        """Static shapes of the first graph."""
        return self.graphs[0].static if self.graphs else ()


@dataclass(frozen=True)
class Catalog:
    """All models, in the order of the file."""

    models: tuple[Model, ...]

    def __iter__(self) -> Iterator[Model]:
        return iter(self.models)

    def __len__(self) -> int:
        return len(self.models)

    def __contains__(self, model_id: object) -> bool:
        return any(model.id == model_id for model in self.models)

    def __getitem__(self, model_id: ModelId) -> Model:
        """The model of that name. Raises `NotFound`, with the names that exist."""
        for model in self.models:
            if model.id == model_id:
                return model
        known = ", ".join(model.id for model in self.models)
        raise NotFound(f"There is no model called {model_id!r}.", f"These exist: {known}.")
