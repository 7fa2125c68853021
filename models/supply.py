"""Bringing the files of a model into its folder: from a mirror folder or from a server, checked the same way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from homespun.errors import Damaged, NoConsent, NotFound
from homespun.files import require_space, size_text, sync_folder
from homespun.progress import Progress
from models import receipt as receipts
from models.catalog import Model, ModelFile
from models.check import COMMIT, expected, receipt_of
from models.fetch import Expected, Wire, blocks, disk, download, host, hub_file, hub_url, part_of
from models.receipt import Receipt, Recorded, Witness

SURPRISE = 1.25
"""How much more than announced a download may turn out to be before the person is asked again."""

SLACK = 10_000_000
"""Bytes of the disk that a download leaves free."""


def from_mirror(model: Model, files: Sequence[ModelFile], shelf: Path, folder: Path, progress: Progress) -> None:
    """Copy `files` out of `shelf`, the model's folder in a mirror.

    A hash that neither the catalogue nor an earlier receipt knows comes from the mirror's own receipt, if it has one;
    else the file is taken as it is, and the receipt says so. Raises `NotFound`, `Damaged`, `NoSpace`, `NoPermission`
    and `Cancelled`.
    """
    theirs = receipt_of(model, shelf)
    for file in files:
        if not (shelf / file.name).is_file():
            raise NotFound(
                f"The mirror folder {shelf} lacks {file.name}.", "Copy the whole folder of the model into it."
            )
    total = sum((shelf / file.name).stat().st_size for file in files)
    require_space(folder, total + SLACK, model.title)
    ours = receipt_of(model, folder)
    before = 0
    for file in files:
        sha256, _, witness = expected(file, ours)
        if not sha256:
            sha256, _, witness = expected(file, theirs)
        target = folder / file.name
        with disk(target):
            digest, size = _copy(shelf / file.name, part_of(target), progress, before, total)
            if sha256 and digest != sha256:
                part_of(target).unlink()
                raise Damaged(
                    f"{shelf / file.name} is not the file that it should be: its sha256 is {digest[:12]}…, not "
                    f"{sha256[:12]}….",
                    "Copy it into the mirror folder once more.",
                )
            os.replace(part_of(target), target)
            sync_folder(target.parent)
        ours = ours.adding(file.name, Recorded(digest, size, witness or Witness.MIRROR), theirs.revision)
        receipts.write(folder, ours)
        before += size


def from_server(model: Model, files: Sequence[ModelFile], folder: Path, wire: Wire, progress: Progress) -> None:
    """Download `files`. The person has agreed.

    Raises `NoConsent` when it is much more than was announced, `NetworkError`, `Damaged`, `NoSpace`, `NoPermission` and
    `Cancelled`.
    """
    receipt = receipt_of(model, folder)
    revision = receipt.revision or model.revision
    plan: list[tuple[ModelFile, Expected]] = []
    for file in files:
        promised = _promised(model, file, revision, receipt, wire, progress)
        revision = promised.commit or revision
        plan.append((file, promised))
    total = sum(promised.size for _, promised in plan)
    if model.size and total > model.size * SURPRISE:
        raise NoConsent(
            f"{model.title} would be {size_text(total)}, much more than the {size_text(model.size)} you agreed to.",
            "Update Homespun, whose catalogue is out of date.",
        )
    already = sum(part.stat().st_size for file in files if (part := part_of(folder / file.name)).exists())
    require_space(folder, max(0, total - already) + SLACK, model.title)
    before = 0
    for file, promised in plan:
        target = folder / file.name
        with disk(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        digest = download(promised, target, wire, progress, before=before, total=total)
        witness = Witness.CATALOGUE if file.pinned else Witness.HUB
        receipt = receipt.adding(file.name, Recorded(digest, promised.size, witness), revision)
        receipts.write(folder, receipt)
        before += promised.size


def _promised(
    model: Model, file: ModelFile, revision: str, receipt: Receipt, wire: Wire, progress: Progress
) -> Expected:
    """What the server has to send. The hub is asked for metadata only where the catalogue leaves something open."""
    sha256, size, _ = expected(file, receipt)
    if file.url:
        return Expected(file.url, size, sha256)
    if sha256 and size and COMMIT.fullmatch(revision):
        return Expected(hub_url(model.hub, revision, file.path, wire), size, sha256)
    told = hub_file(model.hub, revision, file.path, wire, progress)
    if sha256 and told.sha256 and told.sha256 != sha256:
        raise Damaged(
            f"{host(told.url)} has another {file.name} now (sha256 {told.sha256[:12]}…) than Homespun knows "
            f"({sha256[:12]}…).",
            f"Remove the model and get it again to accept the new one: homespun models remove {model.id}.",
        )
    return replace(told, sha256=sha256 or told.sha256)


def _copy(source: Path, part: Path, progress: Progress, before: int, total: int) -> tuple[str, int]:
    """Copy into a part file; returns sha256 and bytes."""
    part.parent.mkdir(parents=True, exist_ok=True)
    sums = hashlib.sha256()
    done = 0
    with part.open("wb") as out:
        for block in blocks(source):
            out.write(block)
            sums.update(block)
            done += len(block)
            progress.report(before + done, total, source.name)
        out.flush()
        os.fsync(out.fileno())
    return sums.hexdigest(), done
