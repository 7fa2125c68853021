"""A trained network → ONNX: one plain 3x3 convolution per layer, the skip beside it, Add and DepthToSpace."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.calibrate import CalibrationMethod

from models.recipes.train.upscale.network import Shape, Upscaler

OPSET, IR = 17, 8
"""What DirectML and the oldest ONNX Runtime that we use take."""

FLOAT = ("skip", "sum", "shuffle")
"""Nodes that stay float in the int8 file: they carry the picture itself, the body only what is added to it."""


def trained(checkpoint: Path) -> Upscaler:
    """The smoothed network of a checkpoint."""
    kept = torch.load(checkpoint, weights_only=True)
    network = Upscaler(Shape(**kept["shape"]))
    network.load_state_dict(kept["smooth"])
    network.requires_grad_(False)
    return network


def onnx_model(network: Upscaler) -> onnx.ModelProto:
    """`picture` float32 [1, 3, height, width], RGB 0..1 → `large` [1, 3, scale*height, scale*width], not clipped."""
    scale = network.shape.scale
    nodes, stored = [], []
    features = "picture"
    kernels = list(network.kernels())
    for place, (kernel, bias) in enumerate(kernels):
        last = place + 1 == len(kernels)
        stored += [_tensor(f"kernel{place}", kernel), _tensor(f"bias{place}", bias)]
        made = "detail" if last else f"before{place}"
        inputs = [features, f"kernel{place}", f"bias{place}"]
        nodes.append(helper.make_node("Conv", inputs, [made], name=f"conv{place}", kernel_shape=[3, 3], pads=[1] * 4))
        if not last:
            features = f"features{place}"
            nodes.append(helper.make_node("Relu", [made], [features], name=f"relu{place}"))
    stored.append(_tensor("skip_kernel", network.skip.weight))
    skip = ["picture", "skip_kernel"]
    nodes += [
        helper.make_node("Conv", skip, ["plain"], name="skip", kernel_shape=[5, 5], pads=[2] * 4),
        helper.make_node("Add", ["plain", "detail"], ["phases"], name="sum"),
        helper.make_node("DepthToSpace", ["phases"], ["large"], name="shuffle", blocksize=scale, mode="CRD"),
    ]
    given = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, "height", "width"])
    sizes = [1, 3, f"{scale}*height", f"{scale}*width"]
    large = helper.make_tensor_value_info("large", TensorProto.FLOAT, sizes)
    graph = helper.make_graph(nodes, network.shape.name, [given], [large], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    model.producer_name = "homespun"
    onnx.checker.check_model(model)
    return model


def _tensor(name: str, value: torch.Tensor) -> onnx.TensorProto:
    return numpy_helper.from_array(value.detach().float().contiguous().numpy(), name)


class _Windows(CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibrator one window after the other."""

    def __init__(self, windows: Iterable[NDArray[np.float32]]) -> None:
        self._windows = iter(windows)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        """The next input, or None at the end."""
        window = next(self._windows, None)
        return None if window is None else {"picture": window}


def quantise(fp32: Path, out: Path, windows: Iterable[NDArray[np.float32]]) -> None:
    """Write the QDQ int8 file: activations of 8 bit unsigned, weights of 7 bit signed with a scale per channel.

    Seven bits, because the multiply-add of processors without VNNI saturates with eight (as `export/quantise.py` says).
    """
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice on preprocessing does not apply here
    quantize_static(
        fp32,
        out,
        _Windows(windows),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=list(FLOAT),
        calibrate_method=CalibrationMethod.MinMax,
    )
    model = onnx.load(out)
    for node in model.graph.node:
        if (
            node.name == "skip"
        ):  # the quantizer lets it read the 8-bit picture, and 16-bit pictures would lose their depth
            node.input[0] = "picture"
    onnx.checker.check_model(model)
    onnx.save(model, out)
