"""A tiny pipeline put where `homespun models get erase-best` would put the real one."""

from __future__ import annotations

import hashlib

from homespun.folders import folders
from models import receipt as receipts
from models.pipelines import NAME, Pipeline
from models.receipt import Receipt, Recorded, Witness
from tests.engines.diffusion.tiny import Changes, Sizes, tiny_pipeline

ID = "erase-best"


def install(sizes: Sizes | None = None, changes: Changes | None = None) -> Pipeline:
    """The catalogue's `erase-best` is here afterwards, with small graphs. HOMESPUN_HOME must be the test's own."""
    pipeline = tiny_pipeline(folders().models / ID, sizes or Sizes(), changes)
    told = (pipeline.folder / NAME).read_bytes()
    receipt = Receipt().adding(NAME, Recorded(hashlib.sha256(told).hexdigest(), len(told), Witness.RECIPE))
    for file in pipeline.files:
        receipt = receipt.adding(file.name, Recorded(file.sha256, file.size, Witness.RECIPE))
    receipts.write(pipeline.folder, receipt)
    return pipeline
