"""Writes tiny ONNX files byte by byte, because the `onnx` package is not among the run-time dependencies.

ONNX is a protobuf: each field is its number and wire type, then a varint (0) or a length and bytes (2).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

FLOAT = 1


def varint(value: int) -> bytes:
    """An unsigned number, seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def port(name: str, shape: tuple[int | str, ...]) -> bytes:
    """A ValueInfoProto of float32."""
    dimensions = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, FLOAT) + field(2, dimensions)))


def model(
    nodes: list[bytes], inputs: list[bytes], outputs: list[bytes], weights: list[bytes], opset: int = 17
) -> bytes:
    """A ModelProto of IR version 8."""
    parts = [*(field(1, n) for n in nodes), field(2, "graph"), *(field(5, w) for w in weights)]
    parts += [*(field(11, i) for i in inputs), *(field(12, o) for o in outputs)]
    return field(1, 8) + field(7, b"".join(parts)) + field(8, field(1, "") + field(2, opset))


def node(kind: str, inputs: list[str], output: str) -> bytes:
    """A NodeProto without attributes."""
    return b"".join(field(1, name) for name in inputs) + field(2, output) + field(3, output) + field(4, kind)


def matmul_chain(width: int, depth: int) -> bytes:
    """x @ W @ W @ … (`depth` times), W = half the unit matrix; each step is its own node, so a run can be stopped between."""
    matrix = (np.eye(width) / 2).astype("<f4")
    weight = field(1, width) + field(1, width) + field(2, FLOAT) + field(8, "W") + field(9, matrix.tobytes())
    names = ["x", *(f"h{i}" for i in range(depth - 1)), "y"]
    steps = [node("MatMul", [before, "W"], after) for before, after in pairwise(names)]
    return model(steps, [port("x", ("rows", width))], [port("y", ("rows", width))], [weight])
