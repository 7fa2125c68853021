"""Small changes to an ONNX graph that keep what it computes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper


def weights_of(model: onnx.ModelProto) -> dict[str, onnx.TensorProto]:
    """The stored tensors by name."""
    return {tensor.name: tensor for tensor in model.graph.initializer}


def linear_layers(model: onnx.ModelProto) -> Iterator[tuple[onnx.NodeProto, onnx.TensorProto]]:
    """Each MatMul whose right side is a stored matrix [in, out], with that matrix."""
    weights = weights_of(model)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            yield node, weights[node.input[1]]


def sums_before_normalisation(model: onnx.ModelProto) -> int:
    """Write the additions whose result is only layer-normalised as `Sum`; the number that were.

    ONNX Runtime fuses Add and LayerNormalization into SkipLayerNormalization, whose CPU kernel is not vectorised: 11 %
    of the time at 128 tokens. It leaves Sum alone.
    """
    uses = Counter(name for node in model.graph.node for name in node.input)
    normalised = {node.input[0] for node in model.graph.node if node.op_type == "LayerNormalization"}
    stored = weights_of(model)
    changed = 0
    for node in model.graph.node:
        (result, *_) = node.output
        if node.op_type == "Add" and result in normalised and uses[result] == 1 and not stored.keys() & set(node.input):
            node.op_type = "Sum"
            changed += 1
    return changed


def scale_inputs(model: onnx.ModelProto, name: str, scales: NDArray[np.float32]) -> None:
    """Divide the tensor `name` [.., in] by `scales` [in] in front of every linear layer, and multiply its rows by them."""
    layers = [(node, matrix) for node, matrix in linear_layers(model) if node.input[0] == name]
    scaled, factor = f"{name}.scaled", f"{name}.scale"
    model.graph.initializer.append(numpy_helper.from_array((1.0 / scales).astype(np.float32), factor))
    first = min(position(model, node) for node, _ in layers)
    for node, matrix in layers:
        values = numpy_helper.to_array(matrix) * scales[:, None]
        matrix.CopyFrom(numpy_helper.from_array(values.astype(np.float32), matrix.name))
        node.input[0] = scaled
    model.graph.node.insert(first, helper.make_node("Mul", [name, factor], [scaled], name=f"{name}/scale"))


def position(model: onnx.ModelProto, node: onnx.NodeProto) -> int:
    """Where `node` stands in the graph, which is in order of execution."""
    return next(i for i, other in enumerate(model.graph.node) if other.output[0] == node.output[0])
