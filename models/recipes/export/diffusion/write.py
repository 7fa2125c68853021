"""A module → an ONNX file with fixed shapes, by `torch.onnx`."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor

OPSET = 18

LARGEST = 1_800_000_000
"""Bytes of weights that stay inside the file; protobuf ends at 2 GB. Larger ones lie beside it, in `NAME.data`."""


def export(
    module: torch.nn.Module,
    example: Sequence[Tensor],
    inputs: Sequence[str],
    outputs: Sequence[str],
    out: Path,
    *,
    largest: int = LARGEST,
) -> None:
    """Write `module` to `out` for tensors of the shapes of `example`; float32, opset 18.

    Weights of more than `largest` bytes go to `out` with `.data` behind its name.
    """
    quiet()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module.eval(),
            tuple(example),
            input_names=list(inputs),
            output_names=list(outputs),
            opset_version=OPSET,
            dynamo=True,
            optimize=True,
            verbose=False,
        )
    weights = sum(weight.numel() * weight.element_size() for weight in module.state_dict().values())
    program.save(str(out), external_data=weights > largest)
    strip(out)
    check(out, inputs, outputs)


def strip(file: Path) -> None:
    """Take out what the exporter notes about itself: stack traces, with the names of folders on this machine."""
    model = onnx.load(file, load_external_data=False)
    for holder in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.functions):
        del holder.metadata_props[:]
    for port in (*model.graph.input, *model.graph.output, *model.graph.initializer):
        del port.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    onnx.save(model, file)


def check(file: Path, inputs: Sequence[str], outputs: Sequence[str]) -> None:
    """Raises `ValueError` when a file has other inputs or outputs than were asked for, or a shape that isn't fixed.

    An input that nothing uses is dropped by the exporter: a run with it would be refused.
    """
    graph = onnx.load(file, load_external_data=False).graph
    stored = {tensor.name for tensor in graph.initializer}
    found = [[port.name for port in graph.input if port.name not in stored], [port.name for port in graph.output]]
    if found != [list(inputs), list(outputs)]:
        raise ValueError(f"{file.name} takes {found[0]} and gives {found[1]}, not {list(inputs)} and {list(outputs)}")
    for port in (*graph.input, *graph.output):
        if not all(dimension.dim_value for dimension in port.type.tensor_type.shape.dim):
            raise ValueError(f"{file.name}: the shape of {port.name} isn't fixed")


def quiet() -> None:
    """Only errors of the exporter: its other lines are for who writes exporters."""
    for name in ("torch.onnx", "onnxscript", "onnx_ir", "torch.export"):
        logging.getLogger(name).setLevel(logging.ERROR)
