"""float32 → float16 with float32 at the border, by ONNX Runtime's converter: the other one breaks on some graphs
(diffusion.md §2.2)."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
from onnxruntime.transformers.float16 import convert_float_to_float16

from models.recipes.export.diffusion.write import LARGEST


def half(fp32: Path, out: Path, *, largest: int = LARGEST) -> None:
    """Write `fp32` in half precision to `out`; more than `largest` bytes of weights go to `out` with `.data` behind.

    What a UNet makes of its timestep stays float32: the sine of 999 times a frequency has no digits left in float16.
    """
    model = onnx.load(fp32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one for each weight that is too small for float16
        made = convert_float_to_float16(
            model,
            keep_io_types=True,
            disable_shape_infer=True,  # the file has its shapes, and inference ends at 2 GB
            node_block_list=[node.name for node in timed(model.graph)],
        )
    straighten(made.graph)
    size = sum(len(tensor.raw_data) for tensor in made.graph.initializer)
    onnx.save(
        made, out, save_as_external_data=size > largest, all_tensors_to_one_file=True, location=f"{out.name}.data"
    )


def timed(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """The nodes between the input `timestep` and the first layer with weights, and what makes their constants."""
    reached = {"timestep"}
    found: dict[str, onnx.NodeProto] = {}
    for node in graph.node:  # in order of execution
        if node.op_type not in ("Gemm", "MatMul", "Conv") and reached.intersection(node.input):
            reached.update(node.output)
            found[node.name] = node
    makers = {name: node for node in graph.node for name in node.output}
    waiting = [name for node in found.values() for name in node.input]
    while waiting:
        node = makers.get(waiting.pop())
        if node is not None and node.name not in found:
            found[node.name] = node
            waiting += node.input
    return list(found.values())


def straighten(graph: onnx.GraphProto) -> None:
    """Where a float32 tensor goes to float16 and back, take it as it was: the converter does so between any two nodes."""
    casts = {node.output[0]: node for node in graph.node if node.op_type == "Cast"}
    halved = {name: node.input[0] for name, node in casts.items() if _to(node) == onnx.TensorProto.FLOAT16}
    stored = {tensor.name for tensor in graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT}
    whole: dict[str, str] = {}
    for name, node in casts.items():
        if _to(node) == onnx.TensorProto.FLOAT and (node.input[0] in halved or node.input[0] in stored):
            whole[name] = halved.get(node.input[0], node.input[0])
    for node in graph.node:
        node.input[:] = [whole.get(name, name) for name in node.input]
    used = {name for node in graph.node for name in node.input} | {port.name for port in graph.output}
    while dead := [node for node in graph.node if node.op_type == "Cast" and node.output[0] not in used]:
        for node in dead:
            graph.node.remove(node)
        used = {name for node in graph.node for name in node.input} | {port.name for port in graph.output}


def _to(node: onnx.NodeProto) -> int:
    """What a Cast casts to."""
    return int(next(attribute.i for attribute in node.attribute if attribute.name == "to"))
