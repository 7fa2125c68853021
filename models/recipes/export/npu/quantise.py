"""float32 → QDQ with 16-bit activations and 8-bit weights, by the configuration that QNN asks for.

The generic quantiser must not be used: what it makes runs on the NPU without an error, and can be wrong (dispatch design,
§3: 13 dB, because QNN takes a 16-bit Sigmoid at one scale only). `get_qnn_qdq_config` knows those rules.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize, quantize_dynamic
from onnxruntime.quantization.execution_providers.qnn import get_qnn_qdq_config

from models.recipes.export.npu.simulator import Inputs


class _Samples(CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibrator one sample after the other."""

    def __init__(self, samples: Iterable[Inputs]) -> None:
        self._samples = iter(samples)

    def get_next(self) -> Inputs | None:
        """The next input, or None at the end."""
        return next(self._samples, None)


def quantise(fp32: Path, out: Path, samples: Iterable[Inputs], *, per_channel: bool) -> None:
    """Write the QDQ file for `fp32`. `per_channel` is for convolutions: QNN's MatMul takes one scale for a matrix.

    `qnn_preprocess_model` is left out: it changes nothing in the enlargers, and `rewrite.py` does more for the encoder.
    Gathers from 8-bit tables stay as they are, and on the processor: the simulator can't compile a Gather.
    """
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice on preprocessing does not apply here
    model = onnx.load(fp32)
    # QNN's LayerNorm takes unsigned weights only.
    gains = {node.input[1] for node in model.graph.node if node.op_type == "LayerNormalization"}
    settings = get_qnn_qdq_config(
        str(fp32),
        _Samples(samples),
        activation_type=QuantType.QUInt16,
        weight_type=QuantType.QInt8,
        per_channel=per_channel,
        init_overrides={name: [{"quant_type": QuantType.QUInt8}] for name in gains},
        nodes_to_exclude=[node.name for node in model.graph.node if node.op_type in {"Gather", "DequantizeLinear"}],
    )
    quantize(str(fp32), str(out), settings)
    model = onnx.load(out)
    model.producer_name = "homespun"
    onnx.checker.check_model(model)
    onnx.save(model, out)


def shrink_tables(fp32: Path, out: Path) -> None:
    """Write `fp32` with its embedding tables in eight bits."""
    quantize_dynamic(
        fp32,
        out,
        op_types_to_quantize=["Gather"],
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
