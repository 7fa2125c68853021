"""The sentence encoder's graph → one that an NPU takes whole, and that 16-bit activations with 8-bit weights keep exact.

Each step was found by trying (ONNX Runtime 1.32, onnxruntime-qnn 2.7, its simulator); the model card has the figures.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from models.recipes.export.graph import linear_layers, position

OPSET, IR = 21, 10
"""The first opset with 16-bit QuantizeLinear; Gelu came with 20."""

MASKED = -60.0
"""Added to the score of padding. The usual -10,000 would set the scale of every score: a step of 0.15 in 16 bits."""


def for_npu(model: onnx.ModelProto) -> None:
    """Rewrite the float export of `minilm_torch`, in place. What it computes stays the same."""
    soften_mask(model)
    even_out(model)
    join_gelu(model)
    pool_by_product(model)
    prune(model)
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", OPSET))
    model.ir_version = IR
    onnx.checker.check_model(model)


def soften_mask(model: onnx.ModelProto) -> None:
    """Put `MASKED` in the place of -10,000. Raises `ValueError` when that is not there."""
    found = 0
    for node in model.graph.node:
        if node.op_type != "Constant":
            continue
        value = numpy_helper.to_array(node.attribute[0].t)
        if value.size == 1 and value.reshape(-1)[0] == -10_000.0:
            node.attribute[0].t.CopyFrom(numpy_helper.from_array(np.full_like(value, MASKED)))
            found += 1
    if found != 1:
        raise ValueError(f"{found} constants are -10,000, not one: this is another graph")


def even_out(model: onnx.ModelProto) -> None:
    """Give every column of every stored matrix the largest value 1, and multiply the columns of the result instead.

    QNN's MatMul takes one scale for a whole matrix. With one scale for columns of unlike size, the cosine to float32 is
    0.94; the multiplication does what a scale per column would.
    """
    for node, matrix in list(linear_layers(model)):
        values = numpy_helper.to_array(matrix)
        sizes = np.abs(values).max(axis=0).astype(np.float32)
        matrix.CopyFrom(numpy_helper.from_array((values / sizes).astype(np.float32), matrix.name))
        (result,) = node.output
        even, factor = f"{result}.even", f"{result}.sizes"
        node.output[0] = even
        store(model, factor, sizes)
        product = helper.make_node("Mul", [even, factor], [result], name=f"{node.name}/sizes")
        model.graph.node.insert(position(model, node) + 1, product)


def join_gelu(model: onnx.ModelProto) -> None:
    """Write x/√2 → erf → +1 → ·x → ·½ as Gelu: QNN has no erf, and would run the graph in pieces."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    maker = {name: node for node in model.graph.node for name in node.output}
    for node in model.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    for erf in [node for node in model.graph.node if node.op_type == "Erf"]:
        chain = [maker[erf.input[0]], erf]
        for _ in range(3):
            chain.append(readers[chain[-1].output[0]][0])
        kinds = [node.op_type for node in chain]
        if kinds != ["Div", "Erf", "Add", "Mul", "Mul"]:
            raise ValueError(f"{erf.name} stands in {kinds}, which is no GELU")
        joined = helper.make_node(
            "Gelu", [chain[0].input[0]], [chain[-1].output[0]], name=erf.name.replace("Erf", "Gelu")
        )
        model.graph.node.insert(position(model, chain[-1]), joined)
        for node in chain:
            model.graph.node.remove(node)


def pool_by_product(model: onnx.ModelProto) -> None:
    """Write mean pooling as one MatMul of (mask / count) with the words, and the length as LpNormalization.

    A sum over 256 words needs a range that leaves a text of five words few steps (cosine 0.994 instead of 0.999), and the
    division by the length could not be compiled.
    """
    nodes = {node.name: node for node in model.graph.node}
    mask = nodes["/Cast"].output[0]
    words = nodes["/Mul_1"].input[0]
    for name in (
        "/Unsqueeze_2",
        "/Mul_1",
        "/ReduceSum",
        "/ReduceSum_1",
        "/Clip",
        "/Div",
        "/ReduceL2",
        "/Clip_1",
        "/Div_1",
    ):
        model.graph.node.remove(nodes[name])
    store(model, "along_words", np.array([1], np.int64))
    store(model, "as_rows", np.array([0, -1], np.int64))
    model.graph.node.extend(
        [
            helper.make_node("ReduceSum", [mask, "along_words"], ["count"], name="count", keepdims=1),
            helper.make_node("Div", [mask, "count"], ["shares"], name="shares"),
            helper.make_node("Unsqueeze", ["shares", "along_words"], ["shares_row"], name="shares_row"),
            helper.make_node("MatMul", ["shares_row", words], ["mean_row"], name="mean"),
            helper.make_node("Reshape", ["mean_row", "as_rows"], ["mean_vector"], name="mean_vector"),
            helper.make_node("LpNormalization", ["mean_vector"], ["sentence_vector"], name="length", axis=-1, p=2),
        ]
    )


def prune(model: onnx.ModelProto) -> None:
    """Take out what no output asks for."""
    maker = {name: node for node in model.graph.node for name in node.output}
    wanted: set[str] = set()
    asked = [output.name for output in model.graph.output]
    while asked:
        name = asked.pop()
        if name in wanted:
            continue
        wanted.add(name)
        if name in maker:
            asked += maker[name].input
    nodes = [node for node in model.graph.node if wanted & set(node.output)]
    stored = [tensor for tensor in model.graph.initializer if tensor.name in wanted]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(stored)


def store(model: onnx.ModelProto, name: str, values: NDArray[np.generic]) -> None:
    """Add a stored tensor."""
    model.graph.initializer.append(numpy_helper.from_array(values, name))
