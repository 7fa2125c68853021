"""Gives a UNet that somebody else exported the inputs of ours: keys and values of the text, and biases.

    python -m models.recipes.export unet-surgery UNET.onnx OUT [--size 512x512]

reads a float32 UNet that takes `sample`, `timestep` and `encoder_hidden_states`, with any batch or 1, and writes
OUT/unet.onnx and OUT/text_kv.onnx. Attentions are found by their pattern, not by names, which say nothing in some graphs
(diffusion.md §2.4): every Softmax feeds a product with values, and those come from a projection; the attention is a
cross-attention when the projection reads the text itself. It comes before float16, quantisation or fusion.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from homespun.errors import HomespunError, UsageError
from models.pipelines import TEXT_KV, UNET
from models.recipes.export.diffusion.write import LARGEST

FLOAT, INTEGER = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64

TEXT = "encoder_hidden_states"

SHAPING = {"Transpose", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Cast", "Expand"}
"""What only lays a tensor out in another way."""

SCALING = {"Mul", "Div"}
"""What attention may do to queries, keys or logits beside that."""

OPSET_OF_SLICE = 10

BEFORE = (
    "Surgery takes the float32 file of a UNet of Stable Diffusion 1.x or 2.x, before float16, quantisation or fusion."
)


@dataclass(frozen=True)
class Attention:
    """One attention: its Softmax, the tensors that its projections give, and their weights [in, out].

    `tokens` is how many keys there are, `rank` of how many dimensions the logits are.
    """

    softmax: onnx.NodeProto
    keys: onnx.NodeProto
    values: onnx.NodeProto
    cross: bool
    tokens: int
    rank: int


@dataclass(frozen=True)
class Operated:
    """What came of it: the widths of the cross-attentions in the order they run, the token counts with a bias."""

    widths: tuple[int, ...]
    bias: tuple[int, ...]
    own: int


class Graph:
    """A graph with its makers at hand."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.graph = model.graph
        self.stored = {tensor.name: tensor for tensor in self.graph.initializer}
        self.makers: dict[str, onnx.NodeProto] = {name: node for node in self.graph.node for name in node.output}
        for node in self.graph.node:
            if node.op_type == "Constant":
                tensor = next((one.t for one in node.attribute if one.name == "value"), None)
                if tensor is not None:
                    self.stored[node.output[0]] = tensor
        self.fixed = set(self.stored)
        for node in self.graph.node:  # in order of execution; a shape is fixed once the inputs' are
            if node.op_type == "Shape" or all(name in self.fixed for name in node.input if name):
                self.fixed.update(node.output)

    def consumers(self, name: str) -> list[onnx.NodeProto]:
        """The nodes that read a tensor."""
        return [node for node in self.graph.node if name in node.input]

    def constant(self, name: str) -> NDArray[np.float32] | None:
        """The value of a tensor that hangs on no input, as far as layout goes; else None."""
        if name in self.stored:
            return np.asarray(numpy_helper.to_array(self.stored[name]))
        node = self.makers.get(name)
        if node is not None and node.op_type == "Transpose":
            inner = self.constant(node.input[0])
            order = next((list(one.ints) for one in node.attribute if one.name == "perm"), None)
            return None if inner is None else np.transpose(inner, order)
        return None

    def back(self, name: str, through: set[str]) -> str:
        """The tensor that `name` is but for nodes of the kinds `through`, with one input that isn't fixed."""
        while (node := self.makers.get(name)) is not None and node.op_type in through:
            varying = [one for one in node.input if one and one not in self.fixed]
            if len(varying) != 1:
                return name
            name = varying[0]
        return name

    def projection(self, name: str) -> onnx.NodeProto | None:
        """The product with a constant matrix that `name` comes from."""
        node = self.makers.get(self.back(name, SHAPING | SCALING))
        if node is not None and node.op_type == "MatMul" and self.constant(node.input[1]) is not None:
            return node
        return None

    def attentions(self) -> list[tuple[onnx.NodeProto, onnx.NodeProto, onnx.NodeProto, bool]]:
        """Softmax, keys, values, and whether they read the text, in the order in which they run."""
        found = []
        for softmax in (node for node in self.graph.node if node.op_type == "Softmax"):
            product = next((node for node in self._behind(softmax.output[0]) if node.op_type == "MatMul"), None)
            logits = self.makers.get(self.back(softmax.input[0], {"Cast", "Mul", "Div", "Reshape"}))
            values = self.projection(product.input[1]) if product is not None else None
            keys = self.projection(logits.input[1]) if logits is not None and logits.op_type == "MatMul" else None
            if keys is None or values is None:
                raise UsageError(f"The Softmax {softmax.name} is of no attention that is known.", BEFORE)
            sources = {self.back(one.input[0], SHAPING) == TEXT for one in (keys, values)}
            if len(sources) != 1:
                raise UsageError(f"The attention of {softmax.name} reads its keys elsewhere than its values.", BEFORE)
            found.append((softmax, keys, values, sources.pop()))
        return found

    def _behind(self, name: str) -> list[onnx.NodeProto]:
        """The nodes that read `name`, also where it only was laid out anew in between."""
        found = []
        for node in self.consumers(name):
            found += self._behind(node.output[0]) if node.op_type in SHAPING else [node]
        return found


def operate(
    model: onnx.ModelProto, size: tuple[int, int] | None = None
) -> tuple[onnx.ModelProto, onnx.ModelProto, Operated]:
    """The UNet with inputs k, v and bias_N instead of the text, its `text_kv`, and what was found. Changes `model`.

    `size` is height and width in latent pixels, for a graph that takes any. Raises `UsageError` for another graph.
    """
    ports = {port.name: port for port in model.graph.input}
    if missing := [name for name in ("sample", "timestep", TEXT) if name not in ports]:
        raise UsageError(f"The UNet has no input {missing[0]}; it takes {', '.join(ports)}.", BEFORE)
    if any(ports[name].type.tensor_type.elem_type != FLOAT for name in ("sample", TEXT)):
        raise UsageError("The UNet isn't in float32.", BEFORE)
    fix_inputs(model, size)
    graph = Graph(model)
    found = measured(graph)
    cross = [one for one in found if one.cross]
    if not cross or len(cross) == len(found):
        raise UsageError(f"The UNet has {len(found)} attentions, and {len(cross)} of them read the text.", BEFORE)
    kv, widths = text_kv(graph, cross)
    take_text_out(graph, cross, widths)
    bias = add_biases(graph, [one for one in found if not one.cross])
    flatten_timestep(graph)
    clean(graph)
    onnx.checker.check_model(model, full_check=False) if model.ByteSize() < LARGEST else None
    return model, kv, Operated(widths, bias, len(found) - len(cross))


def fix_inputs(model: onnx.ModelProto, size: tuple[int, int] | None) -> None:
    """Give every input a fixed shape: batch 1, `size`, and 77 tokens where it takes any number."""
    for port in model.graph.input:
        dims = port.type.tensor_type.shape.dim
        wanted: Mapping[int, int] = {0: 1}
        if port.name == "sample":
            wanted = {0: 1, **({2: size[0], 3: size[1]} if size else {})}
        elif port.name == TEXT:
            wanted = {0: 1, 1: 77}
        for axis, dim in enumerate(dims):
            if dim.dim_value == 0 and axis in wanted:
                dim.ClearField("dim_param")
                dim.dim_value = wanted[axis]
        shape = [dim.dim_value for dim in dims]
        if not all(shape) or (shape and shape[0] != 1):
            raise UsageError(
                f"The UNet's {port.name} has the shape {shape or 'of a scalar'}.",
                "Give --size for a UNet that takes any; its batch must be 1 or any.",
            )
    del model.graph.value_info[:]  # it tells the shapes of before


def measured(graph: Graph) -> list[Attention]:
    """The attentions with the shapes of their logits, as one run on zeros shows them."""
    known = graph.attentions()
    probe = onnx.ModelProto()
    probe.CopyFrom(graph.model)
    del probe.graph.output[:]
    for i, (softmax, *_) in enumerate(known):
        probe.graph.node.append(helper.make_node("Shape", [softmax.input[0]], [f"shape.{i}"]))
        probe.graph.output.append(helper.make_tensor_value_info(f"shape.{i}", INTEGER, None))
    feed = {}
    for port in probe.graph.input:
        kind = helper.tensor_dtype_to_np_dtype(port.type.tensor_type.elem_type)
        feed[port.name] = np.zeros([dim.dim_value for dim in port.type.tensor_type.shape.dim], kind)
    shapes = opened(probe).run(None, feed)
    return [
        Attention(softmax, keys, values, cross, int(shape[-1]), len(shape))
        for (softmax, keys, values, cross), shape in zip(known, shapes, strict=True)
    ]


def opened(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    """A model on the processor; a large one by way of a file, because protobuf ends at 2 GB."""
    if model.ByteSize() < LARGEST:
        return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        copy = onnx.ModelProto()
        copy.CopyFrom(model)
        save(copy, Path(work) / "probe.onnx")
        return onnxruntime.InferenceSession(str(Path(work) / "probe.onnx"), providers=["CPUExecutionProvider"])


def text_kv(graph: Graph, cross: Sequence[Attention]) -> tuple[onnx.ModelProto, tuple[int, ...]]:
    """The projections of the text as a graph of their own, and how wide each is."""
    shape = shape_of(graph, TEXT)
    nodes, stored, widths = [], [], []
    names: dict[str, list[str]] = {"k": [], "v": []}
    for i, one in enumerate(cross):
        for what, node in (("k", one.keys), ("v", one.values)):
            weight = graph.constant(node.input[1])
            assert weight is not None
            name = f"{what}.{i}"
            stored.append(numpy_helper.from_array(np.ascontiguousarray(weight), f"{name}.weight"))
            nodes.append(helper.make_node("MatMul", ["last_hidden_state", f"{name}.weight"], [name]))
            names[what].append(name)
            if what == "k":
                widths.append(int(weight.shape[1]))
    nodes += [helper.make_node("Concat", names[what], [what], axis=2) for what in ("k", "v")]
    wide = [*shape[:2], sum(widths)]
    made = helper.make_graph(
        nodes,
        "text_kv",
        [helper.make_tensor_value_info("last_hidden_state", FLOAT, shape)],
        [helper.make_tensor_value_info(what, FLOAT, wide) for what in ("k", "v")],
        stored,
    )
    opsets = [one for one in graph.model.opset_import if one.domain == ""]
    return helper.make_model(made, opset_imports=opsets, ir_version=graph.model.ir_version), tuple(widths)


def take_text_out(graph: Graph, cross: Sequence[Attention], widths: Sequence[int]) -> None:
    """Cut the projections of the text out: their outputs become columns of k and v."""
    shape = shape_of(graph, TEXT)
    start = 0
    for i, (one, width) in enumerate(zip(cross, widths, strict=True)):
        bounds = [
            constant(graph, f"text.{i}.{name}", [value]) for name, value in (("from", start), ("to", start + width))
        ]
        axis = constant(graph, f"text.{i}.axis", [2])
        for what, node in (("k", one.keys), ("v", one.values)):
            cut = helper.make_node("Slice", [what, *bounds, axis], [node.output[0]], name=f"{what}.{i}")
            node.output[0] = f"{node.output[0]}.unused"
            graph.graph.node.insert(0, cut)
        start += width
    for node in graph.consumers(TEXT):
        if node.op_type == "Shape":  # of the text, by graphs that take any batch
            ends = {one.name: one.i for one in node.attribute}
            name = constant(graph, f"{node.output[0]}.fixed", shape[ends.get("start", 0) : ends.get("end")])
            node.CopyFrom(helper.make_node("Identity", [name], [node.output[0]]))
    for what in ("k", "v"):
        graph.graph.input.append(helper.make_tensor_value_info(what, FLOAT, [*shape[:2], start]))


def add_biases(graph: Graph, own: Iterable[Attention]) -> tuple[int, ...]:
    """Add an input of its token count to the logits of every self-attention; the counts, largest first."""
    own = list(own)
    counts = tuple(sorted({one.tokens for one in own}, reverse=True))
    for count in counts:
        graph.graph.input.append(helper.make_tensor_value_info(f"bias_{count}", FLOAT, [1, 1, 1, count]))
    for i, one in enumerate(own):
        name, before = f"bias_{one.tokens}", one.softmax.input[0]
        place = next(at for at, node in enumerate(graph.graph.node) if node.output[0] == one.softmax.output[0])
        added = []
        if one.rank != 4:
            flat = constant(graph, f"bias.{i}.shape", [1] * (one.rank - 1) + [one.tokens])
            added.append(helper.make_node("Reshape", [name, flat], [f"bias.{i}"], name=f"bias.{i}.reshape"))
            name = f"bias.{i}"
        added.append(helper.make_node("Add", [before, name], [f"biased.{i}"], name=f"biased.{i}"))
        one.softmax.input[0] = f"biased.{i}"
        for node in reversed(added):
            graph.graph.node.insert(place, node)
    return counts


def flatten_timestep(graph: Graph) -> None:
    """Let `timestep` be float32 [1], whatever it was: a scalar or [1], an integer or a float."""
    port = next(one for one in graph.graph.input if one.name == "timestep")
    kind, rank = port.type.tensor_type.elem_type, len(port.type.tensor_type.shape.dim)
    if (kind, rank) == (FLOAT, 1):
        return
    for node in graph.graph.node:
        node.input[:] = ["timestep.inner" if name == "timestep" else name for name in node.input]
    shape = constant(graph, "timestep.shape", [1] * rank) if rank else constant(graph, "timestep.shape", [])
    graph.graph.node.insert(0, helper.make_node("Reshape", ["timestep.cast", shape], ["timestep.inner"]))
    graph.graph.node.insert(0, helper.make_node("Cast", ["timestep"], ["timestep.cast"], to=kind))
    port.CopyFrom(helper.make_tensor_value_info("timestep", FLOAT, [1]))


def clean(graph: Graph) -> None:
    """Take out what nothing reads any more, the text first. Raises `UsageError` when something still reads it."""
    wanted = {port.name for port in graph.graph.output}
    kept = []
    for node in reversed(graph.graph.node):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    if TEXT in wanted:
        raise UsageError("The UNet reads the text elsewhere than in its attentions too.", BEFORE)
    del graph.graph.node[:]
    graph.graph.node.extend(reversed(kept))
    stored = [tensor for tensor in graph.graph.initializer if tensor.name in wanted]
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(stored)
    inputs = [port for port in graph.graph.input if port.name != TEXT]
    del graph.graph.input[:]
    graph.graph.input.extend(inputs)
    (output,) = graph.graph.output
    shape = [dim.dim_value for dim in next(one for one in inputs if one.name == "sample").type.tensor_type.shape.dim]
    for node in graph.graph.node:
        node.output[:] = ["out_sample" if name == output.name else name for name in node.output]
        node.input[:] = ["out_sample" if name == output.name else name for name in node.input]
    output.CopyFrom(helper.make_tensor_value_info("out_sample", FLOAT, [1, 4, *shape[2:]]))


def constant(graph: Graph, name: str, values: Sequence[int]) -> str:
    """Store int64 values under `name`; the name."""
    graph.graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
    return name


def shape_of(graph: Graph, name: str) -> list[int]:
    """The fixed shape of an input."""
    port = next(one for one in graph.graph.input if one.name == name)
    return [dim.dim_value for dim in port.type.tensor_type.shape.dim]


def save(model: onnx.ModelProto, out: Path) -> None:
    """Write a model; a large one with its weights beside it."""
    large = model.ByteSize() > LARGEST
    onnx.save(model, out, save_as_external_data=large, all_tensors_to_one_file=True, location=f"{out.name}.data")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="models.recipes.export unet-surgery",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("unet", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="512x512", help="width x height in pixels, for a UNet that takes any")
    given = parser.parse_args()
    width, height = (int(side) // 8 for side in re.findall(r"\d+", given.size))
    try:
        unet, kv, found = operate(onnx.load(given.unet), (height, width))
    except HomespunError as error:
        print(error, file=sys.stderr)
        return int(error.code)
    given.out.mkdir(parents=True, exist_ok=True)
    save(unet, given.out / UNET)
    save(kv, given.out / TEXT_KV)
    print(f"{len(found.widths)} cross-attentions, widths {list(found.widths)}")
    print(f"{found.own} self-attentions, biases for {list(found.bias)} tokens")
    return 0


if __name__ == "__main__":
    sys.exit(main())
