"""Makes the sentence encoder that comes with Homespun, measures it, and refuses to write one that finds less.

    python -m models.recipes.export.minilm --optimum-python O/bin/python --collections ../shared/data/ir --write

runs in the torch export environment. Without `--optimum-python` the route by Optimum is left out of the comparison;
without `--write` the bundled files stay as they are. `--work DIR` keeps what is made on the way. `--variants` also makes
the files for NPUs there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from models.recipes.export import minilm_torch
from models.recipes.export.encode import OnnxEncoder, ReferenceEncoder
from models.recipes.export.graph import linear_layers
from models.recipes.export.quantise import quantise
from models.recipes.export.retrieval import COLLECTIONS, Verdict, collection, judge
from models.recipes.export.source import LONGEST, sha256, source_folder
from models.recipes.export.variants import BUCKETS, half

BUNDLED = Path(__file__).parents[2] / "bundled" / "all-minilm-l6-v2"

TOLERANCE = 1e-5
"""Largest difference of a float32 export to sentence-transformers, in any of 384 numbers."""

LARGEST = 25_000_000
"""Bytes of everything that is bundled for this model."""

SENTENCES = (
    "The slides about penguins.",
    "rent contract flat Vienna 2023, signed",
    "How do I change the oil of a bread machine?",
    "def quicksort(numbers): return sorted(numbers)",
    "Überweisung an die Gemeinde, naïve café, 雪の中の猫",
    "",
    "a " * 400,
)
"""What float32 exports are compared on: short, long, empty, code, other scripts."""


@dataclass(frozen=True)
class Route:
    """A float32 export: largest difference to the reference, and the processor time of a text of 128 word-pieces."""

    name: str
    file: Path
    nodes: int
    difference: float
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.name}: {self.nodes} nodes, max |difference| {self.difference:.1e}, {self.milliseconds:.1f} ms"


def main() -> int:
    """The command line; 1 when a gate is not passed."""
    given = arguments()
    folder = source_folder(given.source)
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        tokenizer = write_tokenizer(folder, work / "tokenizer.json")
        reference = ReferenceEncoder(folder)
        expected = reference(SENTENCES)
        routes = [measured(name, file, tokenizer, expected) for name, file in exports(folder, work, given)]
        for route in routes:
            print(route)
        exact = [route for route in routes if route.difference <= TOLERANCE]
        if not exact:
            print(f"No route is within {TOLERANCE} of sentence-transformers.")
            return 1
        best = min(exact, key=lambda route: route.nodes)  # the times are within each other's noise
        print(f"Kept: {best.name}")
        verdicts = small_enough_and_good(best.file, work / "model.onnx", tokenizer, reference, given.collections)
        if not all(verdict.passed for verdict in verdicts):
            print("The int8 file finds less than the gate allows, even with the sensitive layers in float32.")
            return 1
        if given.variants:
            for tokens in BUCKETS:
                minilm_torch.export(folder, work / f"model-{tokens}.onnx", tokens)
                half(work / f"model-{tokens}.onnx", work / f"model-{tokens}-fp16.onnx")
        if given.write:
            for name in ("model.onnx", "tokenizer.json"):
                (BUNDLED / name).write_bytes((work / name).read_bytes())
        for name in ("model.onnx", "tokenizer.json"):
            print(f"{name}: {(work / name).stat().st_size} bytes, sha256 {sha256(work / name)}")
    return 0


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="folder of the weights; else the installed package's")
    parser.add_argument("--optimum-python", type=Path, help="the Python of the Optimum export environment")
    parser.add_argument("--collections", type=Path, required=True, help="folder that holds cacm and cranfield")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def exports(folder: Path, work: Path, given: argparse.Namespace) -> list[tuple[str, Path]]:
    """The float32 file of each route, made now."""
    minilm_torch.export(folder, work / "torch.onnx")
    made = [("torch.onnx", work / "torch.onnx")]
    if given.optimum_python:
        script = "models.recipes.export.minilm_optimum"
        command = [str(given.optimum_python), "-m", script, str(work / "optimum.onnx"), "--source", str(folder)]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[3])
        made.append(("optimum", work / "optimum.onnx"))
    return made


def write_tokenizer(folder: Path, out: Path) -> Path:
    """The model's tokenizer.json, cut at what the model reads and without the fixed padding to 128."""
    described = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    described["truncation"]["max_length"] = LONGEST
    described["padding"] = None
    out.write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")
    return out


def measured(name: str, file: Path, tokenizer: Path, expected: NDArray[np.float32]) -> Route:
    """How exact and how quick a float32 export is."""
    encoder = OnnxEncoder(file, tokenizer)
    difference = float(np.abs(encoder(SENTENCES) - expected).max())
    text = "word " * 126
    times = []
    for _ in range(20):
        start = time.thread_time()
        encoder.one(text)
        times.append(time.thread_time() - start)
    return Route(name, file, len(onnx.load(file).graph.node), difference, float(np.median(times)) * 1000)


def small_enough_and_good(
    fp32: Path, out: Path, tokenizer: Path, reference: ReferenceEncoder, collections: Path
) -> list[Verdict]:
    """Quantise `fp32` into `out`, with as many of the sensitive layers left in float32 as the gate asks for."""
    judged = [collection(collections / name) for name in COLLECTIONS]
    layers = [node.name for node, _ in linear_layers(onnx.load(fp32))]
    verdicts: list[Verdict] = []
    for kept in keepable(layers):
        quantise(fp32, out, keep_float=kept)
        if out.stat().st_size + tokenizer.stat().st_size > LARGEST:
            print(f"{out.stat().st_size} bytes with {len(kept)} layers in float32 are too many.")
            break
        verdicts = [judge(one, reference, OnnxEncoder(out, tokenizer)) for one in judged]
        for verdict in verdicts:
            print(f"{len(kept)} layers in float32: {verdict}")
        if all(verdict.passed for verdict in verdicts):
            break
    return verdicts


def keepable(layers: list[str]) -> list[frozenset[str]]:
    """None, then more and more of the layers that lose most: those after the GELU, first ones first (measured)."""
    sensitive = [name for name in layers if name.endswith("output/dense/MatMul") and "attention" not in name]
    return [frozenset(sensitive[:count]) for count in range(len(sensitive) + 1)]


if __name__ == "__main__":
    sys.exit(main())
