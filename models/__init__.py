"""Which models exist, where their files are, and how they get here. Nothing is downloaded without the person's yes.

`catalog()` lists them, `locate` finds one that is here, `get` brings one (mirror folder or download), `verify` checks
hashes, `remove` deletes. `Store` is the same for other folders, another catalogue or another hub.
"""

from __future__ import annotations

from pathlib import Path

from homespun.folders import folders
from homespun.progress import Progress
from models.catalog import (
    ON_FIRST_DOWNLOAD,
    Catalog,
    Form,
    Graph,
    Model,
    ModelFile,
    ModelId,
    Ship,
    Task,
    Tensor,
    TextRules,
    Variant,
)
from models.check import Checked, FileState
from models.fetch import Wire
from models.receipt import Witness
from models.schema import shipped
from models.store import Listed, Located, Offer, Source, Store

__all__ = [
    "ON_FIRST_DOWNLOAD",
    "Catalog",
    "Checked",
    "FileState",
    "Form",
    "Graph",
    "Listed",
    "Located",
    "Model",
    "ModelFile",
    "ModelId",
    "Offer",
    "Ship",
    "Source",
    "Store",
    "Task",
    "Tensor",
    "TextRules",
    "Variant",
    "Wire",
    "Witness",
    "catalog",
    "get",
    "installed",
    "listing",
    "locate",
    "offer",
    "remove",
    "verify",
]


def store() -> Store:
    """The models of this person, with the catalogue and the bundled models that come with Homespun."""
    return Store(shipped(), folders().models, Path(__file__).parent / "bundled")


def catalog() -> Catalog:
    """Every model that Homespun knows."""
    return shipped()


def locate(model_id: ModelId) -> Located:
    """Where the model is, without a network and without reading it. Raises `NotFound` when it isn't here."""
    return store().locate(model_id)


def get(model_id: ModelId, *, consent: bool, mirror: Path | None, progress: Progress) -> Located:
    """Bring a model here and return it; see `Store.get` for what is raised."""
    return store().get(model_id, consent=consent, mirror=mirror, progress=progress)


def offer(model_id: ModelId) -> Offer:
    """Server, size and licence: what to ask the person before `get` with `consent`."""
    return store().offer(model_id)


def remove(model_id: ModelId) -> int:
    """Delete a downloaded model and return the bytes that this frees. Raises `NotFound`, `UsageError`, `Busy`."""
    return store().remove(model_id)


def verify(model_id: ModelId, progress: Progress | None = None) -> list[Checked]:
    """Each file of a model with what its sha256 says. Raises `NotFound`, and `Cancelled` through `progress`."""
    return store().verify(model_id, progress or Progress())


def installed() -> list[Located]:
    """The models that can be used now."""
    return store().installed()


def listing() -> list[Listed]:
    """Every model, with what is here of it and who vouches for its hashes."""
    return store().listing()
