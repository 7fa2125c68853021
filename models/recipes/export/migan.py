"""Cuts MI-GAN's generator out of the author's pipeline file and proves that it gives the same numbers.

    python -m models.recipes.export.migan FOLDER

in the torch export environment. FOLDER is the model's folder as `homespun models get mi-gan` prints it; `generator.onnx`
is written beside the pipeline there, and the eraser prefers it from then on. The pipeline finds, cuts, resizes and pastes
inside the graph, so its shapes depend on its data and only the CPU runs it. The generator is [1, 4, 512, 512] →
[1, 3, 512, 512] and made of convolutions, additions and resizes, which is what accelerators want.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

PIPELINE = "migan_pipeline_v2.onnx"

PIPELINE_SHA256 = "6f1f3530a1a2324b19752018ce756088b07973cda8d7d890034ace5c8a48c40b"

GENERATOR = "generator.onnx"

SIDE = 512

INNER_INPUT = "/Concat_23_output_0"
"""Known - 0.5, then R, G, B in -1..1, times known (1 = known, 0 = hole)."""

INNER_OUTPUT = "/model/synthesis/b512/Add_1_output_0"
"""R, G, B in about -1..1, not clipped."""

EXAMPLES = ((512, 512, (100, 160, 300, 280)), (700, 900, (300, 200, 460, 330)), (420, 380, (0, 0, 90, 60)))
"""Height, width and the hole (left, top, right, bottom) of what both are fed."""


def main() -> int:
    """The command line; 1 when the cut-out does not give what the pipeline computes inside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    source = (folder / PIPELINE).read_bytes()
    found = hashlib.sha256(source).hexdigest()
    if found != PIPELINE_SHA256:
        print(f"{folder / PIPELINE} has sha256 {found}, not {PIPELINE_SHA256}: that is another file.")
        return 1
    pipeline = onnx.load_from_string(source)
    made = cut(pipeline, INNER_INPUT, INNER_OUTPUT, (1, 4, SIDE, SIDE), (1, 3, SIDE, SIDE))
    data = made.SerializeToString(deterministic=True)
    difference = compare(pipeline, data)
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(n.op_type for n in made.graph.node).most_common())
    print(f"{len(pipeline.graph.node)} nodes → {len(made.graph.node)} ({kinds})")
    print(f"largest difference to the pipeline's own generator: {difference:.1e}")
    if difference > 0:
        return 1
    (folder / GENERATOR).write_bytes(data)
    print(f"{folder / GENERATOR}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


def cut(
    model: onnx.ModelProto, start: str, end: str, taken: tuple[int, ...], given: tuple[int, ...]
) -> onnx.ModelProto:
    """The part of `model` that computes the tensor `end` from the tensor `start`, with fixed shapes.

    They are called `input` (float32 of shape `taken`) and `output` (`given`). What hangs on constants alone is computed
    now. Raises `ValueError` when `end` also hangs on another input of the model.
    """
    makers = {name: node for node in model.graph.node for name in node.output}
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    wanted = reached(makers, stored.keys(), start, end)
    nodes = [node for node in model.graph.node if any(name in wanted for name in node.output)]
    known = {name: numpy_helper.to_array(tensor) for name, tensor in stored.items() if name in wanted}
    kept = []
    for node in nodes:
        inputs = [name for name in node.input if name]
        if start not in inputs and all(name in known for name in inputs):
            results = ReferenceEvaluator(node, opsets={"": opset(model)}).run(None, {n: known[n] for n in inputs})
            known |= dict(zip(node.output, (np.asarray(result) for result in results), strict=True))
        else:
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            copy.input[:] = ["input" if name == start else name for name in node.input]
            copy.output[:] = ["output" if name == end else name for name in node.output]
            kept.append(copy)
    used = {name for node in kept for name in node.input}
    graph = helper.make_graph(
        kept,
        "generator",
        [helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, taken)],
        [helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, given)],
        [numpy_helper.from_array(np.ascontiguousarray(known[name]), name) for name in sorted(used & known.keys())],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset(model))], ir_version=model.ir_version)
    made = onnx.shape_inference.infer_shapes(made, strict_mode=True)
    onnx.checker.check_model(made)
    return made


def reached(makers: dict[str, onnx.NodeProto], stored: Collection[str], start: str, end: str) -> set[str]:
    """Every tensor that `end` hangs on, as far back as `start`."""
    wanted: set[str] = set()
    waiting = [end]
    while waiting:
        name = waiting.pop()
        if name in wanted or name == start:
            continue
        wanted.add(name)
        if name in makers:
            waiting += [before for before in makers[name].input if before]
        elif name not in stored:
            raise ValueError(f"{end} hangs on {name} too, not on {start} alone")
    return wanted


def opset(model: onnx.ModelProto) -> int:
    """The version of the ONNX operators that `model` uses."""
    return int(next(one.version for one in model.opset_import if not one.domain))


def compare(pipeline: onnx.ModelProto, generator: bytes) -> float:
    """The largest difference of the cut-out to the tensor inside the pipeline, over three pictures and holes."""
    watched = onnx.ModelProto()
    watched.CopyFrom(pipeline)
    for name in (INNER_INPUT, INNER_OUTPUT):
        watched.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    # Fusing moves roundings about, differently on both sides; without it the same kernels meet the same numbers.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    cpu = ["CPUExecutionProvider"]
    whole = onnxruntime.InferenceSession(watched.SerializeToString(), options, providers=cpu)
    part = onnxruntime.InferenceSession(generator, options, providers=cpu)
    worst = 0.0
    for height, width, hole in EXAMPLES:
        image, mask = example(height, width, hole)
        taken, expected = whole.run([INNER_INPUT, INNER_OUTPUT], {"image": image, "mask": mask})
        (found,) = part.run(["output"], {"input": taken})
        worst = max(worst, float(np.abs(found - expected).max()))
    return worst


def example(height: int, width: int, hole: tuple[int, int, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture of waves and grain, uint8 [1, 3, height, width], and a mask, 0 in the box `hole` (left, top, right, bottom)."""
    rows, columns = np.mgrid[:height, :width]
    waves = np.stack([np.sin(rows / 17), np.cos(columns / 23), np.sin((rows + columns) / 31)])
    grain = np.random.default_rng(1).normal(0, 8, waves.shape)
    image = np.clip(128 + 80 * waves + grain, 0, 255).astype(np.uint8)[None]
    mask = np.full((1, 1, height, width), 255, np.uint8)
    left, top, right, bottom = hole
    mask[..., top:bottom, left:right] = 0
    return image, mask


if __name__ == "__main__":
    sys.exit(main())
