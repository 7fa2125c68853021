"""What each part of a pipeline must take and give, held against the graph that was opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engines.runtime import Port
from homespun.errors import Damaged
from models.pipelines import AGAIN, DECODER, ENCODER, NAME, TEXT, TEXT_KV, UNET, Pipeline

Shape = tuple[int, ...]

FLOAT, WHOLE = "float32", "int64"


@dataclass(frozen=True)
class Tensor:
    """A dtype, and the shapes that are allowed, the usual one first."""

    dtype: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Contract:
    """Inputs and outputs of a part by name."""

    inputs: Mapping[str, Tensor]
    outputs: Mapping[str, Tensor]


def contract_of(pipeline: Pipeline, part: str) -> Contract:
    """What `models/pipelines.py` says of `part`, in numbers of `pipeline`.

    A self-attention may take a bias for each pair of tokens [1, 1, N, N] instead of one row for all.
    """
    text, latent = pipeline.text, pipeline.latent
    words = Tensor(FLOAT, ((1, text.tokens, text.width),))
    keys = {name: Tensor(FLOAT, ((1, text.tokens, sum(pipeline.widths)),)) for name in ("k", "v")}
    small, large = Tensor(FLOAT, (latent,)), Tensor(FLOAT, ((1, 3, pipeline.height, pipeline.width),))
    network = {
        "sample": Tensor(FLOAT, ((1, pipeline.channels, *latent[2:]),)),
        "timestep": Tensor(FLOAT, ((1,),)),
        **keys,
        **{bias_name(n): Tensor(FLOAT, ((1, 1, 1, n), (1, 1, n, n))) for n in pipeline.bias},
    }
    return {
        TEXT: Contract({"input_ids": Tensor(WHOLE, ((1, text.tokens),))}, {"last_hidden_state": words}),
        TEXT_KV: Contract({"last_hidden_state": words}, keys),
        UNET: Contract(network, {"out_sample": small}),
        ENCODER: Contract({"pixels": large}, {"latent": small}),
        DECODER: Contract({"latent": small}, {"pixels": large}),
    }[part]


def bias_name(tokens: int) -> str:
    """The UNet's input that is added to the logits of self-attention over so many tokens."""
    return f"bias_{tokens}"


def check_contract(pipeline: Pipeline, part: str, inputs: Sequence[Port], outputs: Sequence[Port]) -> None:
    """Raise `Damaged`, with what was expected and what was found, for a graph that isn't what its pipeline says.

    An output's size may be left open by the exporter; it is seen when the part has run.
    """
    meant = contract_of(pipeline, part)
    fault = _fault("input", meant.inputs, inputs) or _fault("output", meant.outputs, outputs)
    if fault:
        raise Damaged(
            f"{pipeline.folder / part} isn't what {NAME} says: {fault}.",
            AGAIN,
        )


def _fault(word: str, meant: Mapping[str, Tensor], found: Sequence[Port]) -> str:
    ports = {port.name: port for port in found}
    for name, tensor in meant.items():
        port = ports.get(name)
        if port is None:
            return f"it should have the {word} {name}, and has {', '.join(sorted(ports))}"
        if port.dtype.name != tensor.dtype or not any(_fits(port.shape, one, word) for one in tensor.shapes):
            there, wanted = shown(port.dtype.name, port.shape), shown(tensor.dtype, tensor.shapes[0])
            return f"its {word} {name} is {there} and should be {wanted}"
    if more := sorted(set(ports) - set(meant)):
        return f"it has the {word} {more[0]}, which nobody knows"
    return ""


def _fits(found: Sequence[int | str], meant: Shape, word: str) -> bool:
    if len(found) != len(meant):
        return False
    return all(a == b or (word == "output" and isinstance(a, str)) for a, b in zip(found, meant, strict=True))


def shown(dtype: str, shape: Sequence[int | str]) -> str:
    """`float32 [1, 4, 64, 64]`."""
    return f"{dtype} [{', '.join(map(str, shape))}]"
