"""Where a model's files are, and how they get there: bundled → local → mirror folder → download.

A mirror folder is for machines without internet. It holds DIR/<model id>/<file>, as the models folder itself does, so
the models folder of another computer is one. Whatever the source, a file gets its name only when its hash is right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from homespun.errors import Busy, Damaged, NoConsent, NotFound, UsageError
from homespun.files import size_text
from homespun.folders import make_private
from homespun.progress import Progress
from models.catalog import Catalog, Form, Model, ModelFile, ModelId, Ship
from models.check import Checked, FileState, check, is_complete, receipt_of
from models.fetch import Wire, disk, host, part_of
from models.lock import alone
from models.making import as_made, forget_another, make, require_exporter
from models.supply import from_mirror, from_server


class Source(StrEnum):
    """Where a model's files were found, or came from just now."""

    BUNDLED = "bundled"
    LOCAL = "local"
    MIRROR = "mirror"
    DOWNLOAD = "download"
    MADE = "made"


@dataclass(frozen=True)
class Located:
    """A model that is here: `folder / file.name` exists for each of `model.files`."""

    folder: Path
    model: Model
    source: Source


@dataclass(frozen=True)
class Offer:
    """What a person agrees to before a download; `size` in bytes, roughly if `estimated`."""

    hosts: tuple[str, ...]
    size: int
    estimated: bool
    licence: str
    terms: str

    def __str__(self) -> str:
        about = "about " if self.estimated else ""
        terms = f" {self.terms}" if self.terms else ""
        return f"{about}{size_text(self.size)} from {' and '.join(self.hosts)}, licence {self.licence}.{terms}"


@dataclass(frozen=True)
class Listed:
    """One line of the list of models.

    `source` is None where the model isn't here; `hashes` tells who vouches for the files (`catalogue`, `on first
    download`, `first download (hub)`); `partial` counts the bytes of a download that broke off.
    """

    model: Model
    source: Source | None
    hashes: str
    partial: int


@dataclass(frozen=True)
class Store:
    """The models of one person: a catalogue, the folder for downloads, the folder that comes with Homespun."""

    catalog: Catalog
    local: Path
    bundled: Path
    wire: Wire = field(default_factory=Wire)

    def locate(self, model_id: ModelId) -> Located:
        """The model, if it is here: names and sizes are looked at, hashes by `verify`. Raises `NotFound`, `Damaged`."""
        model = self.catalog[model_id]
        for source, folder in ((Source.BUNDLED, self.bundled / model.id), (Source.LOCAL, self.local / model.id)):
            model = as_made(model, folder)
            if not (source is Source.LOCAL or model.bundled) or model.undescribed:
                continue
            if is_complete(model, folder, receipt_of(model, folder)):
                return Located(folder, model, source)
        if model.bundled and not self.offer(model_id).hosts:
            raise Damaged(
                f"{model.title} comes with Homespun, but its files are missing or broken.", "Install Homespun again."
            )
        raise _absent(model)

    def get(self, model_id: ModelId, *, consent: bool, mirror: Path | None, progress: Progress) -> Located:
        """Make sure that the model is here and whole, and return it.

        What is here is checked by its hashes; what is missing or wrong comes from `mirror`, or, with `consent`, from
        where the catalogue says. Nothing is asked of any server without `consent`. Raises `NoConsent` (naming server,
        size and licence), `NotFound`, `UsageError` (a licence that forbids it), `Busy`, `NetworkError`, `Damaged`,
        `NoSpace`, `NoPermission` and `Cancelled`; a download that broke off goes on at the next call.
        """
        folder = self.local / model_id
        model = as_made(self.catalog[model_id], folder)
        if model.bundled and (mirror is None or self._find(model)):
            return self.locate(model_id)
        if not self._missing(model, progress):
            return Located(folder, model, Source.LOCAL)
        shelf = mirror / model.id if mirror is not None else None
        if shelf is not None and shelf.is_dir():
            if model.form is Form.MADE:
                model = as_made(model, shelf)
                forget_another(shelf, folder)
        else:
            shelf = None
        if shelf is None and model.form is Form.MADE:
            return self._make(model, consent=consent, mirror=mirror, progress=progress)
        if shelf is None:
            self._may_download(model, consent=consent, mirror=mirror)
        make_private(folder)
        with self._alone(model):
            missing = self._missing(model, progress)  # another process may just have brought them
            if shelf is not None:
                from_mirror(model, missing, shelf, folder, progress)
            else:
                from_server(model, missing, folder, self.wire, progress)
        return Located(folder, model, Source.MIRROR if shelf else Source.DOWNLOAD)

    def _make(self, model: Model, *, consent: bool, mirror: Path | None, progress: Progress) -> Located:
        """Get what it is made of, and make it."""
        python = require_exporter(model)
        missing = [one for one in model.made_from if self._find(self.catalog[one]) is None]
        if any(mirror is None or not (mirror / one).is_dir() for one in missing):
            self._may_download(model, consent=consent, mirror=mirror)
        sources = {}
        for one in model.made_from:
            sources[one] = self.get(one, consent=consent, mirror=mirror, progress=progress).folder
        folder = make_private(self.local / model.id)
        with self._alone(model):
            make(model, sources, folder, python, progress)
        return Located(folder, as_made(model, folder), Source.MADE)

    def offer(self, model_id: ModelId) -> Offer:
        """What a download of that model would be, for the question to the person."""
        model = self.catalog[model_id]
        if model.made_from:
            return self._offer_of_all(model)
        hosts = dict.fromkeys(host(file.url or self.wire.hub) for file in model.files if file.url or file.path)
        known = all(file.size for file in model.files)
        return Offer(tuple(hosts), model.size, not known, model.licence, model.terms)

    def _offer_of_all(self, model: Model) -> Offer:
        """The downloads of what a model is made of, and isn't here yet."""
        missing = [one for one in model.made_from if self._find(self.catalog[one]) is None]
        offers = [self.offer(one) for one in missing]
        hosts = dict.fromkeys(name for offer in offers for name in offer.hosts)
        size = sum(offer.size for offer in offers)
        return Offer(tuple(hosts), size, any(offer.estimated for offer in offers), model.licence, model.terms)

    def remove(self, model_id: ModelId) -> int:
        """Delete what was downloaded of a model, whole or partial, and return its bytes.

        Raises `NotFound`, `UsageError` (it comes with Homespun) and `Busy`.
        """
        model = self.catalog[model_id]
        folder = self.local / model.id
        if not folder.is_dir():
            if model.bundled:
                raise UsageError(f"{model.title} is a part of Homespun.", "It goes when Homespun is removed.")
            raise _absent(model)
        with self._alone(model):
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            try:
                shutil.rmtree(folder)
            except PermissionError as error:
                raise Busy(
                    f"A file of {model.title} is in use or locked.", "Close Homespun's windows first."
                ) from error
        return size

    def verify(self, model_id: ModelId, progress: Progress) -> list[Checked]:
        """Compare every file with its sha256. Raises `NotFound` when nothing of the model is here, and `Cancelled`."""
        for folder in (self.local / model_id, self.bundled / model_id):
            model = as_made(self.catalog[model_id], folder)
            if any((folder / file.name).exists() for file in model.files):
                return check(model, folder, progress)
        raise _absent(self.catalog[model_id])

    def installed(self) -> list[Located]:
        """The models that can be used now."""
        found = (self._find(model) for model in self.catalog)
        return [located for located in found if located is not None]

    def listing(self) -> list[Listed]:
        """Every model of the catalogue, with what is here of it."""
        return [self._listed(model) for model in self.catalog]

    def _find(self, model: Model) -> Located | None:
        try:
            return self.locate(model.id)
        except (NotFound, Damaged):
            return None

    def _listed(self, model: Model) -> Listed:
        folder = self.local / model.id
        located = self._find(model)
        if located is not None:
            model = located.model
        partial = sum(part.stat().st_size for file in model.files if (part := part_of(folder / file.name)).exists())
        if model.pinned:
            hashes = "catalogue"
        elif located is None:
            hashes = "on first download"
        else:
            recorded = receipt_of(model, folder).files
            said = sorted({str(recorded[file.name].witness) for file in model.files if not file.pinned})
            hashes = f"first download ({', '.join(said)})"
        return Listed(model, located.source if located else None, hashes, partial)

    def _missing(self, model: Model, progress: Progress) -> list[ModelFile]:
        """The files that are not here, or not what they should be."""
        folder = self.local / model.id
        if not folder.is_dir():
            return list(model.files)
        fine = {one.name for one in check(model, folder, progress) if one.state is FileState.OK}
        return [file for file in model.files if file.name not in fine]

    def _may_download(self, model: Model, *, consent: bool, mirror: Path | None) -> None:
        if model.ship is Ship.NO:
            raise UsageError(
                f"Homespun does not download {model.title}: {model.terms}",
                f"Get it yourself, put it into DIR/{model.id}, and run homespun models get {model.id} --mirror DIR.",
            )
        if not self.offer(model.id).hosts:
            self.locate(model.id)
        if consent:
            return
        if mirror is not None:
            raise NotFound(f"The mirror folder {mirror} has no folder {model.id}.", "docs/models.md tells its layout.")
        raise NoConsent(
            f"{model.title} is not on this computer. A download would be {self.offer(model.id)}",
            f"Run homespun models get {model.id} and agree, or use a mirror folder (--mirror DIR).",
        )

    @contextmanager
    def _alone(self, model: Model) -> Iterator[None]:
        locks = make_private(self.local / ".locks")
        with disk(locks / model.id), alone(locks / model.id, model.title):
            yield


def _absent(model: Model) -> NotFound:
    return NotFound(f"{model.title} is not on this computer.", f"Run homespun models get {model.id}.")
