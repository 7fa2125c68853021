"""Files for NPUs, made by the same recipe and not shipped: fixed shapes, and half precision."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
from onnxconverter_common import float16

BUCKETS = (32, 64, 128, 256)
"""Word-pieces; batch is 1. One file each, because NPUs place no node of a graph whose shapes vary (dispatch.md §3)."""


def half(fp32: Path, out: Path) -> None:
    """Write `fp32` in float16 to `out`. The vector that comes out is float16 too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one for each of a thousand weights that are too small for float16
        model = float16.convert_float_to_float16(onnx.load(fp32))
    for node in model.graph.node:
        if node.op_type == "Cast":  # of the mask: the converter leaves it at float32, and the file would not load
            node.attribute[0].i = onnx.TensorProto.FLOAT16
    onnx.save(model, out)


def shapes_are_fixed(file: Path) -> bool:
    """Whether every input and output of a file has a size for every dimension, and no node asks for a shape."""
    model = onnx.load(file)
    ports = [*model.graph.input, *model.graph.output]
    sizes = [dimension.dim_value for port in ports for dimension in port.type.tensor_type.shape.dim]
    return all(sizes) and not any(node.op_type in {"Shape", "Range"} for node in model.graph.node)
