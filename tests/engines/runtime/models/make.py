"""Makes the files of this folder, in an export environment: `python tests/engines/runtime/models/make.py`.

- right-scale.onnx: Conv and Sigmoid in 16-bit activations, quantised as QNN asks for.
- wrong-scale.onnx: the same by the generic quantiser. QNN takes a 16-bit Sigmoid at one scale only and computes with
  another than the file says: it runs without an error, and what comes out is wrong.
- open-sizes.onnx: the same in float, with height and width left open: QNN places nothing of it, and says nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize, quantize_static
from onnxruntime.quantization.execution_providers.qnn import get_qnn_qdq_config

HERE = Path(__file__).parent
SIDE = 32


class Noise(CalibrationDataReader):  # type: ignore[misc]
    """Eight pictures of noise."""

    def __init__(self) -> None:
        random = np.random.default_rng(3)
        self._pictures = iter([random.random((1, 3, SIDE, SIDE), np.float32) for _ in range(8)])

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        """The next one."""
        picture = next(self._pictures, None)
        return None if picture is None else {"x": picture}


def network(size: tuple[int, int] | tuple[str, str]) -> onnx.ModelProto:
    """x [1, 3, h, w] → Conv 3x3 → Sigmoid → y [1, 8, h, w]: answers between 0.3 and 0.7, far from the ends of Sigmoid."""
    random = np.random.default_rng(2)
    stored = [
        numpy_helper.from_array((random.standard_normal((8, 3, 3, 3)) * 0.12).astype(np.float32), "kernel"),
        numpy_helper.from_array(np.zeros(8, np.float32), "bias"),
    ]
    nodes = [
        helper.make_node("Conv", ["x", "kernel", "bias"], ["c"], name="conv", kernel_shape=[3, 3], pads=[1] * 4),
        helper.make_node("Sigmoid", ["c"], ["y"], name="sigmoid"),
    ]
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, *size])
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 8, *size])
    graph = helper.make_graph(nodes, "conv_sigmoid", [given], [made], stored)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main() -> None:
    """Write all three."""
    onnx.save(network(("height", "width")), HERE / "open-sizes.onnx")
    fixed = HERE / "fixed.onnx"
    onnx.save(network((SIDE, SIDE)), fixed)
    types = {"activation_type": QuantType.QUInt16, "weight_type": QuantType.QUInt8}
    quantize(str(fixed), str(HERE / "right-scale.onnx"), get_qnn_qdq_config(str(fixed), Noise(), **types))
    quantize_static(
        str(fixed),
        str(HERE / "wrong-scale.onnx"),
        Noise(),
        quant_format=QuantFormat.QDQ,
        extra_options={"UseQDQContribOps": True},
        **types,
    )
    fixed.unlink()


if __name__ == "__main__":
    main()
