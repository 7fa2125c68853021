"""Cutting a network out of a graph that finds, cuts, resizes and pastes around it (models/recipes/export/migan.py)."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx", reason="the export environment is not this one")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import ModelProto, TensorProto, helper, numpy_helper  # noqa: E402  # only where onnx is

from models.recipes.export.migan import cut  # noqa: E402

pytestmark = pytest.mark.export


def graph() -> ModelProto:
    """x → start = x · 2 → end = start · scale + shape-dependent constant → y = end - x; scale is computed from constants."""
    nodes = [
        helper.make_node("Mul", ["x", "two"], ["start"]),
        helper.make_node("Concat", ["half", "half"], ["scale"], axis=0),
        helper.make_node("Mul", ["start", "scale"], ["scaled"]),
        helper.make_node("Relu", ["scaled"], ["end"]),
        helper.make_node("Sub", ["end", "x"], ["y"]),
    ]
    stored = {"two": np.array([2], np.float32), "half": np.array([0.5], np.float32)}
    return helper.make_model(
        helper.make_graph(
            nodes,
            "whole",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2])],
            [numpy_helper.from_array(array, name) for name, array in stored.items()],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )


def test_the_cut_out_computes_the_same_and_its_constants_are_folded() -> None:
    made = cut(graph(), "start", "end", (3, 2), (3, 2))
    assert [node.op_type for node in made.graph.node] == ["Mul", "Relu"]
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    given = np.array([[1, -2], [3, 4], [-5, 6]], np.float32)
    (found,) = session.run(["output"], {"input": given})
    assert np.array_equal(found, np.maximum(given / 2, 0))


def test_what_also_hangs_on_another_input_is_not_cut_out() -> None:
    with pytest.raises(ValueError, match="hangs on x too"):
        cut(graph(), "start", "y", (3, 2), (3, 2))
