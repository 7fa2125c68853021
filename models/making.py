"""A model that is made on this computer: others' weights, and a recipe that turns them into what runs here.

The recipe needs torch, so it runs in the export environment (`python3 -m installer export-env`), in a process of its own.
Each line that it prints is a JSON object: an `event`, and `words` for the person. A `part` is done when its `state` isn't
`making` any more; an `error` has also what `todo`.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from homespun.errors import Damaged, HomespunError, NotFound
from homespun.interpreters import program
from homespun.progress import Progress
from models import receipt as receipts
from models.catalog import ON_FIRST_DOWNLOAD, Form, Model, ModelFile, ModelId
from models.pipelines import NAME, NEEDED, PARTS, described, read_pipeline
from models.receipt import Receipt, Recorded, Witness

SETTING = "HOMESPUN_EXPORT_PYTHON"
"""Environment variable: the Python of an export environment that lies elsewhere."""

ROOT = Path(__file__).resolve().parents[1]
EVERY = 0.2
"""Seconds between two looks at whether the person cancelled."""

PATIENCE = 5.0
"""Seconds in which a recipe that was told to stop may do so."""

PLACE = "{out}"


def exporter() -> Path | None:
    """The Python of the export environment; None where there is none."""
    told = os.environ.get(SETTING)
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = Path(told) if told else ROOT.joinpath(".export-torch", *parts)
    return python if python.is_file() else None


def require_exporter(model: Model) -> Path:
    """The same. Raises `NotFound`, which says how to get one, before anything large is downloaded."""
    python = exporter()
    if python is None:
        raise NotFound(
            f"{model.title} is made on this computer from downloaded weights, and the tools for that are not here.",
            f"Set them up with python3 -m installer export-env, and get it again. Or copy it from a computer that has "
            f"it: homespun models get {model.id} --mirror DIR.",
        )
    return python


def as_made(model: Model, folder: Path) -> Model:
    """`model` with the files that the pipeline in `folder` names, if it is one that is made; the description comes last.

    Where nothing says which files they are, those that every pipeline has: such a model is never whole.
    """
    if model.form is not Form.MADE:
        return model
    try:
        pipeline = described(folder)
    except (NotFound, Damaged):
        return replace(model, files=tuple(ModelFile(name, ON_FIRST_DOWNLOAD) for name in (*NEEDED, NAME)))
    names = (*(file.name for file in pipeline.files), NAME)
    made = pipeline.model()
    files = tuple(ModelFile(name, ON_FIRST_DOWNLOAD) for name in names)
    return replace(model, files=files, graphs=made.graphs, variants=made.variants)


def forget_another(shelf: Path, folder: Path) -> None:
    """Take the description and the receipt of another pipeline than the one in `shelf` out of `folder`."""
    with suppress(OSError):
        if (folder / NAME).read_bytes() != (shelf / NAME).read_bytes():
            (folder / NAME).unlink()
    if not (folder / NAME).exists():
        (folder / receipts.NAME).unlink(missing_ok=True)


def make(model: Model, sources: Mapping[ModelId, Path], folder: Path, python: Path, progress: Progress) -> None:
    """Run the recipe into `folder`, look at what it made, and note the hashes of its files in the receipt.

    What it had made when it was stopped stays, and it goes on from there. Raises `Damaged`, `Cancelled`, and what the
    recipe says.
    """
    places = {f"{{{name}}}": os.fspath(path) for name, path in sources.items()} | {PLACE: os.fspath(folder)}
    words = [places.get(word, word) for word in model.recipe]
    _run([*words, "--parity", "parts", "--json"], python, model, progress)
    pipeline = read_pipeline(folder)
    receipt = Receipt()
    for file in pipeline.files:
        receipt = receipt.adding(file.name, Recorded(file.sha256, file.size, Witness.RECIPE))
    told = (folder / NAME).read_bytes()
    receipts.write(folder, receipt.adding(NAME, Recorded(hashlib.sha256(told).hexdigest(), len(told), Witness.RECIPE)))


def _run(words: list[str], python: Path, model: Model, progress: Progress) -> None:
    """The recipe in its process; what it says becomes progress. Raises what it says went wrong."""
    executable, more = program(os.fspath(python))
    environment = {**os.environ, **more, "PYTHONPATH": os.fspath(ROOT), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as errors:
        running = subprocess.Popen(
            [executable, "-m", "models.recipes.export", *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            failed = _follow(running, progress)
            code = running.wait()
        except BaseException:
            _stop(running)
            raise
        if failed is not None:
            raise failed
        if code != 0:
            raise HomespunError(f"{model.title} could not be made (code {code}): {_last(errors)}.", "Try it again.")


def _follow(running: subprocess.Popen[bytes], progress: Progress) -> HomespunError | None:
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    assert running.stdout is not None
    threading.Thread(target=_read, args=(running.stdout, lines), daemon=True).start()
    done, doing = 0, "starting the tools"
    while True:
        progress.report(done, len(PARTS) + 1, doing)
        with suppress(queue.Empty):
            line = lines.get(timeout=EVERY)
            if line is None:
                return None
            told = _told(line)
            words = str(told.get("words", doing))
            if told.get("event") == "error":
                return HomespunError(words, str(told.get("todo", "")))
            done = min(len(PARTS), done + (told.get("event") == "part" and told.get("state") != "making"))
            doing = words


def _read(stream: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    with suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put(None)


def _told(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _stop(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def _last(errors: IO[bytes]) -> str:
    """The last line that it wrote to its errors."""
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "it said nothing"
