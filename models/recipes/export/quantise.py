"""float32 → int8: 7-bit weights per channel, 8-bit activations chosen at run time, 8-bit embedding table.

Seven bits, because the usual eight are wrong on processors without VNNI: their multiply-add of unsigned by signed bytes
saturates at 16 bits. Under an emulated Haswell the 8-bit file's cosine to float32 fell from 0.995 to 0.991 on the same
texts, and vectors of two computers would differ; 255 · 64 · 2 fits, so with seven bits they don't.

What seven bits lose is won back by scaling (after SmoothQuant, Xiao et al. 2023, §4): a few channels are ten times
larger than the rest and set the one scale of an activation. They are divided by a factor that their rows of the weights
take on. Which channels these are, hardly depends on the text, so random word-pieces find them.
"""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from models.recipes.export.graph import linear_layers, scale_inputs, sums_before_normalisation

ORDINARY = 0.8
"""The quantile of channel sizes up to which a channel is left alone."""

STRENGTH = 0.75
"""How much of the excess is moved into the weights: 1 = all of it, which spoils the weights' own scale."""

FIRST_WORD, AFTER_LAST_WORD = 1_996, 30_522
"""Word-pieces of the vocabulary that are words, not signs or reserved."""


def quantise(fp32: Path, out: Path, *, keep_float: frozenset[str] = frozenset()) -> None:
    """Write the int8 file for `fp32` to `out`; the linear layers named in `keep_float` stay float32."""
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice on preprocessing does not apply here
    model = onnx.load(fp32)
    for name, sizes in channel_sizes(model).items():
        scale_inputs(model, name, factors(sizes))
    scaled = out.with_suffix(".scaled.onnx")
    table = out.with_suffix(".table.onnx")
    onnx.save(model, scaled)
    float32 = {"DefaultTensorType": onnx.TensorProto.FLOAT}
    quantize_dynamic(scaled, table, op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8, extra_options=float32)
    quantize_dynamic(
        table,
        out,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=sorted(keep_float),
        extra_options=float32,
    )
    model = onnx.load(out)
    sums_before_normalisation(model)
    onnx.checker.check_model(model)
    onnx.save(model, out)
    scaled.unlink()
    table.unlink()


def factors(sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """What to divide each channel by, from the largest values seen: 1 for ordinary ones."""
    excess = np.maximum(sizes / np.quantile(sizes, ORDINARY), 1.0)
    return np.asarray(excess**STRENGTH, dtype=np.float32)


def channel_sizes(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """The largest absolute value of each channel of each tensor that goes into a linear layer, over random texts."""
    names = list(dict.fromkeys(node.input[0] for node, _ in linear_layers(model)))
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    probe.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    sizes = {name: np.zeros(1, np.float32) for name in names}
    for length in (20, 60, 120, 200) * 16:
        words = random.integers(FIRST_WORD, AFTER_LAST_WORD, length)
        pieces = np.concatenate(([101], words, [102]))[None]
        found = session.run(names, {"input_ids": pieces, "attention_mask": np.ones_like(pieces)})
        for name, values in zip(names, found, strict=True):
            sizes[name] = np.maximum(sizes[name], np.abs(values).max(axis=(0, 1)))
    return sizes
