"""Route O: all-MiniLM-L6-v2 by Optimum, in its own environment (it needs transformers below 4.58).

python -m models.recipes.export.minilm_optimum OUT.onnx
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnx
from optimum.exporters.onnx import main_export

from models.recipes.export.source import source_folder

OPSET = 17


def export(folder: Path, out: Path) -> None:
    """Write float32 ONNX with pooling inside to `out`, any batch and length; the vector is named `sentence_vector`."""
    with tempfile.TemporaryDirectory() as work:
        # Named, because from a folder the exporter can't guess task or library (diffusion.md §1).
        main_export(
            str(folder),
            work,
            task="feature-extraction",
            library_name="sentence_transformers",
            opset=OPSET,
            do_validation=False,
        )
        model = onnx.load(Path(work) / "model.onnx")
    graph = model.graph
    for node in graph.node:
        for i, name in enumerate(node.output):
            if name == "sentence_embedding":
                node.output[i] = "sentence_vector"
    kept = [output for output in graph.output if output.name == "sentence_embedding"]
    kept[0].name = "sentence_vector"
    del graph.output[:]
    graph.output.extend(kept)
    onnx.save(model, out)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    export(source_folder(given.source), given.out)


if __name__ == "__main__":
    main()
