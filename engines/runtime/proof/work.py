"""How much arithmetic each node of a graph does, and which share of it ran on a device.

Only multiplications and additions of the heavy operators count: what a graph costs is in its convolutions and matrices,
and a node that quantises or reshapes at the border says nothing about where the work was done.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engines.runtime.contract import Node, Placement, Reason
from engines.runtime.providers.cpu import imported

LEAST_SHARE = 0.95
"""Share of the work that a device must do itself. A proposal of the design study, not a measured optimum."""

MOST_CROSSINGS = 4
"""Changes between device and processor in one run, in and out included."""

NONE_SHARE = 0.01
"""Below this share, the device did nothing worth a name."""

Shape = tuple[int, ...]

CONVOLUTION = frozenset(
    {"Conv", "ConvInteger", "FusedConv", "NhwcConv", "NhwcFusedConv", "QLinearConv", "QConv", "NhwcQLinearConv"}
)
TRANSPOSED = frozenset({"ConvTranspose", "ConvTransposeWithDynamicPads", "QLinearConvTranspose"})
MATRIX = frozenset(
    {
        "MatMul", "MatMulInteger", "MatMulInteger16", "MatMulIntegerToFloat", "MatMulNBits", "MatMulBnb4", "MatMulFpQ4",
        "DynamicQuantizeMatMul", "QLinearMatMul", "FusedMatMul", "TransposeMatMul", "Gemm", "QGemm", "FusedGemm", "GemmFloat8",
        "GemmFastGelu",
    }
)  # fmt: skip
ATTENTION = frozenset({"Attention", "QAttention", "MultiHeadAttention"})
RECURRENT = frozenset({"LSTM", "GRU", "RNN", "DynamicQuantizeLSTM"})
UNCOUNTED = frozenset(
    {
        "Einsum", "DeformConv", "GroupQueryAttention", "DecoderMaskedMultiHeadAttention", "PackedAttention",
        "PackedMultiHeadAttention", "SparseAttention", "LinearAttention", "MoE", "QMoE", "DFT", "STFT",
    }
)  # fmt: skip
"""Operators that do a lot of work, and whose shapes alone don't tell how much."""

FAMILIES = (CONVOLUTION, TRANSPOSED, MATRIX, ATTENTION, RECURRENT)

RENAMED = re.compile(r"^fused |_token_\d+$|/MatMulAddFusion$|_nchwc$|_nhwc$")
"""What optimisers and layout passes add to the name of a node."""

COPIES = frozenset({"MemcpyToHost", "MemcpyFromHost"})


def work_of(operator: str, inputs: Sequence[Shape], outputs: Sequence[Shape]) -> int | None:
    """Floating point operations (two per multiply-add) of one node; 0 for an operator that does no such work.

    `inputs` and `outputs` are shapes as a profile lists them: it leaves out what is not given, and weights that were
    packed away. None where an operator does such work and its shapes don't tell how much.
    """
    if operator in UNCOUNTED:
        return None
    counted = next((f for names, f in COUNTED if operator in names), None)
    if counted is None:
        return 0
    return counted(inputs, outputs[0]) if inputs and outputs else None


def _convolution(inputs: Sequence[Shape], output: Shape) -> int | None:
    x = inputs[0]
    # W is the only later input with as many dimensions as X and as many rows as there are channels out; the sum that a
    # fused convolution adds comes after it.
    for w in inputs[1:]:
        if len(w) == len(x) >= 3 and w[0] in {output[1], output[-1]}:
            return 2 * prod(output) * prod(w[1:])
    return None


def _transposed(inputs: Sequence[Shape], _: Shape) -> int | None:
    x = inputs[0]
    w = next((shape for shape in inputs[1:] if len(shape) == len(x) >= 3 and shape[0] in {x[1], x[-1]}), None)
    return None if w is None else 2 * prod(x) * prod(w[1:])


def _matrix(inputs: Sequence[Shape], output: Shape) -> int | None:
    a = inputs[0]
    if not a:
        return None
    if len(output) < max(len(a), 2):  # a row or a column is among the factors
        return 2 * prod(output) * a[-1]
    # Rows of the result times the inner length are the size of A, whether A is transposed or not.
    size, rows = prod(a[-2:]), output[-2] if len(a) > 1 else 1
    return None if not rows or size % rows else 2 * prod(output) * (size // rows)


def _attention(inputs: Sequence[Shape], output: Shape) -> int | None:
    """Of com.microsoft's Attention (X, one matrix for queries, keys and values) and of three projected inputs."""
    x = inputs[0]
    if len(x) == 3 and len(inputs) > 1 and len(inputs[1]) == 2 and inputs[1][0] == x[2] and len(output) == 3:
        batch, length, _ = x
        return 2 * batch * length * prod(inputs[1]) + 4 * batch * length * length * output[2]
    if len(inputs) > 2 and len({len(shape) for shape in inputs[:3]}) == 1 and len(x) in {3, 4}:
        keys, values = inputs[1], inputs[2]
        return 2 * prod(x[:-1]) * keys[-2] * (x[-1] + values[-1])
    return None


def _recurrent(inputs: Sequence[Shape], _: Shape) -> int | None:
    weights = [shape for shape in inputs[1:] if len(shape) == 3][:2]
    if len(inputs[0]) != 3 or len(weights) < 2:
        return None
    return 2 * prod(inputs[0][:2]) * (prod(weights[0]) + prod(weights[1]))


COUNTED = tuple(zip(FAMILIES, (_convolution, _transposed, _matrix, _attention, _recurrent), strict=True))


def work_of_file(
    file: Path, shapes: Mapping[str, int], inputs: Mapping[str, NDArray[Any]]
) -> dict[str, tuple[str, int | None]]:
    """Name → (operator, work) of every node in `file`, by one run on the processor with `inputs`, nothing optimised.

    In the order of the run. Raises what the runtime raises.
    """
    runtime = imported()
    options = runtime.SessionOptions()
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Packed weights vanish from the profile, and with them the size of a convolution.
    options.add_session_config_entry("session.disable_prepacking", "1")
    for name, size in shapes.items():
        options.add_free_dimension_override_by_name(name, size)
    with tempfile.TemporaryDirectory(prefix="homespun-work-") as folder:
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = runtime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        session.run(None, dict(inputs))
        profile = Path(session.end_profiling())
        nodes = read_profile(profile.read_text(encoding="utf-8", errors="replace"))
    found: dict[str, tuple[str, int | None]] = {}
    for node in nodes:
        known = found.get(node.name)
        name = node.name if known is None or known[0] == node.operator else f"{node.name}#{node.operator}"
        before = found.get(name, ("", 0))[1]  # a loop's body runs more than once
        found[name] = (node.operator, None if before is None or node.work is None else before + node.work)
    return found


def read_profile(text: str) -> list[Node]:
    """The nodes that a run's profile names, in the order of the run, with their work. Raises `ValueError`."""
    nodes = []
    for event in json.loads(text):
        name = str(event.get("name", ""))
        if event.get("cat") != "Node" or not name.endswith("_kernel_time"):
            continue
        told = event.get("args", {})
        operator = str(told.get("op_name", ""))
        shapes = [_shapes(told.get(side, [])) for side in ("input_type_shape", "output_type_shape")]
        work = work_of(operator, *shapes)
        nodes.append(Node(name.removesuffix("_kernel_time"), operator, str(told.get("provider", "")), work))
    return nodes


def _shapes(listed: Sequence[Mapping[str, Sequence[int]]]) -> list[Shape]:
    """`[{"float": [1, 3]}]` → `[(1, 3)]`."""
    return [tuple(int(size) for size in shape) for entry in listed for shape in entry.values()]


@dataclass(frozen=True)
class Share:
    """How much of a graph's work a device did (0 to 1), and how often a run went from one device to another."""

    share: float
    crossings: int

    @property
    def reason(self) -> Reason | None:
        """Why this is not enough, None when it is."""
        if self.share < NONE_SHARE:
            return Reason.SILENT_CPU
        return Reason.PARTIAL if self.share < LEAST_SHARE or self.crossings > MOST_CROSSINGS else None


def judge(
    placement: Placement, work: Mapping[str, tuple[str, int | None]], provider_ep_names: Collection[str] = ()
) -> Share | None:
    """The share of `work` that ran on one of `provider_ep_names` (none: on anything but the processor).

    None when the records don't tell.

    `work` comes from `work_of_file`. A node of unknown work counts as nothing on the device, and makes the share unknown
    when it ran elsewhere, so what is told is never more than what was done.
    """
    told = {node.provider for node in (*placement.assigned, *placement.profiled)}
    ours = frozenset(provider_ep_names or told - {"", "CPUExecutionProvider"})
    profiled = _one_run(placement.profiled)
    heavy = {name: told for name, told in work.items() if told[1] != 0}
    if not heavy:
        return None
    where = _joined(heavy, placement.assigned)
    share = _share(heavy, where, ours)
    if share is None:
        share = _profile_share(heavy, where, profiled, ours)
    if share is None:
        return None
    ran = {node.provider for node in profiled}
    if profiled and share >= NONE_SHARE and not ran & ours:
        return None  # the record gives the device work, and the run did not see the device
    return Share(share, _crossings(profiled or placement.assigned, ours))


def _share(heavy: Mapping[str, tuple[str, int | None]], where: Mapping[str, str], ours: frozenset[str]) -> float | None:
    """The share, when every node of `heavy` was found and none of unknown work ran elsewhere."""
    done = total = 0
    for name, (_, amount) in heavy.items():
        if name not in where or (amount is None and where[name] not in ours):
            return None
        total += amount or 0
        done += (amount or 0) if where[name] in ours else 0
    return done / total if total else None


def _joined(heavy: Mapping[str, tuple[str, int | None]], nodes: Sequence[Node]) -> dict[str, str]:
    """Name in `heavy` → provider, by name, by what a layout pass made of the name, then by family and order."""
    exact = {node.name: node.provider for node in nodes if node.name}
    plain = {RENAMED.sub("", node.name): node.provider for node in nodes if node.name}
    where = {
        name: provider
        for name in heavy
        if (provider := exact.get(name) or plain.get(name) or exact.get(name.partition("#")[0]))
    }
    left_here: dict[frozenset[str], list[str]] = defaultdict(list)
    left_there: dict[frozenset[str], list[str]] = defaultdict(list)
    for name, (operator, _) in heavy.items():
        if name not in where:
            left_here[_family(operator)].append(name)
    for node in nodes:
        if node.name not in heavy and RENAMED.sub("", node.name) not in heavy:
            left_there[_family(node.operator)].append(node.provider)
    for family, names in left_here.items():
        providers = left_there[family]
        if len(set(providers)) == 1 and len(providers) >= len(names):
            where.update(dict.fromkeys(names, providers[0]))
        elif len(providers) == len(names):
            where.update(zip(names, providers, strict=True))
    return where


def _family(operator: str) -> frozenset[str]:
    return next((names for names in FAMILIES if operator in names), frozenset({operator}))


def _profile_share(
    heavy: Mapping[str, tuple[str, int | None]],
    where: Mapping[str, str],
    profiled: Sequence[Node],
    ours: frozenset[str],
) -> float | None:
    """The share by the profile, for runtimes whose assignment record leaves out the kernels of a device.

    First by name and order, as in the record; else by the work that the profile itself tells.
    """
    both = {**_joined(heavy, profiled), **where}
    share = _share(heavy, both, ours)
    if share is not None:
        return share
    seen = [node for node in profiled if node.work != 0]
    if not seen or any(node.work is None and node.provider not in ours for node in seen):
        return None
    total = sum(amount or 0 for _, amount in heavy.values())
    on_device = sum(node.work or 0 for node in seen if node.provider in ours)
    elsewhere = sum(node.work or 0 for node in seen if node.provider not in ours)
    if not total or on_device + elsewhere < LEAST_SHARE * total:
        return None  # a good part of the graph is in no record
    return on_device / (on_device + elsewhere)


def _one_run(nodes: Sequence[Node]) -> Sequence[Node]:
    """`nodes` of one run, where a profile holds several equal ones."""
    counts = Counter((node.name, node.provider) for node in nodes)
    runs = min(counts.values(), default=1)
    length = len(nodes) // runs
    first = nodes[:length]
    alike = all(_same(first, nodes[start : start + length]) for start in range(length, len(nodes), length or 1))
    return first if runs > 1 and len(nodes) % runs == 0 and alike else nodes


def _same(one: Sequence[Node], other: Sequence[Node]) -> bool:
    return [(n.name, n.provider) for n in one] == [(n.name, n.provider) for n in other]


def _crossings(nodes: Sequence[Node], ours: frozenset[str]) -> int:
    """Copies that the runtime put in; where there are none, changes between the device and anything else."""
    copies = sum(node.operator in COPIES for node in nodes)
    if copies:
        return copies
    sides = [node.provider in ours for node in nodes]
    return sum(before != after for before, after in pairwise(sides))
